# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Dates in a text as intervals with their precision, by a small grammar of three languages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from nijar_nlp.mentions.calendar_math import clipped
from nijar_nlp.mentions.date_readings import (
    Reader,
    part_in,
    read_ago,
    read_day,
    read_days,
    read_decade,
    read_month,
    read_months,
    read_numeric,
    read_quarter,
    read_relative_day,
    read_relative_unit,
    read_season,
    read_weekday,
    read_year,
    read_years,
)
from nijar_nlp.mentions.dates_lexicon import AR_ORDINALS, WORDS, Words, in_any_case
from nijar_nlp.records import DateInterval

_YEAR = r"(?:19[5-9]\d|20[0-4]\d|[١٢][٠٩][٠-٩]{2})"
_OF_YEAR = rf"(?P<year>{_YEAR})(?!\d)"
_DAY = r"(?:[0-3]?\d|[٠-٣]?[٠-٩])"
_AR_DAYS = "".join(f"|{word}" for word in sorted(AR_ORDINALS, key=len, reverse=True))
_EDGE = r"(?<![\w/\-.])"
_LONGEST_ABBREVIATION = 4
# An abbreviated month that is a number too.
_NUMBER_WORDS = frozenset({"sept"})
# Whole names of months that are as short as an abbreviation.
_WHOLE = frozenset({"may", "june", "july", "mars", "mai", "juin", "août", "aout"})


class Dated(NamedTuple):
    """A date in a text, half-open; `interval` is None where the words and the publication date leave it open."""

    start: int
    end: int
    interval: DateInterval | None


_Read = Callable[[Reader, re.Match[str]], DateInterval | None]
_Source = tuple[str, _Read]


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    read: _Read


def _alternatives(names: tuple[str, ...]) -> str:
    return "|".join(sorted((n for group in names for n in group.split("|")), key=len, reverse=True))


def _dotted(month: str) -> str:
    """A month's name; an abbreviation may have its full stop."""
    abbreviated = len(month) <= _LONGEST_ABBREVIATION and month.lower() not in _WHOLE and month < "\u0600"
    return rf"{month}\.?" if abbreviated else month


@lru_cache(maxsize=4)
def _rules(language: str) -> tuple[_Rule, ...]:
    words = in_any_case(WORDS[language])
    flags = re.IGNORECASE if language == "fr" else 0
    sources = [*_days_and_months(words, language), *_years(words), *_relative(words, language)]
    return tuple(_Rule(re.compile(source, flags), read) for source, read in sources)


def _part_of(words: Words) -> str:
    return rf"(?:(?P<early>{words.early})|(?P<mid>{words.mid})|(?P<late>{words.late}))\s*"


def _days_and_months(words: Words, language: str) -> Iterator[_Source]:
    """Days and months by name or number, alone and from one to another."""
    months = "|".join(_dotted(name) for name in _alternatives(words.months).split("|"))
    again = rf"(?:\s*[/(]\s*(?:{months})\s*\)?)?" if language == "ar" else ""
    month, month2 = (rf"(?P<{name}>{months})(?!\w){again}" for name in ("month", "month2"))
    ordinals = _AR_DAYS if language == "ar" else ""
    day, day2 = (rf"(?P<{name}>{_DAY}{ordinals}){words.day}" for name in ("day", "day2"))
    comma = r"\s*,?\s*(?:عام\s+|سنة\s+|من عام\s+)?" if language == "ar" else r"\s*,?\s*(?:de\s+|of\s+)?"
    to_year = rf"(?:{comma}(?P<year2>{_YEAR})(?!\d))?"
    yield (
        rf"{_EDGE}{day}\s*(?:{words.of}{month}(?:{comma}{_OF_YEAR})?\s*)?(?:{words.to})\s*(?:le\s+)?{day2}\s*{words.of}{month2}"
        rf"{to_year}",
        read_days,
    )
    yield (rf"{_EDGE}(?P<month2>{months})\s+{day}\s*(?:{words.to})\s*{day2}(?!\w){to_year}", read_days)
    yield (rf"{_EDGE}{day}\s+{words.of}{month}(?:{comma}{_OF_YEAR}|\s+(?P<short>[6-9]\d)(?!\w))?", read_day)
    if language == "en":
        yield (
            rf"{_EDGE}(?P<month>{months})\s+{day}(?!\w)(?!\s*(?:{words.to})\s*\d)(?:\s*,?\s*{_OF_YEAR})?",
            read_day,
        )
    yield (rf"{_EDGE}{month}(?:\s*,?\s*{_OF_YEAR})?\s*(?:{words.to})\s*{month2}{to_year}", read_months)
    yield (rf"(?<!\w){_part_of(words)}{month}(?:{comma}{_OF_YEAR})?", read_month)
    yield (rf"{_EDGE}{month}{comma}{_OF_YEAR}", read_month)
    yield (
        rf"(?<!\w)(?:(?P<iyear>{_YEAR})-(?P<imonth>[01]\d)-(?P<iday>[0-3]\d)|(?P<nday>{_DAY})[/.](?P<nmonth>{_DAY})[/.]"
        rf"(?P<nyear>{_YEAR}))(?!\w)",
        read_numeric,
    )
    yield (rf"(?<!\w)(?:{words.in_})\s*{month}(?:\s+(?:{words.last}|{words.next}))?(?!\s*\d)", read_month)


