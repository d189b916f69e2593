"""A document out of the store, the backups and every file that the work left of it."""

import contextlib
import html
import json
import logging
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.steps.casework import group
from nijar_nlp.steps.fetching import elsewhere
from nijar_nlp.steps.keeping import alone, back_up
from nijar_nlp.store import backups, sources
from nijar_nlp.store.erasing import Traces

log = logging.getLogger(__name__)

_SQLITE = b"SQLite format 3\x00"
_JOURNALS = ("-wal", "-shm", "-journal")
# Packed forms that cannot be searched here, the encoder's memory of texts among them: they are made again
# from the store.
_PACKED = (".parquet", ".gz", ".zst", ".npz")


@dataclass
class Forgotten:
    """What was erased: rows of the database, files deleted or cleaned; archives that still hold the file, and
    where the original of a copy lies.
    """

    rows: int = 0
    files: list[Path] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)


def find_documents(which: str) -> list[str]:
    """The ids of the documents that an id, a path or a file name means; InputError where there is none."""
    found = sources.matching(which)
    if not found:
        raise InputError(
            "There is nothing to forget",
            which,
            "It must be a document's id, or a file as the store knows it.",
            "`nijar status --json` and the review room show ids.",
        )
    return found


def forget(document_id: str, config: Config, *, keep_file: bool) -> Forgotten:
    """Erase a document with everything derived from it, and keep it out of later runs.

    Rows go from the database and from every backup in store.backups; files under the project's var/, and
    where the configuration puts reports, logs and labels that were brought in, are cleaned or deleted if they
    show it; its own file is deleted unless `keep_file`. The candidates are grouped anew without it. Models
    hold none of its text: their words are hashed. What tells of the traces goes last: where this breaks off,
    the same again ends it.
    """
    done = Forgotten()
    folder = config.path(config.store.backups)
    with alone(), backups.alone(folder):
        done.archives = sources.archives_of(document_id)
        for place in sources.paths_of(document_id):
            done.archives += elsewhere(Path(place), config)
        found = sources.traces_of(document_id)
        sources.keep_out(document_id)
        done.files += _backups(folder, found, document_id)
        done.files += _files(_left_by_work(config), config, found, document_id)
        done.files += _own_files(config, document_id, keep_file)
        done.rows = sources.erase(document_id)
        group(config)
        drawn = _below([config.path(config.review.folder)])  # pages that somebody looked at meanwhile
        done.files += _files(drawn, config, found, document_id)
    if not sources.database_file():
        back_up(config)
    log.info("document erased")
    return done


def _own_files(config: Config, document_id: str, keep_file: bool) -> Iterator[Path]:
    """The document's own file, deleted; what was unpacked from an archive is none to keep.

    One that stays waits for no run, until it is changed.
    """
    unpacked = config.path(config.corpus.archives.folder).resolve()
    found = sources.at(sources.paths_of(document_id))
    for place, row in ((Path(path), row) for path, row in found.items()):
        if keep_file and not place.is_relative_to(unpacked):
            sources.keep_out(row.stamp)
        elif place.is_file():
            place.unlink()
            yield place


def _backups(folder: Path, found: Traces, document_id: str) -> Iterator[Path]:
    """Every backup without the document; one of PostgreSQL, which cannot be opened, is deleted."""
    needles = _written(found)
    backups.remove_broken_off(folder)
    for backup in backups.folders(folder):
        file, manifest = backup / backups.SQLITE_FILE, backup / backups.MANIFEST
        if not file.is_file():
            backups.remove(backup)
            yield backup
            continue
        lines = sorted((backup / backups.FILES).rglob("*.jsonl"))
        changed = [one for one in lines if _clean_lines(one, found, needles)]
        changed += [file] if sources.erase_from_copy(file, document_id) else []
        # the second: an earlier attempt broke off between the two
        if changed or file.stat().st_mtime_ns > manifest.stat().st_mtime_ns:
            migration = json.loads(manifest.read_text(encoding="utf-8"))["migration"]
            backups.write_manifest(backup, {"rows": backups.rows_of(file), "migration": migration})
        yield from changed


