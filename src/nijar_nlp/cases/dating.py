"""Evidence with its days set right: in a document on older matters a yearless day is of the year told."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from nijar_nlp.records import DateInterval, Evidence

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)|(?<![٠-٩])[١٢][٠-٩]{3}(?![٠-٩])")
_DAY = re.compile(r"\d|[٠-٩]")
_DATELINE_DAYS = 7  # news is dated to the week
_LONG = 12  # an article of so many tagged passages is a report, though it has a day
_RECENT_DAYS = 400
_MOST = 0.5  # a document tells of older matters where fewer of its dates are recent
_REACH = 3  # so many passages back a year is taken up


def dated(evidence: Sequence[Evidence], numbers: Mapping[str, int]) -> list[Evidence]:
    """The same evidence in the same order, its days without a year given that of what is told around them.

    `numbers` are the passages' numbers in their documents. News and documents on recent matters keep the
    days that were read from their publication, and yearbooks those that were read from the year they tell of.
    """
    articles: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for item in evidence:
        articles[item.document_id, item.outlet, str(item.published)].append(item)
    mended: dict[str, Evidence] = {}
    for members in articles.values():
        ordered = sorted(members, key=lambda item: (numbers.get(item.passage_id, 0), item.passage_id))
        if _is_on_older_matters(ordered):
            mended |= _mended(ordered, numbers)
    return [mended.get(item.passage_id, item) for item in evidence]


def is_dateline(published: DateInterval | None) -> bool:
    """Whether a date of publication is known to the week, as of news, and not from a file's making alone."""
    if published is None or published.start is None or published.end is None:
        return False
    return (published.end - published.start).days <= _DATELINE_DAYS and "metadata" not in published.found


def _mended(members: Sequence[Evidence], numbers: Mapping[str, int]) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    told: tuple[int, tuple[DateInterval, ...]] = (-_REACH - 1, ())
    usual = _usual_year(members)
    for item in members:
        number = numbers.get(item.passage_id)
        own = tuple(_with_year(item))
        if own and number is not None:
            told = (number, own)
        around = own or (told[1] if number is not None and number - told[0] <= _REACH else usual)
        if around:
            found[item.passage_id] = _set_right(item, around)
    return found


def _usual_year(members: Sequence[Evidence]) -> tuple[DateInterval, ...]:
    """The latest year that an article tells about as often as any, as a yearbook does its own; else empty."""
    years = Counter(interval.end.year for item in members for interval in _with_year(item) if interval.end)
    least = max(_LONG, _MOST * max(years.values(), default=0))
    year = max((year for year, times in years.items() if times >= least), default=None)
    return (DateInterval(date(year, 1, 1), date(year, 12, 31), "year", str(year)),) if year else ()


def _set_right(item: Evidence, around: Sequence[DateInterval]) -> Evidence:
    return replace(
        item,
        events=tuple(
            replace(event, date=_moved(event.date, around)) if event.date else event for event in item.events
        ),
        mentions=tuple(
            replace(mention, interval=_moved(mention.interval, around)) if mention.interval else mention
            for mention in item.mentions
        ),
    )


def _moved(interval: DateInterval, around: Sequence[DateInterval]) -> DateInterval:
    """A day or month without a year, in the year that brings it nearest to the dates around it."""
    is_named = interval.precision == "month" or _DAY.search(interval.found)
    if _YEAR.search(interval.found) or not is_named:
        return interval
    if interval.start is None or interval.end is None:
        return interval
    middle = _middle(around[0])
    length = interval.end - interval.start
    starts = [day for year in (-1, 0, 1) if (day := _in_year(interval.start, middle.year + year)) is not None]
    start = min(starts, key=lambda day: (abs(day - middle), day))
    return replace(interval, start=start, end=start + length)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _middle(interval: DateInterval) -> date:
    start, end = interval.start or interval.end, interval.end or interval.start
    return start + (end - start) / 2 if start and end else date.min


def _with_year(item: Evidence) -> Iterator[DateInterval]:
    """The dates of a passage whose words hold their year, the sharpest first."""
    intervals = [m.interval for m in item.mentions if m.interval and _YEAR.search(m.interval.found)]
    yield from sorted(
        (interval for interval in intervals if interval.start and interval.end),
        key=lambda interval: (
            (interval.end or date.max) - (interval.start or date.min),
            str(interval.start),
        ),
    )


def _is_on_older_matters(members: Sequence[Evidence]) -> bool:
    published = members[0].published
    day = (published.end or published.start) if published and published.precision != "year" else None
    if day is None or (is_dateline(published) and len(members) < _LONG):
        return False
    ends = [interval.end for item in members for interval in _with_year(item) if interval.end]
    recent = sum(timedelta() <= day - end <= timedelta(days=_RECENT_DAYS) for end in ends)
    return recent < _MOST * len(ends)
