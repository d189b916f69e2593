"""Groups that only go on with a known case told just before them: which case they belong to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from nijar_nlp.cases.profiles import Profile
from nijar_nlp.records import KnownCase

_REACH = 3  # so many passages after one that tells of the case, in the same article
_MOST_PASSAGES = 2  # a larger group stands for itself
_MARGIN_DAYS = 200  # what came before a case and after it is told with it


def strays(
    groups: Sequence[tuple[str, ...]],
    case_of_passage: Mapping[str, str],
    found: Mapping[str, Profile],
    cases: Mapping[str, KnownCase],
) -> dict[tuple[str, ...], str]:
    """By group, the known case that its passages go on with; groups with a matter of their own are left out.

    A passage that names no place, day or person of its own, or those of the case, tells more of what stands
    before it.
    """
    told: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for identity, case_id in case_of_passage.items():
        number = found[identity].number
        if number is not None:
            told[found[identity].article].append((number, case_id))
    joined = {}
    for members in groups:
        before = {_told_before(found[identity], told[found[identity].article]) for identity in members}
        case = cases.get(before.pop() or "") if len(before) == 1 else None
        if case and len(members) <= _MOST_PASSAGES and all(_fits(found[i], case) for i in members):
            joined[members] = case.id
    return joined


def _told_before(profile: Profile, told: Sequence[tuple[int, str]]) -> str | None:
    """The case of the nearest passage shortly before; `told` are the article's, as number and case."""
    if profile.number is None:
        return None
    before = [
        (profile.number - number, case) for number, case in told if 0 < profile.number - number <= _REACH
    ]
    return min(before)[1] if before else None


def _fits(profile: Profile, case: KnownCase) -> bool:
    if profile.countries and not profile.countries & set(case.countries):
        return False
    if profile.persons and not profile.persons & set(case.persons):
        return False
    if profile.span is None or "span" in profile.lent:
        return True
    first, last = case.start.toordinal() - _MARGIN_DAYS, case.end.toordinal() + _MARGIN_DAYS
    return profile.span.start <= last and profile.span.end >= first
