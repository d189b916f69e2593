"""Blocks into passages and page texts, each character with the glyph behind it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from nijar_nlp.passages.blocks import Block
from nijar_nlp.passages.notes import mark_of
from nijar_nlp.passages.rows import Row
from nijar_nlp.passages.wording import starts_small
from nijar_nlp.records import Document, Page, PageLayout, Part, Passage, Run, content_id

_BETWEEN = "\n\n"
_NO_GLYPH = -1
_HYPHENATES = 0.25  # share of broken words that are written whole elsewhere, from which a document hyphenates
_FIRST = (
    "non self ex vice well cross half high long short full mid celui celle ceux celles peut est sous demi mi "
    "twenty thirty forty fifty sixty seventy eighty ninety vingt trente quarante cinquante soixante quatre"
)
_LAST = (
    "ci là même mêmes il ils elle elles on nous vous based led held related wide backed linked affiliated "
    "aligned level term ranking general"
)
_FIRST_PARTS, _LAST_PARTS = frozenset(_FIRST.split()), frozenset(_LAST.split())
_OFTEN = 0.05  # share of lines that end in a hyphen, likewise
_TAIL = re.compile(r"([^\W\d_]+)[-‐]$")
_HEAD = re.compile(r"^[^\W\d_]+")


class Words:
    """What a document's own spelling says of the hyphens at its line ends."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._counts: Counter[str] | None = None
        self._hyphenates = False
        self._own_sign = False

    def keeps_hyphen(self, left: str, sign: str, right: str) -> bool:
        """Whether left and right, parted by a line end, are a compound rather than one broken word."""
        counts = self._learned()
        if sign == "‐" and self._own_sign:
            return False
        left, right = left.casefold(), right.casefold()
        whole, compound = counts[left + right], counts[f"{left}-{right}"]
        if whole or compound:
            return compound > whole
        if not self._hyphenates:
            return True
        return left in _FIRST_PARTS or right in _LAST_PARTS

    def _learned(self) -> Counter[str]:
        if self._counts is None:
            text = "\n".join(row.text for row in self._rows)
            self._own_sign = not re.search(r"[^\W\d_]‐[^\W\d_]", text)
            self._counts = Counter(text.casefold().replace("‐", "-").split())
            broken = self._broken()
            seen = sum(self._counts[word] > 0 for word in broken)
            often = len(broken) > _OFTEN * len(self._rows)
            self._hyphenates = often or (len(broken) > 2 and seen >= _HYPHENATES * len(broken))
        return self._counts

    def _broken(self) -> list[str]:
        """The words that line ends part, made whole."""
        words = []
        for row, after in pairwise(self._rows):
            if row.text[-1] in "-‐" and row.text[-2:-1].isalpha() and after.text[:1].islower():
                tail, head = _TAIL.search(row.text[-40:]), _HEAD.match(after.text)
                if tail and head:
                    words.append((tail.group(1) + head.group()).casefold())
        return words


class PageWriter:
    """One page's text as it grows, with the runs that lead back to the glyphs."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.length = 0

    def write(self, text: str, glyphs: Sequence[int] = ()) -> None:
        """Add characters; without glyphs they are the reading's own."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        if isinstance(glyphs, range) and glyphs:
            self.runs.append(Run(start, start + len(glyphs), glyphs.start))
            return
        position, end = 0, len(glyphs)
        while position < end:
            stop = position + 1
            first = glyphs[position]
            step = glyphs[stop] - first if stop < end else 1
            if first == _NO_GLYPH or step not in (1, -1) or (stop < end and glyphs[stop] == _NO_GLYPH):
                step = 1
            else:
                wanted = first + step
                while stop < end and glyphs[stop] == wanted:
                    stop += 1
                    wanted += step
            if first != _NO_GLYPH:
                self.runs.append(Run(start + position, start + stop, first, step))
            position = stop


