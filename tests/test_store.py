"""The store: what goes in comes out, and what is done twice is there once."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nijar_nlp.errors import StoreError
from nijar_nlp.records import (
    Article,
    Box,
    CandidateChange,
    CaseCandidate,
    DateInterval,
    Document,
    Event,
    Filter,
    Match,
    Mention,
    Page,
    Part,
    Party,
    Passage,
    Place,
    Problem,
    Reading,
    Reason,
    Tagging,
    content_id,
)
from nijar_nlp.store import (
    access,
    candidates,
    documents,
    findings,
    history,
    looks,
    models,
    overview,
    people,
    queue,
    sources,
)
from nijar_nlp.store.connection import database_settings

pytestmark = pytest.mark.usefixtures("store")

DAY = DateInterval(date(2020, 10, 8), date(2020, 10, 8), "day", "8 October 2020")


def reading(text: str = "The captives came home.", identity: str = "d" * 64) -> Reading:
    document = Document(
        id=identity,
        file="report.pdf",
        n_bytes=10,
        n_pages=1,
        title="A report",
        outlet="Sahel Wire",
        published=DAY,
        language="en",
        articles=(Article(0, "A report", "Sahel Wire", "", DAY),),
    )
    passage = Passage(
        id=content_id(identity, text),
        document_id=identity,
        number=0,
        kind="body",
        language="en",
        text=text,
        parts=(Part(1, 0, len(text)),),
        boxes=(Box(1, 72.0, 72.0, 300.5, 84.25),),
    )
    page = Page(identity, 1, 595.0, 842.0, text, "text", 1.0)
    return Reading(document, (page,), (passage,))


def candidate(identity: str, passage: str, known: str | None = None) -> CaseCandidate:
    return CaseCandidate(
        id=identity,
        title="Swap in Mali",
        types=("swap",),
        tags=("hostage_exchange",),
        status="done",
        armed_groups=(Party("JNIM", "jnim"),),
        counterparts=(),
        mediators=(),
        persons=(),
        country="MLI",
        place=Place("Kidal", "Kidal", "MLI", 18.44, 1.41, "exact"),
        date=DAY,
        released_number=4,
        passage_ids=(passage,),
        n_documents=1,
        n_outlets=1,
        score=0.5,
        score_reasons=("two outlets",),
        nearest=Match("MLI-2020-SWAP", 0.9, ("same day",), ()),
        known_case=known,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_a_reading_comes_out_as_it_went_in(text: str) -> None:
    one = reading(text)
    documents.save_reading(one, "v1", 0.5)
    assert documents.document(one.document.id) == one.document
    assert documents.pages(one.document.id) == one.pages
    assert documents.passages(one.document.id) == one.passages


def test_saving_twice_is_saving_once() -> None:
    for _ in range(2):
        documents.save_reading(reading(), "v1", 0.5)
    assert documents.counts() == {"documents": 1, "pages": 1, "passages": 1}


def test_a_document_waits_for_the_next_stage_until_it_is_done() -> None:
    one = reading()
    documents.save_reading(one, "v1", 0.5)
    assert documents.is_done(one.document.id, "read", "v1")
    assert not documents.is_done(one.document.id, "read", "v2")
    assert documents.pending("tag", "m1", after="read", after_versions=["v1"]) == [one.document.id]
    findings.save_taggings(one.document.id, {}, "m1", 0.1)
    assert documents.pending("tag", "m1", after="read", after_versions=["v1"]) == []
    assert documents.pending("tag", "m2", after="read", after_versions=["v1"]) == [one.document.id]


def test_a_document_that_could_not_be_read_waits_for_nothing() -> None:
    one = reading()
    problem = Problem("encrypted", "It needs a password.", "Save it without one.")
    documents.save_reading(Reading(replace(one.document, problem=problem)), "v1", 0.1)
    assert documents.document(one.document.id).problem == problem
    assert documents.pending("tag", "m1", after="read", after_versions=["v1"]) == []


def test_findings_become_evidence() -> None:
    one = reading()
    passage = one.passages[0]
    documents.save_reading(one, "v1", 0.5)
    tagging = Tagging(
        {"dialogue": 0.02, "hostage_exchange": 0.9},
        ("hostage_exchange",),
        {"hostage_exchange": (Reason(4, 12, 1.5),)},
        "m1",
    )
    mention = Mention(4, 12, "captives", "PERSON")
    event = Event(
        "e" * 20,
        passage.id,
        "hostage_release",
        "done",
        country="MLI",
        date=DAY,
        spans={"persons": ((4, 12),)},
    )
    for _ in range(2):
        findings.save_taggings(one.document.id, {passage.id: tagging}, "m1", 0.1)
        assert findings.tagged_passages(one.document.id) == [(passage, {"hostage_exchange": 0.9})]
        findings.save_annotations(one.document.id, [(passage.id, [mention], [event])], "a1", 0.1)
    (found,) = findings.evidence()
    assert found.tags == ("hostage_exchange",)
    assert found.probabilities == {"hostage_exchange": 0.9}
    assert found.events == (event,)
    assert found.mentions == (mention,)
    assert (found.outlet, found.published) == ("Sahel Wire", DAY)
    assert findings.tag_counts()["hostage_exchange"] == 1


def test_candidates_are_replaced_by_the_next_grouping() -> None:
    one = reading()
    documents.save_reading(one, "v1", 0.5)
    passage = one.passages[0].id
    candidates.save_candidates([candidate("a" * 20, passage)])
    candidates.save_candidates([candidate("b" * 20, passage, known="MLI-2020-SWAP")])
    assert candidates.candidates("new") == []
    assert candidates.candidates("known") == [candidate("b" * 20, passage, known="MLI-2020-SWAP")]
    assert candidates.candidate_of_passages() == {passage: "b" * 20}
    assert candidates.locations([passage])[passage]["page"] == 1


def test_the_feed_tells_what_came_after_a_release() -> None:
    one = reading()
    documents.save_reading(one, "v1", 0.5)
    passage = one.passages[0].id
    opened = CandidateChange("opens", "a" * 20, (), (passage,), "passages that fit no candidate")
    withdrawn = CandidateChange("withdrawn", "a" * 20, (), (passage,), "its passages are gone")
    candidates.save_grouping([candidate("a" * 20, passage)], [opened])
    released = history.feed()[-1]
    assert (released["kind"], released["candidate"], released["passages"]) == ("opens", "a" * 20, [passage])
    candidates.save_grouping([], [withdrawn])
    assert [change["kind"] for change in history.feed(after=released["number"])] == ["withdrawn"]


def test_candidates_and_their_history_are_saved_together(monkeypatch: pytest.MonkeyPatch) -> None:
    one = reading()
    documents.save_reading(one, "v1", 0.5)

    def broken(_: object) -> None:
        raise OSError

    monkeypatch.setattr(history, "save_changes", broken)
    with pytest.raises(OSError):
        candidates.save_grouping([candidate("a" * 20, one.passages[0].id)], [])
    assert candidates.candidates() == []


def test_the_database_itself_refuses_an_impossible_probability() -> None:
    from django.db import IntegrityError, transaction

    documents.save_reading(reading(), "v1", 0.5)
    row = models.Tag(
        passage=models.Passage.objects.get(), label="dialogue", probability=1.5, chosen=True, model="m"
    )
    with pytest.raises(IntegrityError, match="probability_0_to_1"), transaction.atomic():
        row.save()


def test_what_concerns_all_documents_is_asked_in_parts_that_every_sqlite_takes() -> None:
    """An older SQLite takes 999 parameters in a query, and no build as many as a large store has rows."""
    ids = [f"{number:064d}" for number in range(1100)]
    models.Document.objects.bulk_create(
        models.Document(id=i, file=f"{i}.pdf", n_bytes=1, n_pages=1, language="en", problem_code="damaged")
        for i in ids
    )
    models.Passage.objects.bulk_create(
        models.Passage(id=i, document_id=i, number=0, kind="body", text="", parts=[], boxes=[], page_number=1)
        for i in ids
    )
    models.Tag.objects.bulk_create(
        models.Tag(passage_id=i, label="dialogue", probability=0.9, chosen=True, model="m1") for i in ids
    )
    models.Stage.objects.bulk_create(
        models.Stage(document_id=i, name="tag", version="1", seconds=0.0) for i in ids
    )
    candidates.save_candidates([candidate(i, i) for i in ids])
    connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    assert [one.id for one in documents.documents()] == [one.id for one in documents.problems()] == ids
    assert documents.n_pages(ids).keys() == documents.provenance(ids).keys() == set(ids)
    assert [passage.id for passage in documents.passages_by_id(reversed(ids))] == ids
    assert candidates.locations(ids).keys() == set(ids)
    assert len(findings.evidence()) == len(looks.looks(["body"], ids)) == len(ids)
    people.create_person("amina", "reader")
    everything = Filter(state="all")
    assert (queue.count(everything, "amina"), overview.came_in("amina")["documents"]) == (1100, 1100)
    models.Document.objects.update(sensitivity="sensitive")
    assert access.hidden_documents("amina") == access.hidden_passages("amina", ids[:900]) | set(ids)
    assert queue.count(everything, "amina") == queue.passages(everything, "amina", 0, 9).total == 0
    assert set(overview.came_in("amina").values()) == {0}
    sources.mark_gone(ids)
    documents.undo(ids, "tag")
    assert not models.Stage.objects.exists()
    candidates.save_candidates([])
    assert candidates.count() == 0


def test_an_address_that_is_none_is_refused_without_its_password() -> None:
    with pytest.raises(StoreError) as refused:
        database_settings("oracle9://anna:secret@host/db")
    assert "secret" not in str(refused.value)
