"""A PDF file into its pages as printed; a page's characters back to their boxes, and its image."""

from nijar_nlp.pdf.images import boxes_of, page_image
from nijar_nlp.pdf.ocr import missing_ocr_languages
from nijar_nlp.pdf.reading import read
from nijar_nlp.pdf.settings import EXTRACTOR, ReadSettings, settings_hash, versions

__all__ = [
    "EXTRACTOR",
    "ReadSettings",
    "boxes_of",
    "missing_ocr_languages",
    "page_image",
    "read",
    "settings_hash",
    "versions",
]
