"""Rows that repeat from page to page, or count the pages, labelled as headers and footers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nijar_nlp.passages.rows import Row, Sheet

_BAND = 0.13  # of the page's height, at its top and at its bottom
_DEPTH = 4  # rows of a band looked at, from the edge inwards
_OFTEN = 3  # pages that have a row, at least, where it is all that a page holds
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^[\s\-–—|*·./()\[\]]*(?:p(?:age|\.)?\s*|صفحة\s*)?[\divxlc٠-٩]{1,6}"
    r"(?:\s*(?:/|of|sur|de|من)\s*[\d٠-٩]{1,5})?[\s\-–—|*·./()\[\]]*$",
    re.IGNORECASE,
)
_JOB_NUMBER = re.compile(
    r"^\W*\d{2}-\d{4,6}\b[\s()A-Z\d*]*(?:/\.\.\.)?$|^\*\w{5,12}\*$|^file://|^https?://\S+\s+\d+/\d+$"
)


def label_furniture(sheets: Sequence[Sheet]) -> None:
    """Set the kind of running heads to header, of running feet and page and job numbers to footer.

    A row repeats where its text, figures aside, stands at the same height on another page's edge. A page's
    only row is left as it is, unless every third page has it.
    """
    upper, lower = zip(*(_edges(sheet) for sheet in sheets), strict=True) if sheets else ((), ())
    for bands, kind in ((upper, "header"), (lower, "footer")):
        seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for band in bands:
            for row in band:
                seen[_key(row.text)].append((row.page, row.baseline))
        repeats = _Repeats(seen, _heights(bands), len(sheets))
        for sheet, band in zip(sheets, bands, strict=True):
            _label(sheet, band, repeats, kind)


class _Repeats(NamedTuple):
    """Where on which pages a band's texts stand; how often its outermost row stands where; how many pages."""

    seen: dict[str, list[tuple[int, float]]]
    heights: Counter[int]
    n_pages: int


def _edges(sheet: Sheet) -> tuple[list[Row], list[Row]]:
    """The outermost rows in the top and the bottom band, from the edge inwards."""
    rows = [row for row in sheet.rows if row.line.cell is None]
    upper = sorted((r for r in rows if r.bottom < _BAND * sheet.height), key=lambda r: r.baseline)
    lower = sorted((r for r in rows if r.top > (1 - _BAND) * sheet.height), key=lambda r: -r.baseline)
    return _lines(upper), _lines(lower)


def _lines(rows: list[Row]) -> list[Row]:
    """The rows of the first lines, all that stand side by side on each."""
    kept: list[Row] = []
    depth = 0
    for row in rows:
        if not kept or not row.beside(kept[-1]):
            depth += 1
        if depth > _DEPTH:
            break
        kept.append(row)
    return kept


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """A row's words without its figures; a page's number at either end does not count."""
    key = _DIGITS.sub("#", " ".join(text.split())).casefold()
    return key.strip("# |–—-") or key


def _heights(bands: Sequence[list[Row]]) -> Counter[int]:
    """On how many pages the outermost row of the band stands at a height (in 2 points)."""
    return Counter(round(band[0].baseline / 2) for band in bands if band)


def _label(sheet: Sheet, band: list[Row], repeats: _Repeats, kind: str) -> None:
    others = sum(not row.kind for row in sheet.rows)
    for position, row in enumerate(band):
        if others <= 1 and _count(row, repeats) < max(_OFTEN, repeats.n_pages // 3):
            return
        outer = all(r.kind for r in band[:position] if not r.beside(row))
        counts = _is_number(row, sheet) and not _joined(row, sheet, repeats)
        if outer and (counts or _repeats(row, sheet, repeats) or _stands_apart(row, sheet, repeats)):
            row.kind = kind
            others -= 1


def _is_number(row: Row, sheet: Sheet) -> bool:
    """A page or job number alone on its line."""
    if not (_PAGE_NUMBER.match(row.text) or _JOB_NUMBER.match(row.text)):
        return False
    return all(not other.beside(row) or other is row or other.kind or _short(other) for other in sheet.rows)


def _short(row: Row) -> bool:
    return len(row.text) < 60


def _repeats(row: Row, sheet: Sheet, repeats: _Repeats) -> bool:
    """The same words at about the same height on another page: on two of few pages, or a tenth of many.

    A row that goes on with a text beside it must be on most pages: last lines may be alike by chance.
    """
    count = _count(row, repeats)
    if count < max(2, min(4, repeats.n_pages // 10)):
        return False
    return not _joined(row, sheet, repeats) or count > max(2, repeats.n_pages // 2)


def _joined(row: Row, sheet: Sheet, repeats: _Repeats) -> bool:
    """Whether a row stands as near to a row of text as lines of a paragraph do."""
    return any(
        abs(other.size - row.size) < 0.5 and _count(other, repeats) < 2
        for other in sheet.rows
        if abs(other.baseline - row.baseline) < 1.9 * row.size
        and other is not row
        and not (other.kind or other.beside(row))
        and other.over(row)
    )


def _count(row: Row, repeats: _Repeats) -> int:
    """On how many pages a row's words stand at about its height."""
    places = repeats.seen.get(_key(row.text), ())
    return len({page for page, height in places if abs(height - row.baseline) < 3 * row.size})


def _stands_apart(row: Row, sheet: Sheet, repeats: _Repeats) -> bool:
    """A short row at the height where most pages have one, with a wide blank between it and the text."""
    height = round(row.baseline / 2)
    count = sum(repeats.heights[height + shift] for shift in (-1, 0, 1))
    if repeats.n_pages < 3 or count < 0.6 * repeats.n_pages or not _short(row):
        return False
    below = [other for other in sheet.rows if not other.beside(row) and not other.kind]
    if not below:
        return False
    distance = min(abs(other.baseline - row.baseline) for other in below)
    small = row.size <= 1.05 * max(other.size for other in below)
    return distance > 2.2 * row.size and (small or count >= 0.8 * repeats.n_pages)
