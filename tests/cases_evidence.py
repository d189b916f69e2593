"""Evidence made by hand, for the tests of the cases room."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

from nijar_nlp.records import DateInterval, Event, Evidence, Mention, Party, Place, content_id

_numbers = count()

PLACES = {
    "Djibo": ("BFA", 14.10, -1.63),
    "Bamako": ("MLI", 12.64, -8.00),
    "Tessalit": ("MLI", 20.20, 1.01),
    "Gao": ("MLI", 16.27, -0.04),
    "Diffa": ("NER", 13.32, 12.61),
    "Maiduguri": ("NGA", 11.85, 13.16),
    "Arsal": ("LBN", 34.18, 36.42),
}
TAGS = {
    "hostage_release": ("hostage_exchange",),
    "ransom": ("hostage_exchange",),
    "swap": ("dialogue", "hostage_exchange", "prisoner_release"),
    "prisoner_release": ("prisoner_release",),
}


def day(text: str, days: int = 0, precision: str = "day") -> DateInterval:
    """An interval from a day (YYYY-MM-DD), `days` long beyond the first."""
    start = date.fromisoformat(text)
    return DateInterval(start, start + timedelta(days=days), precision, text)


def parties(ids: Sequence[str]) -> tuple[Party, ...]:
    return tuple(Party(identity, identity) for identity in ids)


def evidence(
    text: str,
    kind: str | None = "hostage_release",
    *,
    when: DateInterval | None = None,
    published: str = "",
    place: str = "",
    country: str = "",
    groups: Sequence[str] = (),
    counterparts: Sequence[str] = (),
    mediators: Sequence[str] = (),
    persons: Sequence[str] = (),
    number: int | None = None,
    status: str = "done",
    tags: Sequence[str] = (),
    document: str = "",
    outlet: str = "",
    identity: str = "",
    language: str = "en",
) -> Evidence:
    """A tagged passage with one event (none where `kind` is None), its document one of its own by default."""
    identity = identity or content_id(text, next(_numbers))
    code, lat, lon = PLACES.get(place, (country, None, None))
    where = Place(place, place, code, lat, lon, "exact") if place else None
    event = Event(
        id=content_id(identity, kind),
        passage_id=identity,
        type=kind or "",
        status=status,
        armed_group=parties(groups),
        counterpart=parties(counterparts),
        mediator=parties(mediators),
        persons=parties(persons),
        country=country or code,
        place=where,
        date=when,
        released_number=number,
        confidence=0.9,
    )
    chosen = tuple(tags) or TAGS.get(kind or "", ("dialogue",))
    mentions = [Mention(0, 1, person, "PERSON", entity=person) for person in persons]
    return Evidence(
        passage_id=identity,
        document_id=document or f"document {identity}",
        text=text,
        language=language,
        tags=chosen,
        probabilities=dict.fromkeys(chosen, 0.9),
        events=(event,) if kind else (),
        mentions=tuple(mentions),
        outlet=outlet,
        published=day(published) if published else None,
    )
