"""Groups beside the known cases: which are known, which passages belong to another, which go on with one."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nijar_nlp.cases.families import Families
from nijar_nlp.cases.known import KnownCases
from nijar_nlp.cases.profiles import Profile
from nijar_nlp.records import KnownCase, Match

Members = tuple[str, ...]
Settled = list[tuple[Members, Match | None]]

_OWN = 0.6  # a passage that alone tells of a known case this probably leaves a group that does not
_MORE = 0.4  # log-odds by which its own case must be likelier than that of its group
_ONE_MATTER = 1.5  # what the others of its article say for its group, where the article is of one matter
_REACH = 3  # so many passages after one that tells of a case, in the same article
_FAR_REACH = 6  # and so many for a passage that names nothing of its own
_NEAR = 3.0  # log-odds that a case told in the passage just before lends; half of it two before
_IN_ARTICLE = 0.5  # and that a case told anywhere in the article lends
_GOES_ON = -1.5  # log-odds from which a passage goes on with a case told before it
_MOST_PASSAGES = 3  # a larger group stands for itself
_MARGIN_DAYS = 200  # what came before a case and after it is told with it


class Settling:
    """Settles groups of passages, given the profiles by passage id and the known cases."""

    def __init__(
        self, found: Mapping[str, Profile], known: Sequence[KnownCase], families: Families, threshold: float
    ) -> None:
        self._found = found
        self._families = families
        self._threshold = threshold
        self._register = KnownCases(known, families)
        self._cases = {case.id: case for case in known}
        self._alone = self._likeliest()
        self._nearest: dict[Members, Match | None] = {}

    def sure(self, least: float) -> dict[str, str]:
        """By passage id, the known case that it alone tells of this probably; `least` is _OWN or more."""
        return {i: case for i, (case, odds) in self._alone.items() if odds >= _log_odds(least)}

    def settle(self, groups: Sequence[Members]) -> Settled:
        """Each group with its nearest known case; the groups of one known case made one, the best match
        theirs."""
        by_case: dict[str, set[str]] = defaultdict(set)
        best: dict[str, Match] = {}
        rest: list[Members] = []
        for members in groups:
            match = self.nearest(members)
            case = match.case_id if match and match.probability >= self._threshold else None
            stay, leave = self._leavers(members, case)
            for identity, other in leave.items():
                by_case[other].add(identity)
            if stay and match and case:
                by_case[case].update(stay)
                best[case] = min(match, best.get(case, match), key=lambda m: (-m.probability, m.reasons_for))
            elif stay:
                rest.append(stay)
        new = self._without_strays(rest, by_case)
        known = [
            (tuple(sorted(members)), self._best(case, members, best)) for case, members in by_case.items()
        ]
        return sorted([*known, *new], key=lambda pair: pair[0])

    def nearest(self, members: Members) -> Match | None:
        """The most probable known case of a group of passages."""
        if members not in self._nearest:
            found = [self._found[identity] for identity in members]
            self._nearest[members] = self._register.nearest(found)
        return self._nearest[members]

    def _best(self, case: str, members: Iterable[str], best: Mapping[str, Match]) -> Match:
        if case in best:
            return best[case]
        return max(
            (self._register.match([self._found[identity]], case) for identity in sorted(members)),
            key=lambda match: match.probability,
        )

    def _likeliest(self) -> dict[str, tuple[str, float]]:
        """By passage id, the known case that it most probably tells of by itself, from _OWN on, and how."""
        likeliest = {}
        for identity, profile in self._found.items():
            odds = self._register.likely(profile, _log_odds(_OWN))
            if odds:
                case = max(sorted(odds), key=lambda name: odds[name])
                likeliest[identity] = case, odds[case]
        return likeliest

    def _odds(self, identity: str, case: str) -> float:
        return self._register.log_odds(self._found[identity], case)

    def _leavers(self, members: Members, case: str | None) -> tuple[Members, dict[str, str]]:
        """Who stays in a group, and by passage the other known case of those who surely tell of that."""
        leave = {}
        for identity in members:
            own, odds = self._alone.get(identity, (case, 0.0))
            if own is None or own == case:
                continue
            more = _MORE + self._held(identity, members)
            if case is None or odds - self._odds(identity, case) >= more:
                leave[identity] = own
        return tuple(identity for identity in members if identity not in leave), leave

    def _held(self, identity: str, members: Members) -> float:
        profile = self._found[identity]
        beside = sum(self._found[other].article == profile.article for other in members)
        return _ONE_MATTER if profile.coherent and beside > 1 else 0.0

    def _without_strays(self, groups: Sequence[Members], by_case: dict[str, set[str]]) -> Settled:
        """The groups that stand for themselves; those that only go on with a known case are put to it."""
        told: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
        for case, told_by in by_case.items():
            for identity in told_by:
                number = self._found[identity].number
                if number is not None:
                    told[self._found[identity].article].append((number, case))
        kept: Settled = []
        for members in groups:
            cases = {self._goes_on(self._found[i], told[self._found[i].article]) for i in members}
            goes_on = cases.pop() if len(cases) == 1 and len(members) <= _MOST_PASSAGES else None
            if goes_on:
                by_case[goes_on].update(members)
            else:
                kept.append((members, self.nearest(members)))
        return kept

    def _goes_on(self, profile: Profile, told: Sequence[tuple[int, str]]) -> str | None:
        """The known case that a passage goes on with, or leads to just after.

        `told` are those of the article, as number and case.
        """
        if profile.number is None:
            return None
        reach = _REACH if _says(profile) else _FAR_REACH
        before = [(profile.number - n, case) for n, case in told if 0 < profile.number - n <= reach]
        before += [(1, case) for n, case in told if n - profile.number == 1]
        if not before:
            return None
        nearest = min(before)
        if not _says(profile):
            return nearest[1]
        scores = {
            case: self._odds(profile.id, case)
            + _IN_ARTICLE
            + (_NEAR / distance if (distance, case) == nearest else 0.0)
            for distance, case in before
        }
        best = max(sorted(scores), key=lambda case: scores[case])
        fits = self._fits(profile, self._cases[best])
        return best if fits and (scores[best] >= _GOES_ON or best == nearest[1]) else None

    def _fits(self, profile: Profile, case: KnownCase) -> bool:
        if profile.countries and not profile.countries & set(case.countries):
            return False
        private = {name for name in profile.persons if not self._families.has_office(name)}
        if private and not private & set(case.persons):
            return False
        if profile.span is None or "span" in profile.lent:
            return True
        first, last = case.start.toordinal() - _MARGIN_DAYS, case.end.toordinal() + _MARGIN_DAYS
        return profile.span.start <= last and profile.span.end >= first


def _says(profile: Profile) -> bool:
    """Whether a passage names a group, person, place or day of its own."""
    own_span = profile.span is not None and "span" not in profile.lent
    own_groups = bool(profile.groups) and "groups" not in profile.lent
    return own_span or own_groups or bool(profile.persons) or bool(profile.spots)


def _log_odds(probability: float) -> float:
    return math.log(probability / (1.0 - probability))
