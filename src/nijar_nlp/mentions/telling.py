"""A document's texts and its date of publication into the time from which its words are read."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from nijar_nlp.records import DateInterval

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAMED = r"(?<![\d/–-])(?P<{}>(?:19|20)\d\d)(?![\d/–-])"
_COVERS = re.compile(
    r"(?:\bcover(?:s|ing) (?:the )?(?:events|developments|period|years?)\b|"
    r"\bcouvr(?:e|ant) (?:les? |la |l['’])?(?:évén?[eè]ments|période|année)\b|"
    r"\bيغطي (?:ال)?(?:أحداث|فترة|عام|سنة)\b)[^.\d]{0,40}" + _NAMED.format("year"),
    re.IGNORECASE,
)
# What calls itself a yearly review tells its year anywhere; a mere report, where it ends with the year.
_ANNUAL = (
    r"(?:(?:annual|yearly|world) report|(?:annual|yearly) review|year ?book|year in review|annuaire|"
    r"rapport (?:annuel|mondial)|التقرير السنوي|حصاد)"
)
_OF = r"(?:(?:of|for|de|pour|عام|لعام|سنة) )?(?:the year |l['’]année )?"
_YEARLY = re.compile(
    rf"\b{_ANNUAL}[\s,–-]+{_OF}" + _NAMED.format("one") + "|" + _NAMED.format("two") +
    r"[\s,–-]+(?:annual (?:report|review)|year ?book|(?:year )?in review)\b",
    re.IGNORECASE,
)  # fmt: skip
_REPORT = re.compile(
    rf"\b(?:report|rapport|{_ANNUAL})[\s,:–-]+{_OF}" + _NAMED.format("one") + r"(?:\W+\d{1,4})?\W*$",
    re.IGNORECASE,
)
_TO_THE_DAY = ("day", "week")
# A document that reviews a year comes out so many years after it at most.
_LATEST = 2
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
    document came out later, and the one before where it came out in that year's first half. What came out on
    a known day looks back on a year only where it calls itself annual.
    """
    out = published.end if published else None
    to_the_day = published is not None and published.precision in _TO_THE_DAY
    soonest = 0 if published and published.precision == "year" else 1
    for head in heads:
        covers = None if to_the_day else _COVERS.search(head)
        if covers and (out is None or soonest <= out.year - int(covers["year"]) <= _LATEST):
            return int(covers["year"])
        found = _YEARLY.search(head) or (None if to_the_day else _REPORT.search(head))
        if found is None or out is None:
            continue
        year = int(found.groupdict().get("two") or found["one"])
        if year == out.year and out.month <= _LAST_MONTH:
            return year - 1
        if 1 <= out.year - year <= _LATEST:
            return year
    return None
