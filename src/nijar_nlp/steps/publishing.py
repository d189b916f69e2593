"""Candidates of the store into one stand-alone page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nijar_nlp import cases, corpus
from nijar_nlp.config import Config
from nijar_nlp.records import Actor, CaseCandidate, CaseSchema, Evidence, Place
from nijar_nlp.report.casebook import CaseCard, Quote, case_page
from nijar_nlp.steps import parts
from nijar_nlp.store import candidates, findings

_TITLES = {"new": "Candidate new cases", "known": "Known cases found", "all": "Candidate cases"}


def candidates_page(
    chosen: Sequence[CaseCandidate], status: candidates.Status, config: Config, hide: cases.Hide | None
) -> str:
    """A map, a timeline and a card a candidate, its record drafted from its evidence."""
    ids = [passage for one in chosen for passage in one.passage_ids]
    told = {item.passage_id: item for item in findings.evidence(ids)}
    where = candidates.locations(ids)
    schema, actors = parts.case_schema(config), {actor.id: actor for actor in parts.actors(config)}
    cards = [_card(one, told, where, schema, actors) for one in chosen]
    about = (
        "Drafted by a machine from what documents say, and not yet judged by anybody: "
        "read the evidence before you quote a case.",
    )
    return case_page(_TITLES[status], cards, schema, about, hide)


def _card(
    candidate: CaseCandidate,
    told: Mapping[str, Evidence],
    where: Mapping[str, Mapping[str, Any]],
    schema: CaseSchema,
    actors: Mapping[str, Actor],
) -> CaseCard:
    evidence = [told[passage] for passage in candidate.passage_ids if passage in told]
    record = cases.draft_record(candidate, evidence, schema, actors)
    return CaseCard(
        record=record,
        quotes=sorted(
            (_quote(item, where[item.passage_id]) for item in evidence),
            key=lambda quote: (quote.published or "9999", quote.file, quote.page, quote.passage_id),
        ),
        point=_point(candidate.place),
        days=corpus.case_days(record.values),
        notes=tuple(_notes(candidate)),
    )


def _point(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def _quote(item: Evidence, where: Mapping[str, Any]) -> Quote:
    file = Path(where["file"]).name
    published = item.published and (item.published.start or item.published.end)
    return Quote(
        passage_id=item.passage_id,
        text=item.text,
        language=item.language,
        source=item.outlet or where["title"] or file,
        file=file,
        page=where["page"],
        published=str(published or ""),
    )


def _notes(candidate: CaseCandidate) -> list[tuple[str, str]]:
    notes = [
        ("Score", f"{candidate.score:.2f}: how probably an analyst would accept it as a new case"),
        ("Documents", str(candidate.n_documents)),
        ("Outlets", str(candidate.n_outlets)),
    ]
    if match := candidate.nearest:
        which = "Known case" if candidate.known_case else "Nearest known case"
        notes.append((which, f"{match.case_id}, probability {match.probability:.2f}"))
    return notes
