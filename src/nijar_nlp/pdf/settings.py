"""How a PDF is read, as values that a stored reading can be compared by."""

import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass

EXTRACTOR = "12"
"""Raised by one with every change that alters the text, the passages or the boxes of some document."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Limits in megabytes and pages; whether pages without text go to OCR, and at how many dots an inch."""

    ocr: bool = True
    ocr_dpi: int = 300
    max_file_mb: int = 200
    max_pages: int = 5000


RELIED_ON: dict[str, Callable[[ReadSettings], tuple[object, ...]]] = {
    "text": lambda _: (),
    "scan": lambda settings: (settings.ocr, settings.ocr_dpi),
    "failure": astuple,
}
"""What a reading depends on beside the extractor: of text layers alone, with scans, without any result."""


def settings_hash(settings: ReadSettings, result: str = "failure") -> str:
    """Eight hexadecimal digits that differ where the settings do that a result (of RELIED_ON) depends on."""
    return hashlib.sha256(repr((result, RELIED_ON[result](settings))).encode()).hexdigest()[:8]


def versions(settings: ReadSettings) -> dict[str, str]:
    """By result, the version under which this extractor with these settings stores a reading."""
    return {result: f"{EXTRACTOR}-{settings_hash(settings, result)}" for result in RELIED_ON}
