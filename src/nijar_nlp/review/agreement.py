"""What two readers said of the same things into Krippendorff's alpha, with a bootstrap interval."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import krippendorff
import numpy as np

from nijar_nlp.folding import fold
from nijar_nlp.labels.adjudicating import IMPLIED_PROBABILITY
from nijar_nlp.records import TAGS, Pair
from nijar_nlp.review.deciding import SLOTS

_RESAMPLES = 500
_INTERVAL = (2.5, 97.5)  # percentiles

Units = tuple[tuple[str, ...], ...]


class Agreement(NamedTuple):
    """Alpha over `units` things read twice, with its 95 % interval; None where all said the same."""

    of: str
    alpha: float | None
    low: float | None
    high: float | None
    units: int
    differing: int


def agreements(pairs: Iterable[Pair]) -> list[tuple[str, list[Agreement]]]:
    """Agreement on the verdict, by tag over passages, by slot over candidates; of pairs read by both."""
    read = [pair for pair in pairs if pair.read]
    verdicts = [tuple(_verdict(pair, reader) for reader in pair.readers) for pair in read]
    tags = {tag: [unit for pair in read for unit in _tag_units(pair, tag)] for tag in TAGS}
    slots = {slot: [_slot_unit(pair, slot) for pair in read] for slot in SLOTS}
    return [
        ("verdict", [agreement("verdict", verdicts)]),
        ("tag", [agreement(tag, units) for tag, units in tags.items()]),
        ("slot", [agreement(slot, units) for slot, units in slots.items()]),
    ]


def agreement(of: str, units: Sequence[tuple[str, ...]]) -> Agreement:
    """Alpha of nominal values, a unit a thing with a value a reader."""
    alpha, low, high = _alpha(tuple(units))
    return Agreement(of, alpha, low, high, len(units), sum(len(set(unit)) > 1 for unit in units))


@lru_cache(maxsize=256)
def _alpha(units: Units) -> tuple[float | None, float | None, float | None]:
    values = sorted({value for unit in units for value in unit})
    if len(values) < 2:
        return None, None, None
    counts = np.array([[unit.count(value) for value in values] for unit in units])
    chance = np.random.default_rng(0)
    drawn = [_of_counts(counts[chance.integers(len(counts), size=len(counts))]) for _ in range(_RESAMPLES)]
    known = [alpha for alpha in drawn if alpha is not None]
    low, high = np.percentile(known, _INTERVAL) if known else (None, None)
    return _of_counts(counts), None if low is None else float(low), None if high is None else float(high)


def _of_counts(counts: "np.typing.NDArray[np.int_]") -> float | None:
    if (counts.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _verdict(pair: Pair, reader: str) -> str:
    made = pair.verdicts[reader]
    return f"{made.kind} {made.value.get('case', '')}{made.value.get('candidate', '')}"


def _tag_units(pair: Pair, tag: str) -> list[tuple[str, ...]]:
    """By passage that all were shown: whether it carries the tag; what nobody corrected stands as shown."""
    shown = [pair.verdicts[reader].shown.get("passages", {}) for reader in pair.readers]
    passages = [passage for passage in shown[0] if all(passage in seen for seen in shown)]
    said = {
        (d.by, d.subject.id): bool(d.value.get("present"))
        for d in pair.decisions
        if d.kind == "correct_tag" and d.subject.part == tag
    }
    return [
        tuple(
            str(said.get((reader, passage), seen[passage].get(tag, 0.0) >= IMPLIED_PROBABILITY))
            for reader, seen in zip(pair.readers, shown, strict=True)
        )
        for passage in passages
    ]


def _slot_unit(pair: Pair, slot: str) -> tuple[str, ...]:
    """What each reader says a claim should say; empty for what is claimed."""
    said = {
        d.by: fold(str(d.value.get("value", "")))
        for d in pair.decisions
        if d.kind == "correct_slot" and d.subject.part == slot
    }
    return tuple(said.get(reader, "") for reader in pair.readers)
