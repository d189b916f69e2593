"""Evidence into profiles: who, where, when, what and how many, in a form that two can be compared in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from nijar_nlp.cases.families import Families
from nijar_nlp.cases.folding import fold
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

_NEWS_DAYS = 10  # a news article tells of what happened in the days before it
_SLOW_DAYS = 60  # a document whose events are older than this on average is a report, not news
ARTICLE_PASSAGES = 15  # an article of more tagged passages than this is a report: its parts differ
_MONTH_DAYS = 31
_OPEN_DAYS = 365  # how far an interval without one of its ends may reach


class Span(NamedTuple):
    """Days from the first to the last, both included, as ordinals."""

    start: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.start


class Spot(NamedTuple):
    """A place that is nearer than a country: its folded name and, where known, its degrees."""

    name: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What one passage says of a case.

    `published` is the last day on which it can have been published, and `dateline` says that this is known to
    the month. `lent` names the slots that its article filled, not its own words.
    """

    id: str
    article: tuple[str, str, str]
    language: str
    text: str
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
    planned: bool = False
    lent: frozenset[str] = frozenset()

    @property
    def middle(self) -> date | None:
        """The day in the middle of the span, for looking up who belonged to whom."""
        return date.fromordinal((self.span.start + self.span.end) // 2) if self.span else None


def profiles(evidence: Iterable[Evidence], families: Families) -> list[Profile]:
    """One profile a passage, by passage id; slots that a short article's passage lacks are lent by it."""
    own = [_own(item, families) for item in sorted(evidence, key=lambda item: item.passage_id)]
    articles: dict[tuple[str, str, str], list[Profile]] = defaultdict(list)
    for profile in own:
        articles[profile.article].append(profile)
    lent: dict[str, Profile] = {}
    for members in articles.values():
        lent |= {profile.id: profile for profile in _lend(members)}
    return [lent[profile.id] for profile in own]


def party_key(party: Party) -> str:
    """The register's id of a party, or its folded words."""
    return party.id or "~" + fold(party.text)


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


def _own(item: Evidence, families: Families) -> Profile:
    events = item.events
    groups = frozenset(party_key(p) for event in events for p in event.armed_group)
    named = {m.entity or "~" + fold(m.text) for m in item.mentions if m.type == "ARMED_GROUP"}
    published = item.published
    return Profile(
        id=item.passage_id,
        article=(item.document_id, item.outlet, str(published.start if published else "")),
        language=item.language,
        text=item.text,
        published=(published.end or published.start) if published else None,
        dateline=_is_dateline(published),
        groups=groups or frozenset(named),
        others=frozenset(party_key(p) for event in events for p in event.counterpart),
        mediators=frozenset(party_key(p) for event in events for p in event.mediator),
        persons=_persons(item),
        countries=_countries(item, groups or frozenset(named), families),
        spots=_spots(item),
        span=_main_span(events),
        kinds=kinds_of(events, item.tags),
        numbers=_numbers(events),
        planned=bool(events)
        and all(event.status in ("called_for", "offered", "under_way") for event in events),
    )


def _is_dateline(published: DateInterval | None) -> bool:
    span = span_of(published)
    return span is not None and span.days <= _MONTH_DAYS


def _persons(item: Evidence) -> frozenset[str]:
    in_slots = {party_key(p) for event in item.events for p in event.persons}
    named = {m.entity or "~" + fold(m.name or m.text) for m in item.mentions if m.type == "PERSON"}
    return frozenset(person for person in in_slots | named if len(person) > 3)


def _countries(item: Evidence, groups: frozenset[str], families: Families) -> frozenset[str]:
    """The country of the case: the events', else the most named; a mediator's or a venue's where a group of
    other countries is at work says nothing, and a group of one country then says that."""
    homes = families.homes(groups)
    of_events = {event.country for event in item.events if event.country}
    if at_home := of_events & homes if homes else of_events:
        return frozenset(at_home)
    places = [m for m in item.mentions if m.type == "PLACE"]
    officials = [m for m in item.mentions if m.type == "ORG" or families.has_office(m.entity or "")]
    for mentions in (places, officials):
        named = Counter(m.country for m in mentions if m.country)
        likely = [code for code in named if not homes or code in homes]
        if likely:
            return frozenset({min(likely, key=lambda code: (-named[code], code))})
    return homes if len(homes) == 1 else frozenset()


def _spots(item: Evidence) -> tuple[Spot, ...]:
    """The events' places and the places named, countries left aside."""
    places: list[Place | Mention] = [event.place for event in item.events if event.place]
    places += [mention for mention in item.mentions if mention.type == "PLACE"]
    spots = {
        Spot(fold(place.name or place.text), place.lat, place.lon)
        for place in places
        if place.precision != "country"
    }
    return tuple(sorted(spots, key=lambda spot: (spot.name, spot.lat or 0.0, spot.lon or 0.0)))


def _main_span(events: Sequence[Event]) -> Span | None:
    """The days of the first event that has a date and that is not a mere policy, else of any."""
    dated = [(event, span) for event in events if (span := span_of(event.date))]
    deeds = [span for event, span in dated if event.type != "policy_statement"]
    return deeds[0] if deeds else dated[0][1] if dated else None


def _numbers(events: Sequence[Event]) -> frozenset[int]:
    counts = (n for e in events for n in (e.released_number, e.released_number_other_side))
    return frozenset(count for count in counts if count is not None)


def _lend(members: Sequence[Profile]) -> list[Profile]:
    """The passages of one article, each with the slots that it lacks and on which the others agree."""
    if len(members) > ARTICLE_PASSAGES:
        return list(members)
    groups = _shared(members, "groups")
    countries = _shared(members, "countries")
    span = _article_span(members)
    filled = []
    for profile in members:
        changes: dict[str, object] = {}
        if not profile.groups and groups:
            changes["groups"] = groups
        if not profile.countries and countries:
            changes["countries"] = countries
        if not profile.span and span:
            changes["span"] = span
        filled.append(replace(profile, **changes, lent=frozenset(changes)) if changes else profile)  # type: ignore[arg-type]
    return filled


def _shared(members: Sequence[Profile], slot: str) -> frozenset[str]:
    """The value of a slot where the passages of an article name one value only."""
    values = {getattr(profile, slot) for profile in members if getattr(profile, slot)}
    return next(iter(values)) if len(values) == 1 else frozenset()


def _article_span(members: Sequence[Profile]) -> Span | None:
    """When a news article's events happened: the days before its publication; unknown for a report."""
    published = members[0].published
    if published is None or not members[0].dateline:
        return None
    last = published.toordinal()
    ages = sorted(last - profile.span.end for profile in members if profile.span)
    if ages and ages[len(ages) // 2] > _SLOW_DAYS:
        return None
    return Span(last - _NEWS_DAYS, last)


def spreads(found: Sequence[Profile], slot: str) -> Mapping[object, int]:
    """In how many quarters of a year each value of a slot is named: one that is named in many is general."""
    quarters: dict[object, set[int]] = defaultdict(set)
    for profile in found:
        day = profile.span.end if profile.span else profile.published.toordinal() if profile.published else 0
        for value in getattr(profile, slot):
            quarters[value].add(day // 91)
    return {value: len(days) for value, days in quarters.items()}
