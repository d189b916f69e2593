"""Records into the JSON forms that `nijar` writes, and its input lines into records."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dateutil import parser

from nijar_nlp.errors import InputError
from nijar_nlp.records import CaseCandidate, DateInterval, Event, Mention, Party, Reading, Tagging

_CERTAIN = re.compile(r"^\d{4}\D|[A-Za-z]{3}.*\b\d{4}\b")  # year first, or a word and a whole year after it
_FILLED_IN = (datetime(2001, 1, 1), datetime(2004, 2, 2))  # for the parts that a text lacks
_TIME_OF_DAY = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*$")


def passages(reading: Reading) -> list[dict[str, Any]]:
    """One form a passage, in reading order: where it stands, what kind it is, its text and its boxes."""
    document = reading.document
    return [
        {
            "document": document.id,
            "file": document.file,
            "id": passage.id,
            "page": passage.page_number,
            "start_char": passage.parts[0].start_char,
            "end_char": passage.parts[0].end_char,
            "parts": [list(part) for part in passage.parts],
            "kind": passage.kind,
            "level": passage.level,
            "mark": passage.mark,
            "article": passage.article,
            "language": passage.language,
            "text": passage.text,
            "boxes": [[box.page, *(round(value, 2) for value in box[1:])] for box in passage.boxes],
        }
        for passage in reading.passages
    ]


def tagging(identity: str | int, language: str, tagged: Tagging) -> dict[str, Any]:
    """What `nijar tag` writes for one passage."""
    return {
        "id": identity,
        "language": language,
        "tags": list(tagged.tags),
        "probabilities": {label: round(p, 6) for label, p in tagged.probabilities.items()},
        "reasons": {label: [list(reason) for reason in why] for label, why in tagged.reasons.items()},
        "model": tagged.model,
    }


def annotation(identity: str | int, mentions: Sequence[Mention], events: Sequence[Event]) -> dict[str, Any]:
    """What `nijar annotate` writes for one passage."""
    return {
        "id": identity,
        "mentions": [_mention(mention) for mention in mentions],
        "events": [_event(event) for event in events],
    }


def grouping(identity: str | int, candidate: CaseCandidate | None) -> dict[str, Any]:
    """What `nijar group` writes for one report."""
    nearest = candidate.nearest if candidate else None
    return {
        "id": identity,
        "candidate": candidate.id if candidate else None,
        "known_case": candidate.known_case if candidate else None,
        "known_probability": round(nearest.probability, 6) if nearest else 0.0,
    }


def publication_date(text: str | None) -> DateInterval | None:
    """An input line's `date` as an interval: a year, year-month or full date; a time after it is left out.

    Besides ISO's form it may have its month in English letters, as mail and agencies' wires write it, or the
    year first. InputError where it is none of these: 05/06/2012 is May to some and June to others.
    """
    if not text:
        return None
    day = _TIME_OF_DAY.sub("", text)
    try:
        start = date.fromisoformat(day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day)
    except ValueError:
        return _otherwise(text)
    precision = {4: "year", 7: "month"}.get(len(day), "day")
    return DateInterval(start, _end(start, precision), precision, "input")


def _otherwise(text: str) -> DateInterval:
    """A date in another form, no part of which is the parser's own: that differs between two turns."""
    try:
        one, other = (parser.parse(text, default=day, ignoretz=True).date() for day in _FILLED_IN)
    except (ValueError, OverflowError):
        one, other = (day.date() for day in _FILLED_IN)
    if not _CERTAIN.search(text) or (one.year, one.month) != (other.year, other.month):
        raise InputError(
            "A publication date cannot be used",
            text,
            "It must be YYYY, YYYY-MM or YYYY-MM-DD, with or without a time, or name its month in English.",
            "Mend or leave out.",
        )
    precision = "day" if one == other else "month"
    start = one if one == other else one.replace(day=1)
    return DateInterval(start, _end(start, precision), precision, "input")


def _end(start: date, precision: str) -> date:
    if precision == "year":
        return date(start.year, 12, 31)
    if precision == "month":
        return date(start.year, start.month, monthrange(start.year, start.month)[1])
    return start


def _mention(mention: Mention) -> dict[str, Any]:
    form: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "id": mention.entity,
        "how": mention.how,
    }
    if mention.type == "PLACE":
        form |= {
            "name": mention.name,
            "country": mention.country or None,
            "lat": mention.lat,
            "lon": mention.lon,
            "precision": mention.precision or None,
        }
    if mention.type == "DATE":
        form["interval"] = _interval(mention.interval)
    if mention.type == "NUMBER":
        form["value"] = mention.value
    return form


def _event(event: Event) -> dict[str, Any]:
    place = event.place
    return {
        "type": event.type,
        "status": event.status,
        "armed_group": _parties(event.armed_group),
        "counterpart": _parties(event.counterpart),
        "mediator": _parties(event.mediator),
        "persons": _parties(event.persons),
        "country": event.country or None,
        "place": {
            "text": place.text,
            "name": place.name,
            "country": place.country or None,
            "lat": place.lat,
            "lon": place.lon,
            "precision": place.precision or None,
        }
        if place
        else None,
        "date": {"text": event.date.found, **(_interval(event.date) or {})} if event.date else None,
        "released_number": event.released_number,
        "released_number_other_side": event.released_number_other_side,
        "source": event.source or None,
        "confidence": round(event.confidence, 4),
        "spans": {slot: [list(span) for span in spans] for slot, spans in event.spans.items()},
    }


def _parties(parties: Sequence[Party]) -> list[dict[str, str | None]]:
    return [{"text": party.text, "id": party.id} for party in parties]


def _interval(interval: DateInterval | None) -> dict[str, str | None] | None:
    if interval is None:
        return None
    return {
        "start": interval.start.isoformat() if interval.start else None,
        "end": interval.end.isoformat() if interval.end else None,
        "precision": interval.precision,
    }
