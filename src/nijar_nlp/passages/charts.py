"""The labels of charts, told by the figures of their axes, apart from a page's text."""

import re
from collections.abc import Callable, Sequence
from operator import attrgetter

from nijar_nlp.passages.blocks import Block, Piece
from nijar_nlp.passages.paragraphs import CAPTION
from nijar_nlp.passages.rows import Measures, Row, Sheet
from nijar_nlp.passages.tables import cells_of
from nijar_nlp.passages.wording import ends_sentence

_FIGURE = re.compile(r"^[-–−]?\d[\d.,  \u202f\xa0]{0,10}?\s?(?:%|[kKmM])?$")
_THOUSANDS = re.compile(r"[,.  \u202f\xa0](?=\d{3}(?!\d))")
_TICKS = 4  # figures that make an axis
_EVEN = 0.1  # of the usual distance between two ticks: how far one may be off
_LABEL_CHARS = 45  # a chart's label is shorter
_LINE_CHARS = 22  # three rows as long, one under the other, are text
_UNDER = 6.0  # times the type size: labels start as near under the axis, or 2.5 ticks
_NEXT = 3.2  # times the type size: the next label follows as near
_PLOT = 6.0  # times the type size: no text stands so near to the right of an axis


def label_charts(sheets: Sequence[Sheet], measures: Measures) -> dict[int, list[Block]]:
    """By page, a caption of the labels of each chart; their rows' kind is set.

    A chart is told by an axis: figures one over the other, growing upwards in even steps at even distances.
    """
    charts: dict[int, list[Block]] = {}
    for sheet in sheets:
        rows = [row for row in sheet.rows if not row.kind and row.line.cell is None]
        figures = [row for row in rows if _FIGURE.match(row.text)]
        axes = _upright_axes(figures) if len(figures) >= _TICKS else []
        ticks = {id(row) for axis in axes for row in axis}
        for axis in axes:
            others = [row for row in rows if id(row) not in ticks and any(map(str.isdigit, row.text))]
            in_table = sum(any(row.beside(tick) for row in others) for tick in axis) * 2 >= len(axis)
            labels = [] if in_table else _beside(axis, rows, measures)
            if labels and not any(row.kind for row in labels):
                charts.setdefault(sheet.number, []).append(_caption(labels))
    return charts


def _upright_axes(figures: Sequence[Row]) -> list[list[Row]]:
    """Figures that share an edge and grow upwards in even steps at even distances; each from below."""
    axes: list[list[Row]] = []
    for edge in ("x1", "x0"):
        for column in _columns(figures, attrgetter(edge)):
            taken = {id(row) for axis in axes for row in axis}
            axes.extend(_even([row for row in column if id(row) not in taken]))
    return axes


def _columns(figures: Sequence[Row], edge: Callable[[Row], float]) -> list[list[Row]]:
    """The figures by the edge that they share."""
    columns: list[list[Row]] = []
    for row in sorted(figures, key=edge):
        if columns and edge(row) - edge(columns[-1][-1]) < 0.5 * row.size:
            columns[-1].append(row)
        else:
            columns.append([row])
    return columns


def _even(column: Sequence[Row]) -> list[list[Row]]:
    """The stretches of a column, from below, whose values and places go up in even steps."""
    stretches: list[list[Row]] = []
    for row in sorted(column, key=lambda row: -row.baseline):
        last = stretches[-1] if stretches else []
        if last and _keeps_step(last, row):
            last.append(row)
        else:
            stretches.append([row])
    return [stretch for stretch in stretches if len(stretch) >= _TICKS and not _are_years(stretch)]


def _keeps_step(axis: Sequence[Row], row: Row) -> bool:
    """Whether a figure goes on upwards from an axis's last as that did from the one below it."""
    if len(axis) == 1:
        return _value(row) > _value(axis[0]) and axis[0].baseline - row.baseline > row.size
    step, rise = _value(axis[1]) - _value(axis[0]), axis[0].baseline - axis[1].baseline
    value = abs(_value(row) - _value(axis[-1]) - step) < 1e-6 * max(1.0, abs(step))
    return value and abs(axis[-1].baseline - row.baseline - rise) < _EVEN * rise


def _are_years(axis: Sequence[Row]) -> bool:
    """Whether the figures may be years, of a list that begins with the newest."""
    return all(1900 <= _value(row) <= 2100 for row in axis) and _value(axis[1]) - _value(axis[0]) <= 1


def _value(row: Row) -> float:
    figures = _THOUSANDS.sub("", row.text.strip("%kKmM ")).replace(",", ".")
    figures = re.sub(r"[^\d.]", "", figures)
    value = float(figures) if figures.count(".") < 2 else float("inf")
    return -value if row.text[0] in "-–−" else value


def _beside(axis: Sequence[Row], rows: Sequence[Row], measures: Measures) -> list[Row]:
    """The axis with the labels right of it and below; none where it stands before lines of text."""
    size, bottom = axis[0].size, axis[0].baseline
    top = axis[-1].baseline - 1.2 * size
    left, edge = min(row.x0 for row in axis) - 3 * size, max(row.x1 for row in axis)
    across = [row for row in rows if top < row.baseline <= bottom + 0.5 * size and row.x1 > left]
    text = [row for row in across if not _is_label(row, measures) or _runs_on(row, rows)]
    walls = [row.x0 for row in text if row.x0 > edge]
    wall = min(walls, default=float("inf"))
    if wall < edge + _PLOT * size:
        return []
    labels = [row for row in across if row in axis or (_is_label(row, measures) and row.x1 < wall)]
    reach = max(_UNDER * size, 2.5 * (axis[0].baseline - axis[1].baseline))
    for row in sorted((r for r in rows if r.baseline > bottom + 0.5 * size), key=lambda r: r.baseline):
        if row.x1 < left or row.x0 > wall:
            continue
        if row.baseline - bottom > reach or not _is_label(row, measures) or _runs_on(row, rows):
            break
        labels.append(row)
        bottom, reach = row.baseline, _NEXT * size
    return sorted(labels, key=lambda row: (row.baseline, row.x0))


def _is_label(row: Row, measures: Measures) -> bool:
    """Whether a row can be a chart's label: small and short, no sentence and no caption of its own."""
    if row.size > 1.02 * measures.body or CAPTION.match(row.text) or ends_sentence(row.text):
        return False
    return all(len("".join(piece.text for piece in cell)) < _LABEL_CHARS for cell in cells_of(row))


def _runs_on(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is one of three lines of text or more."""
    if len(row.text) < _LINE_CHARS:
        return False
    near = [other for other in rows if abs(other.baseline - row.baseline) < 3.5 * row.size]
    return sum(len(other.text) >= _LINE_CHARS and other.over(row) for other in near) > 2


def _caption(rows: list[Row]) -> Block:
    pieces: list[Piece] = []
    for row in rows:
        row.kind = "caption"
        for cell in cells_of(row):
            pieces.extend([*([Piece("; ")] if pieces else []), *cell])
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    return Block("caption", rows, left, right, pieces=pieces)
