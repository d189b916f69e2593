"""Runs of rows into blocks: paragraphs, headings, list items and captions."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nijar_nlp.passages.blocks import Block
from nijar_nlp.passages.flow import Run
from nijar_nlp.passages.rows import Measures, Row, label_of
from nijar_nlp.passages.wording import BYLINE, ends_open, ends_sentence, starts_small

BULLET = re.compile(r"^[•▪▫◦‣⁃●○■□◆➢➤✓–—\-*·o]\s+(?=\S)")
ENUMERATOR = re.compile(
    r"^(\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[أ-ي])[.)]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?!\s+[a-zß-öø-ÿ]))\s+(?=\S)"  # 9.3 per cent is no number of a section
    r"|^\d{1,2}\s?[-–]\s*(?=[أ-ي])"
)
NUMBERED = re.compile(r"^(\d{1,3})\.\s+(?=\S)")
CAPTION = re.compile(
    r"^(?:figure|fig\.|table|tableau|map|carte|chart|graphique|photo|image|encadré|box|شكل|جدول|صورة|خريطة)"
    r"\s*(?:\d+|[ivx]+|[٠-٩]+)\b\s*[.:–—-]?|^©|^(?:source|crédit|credit|photo)s?\s*:",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[A-ZÀ-Ý][^.:;!?]{2,45}?\s?:\s+\S")  # "Head of state: ..."
_SET_FAR = 0.25  # of the column: short lines that begin so far in are a signature or an address
_SET_IN = 0.15  # likewise, of lines that end at one edge
_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})[\s.]*[\divxlc]*$")  # a line of a table of contents
_ITALIC = re.compile(r"ital|obli|slant", re.IGNORECASE)  # in a font's name
_TITLE_CHARS = 80  # of a heading that is told by its type alone, at most
_TITLE_ROWS = 3  # likewise, all in bold or italic type
_LEAST_TITLE = 0.75  # of the body's size, likewise
_FACE = 4  # letters of a font's name that its weights and slopes share
_CAPTION_ROWS = 6  # longer ones are text that begins as a caption does
_WORDED = 0.4  # of a title's characters are letters
_APART = 1.3  # times the usual distance of lines: a blank over or under a title
_SECTION = re.compile(r"^(?:[IVX]{1,5}|[A-Z])\.\s+[A-ZÀ-Ý]")


def blocks_of(run: Run, measures: Measures) -> list[Block]:
    """The blocks of one run, in order."""
    groups: list[list[Row]] = []
    rights: list[float] = []
    rows = run.rows
    for number, row in enumerate(rows):
        after = rows[number + 1] if number + 1 < len(rows) else None
        column = _Column(run.left, run.rights[number - 1], measures)
        if groups and not _breaks(groups[-1], row, after, column):
            groups[-1].append(row)
            rights[-1] = run.rights[number]
        else:
            groups.append([row])
            rights.append(run.rights[number])
    blocks = [
        _block(group, _Column(run.left, right, measures)) for group, right in zip(groups, rights, strict=True)
    ]
    blocks = _captioned(blocks, measures)
    for above, block, below in zip([None, *blocks], blocks, blocks[1:], strict=False):
        if block.kind == "body" and _heads(above, block, below, measures):
            block.kind = "heading"
    return blocks


def _captioned(blocks: Sequence[Block], measures: Measures) -> list[Block]:
    """The blocks, a figure's number alone on its line with the title under it."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        match = CAPTION.match(last.text) if last is not None and last.kind == "caption" else None
        if last is not None and match is not None and match.end() == len(last.text):
            row, below = last.rows[-1], block.rows[0]
            near = below.baseline - row.baseline < _APART * measures.pitch(below.size)
            title = block.kind in ("heading", "body") and len(block.rows) < _CAPTION_ROWS
            if title and near and abs(row.x0 - below.x0) < 0.6 * row.size:
                last.rows.extend(block.rows)
                continue
        out.append(block)
    return out


def _heads(above: Block | None, block: Block, after: Block, measures: Measures) -> bool:
    """Whether a short line stands as a title right over text: in type of its own, or over a numbered text.

    Several lines do so over numbered text or a list alone: over a paragraph they are its opening.
    """
    row, below, end = block.rows[0], after.rows[0], block.rows[-1]
    if len(block.rows) > _TITLE_ROWS or row.size < _LEAST_TITLE * measures.body:
        return False
    if not row.text[0].isupper() or ends_sentence(end.text) or end.text[-1] in ",-–":
        return False
    near = abs(row.x0 - below.x0) < 0.6 * row.size and below.baseline - end.baseline < 3 * row.size
    text = len(after.rows) > 1 or after.kind == "list" or _is_sentence(after.text, row.text)
    if not (near and text and end.x1 < block.right - 2 * row.size):
        return False
    if len(block.rows) > 1:
        counted = bool(after.mark) or after.kind == "list"
        return counted and all(_in_own_style(other, below) for other in block.rows)
    if len(row.text) > _TITLE_CHARS or BYLINE.match(row.text):
        return False
    last = None if above is None else above.rows[-1]
    return (
        _in_own_style(row, below) or _in_own_face(last, row, below) or _is_alone(last, row, after, measures)
    )


