"""Accepted cases, two readers, roles and restricted documents, through the site's own pages."""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd
import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from nijar_nlp.errors import StoreError
from nijar_nlp.records import ROLES, CaseCandidate, Collection, Mention, Person
from nijar_nlp.store import (
    access,
    answering,
    candidates,
    casebook,
    decisions,
    documents,
    models,
    people,
)
from tests.review_room import client, decide, give_out

pytestmark = pytest.mark.usefixtures("clean_room")


def some(n: int) -> CaseCandidate:
    """A candidate whose text is harmless."""
    return candidates.candidates()[1 + n]


def accepted(n: int = 0) -> str:
    """The id of a case that was just accepted."""
    decide("amina", some(n))
    return next(case.case_id for case in casebook.cases() if case.candidate_id == some(n).id)


def form_of(case_id: str, **changed: Any) -> dict[str, Any]:
    """What the form of a record would send, with changes."""
    form = client("amina").get(reverse("review:edit-case", args=[case_id])).context["form"]
    filled_in = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in filled_in.items() if value is not None} | changed


def send(name: str, case_id: str, form: dict[str, Any]) -> HttpResponse:
    return client(name).post(reverse("review:edit-case", args=[case_id]), form)


def test_an_accepted_candidate_is_a_case_with_the_evidence_of_its_values() -> None:
    case_id = accepted()
    (first,) = casebook.revisions(case_id)
    assert (first.number, first.by, first.decision_id) == (1, "amina", decisions.last_of("amina").id)  # type: ignore[union-attr]
    assert first.title == some(0).title
    assert set(first.of("title")[0].passage_ids) == set(some(0).passage_ids)
    page = client("dawud").get(reverse("review:case", args=[case_id])).content.decode()
    assert some(0).title in page
    assert f'href="#p-{some(0).passage_ids[0]}"' in page


def test_a_verdict_taken_back_takes_the_case_back_and_a_new_one_brings_it_again() -> None:
    case_id = accepted()
    client("amina").post(reverse("review:undo"))
    assert [case.withdrawn for case in casebook.cases()] == [True]
    assert case_id not in client("amina").get(reverse("review:cases")).content.decode()
    assert case_id in client("amina").get(reverse("review:cases") + "?withdrawn=on").content.decode()
    decide("brahim", some(0))
    assert [case.withdrawn for case in casebook.cases()] == [False]
    assert len(casebook.revisions(case_id)) == 1


def test_editing_adds_a_revision_and_keeps_the_earlier_ones() -> None:
    case_id = accepted()
    changed = form_of(case_id, mediator="mahmoud-dicko\nElder of Gao", start="2020-10", outcome="settled")
    changed["mediator__passages"] = [some(0).passage_ids[0]]
    assert send("brahim", case_id, changed).status_code == 302
    second, first = casebook.revisions(case_id)
    assert (second.number, second.by, first.number, first.by) == (2, "brahim", 1, "amina")
    told = {(v.value, v.actor, v.passage_ids) for v in second.of("mediator")}
    assert ("Elder of Gao", None, some(0).passage_ids[:1]) in told
    assert any(actor == "mahmoud-dicko" for _, actor, _ in told)
    assert first.of("mediator") == ()
    page = client("dawud").get(reverse("review:case", args=[case_id]) + "?revision=1")
    assert page.status_code == 200
    assert b"Elder of Gao" not in page.content
    with pytest.raises(IntegrityError), transaction.atomic():
        models.CaseRevision.objects.filter(number=1).update(by_id=people.user_id("carla"))


def test_two_who_edit_at_once_lose_nothing() -> None:
    case_id = accepted()
    one, two = form_of(case_id, notes="amina's"), form_of(case_id, notes="brahim's")
    send("amina", case_id, one)
    answer = send("brahim", case_id, two)
    assert answer.status_code == 200
    assert "amina saved revision 2" in answer.content.decode()
    assert "brahim&#x27;s" in answer.content.decode()
    again = two | {"number": answer.context["form"]["number"].value()}  # type: ignore[attr-defined]
    assert send("brahim", case_id, again).status_code == 302
    assert [r.of("notes")[0].value for r in casebook.revisions(case_id)[:2]] == ["brahim's", "amina's"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("start", "soon"), ("released_by_group", "-4"), ("status", "unheard_of"), ("start", "2020-02-30")],
)
def test_what_the_schema_does_not_allow_is_not_saved(field: str, value: str) -> None:
    case_id = accepted()
    assert send("amina", case_id, form_of(case_id, **{field: value})).status_code == 422
    assert len(casebook.revisions(case_id)) == 1


