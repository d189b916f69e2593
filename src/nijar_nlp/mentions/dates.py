# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Dates in a text as intervals with their precision, by a small grammar of three languages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from nijar_nlp.mentions.calendar_math import (
    clipped,
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
from nijar_nlp.mentions.dates_lexicon import AR_DECADES, AR_ORDINALS, WORDS, Words, in_any_case
from nijar_nlp.records import DateInterval

_YEAR = r"(?:19[5-9]\d|20[0-4]\d|[١٢][٠٩][٠-٩]{2})"
_DAY = r"(?:[0-3]?\d|[٠-٣]?[٠-٩])"
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_LONGEST_ABBREVIATION = 4
# An abbreviated month that is a number too.
_NUMBER_WORDS = frozenset({"sept"})
_WHOLE = frozenset({"may", "june", "july", "mars", "mai", "juin", "août", "aout"})


class Dated(NamedTuple):
    """A date in a text, half-open; `interval` is None where the words and the publication date leave it open."""

    start: int
    end: int
    interval: DateInterval | None


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    read: Callable[["_Reader", re.Match[str]], DateInterval | None]


class _Reader:
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


def _month(reader: _Reader, match: re.Match[str], name: str = "month") -> int:
    written = " ".join(match.group(name).lower().rstrip(".").split())
    return _month_numbers(reader.language)[written]