def _is_sentence(text: str, title: str) -> bool:
    """Whether one line alone can be the text under a title that is no label."""
    return ends_sentence(text) and " " in text and ":" not in title


def _in_own_style(row: Row, below: Row) -> bool:
    """Whether a line is bold or italic, over one that is neither."""
    slanted = bool(_ITALIC.search(row.line.font))
    return (row.bold or slanted) and not (below.bold or (slanted and _ITALIC.search(below.line.font)))


def _in_own_face(last: Row | None, row: Row, below: Row) -> bool:
    """Whether a line of words, no field, is set in another typeface than the lines before and after it."""
    alone = last is None or last.line.font != row.line.font
    worded = sum(map(str.isalpha, row.text)) > _WORDED * len(row.text) and ":" not in row.text
    return alone and worded and _other_face(row, below)


def _other_face(row: Row, other: Row) -> bool:
    """Whether two lines' typefaces differ, by their fonts' names; where these hold numbers, by the whole."""
    mine, its = row.line.font, other.line.font
    numbered = any(map(str.isdigit, mine))
    return mine != its if numbered else mine[:_FACE] != its[:_FACE]


def _is_alone(last: Row | None, row: Row, after: Block, measures: Measures) -> bool:
    """Whether blank stands over and under a line, before a numbered text of the same size."""
    apart = _APART * measures.pitch(row.size)
    over = last is None or row.baseline - last.baseline > apart
    under = after.rows[0].baseline - row.baseline > apart
    return bool(after.mark) and after.rows[0].size == row.size and over and under


class _Column(NamedTuple):
    """The edges of the column at a row, and the document's measures."""

    left: float
    right: float
    measures: Measures


def fits(above: Row, below: Row, right: float, *, justified: bool = False) -> bool:
    """Whether the first word of the row below would have fitted at the end of the row above.

    In justified text a row that stops short ends its paragraph, however long the next word is.
    """
    if justified and above.x1 < right - 1.5 * above.size:
        return True
    return above.x1 + 0.25 * above.size + below.head < right - 0.3 * above.size


def _breaks(group: Sequence[Row], row: Row, after: Row | None, column: _Column) -> bool:
    """Whether a new block begins with `row`."""
    last = group[-1]
    step = (row.baseline - last.baseline) / column.measures.pitch(max(last.size, row.size))
    alike = abs(row.size - last.size) <= 0.1 * last.size
    open_end = ends_open(last.text) and starts_small(row.text)
    if not alike and not (open_end and step < 1.2):
        return True
    if step > 1.9 or (step > 1.35 and not (starts_small(row.text) and not ends_sentence(last.text))):
        return True
    if open_end:
        return False
    if (BULLET.match(row.text) and not _fills(last, row, column)) or _enumerates(last, row, column, step):
        return True
    if after is not None and _is_title_between(last, row, after, column):
        return True
    if ":" in row.text and _is_field(group[0], row, column.measures):
        return True
    if step < 1.2 and (_set_far(last, row, column) or _closes_bracket(last.text, row.text)):
        return False
    large = _heading_style(last, column.measures) and _heading_style(row, column.measures)
    if large and last.bold == row.bold and (_centred(last, row) or starts_small(row.text)):
        return False
    if last.size > 1.3 * column.measures.body and step < 1.2 and not ends_sentence(last.text):
        return False
    if _ends_early(last, row, column):
        return True
    if last.bold != row.bold and (ends_sentence(last.text) or _heading_style(last, column.measures)):
        return not starts_small(row.text) or step > 1.15
    if step > 1.12 and ends_sentence(last.text) and not starts_small(row.text):
        return True
    return _indents(group, row, after, column)


def _closes_bracket(above: str, text: str) -> bool:
    """Whether a line closes a bracket that the line above it has left open."""
    start, end = text.find("("), text.find(")")
    return above.rfind("(") > above.rfind(")") and end >= 0 and not 0 <= start < end


def _is_title_between(last: Row, row: Row, after: Row, column: _Column) -> bool:
    """Whether a short line in a typeface of its own stands between two in others."""
    if not (_other_face(row, last) and _other_face(row, after)):
        return False
    short = row.x1 - row.x0 < 0.5 * (column.right - column.left)
    return short and row.text[0].isupper() and not ends_sentence(row.text) and not last.text[-1].islower()


def _is_field(first: Row, row: Row, measures: Measures) -> bool:
    """Whether a row is the next field after the one of a block: by its form, or a label seen often."""
    if _LABEL.match(row.text) and _LABEL.match(first.text):
        return True
    return label_of(row.text) in measures.labels and label_of(first.text) in measures.labels


