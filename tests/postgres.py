"""A PostgreSQL server of the tests' own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from nijar_nlp.store.connection import disconnect

NOBODY = 65534  # PostgreSQL refuses to run as root


def programs() -> Path | None:
    """Where PostgreSQL's server lies, if it is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    here = shutil.which("initdb")
    return found[-1].parent if found else Path(here).parent if here else None


class Postgres:
    """A PostgreSQL server of our own, with an empty database."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder, self.data, self.programs = folder, folder / "data", bin_folder
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            self.identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"postgres://nijar@127.0.0.1:{self.port}/nijar"
        subprocess.run(
            [bin_folder / "initdb", "-D", self.data, "-U", "nijar", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, cwd=folder, **self.identity,
        )  # fmt: skip
        self.start()
        with psycopg.connect(self.address.removesuffix("nijar") + "postgres", autocommit=True) as first:
            first.execute("create database nijar")

    def start(self) -> None:
        command = [self.programs / "postgres", "-D", self.data, "-p", str(self.port)]
        self.server = subprocess.Popen(
            [*command, "-k", self.folder, "-F", "-h", "127.0.0.1"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder, **self.identity,
        )  # fmt: skip
        for _ in range(300):
            try:
                psycopg.connect(f"postgres://nijar@127.0.0.1:{self.port}/postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("PostgreSQL did not answer")

    def stop(self) -> None:
        """At once: who is connected is thrown out."""
        self.server.send_signal(signal.SIGINT)
        self.server.wait(60)


@contextmanager
def served() -> Iterator[Postgres]:
    """A running server, gone at the end."""
    bin_folder = programs()
    assert bin_folder is not None
    folder = Path(tempfile.mkdtemp(prefix="nijar-postgres-"))
    server = Postgres(folder, bin_folder)
    try:
        yield server
    finally:
        disconnect()
        server.stop()
        shutil.rmtree(folder)
