"""How a PDF is read, as values that a stored reading can be compared by."""

import hashlib
from dataclasses import astuple, dataclass

EXTRACTOR = "2"
"""Raised by one with every change that alters the text, the passages or the boxes of some document."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Limits in megabytes and pages; whether pages without text go to OCR, and at how many dots an inch."""

    ocr: bool = True
    ocr_dpi: int = 300
    max_file_mb: int = 200
    max_pages: int = 5000


def settings_hash(settings: ReadSettings) -> str:
    """Eight hexadecimal digits that differ where the settings do."""
    return hashlib.sha256(repr(astuple(settings)).encode()).hexdigest()[:8]
