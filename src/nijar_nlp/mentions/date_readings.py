"""The match of a date's pattern into the interval that its words mean, None where they leave it open."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from nijar_nlp.mentions.calendar_math import (
    day_of,
    month_of,
    nearest_year,
    part_of_month,
    part_of_year,
    season_of,
    shifted,
    weekday_before,
    year_of,
)
from nijar_nlp.mentions.dates_lexicon import AR_DECADES, AR_ORDINALS, WORDS, Words
from nijar_nlp.records import DateInterval

_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
# The ordinals of quarters and halves of a year.
_ORDER = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "premier": 1, "deuxième": 2, "troisième": 3,
    "quatrième": 4, "last": 4, "dernier": 4,
}  # fmt: skip


class Reader:
    """Reads the matches of one text: its language's words, and when the text was published."""

    def __init__(self, language: str, published: DateInterval | None) -> None:
        self.language = language
        self.published = published
        self._last: tuple[int, int] | None = None

    @property
    def reference(self) -> date | None:
        """The day of publication; none where it is known to the month or year only."""
        if self.published and self.published.start and self.published.start == self.published.end:
            return self.published.start
        return None

    def year_for(self, match: re.Match[str], month: int, name: str = "year") -> int | None:
        """The year that the words give, else the one nearest to publication.

        Without a day or month of publication a later month goes on in the year of the date before it: what
        an annual report calls "May" may be of the year before its own.
        """
        groups = match.groupdict()
        written = groups.get(name) or (f"19{groups['short']}" if groups.get("short") else None)
        if written:
            year = int(written.translate(_ARABIC_DIGITS))
            self._last = (year, month)
            return year
        if self.published and self.published.start and self.published.precision != "year":
            return nearest_year(month, self.published)
        if self._last and self._last[1] <= month:
            self._last = (self._last[0], month)
            return self._last[0]
        return None


def _number(match: re.Match[str], name: str) -> int:
    written = match.group(name).translate(_ARABIC_DIGITS)
    if written.isdigit():
        return int(written)
    return AR_ORDINALS.index(" ".join(written.split())) + 1


@lru_cache(maxsize=4)
def _month_numbers(language: str) -> dict[str, int]:
    return {
        name.lower(): number
        for number, names in enumerate(WORDS[language].months, start=1)
        for name in names.split("|")
    }


def _month(reader: Reader, match: re.Match[str], name: str = "month") -> int:
    written = " ".join(match.group(name).lower().rstrip(".").split())
    return _month_numbers(reader.language)[written]


def _years(reader: Reader, match: re.Match[str], first_month: int, last_month: int) -> tuple[int, int] | None:
    """The years of the first and the last month; the first is as late as it can be where it is not told."""
    last_year = reader.year_for(match, last_month, "year2")
    if last_year is None:
        return None
    first_year = last_year - (first_month > last_month)
    if match.groupdict().get("year"):
        first_year = reader.year_for(match, first_month) or first_year
    return first_year, last_year


