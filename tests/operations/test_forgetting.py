"""A forgotten document leaves nothing behind."""

import csv
import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nijar_nlp import registry, steps, tagger
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.records import TAGS
from nijar_nlp.steps import parts, surveying
from nijar_nlp.store import backups, documents, models, runs, sources
from nijar_nlp.store.connection import connect, disconnect
from tests.conftest import ROOT
from tests.operations.conftest import FILES, decide, identity, inbox, restore_killed
from tests.rows import opened


def everything(root: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of every file of a project but its PDFs, and of every part of those that are packed."""
    for file in (file for file in root.rglob("*") if file.is_file() and file.suffix != ".pdf"):
        yield str(file.relative_to(root)), file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as parts:
                for part in parts.namelist():
                    yield f"{file.relative_to(root)}: {part}", parts.read(part)


def test_nothing_is_left_of_a_forgotten_document(config: Config) -> None:
    document = identity(FILES[0])
    texts = [p.text for p in documents.passages(document) if len(p.text) > 40]
    ids = [document, *(p.id for p in documents.passages(document))]
    leave_traces(config, document, texts)
    train_on(config, texts)
    remembered = [hashlib.sha256(text.encode()).digest()[:16] for text in texts]
    shows = {name for name, content in everything(config.root) for text in texts if text.encode() in content}
    assert any("labels" in name for name in shows)
    assert any(remembered[0] in content for _, content in everything(config.root))
    done = steps.forget(document, config, keep_file=False)
    assert done.rows > 0
    disconnect()
    traces = [*ids, *texts, *(part for text in texts for part in (text[:40], text[-40:])), FILES[0]]
    written = {form.encode() for trace in traces for form in (trace, json.dumps(trace)[1:-1])}
    for name, content in everything(config.root):
        assert not [trace for trace in (*written, *remembered) if trace in content], name
    assert registry.load(config.path(config.tagger.models), "trained").tag(["Talks."])
    assert not (inbox(config) / FILES[0]).exists()
    connect(config.database_url)
    assert documents.counts()["documents"] == 2
    with pytest.raises(InputError, match="nothing to forget"):
        steps.find_documents(FILES[0])


def train_on(config: Config, texts: list[str]) -> None:
    """Labels brought in of its passages, and a model that learned from them, with the encoder's memory."""
    labelled = [(text, 1) for text in texts]
    labelled += [(f"The rebels and the government opened talks in town {n}.", 1) for n in range(10)]
    labelled += [(f"Rain fell on the fields of district {n}.", 0) for n in range(20)]
    file = config.root / "brought.csv"
    quoted = max(texts, key=len)[10:70]
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["text", "language", *TAGS])
        rows.writerows([text, "en", *[there] * len(TAGS)] for text, there in [*labelled, (quoted, 1)])
    assert len(steps.import_labels(file, config).examples) == len(labelled) + 1
    file.unlink()
    models_folder = config.root / "models"
    models_folder.unlink()
    models_folder.mkdir()
    for kept in (config.tagger.encoder, registry.current(ROOT / "models"), "current.txt"):
        (models_folder / kept).symlink_to(ROOT / "models" / kept)
    known = tagger.Labelled([text for text, _ in labelled], [TAGS if there else () for _, there in labelled])
    encoder = parts.cached_encoder(config, config.tagger.encoder, lambda done, total: None)
    weights = tagger.fit(known, known, encoder, version="trained").weights
    passport = registry.Passport("trained", "2026-01-01T00:00:00+00:00", "1", "0" * 64, {}, {}, {}, {})
    registry.save(models_folder, weights, passport, "# A card\n")


def leave_traces(config: Config, document: str, texts: list[str]) -> None:
    """What a project gathers: backups, runs, decisions, reports, exports, page images, logs."""
    steps.back_up(config)
    decide(texts[0][5:60], {"documents": [document], "other": "kept"})
    run_id = runs.start([str(inbox(config) / FILES[0])])
    runs.end(run_id, {"failures": [{"file": FILES[0]}]}, "done")
    var = config.root / "var"
    for name, content in {
        "reports/run-1.html": f"<p>{texts[0]}</p>",
        "exports/cases.csv": f"x,{document}",
        f"pages/{document}-1.png": "image",
        "logs/2026-01-01.jsonl": json.dumps({"file": FILES[0]}) + "\n" + json.dumps({"event": "kept"}) + "\n",
    }.items():
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        (var / name).write_text(content, encoding="utf-8")
    with opened(var / "other.db") as database:
        database.execute("create table flow_run (parameters text)")
        database.execute("insert into flow_run values (?)", [json.dumps({"paths": [FILES[0]]})])


