"""The models folder: fitted taggers with their passports, and which of them serves."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import skops.io as sio

from nijar_nlp.errors import ModelError
from nijar_nlp.tagger import Encoder, Tagger, Weights

CURRENT = "current.txt"
WEIGHTS_FILE = "tagger.skops"
PASSPORT_FILE = "passport.json"
CARD_FILE = "card.md"

# The project's own classes that a model file may hold, beside those that skops knows to be safe.
TRUSTED = ("nijar_nlp.tagger.linear.Linear", "nijar_nlp.tagger.model.Weights")

_VERSION = re.compile(r"^[a-z0-9][a-z0-9.-]*$")


@dataclass(frozen=True)
class Passport:
    """What a model is and where it comes from: labels, counts, library versions, settings, scores."""

    version: str
    made_at: str
    codebook: str
    labels_sha256: str
    counts: dict[str, Any]
    libraries: dict[str, str]
    settings: dict[str, Any]
    scores: dict[str, Any]


def current(models: Path) -> str:
    """The version that serves; ModelError where none has been promoted."""
    try:
        return (models / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise ModelError(
            "There is no model",
            models,
            f"{CURRENT} must name the version that serves.",
            "Train one with `nijar retrain`, or restore the models folder.",
        ) from error


def load(models: Path, version: str | None = None) -> Tagger:
    """The tagger of a version, or of the one that serves; ModelError where it is absent or not trusted."""
    version = version or current(models)
    file = _folder(models, version) / WEIGHTS_FILE
    if not file.is_file():
        raise ModelError(
            "The model is incomplete",
            version,
            f"{file.name} must lie in its folder.",
            "Restore the folder, or promote another version.",
        )
    try:
        unknown = sorted(set(sio.get_untrusted_types(file=file)) - set(TRUSTED))
    except (BadZipFile, KeyError, ValueError) as error:
        raise ModelError(
            "The model cannot be read",
            version,
            f"{file.name} is damaged ({error}).",
            "Restore the folder, or promote another version.",
        ) from error
    if unknown:
        raise ModelError(
            "The model is not loaded",
            version,
            f"Its file holds types that are not trusted: {', '.join(unknown)}.",
            "Load only models that this project made.",
        )
    weights = sio.load(file, trusted=list(TRUSTED))
    if not isinstance(weights, Weights):
        raise ModelError(
            "The model is not a tagger", version, "Its file holds something else.", "Restore it."
        )
    return Tagger(weights, Encoder(_folder(models, weights.encoder)))


def save(models: Path, weights: Weights, passport: Passport, card: str) -> Path:
    """Write a model's folder; it does not serve before it is promoted."""
    folder = _folder(models, weights.version)
    folder.mkdir(parents=True, exist_ok=True)
    sio.dump(weights, folder / WEIGHTS_FILE, compression=8, compresslevel=9)
    (folder / PASSPORT_FILE).write_text(
        json.dumps(passport.__dict__, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    (folder / CARD_FILE).write_text(card, encoding="utf-8")
    return folder


def passport(models: Path, version: str) -> Passport:
    """The passport of a version."""
    file = _folder(models, version) / PASSPORT_FILE
    try:
        return Passport(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(
            "The model has no passport", version, f"{file.name}: {error}.", "Restore its folder."
        ) from error


def promote(models: Path, version: str) -> None:
    """Let a version serve from the next batch on; the change is one atomic rename."""
    load(models, version).encoder.log_odds(["A text, to see that the model answers."])
    fresh = models / f"{CURRENT}.new"
    fresh.write_text(version + "\n", encoding="utf-8")
    fresh.replace(models / CURRENT)


def _folder(models: Path, version: str) -> Path:
    if not _VERSION.match(version):
        raise ModelError(
            "The model's version is not a name",
            version,
            "It is made of small letters, digits, dots and hyphens.",
            "See the folders in models/.",
        )
    return models / version
