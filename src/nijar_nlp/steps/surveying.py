"""Folders, files and archives into the files that are to be read, and what is known of the others."""

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from nijar_nlp import corpus
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.records import Problem
from nijar_nlp.steps import extraction
from nijar_nlp.steps.attempting import set_aside
from nijar_nlp.steps.describing import describe
from nijar_nlp.steps.fetching import fetch
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


@dataclass
class _Seen:
    """What a look at the files found so far; `rows` are by path."""

    rows: dict[str, SourceRow] = field(default_factory=dict)
    outcomes: list[ReadOutcome] = field(default_factory=list)
    problems: set[str] = field(default_factory=set)
    erased: int = 0


def find_files(paths: Iterable[Path], outcomes: list[ReadOutcome] | None = None) -> list[Path]:
    """The files named, and all PDFs and zip archives in the folders named, sorted.

    A folder that may not be listed, and a file whose name no database takes, become outcomes; without a list
    of these they are an InputError, as is a path that does not exist.
    """

    def refused(path: str, rule: str, remedy: str) -> None:
        if outcomes is None:
            raise InputError("A file or folder cannot be read", path, rule, remedy)
        outcomes.append(_failed(path, "unreadable", rule))

    def closed(error: OSError) -> None:
        refused(str(error.filename), f"{error.strerror}.", "Grant the right to read and enter.")

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
    for file in [file for file in found if not _is_text(str(file))]:
        found.remove(file)
        refused(_as_text(str(file)), "Its name is not UTF-8.", "Rename it.")
    return sorted(found)


def _is_text(name: str) -> bool:
    """Whether a name of the file system can be written down: bytes that are no UTF-8 cannot."""
    return _as_text(name) == name


def _as_text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def survey(paths: Iterable[Path], config: Config) -> Survey:
    """Look at the files under `paths`, keep where each was found, and tell which are to be read.

    A file is told by its content: a moved or renamed one is known. Files of the same size and time as before
    are not hashed again. What is there no more is kept as gone; its documents stay.
    """
    paths = [path.resolve() for path in paths]
    before = sources.present()
    seen = _Seen(outcomes=_fetched(paths, config))
    is_erased = sources.erased_on_request()
    for row in _found(paths, config, before, seen):
        try:
            known = row if row.document_id else replace(row, document_id=identity_of(Path(row.path)))
        except OSError as error:
            seen.outcomes.append(_unreadable(row.path, error))
            continue
        if is_erased(known.document_id):
            sources.keep_out(row.stamp)
            seen.erased += 1
        else:
            seen.rows[row.path] = known
    gone = _gone(paths, before, seen.rows)
    moved = _moved(before, seen.rows, gone)
    _keep(before, seen.rows, gone, moved)
    unread, known_outcomes = _sorted_out(seen.rows, config)
    outcomes = (*seen.outcomes, *known_outcomes)
    n_gone = len(gone) - len(moved)
    return Survey(unread, outcomes, tuple(sorted(seen.problems)), len(moved), n_gone, seen.erased)


def unchanged(paths: Iterable[Path], config: Config) -> Survey | None:
    """The survey of files that are all as they were and need not be read; None at the first that is not.

    Nothing is written and no file is opened, but for archives not unpacked and copies not made yet.
    """
    paths = [path.resolve() for path in paths]
    before = sources.present()
    seen = _Seen(outcomes=_fetched(paths, config))
    for row in _found(paths, config, before, seen):
        if row != before.get(row.path):
            return None
        seen.rows[row.path] = row
    unread, known = _sorted_out(seen.rows, config)
    if unread or _gone(paths, before, seen.rows):
        return None
    return Survey((), (*seen.outcomes, *known), tuple(sorted(seen.problems)), erased=seen.erased)


def _fetched(paths: list[Path], config: Config) -> list[ReadOutcome]:
    """What became of collections that lie elsewhere and could not be copied."""
    return [_failed(address, "unreadable", why) for address, why in fetch(paths, config).items()]


def _found(
    paths: Iterable[Path], config: Config, before: dict[str, SourceRow], seen: _Seen
) -> Iterator[SourceRow]:
    """Each file under `paths` as it is now, its document's id empty where it is new or has changed.

    What cannot be read, bad rows beside files, and files that were erased on request go into `seen`.
    """
    is_erased = sources.erased_on_request()
    for file, archive in _members(find_files(paths, seen.outcomes), config, seen.outcomes):
        description = describe(file, config, archive)
        seen.problems.update(description.problems)
        try:
            facts = file.stat()
        except OSError as error:
            seen.outcomes.append(_unreadable(str(file), error))
            continue
        row = SourceRow(
            str(file),
            "",
            facts.st_size,
            facts.st_mtime_ns,
            str(archive or ""),
            description.collection,
            description.version,
        )
        known = before.get(row.path)
        if known is not None and known.stamp == row.stamp:
            row = replace(row, document_id=known.document_id)
        if is_erased(row.document_id or row.stamp):
            seen.erased += 1
        else:
            yield row


def _keep(
    before: dict[str, SourceRow], rows: dict[str, SourceRow], gone: list[str], moved: dict[str, str]
) -> None:
    """Write down where files are found now; a document that is described otherwise is read again."""
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
    documents.rename({identity: Path(path).name for identity, path in moved.items()})
    sources.mark_gone(gone)


def waiting(config: Config) -> int:
    """How many documents of the collections a run would read, a file new or changed taken for one.

    Nothing is opened, so of an archive only what was unpacked before counts.
    """
    before = sources.present()
    is_erased = sources.erased_on_request()
    known, new = {}, 0
    present = [path for path in map(config.path, config.corpus.paths) if path.exists()]
    files = {str(file.resolve()): file for file in find_files(present, [])}
    for path, file in files.items():
        facts, row = file.stat(), before.get(path)
        stamp = SourceRow(path, "", facts.st_size, facts.st_mtime_ns).stamp
        if row is not None and row.stamp == stamp:
            known[path] = row
        elif file.suffix.lower() == ".pdf":
            new += not is_erased(stamp)
    members = {path: row for path, row in before.items() if row.archive in files}
    return new + len(_sorted_out(known | members, config)[0])


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


def _sorted_out(rows: dict[str, SourceRow], config: Config) -> tuple[tuple[str, ...], list[ReadOutcome]]:
    """The paths to be read, one a document; outcomes of those known or given up."""
    done = documents.done("read", *extraction.versions(config).values())
    aside = set_aside("read", extraction.version(config), config)
    unread: dict[str, str] = {}
    outcomes = []
    for path, row in sorted(rows.items()):
        identity = row.document_id
        if identity in aside:
            outcomes.append(_failed(path, "quarantined", aside[identity], identity))
        elif identity in done:
            problem = done[identity] or Problem("", "")
            outcomes.append(ReadOutcome(path, identity, "known", problem=problem.code, reason=problem.reason))
        else:
            unread.setdefault(identity, path)
    return tuple(sorted(unread.values())), outcomes


def _unreadable(path: str, error: OSError) -> ReadOutcome:
    return _failed(path, "unreadable", f"{type(error).__name__}: {error.strerror}.")


def _failed(path: str, problem: str, reason: str, identity: str = "") -> ReadOutcome:
    log.warning("file failed", extra={"file": Path(path).name, "problem": problem})
    return ReadOutcome(path, identity, "failed", problem=problem, reason=reason)
