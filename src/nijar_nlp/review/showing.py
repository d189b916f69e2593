"""A candidate into what its page shows, and into the snapshot that a decision keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from nijar_nlp.records import (
    CaseCandidate,
    DateInterval,
    Decision,
    Exhibit,
    KnownCase,
    Party,
    Passage,
    content_id,
)
from nijar_nlp.review import library, naming, titles, words
from nijar_nlp.store import candidates, documents, exhibits, queue

_SALT = "shown"
_FIRST_PASSAGES = 60  # a candidate of hundreds of passages opens with these
_RELATED = 8
_LOOKED_AT = 60  # candidates of the country, the nearest in time, for the related ones


@dataclass(frozen=True)
class DocumentEvidence:
    """The passages of one article, under its heading."""

    first: Exhibit
    items: tuple[Exhibit, ...]


@dataclass(frozen=True)
class Comparison:
    """One line of the table that sets a candidate beside a known case."""

    name: str
    ours: str
    theirs: str
    agree: bool


def opened(candidate: CaseCandidate, *, everything: bool) -> tuple[str, ...]:
    """The passages with which a candidate's page opens."""
    return candidate.passage_ids if everything else candidate.passage_ids[:_FIRST_PASSAGES]


def evidence(ids: Sequence[str], history: Sequence[Decision], alone: str = "") -> list[DocumentEvidence]:
    """Passages by article, the earliest first, with the corrections of a history."""
    found = sorted(exhibits.exhibits(ids, alone, history), key=_when)
    return [
        DocumentEvidence(items[0], tuple(items))
        for _key, group in groupby(found, key=lambda e: (e.passage.document_id, e.passage.article))
        for items in [list(group)]
    ]


def frame(passage: Passage | None) -> dict[str, object]:
    """The page on which a passage begins, with it boxed."""
    if passage is None:
        return {"page": None, "boxes": (), "passage_id": "", "zoom": 1}
    return {
        "page": documents.page(passage.document_id, passage.page_number),
        "boxes": [box for box in passage.boxes if box.page == passage.page_number],
        "passage_id": passage.id,
        "zoom": 1,
    }


def snapshot(candidate: CaseCandidate, groups: Sequence[DocumentEvidence]) -> str:
    """What the page shows, signed: the form carries it, and the decision keeps it."""
    seen = {e.passage.id: e.tagging.probabilities for group in groups for e in group.items}
    nearest = candidate.nearest
    shown = {
        "record": content_id(repr(candidate)),
        "score": candidate.score,
        "passages": {identity: seen.get(identity, {}) for identity in candidate.passage_ids},
        "nearest": nearest.case_id if nearest else None,
        "nearest_probability": nearest.probability if nearest else None,
    }
    return signing.dumps(shown, salt=_SALT, compress=True)


def what_was_shown(signed: str) -> dict[str, Any]:
    """The snapshot of a form; signing.BadSignature where it is not one of ours."""
    shown: dict[str, Any] = signing.loads(signed, salt=_SALT)
    return shown


def comparison(candidate: CaseCandidate, known: KnownCase) -> list[Comparison]:
    """A candidate beside a known case, slot by slot."""
    place = {candidate.place.name} if candidate.place else set()
    lines = [
        (_("Country"), {candidate.country}, set(known.countries), words.country),
        (_("Armed groups"), _ids(candidate.armed_groups), set(known.armed_groups), naming.actor),
        (_("Counterparts"), _ids(candidate.counterparts), set(known.counterparts), naming.actor),
        (_("Mediators"), _ids(candidate.mediators), set(known.mediators), naming.actor),
        (_("Persons"), _ids(candidate.persons), set(known.persons), naming.actor),
        (_("Place"), place, set(known.places), naming.place_named),
        (_("Tags"), set(candidate.tags), set(known.tags), lambda tag: str(words.TAGS.get(tag, tag))),
    ]
    compared = [
        Comparison(name, _joined(ours, named), _joined(theirs, named), bool(ours & theirs))
        for name, ours, theirs, named in lines
    ]
    date = candidate.date
    overlap = bool(date and date.start and date.end and date.start <= known.end and known.start <= date.end)
    years = (
        str(known.start.year)
        if known.start.year == known.end.year
        else f"{known.start.year}–{known.end.year}"
    )
    compared.insert(1, Comparison(_("Date"), words.day_words(date), years, overlap))
    return compared


def related(candidate: CaseCandidate, name: str) -> list[CaseCandidate]:
    """Candidates of the same country whose dates or parties are nearest, for merging and duplicates."""
    others = queue.near(candidate, name, _LOOKED_AT)
    return sorted(others, key=lambda other: -_likeness(candidate, other))[:_RELATED]


def labels_of(decisions: Sequence[Decision], name: str) -> list[tuple[Decision, str, bool]]:
    """Decisions with what they say in a few words, and whether they were undone; the latest first."""
    undone = {d.undoes for d in decisions if d.kind == "undo"}
    return [(d, said(d, name), d.id in undone) for d in reversed(decisions)]


def said(decision: Decision, name: str) -> str:
    """The value of a decision in a few words, for a person who may not see every candidate."""
    value = decision.value
    if decision.kind in ("merge", "duplicate"):
        other = candidates.candidate(str(value.get("candidate")))
        return titles.title(other) if other and queue.may_see(other, name) else str(value.get("candidate"))
    if decision.kind == "same_as":
        known = library.known_cases().get(str(value.get("case")))
        return f"{value.get('case')}{' · ' + known.title if known else ''}"
    if decision.kind == "split":
        parts = " + ".join(str(len(part)) for part in value.get("parts", ()))
        return _("%(parts)s passages") % {"parts": parts}
    if decision.kind == "correct_tag":
        label = str(words.TAGS.get(decision.subject.part, decision.subject.part))
        return f"{label}: {_('yes') if value.get('present') else _('no')}"
    if decision.kind == "unsure":
        return words.day_words(DateInterval(None, decision.until, "before"))
    pieces = (value.get(key) for key in ("text", "type", "name", "entity", "alias", "value"))
    return " · ".join(str(piece) for piece in pieces if piece)


def case_id(candidate: CaseCandidate) -> str:
    """The id that a candidate gets as a case: country, year, and what sets it apart."""
    year = candidate.date.start.year if candidate.date and candidate.date.start else "undated"
    return f"{candidate.country or 'XXX'}-{year}-{candidate.id[:6]}"


def _likeness(one: CaseCandidate, other: CaseCandidate) -> float:
    shared = float(len(_actors(one) & _actors(other)))
    if one.date and other.date and one.date.start and other.date.start:
        shared += 3.0 / (1.0 + abs((one.date.start - other.date.start).days) / 30.0)
    return shared + 2.0 * bool(one.place and other.place and one.place.name == other.place.name)


def _actors(candidate: CaseCandidate) -> set[str]:
    return _ids(candidate.armed_groups) | _ids(candidate.counterparts) | _ids(candidate.persons)


def _ids(parties: Sequence[Party]) -> set[str]:
    return {party.id or party.text for party in parties}


def _joined(ids: set[str], named: Any) -> str:
    return ", ".join(sorted(named(identity) for identity in ids if identity))


def _when(item: Exhibit) -> tuple[str, str, int, int]:
    day = item.published.start.isoformat() if item.published and item.published.start else "9"
    return (day, item.passage.document_id, item.passage.article, item.passage.number)
