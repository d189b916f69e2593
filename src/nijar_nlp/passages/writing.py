"""Blocks into passages and page texts, each character with the glyph behind it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from nijar_nlp.passages.notes import mark_of
from nijar_nlp.passages.paragraphs import Block, starts_small
from nijar_nlp.passages.rows import Row
from nijar_nlp.records import Document, Page, PageLayout, Part, Passage, Run, content_id

_BETWEEN = "\n\n"
_NO_GLYPH = -1
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)+")
_PLAIN_WORD = re.compile(r"[^\W\d_]{4,}")
_TAIL = re.compile(r"([^\W\d_]+)[-‐]$")
_BOUND = re.compile(r"\S[-–/]$")  # what follows belongs to the same word
_HEAD = re.compile(r"^[^\W\d_]+")


class Words:
    """How often a document writes a word, and a compound, within its lines."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self._counts: Counter[str] | None = None

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether "left-right" is a compound rather than one broken word."""
        if self._counts is None:
            text = "\n".join(row.text.casefold() for row in self._rows)
            self._counts = Counter(_COMPOUND.findall(text))
            self._counts.update(_PLAIN_WORD.findall(text))
        left, right = left.casefold(), right.casefold()
        return self._counts[f"{left}-{right}"] > self._counts[left + right]


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
        position = 0
        while position < len(glyphs):
            stop = position + 1
            first = glyphs[position]
            step = glyphs[stop] - first if stop < len(glyphs) else 1
            if first == _NO_GLYPH or step not in (1, -1) or _NO_GLYPH in glyphs[stop : stop + 1]:
                step = 1
            else:
                while stop < len(glyphs) and glyphs[stop] == first + step * (stop - position):
                    stop += 1
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
                runs=tuple(self._pages[layout.page_number].runs),
            )
            for layout in self._layouts
        )

    def _write(self, block: Block) -> tuple[tuple[Part, ...], str]:
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

    def _pieces(self, row: Row, after: Row | None, *, first: bool) -> list[tuple[str, Sequence[int]]]:
        """A row's stretches of text with their glyphs, and what joins it to the row after it."""
        begin = mark_of(row)[1] if first else 0
        end, joint = len(row.text), ""
        if after is not None:
            end, joint = self._joint(row, after)
        pieces: list[tuple[str, Sequence[int]]] = []
        for stop, resume in (*row.skip, (end, end)):
            if stop > begin:
                pieces.append((row.text[begin:stop], row.line.glyphs[begin:stop]))
            begin = max(begin, resume)
        if joint:
            pieces.append((joint, ()))
        return pieces

    def _joint(self, row: Row, after: Row) -> tuple[int, str]:
        """How much of a row's text stays, and what stands between it and the next row's."""
        tail = _TAIL.search(row.text)
        if tail is None:
            return len(row.text), "" if _BOUND.search(row.text) else " "
        head = _HEAD.match(after.text)
        if head is None or not starts_small(after.text):
            return len(row.text), ""
        keeps = self._words.keeps_hyphen(tail.group(1), head.group())
        return len(row.text) - (0 if keeps else 1), ""
