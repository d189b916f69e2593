"""The models folder: fitted taggers with their passports, and which of them serves."""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from nijar_nlp import tagger
from nijar_nlp.errors import ModelError, rule_of

CURRENT = "current.txt"
WEIGHTS_FILE = "tagger.skops"
PASSPORT_FILE = "passport.json"
CARD_FILE = "card.md"
PICTURE_FILE = "curves.png"
HISTORY = "promotions.jsonl"

# The project's own classes that a model file may hold, beside those that skops knows to be safe.
TRUSTED = ("nijar_nlp.tagger.linear.Linear", "nijar_nlp.tagger.model.Weights")

_VERSION = re.compile(r"^[a-z0-9][a-z0-9.-]*$")


@dataclass(frozen=True)
class Passport:
    """What a model is and where it comes from: labels, counts, library versions, settings, scores.

    `commit` is the code that made it, `champion` the version that served when it was made, `verdict` what the
    gate said of it.
    """

    version: str
    made_at: str
    codebook: str
    labels_sha256: str
    counts: dict[str, Any]
    libraries: dict[str, str]
    settings: dict[str, Any]
    scores: dict[str, Any]
    commit: str = ""
    champion: str = ""
    verdict: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Promotion:
    """That a version was to serve in the place of another (empty: of none); `kind` is promote or rollback."""

    version: str
    previous: str
    at: str
    kind: str
    why: str = ""


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


def load(models: Path, version: str | None = None) -> tagger.Tagger:
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
    import skops.io as sio  # takes a second, which whoever only asks for versions need not wait for

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
    if not isinstance(weights, tagger.Weights):
        raise ModelError(
            "The model is not a tagger", version, "Its file holds something else.", "Restore it."
        )
    return tagger.Tagger(weights, tagger.Encoder(_folder(models, weights.encoder)))


def save(models: Path, weights: tagger.Weights, passport: Passport, card: str, picture: bytes = b"") -> Path:
    """Write a model's folder; it does not serve before it is promoted. `picture` are the card's curves."""
    folder = _folder(models, weights.version)
    folder.mkdir(parents=True, exist_ok=True)
    import skops.io as sio

    sio.dump(weights, folder / WEIGHTS_FILE, compression=8, compresslevel=9)
    (folder / PASSPORT_FILE).write_text(
        json.dumps(passport.__dict__, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    (folder / CARD_FILE).write_text(card, encoding="utf-8")
    if picture:
        (folder / PICTURE_FILE).write_bytes(picture)
    return folder


def passport(models: Path, version: str) -> Passport:
    """The passport of a version."""
    file = _folder(models, version) / PASSPORT_FILE
    if not file.is_file():
        known = sorted(one.parent.name for one in models.glob(f"*/{PASSPORT_FILE}"))
        raise ModelError(
            "There is no such model",
            version,
            f"A model has its passport in models/; there are {', '.join(known) or 'none'}.",
            "Name one of them (nijar models list), or restore its folder.",
        )
    try:
        return Passport(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(
            "The model has no passport", version, f"{file.name}: {rule_of(error)}", "Restore its folder."
        ) from error


def versions(models: Path) -> list[str]:
    """The versions that have a passport, oldest first."""
    names = [file.parent.name for file in models.glob(f"*/{PASSPORT_FILE}")]
    return sorted(names, key=lambda name: (passport(models, name).made_at, name))


def card(models: Path, version: str) -> str:
    """The model card of a version, in Markdown; empty where it has none."""
    file = _folder(models, version) / CARD_FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def promote(models: Path, version: str, why: str = "") -> None:
    """Let a version serve from the next batch on.

    It is loaded and asked first. The promotion is noted before it is made, and made by one atomic rename:
    whenever the process dies, the old model or the new one serves.
    """
    _serve(models, version, "promote", why)


def rollback(models: Path, why: str = "") -> str:
    """Let the version serve again that served before; which it is. ModelError where there is none."""
    serving = _stack(models)
    if len(serving) < 2:
        raise ModelError(
            "There is nothing to go back to",
            current(models),
            f"{HISTORY} names no version that served before it.",
            "Promote a version by its name: nijar models promote VERSION.",
        )
    _serve(models, serving[-2], "rollback", why)
    return serving[-2]


def history(models: Path) -> list[Promotion]:
    """Every promotion and rollback that was begun, oldest first."""
    file = models / HISTORY
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    try:
        return [Promotion(**json.loads(line)) for line in lines if line.strip()]
    except (ValueError, TypeError) as error:
        raise ModelError(
            "The history of promotions cannot be read", file, f"{error}.", "Mend the line, or remove it."
        ) from error


def _serve(models: Path, version: str, kind: str, why: str) -> None:
    load(models, version).encoder.log_odds(["A text, to see that the model answers."])
    previous = current(models) if (models / CURRENT).is_file() else ""
    if previous == version:
        return
    at = datetime.now(UTC).isoformat(timespec="seconds")
    noted = [*history(models), Promotion(version, previous, at, kind, why)]
    lines = [json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) for one in noted]
    _replace(models / HISTORY, "\n".join(lines) + "\n")
    _replace(models / CURRENT, version + "\n")


def _stack(models: Path) -> list[str]:
    """The versions that served, each on top of the one that it replaced; rollbacks take away the top.

    A promotion that was noted and never made left in place what it was to replace.
    """
    serving: list[str] = []
    noted = history(models)
    if not noted:
        return [current(models)]
    replaced = [*(promotion.previous for promotion in noted[1:]), current(models)]
    for promotion, after in zip(noted, replaced, strict=True):
        if not serving and promotion.previous:
            serving.append(promotion.previous)
        if after == promotion.previous:
            continue
        if promotion.kind == "rollback":
            serving.pop()
        else:
            serving.append(promotion.version)
    # put in place by hand
    return serving if serving[-1:] == [current(models)] else [*serving, current(models)]


def _replace(file: Path, text: str) -> None:
    """Write a file aside, see it on the disk, and put it in place by one atomic rename."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f"{file.name}.", suffix=".new", delete=False
    ) as aside:
        aside.write(text)
        aside.flush()
        os.fsync(aside.fileno())
    Path(aside.name).chmod(0o644)
    Path(aside.name).replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _folder(models: Path, version: str) -> Path:
    if not _VERSION.match(version):
        raise ModelError(
            "The model's version is not a name",
            version,
            "It is made of small letters, digits, dots and hyphens.",
            "See the folders in models/.",
        )
    return models / version
