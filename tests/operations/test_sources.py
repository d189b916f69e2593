"""Files on a real disk: moved, replaced, deleted, described by sidecars, in archives, named badly."""

import csv
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
import pytest

from nijar_nlp import steps
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.steps import surveying
from nijar_nlp.steps.reading import ReadOutcome
from nijar_nlp.store import documents, models
from nijar_nlp.store.connection import migrate
from tests.conftest import SAMPLE
from tests.operations.conftest import FILES, identity, inbox, made
from tests.postgres import NOBODY


def test_a_moved_file_is_known_and_a_deleted_one_stays_as_a_record(config: Config) -> None:
    (inbox(config) / "deep").mkdir()
    moved = inbox(config) / FILES[0]
    moved.rename(inbox(config) / "deep" / "renamed.pdf")
    (inbox(config) / FILES[1]).unlink()
    survey = steps.survey([inbox(config)], config)
    assert (survey.unread, survey.moved, survey.gone) == ((), 1, 1)
    assert documents.counts()["documents"] == 3
    assert {d.file for d in documents.documents()} == {"renamed.pdf", *FILES[1:]}
    assert models.Source.objects.filter(gone_at__isnull=False).count() == 2


def test_a_file_replaced_under_its_name_is_read(config: Config) -> None:
    shutil.copy(SAMPLE / "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf", inbox(config) / FILES[0])
    assert steps.survey([inbox(config)], config).unread == (str(inbox(config) / FILES[0]),)


def test_a_folder_that_is_not_there_names_itself(config: Config) -> None:
    with pytest.raises(InputError, match="absent"):
        steps.survey([inbox(config) / "absent"], config)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, who may read everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_folder_that_may_not_be_read_is_told_and_the_others_are_read(open_folder: Path) -> None:
    (open_folder / "shut").mkdir(mode=0o000)
    (open_folder / "open.PDF").write_bytes(b"")
    outcomes: list[ReadOutcome] = []
    with as_nobody():
        assert steps.find_files([open_folder], outcomes) == [open_folder / "open.PDF"]
        with pytest.raises(InputError, match="shut"):
            steps.find_files([open_folder])
    assert [(Path(one.file).name, one.problem) for one in outcomes] == [("shut", "unreadable")]


def test_what_a_sidecar_says_goes_before_the_file_and_bad_rows_are_named(config: Config) -> None:
    with (inbox(config) / "metadata.csv").open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["file", "outlet", "published", "licence"])
        rows.writerow([FILES[0], "A monthly", "2017-06", "by permission"])
        rows.writerow([FILES[1], "Another", "next week", ""])
    survey = steps.survey([inbox(config)], config)
    (problem,) = survey.problems
    assert problem.startswith("metadata.csv row 3: published: It must be YYYY, YYYY-MM or YYYY-MM-DD")
    assert survey.unread == (str(inbox(config) / FILES[0]),)
    steps.read_files([Path(path) for path in survey.unread], config)
    document = documents.document(identity(FILES[0]))
    assert (document.outlet, document.licence, document.collection) == ("A monthly", "by permission", "inbox")
    assert document.published is not None
    assert document.published.precision == "month"
    assert document.origins["outlet"] == "metadata.csv row 2"
    assert document.origins["sensitivity"] == "collection inbox"
    assert document.articles[0].outlet == "A monthly"
    assert steps.survey([inbox(config)], config).unread == ()


def test_zoteros_export_and_a_json_beside_the_file_are_understood(config: Config) -> None:
    with (inbox(config) / "metadata.csv").open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["Key", "Title", "Publication Title", "Publication Year", "File Attachments"])
        rows.writerow(["X1", "Eighty-two", "", "2017", f"C:\\Zotero\\{FILES[0]}; page.html"])
    own = {"author": "A. Writer", "title": "Nearer"}
    (inbox(config) / f"{FILES[0]}.json").write_text(json.dumps(own), encoding="utf-8")
    survey = steps.survey([inbox(config)], config)
    assert survey.problems == ()
    steps.read_files([Path(path) for path in survey.unread], config)
    document = documents.document(identity(FILES[0]))
    assert (document.title, document.author) == ("Nearer", "A. Writer")
    assert document.published is not None
    assert document.published.precision == "year"
    assert document.outlet == "Sahel Wire"


