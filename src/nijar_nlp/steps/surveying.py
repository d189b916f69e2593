"""Folders, files and archives into the files that are to be read, and what is known of the others."""

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nijar_nlp import corpus
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.records import Problem
from nijar_nlp.steps import extraction
from nijar_nlp.steps.attempting import set_aside
from nijar_nlp.steps.describing import describe
from nijar_nlp.steps.reading import ReadOutcome, identity_of
from nijar_nlp.store import documents, sources
from nijar_nlp.store.sources import SourceRow

log = logging.getLogger(__name__)

_KINDS = (".pdf", ".zip")


@dataclass(frozen=True)
class Survey:
    """What lies there: files to read, what became of the others, bad rows of sidecars, counts of changes."""

    unread: tuple[str, ...]
    outcomes: tuple[ReadOutcome, ...]
    problems: tuple[str, ...]
    moved: int = 0
    gone: int = 0
    erased: int = 0


def find_files(paths: Iterable[Path], outcomes: list[ReadOutcome] | None = None) -> list[Path]:
    """The files named, and all PDFs and zip archives in the folders named, sorted.

    A folder that may not be listed becomes an outcome; without a list of these it is an InputError, as is a
    path that does not exist.
    """

    def closed(error: OSError) -> None:
        if outcomes is None:
            raise InputError(
                "A folder cannot be read",
                error.filename,
                f"{error.strerror}.",
                "Grant the right to read and enter.",
            ) from error
        outcomes.append(_failed(str(error.filename), "unreadable", f"{error.strerror}."))

    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            for folder, _, names in os.walk(path, onerror=closed):
                files = (Path(folder, name) for name in names if Path(name).suffix.lower() in _KINDS)
                found.update(file for file in files if file.is_file())
        elif path.is_file():
            found.add(path)
        else:
            raise InputError(
                "There is nothing to read", path, "It must be a file or a folder.", "Check the path."
            )
    return sorted(found)


def survey(paths: Iterable[Path], config: Config) -> Survey:
    """Look at the files under `paths`, keep where each was found, and tell which are to be read.

    A file is told by its content: a moved or renamed one is known. Files of the same size and time as before
    are not hashed again. What is there no more is kept as gone; its documents stay.
    """
    paths = [path.resolve() for path in paths]
    before = sources.present()
    rows: dict[str, SourceRow] = {}
    outcomes: list[ReadOutcome] = []
    problems: set[str] = set()
    for file, archive in _members(find_files(paths, outcomes), config, outcomes):
        description = describe(file, config, archive)
        problems.update(description.problems)
        try:
            rows[str(file)] = _row(file, archive, description.collection, description.version, before)
        except OSError as error:
            outcomes.append(_failed(str(file), "unreadable", f"{type(error).__name__}: {error.strerror}."))
    gone = _gone(paths, before, rows)
    redescribed = {
        row.document_id
        for path, row in rows.items()
        if path in before and before[path].described_by != row.described_by
    }
    documents.undo(redescribed, "read")
    changed = [row for path, row in rows.items() if before.get(path) != row]
    sources.save(changed)
    for row in changed:
        documents.save_path(row.document_id, row.path)
    moved = _moved(before, rows, gone)
    documents.rename({identity: Path(path).name for identity, path in moved.items()})
    sources.mark_gone(gone)
    unread, known, erased = _sorted_out(rows, config)
    return Survey(
        unread, (*outcomes, *known), tuple(sorted(problems)), len(moved), len(gone) - len(moved), erased
    )


def unchanged(paths: Iterable[Path], config: Config) -> Survey | None:
    """The survey of files that are all as they were and need not be read; None at the first that is not.

    Nothing is written and no file is opened, but for archives not unpacked yet.
    """
    paths = [path.resolve() for path in paths]
    before = sources.present()
    rows: dict[str, SourceRow] = {}
    outcomes: list[ReadOutcome] = []
    problems: set[str] = set()
    for file, archive in _members(find_files(paths, outcomes), config, outcomes):
        description = describe(file, config, archive)
        problems.update(description.problems)
        known = before.get(str(file))
        try:
            if known is None or not _is_same(file, known):
                return None
        except OSError:
            return None
        row = replace(known, archive=str(archive or ""), collection=description.collection)
        rows[str(file)] = row = replace(row, described_by=description.version)
        if row != known:
            return None
    unread, found, erased = _sorted_out(rows, config)
    if unread or _gone(paths, before, rows):
        return None
    return Survey((), (*outcomes, *found), tuple(sorted(problems)), erased=erased)


