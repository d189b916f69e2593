"""The queue: filters, orders and search over what the store holds."""

from dataclasses import replace
from datetime import date

import pytest

from nijar_nlp.records import Collection, Decision, Filter, Subject, Tagging
from nijar_nlp.store import (
    access,
    candidates,
    decisions,
    documents,
    findings,
    indexing,
    models,
    overview,
    people,
    queue,
    runs,
)
from tests.test_store import candidate, reading

TEXTS = {
    "en": "The captives of Kidal came home after the ransom.",
    "fr": "Les otages libérés à Gao ont été reçus au palais.",
    "ar": "أُفرج عن الرهائن في مدينة تمبكتو بعد مفاوضات",
}


@pytest.fixture(autouse=True)
def filled(store: None) -> None:
    people.create_person("amina", "analyst")
    people.create_person("brahim", "analyst")
    found = []
    for n, (language, text) in enumerate(TEXTS.items()):
        one = reading(text, f"{n}" * 64)
        passage = replace(one.passages[0], language=language)
        documents.save_reading(replace(one, passages=(passage,)), "v1", 0.1)
        tagging = Tagging({"hostage_exchange": 0.9 - n / 10}, ("hostage_exchange",), {}, "m1")
        findings.save_taggings(one.document.id, {passage.id: tagging}, "m1", 0.1)
        made = candidate(f"c{n}".ljust(20, "0"), passage.id)
        found.append(replace(made, score=0.9 - n / 10, country="MLI" if n < 2 else "NER"))
    candidates.save_candidates(found)


def ids(**asked: object) -> list[str]:
    found = queue.candidates(Filter(**asked), "amina", 0, 10)
    return [item.candidate.id[:2] for item in found.items]


def said(query: str) -> list[str]:
    return [item.passage.language for item in queue.passages(Filter(query=query), "amina", 0, 10).items]


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("captives", ["en"]),
        ("capti", ["en"]),
        ("liberes", ["fr"]),
        ("Libérés palais", ["fr"]),
        ("رهائن", ["ar"]),
        ("والرهائن", ["ar"]),
        ("الافراج", []),
        ('"came home"', ["en"]),
        ('"home came"', []),
        ("nothing of this", []),
        ("\" OR '*) NEAR(", []),
        ("", ["en", "fr", "ar"]),
    ],
)
def test_search_finds_words_in_any_spelling(query: str, languages: list[str]) -> None:
    assert said(query) == languages


def test_candidates_are_found_by_what_their_passages_say() -> None:
    assert ids(query="liberes") == ["c1"]
    assert ids(query="captives ransom") == ["c0"]
    assert ids(query="swap in mali") == ["c0", "c1", "c2"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["c0", "c1", "c2"]),
        ({"country": "MLI"}, ["c0", "c1"]),
        ({"language": "ar"}, ["c2"]),
        ({"outlet": "Sahel Wire", "tag": "hostage_exchange"}, ["c0", "c1", "c2"]),
        ({"tag": "dialogue"}, []),
        ({"actor": "jnim", "type": "swap"}, ["c0", "c1", "c2"]),
        ({"least": 0.75}, ["c0", "c1"]),
        ({"most": 0.75}, ["c2"]),
        ({"since": date(2020, 10, 8), "until": date(2020, 10, 8)}, ["c0", "c1", "c2"]),
        ({"since": date(2020, 10, 9)}, []),
        ({"sort": "diverse"}, ["c0", "c2", "c1"]),
        ({"sort": "uncertainty"}, ["c2", "c1", "c0"]),
        ({"sort": "mixed"}, ["c2", "c0", "c1"]),
    ],
)
def test_filters_and_orders(asked: dict[str, object], expected: list[str]) -> None:
    assert ids(**asked) == expected


@pytest.mark.parametrize("sort", ["diverse", "mixed"])
def test_what_no_longer_waits_takes_no_place_among_what_waits(sort: str) -> None:
    (passage,) = candidates.candidates()[0].passage_ids
    found = [
        replace(candidate(f"{n:020}", passage), score=1 - n / 100, country="MLI" if n < 60 else "NER")
        for n in range(90)
    ]
    candidates.save_candidates(found[40:])
    alone = queue.candidates(Filter(sort=sort), "amina", 0, 90).items
    known = [replace(one, known_case="MLI-2020-SWAP") for one in found[:30]]
    candidates.save_candidates([*known, *found[30:]])
    for one in found[30:40]:
        decisions.record(Decision("not_a_case", Subject("candidate", one.id), "amina", one.id))
    candidates.save_candidates([*known, *found[30:]])
    among = queue.candidates(Filter(sort=sort), "amina", 0, 90).items
    assert [item.candidate.id for item in among] == [item.candidate.id for item in alone]
    assert [item.candidate.id for item in alone] != [one.id for one in found[40:]]


