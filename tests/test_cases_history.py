"""What changes from grouping to grouping, what people fixed, and how candidates bear on each other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nijar_nlp.cases import CaseSettings, candidates, changes, kept, links
from nijar_nlp.corpus import load_actors
from nijar_nlp.records import CHANGE_KINDS, LINK_KINDS, CaseCandidate, Evidence, Fixed
from tests.cases_evidence import day, evidence

ACTORS = load_actors(Path(__file__).parents[1] / "corpus" / "register" / "actors.yaml")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"p": "a"}, [("opens", "a", ())]),
        ({"p": "a"}, {"p": "a", "q": "a"}, [("joins", "a", ())]),
        ({"p": "a", "q": "b"}, {"p": "a", "q": "a"}, [("merges", "a", ("b",)), ("withdrawn", "b", ("a",))]),
        ({"p": "a", "q": "a"}, {"p": "a", "q": "b"}, [("splits", "b", ("a",))]),
        ({"p": "a"}, {}, [("withdrawn", "a", ())]),
        ({"p": "a"}, {"p": "a"}, []),
    ],
)
def test_a_change_is_told_with_its_reason(
    before: dict[str, str], after: dict[str, str], told: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    found = changes(before, after)
    assert [(change.kind, change.candidate_id, change.others) for change in found] == told
    assert all(change.reason and change.kind in CHANGE_KINDS for change in found)


@given(st.dictionaries(st.sampled_from("pqrs"), st.sampled_from(["a1", "b2"])), st.sampled_from(["a1", "b2"]))
def test_the_feed_of_changes_holds_ids_and_its_own_words_alone(before: dict[str, str], into: str) -> None:
    found = changes(before, dict.fromkeys("pq", into))
    found += kept([("p",), ("q",)], Fixed(accepted={"a1": frozenset("pq")}))[1]
    words = {word.strip(",") for change in found for word in change.reason.split()}
    assert not {word for word in words if word[:1].isupper()}
    assert {word for word in words if not word.isalpha()} <= {"a1", "b2", "2"}


def test_what_was_accepted_is_questioned_and_not_undone() -> None:
    fixed = Fixed(accepted={"case": frozenset({"p", "q"})})
    groups, questions = kept([("p",), ("q", "r")], fixed)
    assert groups == [("p", "q", "r")]
    assert [(one.kind, one.candidate_id) for one in questions] == [("questioned", "case")]
    assert kept([("p", "q"), ("r",)], fixed) == ([("p", "q"), ("r",)], ())


@given(
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.sets(st.sampled_from("abcdef"), min_size=2, max_size=3),
)
def test_every_passage_stays_in_one_group(places: list[int], together: set[str]) -> None:
    groups = [tuple(p for p, n in zip("abcdef", places, strict=True) if n == number) for number in range(4)]
    fixed = Fixed(together=(frozenset(together),))
    found, _ = kept([group for group in groups if group], fixed)
    assert sorted(passage for group in found for passage in group) == list("abcdef")
    assert any(together <= set(group) for group in found)


def test_passages_put_apart_stay_apart() -> None:
    fixed = Fixed(apart=((frozenset("p"), frozenset("qs")),))
    assert kept([("p", "q", "r", "s")], fixed)[0] == [("p", "r"), ("q", "s")]


def made(*items: Evidence, fixed: Fixed | None = None) -> tuple[CaseCandidate, ...]:
    return candidates(items, (), ACTORS, CaseSettings(), {}, None, fixed or Fixed())


def test_an_accepted_candidate_keeps_its_id_and_its_passages() -> None:
    one = evidence("Freed near Gao.", when=day("2021-05-04"), place="Gao", groups=["jnim"])
    other = evidence("Freed near Diffa.", when=day("2019-03-04"), place="Diffa", groups=["iswap"])
    assert len(made(one, other)) == 2
    fixed = Fixed(accepted={"accepted": frozenset({one.passage_id, other.passage_id})})
    (kept_one,) = made(one, other, fixed=fixed)
    assert kept_one.id == "accepted"


def test_links_tell_what_led_to_what() -> None:
    talks = evidence(
        "Talks on the nurse.",
        "talks",
        when=day("2021-01-04"),
        country="MLI",
        groups=["jnim"],
        mediators=["hcim"],
        persons=["~a nurse"],
        status="under_way",
    )
    release = evidence(
        "The nurse is free.",
        when=day("2021-09-04"),
        place="Gao",
        groups=["jnim"],
        mediators=["hcim"],
        persons=["~a nurse"],
    )
    denied = evidence(
        "No nurse was freed, said the group.",
        when=day("2021-09-30"),
        country="MLI",
        groups=["jnim"],
        persons=["~another"],
        status="denied",
    )
    found = made(talks, release, denied)
    of = {one.passage_ids[0]: one.id for one in found}
    told = {(link.kind, link.earlier, link.later) for link in links(found)}
    assert ("leads_to", of[talks.passage_id], of[release.passage_id]) in told
    if of[release.passage_id] != of[denied.passage_id]:
        assert ("contradicts", of[release.passage_id], of[denied.passage_id]) in told
    assert {kind for kind, _, _ in told} <= set(LINK_KINDS)