def waiting(config: Config) -> int:
    """How many files of the collections were not seen before or changed since: nothing is opened."""
    before = sources.present()
    count = 0
    present = [path for path in map(config.path, config.corpus.paths) if path.exists()]
    for file in find_files(present, []):
        if file.suffix.lower() == ".pdf":
            facts, row = file.stat(), before.get(str(file.resolve()))
            count += row is None or (row.size, row.modified_ns) != (facts.st_size, facts.st_mtime_ns)
    return count


def _members(
    files: Iterable[Path], config: Config, outcomes: list[ReadOutcome]
) -> Iterator[tuple[Path, Path | None]]:
    """Each PDF with the archive it is from; an archive that is refused becomes an outcome."""
    archives = config.corpus.archives
    for file in files:
        if file.suffix.lower() != ".zip":
            yield file, None
            continue
        try:
            members = corpus.unpacked(
                file, config.path(archives.folder), max_files=archives.max_files, max_mb=archives.max_mb
            )
        except InputError as error:
            outcomes.append(_failed(str(file), "damaged", error.rule))
            continue
        for member in dict.fromkeys(members.values()):
            yield member.resolve(), file


def _row(
    file: Path, archive: Path | None, collection: str, described_by: str, before: dict[str, SourceRow]
) -> SourceRow:
    facts = file.stat()
    known = before.get(str(file))
    identity = known.document_id if known is not None and _is_same(file, known) else identity_of(file)
    return SourceRow(
        str(file),
        identity,
        facts.st_size,
        facts.st_mtime_ns,
        str(archive or ""),
        collection,
        described_by,
    )


def _is_same(file: Path, known: SourceRow) -> bool:
    """Whether a file is as it was: of the same size and time. Nothing is opened."""
    facts = file.stat()
    return (known.size, known.modified_ns) == (facts.st_size, facts.st_mtime_ns)


def _gone(paths: list[Path], before: dict[str, SourceRow], rows: dict[str, SourceRow]) -> list[str]:
    """Files known under these paths, or out of archives there, that are no more."""
    return [
        path
        for path, row in before.items()
        if path not in rows
        and any(Path(row.archive or path).is_relative_to(top) for top in paths)
        and (row.archive or not Path(path).exists())
    ]


def _moved(before: dict[str, SourceRow], rows: dict[str, SourceRow], gone: list[str]) -> dict[str, str]:
    """By document, the new path of a file whose old one is gone."""
    new = {row.document_id: path for path, row in sorted(rows.items(), reverse=True) if path not in before}
    lost = {before[path].document_id for path in gone}
    return {identity: path for identity, path in new.items() if identity in lost}


def _sorted_out(rows: dict[str, SourceRow], config: Config) -> tuple[tuple[str, ...], list[ReadOutcome], int]:
    """The paths to be read, one a document; outcomes of those known or given up; how many were erased."""
    done = documents.done("read", *extraction.versions(config).values())
    aside = set_aside("read", extraction.version(config), config)
    erased = sources.erased({row.document_id for row in rows.values()})
    unread: dict[str, str] = {}
    outcomes = []
    for path, row in sorted(rows.items()):
        identity = row.document_id
        if identity in erased:
            continue
        if identity in aside:
            outcomes.append(_failed(path, "quarantined", aside[identity], identity))
        elif identity in done:
            problem = done[identity] or Problem("", "")
            outcomes.append(ReadOutcome(path, identity, "known", problem=problem.code, reason=problem.reason))
        else:
            unread.setdefault(identity, path)
    return tuple(sorted(unread.values())), outcomes, len(erased)


def _failed(path: str, problem: str, reason: str, identity: str = "") -> ReadOutcome:
    log.warning("file failed", extra={"file": Path(path).name, "problem": problem})
    return ReadOutcome(path, identity, "failed", problem=problem, reason=reason)
