"""Years, months, seasons and their parts as intervals of days."""

from calendar import monthrange
from datetime import date, timedelta

from nijar_nlp.records import DateInterval

_PARTS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_PARTS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
# A date without a year may lie this far after the day of publication: a meeting that is announced.
_AHEAD = timedelta(days=45)


def day_of(year: int, month: int, day: int) -> DateInterval | None:
    """One day; None where the calendar has no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return DateInterval(found, found, "day")


def month_of(year: int, month: int) -> DateInterval:
    """One month."""
    return DateInterval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def part_of_month(year: int, month: int, part: str) -> DateInterval:
    """The first (early), second (mid) or last (late) ten days of a month."""
    first, last = _PARTS_OF_MONTH[part]
    end = min(last, monthrange(year, month)[1])
    return DateInterval(date(year, month, first), date(year, month, end), "range")


def part_of_year(year: int, part: str) -> DateInterval:
    """The first (early), second (mid) or last (late) four months of a year."""
    first, last = _PARTS_OF_YEAR[part]
    return DateInterval(date(year, first, 1), month_of(year, last).end, "range")


def year_of(year: int) -> DateInterval:
    """One year."""
    return DateInterval(date(year, 1, 1), date(year, 12, 31), "year")


def season_of(year: int, first_month: int) -> DateInterval:
    """Three months from `first_month`; a winter that begins in December ends in the next year."""
    end_year, end_month = (year, first_month + 2) if first_month <= 10 else (year + 1, first_month - 10)
    return DateInterval(date(year, first_month, 1), month_of(end_year, end_month).end, "season")


def nearest_year(month: int, published: DateInterval) -> int:
    """The year in which a month last came at the time of publication, or comes within weeks of it."""
    last = published.end or published.start
    assert last is not None  # noqa: S101 - callers pass a date that has a start
    return last.year if date(last.year, month, 1) <= last + _AHEAD else last.year - 1


def weekday_before(reference: date, weekday: int) -> date:
    """The last such day of the week, the reference itself included; Monday is 0."""
    return reference - timedelta(days=(reference.weekday() - weekday) % 7)


def shifted(published: DateInterval | None, unit: str, number: int) -> DateInterval | None:
    """The day, week, month or year that lies `number` of them from the day of publication."""
    if published is None or published.start is None or published.end is None:
        return None
    day = published.start
    if unit == "year" and published.start.year == published.end.year:
        return year_of(day.year + number)
    if unit == "month" and (day.year, day.month) == (published.end.year, published.end.month):
        months = day.year * 12 + day.month - 1 + number
        return month_of(months // 12, months % 12 + 1)
    if published.start != published.end:
        return None
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=number)
        return DateInterval(monday, monday + timedelta(days=6), "week")
    moved = day + timedelta(days=number)
    return DateInterval(moved, moved, "day")


def clipped(interval: DateInterval, kind: str) -> DateInterval:
    """The time after the interval's beginning, or before its end."""
    if kind == "after":
        return DateInterval(interval.start, None, "after", interval.found)
    return DateInterval(None, interval.end, "before", interval.found)
