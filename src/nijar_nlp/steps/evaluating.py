"""Models and labelled passages into what the models say of them, and their scores."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from nijar_nlp import corpus, registry, tagger
from nijar_nlp.config import Config
from nijar_nlp.errors import CorpusError
from nijar_nlp.evaluation import (
    PLACES,
    Bounds,
    Scored,
    placed,
    plain_tfidf,
    precision_recall,
    reliability,
    scores,
)
from nijar_nlp.records import TAGS, Example, LabelledPassage
from nijar_nlp.report.curves import curves
from nijar_nlp.steps import parts


def evaluate(
    gold: Path, config: Config, picture: Path | None = None, *, beside: bool = False
) -> pd.DataFrame:
    """The serving model's scores on labelled passages, by tag, language and register of text.

    With `beside`, what plain TF-IDF of the same seed gets stands beside them, and the scores by the place of
    the evidence in a longer text below. `picture` gets the curves as PNG.
    """
    passages = corpus.load_labelled(gold)
    scored = _scored(passages, config)
    if picture is not None:
        drawn = curves(precision_recall(scored, TAGS), reliability(scored, TAGS))
        parts.write_picture(picture, drawn)
    if beside:
        scored = _with_plain(scored, config)
    table = scores(scored, TAGS)
    if beside:
        elsewhere = scores(_scored(placed(passages), config), TAGS)
        table = pd.concat([table, elsewhere[elsewhere["part"].isin(PLACES)]], ignore_index=True)
    return table


def _scored(passages: Sequence[LabelledPassage], config: Config) -> list[Scored]:
    said = parts.tagger(config).tag([passage.text for passage in passages], reasons=False)
    return [
        Scored(p.text, p.language, p.tags, tagging.probabilities, tagging.tags, p.register)
        for p, tagging in zip(passages, said, strict=True)
    ]


def _with_plain(scored: Sequence[Scored], config: Config) -> list[Scored]:
    seed = corpus.load_labelled(config.path(config.corpus.seed))
    truth = np.array([[label in passage.tags for label in TAGS] for passage in seed])
    plain = plain_tfidf([passage.text for passage in seed], truth, [passage.text for passage in scored])
    return [
        replace(passage, plain=dict(zip(TAGS, row, strict=True)))
        for passage, row in zip(scored, plain.tolist(), strict=True)
    ]


def said_of(examples: Sequence[Example], model: tagger.Tagger) -> list[Scored]:
    """What a model says of examples, beside what was decided of them."""
    said = model.tag([example.text for example in examples], reasons=False)
    return [
        Scored(e.text, e.language, e.present, t.probabilities, t.tags, known=tuple(e.tags))
        for e, t in zip(examples, said, strict=True)
    ]


def model(config: Config, version: str) -> tagger.Tagger:
    """A version with an encoder that remembers what it said."""
    loaded = registry.load(config.path(config.tagger.models), version)
    return tagger.Tagger(loaded.weights, parts.cached_encoder(config, loaded.weights.encoder))


def bounds(config: Config) -> Bounds:
    """What the gate holds a challenger to; CorpusError where the floors were pinned for another gold."""
    gold = config.path(config.corpus.gold)
    file = gold / "floors.json"
    try:
        pinned = json.loads(file.read_text(encoding="utf-8"))
        floors, most = pinned["floors"], float(pinned["most_calibration_error"])
        of_gold = pinned["gold_sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            "The floors cannot be read",
            file,
            f"They are JSON with their gold's hash ({error!r}).",
            "Restore.",
        ) from error
    if of_gold != gold_sha256(gold):
        raise CorpusError(
            "The floors are not those of this gold",
            file,
            "They were pinned for another.",
            "Measure with `nijar evaluate` and pin the floors anew, none lower without a reason.",
        )
    return Bounds(floors, most, config.learning.worse, config.learning.contradictions)


def gold_sha256(gold: Path) -> str:
    """SHA-256 over the files of the gold passages, by name."""
    digest = hashlib.sha256()
    for file in sorted((gold / "passages").glob("*.jsonl")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
