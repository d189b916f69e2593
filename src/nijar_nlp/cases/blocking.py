"""Profiles into the pairs that are worth a comparison: those that share something, and are near in time."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nijar_nlp.cases.profiles import Profile

_PERIOD = 91  # days; each profile lies in its own period and the next, so that neighbours meet
_WINDOW = 16  # in a long block a profile meets this many next to it in time, if they share more than that
_GENERAL_WINDOW = 6  # and so many where all that they share is one of these:
_GENERAL = ("group", "mediator", "country", "name")
_TELLING_NAMES = 60  # a name told by more passages of half a year brings no two of them together
_NEXT = 8  # a report's passages meet those about this many around them
_CELL = 0.5  # degrees of a cell of the map
_TELLING_NUMBER = 5
_CHUNK = 65_536  # pairs that are held as Python's numbers at a time
_FIRM = ("article", "next", "copy", "person")  # any of these is enough, in however long a block
# The sorts of keys, a bit each; a town and the cell of the map that it lies in are one sort.
_SORTS = {"name": 1, "spot": 2, "cell": 2, "number": 4, "group": 8, "mediator": 16, "country": 32}
_ENOUGH = 64  # stands for a firm key, or for a short block


def pairs(profiles: Sequence[Profile], copies: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `profiles` (which are in the order of their ids), each once, in order.

    The number of pairs grows with the number of profiles, not with its square: a block longer than a window
    is sorted by time, and each profile meets its neighbours there. In so long a block neighbours are mostly
    of other cases, so that two profiles are a pair only where they meet in blocks of two sorts of keys, in
    each within its window.
    """
    found = _coded(profiles, copies)
    for begin in range(0, len(found), _CHUNK):
        ones, others = np.divmod(found[begin : begin + _CHUNK], max(1, len(profiles)))
        yield from zip(ones.tolist(), others.tolist(), strict=True)


def _coded(profiles: Sequence[Profile], copies: Mapping[str, str]) -> NDArray[np.int64]:
    """The pairs as one number each: the first position times the number of profiles, plus the second."""
    blocks, windows, shared, positions = _blocks(profiles, copies)
    days = np.array([_day(profile) for profile in profiles], dtype=np.int64)
    order = np.lexsort((positions, days[positions], blocks))
    blocks, windows, shared, positions = blocks[order], windows[order], shared[order], positions[order]
    found, sharing = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint8)]
    for step in range(1, _WINDOW + 1):
        meet = (blocks[step:] == blocks[:-step]) & (windows[step:] >= step)
        meet &= positions[step:] != positions[:-step]
        ones, others = positions[:-step][meet], positions[step:][meet]
        found.append(np.minimum(ones, others) * len(profiles) + np.maximum(ones, others))
        sharing.append(shared[step:][meet])
    return _sharing_enough(np.concatenate(found), np.concatenate(sharing))


def _sharing_enough(codes: NDArray[np.int64], shared: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Each pair once, in order, that shares a firm key, a short block, or two sorts of keys."""
    if not len(codes):
        return codes
    order = np.argsort(codes, kind="stable")
    codes, shared = codes[order], shared[order]
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    sorts = np.bitwise_or.reduceat(shared, first)
    several = (sorts & (sorts - 1)) != 0
    enough: NDArray[np.int64] = codes[first][(sorts >= _ENOUGH) | several]
    return enough


def _blocks(
    profiles: Sequence[Profile], copies: Mapping[str, str]
) -> tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.uint8], NDArray[np.int64]]:
    """A row for each key of each profile: the key as a number, how far it reaches, its sort as a bit, and
    the profile."""
    keys, windows, sorts, positions = array("q"), array("b"), array("B"), array("q")
    for position, profile in enumerate(profiles):
        for key in set(_keys(profile, copies)):
            keys.append(hash(key))
            windows.append(_GENERAL_WINDOW if key[0] in _GENERAL else _WINDOW)
            sorts.append(_ENOUGH if key[0] in _FIRM else _SORTS[str(key[0])])
            positions.append(position)
    codes = np.array(keys, dtype=np.int64)
    windows_of, sorts_of = np.array(windows, dtype=np.int8), np.array(sorts, dtype=np.uint8)
    _, block, counts = np.unique(codes, return_inverse=True, return_counts=True)
    sizes = counts[block]
    names = sorts_of == _SORTS["name"]
    telling = (sizes > 1) & ~(names & (sizes > _TELLING_NAMES))
    sorts_of[sizes <= windows_of] |= _ENOUGH
    return (
        codes[telling],
        windows_of[telling],
        sorts_of[telling],
        np.array(positions, dtype=np.int64)[telling],
    )


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
            yield "cell", round((spot.lat + 90.0) / _CELL), round((spot.lon + 180.0) / _CELL)
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
