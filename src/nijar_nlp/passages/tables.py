"""Rows of cells into table rows that read as sentences: "header: cell; header: cell"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nijar_nlp.passages.blocks import Block, Piece
from nijar_nlp.passages.rows import Row
from nijar_nlp.passages.wording import ends_open, starts_small

_MIN_ROWS = 3
_NEXT = 1.6  # times the type size: the next line of a cell is as near
_FIGURE = re.compile(r"^[\W\d_]*\d[\W\d_]*$")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:[-/–]\d{2,4})?$")
_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")

Cell = list[Piece]


def table_stretches(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Half-open stretches of a run's rows that make tables without need of rules: cells set below cells.

    Rows that go on with a later cell of the row above are in the table with it.
    """
    stretches = []
    start = None
    for number, row in enumerate([*rows, None]):
        if row is not None and row.line.gaps and not _LEADER.search(row.text):
            start = number if start is None else start
        elif start is not None and not (row is not None and _column(rows[start:number], row)):
            spaced = [row for row in rows[start:number] if row.line.gaps]
            if len(spaced) >= _MIN_ROWS and _aligned(spaced) and not _set_wide(spaced):
                stretches.append((start, number))
            start = None
    return stretches


def _column(rows: Sequence[Row], row: Row) -> int:
    """The column, from 1 on, with whose cell in the rows above a row without blanks goes on; else 0."""
    above = next((other for other in reversed(rows) if other.line.gaps), None)
    near = 0 < row.baseline - rows[-1].baseline < _NEXT * row.size
    if above is None or row.line.gaps or not near or abs(row.size - above.size) > 0.1 * row.size:
        return 0
    line, reverse = row.line, above.line.right_to_left
    shifts = [line.x1 - gap.x0 if reverse else line.x0 - gap.x1 for gap in above.line.gaps]
    return next((column for column, shift in enumerate(shifts, 1) if abs(shift) < 0.4 * row.size), 0)


def table_blocks(rows: Sequence[Row]) -> list[Block]:
    """One block for each row of a table that is told by its blanks."""
    cells: list[list[Cell]] = []
    firsts: list[Row] = []
    for number, row in enumerate(rows):
        column = _column(rows[:number], row) if number and not row.line.gaps else 0
        if column and column < len(cells[-1]):
            cells[-1][column] = _grown(cells[-1][column], row)
        else:
            cells.append(list(cells_of(row)))
            firsts.append(row)
    columns = max(len(row) for row in cells)
    full = [[[], *row] if len(row) == columns - 1 else row for row in cells]
    return _sentences(full, firsts, ruled=False)


def ruled_blocks(rows: Sequence[Row]) -> list[Block]:
    """The blocks of rows that lie in ruled cells, one for each row of each grid."""
    grids: dict[int, dict[int, dict[int, list[Row]]]] = {}
    for row in rows:
        if row.line.cell is not None:
            table, line, column = row.line.cell
            grids.setdefault(table, {}).setdefault(line, {}).setdefault(column, []).append(row)
    blocks = []
    for grid in grids.values():
        columns = range(max(max(line) for line in grid.values()) + 1)
        order = columns[::-1] if _right_to_left(rows) else columns
        lines = [[_joined(grid[line].get(column, [])) for column in order] for line in sorted(grid)]
        firsts = [
            next(grid[line][column][0] for column in order if column in grid[line]) for line in sorted(grid)
        ]
        blocks.extend(_sentences(lines, firsts, ruled=True))
    return blocks


def _right_to_left(rows: Sequence[Row]) -> bool:
    """Whether most rows that hold letters run from right to left."""
    worded = [row.line.right_to_left for row in rows if any(map(str.isalpha, row.text))]
    return 2 * sum(worded) > len(worded)


