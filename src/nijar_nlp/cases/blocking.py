"""Profiles into the pairs that are worth a comparison: those that share something, and are near in time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nijar_nlp.cases.profiles import Profile

_PERIOD = 91  # days; each profile lies in its own period and the next, so that neighbours meet
_WINDOW = 16  # in a long block a profile meets this many next to it in time
_NEXT = 8  # a report's passages meet those about this many around them
_CELL = 0.5  # degrees of a cell of the map
_TELLING_NUMBER = 5


def pairs(profiles: Sequence[Profile], copies: Mapping[str, str]) -> list[tuple[int, int]]:
    """Pairs of positions in `profiles` (which are in the order of their ids), each once, in order.

    The number of pairs grows with the number of profiles, not with its square: a block longer than a window
    is sorted by time, and each profile meets its neighbours there.
    """
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        for key in set(_keys(profile, copies)):
            blocks[key].append(position)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        members.sort(key=lambda position: (_day(profiles[position]), position))
        for rank, one in enumerate(members):
            found.update((min(one, b), max(one, b)) for b in members[rank + 1 : rank + 1 + _WINDOW])
    return sorted(found)


def _keys(profile: Profile, copies: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    if profile.coherent:
        yield "article", *profile.article
    elif profile.number is not None:
        yield from (
            ("next", *profile.article, (profile.number + shift) // _NEXT) for shift in (0, _NEXT // 2)
        )
    yield "copy", copies.get(profile.id, profile.id)
    for person in profile.persons:
        yield "person", person
    for name in profile.names:
        for period in _periods(profile):
            yield "name", name, period
    for spot in profile.spots:
        yield "spot", spot.name
        if spot.lat is not None and spot.lon is not None:
            yield "cell", round(spot.lat / _CELL), round(spot.lon / _CELL)
    for number in profile.numbers:
        if number >= _TELLING_NUMBER:
            for country in profile.countries:
                yield "number", number, country
    for period in _periods(profile):
        for name, values in _general(profile):
            for value in values:
                yield name, value, period


def _general(profile: Profile) -> Iterable[tuple[str, frozenset[str]]]:
    return (
        ("group", profile.groups),
        ("mediator", profile.mediators),
        ("country", frozenset(f"{c} {kind}" for c in profile.countries for kind in profile.kinds)),
    )


def _periods(profile: Profile) -> tuple[int, ...]:
    day = _day(profile)
    return (-1,) if day == 0 else (day // _PERIOD, day // _PERIOD + 1)


def _day(profile: Profile) -> int:
    if profile.span:
        return (profile.span.start + profile.span.end) // 2
    return profile.published.toordinal() if profile.published else 0