def _read_day(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    month = _month(reader, match)
    year = reader.year_for(match, month)
    return None if year is None else day_of(year, month, _number(match, "day"))


def _read_days(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    last_month = _month(reader, match, "month2")
    first_month = _month(reader, match) if match.groupdict().get("month") else last_month
    last_year = reader.year_for(match, last_month, "year2")
    if last_year is None:
        return None
    first_year = last_year - (first_month > last_month)
    if match.groupdict().get("year"):
        first_year = reader.year_for(match, first_month) or first_year
    first = day_of(first_year, first_month, _number(match, "day"))
    last = day_of(last_year, last_month, _number(match, "day2"))
    return DateInterval(first.start, last.end, "range") if first and last else None


def _read_month(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    month = _month(reader, match)
    year = reader.year_for(match, month)
    if year is None:
        return None
    part = _part(match)
    return part_of_month(year, month, part) if part else month_of(year, month)


def _read_months(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    first_month, last_month = _month(reader, match), _month(reader, match, "month2")
    last_year = reader.year_for(match, last_month, "year2")
    if last_year is None:
        return None
    first_year = last_year - (first_month > last_month)
    if match.groupdict().get("year"):
        first_year = reader.year_for(match, first_month) or first_year
    return DateInterval(month_of(first_year, first_month).start, month_of(last_year, last_month).end, "range")


def _part(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return next((part for part in ("early", "mid", "late") if groups.get(part)), "")


def _read_year(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    year = int(match.group("year").translate(_ARABIC_DIGITS))
    part = _part(match)
    return part_of_year(year, part) if part else year_of(year)


def _read_decade(_: _Reader, match: re.Match[str]) -> DateInterval | None:
    groups = match.groupdict()
    tens = groups.get("tens")
    first = 1900 + 10 * AR_DECADES.index(tens) if tens else int(groups["decade"][-2:]) + 1900
    if groups.get("decade", "")[:2] == "20":
        first += 100
    return DateInterval(date(first, 1, 1), date(first + 9, 12, 31), "range")


def _read_years(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    first = int(match.group("year").translate(_ARABIC_DIGITS))
    last = int(match.group("year2").translate(_ARABIC_DIGITS))
    last = last if last > 99 else first // 100 * 100 + last
    if last < first:
        return None
    return DateInterval(date(first, 1, 1), date(last, 12, 31), "range")


def _read_season(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    word = match.group("season").lower()
    first = next(m for names, m in WORDS[reader.language].seasons if word in names.split("|"))
    year = reader.year_for(match, first)
    return None if year is None else season_of(year, first)


def _read_quarter(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    year = int(match.group("year").translate(_ARABIC_DIGITS))
    months = 6 if match.group("half") else 3
    first = (_ORDER[match.group("nth").lower()] - 1) * months + 1
    if first + months > 13:
        return None
    return DateInterval(date(year, first, 1), month_of(year, first + months - 1).end, "range")


_ORDER = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "premier": 1, "deuxième": 2, "second semestre": 2,
    "troisième": 3, "quatrième": 4, "last": 4, "dernier": 4,
}  # fmt: skip


def _read_numeric(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    groups = match.groupdict()
    if groups.get("iyear"):
        return day_of(int(groups["iyear"]), int(groups["imonth"]), int(groups["iday"]))
    year = int(groups["nyear"].translate(_ARABIC_DIGITS))
    month = int(groups["nmonth"].translate(_ARABIC_DIGITS))
    day = int(groups["nday"].translate(_ARABIC_DIGITS))
    return day_of(year, month, day) or day_of(year, day, month)


def _read_weekday(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
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


def _read_relative_day(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    if reader.reference is None:
        return None
    shift = 1 if match.group("tomorrow") else -1 if match.group("yesterday") else 0
    if match.group("yesterday") == "أول أمس":
        shift = -2
    day = reader.reference + timedelta(days=shift)
    return DateInterval(day, day, "day")


def _read_relative_unit(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
    unit = next(name for name, _ in WORDS[reader.language].units if match.groupdict().get(name))
    groups = match.groupdict()
    shift = -1 if groups.get("last") else 1 if groups.get("next") else 0
    return shifted(reader.published, unit, shift)


def _read_ago(reader: _Reader, match: re.Match[str]) -> DateInterval | None:
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


def _alternatives(names: tuple[str, ...]) -> str:
    return "|".join(sorted((n for group in names for n in group.split("|")), key=len, reverse=True))


def _dotted(month: str) -> str:
    """A month's name; an abbreviation may have its full stop."""
    abbreviated = len(month) <= _LONGEST_ABBREVIATION and month.lower() not in _WHOLE and month < "\u0600"
    return rf"{month}\.?" if abbreviated else month


@lru_cache(maxsize=4)
def _rules(language: str) -> tuple[_Rule, ...]:
    words = in_any_case(WORDS[language])
    months = "|".join(_dotted(name) for name in _alternatives(words.months).split("|"))
    again = rf"(?:\s*[/(]\s*(?:{months})\s*\)?)?" if language == "ar" else ""
    month = rf"(?P<month>{months})(?!\w){again}"
    month2 = rf"(?P<month2>{months})(?!\w){again}"
    ordinals = "|".join(sorted(AR_ORDINALS, key=len, reverse=True)) if language == "ar" else ""
    day_words = rf"|{ordinals}" if ordinals else ""
    day = rf"(?P<day>{_DAY}{day_words}){words.day}"
    day2 = rf"(?P<day2>{_DAY}{day_words}){words.day}"
    comma = r"\s*,?\s*(?:عام\s+|سنة\s+|من عام\s+)?" if language == "ar" else r"\s*,?\s*(?:de\s+|of\s+)?"
    year, year2 = rf"(?P<year>{_YEAR})(?!\d)", rf"(?P<year2>{_YEAR})(?!\d)"
    weekday = _alternatives(words.weekdays)
    edge = r"(?<![\w/\-.])"
    part = rf"(?:(?P<early>{words.early})|(?P<mid>{words.mid})|(?P<late>{words.late}))\s*"
    in_ = rf"(?<!\w)(?:{words.in_})\s*"
    season = _alternatives(tuple(names for names, _ in words.seasons))
    flags = re.IGNORECASE if language == "fr" else 0
    units = "|".join(rf"(?P<{name}>{forms})" for name, forms in words.units)
    sources: list[tuple[str, Callable[[_Reader, re.Match[str]], DateInterval | None]]] = [
        (rf"{edge}{day}\s*(?:{words.of}{month}(?:{comma}{year})?\s*)?(?:{words.to})\s*(?:le\s+)?{day2}\s*{words.of}{month2}"
         rf"(?:{comma}{year2})?", _read_days),
        (rf"{edge}(?P<month2>{months})\s+{day}\s*(?:{words.to})\s*{day2}(?!\w)(?:{comma}{year2})?", _read_days),
        (rf"{edge}{day}\s+{words.of}{month}(?:{comma}{year}|\s+(?P<short>[6-9]\d)(?!\w))?", _read_day),
        (rf"{edge}(?P<month>{months})\s+{day}(?!\w)(?!\s*(?:{words.to})\s*\d)(?:\s*,?\s*{year})?", _read_day)
        if language == "en" else (rf"(?!x)x{month}{day}", _read_day),
        (rf"{edge}{month}(?:\s*,?\s*{year})?\s*(?:{words.to})\s*{month2}(?:{comma}{year2})?", _read_months),
        (rf"(?<!\w){part}{month}(?:{comma}{year})?", _read_month),
        (rf"{edge}{month}{comma}{year}", _read_month),
        (rf"(?<!\w)(?:{words.decade})(?!\w)", _read_decade),
        (rf"(?<!\w){part}(?:(?:de|d['’]|in|of|عام|سنة)\s*)?{year}", _read_year),
        (rf"(?<!\w)(?P<season>{season})\s+(?:of\s+|de\s+|عام\s+|سنة\s+)?{year}", _read_season),
        (rf"(?<!\w)(?P<nth>first|second|third|fourth|last|premier|deuxième|troisième|quatrième|dernier)\s+"
         rf"(?:(?P<half>half|semestre)|quarter|trimestre)\s+(?:of|de)?\s*{year}", _read_quarter),
        (rf"{edge}{year}\s*(?:{words.to})\s*(?:عام\s+)?(?P<year2>{_YEAR}|\d\d)(?![\d/])", _read_years),
        (rf"(?<!\w)(?:(?P<iyear>{_YEAR})-(?P<imonth>[01]\d)-(?P<iday>[0-3]\d)|(?P<nday>{_DAY})[/.](?P<nmonth>{_DAY})[/.]"
         rf"(?P<nyear>{_YEAR}))(?!\w)", _read_numeric),
        (rf"{in_}{month}(?:\s+(?:{words.last}|{words.next}))?(?!\s*\d)", _read_month),
        (rf"(?<!\w)(?:(?P<last>{words.last})\s+|(?P<next>{words.next})\s+|(?:{words.this})\s+)?(?P<weekday>{weekday})(?!\w)"
         if language == "en" else
         rf"(?<!\w)[وفب]?(?P<weekday>{weekday})(?:\s+(?:(?P<last>{words.last})|(?P<next>{words.next}))(?!\w))?(?!\w)",
         _read_weekday),
        (rf"(?<!\w)(?:(?P<last>{words.last})|(?P<next>{words.next})|(?:{words.this}))\s+(?:{units})(?!\w)"
         if language == "en" else
         rf"(?<!\w)(?:l['’]|la |le |ال)?(?:{units})\s+(?:(?P<last>{words.last})|(?P<next>{words.next}))(?!\w)",
         _read_relative_unit),
        (rf"(?<!\w){words.ago}(?!\w)", _read_ago),
        (rf"(?<!\w){'[وفبل]?' if language == 'ar' else ''}(?:(?P<yesterday>{words.yesterday})|(?P<tomorrow>{words.tomorrow})|(?P<today>{words.today}))(?!\w)",
         _read_relative_day),
        (rf"(?<![\w/\-.,§(]){year}(?![/\-]\d)(?!\w)", _read_year),
    ]  # fmt: skip
    return tuple(_Rule(re.compile(source, flags), read) for source, read in sources)


@lru_cache(maxsize=4)
def _bounds(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = WORDS[language]
    lead = r"(?:\s+(?:le|la|the|on|in|en|early|late|mid|عام|سنة|شهر|يوم))?\s*$"
    return tuple(
        (kind, re.compile(rf"(?<!\w){source}{lead}", re.IGNORECASE))
        for kind, source in (("after", words.since), ("before", words.until), ("after", words.after))
    )


def find_dates(text: str, language: str, published: DateInterval | None) -> list[Dated]:
    """The dates of a text in order, without overlaps; the earliest and then the longest wins."""
    reader = _Reader(language, published)
    found = sorted(_matches(text, reader), key=lambda item: (item[0], -item[1]))
    kept: list[Dated] = []
    for start, end, read in found:
        if kept and start < kept[-1].end:
            continue
        interval = read()
        if interval is not None:
            interval = _bounded(text, start, language, replace(interval, found=text[start:end]))
        dated = Dated(start, end, interval)
        whole = _whole(text, kept[-1], dated) if kept else None
        if whole is None:
            kept.append(dated)
        else:
            kept[-1] = whole
    return kept


def _whole(text: str, one: Dated, other: Dated) -> Dated | None:
    """Two names of one day, side by side, as one date ("yesterday, Monday", "Tuesday 6 October")."""
    gap = text[one.end : other.start]
    if gap not in (" ", ", ", "، ") or any(char.isdigit() for char in text[one.start : one.end]):
        return None
    known = [d.interval for d in (one, other) if d.interval]
    if any(interval.precision != "day" for interval in known):
        return None
    explicit = any(char.isdigit() for char in text[other.start : other.end])
    if explicit and gap == "، ":
        return None
    if not explicit and len({(i.start, i.end) for i in known}) == 2:
        return None
    interval = other.interval or (None if explicit else one.interval)
    found = text[one.start : other.end]
    return Dated(one.start, other.end, replace(interval, found=found) if interval else None)


def _matches(text: str, reader: _Reader) -> Iterator[tuple[int, int, Callable[[], DateInterval | None]]]:
    for rule in _rules(reader.language):
        for match in rule.pattern.finditer(text):
            start = match.start()
            groups = match.groupdict()
            if rule.read is _read_month and not groups.get("year") and not _part(match):
                start = match.start("month")
                if match.group("month").lower() in _NUMBER_WORDS:
                    continue
            elif rule.read is _read_weekday and reader.language == "ar":
                start = match.start("weekday")
            elif rule.read is _read_relative_day:
                start = max(match.start(name) for name in ("yesterday", "tomorrow", "today"))
            yield start, match.end(), lambda rule=rule, match=match: rule.read(reader, match)  # type: ignore[misc]


def _bounded(text: str, start: int, language: str, interval: DateInterval) -> DateInterval:
    before = text[max(0, start - 28) : start]
    for kind, pattern in _bounds(language):
        if pattern.search(before) and interval.precision != "range":
            return clipped(interval, kind)
    return interval