def read_day(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A day of a month: "6 May 2012"."""
    month = _month(reader, match)
    year = reader.year_for(match, month)
    return None if year is None else day_of(year, month, _number(match, "day"))


def read_days(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """From one day to another: "4 to 6 May"."""
    last_month = _month(reader, match, "month2")
    first_month = _month(reader, match) if match.groupdict().get("month") else last_month
    years = _years(reader, match, first_month, last_month)
    if years is None:
        return None
    first = day_of(years[0], first_month, _number(match, "day"))
    last = day_of(years[1], last_month, _number(match, "day2"))
    return DateInterval(first.start, last.end, "range") if first and last else None


def read_month(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A month, or a part of it: "late May 2012"."""
    month = _month(reader, match)
    year = reader.year_for(match, month)
    if year is None:
        return None
    part = part_in(match)
    return part_of_month(year, month, part) if part else month_of(year, month)


def read_months(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """From one month to another."""
    first_month, last_month = _month(reader, match), _month(reader, match, "month2")
    years = _years(reader, match, first_month, last_month)
    if years is None:
        return None
    return DateInterval(month_of(years[0], first_month).start, month_of(years[1], last_month).end, "range")


def part_in(match: re.Match[str]) -> str:
    """Which part of a month or year the words name: early, mid, late, or empty for all of it."""
    groups = match.groupdict()
    return next((part for part in ("early", "mid", "late") if groups.get(part)), "")


def read_year(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A year, or a part of it: "early 2012"."""
    year = int(match.group("year").translate(_ARABIC_DIGITS))
    part = part_in(match)
    return part_of_year(year, part) if part else year_of(year)


def read_decade(_: Reader, match: re.Match[str]) -> DateInterval | None:
    """A decade: "the 1990s"."""
    groups = match.groupdict()
    tens = groups.get("tens")
    first = 1900 + 10 * AR_DECADES.index(tens) if tens else int(groups["decade"][-2:]) + 1900
    if groups.get("decade", "")[:2] == "20":
        first += 100
    return DateInterval(date(first, 1, 1), date(first + 9, 12, 31), "range")


def read_years(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """From one year to another: "2012-14"; None where they run backwards."""
    first = int(match.group("year").translate(_ARABIC_DIGITS))
    last = int(match.group("year2").translate(_ARABIC_DIGITS))
    last = last if last > 99 else first // 100 * 100 + last
    if last < first:
        return None
    return DateInterval(date(first, 1, 1), date(last, 12, 31), "range")


def read_season(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A season of a year."""
    word = match.group("season").lower()
    first = next(m for names, m in WORDS[reader.language].seasons if word in names.split("|"))
    year = reader.year_for(match, first)
    return None if year is None else season_of(year, first)


def read_quarter(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A quarter or a half of a year."""
    year = int(match.group("year").translate(_ARABIC_DIGITS))
    months = 6 if match.group("half") else 3
    first = (_ORDER[match.group("nth").lower()] - 1) * months + 1
    if first + months > 13:
        return None
    return DateInterval(date(year, first, 1), month_of(year, first + months - 1).end, "range")


def read_numeric(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A day in figures: "2012-05-06", "6/5/2012"; the month first where only that is a day."""
    groups = match.groupdict()
    if groups.get("iyear"):
        return day_of(int(groups["iyear"]), int(groups["imonth"]), int(groups["iday"]))
    year = int(groups["nyear"].translate(_ARABIC_DIGITS))
    month = int(groups["nmonth"].translate(_ARABIC_DIGITS))
    day = int(groups["nday"].translate(_ARABIC_DIGITS))
    return day_of(year, month, day) or day_of(year, day, month)


def read_weekday(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A weekday: the last one before publication, or the next where the words look ahead."""
    if reader.reference is None:
        return None
    word = match.group("weekday").lower()
    index = next(
        i for i, names in enumerate(WORDS[reader.language].weekdays) if word in names.lower().split("|")
    )
    day = weekday_before(reader.reference, index)
    ahead = _ahead(reader.language).search(match.string, max(0, match.start() - 70), match.start())
    if match.groupdict().get("next") or (ahead and day != reader.reference):
        day += timedelta(days=7)
    elif match.groupdict().get("last") and day == reader.reference:
        day -= timedelta(days=7)
    return DateInterval(day, day, "day")


@lru_cache(maxsize=4)
def _ahead(language: str) -> re.Pattern[str]:
    """A word that looks ahead, with the weekday that it reaches right after it."""
    flags = re.IGNORECASE if language == "fr" else 0
    return re.compile(rf"(?<!\w)(?:{WORDS[language].ahead})(?!\w)[^.;:,،؛]*$", flags)


def read_relative_day(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """Yesterday, today or tomorrow, by the day of publication."""
    if reader.reference is None:
        return None
    shift = 1 if match.group("tomorrow") else -1 if match.group("yesterday") else 0
    if match.group("yesterday") == "أول أمس":
        shift = -2
    day = reader.reference + timedelta(days=shift)
    return DateInterval(day, day, "day")


def read_relative_unit(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A week, month or year beside that of publication: "last week"."""
    unit = next(name for name, _ in WORDS[reader.language].units if match.groupdict().get(name))
    groups = match.groupdict()
    shift = -1 if groups.get("last") else 1 if groups.get("next") else 0
    return shifted(reader.published, unit, shift)


def read_ago(reader: Reader, match: re.Match[str]) -> DateInterval | None:
    """A time before the day of publication: "two weeks ago"."""
    if reader.reference is None:
        return None
    words: Words = WORDS[reader.language]
    written, unit_word = match.group("agonumber") or "1", match.group("agounit")
    number = int(written) if written.isdigit() else _counted(words, written.lower())
    unit = next(name for name, forms in words.units if re.fullmatch(forms, unit_word))
    return shifted(replace(DateInterval(reader.reference, reader.reference, "day")), unit, -number)


def _counted(words: Words, written: str) -> int:
    for value, names in enumerate(words.numbers, start=1):
        if any(written == name or name.startswith(written) for name in names.split("|")):
            return value
    return 1