def test_a_forgotten_document_stays_out_even_after_a_restore(config: Config) -> None:
    backup = steps.back_up(config)
    elsewhere = config.root / "elsewhere"
    shutil.copytree(backup, elsewhere)
    document = identity(FILES[0])
    steps.forget(document, config, keep_file=True)
    assert surveying.waiting(config) == 0
    assert steps.survey([inbox(config)], config).unread == ()
    restore_killed(elsewhere, config)
    assert documents.counts()["documents"] == 2
    assert sources.erased([document]) == {document}
    steps.restore(elsewhere, config)
    assert not list((config.root / "var").rglob("*.partial"))  # of the one that was killed, either
    assert documents.counts()["documents"] == 2
    assert sources.erased([document]) == {document}
    assert not steps.is_grouped(config)  # the backup's candidates were of all three
    decision_log = (config.root / "var/logs").glob("*.jsonl")
    assert all(document not in file.read_text(encoding="utf-8") for file in decision_log)


def test_a_decision_loses_only_what_it_quoted(config: Config) -> None:
    document = identity(FILES[0])
    leave_traces(config, document, [p.text for p in documents.passages(document) if len(p.text) > 40])
    steps.forget(document, config, keep_file=True)
    (decision,) = models.Decision.objects.all()
    assert decision.shown == {"documents": ["[erased]"], "other": "kept"}
    assert decision.value == {"comment": "[erased]"}
    lines = (config.root / "var/logs/2026-01-01.jsonl").read_text(encoding="utf-8")
    assert lines == '{"event": "kept"}\n'


def test_what_a_broken_backup_a_restore_and_another_database_left_is_cleaned(config: Config) -> None:
    document, other = identity(FILES[0]), identity(FILES[1])
    kept = inbox(config) / "captifs libérés.pdf"
    (inbox(config) / FILES[0]).rename(kept)
    steps.survey([inbox(config)], config)
    var = config.root / "var"
    left = [var / "nijar.sqlite3.damaged", var / "old" / "nijar.sqlite3", var / "backups/1.partial/copy"]
    for file in left:
        file.parent.mkdir(parents=True, exist_ok=True)
        with opened(var / "nijar.sqlite3") as live, opened(file) as copy:
            live.backup(copy)
    content = left[0].read_bytes()
    left[0].write_bytes(content[:4096] + bytes(range(256)) * 16 + content[8192:])
    (var / "logs" / "2026-01-01.jsonl").write_text(json.dumps({"file": FILES[0]}) + "\n", encoding="utf-8")
    with opened(var / "prefect.db") as database:
        database.execute("create table flow_run (parameters text)")
        database.execute("insert into flow_run values (?)", [json.dumps({"paths": [str(kept)]})])
        database.execute("insert into flow_run values ('others')")
    steps.forget(document, config, keep_file=False)
    disconnect()
    with opened(var / "old" / "nijar.sqlite3") as database:
        assert database.execute("select id from store_document where id = ?", [other]).fetchall()
    with opened(var / "prefect.db") as database:
        assert database.execute("select parameters from flow_run").fetchall() == [("others",)]
    for name, held in everything(config.root):
        for trace in (document, FILES[0], kept.name, json.dumps(kept.name)[1:-1]):
            assert trace.encode() not in held, (name, trace)


def test_labels_are_backed_up_and_cleaned_there(config: Config) -> None:
    document = identity(FILES[0])
    texts = [p.text for p in documents.passages(document) if len(p.text) > 40]
    train_on(config, texts)
    backup = steps.back_up(config)
    (labels,) = (backup / "files" / "labels").iterdir()
    before = labels.read_text(encoding="utf-8")
    steps.forget(document, config, keep_file=True)
    after = labels.read_text(encoding="utf-8")
    assert texts[0] in before
    assert texts[0] not in after
    assert "Rain fell" in after
    assert steps.check_backup(backup)["rows"]["store_document"] == 2


@pytest.mark.parametrize("broken", ["write_manifest", "rows_of"])
def test_forgetting_that_breaks_off_is_ended_by_the_same_again(
    config: Config, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    document = identity(FILES[0])
    backup = steps.back_up(config)
    leave_traces(config, document, [p.text for p in documents.passages(document) if len(p.text) > 40])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backups, broken, full)
        with pytest.raises(OSError, match="No space"):
            steps.forget(document, config, keep_file=False)
    assert steps.find_documents(FILES[0]) == [document]
    steps.forget(document, config, keep_file=False)
    assert steps.check_backup(backup)["rows"]["store_document"] == 2
    disconnect()
    for name, held in everything(config.root):
        assert document.encode() not in held, name


def test_a_file_that_was_never_read_is_forgotten_by_its_name(config: Config) -> None:
    poison = inbox(config) / "poison.pdf"
    poison.write_bytes(b"%PDF-1.7\nnothing more")
    steps.survey([inbox(config)], config)
    (document,) = steps.find_documents("poison.pdf")
    runs.begin_attempt(document, "read", "1")
    steps.forget(document, config, keep_file=False)
    assert not poison.exists()
    assert not models.Attempt.objects.exists()
    disconnect()
    for name, held in everything(config.root):
        assert document.encode() not in held, name
        assert b"poison.pdf" not in held, name
