"""The database into a backup with a manifest, and back."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, ProgrammingError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

import nijar_nlp
from nijar_nlp.errors import StoreError
from nijar_nlp.store.locking import sole

MANIFEST = "manifest.json"
SQLITE_FILE = "database.sqlite3"
POSTGRES_FILE = "database.dump"
FILES = "files"  # the folder of what is copied along
_PARTIAL = ".partial"
_STAMP = "%Y%m%d-%H%M%S-%f"
_LONGEST_SECONDS = 600.0


def back_up(folder: Path, keep: int | None = None, files: Mapping[str, Path] | None = None) -> Path:
    """A consistent copy of the database in a new folder under `folder`, while others go on writing.

    `files` are copied along by the names given. The manifest holds size and SHA-256 of each file, the newest
    migration and the rows of each table, and no text of a document. Only the newest `keep` stay. One that
    breaks off leaves nothing that looks like a backup, and nothing at all once the next one is made.
    """
    target = folder / datetime.now(UTC).strftime(_STAMP)
    with alone(target):
        remove_broken_off(folder)
        partial = target.with_name(target.name + _PARTIAL)
        try:
            fill(partial, files or {})
            partial.rename(target)
        except OSError as error:
            raise _failed(target, f"{type(error).__name__}: {error.strerror}.") from error
        except (sqlite3.DatabaseError, DatabaseError) as error:
            raise _failed(target, f"{str(error).strip()}.") from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        for old in folders(folder)[: -keep if keep else 0]:
            shutil.rmtree(old)
    return target


@contextmanager
def alone(which: object) -> Iterator[None]:
    """No backup is made inside the block; StoreError where one takes too long."""
    with sole("backup", _LONGEST_SECONDS) as held:
        if not held:
            raise _failed(which, "Another backup is under way.")
        yield


def remove_broken_off(folder: Path) -> None:
    """Delete what a backup or a restore left that was killed: documents that nobody looks for there."""
    for left in folder.glob(f"*{_PARTIAL}"):
        shutil.rmtree(left)
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        _on_server("drop database if exists {} with (force)")


@contextmanager
def scratch(folder: Path) -> Iterator[tuple[str, Path]]:
    """The name of an empty database beside the store's, and a folder to fill, both gone at the end.

    A process that is killed leaves them to the next backup. Nobody else makes one meanwhile.
    """
    with alone(folder):
        remove_broken_off(folder)
        partial = folder / f"restore{_PARTIAL}"
        partial.mkdir(parents=True)
        try:
            if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
                yield str(partial / "scratch.sqlite3"), partial / "clean"
            else:
                yield _on_server("create database {}"), partial / "clean"
        finally:
            remove_broken_off(folder)


def _on_server(command: str) -> str:
    """Give PostgreSQL a command on the scratch database; its name."""
    connection = connections[DEFAULT_DB_ALIAS]
    name = f"{connection.settings_dict['NAME']}_nijar_scratch"
    try:
        with connection.cursor() as cursor:
            cursor.execute(command.format(connection.ops.quote_name(name)))
    except ProgrammingError as error:
        raise StoreError(
            "A restore's scratch database cannot be made or removed",
            name,
            f"{str(error).strip()}; documents that were forgotten are erased there before anybody sees them.",
            "Let the role of store.database make databases: ALTER ROLE … CREATEDB; "
            "drop by hand what another role made.",
        ) from error
    return name


def fill(partial: Path, files: Mapping[str, Path]) -> None:
    """A copy of the database, and of these files, with its manifest in a new folder."""
    connection = connections[DEFAULT_DB_ALIAS]
    partial.mkdir(parents=True)
    if connection.vendor == "sqlite":
        rows = _dump_sqlite(connection, partial / SQLITE_FILE)
    else:
        rows = _dump_postgres(connection, partial / POSTGRES_FILE)
    for name, file in files.items():
        (partial / FILES / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, partial / FILES / name)
    write_manifest(partial, {"rows": rows, "migration": _newest(connection)})


def folders(folder: Path) -> list[Path]:
    """The backups under a folder, the oldest first."""
    return sorted(file.parent for file in folder.glob(f"*/{MANIFEST}") if file.parent.suffix != _PARTIAL)


def newest(folder: Path) -> datetime | None:
    """When the newest backup under a folder was begun; None where there is none."""
    made = folders(folder)
    return datetime.strptime(made[-1].name, _STAMP).replace(tzinfo=UTC) if made else None


def remove(backup: Path) -> None:
    """Delete a backup."""
    shutil.rmtree(backup)


def rows_of(file: Path) -> dict[str, int]:
    """The rows of each table of an SQLite copy."""
    with closing(sqlite3.connect(file)) as copy:
        return _rows_of_sqlite(copy)


def write_manifest(backup: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest of what lies in a backup's folder now; `facts` are kept beside the hashes."""
    content = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": nijar_nlp.__version__,
        **facts,
        "files": {
            file.relative_to(backup).as_posix(): {"bytes": file.stat().st_size, "sha256": _sha256(file)}
            for file in sorted(backup.rglob("*"))
            if file.is_file() and file.name != MANIFEST
        },
    }
    (backup / MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def check(backup: Path) -> dict[str, Any]:
    """The manifest of a backup whose files are what it says; StoreError names what is not."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        expected = {name: facts["sha256"] for name, facts in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unfit(backup, f"Its {MANIFEST} is absent or damaged.") from error
    for name, digest in expected.items():
        file = backup / name
        if not file.is_file() or _sha256(file) != digest:
            raise _unfit(backup, f"{name} is absent or not as it was written.")
    if SQLITE_FILE in expected:
        _check_sqlite(backup, manifest)
    elif POSTGRES_FILE in expected:
        _run([_tool("pg_restore"), "--list", str(backup / POSTGRES_FILE)], {}, backup)
    else:
        raise _unfit(backup, "It holds no database.")
    return manifest


def put_back(backup: Path) -> None:
    """Put a checked backup's database in the place of the present one, or of a damaged one."""
    connection = connections[DEFAULT_DB_ALIAS]
    if (connection.vendor == "sqlite") != (backup / SQLITE_FILE).is_file():
        raise _unfit(backup, f"It is not of a {connection.vendor} database, which store.database names.")
    if connection.vendor == "sqlite":
        connections.close_all()
        _load_sqlite(backup / SQLITE_FILE, Path(str(connection.settings_dict["NAME"])))
    else:
        arguments = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        command = [_tool("pg_restore"), *arguments, "--dbname", str(connection.settings_dict["NAME"])]
        connections.close_all()
        _run([*command, str(backup / POSTGRES_FILE)], connection.settings_dict, backup)


def is_current() -> bool:
    """Whether the database's tables are this version's."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and not unknown_migrations()


def unknown_migrations() -> set[str]:
    """The migrations that were applied to the database and that only a newer version has."""
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    return {name for app, name in loader.applied_migrations if app == "store"} - {
        name for app, name in loader.disk_migrations if app == "store"
    }


def is_behind() -> bool:
    """Whether the database holds rows under tables that are older than this version's."""
    return not is_current() and bool(MigrationLoader(connections[DEFAULT_DB_ALIAS]).applied_migrations)


def knows(migration: str) -> bool:
    """Whether this version has the migration, so that a database of it can be brought forward."""
    return not migration or ("store", migration) in MigrationLoader(None).graph.nodes


@contextmanager
def opened_copy(file: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection to an SQLite copy, closed at the end."""
    plain = connections[DEFAULT_DB_ALIAS]
    settings = {
        **plain.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {},
    }
    wrapper: BaseDatabaseWrapper = type(plain)(settings, "copy")
    connections["copy"] = wrapper
    try:
        yield wrapper
    finally:
        wrapper.close()
        del connections["copy"]


def damaged(database: Path) -> Path:
    """Where a damaged SQLite file is set aside by a restore."""
    return database.with_name(f"{database.name}.damaged")


def _dump_sqlite(connection: BaseDatabaseWrapper, target: Path) -> dict[str, int]:
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return _rows_of_sqlite(copy)


def _rows_of_sqlite(copy: sqlite3.Connection) -> dict[str, int]:
    tables = copy.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    return {
        name: copy.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608 - names of our tables
        for (name,) in tables
    }


def _check_sqlite(backup: Path, manifest: Mapping[str, Any]) -> None:
    uri = f"file:{backup / SQLITE_FILE}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as copy:
            said = copy.execute("PRAGMA integrity_check").fetchone()[0]
            rows = _rows_of_sqlite(copy)
    except sqlite3.DatabaseError as error:
        raise _unfit(backup, f"Its database cannot be opened ({error}).") from error
    if said != "ok" or rows != manifest.get("rows"):
        raise _unfit(backup, "Its database is damaged, or has other rows than the manifest says.")


def _load_sqlite(source: Path, target: Path) -> None:
    """Through SQLite's own interface, so that other processes see the rows; a damaged file is set aside."""
    with closing(sqlite3.connect(source)) as copy:
        try:
            with closing(sqlite3.connect(target, timeout=60)) as live:
                copy.backup(live)
                return
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            for suffix in ("-wal", "-shm"):
                target.with_name(target.name + suffix).unlink(missing_ok=True)
            target.rename(damaged(target))
        with closing(sqlite3.connect(target)) as live:
            copy.backup(live)


def _dump_postgres(connection: BaseDatabaseWrapper, target: Path) -> dict[str, int]:
    """Rows and dump of one snapshot."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with own.cursor() as cursor:
            cursor.execute("begin isolation level repeatable read")
            cursor.execute("select pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            rows = {}
            for name in sorted(own.introspection.table_names(cursor)):
                cursor.execute(f"select count(*) from {own.ops.quote_name(name)}")  # noqa: S608
                rows[name] = cursor.fetchone()[0]
            arguments = ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"]
            command = [_tool("pg_dump"), *arguments, str(connection.settings_dict["NAME"])]
            _run(command, connection.settings_dict, target)
        return rows
    finally:
        own.close()


def _run(command: list[str], settings: Mapping[str, Any], which: Path) -> None:
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    environment = {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        command, env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode:
        raise _failed(which, f"{Path(command[0]).name}: {done.stderr.strip().splitlines()[-1:]}")


def _tool(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(installed[-1]) if installed else None)
    if found is None:
        raise StoreError(
            "A program is missing", name, "PostgreSQL's own programs write and read its backups.",
            "apt-get install postgresql-client",
        )  # fmt: skip
    return found


def _newest(connection: BaseDatabaseWrapper) -> str:
    applied = MigrationExecutor(connection).loader.applied_migrations
    return max((name for app, name in applied if app == "store"), default="")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _failed(which: object, rule: str) -> StoreError:
    return StoreError("The backup failed", which, rule, "Check the disk and the database, and try again.")


def _unfit(which: object, rule: str) -> StoreError:
    return StoreError("The backup cannot be used", which, rule, "Nothing was changed; take another backup.")
