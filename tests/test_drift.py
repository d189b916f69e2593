"""Drift: what moved is named with its passages, and what did not is not."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp import report, steps
from nijar_nlp.evaluation import LEAST_BEFORE, LEAST_NOW, Look, Moved, moved
from nijar_nlp.steps.drifting import drift_facts
from tests.stored import stored

PAST, NOW = 60, 10
PASSAGES = 40


def look(number: int, share: float, dice: random.Random, **more: Any) -> Look:
    """A document whose passages carry a tag by chance, at this rate."""
    hits = sum(dice.random() < share for _ in range(PASSAGES))
    facts = {"outlet": "A", "month": "2020-01", "language": "en", "groups": ("group-1",)} | more
    values = {"dialogue: share": hits / PASSAGES}
    return Look(f"d{number}", n_passages=PASSAGES, values=values, passages=_passages(number, facts), **facts)


def _passages(number: int, facts: dict[str, Any]) -> dict[str, list[str]]:
    keys = ("dialogue: share", facts["language"], *facts["groups"])
    return {key: [f"p{number}", f"q{number}"] for key in keys}


def many(first: int, count: int, share: float, dice: random.Random, **more: Any) -> list[Look]:
    return [look(first + n, share, dice, **more) for n in range(count)]


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.02, 0.2]))
def test_chance_moves_nothing(seed: int, share: float) -> None:
    dice = random.Random(seed)
    assert moved(many(0, PAST, share, dice), many(PAST, NOW, share, dice)) == []


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_a_rate_that_trebled_in_one_month_is_named_there_with_its_passages(seed: int) -> None:
    dice = random.Random(seed)
    now = [*many(100, NOW, 0.1, dice), *many(200, NOW, 0.35, dice, month="2020-02")]
    (one,) = moved(many(0, PAST, 0.1, dice), now)
    assert (one.kind, one.what, one.outlet, one.month) == ("rate", "dialogue: share", "A", "2020-02")
    assert one.before < 0.2 < one.now
    assert one.n_documents == NOW
    assert set(one.passage_ids) <= {f"p{200 + n}" for n in range(NOW)}


def test_an_outlet_is_held_against_its_own_past_and_a_new_one_against_all() -> None:
    dice = random.Random(0)
    past = [*many(0, PAST, 0.05, dice), *many(100, PAST, 0.5, dice, outlet="B")]
    assert moved(past, many(200, NOW, 0.5, dice, outlet="B")) == []
    assert [one.outlet for one in moved(past, many(200, NOW, 0.5, dice, outlet="A"))] == ["A"]
    assert [one.outlet for one in moved(past, many(200, NOW, 0.95, dice, outlet="C"))] == ["C"]


def test_the_first_tags_of_all_are_no_wonder_and_many_are() -> None:
    dice = random.Random(0)
    past = many(0, PAST, 0.0, dice)
    assert moved(past, [look(100, 0.03, dice), *many(101, NOW, 0.0, dice)]) == []
    assert [one.kind for one in moved(past, many(100, NOW, 0.2, dice))] == ["rate"]


def test_groups_and_languages_that_nobody_named_before_are_named() -> None:
    dice = random.Random(0)
    now = many(100, 2, 0.1, dice, groups=("group-1", "the new front"), language="ar")
    group, language = moved(many(0, PAST, 0.1, dice), now)
    assert (group.kind, group.what, group.n_documents, group.passage_ids) == (
        "group",
        "the new front",
        2,
        ("p100", "p101"),
    )
    assert (language.kind, language.what) == ("language", "ar")


def test_too_few_documents_say_nothing() -> None:
    dice = random.Random(0)
    assert moved(many(0, LEAST_BEFORE - 1, 0.1, dice), many(100, NOW, 0.9, dice, language="ar")) == []
    assert moved(many(0, PAST, 0.1, dice), many(100, LEAST_NOW - 1, 0.9, dice)) == []


def test_what_moved_in_the_store_stands_in_the_report_with_its_passages(store: None) -> None:
    for number in range(LEAST_BEFORE):
        stored(number, tagged=number % 2, group="The Old Front")
    new = [stored(100 + n, tagged=8, group="The New Front") for n in range(LEAST_NOW)]
    outcomes = [{"document_id": identity, "state": "read"} for identity in new]
    assert steps.drift([]) == []
    found = steps.drift(outcomes)
    assert {(one.kind, one.what) for one in found} == {
        ("rate", "dialogue: share"),
        ("rate", "dialogue: probability"),
        ("group", "the new front"),
    }
    page = _page(found)
    assert "dialogue: share in A, 2020-01: 0.800, before 0.050" in page
    assert "New group: the new front" in page
    assert "Talks 100 with The New Front at place 0." in page
    assert "the new front" not in str(drift_facts(found))


def _page(found: list[Moved]) -> str:
    summary = {"stages": {}, "files": {}, "candidates": {}}
    return report.render(steps.report_data(summary, found))
