"""Counts into the geometry of stacked bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WIDTH = 900.0
_HEIGHT = 180.0
MOST_MARKS = 12  # of an axis


@dataclass(frozen=True)
class Mark:
    """A tick of an axis, or the label of a bar."""

    at: float
    text: str


@dataclass(frozen=True)
class Bar:
    """A bar with what it stands for; `group` names its colour."""

    x: float
    y: float
    width: float
    height: float
    group: str
    title: str


@dataclass(frozen=True)
class Chart:
    """Stacked bars over categories, with the same numbers as rows of a table."""

    title: str
    across: str
    groups: tuple[str, ...]
    width: float
    height: float
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def total(self) -> int:
        """All that is counted."""
        return sum(sum(counts) for _, counts in self.table)


def chart(
    title: str,
    across: str,
    counts: Mapping[str, Mapping[str, int]],
    groups: Sequence[str],
    names: Mapping[str, object] | None = None,
) -> Chart:
    """Stacked bars: by category, in the order given, how many of each group. `names` says groups in words."""
    said = {group: str((names or {}).get(group, group)) for group in groups}
    most = max((sum(found.values()) for found in counts.values()), default=0)
    top, levels = _scale(most)
    slot = (_WIDTH - 60) / max(len(counts), 1)
    bars = []
    for n, (category, found) in enumerate(counts.items()):
        base = _HEIGHT
        for group in groups:
            if number := found.get(group, 0):
                height = round(number / top * (_HEIGHT - 10), 2)
                base = round(base - height, 2)
                words = f"{category}, {said[group]}: {number}" if said[group] else f"{category}: {number}"
                wide = round(min(slot * 0.72, 60), 1)
                bars.append(
                    Bar(round(50 + n * slot + (slot - wide) / 2, 1), base, wide, height, group, words)
                )
    every = -(-len(counts) // MOST_MARKS) if counts else 1
    marks = tuple(
        Mark(round(50 + (n + 0.5) * slot, 1), category) for n, category in enumerate(counts) if n % every == 0
    )
    table = tuple((category, tuple(found.get(g, 0) for g in groups)) for category, found in counts.items())
    heights = tuple(Mark(round(_HEIGHT - level / top * (_HEIGHT - 10), 1), str(level)) for level in levels)
    return Chart(
        title, across, tuple(said.values()), _WIDTH, _HEIGHT + 30, tuple(bars), marks, heights, table
    )


def _scale(most: int) -> tuple[int, list[int]]:
    """A round number at or above the highest bar, and the levels below it that are marked."""
    steps = (factor * 10**power for power in range(12) for factor in (1, 2, 5))
    step = next(step for step in steps if most <= 5 * step)
    top = max(-(-most // step), 1) * step
    return top, list(range(0, top + 1, step))
