"""Labelled passages into a promoted tagger, and a tagger's scores on labelled passages."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import pandas as pd

from nijar_nlp import corpus, registry, tagger
from nijar_nlp.config import Config
from nijar_nlp.evaluation import Scored, precision_recall, reliability, scores
from nijar_nlp.records import TAGS, LabelledPassage, content_id
from nijar_nlp.report.curves import write_curves
from nijar_nlp.steps import parts

_LIBRARIES = ("scikit-learn", "numpy", "skops", "onnxruntime", "tokenizers")


def evaluate(gold: Path, config: Config, picture: Path | None = None) -> pd.DataFrame:
    """The serving model's scores on labelled passages, by tag, language and register of text.

    `picture` gets its curves as PNG.
    """
    passages = corpus.load_labelled(gold)
    said = parts.tagger(config).tag([passage.text for passage in passages], reasons=False)
    scored = [
        Scored(p.text, p.language, p.tags, tagging.probabilities, tagging.tags, p.register)
        for p, tagging in zip(passages, said, strict=True)
    ]
    if picture is not None:
        write_curves(picture, precision_recall(scored, TAGS), reliability(scored, TAGS))
    return scores(scored, TAGS)


def retrain(config: Config, *, promote: bool) -> tuple[str, pd.DataFrame]:
    """Train a tagger on the seed, calibrate it on the gold; its version and scores. It serves where told."""
    seed = corpus.load_labelled(config.path(config.corpus.seed))
    gold = corpus.load_labelled(config.path(config.corpus.gold) / "passages")
    codebook = corpus.load_codebook(config.path(config.corpus.codebook))
    models = config.path(config.tagger.models)
    encoder = tagger.Encoder(models / config.tagger.encoder)
    digest = _snapshot([*seed, *gold])
    version = f"{codebook.version}-{content_id(digest, encoder.folder.name)[:10]}"
    training = tagger.fit(_labelled(seed), _labelled(gold), encoder, version=version)
    table = scores(_out_of_fold(gold, training), TAGS)
    passport = registry.Passport(
        version=version,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        codebook=codebook.version,
        labels_sha256=digest,
        counts={"seed": _counts(seed), "gold": _counts(gold)},
        libraries={name: installed(name) for name in _LIBRARIES},
        settings={
            "encoder": encoder.folder.name,
            "thresholds": dict(training.weights.thresholds),
            "gate": dict(training.weights.gate),
            **tagger.SETTINGS,
        },
        scores={"gold_out_of_fold": json.loads(table.to_json(orient="records"))},
    )
    registry.save(models, training.weights, passport, _card(passport, table))
    if promote:
        registry.promote(models, version)
    return version, table


def _labelled(passages: Sequence[LabelledPassage]) -> tagger.Labelled:
    return tagger.Labelled([p.text for p in passages], [p.tags for p in passages])


def _out_of_fold(passages: Sequence[LabelledPassage], training: tagger.Training) -> list[Scored]:
    thresholds = training.weights.thresholds
    scored = []
    for passage, row in zip(passages, training.out_of_fold.tolist(), strict=True):
        probabilities = dict(zip(TAGS, row, strict=True))
        predicted = [label for label, p in probabilities.items() if p >= thresholds[label]]
        scored.append(Scored(passage.text, passage.language, passage.tags, probabilities, predicted))
    return scored


def _snapshot(passages: Sequence[LabelledPassage]) -> str:
    """SHA-256 of the labels: the same passages and tags give the same, in whatever order."""
    lines = sorted(json.dumps(asdict(passage), sort_keys=True) for passage in passages)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _counts(passages: Sequence[LabelledPassage]) -> dict[str, Any]:
    return {
        "passages": len(passages),
        "by_language": dict(sorted(Counter(p.language for p in passages).items())),
        "by_tag": {label: sum(label in p.tags for p in passages) for label in TAGS},
        "without_tag": sum(not p.tags for p in passages),
    }


def _card(passport: registry.Passport, table: pd.DataFrame) -> str:
    columns = ["part", "tag", "tagged", "average_precision", "precision", "recall", "calibration_error"]
    rows = [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
    rows += [
        "| " + " | ".join(f"{v:.3f}" if isinstance(v, float) else str(v) for v in row) + " |"
        for row in table[columns].itertuples(index=False)
    ]
    seed, gold = passport.counts["seed"], passport.counts["gold"]
    return "\n".join(
        [
            f"# Tagger {passport.version}",
            "",
            f"Tags passages by codebook {passport.codebook}: a linear model over stems, the "
            f"encoder {passport.settings['encoder']}, and a calibrated logistic regression over both.",
            "",
            f"Trained on {seed['passages']} passages of the project's own writing ({_by_language(seed)}), of "
            f"which {seed['without_tag']} carry no tag; calibrated on {gold['passages']} others "
            f"({_by_language(gold)}), out of fold of which these are the scores. All are the project's own "
            "writing: scores on real reports and news are lower.",
            "",
            *rows,
            "",
            "Thresholds, chosen for recall: "
            + ", ".join(f"{k} {v:.3f}" for k, v in passport.settings["thresholds"].items())
            + ".",
            "",
        ]
    )


def _by_language(counts: dict[str, Any]) -> str:
    return ", ".join(f"{code} {n}" for code, n in counts["by_language"].items())
