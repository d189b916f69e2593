"""Databases of each earlier version with rows of a real run, brought forward after a backup of them."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from nijar_nlp import steps
from nijar_nlp.config import Config, load_config
from nijar_nlp.errors import StoreError
from nijar_nlp.store import backups, candidates, indexing, models
from nijar_nlp.store.connection import connect, disconnect, is_current, migrate
from tests.operations.conftest import decide, made
from tests.rows import opened

VERSIONS = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "store")
OURS = ("store_", "auth_user")
DEFAULTS = {"varchar": "''", "text": "'{}'", "datetime": "'2026-01-01'"}  # others: 0


def columns(database: sqlite3.Connection, schema: str, table: str) -> dict[str, str]:
    """By name, the type of each column without a default of its own that may not be null."""
    rows = database.execute(f'pragma {schema}.table_info("{table}")').fetchall()
    return {name: kind.partition("(")[0].lower() if needed else "" for _, name, kind, needed, *_ in rows}


def ordinary(database: sqlite3.Connection, schema: str) -> set[str]:
    """Our tables but those of full-text search, which triggers keep."""
    found = database.execute(
        f"select name, sql from {schema}.sqlite_master where type = 'table'"  # noqa: S608
    ).fetchall()
    virtual = tuple(name for name, sql in found if sql.startswith("CREATE VIRTUAL"))
    return {name for name, _ in found if name.startswith(OURS) and not (virtual and name.startswith(virtual))}


def fill(old: Path, now: Path) -> dict[str, int]:
    """Put the rows of a database of now into the tables of an old one; how many by table."""
    counts = {}
    with opened(old) as database:
        database.execute("attach ? as now", (str(now),))
        for table in sorted(ordinary(database, "main") & ordinary(database, "now")):
            there, here = columns(database, "now", table), columns(database, "main", table)
            chosen = [name for name, kind in here.items() if name in there or kind]
            values = [f'"{n}"' if n in there else DEFAULTS.get(here[n], "0") for n in chosen]
            quoted = ", ".join(f'"{name}"' for name in chosen)
            query = f'insert into main."{table}" ({quoted}) select {", ".join(values)} from now."{table}"'  # noqa: S608
            counts[table] = database.execute(query).rowcount
        database.commit()
    return counts


@pytest.fixture(scope="module")
def of_now(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a finished project, in which somebody decided."""
    file = tmp_path_factory.mktemp("now") / "nijar.sqlite3"
    with (
        opened(finished / "var/nijar.sqlite3") as live,
        opened(file) as copy,
    ):
        live.backup(copy)
    connect(f"sqlite:///{file}")
    decide("Seen.", {})
    disconnect()
    return file


@pytest.fixture(scope="module")
def empty_ones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database of each version."""
    folder = tmp_path_factory.mktemp("versions")
    live = folder / "live.sqlite3"
    connect(f"sqlite:///{live}")
    call_command("migrate", "auth", verbosity=0, interactive=False)
    for version in VERSIONS[:-1]:
        connect(f"sqlite:///{live}")
        call_command("migrate", "store", version, verbosity=0, interactive=False)
        disconnect()
        with opened(live) as source, opened(folder / version) as copy:
            source.backup(copy)
    return folder


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_database_of_each_earlier_version_is_brought_forward_with_its_rows(
    version: str, empty_ones: Path, of_now: Path, tmp_path: Path
) -> None:
    config = made(tmp_path)
    database = tmp_path / "var" / "nijar.sqlite3"
    database.parent.mkdir()
    shutil.copy(empty_ones / version, database)
    before = fill(database, of_now)
    assert before["store_passage"]
    with steps.opened(config.file):
        migrate(config.path(config.store.backups))
        assert is_current()
        (backup,) = backups.folders(config.path(config.store.backups))
        assert steps.check_backup(backup)["migration"] == version
        after = backups.rows_of(database)
        assert {table: n for table, n in before.items() if after.get(table) != n} == {}
        indexing.index_missing(candidates.candidates())  # as the review room does when it begins
        assert models.PassageEntry.objects.count() == models.Passage.objects.count()
        assert steps.status(config)["store"]["documents"] == before["store_document"]
        migrate(config.path(config.store.backups))
        assert backups.folders(config.path(config.store.backups)) == [backup]
    with opened(database) as found:
        assert found.execute("pragma foreign_key_check").fetchall() == []
        assert found.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_a_run_of_the_first_version_without_an_end_broke_off(tmp_path: Path) -> None:
    config = made(tmp_path)
    with steps.opened(config.file):
        call_command("migrate", "store", VERSIONS[0], verbosity=0, interactive=False)
        with opened(tmp_path / "var" / "nijar.sqlite3") as old:
            old.execute("insert into store_run values (lower(hex(randomblob(16))), '2026-01-01', null, '{}')")
        migrate(config.path(config.store.backups))
        assert [run.state for run in models.Run.objects.all()] == ["broken_off"]


def test_a_database_of_a_newer_version_is_refused(config: Config) -> None:
    with opened(config.root / "var" / "nijar.sqlite3") as database:
        database.execute(
            "insert into django_migrations (app, name, applied) values ('store', '9999_later', '2099-01-01')"
        )
    assert not is_current()
    with pytest.raises(StoreError, match="newer version \\(9999_later\\)"):
        migrate()


def test_processes_that_begin_at_once_bring_the_tables_forward_once(
    empty_ones: Path, of_now: Path, tmp_path: Path
) -> None:
    config = made(tmp_path)
    database = tmp_path / "var" / "nijar.sqlite3"
    database.parent.mkdir()
    shutil.copy(empty_ones / VERSIONS[0], database)
    fill(database, of_now)
    code = "import sys; from nijar_nlp import steps\nwith steps.ready(sys.argv[1]): pass"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(config.file)], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    errors = [process.communicate()[1] for process in processes]
    assert errors == ["", "", ""]
    assert len(backups.folders(config.path(load_config(config.file).store.backups))) == 1
