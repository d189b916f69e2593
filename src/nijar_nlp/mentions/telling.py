"""A document's texts and its date of publication into the time from which its words are read."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from nijar_nlp.records import DateInterval

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAMED = r"(?P<{}>(?:19|20)\d\d)(?![\d/–-])"
_COVERS = re.compile(
    r"(?:cover(?:s|ing)|couvr(?:e|ant)|events? (?:of|in|from)|évén?[eè]ments (?:de|d['’])|يغطي|أحداث)"
    r"[^.\d]{0,40}" + _NAMED.format("year"),
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"(?:(?:annual |world |yearly )?report|(?:annual|yearly) review|year ?book|year in review|annuaire|"
    r"rapport(?: annuel| mondial)?|التقرير السنوي|حصاد)"
    r"[\s,:–-]+(?:(?:of|for|de|pour|عام|لعام|سنة) )?(?:the year )?" + _NAMED.format("one") +
    r"|(?<!\d[/–-])(?<!\d)" + _NAMED.format("two") +
    r"[\s,:–-]+(?:annual (?:report|review)|year ?book|(?:year )?in review)",
    re.IGNORECASE,
)  # fmt: skip
# A review that comes out in the first months of a year and bears it is of the year before.
_LAST_MONTH = 6
_LEAST = 12  # times that a document must name a year to be of that year


def time_of_telling(
    texts: Iterable[str], published: DateInterval | None, heads: Iterable[str] = ()
) -> DateInterval | None:
    """From when the words of a document are read: its publication, if that is known nearer than to the year.

    Where its `heads`, its title and running heads, tell the year that it reviews, it is read from the end of
    that year. So is one that names a year most: a yearbook of 2007 that names 2006 most tells of 2006. Only
    its own year and the one before count; where neither is named most, the publication stands.
    """
    reviewed = year_reviewed(heads, published)
    if reviewed is not None:
        return _end_of(reviewed, "heads")
    if published is None or published.start is None or published.precision != "year":
        return published
    told = Counter(int(year) for text in texts for year in _YEAR.findall(text))
    year, times = max(told.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if times < _LEAST or not 0 <= published.start.year - year <= 1:
        return published
    return _end_of(year, published.found)


def _end_of(year: int, found: str) -> DateInterval:
    return DateInterval(date(year, 12, 1), date(year, 12, 31), "month", found)


def year_reviewed(heads: Iterable[str], published: DateInterval | None) -> int | None:
    """The year that an annual report or yearbook looks back on, where its heads tell; else None.

    A year that it says to cover is taken at its word. The year in a title is the year reviewed where the
    document came out later, and the one before where it came out in that year's first half.
    """
    out = published.end if published else None
    for head in heads:
        if covers := _COVERS.search(head):
            return int(covers["year"])
        found = _REVIEW.search(head)
        if found is None or out is None:
            continue
        year = int(found["one"] or found["two"])
        if year < out.year:
            return year
        if year == out.year and out.month <= _LAST_MONTH:
            return year - 1
    return None
