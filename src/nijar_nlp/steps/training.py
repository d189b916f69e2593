"""Seed, gold and labels into a challenger, and the challenger through the gate."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version as installed
from typing import Any

import pandas as pd

from nijar_nlp import corpus, registry, tagger
from nijar_nlp.config import Config
from nijar_nlp.evaluation import (
    Contest,
    Scored,
    Verdict,
    contradictions,
    judge,
    precision_recall,
    reliability,
    scores,
)
from nijar_nlp.records import TAGS, Example, LabelledPassage, content_id
from nijar_nlp.report.curves import curves
from nijar_nlp.steps import evaluating, parts
from nijar_nlp.steps.cards import card
from nijar_nlp.steps.examples import Material, material
from nijar_nlp.steps.promoting import commit_of, serving

_LIBRARIES = ("scikit-learn", "numpy", "skops", "onnxruntime", "tokenizers")
# The newest part of what was labelled, on which a model of the older part shows what time brings.
_NEWEST_ONE_IN = 5
_LEAST_FORWARD = 50

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Retrained:
    """A challenger: its version, the gate's verdict, whether it serves now, and what was checked on the way.

    `suspects` are the labels (passage id, tag) that contradict what the serving model is sure of.
    """

    version: str
    verdict: Verdict
    serves: bool
    checks: tuple[str, ...]
    suspects: tuple[tuple[str, str], ...]


def retrain(
    config: Config, *, promote: bool | None = None, progress: Progress = lambda name, done, total: None
) -> Retrained:
    """Train a challenger on all that was labelled, hold it against the model that serves, and keep it.

    It is promoted where the gate lets it pass and `promote`, or the configuration, says so. `progress` is
    told the stage, and how much of it is done, of how much.
    """
    at_hand = material(config)
    progress("gathered", 1, 1)
    encoder = parts.cached_encoder(
        config, config.tagger.encoder, lambda done, total: progress("read by the encoder", done, total)
    )
    codebook = corpus.load_codebook(config.path(config.corpus.codebook))
    version = f"{codebook.version}-{content_id(at_hand.digest, encoder.folder.name)[:10]}"
    training = _fit(at_hand, at_hand.learn(gold=False), encoder, version)
    progress("fitted", 1, 1)
    challenger = tagger.Tagger(training.weights, encoder)
    champion = serving(config)
    contest, suspects = _contest(config, at_hand, champion, challenger)
    verdict = judge(contest, evaluating.bounds(config), TAGS)
    progress("judged", 1, 1)
    checks = (*_checks(at_hand), *_forward(at_hand, encoder, version))
    _keep(config, at_hand, contest, training, champion, verdict, checks)
    if promote is None:
        promote = config.learning.promotion == "automatic"
    if promote and verdict.passed:
        registry.promote(config.path(config.tagger.models), version, "The gate let it pass.")
    return Retrained(version, verdict, promote and verdict.passed, checks, suspects)


def _fit(
    at_hand: Material, labelled: Sequence[Example], encoder: tagger.Encoder, version: str
) -> tagger.Training:
    gold = at_hand.learn(gold=True)
    return tagger.fit(
        tagger.Labelled([p.text for p in at_hand.seed], [p.tags for p in at_hand.seed]),
        _labelled(gold, at_hand),
        encoder,
        version=version,
        both=_labelled(labelled, at_hand),
    )


def _labelled(examples: Sequence[Example], at_hand: Material) -> tagger.Labelled:
    return tagger.Labelled(
        [e.text for e in examples],
        [e.present for e in examples],
        [tuple(e.tags) for e in examples],
        [at_hand.split.groups[e.id] for e in examples],
    )


def _contest(
    config: Config, at_hand: Material, champion: str | None, challenger: tagger.Tagger
) -> tuple[Contest, tuple[tuple[str, str], ...]]:
    """What both say of the locked part, and which labels contradict what the champion is sure of."""
    locked = at_hand.split.locked
    fresh = at_hand.labelled
    champions: list[Scored] = []
    wrong: list[tuple[int, str]] = []
    if champion is not None:
        model = evaluating.model(config, champion)
        champions = evaluating.said_of(locked, model)
        wrong = contradictions(evaluating.said_of(fresh, model), TAGS)
    contest = Contest(
        champion=champions,
        challenger=evaluating.said_of(locked, challenger),
        groups=[at_hand.split.groups[e.id] for e in locked],
        gold=evaluating.said_of(at_hand.gold, challenger),
        contradicting=len(wrong),
        n_labels=sum(len(e.tags) for e in fresh),
    )
    return contest, tuple((fresh[position].id, tag) for position, tag in wrong)


def _checks(at_hand: Material) -> tuple[str, ...]:
    split = at_hand.split
    return (
        f"{len(at_hand.seed)} seed passages, {len(split.learn)} gold and labelled passages to learn from, "
        f"{len(split.locked)} locked; {len(split.left_out)} seed passages left out as copies of locked ones.",
        f"Leakage: {len(at_hand.leaks)} locked passages have a copy among those that were learned from.",
    )


def _forward(at_hand: Material, encoder: tagger.Encoder, version: str) -> tuple[str, ...]:
    """How a model of the older labels does on the newest: what to expect of what comes in next."""
    labelled = at_hand.learn(gold=False)
    cut = len(labelled) - len(labelled) // _NEWEST_ONE_IN
    if len(labelled) < _LEAST_FORWARD:
        return ()
    newest = labelled[cut:]
    inside = {at_hand.split.groups[e.id] for e in newest}
    older = [e for e in labelled[:cut] if at_hand.split.groups[e.id] not in inside]
    model = tagger.Tagger(_fit(at_hand, older, encoder, version).weights, encoder)
    table = scores(evaluating.said_of(newest, model), TAGS)
    if table.empty:
        return ()
    rows = table[table["part"] == "all"]
    said = ", ".join(f"{row.tag} {row.average_precision:.3f}" for row in rows.itertuples())
    return (f"Average precision on the newest {len(newest)} by a model of the older {len(older)}: {said}.",)


def _keep(
    config: Config,
    at_hand: Material,
    contest: Contest,
    training: tagger.Training,
    champion: str | None,
    verdict: Verdict,
    checks: tuple[str, ...],
) -> None:
    weights = training.weights
    gold, locked = scores(contest.gold, TAGS), scores(contest.challenger, TAGS)
    passport = registry.Passport(
        version=weights.version,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        codebook=weights.version.rpartition("-")[0],
        labels_sha256=at_hand.digest,
        counts={
            "seed": _counts(at_hand.seed),
            "gold": _counts(at_hand.learn(gold=True)),
            "labelled": _counts(at_hand.learn(gold=False)),
            "locked": _counts(at_hand.split.locked),
        },
        libraries={name: installed(name) for name in _LIBRARIES},
        settings={
            "encoder": weights.encoder,
            "thresholds": dict(weights.thresholds),
            "gate": dict(weights.gate),
            **tagger.SETTINGS,
        },
        scores={
            name: json.loads(table.to_json(orient="records"))
            for name, table in (("gold", gold), ("locked", locked))
        },
        commit=commit_of(config.root),
        champion=champion or "",
        verdict=asdict(verdict),
    )
    text = card(passport, gold, locked, checks)
    picture = curves(precision_recall(contest.challenger, TAGS), reliability(contest.challenger, TAGS))
    registry.save(config.path(config.tagger.models), weights, passport, text, picture)


def _rows(table: pd.DataFrame) -> Any:
    return json.loads(table.to_json(orient="records"))


def _counts(passages: Sequence[LabelledPassage | Example]) -> dict[str, Any]:
    tags = [p.present if isinstance(p, Example) else p.tags for p in passages]
    return {
        "passages": len(passages),
        "by_language": dict(sorted(Counter(p.language for p in passages).items())),
        "by_tag": {label: sum(label in own for own in tags) for label in TAGS},
        "without_tag": sum(not own for own in tags),
    }