class Writer:
    """Passages and page texts of one document, written block by block."""

    def __init__(self, document: Document, layouts: Sequence[PageLayout], words: Words) -> None:
        self._document = document
        self._layouts = layouts
        self._words = words
        self._pages = {layout.page_number: PageWriter() for layout in layouts}
        self._times: Counter[str] = Counter()
        self.passages: list[Passage] = []

    def add(self, block: Block, language_of: Callable[[str], str]) -> None:
        """Write one block; blocks without any character leave nothing."""
        parts, text = self._write(block)
        if not text:
            return
        key = " ".join(text.casefold().split())
        self._times[key] += 1
        self.passages.append(
            Passage(
                id=content_id(self._document.id, key, self._times[key]),
                document_id=self._document.id,
                number=len(self.passages),
                kind=block.kind,
                language=language_of(text),
                text=text,
                parts=parts,
                boxes=tuple(row.box for row in block.rows),
                level=block.level,
                mark=block.mark,
            )
        )

    def pages(self) -> tuple[Page, ...]:
        """The pages with their texts."""
        return tuple(
            Page(
                document_id=self._document.id,
                page_number=layout.page_number,
                width=round(layout.width, 2),
                height=round(layout.height, 2),
                text="".join(self._pages[layout.page_number].pieces),
                source=layout.source,
                quality=layout.quality,
                problem=layout.problem,
                language=layout.language,
                runs=tuple(self._pages[layout.page_number].runs),
            )
            for layout in self._layouts
        )

    def _write(self, block: Block) -> tuple[tuple[Part, ...], str]:
        if block.pieces:
            return self._write_pieces(block)
        parts: list[Part] = []
        texts: list[str] = []
        rows = block.rows
        page, start = 0, 0
        for number, row in enumerate(rows):
            writer = self._pages[row.page]
            if row.page != page:
                if page:
                    parts.append(Part(page, start, self._pages[page].length))
                if writer.length:
                    writer.write(_BETWEEN)
                page, start = row.page, writer.length
            after = rows[number + 1] if number + 1 < len(rows) else None
            for text, glyphs in self._pieces(row, after, first=number == 0 and block.kind == "footnote"):
                writer.write(text, glyphs)
                texts.append(text)
        parts.append(Part(page, start, self._pages[page].length))
        return tuple(part for part in parts if part.end_char > part.start_char), "".join(texts)

    def _write_pieces(self, block: Block) -> tuple[tuple[Part, ...], str]:
        """A table's row: its cells, and what the reading adds between them."""
        page = block.rows[0].page
        writer = self._pages[page]
        if writer.length:
            writer.write(_BETWEEN)
        start = writer.length
        for piece in block.pieces:
            writer.write(
                piece.text, () if piece.row is None else piece.row.line.glyphs[piece.start : piece.end]
            )
        return (Part(page, start, writer.length),), "".join(piece.text for piece in block.pieces)

    def _pieces(self, row: Row, after: Row | None, *, first: bool) -> list[tuple[str, Sequence[int]]]:
        """A row's stretches of text with their glyphs, and what joins it to the row after it."""
        begin = mark_of(row, after)[1] if first else 0
        end, joint = len(row.text), ""
        if after is not None:
            end, joint = self._joint(row, after)
        pieces: list[tuple[str, Sequence[int]]] = []
        for stop, resume in (*row.skip, (end, end)):
            if stop > begin:
                pieces.append((row.text[begin:stop], row.line.glyphs[begin:stop]))
            begin = max(begin, resume)
        if joint and (pieces or not first):
            pieces.append((joint, ()))
        return pieces

    def _joint(self, row: Row, after: Row) -> tuple[int, str]:
        """How much of a row's text stays, and what stands between it and the next row's."""
        tail = _TAIL.search(row.text[-40:]) if row.text[-1] in "-‐" else None
        if tail is None:
            bound = row.text[-1] in "-–/" and not row.text[-2:-1].isspace()
            return len(row.text), "" if bound else " "
        head = _HEAD.match(after.text)
        if head is None or not (starts_small(after.text) or row.text[-1] == "‐"):
            return len(row.text), ""
        keeps = self._words.keeps_hyphen(tail.group(1), row.text[-1], head.group())
        return len(row.text) - (0 if keeps else 1), ""
