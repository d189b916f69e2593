"""One holder at a time: a lock that a process's end gives back."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def sole(name: str) -> Iterator[bool]:
    """Whether this process is the only one that holds the lock `name` on this store, until the block ends.

    A file beside an SQLite database, an advisory lock in PostgreSQL: both end with the process that holds
    them, however it ends.
    """
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        with _file_lock(Path(f"{connections.settings[DEFAULT_DB_ALIAS]['NAME']}.{name}.lock")) as held:
            yield held
    else:
        with _advisory_lock(name) as held:
            yield held


@contextmanager
def _file_lock(file: Path) -> Iterator[bool]:
    with file.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _advisory_lock(name: str) -> Iterator[bool]:
    """On a connection of its own: the other ones close between steps."""
    number = int.from_bytes(hashlib.sha256(f"nijar.{name}".encode()).digest()[:8], signed=True)
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", [number])
            (held,) = cursor.fetchone()
        yield bool(held)
    finally:
        connection.close()