def test_an_unchanged_form_adds_nothing() -> None:
    case_id = accepted()
    send("amina", case_id, form_of(case_id))
    assert len(casebook.revisions(case_id)) == 1


def test_lists_show_what_the_filter_asks_for_and_charts_have_tables() -> None:
    mali, niger = accepted(1), accepted(0)
    assert some(1).country != some(0).country
    own = client("dawud")
    for name in ("cases", "case-timeline", "case-map"):
        page = own.get(reverse(f"review:{name}") + f"?country={some(1).country}").content.decode()
        assert mali in page
        assert niger not in page
        assert name == "cases" or ("<svg" in page and "<caption>" in page)
        assert " style=" not in page
    assert niger in own.get(reverse("review:cases") + "?query=hostage release 2").content.decode()
    assert niger not in own.get(reverse("review:cases") + "?since=2021-01-01").content.decode()


def exported(form: str, query: str = "") -> HttpResponse:
    return client("amina").get(reverse("review:export-cases", args=[form]) + query)


def table(form: str, query: str = "") -> pd.DataFrame:
    read = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}[form]
    return read(io.BytesIO(exported(form, query).content))


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_table_of_cases_holds_what_the_filter_shows(form: str) -> None:
    case_id = accepted(0)
    accepted(1)
    send(
        "amina",
        case_id,
        form_of(case_id, notes='=HYPERLINK("x")', mediator="Moussa Aga", released_by_group="4"),
    )
    found = table(form, f"?country={some(0).country}&names=1")
    assert list(found["case"]) == [case_id]
    assert list(found["released_by_group"]) == [4]
    assert list(found["mediator"]) == ["Moussa Aga"]
    guarded = '\'=HYPERLINK("x")' if form != "parquet" else '=HYPERLINK("x")'
    assert list(found["notes"]) == [guarded]
    assert "Moussa" not in str(table(form).to_dict())


def test_json_lines_keep_the_passages_of_each_value() -> None:
    case_id = accepted()
    line = json.loads(exported("jsonl", "?names=1").content)
    assert line["case"] == case_id
    assert set(line["values"]["title"][0]["passages"]) == set(some(0).passage_ids)


def test_the_page_of_cases_holds_what_the_filter_shows_and_no_name_where_masked() -> None:
    case_id = accepted()
    other = accepted(1)
    written = {"mediator": "Moussa Aga", "notes": "Moussa Aga opened the way", "counterpart": "Malian Army"}
    send("amina", case_id, form_of(case_id, **written))
    query = f"?country={some(0).country}"
    open_page = exported("html", f"{query}&names=1").content.decode()
    assert case_id in open_page and other not in open_page
    assert "Moussa Aga" in open_page and some(0).title in open_page
    masked = exported("html", query).content.decode()
    assert "Moussa" not in masked and "█" in masked
    people.change("amina", language="fr")
    french = exported("html", query).content.decode()
    assert '<html lang="fr">' in french
    assert "Cas que des analystes ont acceptés" in french and "Libération d&#39;otages" in french
    assert "armée malienne" in french and "Malian Army" in open_page


@pytest.fixture
def told_of() -> Iterator[str]:
    """A person whom the evidence of `some(0)` names, and no value of its record."""
    name = "Jeanne Prévôt-Untel"
    mention = Mention(0, 0, name, "PERSON", how="pattern person")
    passage_id = some(0).passage_ids[0]
    row = models.Mention.objects.create(passage_id=passage_id, type="PERSON", record=asdict(mention))
    tags = models.Tag.objects.filter(passage_id=passage_id, chosen=True)
    given_up = list(tags.values_list("id", flat=True))  # a passage stays evidence when it loses its tags
    tags.update(chosen=False)
    yield name
    models.Tag.objects.filter(id__in=given_up).update(chosen=True)
    row.delete()


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "jsonl", "html"])
def test_a_masked_export_holds_no_name_of_a_person_in_any_text(form: str, told_of: str) -> None:
    case_id = accepted()
    texts = ("title", "terms", "outcome_notes", "notes", "sources", "place", "venue")
    written = {name: f"{told_of} told Mahmoud Dicko of it, {name}" for name in texts}
    actors = {"initiator": "mahmoud-dicko", "counterpart": told_of, "armed_group": f"men of {told_of}"}
    assert send("amina", case_id, form_of(case_id, **written, **actors)).status_code == 302

    def read(query: str) -> str:
        content = exported(form, query).content
        return content.decode() if form in ("jsonl", "html") else str(table(form, query).to_dict())

    whole, masked = read("?names=1"), read("")
    for name in (told_of, "Mahmoud Dicko"):
        assert whole.count(name) > len(texts)
    for part in ("Jeanne", "Prévôt", "Untel", "Mahmoud", "Dicko", "mahmoud-dicko"):
        assert part not in masked, part
    assert masked.count("█") > len(texts)


