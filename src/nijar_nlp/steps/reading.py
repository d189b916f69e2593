"""PDF files into documents, pages and passages in the store."""

import errno
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nijar_nlp import composing
from nijar_nlp.config import Config
from nijar_nlp.errors import ReadingError
from nijar_nlp.pdf import bounded
from nijar_nlp.records import Document, Problem, Reading, document_id
from nijar_nlp.steps import extraction
from nijar_nlp.steps.attempting import attempt
from nijar_nlp.steps.describing import describe, described
from nijar_nlp.store import documents, runs, sources

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


def read_files(files: Sequence[Path], config: Config) -> list[ReadOutcome]:
    """Read the files that the store does not hold by this extractor, each in a bounded process."""
    found = sources.at(map(str, files))
    outcomes = []
    for file in files:
        archive = Path(found[str(file)].archive) if str(file) in found and found[str(file)].archive else None
        try:
            outcomes.append(_read_file(file, archive, config))
        except OSError as error:
            if not gone_or_refused(error):
                raise
            outcomes.append(_unreadable(file, f"It cannot be opened: {error.strerror}."))
    return outcomes


def gone_or_refused(error: OSError) -> bool:
    """Whether an error is about one file alone, not about the disk: also where its place there is bad."""
    alone = (errno.EIO, errno.ESTALE, errno.ELOOP, errno.ENAMETOOLONG)
    return isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError) or error.errno in alone


def _read_file(file: Path, archive: Path | None, config: Config) -> ReadOutcome:
    identity = identity_of(file)
    versions = extraction.versions(config)
    if sources.erased([identity]):
        return ReadOutcome(str(file), identity, "known")
    documents.save_path(identity, str(file.resolve()))
    if documents.is_done(identity, "read", *versions.values()):
        problem = documents.document(identity).problem or Problem("", "")
        return ReadOutcome(str(file), identity, "known", problem=problem.code, reason=problem.reason)
    began = time.perf_counter()
    with attempt(identity, "read", extraction.version(config)) as state:
        reading = extract(file, config)
        if reading.document.id != identity or identity_of(file) != identity:
            return _unreadable(file, "It was changed while it was read: it is read at the next run.")
        document = described(reading.document, describe(file, config, archive))
        reading = replace(reading, document=document)
        again = _may_pass(document) and runs.attempts(identity, "read") < config.run.attempts
        seconds = time.perf_counter() - began
        documents.save_reading(reading, versions[_result(reading)], seconds, done=not again)
        if again:
            state.reason = document.problem.reason if document.problem else ""
    if not state.ended:
        return ReadOutcome(str(file), identity, "failed", problem="crashed", reason=state.reason)
    if document.problem is not None:
        log.warning("file failed", extra={"file": file.name, "problem": document.problem.code})
    log.info(
        "read",
        extra={"document": identity, "pages": document.n_pages, "seconds": time.perf_counter() - began},
    )
    return _outcome(file, reading)


def _may_pass(document: Document) -> bool:
    """Whether a problem may lie with the machine at that hour: a later run tries again."""
    return document.problem is not None and document.problem.code in ("timed_out", "out_of_memory", "crashed")


def _unreadable(file: Path, reason: str) -> ReadOutcome:
    return ReadOutcome(str(file), "", "failed", problem="unreadable", reason=reason)


def extract(file: Path, config: Config) -> Reading:
    """One file's reading; where it could not be read, a document with its problem and no passages."""
    try:
        return bounded.call(
            composing.read, file, extraction.settings(config), limits=extraction.limits(config)
        )
    except ReadingError as error:
        problem = Problem(error.code, error.rule, error.remedy)
        return Reading(Document(identity_of(file), file.name, file.stat().st_size, problem=problem))


def identity_of(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return document_id(iter(lambda: stream.read(_CHUNK), b""))


def _result(reading: Reading) -> str:
    """What kind of result a reading is, which says on what settings it depends."""
    if reading.document.problem is not None:
        return "failure"
    return "scan" if any(page.source == "ocr" or page.problem for page in reading.pages) else "text"


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
