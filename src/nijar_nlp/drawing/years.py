"""Days into bars over an axis of whole years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from nijar_nlp.drawing.charts import MOST_MARKS, Bar, Mark

Item = TypeVar("Item")
Days = tuple[date, date]

_LABEL, _WIDTH, _ROW = 300.0, 900.0, 24.0


class Years(NamedTuple):
    """An axis from the first day of `first` to the first day of `last`."""

    first: int
    last: int

    @classmethod
    def over(cls, spans: Iterable[Days]) -> "Years":
        """The axis that holds all of these first and last days; there must be one."""
        days = [day for span in spans for day in span]
        return cls(min(days).year, max(days).year + 1)

    def share(self, day: date) -> float:
        """Where a day lies, from 0 to 1."""
        begin = date(self.first, 1, 1).toordinal()
        return (day.toordinal() - begin) / (date(self.last, 1, 1).toordinal() - begin)

    def marked(self, most: int = MOST_MARKS) -> range:
        """The years to mark, few enough to be read: one more than `most` at most."""
        return range(self.first, self.last + 1, -(-(self.last - self.first) // most))


@dataclass(frozen=True)
class Timeline(Generic[Item]):
    """Items by their days: a row an item, with its bar and the height of its words, the years as marks."""

    width: float
    height: float
    years: tuple[Mark, ...]
    rows: tuple[tuple[Item, Bar, float], ...]


def timeline(dated: Sequence[tuple[Item, Days]]) -> Timeline[Item] | None:
    """Items with their first and last day, by these and then as given; None where there is none."""
    if not dated:
        return None
    axis = Years.over(days for _, days in dated)

    def x(day: date) -> float:
        return round(_LABEL + axis.share(day) * (_WIDTH - _LABEL - 20), 1)

    rows = []
    for n, (item, (begin, end)) in enumerate(sorted(dated, key=lambda item: item[1])):
        width = max(x(end) - x(begin), 4.0)
        bar = Bar(x(begin), 30 + n * _ROW, width, 12, "", f"{begin} – {end}")
        rows.append((item, bar, 30 + n * _ROW + 10))
    years = tuple(Mark(x(date(year, 1, 1)), str(year)) for year in axis.marked())
    return Timeline(_WIDTH, 40 + len(rows) * _ROW, years, tuple(rows))
