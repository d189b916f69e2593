"""A page's rows into runs: stretches that are read straight down one column."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nijar_nlp.passages.rows import Row, Sheet
from nijar_nlp.passages.tables import table_stretches

_FLUSH = 0.5  # of the type size: a justified row ends as near to the edge
_MOST = 0.62  # of the rows: the last rows of paragraphs are the others
_LONG = 4  # rows: a stretch of so many shows its column's edge
_GUTTER = 1.0  # times the type size: a column ends so far before the text beside it
_UNDER = 3.5  # times the type size: what a heading stands over begins as near
_NEAR = 1.8  # times the type size: edges nearer than this are one column's


@dataclass(slots=True)
class Run:
    """Rows one below the other in one column; `left` is its edge, `rights` its right edge at each row."""

    page: int
    rows: list[Row]
    left: float = 0.0
    table: bool = False
    rights: list[float] = field(default_factory=list)


def runs_of(sheet: Sheet) -> list[Run]:
    """The runs of a page's rows that have no kind yet, in the file's order."""
    rows = _headings_first([row for row in sheet.rows if not row.kind])
    runs: list[list[Row]] = []
    passed: list[Row] = []  # of all runs but the last, from the top down
    for row in rows:
        if runs and _continues(runs[-1], row) and not _passes_over(passed, runs[-1][-1], row):
            runs[-1].append(row)
            continue
        for done in runs[-1] if runs else ():
            insort(passed, done, key=_baseline)
        runs.append([row])
    columns = [run for run in runs if len(run) > 2 and _grid(run[0]) is None]
    return [
        part
        for run in runs
        for narrow in _narrowed(run, columns)
        for part in _without_tables(sheet.number, narrow)
    ]


def _headings_first(rows: list[Row]) -> list[Row]:
    """The rows with each heading that the file has after the text under it moved before that text."""
    headings: dict[Row, list[Row]] = {}  # by the row that they go before
    passed: list[Row] = []  # rows before this one, from the top down
    for number in range(1, len(rows)):
        row = rows[number]
        if rows[number - 1].baseline <= row.baseline + row.size:
            continue
        for earlier in rows[len(passed) : number]:
            insort(passed, earlier, key=_baseline)
        under = _nearest_under(row, passed)
        following = _nearest_under(row, rows[number + 1 : number + 2])
        if under is None or not _tops(row, under):
            continue
        if following is None or following.baseline > under.baseline:
            headings.setdefault(under, []).append(row)
    return _with_headings(rows, headings) if headings else rows


def _with_headings(rows: list[Row], headings: dict[Row, list[Row]]) -> list[Row]:
    """The rows with the headings of each, and their own headings, right before it."""
    moved = {heading for group in headings.values() for heading in group}
    ordered: list[Row] = []
    waiting = [row for row in reversed(rows) if row not in moved]
    while waiting:
        row = waiting.pop()
        if own := headings.pop(row, None):
            waiting.extend([row, *reversed(own)])
        else:
            ordered.append(row)
    return ordered


def _nearest_under(row: Row, others: Sequence[Row]) -> Row | None:
    """The nearest below a row, within a few lines, of rows that are sorted from the top down."""
    start = bisect_right(others, row.baseline + 0.5 * row.size, key=_baseline)
    end = bisect_left(others, row.baseline + _UNDER * row.size, key=_baseline)
    return next((others[place] for place in range(start, end) if others[place].over(row)), None)


def _tops(row: Row, under: Row) -> bool:
    """Whether a row is set as a heading of the row below it."""
    return (row.bold and not under.bold) or row.size > 1.08 * under.size


def _passes_over(passed: Sequence[Row], last: Row, row: Row) -> bool:
    """Whether text of other runs stands between a row and the one that it would follow."""
    if row.baseline - last.baseline < 2 * row.size:
        return False
    start = bisect_right(passed, last.baseline, key=_baseline)
    end = bisect_left(passed, row.baseline, key=_baseline)
    return any(other.over(row) and other.over(last) for other in passed[start:end])


def _baseline(row: Row) -> float:
    return row.baseline


def _without_tables(page: int, rows: list[Row]) -> list[Run]:
    """The run's stretches of text, and its tables each as a run of its own."""
    if rows[0].line.cell is not None:
        return [Run(page, rows, table=True)]
    runs: list[Run] = []
    done = 0
    for start, end in table_stretches(rows):
        runs.extend([Run(page, rows[done:start]), Run(page, rows[start:end], table=True)])
        done = end
    return [run for run in [*runs, Run(page, rows[done:])] if run.rows]


def _continues(run: Sequence[Row], row: Row) -> bool:
    """Whether a row goes on below the run's last row."""
    last = run[-1]
    if _grid(row) is not None or _grid(last) is not None:
        return _grid(row) == _grid(last)
    if row.baseline < last.baseline - 0.3 * last.size:
        return False
    if row.beside(last):
        return False
    return row.over(last) or any(row.over(other) for other in run[-4:])