def _ends_early(last: Row, row: Row, column: _Column) -> bool:
    """Whether a line stops short of the column's edge; well short of it where no sentence ends there."""
    if not fits(last, row, column.right, justified=column.measures.justified):
        return False
    wide = last.x1 - last.x0 > 0.5 * (column.right - column.left)
    if not wide or ends_sentence(last.text) or (row.text[:1].isupper() and not last.text[-1:].islower()):
        return True
    return fits(last, row, column.right - 2.2 * row.size)


def _set_far(last: Row, row: Row, column: _Column) -> bool:
    """Whether two lines are a signature's or an address's: far in and short, or set to the right edge."""
    em, width = row.size, column.right - column.left
    start = min(last.x0, row.x0) - column.left
    if start <= _SET_IN * width or last.bold != row.bold:
        return False
    if ends_sentence(last.text) or ENUMERATOR.match(row.text):
        return False
    if abs(last.x0 - row.x0) < 0.4 * em:
        return start > _SET_FAR * width and max(last.x1, row.x1) < column.right - 2 * em
    ragged = abs(last.x0 - row.x0) > 1.5 * em
    return abs(last.x1 - row.x1) < 0.4 * em and start > (_SET_IN if ragged else _SET_FAR) * width


def _fills(last: Row, row: Row, column: _Column) -> bool:
    """Whether a dash that begins a row may be the text's own: the row above is full and shares its edge."""
    return (
        row.text[0] in "–—-*o"
        and not fits(last, row, column.right)
        and abs(last.x0 - row.x0) < 0.3 * row.size
    )


def _enumerates(last: Row, row: Row, column: _Column, step: float) -> bool:
    if not ENUMERATOR.match(row.text):
        return False
    if abs(last.x0 - row.x0) > 0.4 * row.size and not starts_small(row.text):
        return True
    return ends_sentence(last.text) or fits(last, row, column.right) or step > 1.12 or last.text[-1:] in ",;"


def _heading_style(row: Row, measures: Measures) -> bool:
    return row.size > 1.1 * measures.body or row.bold


def _centred(last: Row, row: Row) -> bool:
    middle = abs((last.x0 + last.x1) - (row.x0 + row.x1)) / 2
    return middle < 0.6 * row.size and abs(last.x0 - row.x0) > row.size


def _indents(group: Sequence[Row], row: Row, after: Row | None, column: _Column) -> bool:
    """Whether the row is set in (a paragraph's first line) or out (the end of a list or quotation)."""
    em = row.size
    last = group[-1]
    shift = row.x0 - last.x0
    if shift > 0.6 * em:
        if len(group) == 1 and (BULLET.match(last.text) or ENUMERATOR.match(last.text)):
            return False
        if starts_small(row.text) and not ends_sentence(last.text):  # the lines after one set out
            return False
        returns = after is None or after.x0 < row.x0 - 0.6 * em
        return returns or (len(group) > 1 and ends_sentence(last.text))
    if shift < -0.6 * em:
        return len(group) > 1 and group[-2].x0 - row.x0 > 0.6 * em
    first_line = len(group) == 1 and last.x0 > column.left + 0.6 * em
    return first_line and after is not None and after.x0 < row.x0 - 0.6 * em and ends_sentence(last.text)


def _block(rows: list[Row], column: _Column) -> Block:
    text = rows[0].text
    block = Block(
        "body", rows, column.left, column.right, indented=rows[0].x0 > column.left + 0.6 * rows[0].size
    )
    numbered = NUMBERED.match(text)
    if _is_heading(rows, column.measures):
        block.kind = "heading"
    elif CAPTION.match(text) and len(rows) < _CAPTION_ROWS:
        block.kind = "caption"
    elif _LEADER.search(rows[-1].text) or BULLET.match(text) or (ENUMERATOR.match(text) and not numbered):
        block.kind = "list"
    elif numbered:
        block.mark = numbered.group(1)
    return block


def _is_heading(rows: Sequence[Row], measures: Measures) -> bool:
    text = " ".join(row.text for row in rows)
    large = all(row.size > 1.1 * measures.body for row in rows)
    most_rows, most_chars = (9, 500) if large and all(row.bold for row in rows) else (4, 220)
    if len(rows) > most_rows or len(text) > most_chars or not any(c.isalpha() for c in text):
        return False
    if text.endswith((".", ";", ",")) and len(text) > 60:
        return False
    if _LEADER.search(text):
        return False
    section = len(rows) < 3 and len(text) < 90 and bool(_SECTION.match(text))
    return (
        large
        or (section and not ends_sentence(text))
        or all(row.bold and row.size > 0.9 * measures.body for row in rows)
        or (_in_capitals(text) and len(text) > 4 and len(rows) < 3 and not text.endswith("."))
    )


def _in_capitals(text: str) -> bool:
    """Whether a text is set in capitals; a script that has none is not, whatever acronyms stand in it."""
    return text.isupper() and 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text))
