"""Layout lines as rows that read from left to right, whichever way their script runs."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nijar_nlp.records import Box, LayoutLine, PageLayout

_SAME_LINE = 0.35  # of the type size: baselines nearer than this are one line's
_RULE = re.compile(r"^[\s_–—―=*-]{5,}$")  # a rule drawn with characters
_FIELDS = 4  # rows that begin with the same words and a colon: these are a field's label
_LABEL_CHARS = 46  # within which a label ends
_NO_LABEL = re.compile(r"[.;!?,،؛\d\"“«]")
_PITCH = 1.2  # times the type size, where a size is too rare to measure its pitch


class Row:
    """One line in reading coordinates: right-to-left pages are mirrored, so that reading starts at `x0`.

    `kind` is empty until a stage has said that the row is a header, a footer or a footnote. `skip` are
    half-open stretches of the text that the passage leaves out (a footnote's marks).
    """

    __slots__ = (
        "baseline",
        "bold",
        "bottom",
        "head",
        "kind",
        "line",
        "page",
        "size",
        "skip",
        "text",
        "top",
        "x0",
        "x1",
    )

    def __init__(self, line: LayoutLine, page: int, mirror: float | None) -> None:
        self.line, self.page, self.text = line, page, line.text
        self.x0, self.x1 = (line.x0, line.x1) if mirror is None else (mirror - line.x1, mirror - line.x0)
        self.top, self.bottom, self.baseline = line.top, line.bottom, line.baseline
        self.size, self.bold, self.head = line.size, line.bold, line.head_width
        self.kind = ""
        self.skip: tuple[tuple[int, int], ...] = ()

    @property
    def box(self) -> Box:
        """Where the line stands on its page."""
        line = self.line
        return Box(self.page, round(line.x0, 1), round(line.top, 1), round(line.x1, 1), round(line.bottom, 1))

    def beside(self, other: "Row") -> bool:
        """Whether both stand on one line of the page."""
        return abs(self.baseline - other.baseline) < _SAME_LINE * max(self.size, other.size)

    def over(self, other: "Row") -> bool:
        """Whether some part of the one lies above or below some part of the other."""
        return self.x0 < other.x1 and other.x0 < self.x1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page's rows in the file's order."""

    number: int
    width: float
    height: float
    rows: list[Row]
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: the body's type size, the distance of baselines by type size, whether
    lines are stretched to their column's edge, and the labels of fields ("Seat: ...") that come back.
    """

    body: float
    pitches: dict[float, float]
    justified: bool = False
    labels: frozenset[str] = frozenset()

    def pitch(self, size: float) -> float:
        """The usual distance between the baselines of lines of this type size."""
        return self.pitches.get(round(size, 1)) or _PITCH * size


def sheets_of(layouts: Iterable[PageLayout]) -> list[Sheet]:
    """The pages' rows; a page is mirrored where most of its text runs from right to left."""
    sheets = []
    for layout in layouts:
        text = [line for line in layout.lines if line.cell is None] or layout.lines
        reverse = 2 * sum(len(x.text) for x in text if x.right_to_left) > sum(len(x.text) for x in text)
        mirror = layout.width if reverse and not _set_left(text) else None
        rows = [Row(line, layout.page_number, mirror) for line in layout.lines if not _RULE.match(line.text)]
        sheets.append(Sheet(layout.page_number, layout.width, layout.height, rows, reverse))
    return sheets


def _set_left(lines: Sequence[LayoutLine]) -> bool:
    """Whether lines share their left edge rather than their right: Arabic set as if it were Latin."""
    left = _shared([line.x0 for line in lines])
    return left > 0.3 and left > 1.5 * _shared([line.x1 for line in lines])


def _shared(edges: Sequence[float]) -> float:
    """The share of edges within a few points of the commonest three."""
    counts = Counter(round(edge / 5) for edge in edges)
    tops = [place for place, _ in counts.most_common(3)]
    return sum(any(abs(edge / 5 - top) < 1.2 for top in tops) for edge in edges) / max(1, len(edges))


def measure(rows: Sequence[Row]) -> Measures:
    """The usual sizes and pitches over a document's rows, each row counting by its letters."""
    letters: Counter[float] = Counter()
    steps: dict[float, list[float]] = {}
    before: Row | None = None
    for row in rows:
        letters[row.size] += len(row.text)
        if before is not None and before.size == row.size and before.page == row.page and row.over(before):
            step = row.baseline - before.baseline
            if 0.8 * row.size < step < 2.5 * row.size:
                steps.setdefault(row.size, []).append(step)
        before = row
    sizes: Counter[float] = Counter()
    pitches: dict[float, Counter[float]] = {}
    for size, count in letters.items():
        sizes[round(size, 1)] += count
    for size, own in steps.items():
        pitches.setdefault(round(size, 1), Counter()).update(round(step * 2) / 2 for step in own)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    labels = Counter(label for row in rows if (label := label_of(row.text)))
    often = frozenset(label for label, count in labels.items() if count >= _FIELDS)
    return Measures(body, {size: _usual(steps) for size, steps in pitches.items()}, labels=often)


def label_of(text: str) -> str:
    """The words before the colon that a row begins with, where it may be a field; else nothing."""
    end = text.find(":", 2, _LABEL_CHARS)
    if end < 0 or not text[0].isalpha() or text[0].islower() or _NO_LABEL.search(text, 0, end):
        return ""
    return text[:end].strip()


def _usual(steps: Counter[float]) -> float:
    """The smallest pitch that is common: paragraphs' distances are larger."""
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= 0.35 * most)


def mode(values: Iterable[Any]) -> Any:
    """The commonest value."""
    return Counter(values).most_common(1)[0][0]
