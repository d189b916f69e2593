"""A document's texts and its date of publication into the time from which its words are read."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from nijar_nlp.records import DateInterval

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAST = 12  # times that a document must name a year to be of that year


def time_of_telling(texts: Iterable[str], published: DateInterval | None) -> DateInterval | None:
    """From when the words of a document are read: its publication, if that is known nearer than to the year.

    A yearbook of 2007 that names 2006 most tells of 2006: its "May" is read from the end of that year. Only
    its own year and the one before count; where neither is named most, the publication stands.
    """
    if published is None or published.start is None or published.precision != "year":
        return published
    told = Counter(int(year) for text in texts for year in _YEAR.findall(text))
    year, times = max(told.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if times < _LEAST or not 0 <= published.start.year - year <= 1:
        return published
    return DateInterval(date(year, 12, 1), date(year, 12, 31), "month", published.found)
