"""A document's short lines, running heads, file name and metadata into its date of publication."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from nijar_nlp.passages.dates import Found, find_date, find_dates
from nijar_nlp.records import DateInterval, Document, Passage

_SHORT = 200  # characters of a line that may tell the date
_REST = 70  # characters that a line of a date may hold beside it
_DATELINE = 70  # characters within which a text's dateline ends
_EARLIEST = 1900  # year: older dates are figures or misread
_HEADS = 40  # running heads looked at
_AHEAD = timedelta(days=62)  # that a paper may be dated after its file was made
_QUOTED = re.compile(
    r"\b(?:dated|letter|resolution|decree|lettre|datée?|résolution|décret|since|depuis|from|until|before|after"
    r"|jusqu'au|avant|après|entre|between)\b|\b(?:depuis|jusqu)",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:cover(?:s|ing)|period|reporting|couvr(?:e|ant)|période)\b|(?:الفترة|يغطي)"
    r"|\bfrom\b.{3,30}\bto\b|\bdu\b.{3,30}\bau\b",
    re.I,
)
_RANGE = re.compile(r"^\W{0,2}(?:[–—-]|to\b|au\b|et\b|and\b|إلى)\s*(?:$|[\d\w])", re.I)
_OF_A_YEAR = re.compile(
    r"\b(?:annual|yearly|world|activity)?\s*(?:report|review|yearbook|survey)\s*(?:for|of|:)?\s*((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d)\s+(?:annual|yearly|world|activity|final|global)?\s*(?:report|review|yearbook|survey)\b"
    r"|\b(?:rapport|bilan|annuaire|revue)(?:\s+(?:annuel|général|mondial|d'activités?))?\s*(?:pour|de|:)?"
    r"\s*((?:19|20)\d\d)\b"
    r"|(?:التقرير|تقرير)\s+(?:السنوي\s+)?(?:لعام|لسنة|عام|سنة)?\s*((?:19|20)\d\d|[٠-٩]{4})"
    r"|(?:^|\s)©\D{0,50}((?:19|20)\d\d)\b|\bcopyright\D{0,50}((?:19|20)\d\d)\b",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)((?:19[89]|20\d)\d)(?!\d)")
_SEAM = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)|[_\s.-]+")


def published_of(
    document: Document, front: Sequence[Passage], passages: Sequence[Passage]
) -> DateInterval | None:
    """The date of publication, to the day where a line of its own says so, else as sharply as is known.

    Looked for on the first page (`front`), before its text and then in it, in running heads and feet, in the
    name of the file, and last in the file's metadata, whose month of creation is all that is taken; `found`
    says where.
    """
    heads = [p for p in passages if p.kind in ("header", "footer")][:_HEADS]
    named = [p for p in front if p.kind not in ("list", "footnote")]
    text = next((k for k, p in enumerate(named) if len(p.text) > _SHORT), len(named)) + 1
    plain = [p for p in named[:text] if p.kind != "heading"]
    headings = [p for p in named[:text] if p.kind == "heading"]  # a section's may be another day
    groups = [[("first page", p.text) for p in some] for some in (plain, headings, named[text:])]
    groups.append([("running head", p.text) for p in heads])
    last = document.published.end + _AHEAD if document.published and document.published.end else None
    candidates = [date for lines in groups for date in _in_lines(lines)]
    lines = [line for group in groups for line in group]
    candidates += [*_in_name(document.file), *_of_years(lines, document)]
    timely = [c for c in candidates if _is_timely(c.start, last)]
    return next(iter(timely), document.published)


def _is_timely(day: date | None, last: date | None) -> bool:
    """Whether a document can be of a day: no misread year, and not long after its file was made."""
    return day is not None and day.year >= _EARLIEST and day <= (last or date.today() + _AHEAD)


def _in_lines(lines: Sequence[tuple[str, str]]) -> list[DateInterval]:
    """The dates of lines that hold little else, those with their day first, then those of periods."""
    days: list[DateInterval] = []
    others: list[DateInterval] = []
    periods: list[DateInterval] = []
    for place, text in lines:
        if _PERIOD.search(text) and len(text) < _SHORT:
            periods.extend(_ends(find_dates(text, place)))
            continue
        found = _own_date(text, place)
        if found is not None:
            (days if found.precision == "day" else others).append(found)
    return [*days, *others, *periods]


def _own_date(text: str, place: str) -> DateInterval | None:
    """The date that a line is about: with little beside it, or in the dateline that a text begins with."""
    found = find_date(text[:_SHORT], place)
    if found is None or _QUOTED.search(text[: found.end]) or _RANGE.match(text[found.end :]):
        return None
    if found.end <= _DATELINE and re.match(r"\s*\)?\s*[–—-]{1,2}\s", text[found.end :]):
        return found.date
    if len(text) > _SHORT or len(text) - (found.end - found.start) > _REST:
        return None
    return found.date


def _ends(found: Iterable[Found]) -> Iterator[DateInterval]:
    """The month in which a period that a document covers ends: it came out no earlier."""
    last = max((f.date for f in found), key=lambda interval: interval.end or date.min, default=None)
    if last is not None and last.end is not None:
        end = last.end
        month_end = date(end.year, end.month, calendar.monthrange(end.year, end.month)[1])
        yield DateInterval(end.replace(day=1), month_end, "month", f"{last.found}, the end of its period")


def _in_name(file: str) -> Iterator[DateInterval]:
    """The date in a file's name, however its parts are joined; its only year at least."""
    stem = file.rsplit(".", 1)[0]
    apart = " ".join(_SEAM.sub(" ", stem).split())
    found = [f for text in (stem, apart) if (f := find_date(text, "file name")) is not None]
    days = [f for f in found if f.date.precision == "day"]
    if found:
        yield (days or found)[0].date
        return
    month = re.match(r"^((?:19|20)\d\d)[-_.](0[1-9]|1[0-2])(?!\d)", stem)
    years = set(_YEAR.findall(apart))
    if month:
        year, number = int(month.group(1)), int(month.group(2))
        end = date(year, number, calendar.monthrange(year, number)[1])
        yield DateInterval(date(year, number, 1), end, "month", f"file name: {month.group()}")
    elif len(years) == 1:
        yield _whole(years.pop(), "file name")


def _of_years(lines: Sequence[tuple[str, str]], document: Document) -> Iterator[DateInterval]:
    """The years of annual reports and of notices of copyright."""
    for place, text in [*lines, ("title", document.title)]:
        match = _OF_A_YEAR.search(text) if len(text) < _SHORT else None
        if match:
            yield _whole(next(filter(None, match.groups())), f"{place}: {' '.join(match.group().split())}")


def _whole(year: str, found: str) -> DateInterval:
    number = int(year)
    words = found if ":" in found else f"{found}: {year}"
    return DateInterval(date(number, 1, 1), date(number, 12, 31), "year", words)