def _grid(row: Row) -> int | None:
    """The number of the ruled table in which a row lies."""
    return None if row.line.cell is None else row.line.cell[0]


def _narrowed(run: list[Row], runs: Sequence[list[Row]]) -> list[list[Row]]:
    """A run split where rows that span columns meet rows that keep to one.

    Rows that follow a spanning row are taken with it as long as the column beside has not begun.
    """
    columns = _columns_beside(run, runs)
    if not columns:
        return [run]
    begun = min(top for _, top in columns)
    parts: list[list[Row]] = []
    before = None
    for row in run:
        crosses = any(row.x0 < start - row.size and row.x1 > start + row.size for start, _ in columns)
        spans = crosses or (before is True and row.baseline < begun - row.size)
        if spans != before:
            parts.append([])
        parts[-1].append(row)
        before = spans
    return parts


def _columns_beside(run: Sequence[Row], runs: Sequence[list[Row]]) -> list[tuple[float, float]]:
    """Left edge and top of the columns that stand beside a run, to the right of rows of it."""
    columns = []
    for other in runs:
        if other is run:
            continue
        start, top = min(row.x0 for row in other), other[0].baseline
        left_of_it = sum(row.x1 <= start for row in run) > 2 and any(row.x0 < start for row in run)
        if left_of_it and top < run[-1].baseline and other[-1].baseline > run[0].baseline:
            columns.append((start, top))
    return columns


def set_edges(runs: Sequence[Run]) -> None:
    """Give every row of every run its column's right edge.

    Stretches of one type size without a wide blank have one edge: the nearest right edge that long
    stretches starting at about the same place reach, or their own longest line's. What stands beside them
    bounds it.
    """
    pages: dict[int, list[Row]] = {}
    for run in runs:
        pages.setdefault(run.page, []).extend(run.rows)
    stretches = [stretch for run in runs for stretch in _stretches(run)]
    common = _common_edges([stretch for stretch in stretches if len(stretch) >= _LONG])
    edges = iter(stretches)
    for run in runs:
        run.left = min(row.x0 for row in run.rows)
        run.rights = []
        while len(run.rights) < len(run.rows):
            stretch = next(edges)
            edge = _bounded(stretch, _edge(stretch, common), pages[run.page])
            run.rights.extend([edge] * len(stretch))


def is_justified(runs: Sequence[Run]) -> bool:
    """Whether most rows of long runs end at their column's edge."""
    rows = [
        right - row.x1 < _FLUSH * row.size
        for run in runs
        if len(run.rows) >= _LONG and not run.table
        for row, right in zip(run.rows, run.rights, strict=True)
    ]
    return sum(rows) > _MOST * len(rows)


def _stretches(run: Run) -> list[list[Row]]:
    """A run's rows cut where the type size changes or a blank of more than two lines lies between."""
    stretches = [[run.rows[0]]]
    for above, row in pairwise(run.rows):
        alike = abs(row.size - above.size) < 0.1 * row.size
        if run.table or not alike or row.baseline - above.baseline > 2.4 * row.size:
            stretches.append([])
        stretches[-1].append(row)
    return stretches


def _common_edges(stretches: Sequence[list[Row]]) -> list[tuple[float, float, int]]:
    """Left edge, right edge and number of rows of the columns that long stretches show."""
    found: list[tuple[float, float, int]] = []
    for stretch in stretches:
        left, right = _left(stretch), _right(stretch)
        size = stretch[0].size
        for place, (other_left, other_right, count) in enumerate(found):
            if abs(other_left - left) < _NEAR * size and abs(other_right - right) < _NEAR * size:
                found[place] = (other_left, max(right, other_right), count + len(stretch))
                break
        else:
            found.append((left, right, len(stretch)))
    return [column for column in found if column[2] >= 2 * _LONG]


def _edge(stretch: Sequence[Row], common: Sequence[tuple[float, float, int]]) -> float:
    own, left, size = _right(stretch), _left(stretch), stretch[0].size
    reached = [
        right
        for other, right, _ in common
        if abs(other - left) < 2 * _NEAR * size and right > own - 0.5 * size
    ]
    return max(own, min(reached)) if reached else own


def _bounded(stretch: Sequence[Row], edge: float, rows: Sequence[Row]) -> float:
    """The edge of a stretch, or where a text begins that stands between its longest line and that edge."""
    own, size = _right(stretch), stretch[0].size
    if edge < own + size:
        return edge
    top, bottom = stretch[0].top, stretch[-1].bottom
    beside = [row.x0 for row in rows if own < row.x0 < edge and top < row.baseline < bottom]
    return max(own, min(beside) - _GUTTER * size) if beside else edge


def _right(rows: Sequence[Row]) -> float:
    """The longest row's end; the second's where one row of several runs far out of the column."""
    ends = sorted(row.x1 for row in rows)
    far = len(ends) > _LONG and ends[-1] - ends[-2] > 3 * rows[0].size
    return ends[-2] if far else ends[-1]


def _left(rows: Sequence[Row]) -> float:
    return min(row.x0 for row in rows)
