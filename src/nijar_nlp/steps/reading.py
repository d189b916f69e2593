"""PDF files into documents, pages and passages in the store."""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nijar_nlp import pdf
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError, ReadingError
from nijar_nlp.language import language_of
from nijar_nlp.passages import compose
from nijar_nlp.pdf import bounded
from nijar_nlp.records import Document, Problem, Reading, document_id
from nijar_nlp.steps import parts
from nijar_nlp.store import documents

log = logging.getLogger(__name__)

_CHUNK = 1 << 20


@dataclass(frozen=True)
class ReadOutcome:
    """What became of one file: `state` is read, known or failed; `problem` is one of PROBLEM_CODES."""

    file: str
    document_id: str
    state: str
    n_pages: int = 0
    n_passages: int = 0
    problem: str = ""
    reason: str = ""


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named and all PDFs in the folders named, sorted; InputError where one does not exist."""
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        elif path.is_file():
            found.add(path)
        else:
            raise InputError(
                "There is nothing to read", path, "It must be a file or a folder.", "Check the path."
            )
    return sorted(found)


def read_files(files: Sequence[Path], config: Config) -> list[ReadOutcome]:
    """Read the files that the store does not hold by this extractor, each in a bounded process."""
    version = parts.read_version(config)
    outcomes = []
    for file in files:
        identity = identity_of(file)
        documents.save_path(identity, str(file.resolve()))
        if documents.is_done(identity, "read", version):
            problem = documents.document(identity).problem or Problem("", "")
            outcomes.append(
                ReadOutcome(str(file), identity, "known", problem=problem.code, reason=problem.reason)
            )
            continue
        began = time.perf_counter()
        reading = extract(file, config)
        documents.save_reading(reading, version, time.perf_counter() - began)
        outcomes.append(_outcome(file, reading))
    return outcomes


def extract(file: Path, config: Config) -> Reading:
    """One file's reading; where it could not be read, a document with its problem and no passages."""
    try:
        return bounded.call(_read, file, parts.read_settings(config), limits=parts.limits(config))
    except ReadingError as error:
        log.warning("%s was not read: %s", file.name, error.code)
        problem = Problem(error.code, error.rule, error.remedy)
        return Reading(Document(identity_of(file), file.name, file.stat().st_size, problem=problem))


def identity_of(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return document_id(iter(lambda: stream.read(_CHUNK), b""))


def _read(file: Path, settings: pdf.ReadSettings) -> Reading:
    """What the bounded process does."""
    document, layouts = pdf.read(file, settings)
    return compose(document, layouts, language_of)


def _outcome(file: Path, reading: Reading) -> ReadOutcome:
    document = reading.document
    problem = document.problem or Problem("", "")
    return ReadOutcome(
        str(file),
        document.id,
        "failed" if document.problem else "read",
        document.n_pages,
        len(reading.passages),
        problem.code,
        problem.reason,
    )
