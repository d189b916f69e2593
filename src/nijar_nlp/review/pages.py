"""A page of a document as a picture: drawn in a bounded process, kept on disk."""

import os
import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from nijar_nlp.errors import ReadingError
from nijar_nlp.pdf import page_image
from nijar_nlp.pdf.bounded import Limits, call
from nijar_nlp.records import Sheet, document_id
from nijar_nlp.store import documents

# Dots an inch by zoom; a page is never wider or higher than _MOST_DOTS, whatever size it says it has.
DPI = {1: 110, 2: 165, 3: 240}
_MOST_DOTS = 4000
_POINTS_AN_INCH = 72
_LIMITS = Limits(memory_mb=2048, cpu_seconds_per_page=10, wall_seconds=20, wall_seconds_per_page=0)
_CHUNK = 1 << 20
_AT_ONCE = threading.BoundedSemaphore(2)


def image(page: Sheet, zoom: int) -> Path:
    """The PNG file of a page at a zoom of DPI; ReadingError where its file is gone or cannot be drawn."""
    folder: Path = settings.PAGE_IMAGES
    file = folder / page.document_id[:2] / page.document_id / f"{page.page_number}-{zoom}.png"
    if not file.is_file():
        with _AT_ONCE:
            picture = call(
                page_image, source(page.document_id), page.page_number, (), dpi(page, zoom), limits=_LIMITS
            )
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        fresh.write_bytes(picture)
        fresh.replace(file)
    return file


def dpi(page: Sheet, zoom: int) -> int:
    """Dots an inch at which a page is drawn."""
    longest = max(page.width, page.height, 1.0)
    return max(8, min(DPI[zoom], int(_MOST_DOTS * _POINTS_AN_INCH / longest)))


def source(identity: str) -> Path:
    """Where the file of a document lies now; ReadingError where no file that was seen is still the same."""
    for path in documents.paths(identity):
        file = Path(path)
        try:
            facts = file.stat()
        except OSError:
            continue
        if _identity(file, facts.st_mtime_ns, facts.st_size) == identity:
            return file
    raise ReadingError(
        "damaged",
        identity[:12],
        "The file is no longer where it was read, or has changed.",
        "Put it back, or run `nijar run` on the folder where it lies now.",
    )


@lru_cache(maxsize=4096)
def _identity(file: Path, _changed: int, _size: int) -> str:
    with file.open("rb") as stream:
        return document_id(iter(lambda: stream.read(_CHUNK), b""))
