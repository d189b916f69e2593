"""Models and labelled passages into what the models say of them, and their scores."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from nijar_nlp import corpus, registry, tagger
from nijar_nlp.config import Config
from nijar_nlp.errors import CorpusError
from nijar_nlp.evaluation import Bounds, Scored, precision_recall, reliability, scores
from nijar_nlp.records import TAGS, Example
from nijar_nlp.report.curves import curves
from nijar_nlp.steps import parts


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
        picture.write_bytes(curves(precision_recall(scored, TAGS), reliability(scored, TAGS)))
    return scores(scored, TAGS)


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
