"""What is read from a file: documents, pages, passages, with the boxes behind every character."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in PDF points from the page's top left; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Part(NamedTuple):
    """The stretch of one page's text that a passage takes, half-open."""

    page_number: int
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class DateInterval:
    """A date as known: both ends included, with its precision and the words or the way it was found."""

    start: date | None
    end: date | None
    precision: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a document could not be read: one of PROBLEM_CODES, the reason, and what to do."""

    code: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document: every document has at least one; a digest or a news export has many."""

    number: int
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: DateInterval | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file by its SHA-256, with its facts and, where it could not be read, the problem.

    `sensitivity` is one of SENSITIVITIES or empty. `origins` names, for each field that did not come from the
    file itself, where its value is from.
    """

    id: str
    file: str
    n_bytes: int
    n_pages: int = 0
    kind: str = "report"
    title: str = ""
    outlet: str = ""
    author: str = ""
    symbol: str = ""
    published: DateInterval | None = None
    language: str = ""
    articles: tuple[Article, ...] = ()
    problem: Problem | None = None
    collection: str = ""
    licence: str = ""
    sensitivity: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)


class Run(NamedTuple):
    """A stretch of a page's text and the glyphs it was read from.

    The character at `start_char + k` comes from glyph `first_glyph + step * k` of the page's own order.
    """

    start_char: int
    end_char: int
    first_glyph: int
    step: int = 1


class Gap(NamedTuple):
    """A wide blank inside a line: the offset of the text after it, and the edges of the blank in points."""

    offset: int
    x0: float
    x1: float


class LayoutLine(NamedTuple):
    """One line of a page as printed: logical text, box, type, and the glyph behind every character.

    `size` is the type size in points, `baseline` its height from the page's top, `head_width` the width of
    its first word. `raised` are half-open stretches set smaller and higher. `cell` is (table, row, column)
    for a line in a ruled table.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    font: str
    head_width: float
    glyphs: Sequence[int]
    gaps: tuple[Gap, ...] = ()
    raised: tuple[tuple[int, int], ...] = ()
    right_to_left: bool = False
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page as printed: its lines in the file's order, how they were got, their quality (0 to 1).

    `source` is text_layer, ocr or none; `problem` is one of PROBLEM_CODES or empty, `reason` its words;
    `language` is the one that OCR read in.
    """

    page_number: int
    width: float
    height: float
    source: str
    quality: float
    lines: tuple[LayoutLine, ...] = ()
    problem: str = ""
    reason: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points, its reading text, how the text was got and how good it is (0 to 1).

    `source`, `problem` and `language` are PageLayout's; `runs` lead from the text back to the glyphs.
    """

    document_id: str
    page_number: int
    width: float
    height: float
    text: str
    source: str
    quality: float
    problem: str = ""
    language: str = ""
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item, footnote, caption or table row, in reading order.

    The labels of a chart are one caption. `parts` are its stretches of page text; `text` is their
    concatenation. `number` counts from 0 through the document. `level` is a heading's, `mark` a footnote's
    or a numbered paragraph's.
    """

    id: str
    document_id: str
    number: int
    kind: str
    language: str
    text: str
    parts: tuple[Part, ...]
    boxes: tuple[Box, ...]
    level: int = 0
    mark: str = ""
    article: int = 0

    @property
    def page_number(self) -> int:
        """The page on which the passage begins."""
        return self.parts[0].page_number


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one file."""

    document: Document
    pages: tuple[Page, ...] = ()
    passages: tuple[Passage, ...] = ()


def document_id(content: Iterable[bytes]) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in content:
        digest.update(chunk)
    return digest.hexdigest()
