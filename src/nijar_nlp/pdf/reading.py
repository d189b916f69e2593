"""A PDF file into its Document and the layout of its pages."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from nijar_nlp.errors import ReadingError
from nijar_nlp.pdf import bounded
from nijar_nlp.pdf.figures import with_true_figures
from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.lines import read_lines
from nijar_nlp.pdf.metadata import with_metadata
from nijar_nlp.pdf.ocr import INSTALL, TESSERACT_LANGUAGES, missing_ocr_languages, read_scan
from nijar_nlp.pdf.opening import frame, opened, opened_page, opened_text
from nijar_nlp.pdf.quality import needs_ocr, quality_of
from nijar_nlp.pdf.right_to_left import doubles_lam, is_right_to_left, read_right_to_left, with_single_lams
from nijar_nlp.pdf.settings import ReadSettings
from nijar_nlp.pdf.tables import with_cells
from nijar_nlp.records import Document, PageLayout, Problem, document_id

_CHUNK = 1 << 20
_READABLE = 0.72  # mean confidence of OCR: scans had .89 and more, a map .67


def read(path: Path, settings: ReadSettings) -> tuple[Document, list[PageLayout]]:
    """A file's Document and the layout of each page, in this process.

    A page that cannot be read carries its problem and the others are read; a document of which no page has
    text carries it too. Raises ReadingError for a file that cannot be read at all.
    """
    with opened(path, settings) as pdf:
        bounded.announce_pages(len(pdf))
        layouts: list[PageLayout] = []
        for number in range(1, len(pdf) + 1):
            layouts.append(_page(pdf, number, settings, _script(layouts)))
            if layouts[-1].source == "ocr":
                bounded.announce_progress(len(pdf) - number)
        if _doubtful(pdf, layouts):
            bounded.announce_progress(len(pdf))
            content = with_true_figures(path)
            layouts = layouts if content is None else reread(content, layouts)
        document = with_metadata(
            Document(_identity(path), path.name, path.stat().st_size, n_pages=len(pdf)), pdf
        )
    if doubles_lam("\n".join(line.text for layout in layouts for line in layout.lines)):
        layouts = [replace(layout, lines=with_single_lams(layout.lines)) for layout in layouts]
    scanned = sum(layout.source == "ocr" for layout in layouts) * 2 > len(layouts)
    kind = "scan" if scanned else document.kind
    return replace(document, kind=kind, problem=_problem(layouts)), layouts


def _doubtful(pdf: Any, layouts: Sequence[PageLayout]) -> bool:
    """Whether a document may have its figures mixed up: Arabic that Word wrote."""
    arabic = any(line.right_to_left for layout in layouts for line in layout.lines)
    return arabic and "Word" in pdf.get_metadata_value("Producer") + pdf.get_metadata_value("Creator")


def reread(content: bytes, layouts: list[PageLayout]) -> list[PageLayout]:
    """The pages by the text layer of another version of their file, in which each glyph has its place.

    A page that is a scan, has a problem or cannot be read again stays as it is.
    """
    try:
        with closing(pypdfium2.PdfDocument(content)) as pdf:
            return [_again(pdf, layout) for layout in layouts]
    except (pypdfium2.PdfiumError, MemoryError):
        return layouts


def _again(pdf: Any, layout: PageLayout) -> PageLayout:
    if layout.source != "text_layer" or layout.problem:
        return layout
    try:
        with opened_page(pdf, layout.page_number) as page:
            again = _text_layer(page, layout.page_number)
    except ReadingError:
        return layout
    return layout if again.problem else again


def _page(pdf: Any, number: int, settings: ReadSettings, script: str) -> PageLayout:
    try:
        with opened_page(pdf, number) as page:
            layout = _text_layer(page, number)
            if layout.problem == "needs_ocr":
                return _scan(pdf[number - 1], layout, settings, script)
            return layout
    except ReadingError as error:
        return PageLayout(number, 0.0, 0.0, "none", 0.0, problem=error.code, reason=error.rule)


def _text_layer(page: Any, number: int) -> PageLayout:
    """A page by its text layer; its problem is needs_ocr where a picture is in its place."""
    with opened_text(page) as text_page:
        if text_page is None:
            return PageLayout(
                number, 0.0, 0.0, "none", 0.0, problem="damaged", reason="No text can be loaded."
            )
        glyphs = Glyphs(text_page, frame(page))
        quality = quality_of(glyphs.text)
        reader = read_right_to_left if is_right_to_left(glyphs.text) else read_lines
        lines = with_cells(page, glyphs, reader(glyphs))
        layout = PageLayout(number, glyphs.width, glyphs.height, "text_layer", quality, lines)
        if needs_ocr(glyphs.text, quality, page):
            return replace(layout, problem="needs_ocr")
        return layout if lines else replace(layout, source="none", problem="no_text", reason="It is empty.")


def _scan(page: Any, layout: PageLayout, settings: ReadSettings, script: str) -> PageLayout:
    """The page by OCR, or as it was with the reason why it could not be read."""
    if not settings.ocr:
        return replace(layout, reason="OCR is switched off (extraction.ocr).")
    if len(missing_ocr_languages()) == len(TESSERACT_LANGUAGES):
        return replace(layout, reason=f"Tesseract's data is not installed: {INSTALL}")
    scan = read_scan(page, settings.ocr_dpi, script)
    if scan.confidence < _READABLE:
        reason = f"OCR found {len(scan.words)} words, with a confidence of {scan.confidence:.2f}."
        return replace(
            layout, problem="no_text", reason=reason, source=layout.source if layout.lines else "none"
        )
    return replace(
        layout,
        source="ocr",
        quality=scan.confidence,
        lines=scan.lines,
        problem="",
        language=scan.language,
    )


def _script(layouts: Sequence[PageLayout]) -> str:
    """The language to begin OCR with: that of the scans before; Arabic after Arabic pages; else not known."""
    scans = [layout.language for layout in layouts if layout.language]
    if scans:
        return scans[-1]
    lines = [line for layout in layouts[-3:] for line in layout.lines]
    return "ar" if lines and sum(line.right_to_left for line in lines) * 2 > len(lines) else ""


def _problem(layouts: Sequence[PageLayout]) -> Problem | None:
    """The document's problem where no page gave text: the pages' commonest."""
    if any(layout.lines for layout in layouts):
        return None
    code, count = Counter(layout.problem or "no_text" for layout in layouts).most_common(1)[0]
    reason = next((layout.reason for layout in layouts if layout.problem == code), "")
    remedy = f"Install Tesseract and read it again: {INSTALL}" if code == "needs_ocr" else "Look at the file."
    return Problem(code, f"{count} of {len(layouts)} pages: {reason}", remedy)


def _identity(path: Path) -> str:
    with path.open("rb") as stream:
        return document_id(iter(lambda: stream.read(_CHUNK), b""))