def _years(words: Words) -> Iterator[_Source]:
    """Years, their parts and seasons, decades, and years from one to another."""
    season = _alternatives(tuple(names for names, _ in words.seasons))
    yield (rf"(?<!\w)(?:{words.decade})(?!\w)", read_decade)
    yield (rf"(?<!\w){_part_of(words)}(?:(?:de|d['’]|in|of|عام|سنة)\s*)?{_OF_YEAR}", read_year)
    yield (rf"(?<!\w)(?P<season>{season})\s+(?:of\s+|de\s+|عام\s+|سنة\s+)?{_OF_YEAR}", read_season)
    yield (
        rf"(?<!\w)(?P<nth>first|second|third|fourth|last|premier|deuxième|troisième|quatrième|dernier)\s+"
        rf"(?:(?P<half>half|semestre)|quarter|trimestre)\s+(?:of|de)?\s*{_OF_YEAR}",
        read_quarter,
    )
    yield (rf"{_EDGE}{_OF_YEAR}\s*(?:{words.to})\s*(?:عام\s+)?(?P<year2>{_YEAR}|\d\d)(?![\d/])", read_years)
    yield (rf"(?<![\w/\-.,§(]){_OF_YEAR}(?![/\-]\d)(?!\w)", read_year)


def _relative(words: Words, language: str) -> Iterator[_Source]:
    """What is told from the day of publication: weekdays, "last week", "two days ago", "yesterday"."""
    weekday = _alternatives(words.weekdays)
    units = "|".join(rf"(?P<{name}>{forms})" for name, forms in words.units)
    last, next_ = rf"(?P<last>{words.last})", rf"(?P<next>{words.next})"
    if language == "en":
        yield (
            rf"(?<!\w)(?:{last}\s+|{next_}\s+|(?:{words.this})\s+)?(?P<weekday>{weekday})(?!\w)",
            read_weekday,
        )
        yield (rf"(?<!\w)(?:{last}|{next_}|(?:{words.this}))\s+(?:{units})(?!\w)", read_relative_unit)
    else:
        yield (rf"(?<!\w)[وفب]?(?P<weekday>{weekday})(?:\s+(?:{last}|{next_})(?!\w))?(?!\w)", read_weekday)
        yield (rf"(?<!\w)(?:l['’]|la |le |ال)?(?:{units})\s+(?:{last}|{next_})(?!\w)", read_relative_unit)
    yield (rf"(?<!\w){words.ago}(?!\w)", read_ago)
    particle = "[وفبل]?" if language == "ar" else ""
    yield (
        rf"(?<!\w){particle}(?:(?P<yesterday>{words.yesterday})|(?P<tomorrow>{words.tomorrow})|(?P<today>{words.today}))(?!\w)",
        read_relative_day,
    )


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
    reader = Reader(language, published)
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


def _matches(text: str, reader: Reader) -> Iterator[tuple[int, int, Callable[[], DateInterval | None]]]:
    for rule in _rules(reader.language):
        for match in rule.pattern.finditer(text):
            start = match.start()
            groups = match.groupdict()
            if rule.read is read_month and not groups.get("year") and not part_in(match):
                start = match.start("month")
                if match.group("month").lower() in _NUMBER_WORDS:
                    continue
            elif rule.read is read_weekday and reader.language == "ar":
                start = match.start("weekday")
            elif rule.read is read_relative_day:
                start = max(match.start(name) for name in ("yesterday", "tomorrow", "today"))
            yield start, match.end(), lambda rule=rule, match=match: rule.read(reader, match)  # type: ignore[misc]


def _bounded(text: str, start: int, language: str, interval: DateInterval) -> DateInterval:
    before = text[max(0, start - 28) : start]
    for kind, pattern in _bounds(language):
        if pattern.search(before) and interval.precision != "range":
            return clipped(interval, kind)
    return interval
