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
from nijar_nlp.evaluation import Scored, scores
from nijar_nlp.records import TAGS, LabelledPassage
from nijar_nlp.steps import parts

_LIBRARIES = ("scikit-learn", "numpy", "skops")


def evaluate(gold: Path, config: Config) -> pd.DataFrame:
    """The serving model's scores on labelled passages, by tag and language, beside a keyword search."""
    passages = corpus.load_labelled(gold)
    said = parts.tagger(config).tag([passage.text for passage in passages], reasons=False)
    return scores(
        [
            Scored(p.text, p.language, p.tags, tagging.probabilities, tagging.tags)
            for p, tagging in zip(passages, said, strict=True)
        ],
        TAGS,
    )


def retrain(config: Config, *, promote: bool) -> tuple[str, pd.DataFrame]:
    """Train a tagger on the seed; its version and its scores out of fold. It serves if `promote`."""
    passages = corpus.load_labelled(config.path(config.corpus.seed))
    codebook = corpus.load_codebook(config.path(config.corpus.codebook))
    digest = _snapshot(passages)
    version = f"{codebook.version}-{digest[:10]}"
    training = tagger.fit(
        [passage.text for passage in passages],
        [passage.tags for passage in passages],
        [_group(passage) for passage in passages],
        version=version,
    )
    table = scores(_out_of_fold(passages, training), TAGS)
    passport = registry.Passport(
        version=version,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        codebook=codebook.version,
        labels_sha256=digest,
        counts=_counts(passages),
        libraries={name: installed(name) for name in _LIBRARIES},
        settings={"thresholds": dict(training.tagger.thresholds), **tagger.SETTINGS},
        scores={"out_of_fold": json.loads(table.to_json(orient="records"))},
    )
    models = config.path(config.tagger.models)
    registry.save(models, training.tagger, passport, _card(passport, table))
    if promote:
        registry.promote(models, version)
    return version, table


def _group(passage: LabelledPassage) -> str:
    """What must stay on one side of a split: pairs are numbered within one file, named before the hyphen."""
    return f"{passage.id.rpartition('-')[0]}:{passage.pair}" if passage.pair else passage.id


def _out_of_fold(passages: Sequence[LabelledPassage], training: tagger.Training) -> list[Scored]:
    thresholds = training.tagger.thresholds
    scored = []
    for number, passage in enumerate(passages):
        probabilities = {label: float(values[number]) for label, values in training.out_of_fold.items()}
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
    counts = passport.counts
    return "\n".join(
        [
            f"# Tagger {passport.version}",
            "",
            f"Tags passages by codebook {passport.codebook}. Trained on {counts['passages']} passages of the "
            f"project's own writing ({', '.join(f'{k} {v}' for k, v in counts['by_language'].items())}), of "
            f"which {counts['without_tag']} carry no tag.",
            "",
            "Scores out of fold (five folds; passages written as a pair stay together). They tell how well "
            "the model knows passages by the same hands; scores on real reports and news are lower.",
            "",
            *rows,
            "",
            "Thresholds, chosen for recall: "
            + ", ".join(f"{k} {v:.3f}" for k, v in passport.settings["thresholds"].items())
            + ".",
            "",
        ]
    )