def test_every_export_is_written_down_for_the_steward() -> None:
    case_id = accepted()
    exported("csv", "?names=1")
    exported("jsonl")
    found, total = access.entries(action="export")
    assert [(e.by, e.detail["format"], e.detail["masked"], e.detail["cases"]) for e in found] == [
        ("amina", "jsonl", True, [case_id]),
        ("amina", "csv", False, [case_id]),
    ]
    log = client("elene").get(reverse("review:log") + "?action=export&by=amina").content.decode()
    assert total == 2
    assert "took out" in log
    assert exported("exe").status_code == 404


def patterns() -> Iterator[tuple[str, str, str]]:
    """Every address of the site as name, address for what `some(0)` is made of, and the role it is for."""
    one = some(0)
    where = models.Passage.objects.get(id=one.passage_ids[0])
    ids = {
        "candidate_id": one.id,
        "passage_id": where.id,
        "document_id": where.document_id,
        "page_number": where.page_number,
        "zoom": 1,
        "link": "x",
        "form": "jsonl",
        "case_id": next((case.case_id for case in casebook.cases()), "none"),
        "name": "r 1",
    }
    for pattern in get_resolver().url_patterns[0].url_patterns:
        names = pattern.pattern.converters
        address = reverse(f"review:{pattern.name}", kwargs={name: ids[name] for name in names})
        yield pattern.name, address, pattern.callback.role


def test_no_page_lets_a_lower_role_in() -> None:
    accepted()
    ladder = dict(zip(ROLES, ("dawud", "amina", "carla", "elene"), strict=True))
    for name, address, role in patterns():
        for lower in ROLES[: ROLES.index(role)] if role else ():
            for answer in (client(ladder[lower]).get(address), client(ladder[lower]).post(address)):
                assert answer.status_code in (403, 405), (name, lower)


@pytest.mark.parametrize("how", ["restricted", "sensitive"])
def test_a_document_kept_from_somebody_is_refused_at_every_address(how: str) -> None:
    one = some(0)
    document_id = models.Passage.objects.get(id=one.passage_ids[0]).document_id
    case_id = accepted()
    give_out(["amina", "brahim"])
    if how == "restricted":
        access.save_collection(Collection("closed", True, ("brahim",), (document_id,)))
    else:
        models.Document.objects.filter(id=document_id).update(sensitivity="sensitive")
    try:
        document = documents.document(document_id)
        secrets = {case_id, one.id, document_id, document.file, document.title, *one.passage_ids}
        posted = {"name": "r 1", "candidate": one.id, "said": "dialogue:1"}
        before = (models.Decision.objects.count(), models.CaseRevision.objects.count())
        for name, address, _ in patterns():
            told = {address} | {part for part in address.split("/") if part}
            answers = [client("amina").get(address + "?state=all")]
            answers += [client("amina").post(address, posted)] if name != "undo" else []
            for answer in answers:
                body = b"".join(answer) if answer.streaming else answer.content
                seen = {
                    secret
                    for secret in secrets - told
                    if secret and secret in body.decode("utf-8", "replace")
                }
                assert not seen, (name, seen)
                if secrets & told:
                    assert answer.status_code in (403, 404, 405), name
        assert (models.Decision.objects.count(), models.CaseRevision.objects.count()) == before
        member = "brahim" if how == "restricted" else "carla"
        assert client(member).get(reverse("review:case", args=[case_id])).status_code == 200
        assert client(member).get(reverse("review:candidate", args=[one.id])).status_code == 200
        refused, _ = access.entries(by="amina", action="refused")
        assert refused
    finally:
        models.Document.objects.filter(id=document_id).update(sensitivity="")