def test_pdfs_in_an_archive_are_read_and_nothing_leaves_its_folder(config: Config) -> None:
    with zipfile.ZipFile(inbox(config) / "many.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(SAMPLE / "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf", "../../../outside.pdf")
        archive.write(inbox(config) / FILES[0], "again/" + FILES[0])
        archive.writestr("notes.txt", "no PDF")
    survey = steps.survey([inbox(config)], config)
    (path,) = survey.unread
    assert Path(path).is_relative_to(config.root / "var" / "archives")
    assert Path(path).name == "outside.pdf"
    assert not (config.root.parent / "outside.pdf").exists()
    (outcome,) = steps.read_files([Path(path)], config)
    assert outcome.state == "read"
    assert documents.document(outcome.document_id).collection == "inbox"
    assert steps.survey([inbox(config)], config).unread == ()


@pytest.mark.parametrize(
    ("limits", "rule"),
    [({"max_files": 1, "max_mb": 9}, "the limit is 1"), ({"max_files": 9, "max_mb": 1}, "MB")],
)
def test_an_archive_beyond_its_bounds_is_named(tmp_path: Path, limits: dict[str, int], rule: str) -> None:
    config = made(tmp_path, corpus={"archives": {"folder": "var/archives", **limits}})
    with zipfile.ZipFile(tmp_path / "corpus/inbox/bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", b"%PDF" + bytes(3_000_000))
        archive.writestr("b.pdf", b"%PDF")
    with steps.opened(config.file):
        migrate()
        survey = steps.survey([tmp_path / "corpus/inbox/bomb.zip"], config)
    (outcome,) = survey.outcomes
    assert (outcome.state, outcome.problem) == ("failed", "damaged")
    assert rule in outcome.reason


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_named_and_stops_no_run(config: Config, packing: int) -> None:
    file = inbox(config) / "many.zip"
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.write(SAMPLE / "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf", "report.pdf")
    content = bytearray(file.read_bytes())
    content[60:2000:7] = bytes(byte ^ 255 for byte in content[60:2000:7])
    file.write_bytes(content)
    survey = steps.survey([inbox(config)], config)
    assert [o.reason for o in survey.outcomes if o.problem] == ["It is damaged or packed in an unknown way."]
    assert len(survey.outcomes) == 1 + len(FILES)


def test_a_long_name_in_an_archive_is_cut_to_what_a_disk_takes(config: Config) -> None:
    with zipfile.ZipFile(inbox(config) / "many.zip", "w") as archive:
        archive.write(SAMPLE / "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf", "報" * 200 + ".pdf")
    (path,) = steps.survey([inbox(config)], config).unread
    assert Path(path).is_file()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"{FILES[0]}.json", "[1, 2]"),
        (f"{FILES[0]}.json", "5"),
        ("metadata.json", "[1, 2]"),
        ("metadata.json", "5"),
        ("metadata.json", "[" * 100_000),
        ("metadata.csv", 'file,title\n"a.pdf","' + "x" * 200_000 + '"\n'),
    ],
)
def test_a_sidecar_of_another_shape_is_named_and_stops_no_run(
    config: Config, name: str, content: str
) -> None:
    (inbox(config) / name).write_text(content, encoding="utf-8")
    survey = steps.survey([inbox(config)], config)
    (problem,) = survey.problems
    assert problem.startswith(f"{name}: ")
    assert problem.endswith("it cannot be read.")
    assert len(survey.outcomes) == len(FILES)


def test_a_file_whose_name_is_not_utf8_is_named_and_the_others_are_read(config: Config) -> None:
    shutil.copy(inbox(config) / FILES[0], os.fsencode(inbox(config)) + b"/caf\xe9.pdf")
    survey = steps.survey([inbox(config)], config)
    (bad,) = [outcome for outcome in survey.outcomes if outcome.problem]
    assert (Path(bad.file).name, bad.reason) == ("caf\ufffd.pdf", "Its name is not UTF-8.")
    assert len(survey.outcomes) == 1 + len(FILES)
    assert steps.status(config)["stages"]["read"]["waiting"] == 0


