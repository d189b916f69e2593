"""This machine into a list of what is installed, what is missing and how to get it."""

import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from nijar_nlp import registry
from nijar_nlp.config import Config
from nijar_nlp.errors import NijarError
from nijar_nlp.pdf import missing_ocr_languages


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is there, whether the work needs it, and how to get it."""

    name: str
    present: bool
    needed: bool
    detail: str


def examine(config: Config) -> list[Finding]:
    """Everything that a run, a review or the tests may need."""
    return [
        _python(),
        *[_package(package, f"spaCy pipeline for {code}") for code, package in config.mentions.spacy.items()],
        _ocr(),
        _model(config),
        _disk(config.root),
    ]


def _python() -> Finding:
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding(
        "Python", fits, True, sys.version.split()[0] + ("" if fits else ": install 3.11, 3.12 or 3.13")
    )


def _package(name: str, purpose: str) -> Finding:
    found = importlib.util.find_spec(name) is not None
    detail = purpose if found else f"{purpose}: run `make run`, or mend mentions.spacy in config.yaml"
    return Finding(name, found, False, detail)


def _ocr() -> Finding:
    missing = missing_ocr_languages()
    detail = "reads scanned pages"
    if missing:
        packages = " ".join(f"tesseract-ocr-{code}" for code in missing)
        detail = f"scanned pages stay unread: apt-get install tesseract-ocr {packages}"
    return Finding("Tesseract data", not missing, False, detail)


def _model(config: Config) -> Finding:
    models = config.path(config.tagger.models)
    try:
        return Finding("tagger", True, True, registry.load(models).version)
    except NijarError as error:
        return Finding("tagger", False, True, str(error))


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(root).free / 2**30
    return Finding(
        "disk",
        free >= 2,
        False,
        f"{free:.0f} GiB free" + ("" if free >= 2 else ": make room, 2 GiB at least"),
    )
