"""Evidence into profiles: who, where, when, what and how many, in a form that two can be compared in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from nijar_nlp.cases.dating import is_dateline
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.names import names_of
from nijar_nlp.cases.substance import tells_of_a_case, told_in_words
from nijar_nlp.folding import fold
from nijar_nlp.records import DateInterval, Event, Evidence, Mention, Party, Place

CAPTIVES, PRISONERS, TALKS, POLICY = "captives", "prisoners", "talks", "policy"
_KINDS = {
    "hostage_release": (CAPTIVES,),
    "ransom": (CAPTIVES,),
    "swap": (CAPTIVES, PRISONERS),
    "prisoner_release": (PRISONERS,),
    "amnesty": (PRISONERS, TALKS),
    "talks": (TALKS,),
    "mediation": (TALKS,),
    "ceasefire_or_local_agreement": (TALKS,),
    "policy_statement": (POLICY, TALKS),
}
_KINDS_OF_TAGS = {"hostage_exchange": CAPTIVES, "prisoner_release": PRISONERS, "dialogue": TALKS}

_WISHES = ("called_for", "offered", "under_way")
_SHARP_DAYS, _QUARTER, _SEASON_DAYS = 62, 91, 200
_HELD = 4096  # sets of parties, countries and kinds that are held once
_HELD_NAMES = 16_384
_OPEN_DAYS = 365  # how far an interval without one of its ends may reach


class Span(NamedTuple):
    """Days from the first to the last, both included, as ordinals."""

    start: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.start


class Spot(NamedTuple):
    """A place smaller than a country: folded name, degrees where known, and whether it is a whole region."""

    name: str
    lat: float | None
    lon: float | None
    is_region: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What one passage says of a case.

    `number` is its place in the document. `published` is the last day on which it can have been published,
    and `dateline` says that this is known to the week, as of news. `names` are skeletons of proper names,
    `days` the ordinals of all days told. `talked` says that nothing but talks and wishes are told, `done`
    that a release or an agreement is told as done. `coherent` says that its article tells of one matter, and
    `lent` names the slots that its article filled, not its own words.
    """

    id: str
    article: tuple[str, str, str]
    language: str
    text: str
    number: int | None
    published: date | None
    dateline: bool = False
    groups: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    mediators: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    spots: tuple[Spot, ...] = ()
    span: Span | None = None
    kinds: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()
    planned: bool = False
    talked: bool = False
    done: bool = False
    telling: bool = True
    coherent: bool = False
    lent: frozenset[str] = frozenset()

    @property
    def middle(self) -> date | None:
        """The day in the middle of the span, for looking up who belonged to whom."""
        return date.fromordinal((self.span.start + self.span.end) // 2) if self.span else None


def profiles(
    evidence: Iterable[Evidence], families: Families, numbers: Mapping[str, int] | None = None
) -> list[Profile]:
    """One profile a passage, in the order of passage ids, from the passage's own words alone.

    `numbers` are the passages' numbers in their documents, where known.
    """
    numbers = numbers or {}
    ordered = sorted(evidence, key=lambda item: item.passage_id)
    return [_own(item, families, numbers.get(item.passage_id)) for item in ordered]


def party_key(party: Party) -> str:
    """The register's id of a party, or its folded words."""
    return party.id or "~" + _folded(party.text)


@lru_cache(maxsize=_HELD_NAMES)
def _folded(name: str) -> str:
    """A name folded once: few differ, and each is asked for many times."""
    return fold(name)


def span_of(interval: DateInterval | None) -> Span | None:
    """The days of an interval; an open end reaches a year away."""
    if interval is None or (interval.start is None and interval.end is None):
        return None
    reach = timedelta(days=_OPEN_DAYS)
    start = interval.start or (interval.end and interval.end - reach)
    end = interval.end or (interval.start and interval.start + reach)
    if start is None or end is None:
        return None
    return Span(min(start, end).toordinal(), max(start, end).toordinal())


def kinds_of(events: Sequence[Event], tags: Iterable[str]) -> frozenset[str]:
    """Kinds of what happened: captives, prisoners, talks, policy; by the tags where no event was found."""
    if events:
        return frozenset(kind for event in events for kind in _KINDS.get(event.type, ()))
    return frozenset(_KINDS_OF_TAGS[tag] for tag in tags if tag in _KINDS_OF_TAGS)


def _own(item: Evidence, families: Families, number: int | None) -> Profile:
    events = item.events
    groups = frozenset(party_key(p) for event in events for p in event.armed_group)
    named = {m.entity or "~" + _folded(m.text) for m in item.mentions if m.type == "ARMED_GROUP"}
    published = item.published
    return Profile(
        id=item.passage_id,
        article=(item.document_id, item.outlet, str(published.start if published else "")),
        number=number,
        language=item.language,
        text=item.text,
        published=(published.end or published.start) if published else None,
        dateline=is_dateline(published),
        groups=_one(groups or frozenset(named)),
        others=_one(frozenset(party_key(p) for event in events for p in event.counterpart)),
        mediators=_one(frozenset(party_key(p) for event in events for p in event.mediator)),
        persons=_persons(item),
        countries=_one(_countries(item, groups or frozenset(named), families)),
        spots=_spots(item, families),
        span=_main_span(item),
        kinds=_one(kinds_of(events, item.tags)),
        numbers=_numbers(events),
        names=names_of(item),
        days=_days(item),
        telling=tells_of_a_case(item) or not item.tags,
        planned=bool(events) and all(event.status in _WISHES for event in events),
        talked=bool(events) and not any(map(_is_deed, told_in_words(events))),
        done=any(map(_is_deed, told_in_words(events))),
    )


@lru_cache(maxsize=_HELD)
def _one(values: frozenset[str]) -> frozenset[str]:
    """The same set, one object for those that are equal: few differ, and each passage holds several."""
    return values


def _is_deed(event: Event) -> bool:
    return event.status not in _WISHES and event.type not in ("talks", "mediation", "policy_statement")


def _persons(item: Evidence) -> frozenset[str]:
    in_slots = {party_key(p) for event in item.events for p in event.persons}
    named = {m.entity or "~" + _folded(m.name or m.text) for m in item.mentions if m.type == "PERSON"}
    return frozenset(person for person in in_slots | named if len(person) > 3)


def _countries(item: Evidence, groups: frozenset[str], families: Families) -> frozenset[str]:
    """The country of the case: the events' where words name it, else the most named, else a local group's.

    Only countries where the passage's groups are at work count, or any group where it names none: the others
    are a mediator's, a captive's or the venue's. In a country's chapter of a report it is that country,
    unless an event's country is named.
    """
    homes = families.homes(groups)
    stage = homes or families.stage
    if item.chapter and (item.chapter in stage or not stage) and not _names_another_country(item):
        return frozenset({item.chapter})
    places = [m for m in item.mentions if m.type == "PLACE" and not families.is_surname(m.text)]
    officials = [m for m in item.mentions if m.type == "ORG" or families.has_office(m.entity or "")]
    named = {m.country for m in item.mentions if m.type not in ("ARMED_GROUP", "PLACE")}
    named |= {m.country for m in places}
    named |= {e.place.country for e in item.events if e.place and not families.is_surname(e.place.text)}
    of_events = {event.country for event in item.events if event.country}
    if len(homes) > 1:  # the country may be no more than one of the group's
        of_events &= named
    if at_work := {code for code in of_events if code in stage or not stage}:
        return frozenset(at_work)
    for mentions in (places, officials):
        told = Counter(m.country for m in mentions if m.country and (m.country in stage or not stage))
        if told:
            return frozenset({min(told, key=lambda code: (-told[code], code))})
    return stage if len(stage) == 1 else frozenset()


def _names_another_country(item: Evidence) -> bool:
    """Whether a country is named in which an event is, and it is not that of the passage's chapter."""
    named = {m.country for m in item.mentions if m.type == "PLACE" and m.precision == "country"}
    return bool(named & {event.country for event in item.events} - {item.chapter, ""})


def _spots(item: Evidence, families: Families) -> tuple[Spot, ...]:
    """The events' places and the places named, countries left aside."""
    of_events = [event.place for event in item.events if event.place]
    places: list[Place | Mention] = [p for p in of_events if not families.is_surname(p.text)]
    places += [m for m in item.mentions if m.type == "PLACE" and not families.is_surname(m.text)]
    spots = {
        Spot(_folded(place.name or place.text), place.lat, place.lon, place.precision == "admin")
        for place in places
        if place.precision != "country"
    }
    return tuple(sorted(spots, key=lambda spot: (spot.name, spot.lat or 0.0, spot.lon or 0.0)))


def _main_span(item: Evidence) -> Span | None:
    """The days of the first event that has a date and is not a mere policy, else of any.

    Where that is vague ("since 2018"), the first sharp date of the passage, if it has one; within a season
    ("mid-2006") only one that is in it.
    """
    dated = [(event, span) for event in item.events if (span := span_of(event.date))]
    deeds = [span for event, span in dated if event.type != "policy_statement"]
    main = deeds[0] if deeds else dated[0][1] if dated else None
    if main is None or main.days <= _SHARP_DAYS:
        return main
    named = [span for m in item.mentions if m.type == "DATE" and (span := span_of(m.interval))]
    sharp = [span for span in named if span.days <= _SHARP_DAYS]
    if main.days <= _SEASON_DAYS:
        sharp = [span for span in sharp if span.start <= main.end and main.start <= span.end]
    return next(iter(sharp), main)


def _days(item: Evidence) -> frozenset[int]:
    intervals = (m.interval for m in item.mentions if m.type == "DATE" and m.interval)
    return frozenset(i.start.toordinal() for i in intervals if i.start and i.start == i.end)


def _numbers(events: Sequence[Event]) -> frozenset[int]:
    counts = (n for e in events for n in (e.released_number, e.released_number_other_side))
    return frozenset(count for count in counts if count is not None)


def spreads(found: Sequence[Profile], slot: str) -> Mapping[object, int]:
    """In how many quarters of a year each value of a slot is named: one that is named in many is general."""
    quarters: dict[object, set[int]] = defaultdict(set)
    for profile in found:
        day = profile.span.end if profile.span else profile.published and profile.published.toordinal()
        for value in getattr(profile, slot):
            quarters[value].update([day // _QUARTER] if day else [])
    return {value: max(1, len(days)) for value, days in quarters.items()}
