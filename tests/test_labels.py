"""Decisions into labels, splits without leaks, and files of labels in every form."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nijar_nlp import corpus, labels
from nijar_nlp.errors import InputError
from nijar_nlp.labels.splitting import LOCKED_ONE_IN
from nijar_nlp.records import TAGS, Decision, Example, Label, Subject
from tests.conftest import ROOT


def word(
    number: int, by: str, present: bool, tag: str = "dialogue", passage: str = "p1", **values: str
) -> Decision:
    subject = Subject("tag", passage, tag)
    return Decision("correct_tag", subject, by, f"t{number}", {"present": present}, id=number, **values)


def undo(number: int, by: str, undone: int) -> Decision:
    return Decision("undo", Subject("tag", "p1", "dialogue"), by, f"t{number}", undoes=undone, id=number)


def test_people_who_agree_make_a_label() -> None:
    found = labels.adjudicate([word(1, "ada", True, codebook="1.2"), word(2, "ben", True, codebook="1.1")])
    (label,) = found.labels
    assert (label.present, label.source, label.by, label.codebook) == (True, "decided", ("ada", "ben"), "1.1")
    assert not found.disagreements


def test_the_last_word_of_a_person_counts_and_what_was_undone_does_not() -> None:
    assert not labels.adjudicate([word(1, "ada", True), word(2, "ada", False)]).labels[0].present
    again = [word(1, "ada", True), word(2, "ada", False), undo(3, "ada", 2)]
    assert labels.adjudicate(again).labels[0].present


def test_people_who_differ_make_a_disagreement_that_an_adjudicator_settles() -> None:
    said = [word(1, "ada", True), word(2, "ben", False)]
    found = labels.adjudicate(said)
    assert not found.labels
    (differ,) = found.disagreements
    assert (differ.present, differ.absent) == (("ada",), ("ben",))
    settled = labels.adjudicate([*said, word(3, "cleo", False, reading="adjudication", round="r1")])
    assert not settled.disagreements
    assert settled.labels[0].source == "adjudicated"
    assert not settled.labels[0].present


def test_an_accepted_candidate_implies_the_tags_that_were_shown() -> None:
    shown = {"passages": {"p1": {"dialogue": 0.9, "prisoner_release": 0.2}, "p2": {"dialogue": 0.8}}}
    accepted = Decision("accept_new", Subject("candidate", "c1"), "ada", "t9", shown=shown, id=9)
    found = labels.adjudicate([word(1, "ben", False), accepted])
    assert [(one.passage_id, one.tag, one.present, one.source) for one in found.labels] == [
        ("p1", "dialogue", False, "decided"),
        ("p2", "dialogue", True, "implied"),
    ]


def test_a_changed_definition_makes_its_labels_stale() -> None:
    made = [
        Label("p", tag, True, "decided", ("ada",), version, "") for version in ("1.1", "1.2") for tag in TAGS
    ]
    versions = {"1.1": dict.fromkeys(TAGS, "a"), "1.2": dict.fromkeys(TAGS, "a") | {"dialogue": "b"}}
    found = labels.stale(made, versions, "1.2")
    assert [(one.tag, one.codebook) for one in found] == [("dialogue", "1.1")]
    assert len(labels.stale([Label("p", "dialogue", True, "decided", (), "0.9", "")], versions, "1.2")) == 1


def test_the_present_codebook_is_among_the_versions_that_are_kept() -> None:
    path = ROOT / "corpus" / "codebook.yaml"
    assert corpus.load_codebook(path).version in corpus.codebook_versions(path)


IDS = st.integers(0, 30).map(lambda i: f"e{i:02d}")


@given(
    st.lists(st.tuples(IDS, st.integers(0, 8)), unique_by=lambda pair: pair[0], min_size=1),
    st.dictionaries(IDS, IDS, max_size=8),
)
def test_no_group_is_on_two_sides_and_what_was_locked_stays_so(
    rows: list[tuple[str, int]], copies: dict[str, str]
) -> None:
    examples = [Example(i, i, "en", document=f"d{d}") for i, d in rows]
    split = labels.split(examples, ["s1"], copies | {"s1": examples[0].id})
    learned = {split.groups[e.id] for e in split.learn}
    locked = {split.groups[e.id] for e in split.locked}
    assert not learned & locked
    assert {e.id for e in split.learn} | {e.id for e in split.locked} == {i for i, _ in rows}
    assert ("s1" in split.left_out) == (split.groups[examples[0].id] in locked)
    later = labels.split([*examples, Example("new", "new", "en", document="d0")], [], copies)
    assert {e.id for e in split.locked} <= {e.id for e in later.locked}


def test_about_one_document_in_four_is_locked_and_the_rest_is_in_order_of_time() -> None:
    examples = [Example(str(i), "", "en", document=f"d{i}", at=f"2026-{i % 12 + 1:02d}") for i in range(400)]
    split = labels.split(examples, [], {})
    assert 400 / LOCKED_ONE_IN * 0.7 < len(split.locked) < 400 / LOCKED_ONE_IN * 1.3
    assert [e.at for e in split.learn] == sorted(e.at for e in split.learn)


OPEN = {"dialogue": True, "prisoner_release": False}
ONE = Example("a" * 20, "Talks began in Ménaka.", "en", OPEN, "d", "2026-01-01", "1.2", "imported")
CLOSED = {"dialogue": False, "prisoner_release": False, "hostage_exchange": True}
ALL = Example(
    "b" * 20, 'Les otages, "libérés",\nsont à Gao.', "fr", CLOSED, "", "2026-01-01", "1.2", "imported"
)


@pytest.mark.parametrize("form", sorted(labels.FORMS))
def test_what_is_written_comes_in_again(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"labels.{'csv' if form == 'csv' else 'json'}"
    file.write_text(labels.FORMS[form]([ALL]), encoding="utf-8")
    brought = labels.bring_in(file, lambda text: "fr", "1.2", "2026-01-01")
    assert not brought.refused
    (example,) = brought.examples
    assert (example.text, example.language, example.tags) == (ALL.text, "fr", ALL.tags)


@pytest.mark.parametrize("form", ["jsonl", "csv", "prodigy"])
def test_forms_that_can_say_so_leave_open_what_was_not_decided(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"labels.{'csv' if form == 'csv' else 'jsonl'}"
    file.write_text(labels.FORMS[form]([ONE]), encoding="utf-8")
    assert labels.bring_in(file, lambda text: "en", "1.2", "2026-01-01").examples[0].tags == ONE.tags


ROWS = {
    "prodigy, chosen": {"text": "Talks.", "options": [], "accept": ["dialogue"], "answer": "accept"},
    "spacy": {"text": "Talks.", "cats": {"dialogue": 1.0, "prisoner_release": 0.0, "hostage_exchange": 0}},
    "doccano, table": {"id": 1, "data": "Talks.", "label": "dialogue"},
    "label studio, minimal": {"text": "Talks.", "id": 3, "choice": {"choices": ["dialogue"]}},
    "the seed's": {"id": "x-1", "text": "Talks.", "tags": ["dialogue"]},
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_rows_of_other_tools_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(ROWS[name]), encoding="utf-8")
    (example,) = labels.bring_in(tmp_path / "in.jsonl", lambda text: "en", "1.2", "").examples
    assert example.present == ("dialogue",)
    assert set(example.tags) == set(TAGS)


def test_bad_rows_are_named_and_good_ones_kept(tmp_path: Path) -> None:
    lines = [
        '{"text": "Talks.", "tags": ["dialogue"]}',
        "not JSON",
        '{"text": "", "tags": []}',
        '{"text": "x", "tags": ["dialog"]}',
        '{"text": "Talks.", "tags": {"dialogue": false}}',
        '{"text": "y", "label": "dialogue", "answer": "ignore"}',
        '{"text": "z", "tags": [], "language": "de"}',
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    brought = labels.bring_in(tmp_path / "in.jsonl", lambda text: "en", "1.2", "")
    assert [example.text for example in brought.examples] == ["Talks."]
    assert [row for row, _ in brought.refused] == [2, 3, 4, 5, 7]
    assert "both given and refused" in brought.refused[3].reason


def test_a_file_that_is_no_text_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError):
        labels.bring_in(tmp_path / "in.csv", lambda text: "en", "1.2", "")