def _aligned(rows: Sequence[Row]) -> bool:
    """Whether cells stand below cells: most rows share a column's edge with the row above."""
    shared = 0
    for above, below in pairwise(rows):
        edges = [edge for gap in above.line.gaps for edge in (gap.x0, gap.x1)]
        own = [edge for gap in below.line.gaps for edge in (gap.x0, gap.x1)]
        shared += any(abs(a - b) < 0.6 * below.size for a in edges for b in own)
    return shared * 3 >= 2 * (len(rows) - 1)


def _set_wide(rows: Sequence[Row]) -> bool:
    """Whether rows of words are stretched to one width by even blanks, as text in a narrow column."""
    size = rows[0].size
    if any(max(edges) - min(edges) > 0.8 * size for edges in ([r.x0 for r in rows], [r.x1 for r in rows])):
        return False
    words = [word for row in rows for word in row.text.split()]
    if 3 * sum(any(c.isdigit() for c in word) for word in words) > len(words):
        return False
    blanks = [[gap.x1 - gap.x0 for gap in row.line.gaps] for row in rows]
    return all(max(row) - min(row) < 0.15 * size for row in blanks)


def cells_of(row: Row) -> Iterator[Cell]:
    """The stretches of a row between its wide blanks."""
    starts = [0, *(gap.offset for gap in row.line.gaps), len(row.text)]
    for start, end in pairwise(starts):
        yield [Piece("", row, start, start + len(row.text[start:end].rstrip()))]


def _joined(rows: Sequence[Row]) -> Cell:
    pieces: Cell = []
    for row in rows:
        pieces = _grown(pieces, row)
    return pieces


def _grown(cell: Cell, row: Row) -> Cell:
    """A cell with its next line."""
    piece = Piece("", row, 0, len(row.text))
    if not cell:
        return [piece]
    last = cell[-1]
    if ends_open(last.text) and starts_small(row.text):
        return [*cell[:-1], last._replace(end=last.end - 1), piece]
    return [*cell, Piece(" "), piece]


def _sentences(cells: Sequence[Sequence[Cell]], firsts: Sequence[Row], *, ruled: bool) -> list[Block]:
    """One block a row: the first row heads the others where it holds words or years and they hold figures."""
    filled = sum(map(bool, cells[0]))
    header = (
        cells[0] if len(cells) > 1 and filled * 2 >= len(cells[0]) and _heads(cells, ruled=ruled) else None
    )
    blocks = []
    for number, (row, first) in enumerate(zip(cells, firsts, strict=True)):
        pieces: list[Piece] = []
        for column, cell in enumerate(row):
            if not cell:
                continue
            if pieces:
                pieces.append(Piece("; "))
            head = header[column] if header is not None and number and column < len(header) else []
            pieces.extend([*head, Piece(": ")] if head else [])
            pieces.extend(cell)
        if pieces:
            rows = list(dict.fromkeys(piece.row for piece in pieces if piece.row is not None))
            own = [row for row in rows if header is None or not number or row not in _rows_of(header)]
            blocks.append(Block("table", own or [first], first.x0, first.x1, pieces=pieces))
    return blocks


def _rows_of(cells: Sequence[Cell]) -> set[Row]:
    return {piece.row for cell in cells for piece in cell if piece.row is not None}


def _heads(cells: Sequence[Sequence[Cell]], *, ruled: bool) -> bool:
    """Whether the first row names the columns: it is bold, or has no figures but years and others have.

    In a ruled table of three rows or more others need none.
    """
    first = [piece for cell in cells[0] for piece in cell if piece.row is not None]
    if first and all(piece.row.bold for piece in first if piece.row is not None):
        return True
    texts = [piece.text for piece in first]
    if any(
        _FIGURE.match(text) and not re.fullmatch(r"(?:19|20)\d\d(?:[-/–]\d{2,4})?", text) for text in texts
    ):
        return False
    rest = [piece.text for row in cells[1:] for cell in row for piece in cell if piece.row is not None]
    return any(_FIGURE.match(text) for text in rest) or (ruled and len(cells) > 2)
