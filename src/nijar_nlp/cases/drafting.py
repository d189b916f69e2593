"""A candidate and its evidence into a draft of its case record, each value with the passages that say it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from nijar_nlp.cases.families import Families
from nijar_nlp.cases.profiles import party_key
from nijar_nlp.records import (
    EVENT_STATUSES,
    Actor,
    CaseCandidate,
    CaseRecord,
    CaseSchema,
    CaseValue,
    DateInterval,
    Event,
    Evidence,
    Party,
)

_MOST_VALUES = 12
_RELEASES = ("hostage_release", "prisoner_release", "swap")
_HAPPENED = ("done", "agreed")
_LOCAL_TYPES, _ABROAD_TYPES = ("community",), ("state", "organisation")

Filler = Callable[["_Draft"], Iterable[CaseValue]]


class _Draft:
    """A candidate, its evidence and the register, ready for the fillers."""

    def __init__(
        self, candidate: CaseCandidate, evidence: Sequence[Evidence], actors: Mapping[str, Actor]
    ) -> None:
        self.candidate = candidate
        self.evidence = tuple(sorted(evidence, key=lambda item: item.passage_id))
        self.actors = actors
        self.families = Families(actors)

    def passages(self, says: Callable[[Event], bool]) -> tuple[str, ...]:
        """The passages with an event that says something."""
        return tuple(item.passage_id for item in self.evidence if any(map(says, item.events)))

    def of_types(self, kinds: Sequence[str], statuses: Sequence[str]) -> tuple[str, ...]:
        """The passages with an event of one of these types that has one of these statuses."""
        return self.passages(lambda event: event.type in kinds and event.status in statuses)

    def from_source(self, source: str) -> tuple[str, ...]:
        """The passages with an event on the word of a source."""
        return self.passages(lambda event: event.source == source)

    def parties(self, variable: str, slot: str) -> Iterable[CaseValue]:
        """The parties of a slot, the most told first."""
        for party in getattr(self.candidate, slot)[:_MOST_VALUES]:
            yield CaseValue(variable, party.text, party.id, self.naming(party))

    def naming(self, party: Party) -> tuple[str, ...]:
        """The passages that name a party in any slot."""
        key = party_key(party)
        slots = ("armed_group", "counterpart", "mediator", "persons")
        return self.passages(lambda event: any(party_key(p) == key for s in slots for p in getattr(event, s)))

    def number(self, variable: str, of: Callable[[Event], int | None]) -> Iterable[CaseValue]:
        """The number that most events give; of equals the larger one."""
        told = [number for item in self.evidence for event in item.events if (number := of(event))]
        if told:
            best = max(set(told), key=lambda number: (told.count(number), number))
            yield CaseValue(variable, str(best), None, self.passages(lambda event: of(event) == best))


def draft_record(
    candidate: CaseCandidate,
    evidence: Sequence[Evidence],
    schema: CaseSchema,
    actors: Sequence[Actor] | Mapping[str, Actor] = (),
) -> CaseRecord:
    """The schema's variables as far as the evidence tells them, in the schema's order; the rest stay empty.

    `evidence` are the candidate's passages. A variable that the schema no longer has is not filled.
    """
    listed = actors if isinstance(actors, Mapping) else {actor.id: actor for actor in actors}
    draft = _Draft(candidate, evidence, listed)
    values = [
        value
        for variable in schema.variables
        if (filler := _FILLERS.get(variable.id))
        for value in filler(draft)
    ]
    return CaseRecord(candidate.id, schema.version, tuple(values))


def _all_passages(draft: _Draft) -> tuple[str, ...]:
    return tuple(item.passage_id for item in draft.evidence)


def _title(draft: _Draft) -> Iterable[CaseValue]:
    yield CaseValue("title", draft.candidate.title, None, _all_passages(draft))


def _country(draft: _Draft) -> Iterable[CaseValue]:
    if code := draft.candidate.country:
        yield CaseValue("country", code, None, draft.passages(lambda event: event.country == code))


def _place(draft: _Draft) -> Iterable[CaseValue]:
    place = draft.candidate.place
    if place:
        name = place.name or place.text
        told = draft.passages(
            lambda event: event.place is not None and name in (event.place.name, place.text)
        )
        yield CaseValue("place", name, None, told)


def _type(draft: _Draft) -> Iterable[CaseValue]:
    for kind in draft.candidate.types:
        yield CaseValue("type", kind, None, draft.of_types([kind], EVENT_STATUSES))


def _level(draft: _Draft) -> Iterable[CaseValue]:
    """International through a foreign state or an organisation, local through a community, else national."""
    homes = {
        draft.candidate.country,
        *draft.families.homes(p.id for p in draft.candidate.armed_groups if p.id),
    }
    levels: dict[str, list[Party]] = {"international": [], "national": [], "local": []}
    for party in (*draft.candidate.counterparts, *draft.candidate.mediators):
        actor = draft.actors.get(party.id or "")
        if actor is None:
            continue
        if actor.type in _ABROAD_TYPES and not homes & set(actor.countries):
            levels["international"].append(party)
        elif actor.type in _LOCAL_TYPES:
            levels["local"].append(party)
        elif actor.type in ("state", "state_body"):
            levels["national"].append(party)
    for level, parties in levels.items():
        if parties:
            told = sorted({passage for party in parties for passage in draft.naming(party)})
            yield CaseValue("level", level, None, tuple(told))
            return


def _start(draft: _Draft) -> Iterable[CaseValue]:
    yield from _day(draft, "start", lambda interval: interval.start)


def _end(draft: _Draft) -> Iterable[CaseValue]:
    if draft.candidate.status in ("done", "agreed", "failed"):
        yield from _day(draft, "end", lambda interval: interval.end)


def _day(draft: _Draft, variable: str, of: Callable[[DateInterval], object]) -> Iterable[CaseValue]:
    interval = draft.candidate.date
    day = of(interval) if interval else None
    if day:
        told = draft.passages(lambda event: event.date is not None and of(event.date) == day)
        yield CaseValue(variable, str(day), None, told)


def _status(draft: _Draft) -> Iterable[CaseValue]:
    candidate = draft.candidate
    if candidate.status:
        kind, status = candidate.types[0], candidate.status
        told = draft.of_types([kind], [status])
        yield CaseValue("status", status, None, told)


def _concessions_state(draft: _Draft) -> Iterable[CaseValue]:
    for concession, kinds in (
        ("release", ("prisoner_release", "swap")),
        ("ransom", ("ransom",)),
        ("amnesty", ("amnesty",)),
    ):
        told = draft.of_types(kinds, _HAPPENED)
        if told:
            yield CaseValue("concessions_state", concession, None, told)


def _concessions_group(draft: _Draft) -> Iterable[CaseValue]:
    for concession, kinds in (
        ("release", ("hostage_release", "swap")),
        ("ceasefire", ("ceasefire_or_local_agreement",)),
    ):
        told = draft.of_types(kinds, _HAPPENED)
        if told:
            yield CaseValue("concessions_group", concession, None, told)


def _sides(event: Event) -> tuple[int | None, int | None]:
    """How many the armed group gives up, and how many the other side."""
    if event.type not in _RELEASES:
        return None, None
    if event.type == "prisoner_release":
        return None, event.released_number
    return event.released_number, event.released_number_other_side


def _outcome(draft: _Draft) -> Iterable[CaseValue]:
    """Open while it runs, none where it failed; whether an agreement was kept is for a person to say."""
    value = {"failed": "none", "refused": "none", "under_way": "open"}.get(draft.candidate.status)
    if value:
        yield from (CaseValue("outcome", value, None, item.passage_ids) for item in _status(draft))


def _sources(draft: _Draft) -> Iterable[CaseValue]:
    told: dict[str, list[str]] = {}
    for item in draft.evidence:
        day = item.published and (item.published.start or item.published.end)
        words = ", ".join(part for part in (item.outlet or item.document_id, str(day or "")) if part)
        told.setdefault(words, []).append(item.passage_id)
    for words, passages in sorted(told.items()):
        yield CaseValue("sources", words, None, tuple(passages))


def _claims(draft: _Draft) -> Iterable[CaseValue]:
    for source in sorted({event.source for item in draft.evidence for event in item.events if event.source}):
        told = draft.from_source(source)
        yield CaseValue("claims", source, None, told)


_FILLERS: Mapping[str, Filler] = {
    "title": _title,
    "country": _country,
    "place": _place,
    "type": _type,
    "level": _level,
    "armed_group": lambda draft: draft.parties("armed_group", "armed_groups"),
    "counterpart": lambda draft: draft.parties("counterpart", "counterparts"),
    "mediator": lambda draft: draft.parties("mediator", "mediators"),
    "persons": lambda draft: draft.parties("persons", "persons"),
    "start": _start,
    "end": _end,
    "status": _status,
    "concessions_state": _concessions_state,
    "concessions_group": _concessions_group,
    "released_by_group": lambda draft: draft.number("released_by_group", lambda event: _sides(event)[0]),
    "released_by_state": lambda draft: draft.number("released_by_state", lambda event: _sides(event)[1]),
    "outcome": _outcome,
    "sources": _sources,
    "claims": _claims,
}
