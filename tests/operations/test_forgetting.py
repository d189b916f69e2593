"""A forgotten document leaves nothing behind."""

import csv
import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nijar_nlp import registry, steps, tagger
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.records import TAGS
from nijar_nlp.steps import parts
from nijar_nlp.store import documents, models, runs, sources
from nijar_nlp.store.connection import connect, disconnect
from tests.conftest import ROOT
from tests.operations.conftest import FILES, identity, inbox


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
    from nijar_nlp.store import people

    steps.back_up(config)
    person = people.create_person("reader", "analyst")
    models.Decision.objects.create(
        token="t" * 36,
        made_at="2026-01-01T00:00:00Z",
        by_id=people.user_id(person.name),
        kind="comment",
        subject_kind="candidate",
        subject_id="c" * 20,
        value={"comment": texts[0][5:60]},
        shown={"documents": [document], "other": "kept"},
    )
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
    with sqlite3.connect(var / "other.db") as database:
        database.execute("create table flow_run (parameters text)")
        database.execute("insert into flow_run values (?)", [json.dumps({"paths": [FILES[0]]})])


def test_a_forgotten_document_stays_out_even_after_a_restore(config: Config) -> None:
    backup = steps.back_up(config)
    elsewhere = config.root / "elsewhere"
    shutil.copytree(backup, elsewhere)
    document = identity(FILES[0])
    steps.forget(document, config, keep_file=True)
    assert steps.survey([inbox(config)], config).unread == ()
    steps.restore(elsewhere, config)
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
