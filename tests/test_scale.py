"""Scaling out: the flow on Dask workers with PostgreSQL below, in the rows of a plain run on SQLite.

A worker is killed in the middle, and the database restarted below a stage.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.db import OperationalError

from nijar_nlp import steps
from nijar_nlp.config import Config, load_config
from nijar_nlp.errors import StoreError
from nijar_nlp.steps import finding
from nijar_nlp.store import backups, documents
from nijar_nlp.store.connection import connect, migrate
from tests.conftest import SAMPLE, link_project
from tests.operations.conftest import restore_killed
from tests.postgres import Postgres, programs, served
from tests.processes import children
from tests.rows import ROWS, rows

NIJAR = str(Path(sys.executable).parent / "nijar")
FILES = (
    "2010-09-24_depeche-des-dunes_dialogue-prison.pdf",
    "2017-05-07_sahel-wire_chibok-eighty-two.pdf",
    "2020-10-09_sahel-wire_mali-captives-freed.pdf",
)
WORKERS = 2
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL's server is not installed")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with served() as server:
        yield server


@contextmanager
def dask(n_workers: int) -> Iterator[tuple[str, int]]:
    """The address of a running Dask scheduler with so many workers, and the process above them."""
    with subprocess.Popen(
        [sys.executable, "-c", CLUSTER, str(n_workers)], start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as cluster:  # fmt: skip
        assert cluster.stdout is not None
        assert cluster.stdin is not None
        try:
            yield cluster.stdout.readline().strip(), cluster.pid
        finally:
            cluster.stdin.close()
            cluster.wait()
            with suppress(ProcessLookupError):  # what a killed worker had started
                os.killpg(cluster.pid, signal.SIGKILL)


def workers_of(pid: int) -> list[int]:
    """The processes below that listen for work: all children but those that only keep track of resources."""
    return children(pid, "spawn_main")


def made(folder: Path, run: dict[str, Any], database: str | None = None) -> Config:
    link_project(folder, run=run, store={"database": database} if database else {})
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


@pytest.fixture(scope="module")
def plain_rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    alone = made(tmp_path_factory.mktemp("alone"), {})
    carry(alone)
    return alike(rows(alone.root))


def on_dask(scheduler: str) -> dict[str, Any]:
    return {"task_runner": "dask", "dask_scheduler": scheduler, "batch_documents": 1}


def begun(config: Config) -> subprocess.Popen[str]:
    """`nijar run`, under way."""
    return subprocess.Popen(
        [NIJAR, "run", str(config.root / "few"), "--json"],
        cwd=config.root, env={**os.environ, "HOME": str(config.root)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def once_read(process: subprocess.Popen[str], config: Config) -> None:
    """Wait until a document was read."""
    while process.poll() is None and not count_read(config.database_url):
        time.sleep(0.05)


def spread(config: Config, killed: Callable[[], object]) -> dict[str, Any]:
    """The summary of `nijar run`; `killed` is called once a document was read."""
    process = begun(config)
    once_read(process, config)
    killed()
    out, errors = process.communicate(timeout=900)
    assert process.returncode == 0, errors
    return dict(json.loads(out))


def count_read(address: str) -> int:
    try:
        with psycopg.connect(address) as database:
            row = database.execute("select count(*) from store_stage").fetchone()
    except psycopg.Error:  # before the first migration
        return 0
    return int(row[0]) if row else 0


def test_dask_over_postgresql_with_a_worker_killed_gives_the_rows_of_a_plain_run(
    postgres: Postgres, plain_rows: dict[str, list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    with dask(WORKERS) as (scheduler, pid):
        config = made(tmp_path, on_dask(scheduler), postgres.address)
        summary = spread(config, lambda: os.kill(workers_of(pid)[0], signal.SIGKILL))
    files = summary["files"]  # a batch that the dead worker had written is given out again, and is known
    assert (files["read"] + files["known"], files["failed"]) == (len(FILES), 0)
    assert alike(rows_of(postgres.address)) == plain_rows


def test_a_run_whose_dask_scheduler_is_gone_fails_and_goes_on_on_another(
    postgres: Postgres, plain_rows: dict[str, list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    empty(postgres.address)
    with dask(1) as (scheduler, pid):
        config = made(tmp_path, on_dask(scheduler), postgres.address)
        process = begun(config)
        once_read(process, config)
        os.killpg(pid, signal.SIGKILL)
        assert process.wait(600) == 1
        process.communicate()
    with steps.opened(config.file):
        assert steps.status(config)["runs"][0]["state"] == "failed"
    with dask(4) as (scheduler, _):
        settings = yaml.safe_load(config.file.read_text(encoding="utf-8"))
        settings["run"].update(on_dask(scheduler))
        config.file.write_text(yaml.safe_dump(settings), encoding="utf-8")
        out, errors = begun(config).communicate(timeout=900)
    assert out, errors
    assert alike(rows_of(postgres.address)) == plain_rows


def empty(address: str) -> None:
    connect(address)
    migrate()
    with psycopg.connect(address) as database:
        database.execute("truncate store_document, store_candidate, store_source, store_run cascade")


def test_a_stage_goes_on_after_postgresql_was_restarted_below_it(
    postgres: Postgres,
    plain_rows: dict[str, list[tuple[Any, ...]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = made(tmp_path, {}, postgres.address)
    save = finding.findings.save_taggings
    calls = []

    def restarting(*arguments: Any) -> bool:
        calls.append(1)
        if len(calls) == 2:
            postgres.stop()
            postgres.start()
        return save(*arguments)

    with steps.ready(config.file):
        if documents.counts()["documents"] < len(FILES):
            carry(config)
    with psycopg.connect(postgres.address) as database:
        database.execute("delete from store_stage where name = 'tag'")
        database.execute("delete from store_tag")
    monkeypatch.setattr(finding.findings, "save_taggings", restarting)
    with pytest.raises(OperationalError), steps.opened(config.file):
        steps.tag_documents(steps.untagged(config), config)
    with steps.opened(config.file):
        assert len(steps.untagged(config)) == len(FILES) - 1
        steps.tag_documents(steps.untagged(config), config)
        steps.annotate_documents(steps.unannotated(config), config)
        steps.group(config)
    assert alike(rows_of(postgres.address)) == plain_rows


def test_postgresql_is_backed_up_restored_and_forgets(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = made(tmp_path_factory.mktemp("kept"), {}, postgres.address)
    connect(config.database_url)
    migrate()
    if documents.counts()["documents"] < len(FILES):
        carry(config)
        connect(config.database_url)
    before = alike(rows_of(postgres.address))
    backup = steps.back_up(config)
    assert steps.check_backup(backup)["rows"]["store_document"] == len(FILES)
    first = documents.documents()[0]
    texts = [p.text for p in documents.passages(first.id) if len(p.text) > 40]
    elsewhere = shutil.copytree(backup, config.root / "elsewhere")
    shown = config.root / "var" / "exports" / "cases.csv"
    shown.parent.mkdir(parents=True)
    shown.write_text(f"x,{first.id}", encoding="utf-8")
    steps.forget(first.id, config, keep_file=True)
    assert not shown.exists()
    left = json.dumps(rows_of(postgres.address), default=str, ensure_ascii=False)
    assert first.id not in left
    assert not any(text in left for text in texts)
    (again,) = backups.folders(
        config.path(config.store.backups)
    )  # dumps cannot be cleaned: a new one is made
    assert again != backup
    assert steps.check_backup(again)["rows"]["store_document"] == len(FILES) - 1
    connect(may_make_no_databases(postgres.address))
    with pytest.raises(StoreError, match=r"nijar_nijar_scratch. permission denied .* CREATEDB"):
        steps.restore(elsewhere, config)
    connect(config.database_url)
    restore_killed(elsewhere, config)
    left = json.dumps(rows_of(postgres.address), default=str, ensure_ascii=False)
    assert first.id not in left
    steps.restore(elsewhere, config)
    assert scratches(postgres.address) == []  # of the one that was killed, either
    assert documents.counts()["documents"] == len(FILES) - 1
    others = [row for row in before["store_document"] if row[0] != first.id]
    assert alike(rows_of(postgres.address))["store_document"] == others


def may_make_no_databases(address: str) -> str:
    """The address for a role that owns the same tables and may do nothing beside."""
    with psycopg.connect(address) as database:
        database.execute("create role writer login in role nijar")
    return address.replace("nijar@", "writer@")


def scratches(address: str) -> list[tuple[str]]:
    with psycopg.connect(address) as database:
        return database.execute("select datname from pg_database where datname like '%scratch'").fetchall()


def test_one_run_at_a_time_on_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    config = made(tmp_path, {}, postgres.address)
    with (
        steps.sole_run(config.file, None, [], None),
        pytest.raises(StoreError, match="another one is under way"),
        steps.sole_run(config.file, None, [], None),
    ):
        pass