def _files(files: Iterable[Path], config: Config, found: Traces, document_id: str) -> Iterator[Path]:
    """Files that the work left and that name or quote it: lines of JSON go, other files whole."""
    backup_folder = config.path(config.store.backups).resolve()
    needles = _written(found)
    for file in files:
        if not file.is_file() or file.is_relative_to(backup_folder) or _is_of_a_database(file):
            continue
        if document_id in str(file):
            file.unlink()
            yield file
        elif _head(file) == _SQLITE:
            if _clean_sqlite(file, document_id, needles):
                yield file
        elif file.suffix == ".jsonl":
            if _clean_lines(file, found, needles):
                yield file
        elif file.suffix in _PACKED or _shows(file, needles):
            file.unlink()
            yield file


def _left_by_work(config: Config) -> list[Path]:
    folders = [
        config.root / "var",
        *map(config.path, (config.run.report, config.run.log, config.review.folder)),
        *map(config.path, (config.learning.labels, config.learning.cache)),
    ]
    files = _below(folders)
    if database := sources.database_file():
        files.append(backups.damaged(Path(database)))
    return files


def _below(folders: Iterable[Path]) -> list[Path]:
    return sorted({file for folder in folders for file in folder.resolve().rglob("*")})


def _is_of_a_database(file: Path) -> bool:
    """Whether a file is the store's own, or a database's journal: these are cleaned with their database."""
    own = sources.database_file()
    base = next(
        (file.with_name(file.name.removesuffix(end)) for end in _JOURNALS if file.name.endswith(end)), file
    )
    return (base != file and base.is_file()) or (bool(own) and base == Path(own).resolve())


def _shows(file: Path, needles: list[bytes]) -> bool:
    return any(needle in content for content in _read(file) for needle in needles)


def _clean_lines(file: Path, found: Traces, needles: list[bytes]) -> bool:
    """The file without the lines that name or quote the document; whether there were any."""
    lines = file.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not any(needle in line for needle in needles)]
    kept = [line for line in kept if not any(map(found.is_quoted, _strings(line)))]
    if kept == lines:
        return False
    partial = file.with_name(file.name + ".partial")
    partial.write_bytes(b"".join(kept))
    partial.replace(file)
    return True


def _strings(line: bytes) -> Iterator[str]:
    """The texts on one line of JSON."""
    try:
        parsed = json.loads(line)
    except ValueError:
        return
    for value in parsed.values() if isinstance(parsed, dict) else ():
        if isinstance(value, str):
            yield value


def _read(file: Path) -> Iterator[bytes]:
    """A file's content; of a workbook, each part of it."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                yield parts.read(name)
    else:
        yield file.read_bytes()


def _written(found: Traces) -> list[bytes]:
    """The traces as files write them: plain, in HTML, in JSON."""
    forms = {
        form
        for needle in found.needles
        for form in (needle, html.escape(needle), _json(needle, True), _json(needle, False))
    }
    return [form.encode() for form in sorted(forms)]


def _json(text: str, ascii_only: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii_only)[1:-1]


def _clean_sqlite(file: Path, document_id: str, needles: list[bytes]) -> bool:
    """A database beside the store without rows that hold a trace; whether it showed any.

    Another store is cleaned as the store is. One that is damaged and shows any is deleted.
    """
    journal = file.with_name(f"{file.name}-wal")
    shown = _shows(file, needles) or (journal.is_file() and _shows(journal, needles))
    if not _is_whole(file):
        if shown:
            file.unlink()
        return shown
    if sources.erase_from_copy(file, document_id):
        return True
    with contextlib.closing(sqlite3.connect(file, timeout=60)) as database:
        held = _delete_rows(database, needles)
        if held or shown:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return held or shown


def _is_whole(file: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(file, timeout=60)) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False


def _delete_rows(database: sqlite3.Connection, needles: list[bytes]) -> bool:
    """Delete the rows that hold a trace; whether there were any."""
    database.execute("PRAGMA secure_delete=ON")
    database.execute("PRAGMA foreign_keys=ON")
    tables = database.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' "
        "and sql not like '%WITHOUT ROWID%' and sql not like 'CREATE VIRTUAL%'"
    ).fetchall()
    found = False
    for (table,) in tables:
        rows = database.execute(f'select rowid, * from "{table}"')  # noqa: S608 - introspected
        held = [row[0] for row in rows if any(_holds(value, needles) for value in row[1:])]
        for rowid in held:
            database.execute(f'delete from "{table}" where rowid = ?', [rowid])  # noqa: S608
        found = found or bool(held)
    database.commit()
    return found


def _holds(value: object, needles: list[bytes]) -> bool:
    content = value.encode() if isinstance(value, str) else value
    return isinstance(content, bytes) and any(needle in content for needle in needles)


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(len(_SQLITE))
