"""Double coding: candidates read by two alone, settled by a third, and taken back by a run meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from nijar_nlp.cases import changes
from nijar_nlp.records import CaseCandidate, Collection
from nijar_nlp.store import access, candidates, casebook, decisions, models, rounds
from tests.review_room import client, decide, give_out

pytestmark = pytest.mark.usefixtures("clean_room")


def test_two_read_alone_differ_and_an_adjudicator_settles() -> None:
    given = give_out(["amina", "brahim"])
    one, two = (found for found in map(candidates.candidate, given[:2]) if found)
    client("amina").post(reverse("review:tag", args=[one.passage_ids[0]]), {"said": "dialogue:1"})
    decide("amina", one)
    page = client("brahim").get(reverse("review:candidate", args=[one.id])).content.decode()
    assert "amina" not in page
    assert "✓" not in page
    decide("brahim", one, "not_a_case")
    for name in ("amina", "brahim"):
        decide(name, two)
    assert decisions.standing(one.id).state == decisions.standing(two.id).state == "open"
    assert casebook.cases() == []

    own = client("carla")
    page = own.get(reverse("review:round", args=["r 1"]))
    assert [row[0].candidate_id for row in page.context["differing"]] == [one.id]
    assert [row[0].candidate_id for row in page.context["agreed"]] == [two.id]
    assert "Tag corrected" in page.content.decode()
    assert own.post(reverse("review:settle", args=["r 1"]), {"candidate": one.id}).status_code == 302
    decide("carla", one)
    own.post(reverse("review:confirm-agreed", args=["r 1"]))
    own.post(reverse("review:confirm-agreed", args=["r 1"]))
    assert decisions.standing(one.id).state == decisions.standing(two.id).state == "accepted"
    assert not decisions.standing(one.id).contested
    assert {case.candidate_id for case in casebook.cases()} == {one.id, two.id}
    assert [d.reading for d in decisions.history([one.id])][-1] == "adjudication"
    assert "Krippendorff" in client("dawud").get(reverse("review:overview")).content.decode()


def test_what_waits_for_a_reader_of_a_round_leads_from_one_to_the_next() -> None:
    given = give_out(["amina", "brahim"])
    page = client("amina").get(reverse("review:rounds"))
    assert page.context["mine"] == len(given)
    own = client("amina")
    first = candidates.candidate(page.context["first"])
    assert first
    context: Any = own.get(reverse("review:candidate", args=[first.id]) + "?state=assigned").context
    sent = {"token": str(context["token"]), "seen": "0", "shown": context["shown"], "kind": "not_a_case"}
    answer = own.post(reverse("review:decide", args=[first.id]) + "?state=assigned", sent)
    assert "state=assigned" in answer["Location"]
    assert first.id not in answer["Location"]
    assert client("amina").get(reverse("review:rounds")).context["mine"] == len(given) - 1


@pytest.mark.parametrize(
    "sent",
    [{"share": "0"}, {"readers": ["amina"]}, {"name": "<b>"}, {"readers": ["amina", "dawud"]}],
)
def test_a_round_needs_a_name_a_share_and_two_analysts(sent: dict[str, Any]) -> None:
    form = {"name": "r 1", "share": "10", "readers": ["amina", "brahim"]} | sent
    assert client("carla").post(reverse("review:open-round"), form).status_code == 422
    assert rounds.rounds() == []


@pytest.fixture
def regroup() -> Iterator[Any]:
    """What groups the room's candidates anew without some of them; an heir takes their passages over."""
    before = candidates.candidates()

    def group(gone: list[str], heir: str = "") -> None:
        was = candidates.candidate_of_passages()
        now = {i: heir if one in gone else one for i, one in was.items() if heir or one not in gone}
        kept = [one for one in before if one.id not in gone]
        candidates.save_grouping(kept, changes(was, now))

    yield group
    candidates.save_candidates(before)
    models.Change.objects.all().delete()


def of_round(name: str = "carla") -> dict[str, list[str]]:
    """By part of the page of the round, the ids of its candidates."""
    context: Any = client(name).get(reverse("review:round", args=["r 1"])).context
    parts = ("differing", "agreed", "settled", "unread", "withdrawn")
    return {part: [row[0].candidate_id for row in context[part]] for part in parts}


def found(identity: str) -> CaseCandidate:
    one = candidates.candidate(identity)
    assert one
    return one


def test_what_is_given_out_stays_through_a_grouping() -> None:
    given = give_out(["amina", "brahim"])
    looked_at = decisions.fixed().looked_at
    assert {passage for identity in given for passage in found(identity).passage_ids} <= looked_at


def test_what_a_run_takes_back_waits_for_nobody_and_says_so(regroup: Any) -> None:
    given = give_out(["amina", "brahim"])
    differ, agree, half, unread, heir = given[:5]
    for name, kind in (("amina", "accept_new"), ("brahim", "not_a_case")):
        decide(name, found(differ), kind)
        decide(name, found(agree))
    decide("amina", found(half))
    alpha = client("carla").get(reverse("review:round", args=["r 1"])).context["agreements"]
    own, mine = client("carla"), client("amina").get(reverse("review:rounds")).context["mine"]
    regroup([differ, agree, half, unread], heir)

    parts = of_round()
    assert (parts["differing"], parts["agreed"]) == ([], [])
    assert sorted(parts["withdrawn"]) == sorted([differ, agree, half, unread])
    assert not {half, unread} & set(parts["unread"])
    page = own.get(reverse("review:round", args=["r 1"]))
    assert reverse("review:candidate", args=[heir]) in page.content.decode()
    assert page.context["agreements"] == alpha  # what was read twice was read twice
    assert client("amina").get(reverse("review:rounds")).context["mine"] == mine - 1
    (line,) = own.get(reverse("review:rounds")).context["rounds"]
    assert (line["size"], line["differing"], line["withdrawn"]) == (len(given) - 4, 0, 4)

    own.post(reverse("review:confirm-agreed", args=["r 1"]))
    assert decisions.standing(agree).state == "open"
    answer = own.post(reverse("review:settle", args=["r 1"]), {"candidate": differ}, follow=True)
    assert "taken back" in answer.content.decode()
    assert not models.Assignment.objects.filter(reading="adjudication").exists()
    assert casebook.cases() == []


def test_what_comes_back_is_in_the_round_again(regroup: Any) -> None:
    given = give_out(["amina", "brahim"])
    regroup(given[:1])
    assert of_round()["withdrawn"] == given[:1]
    regroup([])
    assert of_round()["withdrawn"] == []
    assert set(of_round()["unread"]) == set(given)


def test_what_was_taken_back_stays_hidden_from_whom_it_was(regroup: Any) -> None:
    one, *_ = give_out(["amina", "brahim"])
    document = models.Passage.objects.get(id=found(one).passage_ids[0]).document_id
    regroup([one])
    assert one in of_round()["withdrawn"]
    access.save_collection(Collection("closed", True, ("brahim",), (document,)))
    assert one not in client("carla").get(reverse("review:round", args=["r 1"])).content.decode()


def test_a_verdict_on_what_a_run_has_taken_back_is_told_as_such(regroup: Any) -> None:
    one = candidates.candidates()[1]
    own = client("amina")
    regroup([one.id])
    sent = {"kind": "not_a_case", "shown": "x"}
    page = own.get(reverse("review:queue")).content.decode()
    answer = own.post(reverse("review:decide", args=[one.id]), sent, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert 'data-gone="Nothing was recorded: a run has taken back' in page
    assert models.Decision.objects.count() == 0