def test_places_that_an_earlier_version_did_not_give_are_given_at_the_start() -> None:
    models.CandidateEntry.objects.update(mixed=None)
    indexing.index_missing(candidates.candidates())
    assert ids(sort="mixed") == ["c2", "c0", "c1"]


def test_kept_counts_are_counted_anew_after_a_run() -> None:
    assert overview.came_in("amina")["tagged"] == 3
    models.Tag.objects.all().delete()
    runs.start([])
    assert overview.came_in("amina")["tagged"] == 0


def test_what_is_decided_leaves_the_queue_and_comes_back_when_undone() -> None:
    first = candidates.candidates()[0]
    made = decisions.record(Decision("not_a_case", Subject("candidate", first.id), "amina", "t"))
    assert ids() == ["c1", "c2"]
    assert ids(state="rejected") == ids(state="decided") == ["c0"]
    undo = Decision("undo", made.decision.subject, "amina", "u", undoes=made.decision.id)
    decisions.record(undo)
    assert ids() == ["c0", "c1", "c2"]


def test_what_is_unsure_comes_back_on_its_day() -> None:
    first, second, _ = candidates.candidates()
    for one, day in ((first, date(2020, 1, 1)), (second, date(2999, 1, 1))):
        subject = Subject("candidate", one.id)
        decisions.record(Decision("unsure", subject, "amina", one.id, until=day))
    assert ids() == ["c0", "c2"]


def test_neighbours_are_those_of_the_filter() -> None:
    first, second, third = (one.id for one in candidates.candidates())
    here = queue.neighbours(Filter(), "amina", second)
    assert (here.place, here.before, here.after) == (2, first, third)
    assert queue.neighbours(Filter(country="MLI"), "amina", third).after == first


def test_a_restricted_collection_hides_its_candidates_and_passages() -> None:
    collection = models.Collection.objects.create(name="closed", restricted=True)
    collection.documents.create(document_id="0" * 64)
    collection.members.add(people.user_id("brahim"))
    assert ids() == ["c1", "c2"]
    assert said("captives") == []
    assert len(queue.candidates(Filter(), "brahim", 0, 10).items) == 3
    assert not queue.may_see(candidates.candidates()[0], "amina")


def test_grouping_again_keeps_when_a_candidate_was_first_seen() -> None:
    before = dict(models.CandidateEntry.objects.values_list("candidate_id", "first_seen"))
    candidates.save_candidates(candidates.candidates())
    assert dict(models.CandidateEntry.objects.values_list("candidate_id", "first_seen")) == before


def test_choices_count_candidates() -> None:
    found = queue.choices("amina")
    assert found["country"] == [("MLI", 2), ("NER", 1)]
    assert found["actor"] == [("jnim", 3)]
    assert found["language"] == [("ar", 1), ("en", 1), ("fr", 1)]


def test_choices_count_what_a_person_may_see() -> None:
    collection = models.Collection.objects.create(name="closed", restricted=True)
    collection.documents.create(document_id="0" * 64)
    collection.members.add(people.user_id("brahim"))
    assert queue.choices("amina")["country"] == [("MLI", 1), ("NER", 1)]
    assert queue.choices("amina")["actor"] == [("jnim", 2)]
    assert queue.choices("brahim")["actor"] == [("jnim", 3)]


def test_a_restricted_collection_holds_what_is_read_in_its_name() -> None:
    models.Document.objects.filter(id="1" * 64).update(collection="field notes")
    (read,) = access.collections()
    assert (read.name, read.restricted, read.document_ids) == ("field notes", False, ("1" * 64,))
    access.save_collection(Collection("field notes", True, ("brahim",), ()))
    assert ids() == ["c0", "c2"]
    models.Document.objects.filter(id="2" * 64).update(collection="field notes")
    assert ids() == ["c0"]
    assert len(queue.candidates(Filter(), "brahim", 0, 10).items) == 3


def test_a_list_of_passages_ends_after_the_first_thousand() -> None:
    one = reading(TEXTS["en"], "9" * 64)
    again = tuple(replace(one.passages[0], id=f"p{n:019}", number=n) for n in range(1005))
    documents.save_reading(replace(one, passages=again), "v1", 0.1)
    found = queue.passages(Filter(query="kidal captives"), "amina", 990, 25)
    assert (found.total, found.more, len(found.items)) == (1000, True, 10)


def test_the_rows_of_passages_note_which_carry_a_tag() -> None:
    carried = models.Tag.objects.filter(chosen=True).values_list("passage_id", flat=True)
    noted = models.PassageEntry.objects.filter(tagged=True).values_list("passage_id", flat=True)
    assert set(noted) == set(carried) != set()
    assert queue.passages(Filter(state="all"), "amina", 0, 5).total == len(set(carried))
