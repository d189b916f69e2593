"""A document out of the store, the backups and every file that the work left of it."""

import contextlib
import html
import json
import logging
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.steps.casework import group
from nijar_nlp.steps.keeping import alone
from nijar_nlp.store import backups, sources
from nijar_nlp.store.erasing import Traces

log = logging.getLogger(__name__)

_SQLITE = b"SQLite format 3\x00"
# Packed forms that cannot be searched here, the encoder's memory of texts among them: they are made again
# from the store.
_PACKED = (".parquet", ".gz", ".zst", ".npz")


@dataclass
class Forgotten:
    """What was erased: rows of the database, files deleted or cleaned, archives that still hold the file."""

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
    hold none of its text: their words are hashed.
    """
    done = Forgotten()
    with alone():
        places = [Path(path) for path in sources.paths_of(document_id)]
        done.archives = sources.archives_of(document_id)
        found = sources.traces_of(document_id)
        sources.keep_out(document_id)
        done.rows = sources.erase(document_id)
        group(config)
        unpacked = config.path(config.corpus.archives.folder).resolve()
        for place in places:
            if (place.is_relative_to(unpacked) or not keep_file) and place.is_file():
                place.unlink()
                done.files.append(place)
        done.files += _backups(config.path(config.store.backups), document_id)
        done.files += _files(config, found, document_id)
    log.info("document erased")
    return done


def _backups(folder: Path, document_id: str) -> Iterator[Path]:
    """Every backup without the document; one of PostgreSQL, which cannot be opened, is deleted."""
    for backup in backups.folders(folder):
        manifest = json.loads((backup / backups.MANIFEST).read_text(encoding="utf-8"))
        file = backup / backups.SQLITE_FILE
        if not file.is_file():
            backups.remove(backup)
            yield backup
        elif sources.erase_from_copy(file, document_id):
            rows = backups.rows_of(file)
            backups.write_manifest(backup, {"rows": rows, "migration": manifest["migration"]})
            yield file


def _files(config: Config, found: Traces, document_id: str) -> Iterator[Path]:
    """Files that the work left and that name or quote it: lines of JSON go, other files whole."""
    backup_folder = config.path(config.store.backups).resolve()
    needles = _written(found)
    for file in _left_by_work(config):
        if not file.is_file() or file.is_relative_to(backup_folder):
            continue
        if file.name.startswith(Path(sources.database_file()).name):
            continue
        if document_id in file.name:
            file.unlink()
            yield file
        elif _head(file) == _SQLITE:
            if _clean_sqlite(file, found):
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
    return sorted({file for folder in folders for file in folder.resolve().rglob("*")})


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


def _clean_sqlite(file: Path, found: Traces) -> bool:
    """Another program's database without rows that hold a trace; whether there were any."""
    changed = False
    with contextlib.closing(sqlite3.connect(file, timeout=60)) as database:
        database.execute("PRAGMA secure_delete=ON")
        database.execute("PRAGMA foreign_keys=ON")
        tables = database.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' "
            "and sql not like '%WITHOUT ROWID%' and sql not like 'CREATE VIRTUAL%'"
        ).fetchall()
        for (table,) in tables:
            rows = database.execute(f'select rowid, * from "{table}"')  # noqa: S608 - introspected
            held = [row[0] for row in rows if any(_holds(value, found) for value in row[1:])]
            for rowid in held:
                database.execute(f'delete from "{table}" where rowid = ?', [rowid])  # noqa: S608
            changed = changed or bool(held)
        database.commit()
        if changed:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return changed


def _holds(value: object, found: Traces) -> bool:
    text = value.decode(errors="ignore") if isinstance(value, bytes) else value
    return isinstance(text, str) and any(needle in text for needle in found.needles)


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(len(_SQLITE))
