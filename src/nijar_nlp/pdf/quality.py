"""How good a page's text layer is, and whether the page is a picture."""

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

_BAD = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LETTER = re.compile(r"[^\W\d_]")
_FEW_LETTERS = 40  # a stamp or a page number over a scan has less
_GOOD_ENOUGH = 0.7  # share of sound characters
_PICTURE = 0.5  # of the page's area


def quality_of(text: str) -> float:
    """The share of characters that are not replacement, private-use or control characters; 0 without any."""
    n_characters = len(text) - sum(map(text.count, " \r\n"))
    if n_characters <= 0:
        return 0.0
    return round(1.0 - len(_BAD.findall(text)) / n_characters, 3)


def needs_ocr(text: str, quality: float, page: Any) -> bool:
    """Whether the text layer is absent or bad and there is a picture to be read instead."""
    n_letters = len(_LETTER.findall(text[:200]))
    if n_letters < _FEW_LETTERS:
        n_letters = len(_LETTER.findall(text))
    if n_letters >= _FEW_LETTERS and quality >= _GOOD_ENOUGH:
        return False
    if n_letters >= _FEW_LETTERS:
        return True
    return picture_share(page) > _PICTURE


def picture_share(page: Any) -> float:
    """The share of the page's area that its largest picture covers."""
    area = float(pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)) or 1.0
    largest = 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(min(pdfium.FPDFPage_CountObjects(page), 500)):
        item = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(item) not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
            left, bottom, right, top = (side.value for side in sides)
            largest = max(largest, (right - left) * (top - bottom))
    return largest / area
