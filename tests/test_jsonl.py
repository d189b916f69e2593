"""Lines of JSON: a bad one is named by its number, and order is kept."""

import json
from pathlib import Path

import pytest

from nijar_nlp.errors import InputError
from nijar_nlp.jsonl import PassageLine, work


def test_answers_keep_the_order_across_batches(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps({"id": n, "text": "t"}) for n in range(10)) + "\n\n")
    assert work(str(source), str(target), 3, lambda lines: [{"id": line.id} for line in lines]) == 10
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == list(range(10))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2"),
        ('{"id": 1}', "line 2, key text"),
        ('{"id": 1, "text": 5}', "key text"),
        ("[]", "line 2"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 0, "text": "fine"}\n' + line + "\n")
    with pytest.raises(InputError, match=complaint):
        work(str(source), str(tmp_path / "out.jsonl"), 8, lambda lines: lines)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.jsonl"):
        work(str(tmp_path / "absent.jsonl"), "-", 8, lambda lines: lines)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": 1, "text": "\xff\xfe"}')
    with pytest.raises(InputError, match="UTF-8"):
        work(str(source), str(tmp_path / "out.jsonl"), 8, lambda lines: lines)


def test_other_keys_are_let_through() -> None:
    assert PassageLine.model_validate_json('{"id": "a", "text": "t", "colour": 3}').id == "a"
