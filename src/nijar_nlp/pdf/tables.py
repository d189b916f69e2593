"""A page's lines with the ruled cells that they stand in, found by pdfplumber among the page's rules."""

import bisect
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
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
_TIGHT = 0.12  # of the type size: signs as near to each other are one word's
_MOST_CUTS = 0.1  # cut words a line, from which rules are a drawing over the text
_LEAST_FILLED = 0.25  # of a table's rows: those with text in two cells or more

Cell = tuple[float, float, float, float]


class _Grid(NamedTuple):
    """The edges of a table's rows and columns, and its cells, in points from the page's top left."""

    tops: list[float]
    bottom: float
    lefts: list[float]
    right: float
    cells: np.ndarray


def with_cells(page: Any, glyphs: Glyphs, lines: Sequence[LayoutLine]) -> tuple[LayoutLine, ...]:
    """The lines of a page, those in a ruled table parted by cell: table, row and column.

    A table has two rows, two columns, text in four cells at least and in several of a row, and its rules cut
    no words. Turned pages are left as they are.
    """
    if glyphs.turned or not _looks_like_table(lines):
        return tuple(lines)
    rules = rules_of(page)
    if not 4 <= len(rules) <= _MAX_RULES:
        return tuple(lines)
    placed = list(lines)
    for number, grid in enumerate(_grids([_edge(rule, glyphs) for rule in rules])):
        stretches = [_stretches(line, grid, number, glyphs) for line in placed]
        inside = [pieces for pieces in stretches if pieces]
        if sum(map(_cuts, inside)) > _MOST_CUTS * len(inside) or not _is_filled(inside):
            continue
        placed = [piece for line, pieces in zip(placed, stretches, strict=True) for piece in pieces or [line]]
    return tuple(placed)


def _cuts(pieces: Sequence[LayoutLine]) -> int:
    """How many words the pieces of one line are cut in."""
    return sum(
        max(after.x0 - before.x1, before.x0 - after.x1) < _TIGHT * before.size
        for before, after in pairwise(pieces)
    )


def _is_filled(lines: Sequence[Sequence[LayoutLine]]) -> bool:
    """Whether enough cells hold text, and enough rows more than one."""
    cells = {piece.cell for pieces in lines for piece in pieces if piece.cell is not None}
    rows = Counter(row for _, row, _ in cells)
    several = sum(count > 1 for count in rows.values())
    return len(cells) >= _MIN_CELLS and several >= _LEAST_FILLED * len(rows)


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
        np.round(np.array(cells), 1),
    )


def _stretches(line: LayoutLine, grid: _Grid, table: int, glyphs: Glyphs) -> list[LayoutLine]:
    """The stretches of a line that stand in one cell each; none where it is not in the table."""
    middle = (line.top + line.bottom) / 2
    outside = middle < grid.tops[0] or middle > grid.bottom + 1
    if line.cell is not None or outside or line.x1 <= grid.lefts[0] - 2 or line.x0 >= grid.right + 2:
        return []
    here = grid.cells[(grid.cells[:, 1] <= middle + 1) & (grid.cells[:, 3] >= middle - 1)]
    if not len(here):
        return []
    here = here[np.argsort(here[:, 0], kind="stable")]
    boxes = glyphs.boxes([max(0, index) for index in line.glyphs])
    centres = (boxes[:, 0] + boxes[:, 2]) / 2
    numbers = np.clip(np.searchsorted(here[:, 0], centres, side="right") - 1, 0, len(here) - 1)
    numbers[centres < grid.lefts[0] - 2] = numbers[centres > grid.right + 2] = _OUTSIDE
    places = [place for place in range(len(line.text)) if not line.text[place].isspace()]
    pieces = []
    for number, group in groupby(places, key=lambda place: int(numbers[place])):
        members = list(group)
        cell = None if number == _OUTSIDE else (table, *_place(grid, here[number]))
        pieces.append(_stretch(line, members, boxes[members], cell))
    return pieces


def _place(grid: _Grid, cell: np.ndarray) -> tuple[int, int]:
    """The row and the column in which a cell begins."""
    return bisect.bisect_left(grid.tops, float(cell[1])), bisect.bisect_left(grid.lefts, float(cell[0]))


def _stretch(
    line: LayoutLine, places: Sequence[int], boxes: np.ndarray, cell: tuple[int, int, int] | None
) -> LayoutLine:
    """The stretch of a line from the first to the last of the places, whose boxes are given."""
    start, end = places[0], places[-1] + 1
    return line._replace(
        text=line.text[start:end],
        x0=float(boxes[:, 0].min()),
        x1=float(boxes[:, 2].max()),
        glyphs=line.glyphs[start:end],
        gaps=(),
        raised=tuple((a - start, b - start) for a, b in line.raised if start <= a and b <= end),
        cell=cell,
    )
