"""Evidence into groups of passages that tell of one case: average linkage over the pairs worth comparing."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nijar_nlp.cases import blocking
from nijar_nlp.cases.context import in_context
from nijar_nlp.cases.duplicates import near_duplicates
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.pairs import Comparison, learned_weights
from nijar_nlp.cases.profiles import Profile, profiles
from nijar_nlp.cases.settings import CaseSettings
from nijar_nlp.records import Actor, Evidence

_LINK = 0.0  # mean log-odds from which two clusters become one
_CAP = 6.0  # no pair speaks louder than this, for or against
_SPEAKERS = 8  # members of a large cluster that are compared on its behalf, spread over its time
_LENT = 0.6  # what a passage counts for each slot that its article filled
_ANCHOR = 4.0  # log-odds for the same known case, and against two different ones


def group(
    evidence: Sequence[Evidence],
    settings: CaseSettings,
    actors: Sequence[Actor] | Mapping[str, Actor] = (),
    numbers: Mapping[str, int] | None = None,
) -> tuple[tuple[str, ...], ...]:
    """The ids of the passages, by case; every passage is in one group, whatever the order of `evidence`.

    `numbers` are the passages' numbers in their documents: in a long report neighbours speak of one matter.
    Two clusters become one only where their members agree on average: one weak link joins no two cases.
    """
    families = Families(actors)
    return group_profiles(
        in_context(profiles(evidence, families, numbers)), families, settings, copies_of(evidence), {}
    )


def copies_of(evidence: Sequence[Evidence]) -> dict[str, str]:
    """Copy → original passage over the whole evidence; the earliest published is the original."""
    ordered = sorted(evidence, key=lambda item: (_published(item), item.passage_id))
    found = near_duplicates([(item.passage_id, item.text) for item in ordered])
    return found | {item.passage_id: item.duplicate_of for item in ordered if item.duplicate_of}


def group_profiles(
    found: Sequence[Profile],
    families: Families,
    settings: CaseSettings,
    copies: Mapping[str, str],
    anchors: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
) -> tuple[tuple[str, ...], ...]:
    """Groups of profiles; `anchors` gives, by passage id, the known case that a passage surely tells of.

    `weights` are those of pairs; the learned ones by default.
    """
    comparison = Comparison(
        found,
        families,
        same_event_days=settings.same_event_days,
        copies=copies,
        weights=weights or learned_weights(),
    )
    clusters = _Clusters(found, comparison, anchors)
    clusters.join(blocking.pairs(found, copies))
    return clusters.groups()


class _Clusters:
    """Clusters that merge while the best pair of them agrees on average."""

    def __init__(self, found: Sequence[Profile], comparison: Comparison, anchors: Mapping[str, str]) -> None:
        self._profiles = found
        self._comparison = comparison
        self._anchors = anchors
        self._weights = [_LENT ** len(profile.lent) for profile in found]
        self._scores: dict[int, float] = {}  # by the pair as one number
        self._members: dict[int, list[int]] = {i: [i] for i in range(len(found))}
        self._neighbours: dict[int, set[int]] = defaultdict(set)
        self._heap: list[tuple[float, int, int]] = []

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Merge the best linked clusters until no two agree."""
        for one, other in pairs:
            score = self._compared(one, other)
            if score > _LINK:  # of the many pairs only these are asked for again
                self._scores[one * len(self._profiles) + other] = score
                self._neighbours[one].add(other)
                self._neighbours[other].add(one)
                self._push(one, other)
        following = len(self._profiles)
        while self._heap:
            _, one, other = heapq.heappop(self._heap)
            if one in self._members and other in self._members:
                self._merge(one, other, following)
                following += 1

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The passage ids by cluster, both in the order of ids."""
        ids = (tuple(sorted(self._profiles[i].id for i in members)) for members in self._members.values())
        return tuple(sorted(ids))

    def _merge(self, one: int, other: int, new: int) -> None:
        self._members[new] = sorted(
            self._members.pop(one) + self._members.pop(other),
            key=lambda i: (self._profiles[i].span or (0, 0), i),
        )
        around = (self._neighbours.pop(one) | self._neighbours.pop(other)) - {one, other}
        for neighbour in sorted(around):
            near = self._neighbours[neighbour]
            near -= {one, other}
            near.add(new)
            self._neighbours[new].add(neighbour)
            self._push(neighbour, new)

    def _push(self, one: int, other: int) -> None:
        link = self._link(self._members[one], self._members[other])
        if link > _LINK:
            heapq.heappush(self._heap, (-link, one, other))

    def _link(self, one: Sequence[int], other: Sequence[int]) -> float:
        """The mean log-odds of the pairs between two clusters, of their speakers where they are large.

        Passages that say less of their own count less.
        """
        pairs = [(a, b) for a in _speakers(one) for b in _speakers(other)]
        weights = [self._weights[a] * self._weights[b] for a, b in pairs]
        scores = [self._score(a, b) * weight for (a, b), weight in zip(pairs, weights, strict=True)]
        return math.fsum(scores) / math.fsum(weights)

    def _score(self, one: int, other: int) -> float:
        low, high = (one, other) if one < other else (other, one)
        key = low * len(self._profiles) + high
        if key not in self._scores:
            self._scores[key] = self._compared(low, high)
        return self._scores[key]

    def _compared(self, low: int, high: int) -> float:
        a, b = self._profiles[low], self._profiles[high]
        log_odds = self._comparison.log_odds(a, b) + self._anchor(a.id, b.id)
        return max(-_CAP, min(_CAP, log_odds))

    def _anchor(self, one: str, other: str) -> float:
        known, other_known = self._anchors.get(one), self._anchors.get(other)
        if known is None or other_known is None:
            return 0.0
        return _ANCHOR if known == other_known else -_ANCHOR


def _speakers(members: Sequence[int]) -> Sequence[int]:
    if len(members) <= _SPEAKERS:
        return members
    return [members[i * (len(members) - 1) // (_SPEAKERS - 1)] for i in range(_SPEAKERS)]


def _published(item: Evidence) -> str:
    published = item.published
    return str(published.start or published.end) if published else "9999"
