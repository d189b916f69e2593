"""A PDF file into its Document and the layout of its pages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from nijar_nlp.errors import ReadingError
from nijar_nlp.pdf import bounded
from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.lines import read_lines
from nijar_nlp.pdf.opening import frame, opened, opened_page, opened_text
from nijar_nlp.pdf.right_to_left import doubles_lam, is_right_to_left, read_right_to_left, with_single_lams
from nijar_nlp.pdf.settings import ReadSettings
from nijar_nlp.records import Document, PageLayout, document_id

_CHUNK = 1 << 20


def read(path: Path, settings: ReadSettings) -> tuple[Document, list[PageLayout]]:
    """A file's Document and the layout of each page, in this process.

    A page that cannot be read carries its problem and the others are read. Raises ReadingError for a file
    that cannot be read at all.
    """
    with opened(path, settings) as pdf:
        bounded.announce_pages(len(pdf))
        layouts = [_page(pdf, number, settings) for number in range(1, len(pdf) + 1)]
        if doubles_lam("\n".join(line.text for layout in layouts for line in layout.lines)):
            layouts = [replace(layout, lines=with_single_lams(layout.lines)) for layout in layouts]
        document = Document(_identity(path), path.name, path.stat().st_size, n_pages=len(pdf))
    return document, layouts


def _page(pdf: Any, number: int, settings: ReadSettings) -> PageLayout:
    try:
        with opened_page(pdf, number) as page:
            return _layout(page, number, settings)
    except ReadingError as error:
        return PageLayout(number, 0.0, 0.0, "none", 0.0, problem=error.code, reason=error.rule)


def _layout(page: Any, number: int, settings: ReadSettings) -> PageLayout:
    with opened_text(page) as text_page:
        if text_page is None:
            return PageLayout(
                number, 0.0, 0.0, "none", 0.0, problem="damaged", reason="No text can be loaded."
            )
        glyphs = Glyphs(text_page, frame(page))
        reader = read_right_to_left if is_right_to_left(glyphs.text) else read_lines
        lines = reader(glyphs)
        return PageLayout(number, glyphs.width, glyphs.height, "text_layer", 1.0, tuple(lines))


def _identity(path: Path) -> str:
    with path.open("rb") as stream:
        return document_id(iter(lambda: stream.read(_CHUNK), b""))
