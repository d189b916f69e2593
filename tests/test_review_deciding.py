"""What people send from the pages: recorded whole with what was shown, or refused in words."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from nijar_nlp.records import CaseCandidate, Collection
from nijar_nlp.store import access, candidates, decisions, models
from tests.review_room import client, first

pytestmark = pytest.mark.usefixtures("clean_room")


def sent(page: HttpResponse, **more: str) -> dict[str, str]:
    """What the form of a candidate's page carries, and the rest."""
    context = page.context  # type: ignore[attr-defined]
    return {"token": str(context["token"]), "seen": str(context["seen"]), "shown": context["shown"], **more}


def decide(name: str, candidate: CaseCandidate, /, **more: str) -> HttpResponse:
    own = client(name)
    page = own.get(reverse("review:candidate", args=[candidate.id]))
    return own.post(reverse("review:decide", args=[candidate.id]), sent(page, **more), follow=True)


def test_a_decision_keeps_what_was_shown_and_by_which_model() -> None:
    one = first()
    page = decide("amina", one, kind="not_a_case", text="a film")
    (made,) = decisions.decisions_since()
    assert (made.kind, made.by, made.value) == ("not_a_case", "amina", {"reason": "a film"})
    assert set(made.shown["passages"]) == set(one.passage_ids)
    assert made.shown["passages"][one.passage_ids[0]]["hostage_exchange"] == 0.9
    assert made.shown["nearest"] == "MLI-2020-SWAP"
    assert made.model
    assert made.codebook
    assert page.context["candidate"].id != one.id  # on to the next
    assert "Not a case" in page.content.decode()


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"kind": "same_as", "case": "MLI-2020-SWAP"}, {"case": "MLI-2020-SWAP"}),
        ({"kind": "unsure", "until": "2031-02-03"}, {}),
        ({"kind": "comment", "text": "ask the ICRC"}, {"text": "ask the ICRC"}),
    ],
)
def test_decisions_say_what_they_must(given: dict[str, str], value: dict[str, str]) -> None:
    decide("amina", first(), **given)
    (made,) = decisions.decisions_since()
    assert made.value == value
    assert (str(made.until) == "2031-02-03") == (made.kind == "unsure")


def test_accepting_gives_the_case_its_id() -> None:
    one = first()
    decide("amina", one, kind="accept_new")
    assert decisions.standing(one.id).target == f"{one.country}-2020-{one.id[:6]}"


def test_splitting_says_which_passages_part_and_merging_with_what() -> None:
    one, other = first(), candidates.candidates()[3]
    decide("amina", one, kind="split", part=one.passage_ids[1])
    decide("amina", other, kind="merge", candidate=one.id)
    split, merge = decisions.decisions_since()
    assert split.value == {"parts": [[one.passage_ids[0]], [one.passage_ids[1]]]}
    assert merge.shown["target_passages"] == list(one.passage_ids)
    assert decisions.fixed().apart == ((frozenset({one.passage_ids[0]}), frozenset({one.passage_ids[1]})),)


def test_a_merge_is_told_by_the_title_of_the_other_to_those_who_may_see_it() -> None:
    one, other = first(), candidates.candidates()[-1]  # of other documents
    assert one.title in decide("amina", other, kind="merge", candidate=one.id).content.decode()
    (document,) = {models.Passage.objects.get(id=i).document_id for i in one.passage_ids}
    access.save_collection(Collection("closed", True, ("amina",), (document,)))
    for name, told in (("amina", one.title), ("brahim", one.id)):
        history = client(name).get(reverse("review:candidate", args=[other.id])).context["history"]
        assert [said for _, said, _ in history] == [told]


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "same_as"},
        {"kind": "unsure"},
        {"kind": "comment"},
        {"kind": "merge", "candidate": "nothere"},
        {"kind": "split"},
        {"kind": "guess"},
        {"kind": "accept_new", "shown": "forged"},
    ],
)
def test_what_is_not_whole_is_refused_in_words(given: dict[str, str]) -> None:
    page = decide("amina", first(), **given)
    assert decisions.decisions_since() == []
    assert list(page.context["messages"])


