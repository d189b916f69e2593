"""A page's lines with the ruled cells that they stand in, found by pdfplumber."""

import bisect
import ctypes
import logging
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.records import LayoutLine

log = logging.getLogger(__name__)

_MIN_SIGNS = 3  # lines that look like cells, under which no table is looked for
_MAX_OBJECTS = 6000  # of a page looked at; a page with more is a drawing
_RULE = 15.0  # points: shorter lines are no rules
_ONE_BOX = 12  # segments of a path: one with more draws several lines
_MIN_CELLS = 4  # cells that hold text
_SETTINGS = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "intersection_tolerance": 4}


class _Grid(NamedTuple):
    """The edges of a table's rows and columns, in points from the page's top left."""

    tops: list[float]
    bottoms: list[float]
    lefts: list[float]
    rights: list[float]


class Tables:
    """The ruled tables of one file; pdfplumber opens it at the first page that needs it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pdf: Any = None

    def __enter__(self) -> "Tables":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def place(
        self, number: int, page: Any, glyphs: Glyphs, lines: Sequence[LayoutLine]
    ) -> tuple[LayoutLine, ...]:
        """The lines of a page, those in a ruled table parted by cell: table, row and column."""
        if not _looks_like_table(lines) or not _has_grid(page):
            return tuple(lines)
        placed = list(lines)
        for table, grid in enumerate(self._grids(number)):
            placed = [piece for line in placed for piece in _parted(line, grid, table, glyphs)]
        return tuple(placed)

    def _grids(self, number: int) -> list[_Grid]:
        """The grids of at least two rows and columns with text in at least four cells."""
        try:
            if self._pdf is None:
                import pdfplumber

                self._pdf = pdfplumber.open(self._path)
            page = self._pdf.pages[number - 1]
            tables = page.find_tables(_SETTINGS)
            grids = [_grid(table) for table in tables if _is_table(table)]
            page.close()
        except Exception as error:  # pdfminer raises whatever a malformed object leads to
            log.info("%s, page %d: no tables, %s", self._path.name, number, type(error).__name__)
            return []
        return grids


def _looks_like_table(lines: Sequence[LayoutLine]) -> bool:
    """Whether lines with wide blanks, or lines side by side, are more than a few."""
    signs = sum(bool(line.gaps) for line in lines)
    baselines: dict[int, int] = {}
    for line in lines:
        key = round(line.baseline / 3)
        baselines[key] = baselines.get(key, 0) + 1
    return signs + sum(count - 1 for count in baselines.values()) >= _MIN_SIGNS


def _has_grid(page: Any) -> bool:
    """Whether the page draws rules, or boxes, at three heights and at three places across at least."""
    heights: set[int] = set()
    places: set[int] = set()
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if (
            right - left > _RULE
            and top - bottom > _RULE / 2
            and pdfium.FPDFPath_CountSegments(item) > _ONE_BOX
        ):
            return True
        if right - left > _RULE:
            heights.update((round(bottom / 3), round(top / 3)))
        if top - bottom > _RULE / 2:
            places.update((round(left / 3), round(right / 3)))
    return len(heights) > 2 and len(places) > 2


def _is_table(table: Any) -> bool:
    texts = [text for row in table.extract() for text in row if text and text.strip()]
    columns = max((sum(cell is not None for cell in row.cells) for row in table.rows), default=0)
    return len(table.rows) > 1 and columns > 1 and len(texts) >= _MIN_CELLS


def _grid(table: Any) -> _Grid:
    rows = [row.bbox for row in table.rows]
    lefts = sorted({round(cell[0], 1) for cell in table.cells})
    rights = [*lefts[1:], max(cell[2] for cell in table.cells)]
    return _Grid([row[1] for row in rows], [row[3] for row in rows], lefts, rights)


def _parted(line: LayoutLine, grid: _Grid, table: int, glyphs: Glyphs) -> Iterator[LayoutLine]:
    """The stretches of a line that stand in one cell each; the line itself where it is not in the table."""
    middle = (line.top + line.bottom) / 2
    row = bisect.bisect_right(grid.tops, middle) - 1
    inside = line.x1 > grid.lefts[0] - 2 and line.x0 < grid.rights[-1] + 2
    if line.cell is not None or row < 0 or middle > grid.bottoms[row] + 1 or not inside:
        yield line
        return
    boxes = glyphs.boxes([max(0, index) for index in line.glyphs])
    centres = (boxes[:, 0] + boxes[:, 2]) / 2
    columns = np.clip(np.searchsorted(grid.lefts, centres, side="right") - 1, 0, len(grid.lefts) - 1)
    places = [place for place in range(len(line.text)) if not line.text[place].isspace()]
    for column, group in groupby(places, key=lambda place: int(columns[place])):
        members = list(group)
        yield _stretch(line, members[0], members[-1] + 1, boxes, (table, row, column))


def _stretch(
    line: LayoutLine, start: int, end: int, boxes: np.ndarray, cell: tuple[int, int, int]
) -> LayoutLine:
    return line._replace(
        text=line.text[start:end],
        x0=float(boxes[start:end, 0].min()),
        x1=float(boxes[start:end, 2].max()),
        glyphs=line.glyphs[start:end],
        gaps=(),
        raised=tuple((a - start, b - start) for a, b in line.raised if start <= a and b <= end),
        cell=cell,
    )
