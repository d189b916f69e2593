"""Scaling out: the flow on Dask workers with PostgreSQL below, in the rows of a plain run on SQLite."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from nijar_nlp import steps
from nijar_nlp.config import Config, load_config
from nijar_nlp.errors import StoreError
from nijar_nlp.store import backups, documents
from nijar_nlp.store.connection import connect, disconnect, migrate
from tests.conftest import ROOT, SAMPLE
from tests.rows import ROWS, rows

NIJAR = str(Path(sys.executable).parent / "nijar")
FILES = (
    "2010-09-24_depeche-des-dunes_dialogue-prison.pdf",
    "2017-05-07_sahel-wire_chibok-eighty-two.pdf",
    "2020-10-09_sahel-wire_mali-captives-freed.pdf",
)
NOBODY = 65534  # PostgreSQL refuses to run as root
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def programs() -> Path | None:
    """Where PostgreSQL's server lies, if it is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    here = shutil.which("initdb")
    return found[-1].parent if found else Path(here).parent if here else None


pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL's server is not installed")


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own, with an empty database; its address."""
    folder = Path(tempfile.mkdtemp(prefix="nijar-postgres-"))
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bin_folder = programs()
    assert bin_folder is not None
    data = folder / "data"
    subprocess.run(
        [bin_folder / "initdb", "-D", data, "-U", "nijar", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True, capture_output=True, cwd=folder, **identity,
    )  # fmt: skip
    server = subprocess.Popen(
        [bin_folder / "postgres", "-D", data, "-p", str(port), "-k", folder, "-F", "-h", "127.0.0.1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **identity,
    )  # fmt: skip
    try:
        for _ in range(300):
            try:
                with psycopg.connect(f"postgres://nijar@127.0.0.1:{port}/postgres", autocommit=True) as first:
                    first.execute("create database nijar")
                    break
            except psycopg.OperationalError:
                time.sleep(0.2)
        yield f"postgres://nijar@127.0.0.1:{port}/nijar"
    finally:
        disconnect()
        server.send_signal(signal.SIGINT)
        server.wait(60)
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a running Dask scheduler with two workers."""
    with subprocess.Popen(
        [sys.executable, "-c", CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as cluster:
        assert cluster.stdout is not None
        assert cluster.stdin is not None
        yield cluster.stdout.readline().strip()
        cluster.stdin.close()


def made(folder: Path, run: dict[str, Any], database: str | None = None) -> Config:
    values = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    values["run"].update(run)
    if database is not None:
        values["store"]["database"] = database
    (folder / "config.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    (folder / "corpus").mkdir()
    for name in ("codebook.yaml", "case_schema.yaml", "register"):
        (folder / "corpus" / name).symlink_to(ROOT / "corpus" / name)
    for name in ("models", "flows"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "few").mkdir()
    for name in FILES:
        shutil.copy(SAMPLE / name, folder / "few")
    return load_config(folder / "config.yaml")


def carry(config: Config) -> None:
    with steps.opened(config.file):
        migrate()
        survey = steps.survey([config.root / "few"], config)
        steps.read_files([Path(path) for path in survey.unread], config)
        steps.tag_documents(steps.untagged(config), config)
        steps.annotate_documents(steps.unannotated(config), config)
        steps.group(config)


def plain(value: Any) -> Any:
    """A value as both databases give it."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    return int(value) if isinstance(value, bool) else value


def alike(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: sorted((tuple(map(plain, row)) for row in some), key=repr) for table, some in found.items()
    }


def rows_of(address: str) -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(address) as database:
        return {
            table: database.execute(f"select {columns} from {table}").fetchall()  # type: ignore[arg-type]  # noqa: S608
            for table, columns in ROWS.items()
        }


def test_dask_over_postgresql_gives_the_rows_of_a_plain_run(
    postgres: str, scheduler: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = made(tmp_path_factory.mktemp("alone"), {})
    carry(alone)
    spread = {"task_runner": "dask", "dask_scheduler": scheduler, "batch_documents": 1}
    config = made(tmp_path_factory.mktemp("spread"), spread, postgres)
    done = subprocess.run(
        [NIJAR, "run", str(config.root / "few"), "--json"],
        cwd=config.root, env={**os.environ, "HOME": str(config.root)},
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"] == {"read": 3, "known": 0, "failed": 0}
    assert alike(rows_of(postgres)) == alike(rows(alone.root))


def test_postgresql_is_backed_up_restored_and_forgets(
    postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = made(tmp_path_factory.mktemp("kept"), {}, postgres)
    connect(config.database_url)
    migrate()
    if documents.counts()["documents"] < len(FILES):
        carry(config)
        connect(config.database_url)
    before = alike(rows_of(postgres))
    backup = steps.back_up(config)
    assert steps.check_backup(backup)["rows"]["store_document"] == len(FILES)
    first = documents.documents()[0]
    texts = [p.text for p in documents.passages(first.id) if len(p.text) > 40]
    elsewhere = shutil.copytree(backup, config.root / "elsewhere")
    steps.forget(first.id, config, keep_file=True)
    left = json.dumps(rows_of(postgres), default=str, ensure_ascii=False)
    assert first.id not in left
    assert not any(text in left for text in texts)
    assert backups.folders(config.path(config.store.backups)) == []
    steps.restore(elsewhere, config)
    assert documents.counts()["documents"] == len(FILES) - 1
    others = [row for row in before["store_document"] if row[0] != first.id]
    assert alike(rows_of(postgres))["store_document"] == others


def test_one_run_at_a_time_on_postgresql(postgres: str, tmp_path: Path) -> None:
    config = made(tmp_path, {}, postgres)
    with (
        steps.sole_run(config.file, None, [], None),
        pytest.raises(StoreError, match="another one is under way"),
        steps.sole_run(config.file, None, [], None),
    ):
        pass
