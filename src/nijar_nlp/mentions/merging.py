"""Rival mentions of one stretch of text into those that stay."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nijar_nlp.records import Mention


class Claim(NamedTuple):
    """A mention and the right by which it holds its stretch; the highest `rank` wins, then the longest."""

    rank: int
    mention: Mention


def settle(claims: Iterable[Claim]) -> list[Mention]:
    """The mentions that stay, in order, without overlaps."""
    ordered = sorted(claims, key=lambda c: (-c.rank, c.mention.start - c.mention.end, c.mention.start))
    taken: list[tuple[int, int]] = []
    kept: list[Mention] = []
    for claim in ordered:
        if is_free(taken, claim.mention.start, claim.mention.end):
            insort(taken, (claim.mention.start, claim.mention.end))
            kept.append(claim.mention)
    return sorted(kept, key=lambda m: m.start)


def is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether no stretch of the sorted ones overlaps this one."""
    at = bisect_left(taken, (start, end))
    if at < len(taken) and taken[at][0] < end:
        return False
    return at == 0 or taken[at - 1][1] <= start
