"""A page's lines with the ruled cells that they stand in, found by pdfplumber among the page's rules."""

import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.rules import Rule, rules_of
from nijar_nlp.records import LayoutLine

_MIN_SIGNS = 3  # lines that look like cells, under which no table is looked for
_SHORT = 25  # characters: longer lines side by side are columns of text
_MIN_CELLS = 4  # cells that hold text
_MAX_RULES = 3000  # more are a drawing
_MEET = 4.0  # points that rules which meet may miss each other by
_OUTSIDE = -1  # the column of what stands beside the table
_SNAP = 3.0  # points within which parallel rules are one

Cell = tuple[float, float, float, float]


class _Grid(NamedTuple):
    """The edges of a table's rows and columns, in points from the page's top left."""

    tops: list[float]
    bottom: float
    lefts: list[float]
    right: float


def with_cells(page: Any, glyphs: Glyphs, lines: Sequence[LayoutLine]) -> tuple[LayoutLine, ...]:
    """The lines of a page, those in a ruled table parted by cell: table, row and column.

    A table has two rows, two columns and text in four cells at least. Turned pages are left as they are.
    """
    if glyphs.turned or not _looks_like_table(lines):
        return tuple(lines)
    rules = rules_of(page)
    if not 4 <= len(rules) <= _MAX_RULES:
        return tuple(lines)
    placed = list(lines)
    for number, grid in enumerate(_grids([_edge(rule, glyphs) for rule in rules])):
        parted = [piece for line in placed for piece in _parted(line, grid, number, glyphs)]
        if len({piece.cell for piece in parted if piece.cell and piece.cell[0] == number}) >= _MIN_CELLS:
            placed = parted
    return tuple(placed)


def _looks_like_table(lines: Sequence[LayoutLine]) -> bool:
    """Whether lines with wide blanks, or short lines side by side, are more than a few."""
    signs = sum(bool(line.gaps) for line in lines)
    short = [round(line.baseline / 3) for line in lines if len(line.text) < _SHORT]
    return signs + len(short) - len(set(short)) >= _MIN_SIGNS


def _edge(rule: Rule, glyphs: Glyphs) -> dict[str, Any]:
    """A rule as pdfplumber's tables know it."""
    x0, top = glyphs.point(rule.x0, rule.y1)
    x1, bottom = glyphs.point(rule.x1, rule.y0)
    edge = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return edge | {"orientation": "h" if rule.y0 == rule.y1 else "v", "object_type": "line"}


def _grids(edges: list[dict[str, Any]]) -> list[_Grid]:
    """The grids of at least two rows and two columns, by pdfplumber's finder."""
    from pdfplumber import table

    merged = table.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    cells = table.intersections_to_cells(table.edges_to_intersections(merged, _MEET, _MEET))
    grids = (_grid(group) for group in table.cells_to_tables(cells))
    return [grid for grid in grids if len(grid.tops) > 1 and len(grid.lefts) > 1]


def _grid(cells: Sequence[Cell]) -> _Grid:
    return _Grid(
        sorted({round(cell[1], 1) for cell in cells}),
        max(cell[3] for cell in cells),
        sorted({round(cell[0], 1) for cell in cells}),
        max(cell[2] for cell in cells),
    )


def _parted(line: LayoutLine, grid: _Grid, table: int, glyphs: Glyphs) -> Iterator[LayoutLine]:
    """The stretches of a line that stand in one cell each; the line itself where it is not in the table."""
    middle = (line.top + line.bottom) / 2
    row = bisect.bisect_right(grid.tops, middle) - 1
    inside = line.x1 > grid.lefts[0] - 2 and line.x0 < grid.right + 2
    if line.cell is not None or row < 0 or middle > grid.bottom + 1 or not inside:
        yield line
        return
    boxes = glyphs.boxes([max(0, index) for index in line.glyphs])
    centres = (boxes[:, 0] + boxes[:, 2]) / 2
    columns = np.clip(np.searchsorted(grid.lefts, centres, side="right") - 1, 0, len(grid.lefts) - 1)
    columns[centres < grid.lefts[0] - 2] = columns[centres > grid.right + 2] = _OUTSIDE
    places = [place for place in range(len(line.text)) if not line.text[place].isspace()]
    for column, group in groupby(places, key=lambda place: int(columns[place])):
        members = list(group)
        cell = None if column == _OUTSIDE else (table, row, column)
        yield _stretch(line, members[0], members[-1] + 1, boxes, cell)


def _stretch(
    line: LayoutLine, start: int, end: int, boxes: np.ndarray, cell: tuple[int, int, int] | None
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
