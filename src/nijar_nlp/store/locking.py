"""One holder at a time: a lock that a process's end gives back."""

import fcntl
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections

# Who only asks whether somebody holds a lock holds it for an instant.
_INSTANT = 1.0
_PAUSE = 0.05


@contextmanager
def sole(name: str, seconds: float = _INSTANT) -> Iterator[bool]:
    """Whether this process is the only one that holds the lock `name` on this store, until the block ends.

    A file beside an SQLite database, an advisory lock in PostgreSQL: both end with the process that holds
    them, however it ends. It is waited for as many `seconds`.
    """
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        file = Path(f"{connections.settings[DEFAULT_DB_ALIAS]['NAME']}.{name}.lock")
        with _file_lock(file, seconds) as held:
            yield held
    else:
        with _advisory_lock(name, seconds) as held:
            yield held


def _within(seconds: float, taken: Callable[[], bool]) -> bool:
    """Whether the lock could be taken in so many seconds."""
    deadline = time.monotonic() + seconds
    while not (held := taken()) and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    return held


@contextmanager
def _file_lock(file: Path, seconds: float) -> Iterator[bool]:
    with file.open("w") as stream:

        def taken() -> bool:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield _within(seconds, taken)


@contextmanager
def _advisory_lock(name: str, seconds: float) -> Iterator[bool]:
    """On a connection of its own: the other ones close between steps."""
    number = int.from_bytes(hashlib.sha256(f"nijar.{name}".encode()).digest()[:8], signed=True)
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with connection.cursor() as cursor:

            def taken() -> bool:
                cursor.execute("select pg_try_advisory_lock(%s)", [number])
                return bool(cursor.fetchone()[0])

            yield _within(seconds, taken)
    finally:
        connection.close()
