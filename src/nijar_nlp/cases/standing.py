"""Groups of one standing agreement or negotiation made one: breaches and renewals are its evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from nijar_nlp.cases.families import Families
from nijar_nlp.cases.profiles import CAPTIVES, PRISONERS, TALKS, Profile

Members = tuple[str, ...]

_MOST = 0.6  # share of a group's passages that speak of talks, or of an agreement
_HELD = 0.4  # share that speak of captives or prisoners, from which a group is a matter of its own
_GAP_DAYS = 120  # a standing matter may be silent for so long
_SPAN_DAYS = 400  # passages vaguer than this do not place a group in time


class _Matter(NamedTuple):
    """What a group of passages on talks is about: whose, with whom, through whom, where and when."""

    country: str
    group: str
    others: frozenset[str]
    mediators: frozenset[str]
    articles: frozenset[tuple[str, str, str]]
    towns: frozenset[str]
    start: int
    end: int


def joined(groups: Sequence[Members], found: Mapping[str, Profile], families: Families) -> list[Members]:
    """The same groups, those of one standing matter made one.

    A standing matter is told in reports, month by month: talks or an agreement of one armed group with
    one other side, never silent for long; in different reports also in one country, and not through different
    mediators. Groups that rest on news alone stay as they are: there two truces of one year are two. What a
    report says of such a matter without naming it goes with it, where the report has no other.
    """
    by_group: dict[str, list[tuple[_Matter, Members]]] = defaultdict(list)
    others: list[Members] = []
    for members in groups:
        matter = _matter([found[identity] for identity in members], families)
        if matter is None:
            others.append(members)
        else:
            by_group[matter.group].append((matter, members))
    chains = [
        chain
        for told in by_group.values()
        for chain in _chained(sorted(told, key=lambda pair: (pair[0].start, pair[0].end, pair[1])))
    ]
    return _with_echoes(sorted(chains, key=lambda chain: chain[1]), others, found, families)


def _with_echoes(
    chains: Sequence[tuple[_Matter, Members]],
    others: Iterable[Members],
    found: Mapping[str, Profile],
    families: Families,
) -> list[Members]:
    """The matters' members and the other groups, those that echo the only such matter of their report in it.

    "The ceasefire", "the peace talks": a report's paragraph that names no group but the matter's and no other
    town speaks of the one matter in the country of which the report tells.
    """
    joined_to: dict[int, set[str]] = {number: set(members) for number, (_, members) in enumerate(chains)}
    told_in: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, (matter, _) in enumerate(chains):
        for article in matter.articles:
            told_in[article].append(number)
    kept: list[Members] = []
    for members in others:
        profiles = [found[identity] for identity in members]
        near = told_in.get(profiles[0].article, ())
        heard = [number for number in near if _echoes(profiles, chains[number][0], families)]
        if len(heard) == 1:
            joined_to[heard[0]].update(members)
        else:
            kept.append(members)
    return sorted([*kept, *(tuple(sorted(members)) for members in joined_to.values())])


def _echoes(members: Sequence[Profile], matter: _Matter, families: Families) -> bool:
    """Whether a group of passages may speak of a matter: talks in its report and country, in its time."""
    others = frozenset(home for member in members for home in _homes(member.others, families))
    spans = [m.span for m in members if m.span and m.span.days <= _SPAN_DAYS and "span" not in m.lent]
    return (
        {member.article for member in members} <= matter.articles
        and all(member.countries == {matter.country} for member in members)
        and all(member.groups <= {matter.group} for member in members)
        and _towns(members) <= matter.towns
        and not (others and matter.others and not others & matter.others)
        and _is_of_talks(members)
        and sum(member.done or member.talked for member in members) >= _MOST * len(members)
        and all(span.start - matter.end <= _GAP_DAYS for span in spans)
        and all(matter.start - span.end <= _GAP_DAYS for span in spans)
    )


def _chained(told: Sequence[tuple[_Matter, Members]]) -> list[tuple[_Matter, Members]]:
    chains: list[tuple[_Matter, Members]] = []
    for matter, members in told:
        for place, (before, earlier) in enumerate(chains):
            if _continues(before, matter):
                both = before._replace(
                    country=before.country or matter.country,
                    others=before.others | matter.others,
                    mediators=before.mediators | matter.mediators,
                    articles=before.articles | matter.articles,
                    towns=before.towns | matter.towns,
                    end=max(before.end, matter.end),
                )
                chains[place] = (both, tuple(sorted(earlier + members)))
                break
        else:
            chains.append((matter, members))
    return chains


def _continues(before: _Matter, after: _Matter) -> bool:
    if after.start - before.end > _GAP_DAYS:
        return False
    others = before.others & after.others
    if before.others and after.others and not others:
        return False
    if others and before.articles & after.articles:
        return True
    if before.country and after.country and before.country != after.country:
        return False
    return not (before.mediators and after.mediators and not before.mediators & after.mediators)


def _matter(members: Sequence[Profile], families: Families) -> _Matter | None:
    """What a group is about, if it is one of talks told in a report; None for any other."""
    if all(member.dateline and member.coherent for member in members) or all(
        member.number is None for member in members
    ):
        return None
    if not _is_of_talks(members):
        return None
    country, group = _most(members, "countries"), _most(members, "groups")
    spans = [m.span for m in members if m.span and m.span.days <= _SPAN_DAYS and "span" not in m.lent]
    if not group or group.startswith("~") or not spans:
        return None
    return _Matter(
        country,
        group,
        frozenset(home for member in members for home in _homes(member.others, families)),
        frozenset(mediator for member in members for mediator in member.mediators),
        frozenset(member.article for member in members),
        _towns(members),
        min(span.start for span in spans),
        max(span.end for span in spans),
    )


def _towns(members: Sequence[Profile]) -> frozenset[str]:
    return frozenset(spot.name for member in members for spot in member.spots if not spot.is_region)


def _is_of_talks(members: Sequence[Profile]) -> bool:
    talks = sum(TALKS in member.kinds for member in members)
    held = sum(bool({CAPTIVES, PRISONERS} & member.kinds) for member in members)
    return talks >= _MOST * len(members) and held <= _HELD * len(members)


def _homes(others: frozenset[str], families: Families) -> frozenset[str]:
    """The states that parties are, or are organs of; a community or a person stands for itself."""
    homes: set[str] = set()
    for other in others:
        countries = families.countries(other)
        homes.update(countries if len(countries) == 1 else [other] if not other.startswith("~") else [])
    return frozenset(homes)


def _most(members: Sequence[Profile], slot: str) -> str:
    told = Counter(value for member in members for value in getattr(member, slot))
    return min(told, key=lambda value: (-told[value], value), default="")
