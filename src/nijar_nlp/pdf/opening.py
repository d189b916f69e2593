"""A PDF file opened by pdfium, or the reason why it cannot be."""

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from nijar_nlp.errors import ReadingError
from nijar_nlp.pdf.settings import ReadSettings

_MEGABYTE = 1_000_000
_HEADER_WITHIN = 1024  # bytes: Adobe's readers find the header there


@contextmanager
def opened(path: Path, settings: ReadSettings) -> Iterator[Any]:
    """pypdfium2's document of a file, closed at the end.

    Raises ReadingError with the codes not_a_pdf, too_large, encrypted or damaged.
    """
    _check_file(path, settings)
    document = _open(path)
    try:
        if len(document) > settings.max_pages:
            raise ReadingError(
                "too_large",
                path.name,
                f"It has {len(document)} pages; the limit is {settings.max_pages}.",
                "Split it, or raise extraction.max_pages.",
            )
        yield document
    finally:
        document.close()


@contextmanager
def opened_page(document: Any, page_number: int) -> Iterator[Any]:
    """pdfium's handle of one page (counted from 1); ReadingError("damaged") where it cannot be loaded."""
    page = pdfium.FPDF_LoadPage(document, page_number - 1)
    if not page:
        raise ReadingError(
            "damaged", f"page {page_number}", "The page cannot be loaded.", "Re-save the file."
        )
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


@contextmanager
def opened_text(page: Any) -> Iterator[Any]:
    """pdfium's handle of a page's text; None where the page's text cannot be loaded."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        yield text_page or None
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)


def frame(page: Any) -> tuple[float, float, float, float, int]:
    """A page's visible rectangle (left, bottom, right, top in PDF units) and its quarter turns."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)) or box.right <= box.left:
        return 0.0, 0.0, 612.0, 792.0, 0
    return box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4


def _check_file(path: Path, settings: ReadSettings) -> None:
    size = path.stat().st_size
    if size > settings.max_file_mb * _MEGABYTE:
        raise ReadingError(
            "too_large",
            path.name,
            f"It has {size // _MEGABYTE} MB; the limit is {settings.max_file_mb}.",
            "Split it, or raise extraction.max_file_mb.",
        )
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(_HEADER_WITHIN):
            raise ReadingError(
                "not_a_pdf", path.name, "A PDF begins with %PDF-.", "Convert it to PDF, or take it out."
            )


def _open(path: Path) -> Any:
    try:
        document = pypdfium2.PdfDocument(path)
        if len(document) > 0:
            return document
        document.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise _encrypted(path) from error
    return _repaired(path)


def _repaired(path: Path) -> Any:
    """The document re-saved by pikepdf, which rebuilds what pdfium refuses."""
    import pikepdf

    buffer = io.BytesIO()
    try:
        with pikepdf.open(path) as damaged:
            damaged.save(buffer)
        document = pypdfium2.PdfDocument(buffer.getvalue(), autoclose=True)
        if len(document) > 0:
            return document
        document.close()
    except pikepdf.PasswordError as error:
        raise _encrypted(path) from error
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, RuntimeError, OSError) as error:
        said = str(error).replace(f"{path}: ", "").splitlines()
        raise _damaged(path, said[0] if said else "unreadable") from error
    raise _damaged(path, "no page is left")


def _encrypted(path: Path) -> ReadingError:
    return ReadingError(
        "encrypted", path.name, "It needs a password to be opened.", "Save a copy without password."
    )


def _damaged(path: Path, reason: str) -> ReadingError:
    return ReadingError(
        "damaged",
        path.name,
        f"Its structure cannot be read, nor rebuilt ({reason}).",
        "Fetch the file again from its source.",
    )