def test_a_steward_makes_changes_and_closes_accounts() -> None:
    own = client("elene")
    page = own.post(reverse("review:add-account"), {"name": "farid", "role": "analyst", "language": "fr"})
    password = page.context["told"][1]
    visitor = Client()
    sent = {"username": "farid", "password": password}
    assert visitor.post(reverse("review:sign-in"), sent).status_code == 302
    assert 'lang="fr"' in visitor.get(reverse("review:queue")).content.decode()
    change = reverse("review:change-account")
    own.post(change, {"name": "farid", "act": "role", "role": "reader"})
    assert people.person("farid").role == "reader"
    assert visitor.get(reverse("review:rounds")).status_code == 403
    own.post(change, {"name": "farid", "act": "close"})
    assert visitor.get(reverse("review:queue")).status_code == 302
    assert [who.name for who in people.closed()] == ["farid"]
    own.post(change, {"name": "farid", "act": "reopen"})
    renewed = own.post(change, {"name": "farid", "act": "password"}).context["told"][1]
    assert renewed != password
    assert Client().post(reverse("review:sign-in"), sent).status_code == 200
    found, _ = access.entries(action="change")
    assert [entry.what for entry in found] == [
        "password renewed",
        "account reopened",
        "account closed",
        "role changed",
        "account made",
    ]


@pytest.mark.parametrize("act", ["close", "role"])
def test_the_last_steward_stays(act: str) -> None:
    page = client("elene").post(
        reverse("review:change-account"), {"name": "elene", "act": act, "role": "reader"}, follow=True
    )
    assert "There is a steward always" in page.content.decode()
    assert people.person("elene").role == "steward"


def test_what_another_process_changed_meanwhile_stays_and_is_what_is_judged() -> None:
    def elsewhere(name: str, role: str) -> None:
        models.Person.objects.filter(user__username=name).update(role=role)

    with answering.one_answer():
        assert (people.person("carla").role, people.person("brahim").role) == ("adjudicator", "analyst")
        elsewhere("carla", "reader")
        people.change("carla", language="fr")
        elsewhere("brahim", "steward")
        elsewhere("elene", "reader")
        with pytest.raises(StoreError, match="steward always"):
            people.close("brahim")
        with pytest.raises(StoreError, match="steward always"):
            people.change("brahim", role="reader")
    assert people.person("carla") == Person("carla", "reader", "fr")
    assert people.person("brahim").role == "steward"


def test_a_steward_keeps_collections() -> None:
    own = client("elene")
    sent = {"name": "field notes", "restricted": "on", "members": ["brahim"]}
    assert own.post(reverse("review:save-collection"), sent).status_code == 302
    page = own.get(reverse("review:collection", args=["field notes"]) + "?query=sahel-wire")
    (found,) = page.context["found"]
    move = reverse("review:move-documents", args=["field notes"])
    own.post(move, {"document": [found.id, "no such id"], "act": "in"})
    kept = access.collection("field notes")
    assert (kept.restricted, kept.members, kept.document_ids) == (True, ("brahim",), (found.id,))
    assert found.id in access.hidden_documents("elene")
    assert found.id not in access.hidden_documents("brahim")
    own.post(move, {"document": [found.id], "act": "out"})
    assert access.hidden_documents("elene") == frozenset()


def test_the_overview_counts_what_a_person_may_see() -> None:
    accepted()
    with CaptureQueriesContext(connection) as asked:
        page = client("dawud").get(reverse("review:overview"))
    assert sum("MAX" in query["sql"] and "store_stage" in query["sql"] for query in asked) == 1
    assert page.context["came_in"]["documents"] == len(documents.documents())
    assert page.context["came_in"]["cases"] == 1
    assert page.context["standing"]["accepted"] == 1
    assert [line[:2] for line in page.context["pace"]] == [("amina", 1)]
    assert page.content.decode().count('role="img"') == 3
    ids = tuple(document.id for document in documents.documents())
    access.save_collection(Collection("closed", True, ("brahim",), ids))
    kept = client("dawud").get(reverse("review:overview"))
    member = client("brahim").get(reverse("review:overview"))
    assert member.context["came_in"]["tagged"] == page.context["came_in"]["tagged"] > 0
    assert kept.context["came_in"]["tagged"] == 0
    assert (kept.context["came_in"]["documents"], kept.context["came_in"]["cases"]) == (0, 0)
    assert kept.context["standing"]["accepted"] == 0


def test_pages_speak_the_language_of_the_person() -> None:
    own = client("amina")
    own.post(reverse("review:language"), {"language": "fr", "next": reverse("review:overview")})
    page = own.get(reverse("review:overview")).content.decode()
    assert '<html lang="fr">' in page
    assert "Vue d’ensemble" in page
    assert people.person("amina").language == "fr"
    away = own.post(reverse("review:language"), {"language": "xx", "next": "https://elsewhere.example/"})
    assert away["Location"] == reverse("review:queue")
    assert people.person("amina").language == "en"
