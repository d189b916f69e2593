"""Values into lists that a database takes as the parameters of one query."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

# SQLite's older builds take 999 in all; a query may have some of its own.
AT_ONCE = 900


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values, each once and in their order."""
    each = list(dict.fromkeys(values))
    for start in range(0, len(each), AT_ONCE):
        yield each[start : start + AT_ONCE]
