"""Results of a made-up corpus in the store, over real PDFs: what the review room is tried on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from nijar_nlp.config import load_config
from nijar_nlp.records import (
    CaseCandidate,
    DateInterval,
    Match,
    Mention,
    Party,
    Passage,
    Place,
    Reason,
    Tagging,
    content_id,
)
from nijar_nlp.steps.reading import read_files
from nijar_nlp.store import candidates, documents, findings, models, people, rounds
from tests.conftest import SAMPLE

PASSWORD = "sand dunes at dusk"
PEOPLE = {
    "amina": "analyst",
    "brahim": "analyst",
    "carla": "adjudicator",
    "dawud": "reader",
    "elene": "steward",
}
FILES = (
    "2020-10-09_sahel-wire_mali-captives-freed.pdf",
    "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf",
    "2019-11-20_silk-road-bulletin_professors-haqqani.pdf",
    "2020-03-08_courrier-du-fleuve_negociations-enseignants.pdf",
    "2020-10-09_barid-as-sahra_mali-asra.pdf",
)
# A script, a formula, and words turned round: text as nobody should write it.
HOSTILE = "<script>document.title='broken'</script> =HYPERLINK(\"x\") \u202eezilituen\u202c captives freed"


def fill(project: Path) -> list[CaseCandidate]:
    """Read PDFs into the open store and put candidates over their passages, the hostile one first."""
    hostile = project / "hostile.pdf"
    typst.compile(_typst(HOSTILE), output=str(hostile))
    files = [hostile, *(SAMPLE / name for name in FILES)]
    config = load_config(project / "config.yaml")
    outcomes = read_files(files, config)
    found = []
    for outcome in outcomes:
        body = [p for p in documents.passages(outcome.document_id) if p.kind == "body"]
        findings.save_taggings(outcome.document_id, {p.id: _tagging(p) for p in body}, "m1", 0.1)
        findings.save_annotations(outcome.document_id, [(p.id, _mentions(p), ()) for p in body], "m1", 0.1)
        found += [_candidate(len(found) + n, body[n : n + 2]) for n in range(len(body))]
    found[0] = replace(found[0], title=HOSTILE)
    candidates.save_candidates(found)
    for name, role in PEOPLE.items():
        people.create_person(name, role, PASSWORD)
    return found


_EMPTIED = (
    "store_standing",
    "store_caserevision",
    "store_case",
    "store_assignment",
    "store_decision",
    "store_auditentry",
    "store_collection_members",
    "store_collectiondocument",
    "store_collection",
)


def empty_again() -> None:
    """Take out of the open store what people did: decisions, cases, rounds, collections, accounts."""
    with connection.cursor() as cursor:
        for table in _EMPTIED:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    User.objects.exclude(username__in=PEOPLE).delete()
    for name, role in PEOPLE.items():
        people.change(name, language="en")
        User.objects.filter(username=name).update(is_active=True)
        models.Person.objects.filter(user__username=name).update(role=role)


def client(name: str) -> Client:
    """A browser of Django's own, signed in."""
    made = Client()
    made.force_login(User.objects.get(username=name), "django.contrib.auth.backends.ModelBackend")
    return made


def _typst(text: str) -> bytes:
    escaped = "".join(f"\\u{{{ord(c):x}}}" for c in text)
    return f'#set page(paper: "a5")\n#text("{escaped}")'.encode()


def _tagging(passage: Passage) -> Tagging:
    end = min(12, len(passage.text))
    reasons = {"hostage_exchange": (Reason(0, end, 2.0),)}
    return Tagging({"hostage_exchange": 0.9, "dialogue": 0.3}, ("hostage_exchange",), reasons, "m1")


def _mentions(passage: Passage) -> list[Mention]:
    return [Mention(0, min(5, len(passage.text)), passage.text[:5], "PERSON")]


def _candidate(number: int, passages: Sequence[Passage]) -> CaseCandidate:
    day = DateInterval(date(2020, 1, 1 + number % 28), date(2020, 1, 1 + number % 28), "day")
    return CaseCandidate(
        id=content_id("review", number),
        title=f"Hostage release {number}",
        types=("hostage_release",),
        tags=("hostage_exchange",),
        status="done",
        armed_groups=(Party("JNIM", "jnim"),),
        counterparts=(Party("Mali", "mali"),),
        mediators=(),
        persons=(),
        country=("MLI", "NER")[number % 2],
        place=Place("Kidal", "Kidal", "MLI", 18.44, 1.41, "exact"),
        date=day,
        released_number=4,
        passage_ids=tuple(passage.id for passage in passages),
        n_documents=1,
        n_outlets=1,
        score=0.99 - number / 200,
        score_reasons=("one outlet (+1.6)",),
        nearest=Match("MLI-2020-SWAP", 0.3, ("same country (Mali)",), ("other month",)),
        known_case=None,
    )


def first() -> CaseCandidate:
    """The candidate after the hostile one."""
    return candidates.candidates()[1]


def decide(name: str, found: CaseCandidate, kind: str = "accept_new", **more: str) -> HttpResponse:
    """A verdict of a person, from the page that they see."""
    own = client(name)
    context: Any = own.get(reverse("review:candidate", args=[found.id])).context
    sent = {
        "token": str(context["token"]),
        "seen": str(context["seen"]),
        "shown": context["shown"],
        "kind": kind,
    }
    return own.post(reverse("review:decide", args=[found.id]), sent | more)


def give_out(readers: list[str]) -> list[str]:
    """The candidates of a fresh round over the whole queue."""
    sent = {"name": "r 1", "share": "100", "readers": readers}
    assert client("carla").post(reverse("review:open-round"), sent).status_code == 302
    return [pair.candidate_id for pair in rounds.pairs("r 1")]