def test_the_file_of_a_forgotten_document_leaves_no_trace_where_it_is_kept(config: Config) -> None:
    document = identity(FILES[0])
    steps.forget(document, config, keep_file=True)
    for _ in range(2):
        survey = steps.survey([inbox(config)], config)
        assert (survey.unread, survey.erased) == ((), 1)
    assert surveying.unchanged([inbox(config)], config) is not None
    assert steps.status(config)["stages"]["read"]["waiting"] == 0
    for table in (models.Source, models.DocumentFile, models.Document):
        assert FILES[0] not in str(list(table.objects.values()))
        assert document not in str(list(table.objects.values()))


# Collections that lie elsewhere


@pytest.fixture
def elsewhere() -> Iterator[Any]:
    """A file system that is not the machine's."""
    system = fsspec.filesystem("memory")
    for name in FILES[:2]:
        system.pipe_file(f"/bucket/press/{name}", (SAMPLE / name).read_bytes())
    yield system
    system.rm("/bucket", recursive=True)


@pytest.fixture
def remote(tmp_path: Path, elsewhere: Any) -> Iterator[Config]:
    inbox = {"paths": ["corpus/inbox"], "licence": "", "sensitivity": "open", "outlet": ""}
    config = made(tmp_path, corpus={"collections": {"press": {**inbox, "remote": "memory://bucket"}}})
    shutil.rmtree(tmp_path / "corpus" / "inbox")
    (tmp_path / "corpus" / "inbox").mkdir()
    with steps.ready(config.file):
        yield config


def looked(config: Config) -> steps.Survey:
    return steps.survey([inbox(config)], config)


def names(survey: steps.Survey) -> list[str]:
    return sorted(Path(path).name for path in survey.unread)


def test_documents_elsewhere_are_copied_once_and_followed(remote: Config, elsewhere: Any) -> None:
    assert names(looked(remote)) == sorted(FILES[:2])
    copy = inbox(remote) / "press" / FILES[0]
    before = copy.stat()
    assert names(looked(remote)) == sorted(FILES[:2])
    assert copy.stat() == before
    elsewhere.pipe_file(f"/bucket/press/{FILES[0]}", (SAMPLE / FILES[2]).read_bytes())
    elsewhere.rm(f"/bucket/press/{FILES[1]}")
    survey = looked(remote)
    assert (names(survey), survey.gone) == ([FILES[0]], 1)
    assert not (inbox(remote) / "press" / FILES[1]).exists()


def test_a_place_elsewhere_that_is_away_is_named_and_the_copies_stay(remote: Config, elsewhere: Any) -> None:
    looked(remote)
    elsewhere.rm("/bucket", recursive=True)
    try:
        survey = looked(remote)
    finally:
        elsewhere.makedirs("/bucket", exist_ok=True)
    assert [outcome.file for outcome in survey.outcomes] == ["memory://bucket"]
    assert names(survey) == sorted(FILES[:2])


def test_a_forgotten_document_is_not_copied_again(remote: Config) -> None:
    looked(remote)
    (document,) = steps.find_documents(FILES[0])
    done = steps.forget(document, remote, keep_file=False)
    assert done.archives == [f"memory://bucket/press/{FILES[0]}"]
    for _ in range(2):
        assert names(looked(remote)) == [FILES[1]]
    left = [f for f in remote.root.rglob("*") if f.is_file() and FILES[0].encode() in f.read_bytes()]
    assert [file for file in left if file.suffix != ".pdf"] == []


def test_a_name_elsewhere_leads_nowhere(
    remote: Config, elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"/bucket/../../outside.pdf": {"size": 1}}
    monkeypatch.setattr(type(elsewhere), "find", lambda *_, **__: found)
    assert looked(remote).unread == ()
