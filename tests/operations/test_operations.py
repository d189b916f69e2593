"""Operations on a real store: backup and restore, documents that break every run."""

import shutil
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import prometheus_client.parser
import pytest

from nijar_nlp import logs, metrics, steps
from nijar_nlp.config import Config
from nijar_nlp.errors import StoreError
from nijar_nlp.steps import finding, summing
from nijar_nlp.store import backups, documents, models, runs
from nijar_nlp.store.connection import disconnect
from tests.conftest import SAMPLE
from tests.operations.conftest import FILES, identity, inbox
from tests.rows import opened

# Documents that break every run


def test_a_document_on_which_a_stage_breaks_off_is_put_aside(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.Stage.objects.filter(name="tag").delete()
    poison = identity(FILES[0])

    def passages(document_id: str) -> Any:
        if document_id == poison:
            raise RecursionError("with words of the document")
        return read(document_id)

    read = documents.passages
    monkeypatch.setattr(finding.documents, "passages", passages)
    for _ in range(config.run.attempts):
        assert poison in steps.untagged(config)
        steps.tag_documents(steps.untagged(config), config)
    assert steps.untagged(config) == []
    (aside,) = summing.put_aside(config)
    assert aside == {"document": poison, "stage": "tag", "reason": "RecursionError in stage tag."}
    assert models.Stage.objects.filter(name="tag").count() == 2


def test_a_fault_from_outside_counts_against_no_document(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.Stage.objects.filter(name="tag").delete()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(finding.findings, "save_taggings", full)
    for _ in range(config.run.attempts + 1):
        with pytest.raises(OSError, match="No space"):
            steps.tag_documents(steps.untagged(config), config)
    assert len(steps.untagged(config)) == 3


# Runs


def test_one_run_at_a_time_and_missed_ticks_are_skipped(config: Config) -> None:
    paths = [str(inbox(config))]
    with steps.sole_run(config.file, None, paths, None) as run_id:
        assert run_id is not None
        with (
            pytest.raises(StoreError, match="another one is under way"),
            steps.sole_run(config.file, None, paths, None),
        ):
            pass
        with steps.sole_run(config.file, None, paths, datetime.now(UTC)) as other:
            assert other is None
        runs.end(run_id, {}, "done")
    began = runs.latest(1)[0].started_at
    for tick, expected in ((began - timedelta(hours=1), None), (began + timedelta(seconds=1), "run")):
        with steps.sole_run(config.file, None, paths, tick) as run_id:
            assert (run_id is None) == (expected is None)


def test_a_run_that_fails_keeps_its_reason_without_words(config: Config) -> None:
    with pytest.raises(ValueError, match="secret"), steps.sole_run(config.file, None, [], None):
        raise ValueError("secret words")
    (run,) = runs.latest(1)
    assert run.state == "failed"
    assert run.reason.startswith(f"ValueError at {__name__}:")
    assert "secret" not in "".join(p.read_text() for p in (config.root / "var/logs").iterdir())


def test_a_log_is_kept_for_a_year(tmp_path: Path) -> None:
    today = datetime.now(UTC)
    names = [f"{today - timedelta(days=days):%Y-%m-%d}.jsonl" for days in (0, 360, 370, 4000)]
    for name in (*names, "notes.jsonl"):
        (tmp_path / name).touch()
    logs.start(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {*names[:2], "notes.jsonl"}


def test_status_tells_what_waits(config: Config) -> None:
    shutil.copy(SAMPLE / "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf", inbox(config))
    models.Stage.objects.filter(name="annotate", document_id=identity(FILES[0])).delete()
    found = steps.status(config)
    assert {name: stage["waiting"] for name, stage in found["stages"].items()} == {
        "read": 1,
        "tag": 0,
        "annotate": 1,
    }
    assert not found["running"]
    assert found["seconds_left"] > 0
    with zipfile.ZipFile(inbox(config) / "more.zip", "w") as archive:
        archive.write(SAMPLE / "2017-05-09_gazette-du-tenere_chibok.pdf", "priest.pdf")
    assert len(steps.survey([inbox(config)], config).unread) == 2
    assert steps.status(config)["stages"]["read"]["waiting"] == 2  # a run that was ended leaves them so


def test_prometheus_reads_the_status(config: Config) -> None:
    steps.back_up(config)
    runs.end(runs.start([]), {}, "failed", "words")
    read = prometheus_client.parser.text_string_to_metric_families(metrics.exposition(steps.status(config)))
    found = {family.name: family.samples for family in read}
    assert found["nijar_running"][0].value == 0
    assert {sample.labels["stage"]: sample.value for sample in found["nijar_stage_documents_done"]} == {
        "read": 3,
        "tag": 3,
        "annotate": 3,
    }
    (failed,) = found["nijar_last_run_timestamp_seconds"]
    assert failed.labels == {"state": "failed"}
    assert time.time() - 600 < failed.value <= found["nijar_last_backup_timestamp_seconds"][0].value + 600
    assert found["nijar_free_bytes"][0].value > 0


# Backup and restore


def rows(config: Config) -> dict[str, int]:
    with opened(config.root / "var" / "nijar.sqlite3") as database:
        tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        return {t: database.execute(f'select count(*) from "{t}"').fetchone()[0] for (t,) in tables}  # noqa: S608


def test_a_backup_comes_back_as_it_was(config: Config) -> None:
    before = rows(config)
    backup = steps.back_up(config)
    assert steps.check_backup(backup)["rows"] == before
    assert (backup / "files" / "models" / "current.txt").is_file()
    models.Document.objects.all().delete()
    kept = steps.restore(backup, config)
    assert rows(config) == before
    assert kept is not None
    assert steps.check_backup(kept)["rows"]["store_document"] == 0


def test_only_so_many_backups_are_kept(config: Config) -> None:
    folder = config.path(config.store.backups)
    made = [backups.back_up(folder, 2) for _ in range(3)]
    assert backups.folders(folder) == made[1:]


@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "manifest"])
def test_a_damaged_backup_changes_nothing(config: Config, damage: str) -> None:
    backup = steps.back_up(config)
    file = backup / backups.SQLITE_FILE
    content = file.read_bytes()
    if damage == "flip":
        file.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    elif damage == "cut":
        file.write_bytes(content[:-4096])
    elif damage == "gone":
        file.unlink()
    else:
        (backup / backups.MANIFEST).write_text("{", encoding="utf-8")
    before = rows(config)
    with pytest.raises(StoreError, match="cannot be used"):
        steps.restore(backup, config)
    assert rows(config) == before


def test_a_damaged_database_is_set_aside_by_a_restore(config: Config) -> None:
    before, backup = rows(config), steps.back_up(config)
    disconnect()
    database = config.root / "var" / "nijar.sqlite3"
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.write_bytes(b"not a database at all" * 1000)
    assert steps.restore(backup, config) is None
    assert rows(config) == before
    assert database.with_name("nijar.sqlite3.damaged").is_file()
