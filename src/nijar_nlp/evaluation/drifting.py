"""Documents before and documents now into what has moved between them."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, pvariance

# As on a control chart: so many standard errors away from the past. Four leave one in 16,000 to chance.
SIGMAS = 4.0
# Fewer documents show nothing: those of the past give the spread, those of now the mean.
LEAST_BEFORE = 20
LEAST_NOW = 5
_MOST_PASSAGES = 5


@dataclass(frozen=True)
class Look:
    """What was found in one document.

    `values` has by series (a tag's share of the passages, its mean probability) a number from 0 to 1;
    `passages` has by series, group name and language the ids of the passages that show it best, best first.
    """

    document_id: str
    outlet: str
    month: str
    language: str
    n_passages: int
    values: Mapping[str, float]
    groups: Collection[str] = ()
    passages: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """Something that is not as it was: `kind` is rate, group or language; `what` is the series or the name.

    For a rate, `outlet` and `month` say where (empty outlet: all outlets that are new), `before` and `now`
    the means over documents. `passage_ids` are some of the passages that show it.
    """

    kind: str
    what: str
    n_documents: int
    passage_ids: tuple[str, ...]
    outlet: str = ""
    month: str = ""
    before: float = 0.0
    now: float = 0.0


def moved(before: Sequence[Look], now: Sequence[Look]) -> list[Moved]:
    """What differs in the documents of now: rates by outlet and month, names of groups, languages.

    A rate is held against the past of the same outlet, of all outlets where it has too little. Without
    LEAST_BEFORE documents of the past nothing is said.
    """
    if len(before) < LEAST_BEFORE:
        return []
    return [*_rates(before, now), *_names("group", before, now), *_names("language", before, now)]


def _rates(before: Sequence[Look], now: Sequence[Look]) -> Iterable[Moved]:
    past: dict[str, list[Look]] = defaultdict(list)
    for look in before:
        past[look.outlet].append(look)
    parts: dict[tuple[str, str], list[Look]] = defaultdict(list)
    for look in now:
        parts[look.outlet, look.month].append(look)
    for (outlet, month), looks in sorted(parts.items()):
        known = past[outlet] if len(past[outlet]) >= LEAST_BEFORE else before
        if len(looks) < LEAST_NOW:
            continue
        for series in sorted({name for look in (*known, *looks) for name in look.values}):
            then, here = _mean(known, series), _mean(looks, series)
            if abs(here - then) > SIGMAS * _error(known, looks, series):
                yield Moved("rate", series, len(looks), _shown(looks, series), outlet, month, then, here)


def _mean(looks: Sequence[Look], series: str) -> float:
    return fmean(look.values.get(series, 0.0) for look in looks)


def _error(known: Sequence[Look], looks: Sequence[Look], series: str) -> float:
    """The standard error of the difference of the means.

    The spread is the past's between documents, and no less than that of drawing passages at the rate of both
    together: a past without a single one does not make the first ones a wonder.
    """
    between = pvariance([look.values.get(series, 0.0) for look in known])
    both = [*known, *looks]
    drawn = sum(look.n_passages for look in both)
    rate = (_mean(both, series) * drawn + 1) / (drawn + 2)
    chance = rate * (1 - rate) * fmean(1 / max(1, look.n_passages) for look in looks)
    return math.sqrt(max(between, chance) * (1 / len(known) + 1 / len(looks)))


def _names(kind: str, before: Sequence[Look], now: Sequence[Look]) -> Iterable[Moved]:
    known = {name for look in before for name in _own(kind, look)}
    found: dict[str, list[Look]] = defaultdict(list)
    for look in now:
        for name in _own(kind, look):
            if name not in known:
                found[name].append(look)
    for name, looks in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Moved(kind, name, len(looks), _shown(looks, name))


def _own(kind: str, look: Look) -> set[str]:
    return set(look.groups) if kind == "group" else {look.language} - {""}


def _shown(looks: Iterable[Look], key: str) -> tuple[str, ...]:
    return tuple(i for look in looks for i in look.passages.get(key, ())[:1])[:_MOST_PASSAGES]
