"""A page's rows into runs: stretches that are read straight down one column."""

from collections.abc import Sequence
from dataclasses import dataclass

from nijar_nlp.passages.rows import Row, Sheet
from nijar_nlp.passages.tables import table_stretches


@dataclass(slots=True)
class Run:
    """Rows one below the other in one column; `left` and `right` are the column's edges."""

    page: int
    rows: list[Row]
    left: float = 0.0
    right: float = 0.0
    table: bool = False

    @property
    def top(self) -> float:
        """The height of the first baseline."""
        return self.rows[0].baseline


def runs_of(sheet: Sheet) -> list[Run]:
    """The runs of a page's rows that have no kind yet, in the file's order."""
    rows = [row for row in sheet.rows if not row.kind]
    runs: list[list[Row]] = []
    for row in rows:
        if runs and _continues(runs[-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [
        part
        for run in runs
        for narrow in _narrowed(run, runs)
        for part in _without_tables(sheet.number, narrow)
    ]


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
    """A run split where rows that span columns meet rows that keep to one."""
    starts = [
        min(row.x0 for row in other)
        for other in runs
        if other is not run
        and len(other) > 2
        and _grid(other[0]) is None
        and other[0].baseline < run[-1].baseline
    ]
    right = [
        start
        for start in starts
        if sum(row.x1 <= start for row in run) > 2 and any(row.x0 < start for row in run)
    ]
    if not right:
        return [run]
    parts: list[list[Row]] = []
    before = None
    for row in run:
        spans = any(row.x0 < start - row.size and row.x1 > start + row.size for start in right)
        if spans != before:
            parts.append([])
        parts[-1].append(row)
        before = spans
    return parts


def set_edges(runs: Sequence[Run]) -> None:
    """Give every run its column's edges; short runs take them from long ones that start at the same place."""
    for run in runs:
        run.left = min(row.x0 for row in run.rows)
        run.right = max(row.x1 for row in run.rows)
    long = [run for run in runs if len(run.rows) >= 5 and not run.table]
    for run in runs:
        if len(run.rows) >= 5:
            continue
        size = run.rows[0].size
        alike = [
            other.right
            for other in long
            if abs(other.left - run.left) < 3.5 * size and other.right > run.right - size
        ]
        if alike:
            run.right = max(run.right, min(alike))
