"""Small rows at a column's foot that begin with a mark, labelled as footnotes and tied to their marks."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from nijar_nlp.passages.rows import Measures, Row, Sheet
from nijar_nlp.passages.wording import ends_sentence

_SMALL = 0.94  # of the body's size
_MARK = re.compile(r"^\(?(\d{1,3}|[٠-٩]{1,3}|[*†‡§]{1,3})[.)]?(?:\s+(?=\S)|(?=[^\W\d_«“\"‘]))")
_LONE = re.compile(r"^(?:\d{1,3}|[٠-٩]{1,3}|[*†‡§]{1,3})$")  # a mark that the file has on a line of its own


def label_notes(sheets: Sequence[Sheet], measures: Measures) -> None:
    """Set the kind of footnotes' rows, and leave out of the text the marks that lead to them."""
    marks: set[str] = set()
    open_note = False
    for sheet in sheets:
        rows = [row for row in sheet.rows if not row.kind]
        foot = _foot(rows, measures)
        starts = _starts(foot)
        if starts or (foot and open_note):
            first = foot.index(starts[0]) if starts and not open_note else 0
            for row in foot[first:]:
                row.kind = "footnote"
            marks.update(mark_of(row)[0] or row.text for row in starts)
        open_note = bool(foot) and foot[-1].kind == "footnote" and foot[-1].text[-1:] not in '.!?”»)"؟'
    for sheet in sheets:
        for row in sheet.rows:
            if row.line.raised and row.kind != "footnote":
                row.skip = tuple(
                    _with_blank(row.text, a, b) for a, b in row.line.raised if row.text[a:b] in marks
                )


def _starts(foot: Sequence[Row]) -> list[Row]:
    """The rows that begin a note; what stands in the midst of a text begins none."""
    starts: list[Row] = []
    above: Row | None = None
    for row, after in zip_longest(foot, foot[1:]):
        if mark_of(row, after)[0] and (starts or above is None or not _goes_on(above, row)):
            starts.append(row)
        above = row
    return starts


def _goes_on(above: Row, row: Row) -> bool:
    """Whether a row is the next line of a sentence, which its first figure is part of."""
    step = row.baseline - above.baseline
    near = above.over(row) and 0 < step < 1.5 * row.size and abs(above.size - row.size) < 0.05 * row.size
    return near and not ends_sentence(above.text) and not any(start == 0 for start, _ in row.line.raised)


def _with_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """A mark's stretch, with the blank before it where another blank or nothing follows."""
    apart = text[start - 1 : start] == " " and text[end : end + 1] in ("", " ")
    return (start - 1, end) if apart else (start, end)


def mark_of(row: Row, after: Row | None = None) -> tuple[str, int]:
    """A footnote's mark and where its text begins; an empty mark where the row begins with none.

    A mark alone on its row counts where the row after it is the note's first line.
    """
    if _LONE.match(row.text):
        return (row.text, len(row.text)) if after is not None and _leads(row, after) else ("", 0)
    for start, end in row.line.raised:
        if start == 0:
            rest = row.text[end:]
            return row.text[:end], end + len(rest) - len(rest.lstrip(" .)"))
    match = _MARK.match(row.text)
    return (match.group(1), match.end()) if match else ("", 0)


def _leads(mark: Row, row: Row) -> bool:
    """Whether a mark stands before a row, smaller or a little higher."""
    near = mark.x1 - 0.2 * row.size <= row.x0 <= mark.x1 + 2 * row.size
    return near and mark.size <= row.size and abs(row.baseline - mark.baseline) < 0.8 * row.size


def _foot(rows: Sequence[Row], measures: Measures) -> list[Row]:
    """The small rows with no larger row below them, in the file's order, where larger rows stand above."""
    large = [row for row in rows if row.size >= _SMALL * measures.body]
    if not large:
        return []
    return [
        row
        for row in rows
        if row.size < _SMALL * measures.body
        and row.line.cell is None
        and not any(other.baseline > row.baseline and other.over(row) for other in large)
        and any(other.over(row) for other in large)
    ]
