"""Candidates into links between them: what led to what, what ended what, what contradicts what."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from nijar_nlp.cases.profiles import party_key
from nijar_nlp.records import CandidateLink, CaseCandidate

_RELEASES = ("hostage_release", "swap", "ransom")
_TALKS = ("talks", "mediation", "ransom")
_HAPPENED, _DENIED = ("done", "agreed", "claimed"), ("denied", "refused", "failed")
_FOLLOW_DAYS, _SAME_DAYS, _CONTRADICT_DAYS = 1500, 400, 45
_WINDOW = 12  # each candidate meets so many that come after it, with the same group


def links(candidates: Sequence[CaseCandidate]) -> tuple[CandidateLink, ...]:
    """Links from an earlier candidate to a later one with the same armed group, or persons.

    `leads_to`: talks before a release or an agreement of the same sides. `follows`: a later matter of the
    same persons or place. `contradicts`: the same kind of thing, at one time, told as done and as denied.
    """
    by_key: dict[str, list[tuple[date, CaseCandidate]]] = defaultdict(list)
    for one in candidates:
        day = one.date and (one.date.start or one.date.end)
        if day:
            for party in (*one.armed_groups[:2], *one.persons[:4]):
                by_key[party_key(party)].append((day, one))
    found: dict[tuple[str, str], CandidateLink] = {}
    for told in by_key.values():
        told.sort(key=lambda pair: (pair[0], pair[1].id))
        for place, (day, one) in enumerate(told):
            for later, other in told[place + 1 : place + 1 + _WINDOW]:
                if one.id != other.id and (one.id, other.id) not in found:
                    for link in _links(one, other, (later - day).days):
                        found.setdefault((one.id, other.id), link)
    return tuple(found[key] for key in sorted(found))


def _links(one: CaseCandidate, other: CaseCandidate, days: int) -> Iterator[CandidateLink]:
    if one.country and other.country and one.country != other.country:
        return
    persons = _shared(one, other, "persons")
    sides = _shared(one, other, "counterparts") | _shared(one, other, "mediators")
    place = one.place and other.place and one.place.name and one.place.name == other.place.name
    if days <= _CONTRADICT_DAYS and set(one.types[:1]) & set(other.types[:1]) and _clash(one, other):
        yield CandidateLink("contradicts", one.id, other.id, f"told as {one.status} and as {other.status}")
    elif days <= _SAME_DAYS and (persons or sides) and _talked(one) and not _talked(other):
        names = ", ".join(sorted(persons or sides)[:3])
        yield CandidateLink("leads_to", one.id, other.id, f"talks {days} days before, with {names}")
    elif days <= _FOLLOW_DAYS and (persons or (place and set(one.types) & set(other.types))):
        what = f"the same persons ({', '.join(sorted(persons)[:3])})" if persons else "the same place"
        yield CandidateLink("follows", one.id, other.id, f"{days} days later, {what}")


def _talked(one: CaseCandidate) -> bool:
    return bool(one.types) and one.types[0] in _TALKS and not set(one.types[:1]) & set(_RELEASES[:2])


def _clash(one: CaseCandidate, other: CaseCandidate) -> bool:
    return (one.status in _HAPPENED and other.status in _DENIED) or (
        one.status in _DENIED and other.status in _HAPPENED
    )


def _shared(one: CaseCandidate, other: CaseCandidate, slot: str) -> set[str]:
    keys = {party_key(party) for party in getattr(other, slot)}
    return {party.text for party in getattr(one, slot) if party_key(party) in keys}
