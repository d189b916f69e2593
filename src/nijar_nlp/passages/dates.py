"""Dates of publication as documents print them, in English, French and Arabic."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from nijar_nlp.records import DateInterval

_NAMES = {
    1: "january jan janvier janv يناير كانون_الثاني جانفي",
    2: "february feb février fevrier févr شباط فبراير فيفري",
    3: "march mar mars مارس آذار",
    4: "april apr avril avr أبريل إبريل ابريل نيسان أفريل",
    5: "may mai مايو أيار ماي",
    6: "june jun juin يونيو حزيران جوان",
    7: "july jul juillet juil يوليو تموز جويلية",
    8: "august aug août aout أغسطس اغسطس آب أوت",
    9: "september sept sep septembre سبتمبر أيلول",
    10: "october oct octobre أكتوبر اكتوبر تشرين_الأول",
    11: "november nov novembre نوفمبر تشرين_الثاني",
    12: "december dec décembre decembre déc ديسمبر كانون_الأول",
}
_MONTHS = {name.replace("_", " "): number for number, names in _NAMES.items() for name in names.split()}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:er|st|nd|rd|th)?\.?\s+({_MONTH})\.?(?:\s*/\s*\S+)?,?\s+(\d{{4}})(?!\d)", re.I
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)", re.I
)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?!\d)")
_MONTH_ONLY = re.compile(rf"(?<!\w)({_MONTH})\.?,?\s+((?:19|20)\d\d)(?!\d)", re.I)
_FORMS = (
    (_DAY_FIRST, "dmy"),
    (_MONTH_FIRST, "mdy"),
    (_ISO, "ymd"),
    (_SLASHED, "dmy"),
    (_SLASHED, "mdy"),
)
_YEAR = re.compile(r"\d{4}")  # no date is without
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


class Found(NamedTuple):
    """A date and where in the text it stands (half-open)."""

    date: DateInterval
    start: int
    end: int


def find_date(text: str, found: str) -> Found | None:
    """The first date of a text with its day, else with its month; `found` says where the text stands.

    Figures with slashes are read day first, as English (outside America), French and Arabic print them, and
    month first where no other reading makes a date.
    """
    if not _YEAR.search(text):
        return None
    text = text.translate(_EASTERN)
    for pattern, order in _FORMS:
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            moment = _day(parts["y"], parts["m"], parts["d"])
            if moment is not None:
                words = f"{found}: {match.group()}"
                return Found(DateInterval(moment, moment, "day", words), *match.span())
    for match in _MONTH_ONLY.finditer(text):
        year, month = int(match.group(2)), _MONTHS[match.group(1).casefold()]
        last = calendar.monthrange(year, month)[1]
        words = f"{found}: {match.group()}"
        interval = DateInterval(date(year, month, 1), date(year, month, last), "month", words)
        return Found(interval, *match.span())
    return None


def find_dates(text: str, found: str) -> Iterator[Found]:
    """All dates of a text, as find_date finds them one after the other."""
    start = 0
    while (hit := find_date(text[start:], found)) is not None:
        yield Found(hit.date, start + hit.start, start + hit.end)
        start += hit.end


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS[month.casefold()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
