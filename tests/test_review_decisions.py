"""Decisions: rows are only added, undone by further rows, and say together where a candidate stands."""

import threading
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nijar_nlp.errors import StoreError
from nijar_nlp.records import VERDICTS, Decision, Recorded, Subject
from nijar_nlp.store import decisions, models, people, standings

CANDIDATE = Subject("candidate", "c" * 20)
VALUES: dict[str, dict[str, Any]] = {
    "same_as": {"case": "MLI-2020-SWAP"},
    "merge": {"candidate": "d" * 20},
    "duplicate": {"candidate": "d" * 20},
    "split": {"parts": [["p1", "p2"], ["p3"]]},
}
SHOWN = {"passages": {"p1": {"dialogue": 0.9}, "p2": {}, "p3": {}}}


@pytest.fixture(autouse=True)
def readers(store: None) -> None:
    people.create_person("amina", "analyst")
    people.create_person("brahim", "analyst")


def decide(kind: str, by: str = "amina", seen: int | None = None, **more: Any) -> Recorded:
    made: dict[str, Any] = {
        "subject": CANDIDATE,
        "token": str(uuid.uuid4()),
        "value": VALUES.get(kind, {}),
        "shown": SHOWN,
        "until": date(2030, 1, 1) if kind == "unsure" else None,
    }
    return decisions.record(Decision(kind=kind, by=by, **{**made, **more}), seen)


def undo(what: Recorded, by: str = "amina") -> Recorded:
    return decide("undo", by, undoes=what.decision.id)


def test_a_decision_comes_out_as_it_went_in() -> None:
    put = Decision(
        kind="correct_tag",
        subject=Subject("tag", "p" * 20, "dialogue"),
        by="amina",
        token="t1",
        value={"present": False},
        shown={"probability": 0.7},
        model="1.2",
        codebook="1.2",
    )
    got = decisions.record(put).decision
    assert (got.kind, got.subject, got.value, got.shown) == (put.kind, put.subject, put.value, put.shown)
    assert got.made_at is not None
    assert decisions.decisions_since() == [got]
    assert decisions.decisions_since(got.id) == []


def test_what_is_sent_twice_is_recorded_once() -> None:
    first = decide("accept_new", token="the same")
    assert decide("accept_new", token="the same") == first
    assert len(decisions.decisions_since()) == 1


def test_a_page_that_was_gone_back_to_can_decide_anew() -> None:
    decide("accept_new", token="the same")
    decide("not_a_case", token="the same")
    assert [d.kind for d in decisions.decisions_since()] == ["accept_new", "not_a_case"]


def test_the_second_of_two_is_told_what_the_first_decided_and_both_rows_stand() -> None:
    first = decide("accept_new", "amina", seen=0)
    second = decide("not_a_case", "brahim", seen=0)
    assert first.meanwhile == ()
    assert second.meanwhile == (first.decision,)
    assert decisions.standing(CANDIDATE.id).contested
    assert decisions.standing(CANDIDATE.id).state == "rejected"
    assert [d.by for d in decisions.history([CANDIDATE.id])] == ["amina", "brahim"]


def test_two_at_the_same_moment_are_both_recorded_and_one_is_told() -> None:
    told: list[Recorded] = []

    def work(name: str) -> None:
        told.append(decide("accept_new", name, seen=0))
        connections.close_all()

    threads = [threading.Thread(target=work, args=[name]) for name in ("amina", "brahim")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(one.meanwhile) for one in told) == [0, 1]
    assert len(decisions.decisions_since()) == 2


def test_undoing_brings_back_what_was_before() -> None:
    decide("accept_new")
    wrong = decide("not_a_case")
    undo(wrong)
    assert decisions.standing(CANDIDATE.id).state == "accepted"
    with pytest.raises(StoreError, match="undone once"):
        undo(wrong)
    with pytest.raises(StoreError, match="subject of what it undoes"):
        decide("undo", undoes=decide("not_a_case").decision.id, subject=Subject("candidate", "x"))


def test_the_last_decision_is_the_one_to_undo() -> None:
    assert decisions.last_of("amina") is None
    first, second = decide("comment"), decide("accept_new")
    assert decisions.last_of("amina") == second.decision
    undo(second)
    assert decisions.last_of("amina") == first.decision
    assert decisions.last_of("brahim") is None


def test_a_blind_reading_settles_nothing_until_it_is_adjudicated() -> None:
    decide("accept_new", "amina", round="pilot", reading="blind")
    decide("not_a_case", "brahim", round="pilot", reading="blind")
    assert decisions.standing(CANDIDATE.id).state == "open"
    decide("not_a_case", "amina", round="pilot", reading="adjudication")
    assert decisions.standing(CANDIDATE.id).state == "rejected"
    assert not decisions.standing(CANDIDATE.id).contested


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "unsure", "until": None}, "unsure_has_a_day"),
        ({"kind": "accept_new", "until": date(2030, 1, 1)}, "unsure_has_a_day"),
        ({"kind": "guess"}, "decision_kind_known"),
        ({"kind": "accept_new", "reading": "blind"}, "round_is_not_open"),
        ({"kind": "accept_new", "undoes": 1}, "undo_names_what_it_undoes"),
        ({"kind": "accept_new", "subject": Subject("document", "x")}, "subject_kind_known"),
    ],
)
def test_the_database_refuses_what_breaks_a_rule(fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        decide(**fields)
    assert decisions.decisions_since() == []


def test_the_database_refuses_to_change_a_decision() -> None:
    made = decide("accept_new").decision
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        models.Decision.objects.filter(id=made.id).update(kind="not_a_case")
    assert decisions.decision(made.id) == made


ACTS = st.lists(st.tuples(st.sampled_from([*VERDICTS, "undo"]), st.sampled_from(["amina", "brahim"])))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(acts=ACTS)
def test_where_a_candidate_stands_depends_on_its_decisions_alone(acts: list[tuple[str, str]]) -> None:
    subject = Subject("candidate", uuid.uuid4().hex[:20])
    for kind, by in acts:
        if kind != "undo":
            decide(kind, by, subject=subject)
        elif (last := decisions.last_of(by)) and last.subject == subject:
            decide("undo", by, subject=subject, undoes=last.id)
    rows = decisions.history([subject.id])
    now = decisions.standing(subject.id)
    assert now == standings.standing(subject.id, rows)
    assert (now.state == "open") == (not standings.in_force(rows))
    decisions.renew_standings()
    assert decisions.standing(subject.id) == now


def test_what_grouping_must_respect() -> None:
    decide("split")
    other = Subject("candidate", "e" * 20)
    decide("merge", subject=other, shown={"passages": {"p8": {}}, "target_passages": ["p9"]})
    rejected = Subject("candidate", "f" * 20)
    decide("not_a_case", subject=rejected)
    found = decisions.fixed()
    assert found.apart == ((frozenset({"p1", "p2"}), frozenset({"p3"})),)
    assert found.together == (frozenset({"p1", "p2"}), frozenset({"p8", "p9"}))


@pytest.mark.parametrize("kind", ["not_a_case", "unsure", "comment"])
@pytest.mark.parametrize("reading", ["open", "blind"])
def test_grouping_keeps_what_somebody_said_something_of(kind: str, reading: str) -> None:
    name = "round" if reading == "blind" else ""
    made = decide(kind, shown={"passages": {"p7": {}}}, reading=reading, round=name)
    assert decisions.fixed().looked_at == {"p7"}
    undo(made)
    assert not decisions.fixed().looked_at