def test_the_second_is_told_what_the_first_decided() -> None:
    one, second = first(), client("brahim")
    page = second.get(reverse("review:candidate", args=[one.id]))
    decide("amina", one, kind="accept_new")
    answer = second.post(reverse("review:decide", args=[one.id]), sent(page, kind="not_a_case"), follow=True)
    text = answer.content.decode()
    assert "amina decided “New case”" in text
    assert "Contested" in text
    assert len(decisions.decisions_since()) == 2


def test_undoing_on_a_candidate_that_is_no_more_leads_to_the_queue() -> None:
    one = first()
    decide("amina", one, kind="not_a_case")
    with transaction.atomic():  # other tests find the candidate again
        candidates.save_candidates([other for other in candidates.candidates() if other.id != one.id])
        page = client("amina").post(reverse("review:undo"), follow=True)
        transaction.set_rollback(True)
    assert page.status_code == 200
    assert page.redirect_chain == [(reverse("review:queue"), 302)]  # type: ignore[attr-defined]


def test_undoing_is_a_further_row_and_only_ones_own() -> None:
    one = first()
    decide("amina", one, kind="not_a_case")
    (made,) = decisions.decisions_since()
    assert client("brahim").post(reverse("review:undo"), {"decision": made.id}).status_code == 403
    client("amina").post(reverse("review:undo"))
    assert [d.kind for d in decisions.decisions_since()] == ["not_a_case", "undo"]
    assert decisions.standing(one.id).state == "open"
    again = client("amina").post(reverse("review:undo"), follow=True)
    assert "nothing to undo" in again.content.decode()


def test_a_tag_an_entity_and_a_slot_are_corrected() -> None:
    own, one = client("amina"), first()
    passage = one.passage_ids[0]
    answer = own.post(reverse("review:tag", args=[passage]), {"said": "dialogue:1"})
    assert b"yes" in answer.content
    entity = {"start": 0, "end": 5, "type": "ARMED_GROUP", "entity": "jnim", "alias": "1"}
    own.post(reverse("review:entity", args=[passage]), entity)
    refused = own.post(reverse("review:entity", args=[passage]), entity | {"entity": "no-such"}, follow=True)
    assert "no such actor" in refused.content.decode()
    own.post(reverse("review:slot", args=[one.id]), {"slot": "place", "value": "Gao"})
    tag, mention, slot = decisions.decisions_since()
    assert (tag.value, tag.shown["probabilities"]["dialogue"]) == ({"present": True}, 0.3)
    assert mention.value == {"type": "ARMED_GROUP", "entity": "jnim", "alias": True}
    assert mention.shown["type"] == "PERSON"
    assert (slot.subject.part, slot.value) == ("place", {"value": "Gao"})


def test_a_locked_database_is_told_plainly_and_what_was_sent_is_kept(filled_room: Path) -> None:
    own, one = client("amina"), first()
    page = own.get(reverse("review:candidate", args=[one.id]))
    given = sent(page, kind="accept_new")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(filled_room / "nijar.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = own.post(reverse("review:decide", args=[one.id]), given)
        unseen = own.get(reverse("review:candidate", args=[one.id]))
    finally:
        other.rollback()
        other.close()
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "was not recorded" in text
    assert (unseen.status_code, b"cannot be shown" in unseen.content) == (503, True)
    assert b"was not recorded" not in unseen.content
    assert f'name="token" value="{given["token"]}"' in text
    assert 'name="kind" value="accept_new"' in text
    assert decisions.decisions_since() == []
    for _ in range(2):
        own.post(reverse("review:decide", args=[one.id]), given)
    assert len(decisions.decisions_since()) == 1
