"""A database address into a ready store: Django configured, migrations applied."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections

from nijar_nlp.errors import StoreError
from nijar_nlp.store import backups
from nijar_nlp.store.locking import sole

__all__ = [
    "OUTSIDE",
    "SQLITE_OPTIONS",
    "DatabaseError",
    "InterfaceError",
    "OperationalError",
    "connect",
    "database_settings",
    "disconnect",
    "failure",
    "instead",
    "is_current",
    "migrate",
]

SQLITE_OPTIONS = {
    # readers never wait for the writer; a writer waits up to 60 s for another
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
}

_MIGRATION_SECONDS = 3600.0

# What comes from outside the work: disk and database.
OUTSIDE = (OSError, DatabaseError, InterfaceError)


def database_settings(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a sqlite:/// or postgres:// address; StoreError where it is neither, or
    the file's folder cannot be made.
    """
    try:
        entry: dict[str, Any] = dict(dj_database_url.parse(url))
    except (dj_database_url.ParseError, ValueError, KeyError) as error:
        raise StoreError(
            "The database address is not understood",
            _without_password(url),
            "It must be sqlite:///FILE or postgres://USER:PASSWORD@HOST/NAME.",
            "Mend store.database in config.yaml or --database.",
        ) from error
    if entry["ENGINE"] == "django.db.backends.sqlite3":
        entry["OPTIONS"] = dict(SQLITE_OPTIONS)
        _make_room(Path(entry["NAME"]).parent)
    return entry


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "The database has no place",
            folder,
            f"{error.strerror}.",
            "Make the folder writable, or name another place with store.database or --database.",
        ) from error


def connect(url: str) -> None:
    """Point this process at the store; nothing is asked of the database yet."""
    databases = connections.configure_settings({"default": database_settings(url)})
    if connections.settings != databases:
        _point_at(databases)


@contextmanager
def instead(name: str) -> Iterator[None]:
    """Another database, of the same kind and server, is the store inside the block."""
    own = connections.settings
    _point_at({**own, DEFAULT_DB_ALIAS: {**own[DEFAULT_DB_ALIAS], "NAME": name}})
    try:
        yield
    finally:
        _point_at(own)


def _point_at(databases: dict[str, dict[str, Any]]) -> None:
    connections.close_all()
    connections.settings = databases
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)


def is_current() -> bool:
    """Whether the database answers and its tables are this version's."""
    try:
        return backups.is_current()
    except DatabaseError:
        return False


def migrate(folder: Path | None = None) -> None:
    """Bring the tables up to date; StoreError where the database cannot be reached, refuses, or is of a newer
    version.

    Where rows are there already and the tables change, a backup is written into `folder` first. Of several
    processes that begin at once one does it, and the others wait.
    """
    try:
        if backups.is_current():
            return
        if newer := backups.unknown_migrations():
            raise StoreError(
                "The database cannot be used",
                connections.settings[DEFAULT_DB_ALIAS]["NAME"],
                f"It is of a newer version ({max(newer)}).",
                "Upgrade nijar-nlp, or `nijar restore` the backup that was made before its upgrade.",
            )
        with sole("migration", _MIGRATION_SECONDS):
            if folder is not None and backups.is_behind():
                backups.back_up(folder)
            call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, InterfaceError) as error:
        raise failure(error) from error


def failure(error: DatabaseError | InterfaceError) -> StoreError:
    """The same, as a person is told of it."""
    return StoreError(
        "The database cannot be used",
        connections.settings[DEFAULT_DB_ALIAS]["NAME"],
        f"{str(error).strip().partition(chr(10))[0]}.",
        "Check that it is running, that the address is right and the disk is not full.",
    )


def disconnect() -> None:
    """Close this thread's connection; the next question opens it again."""
    connections.close_all()


def _without_password(url: str) -> str:
    return re.sub(r"://([^:/@]*):[^@]*@", r"://\1:…@", url)
