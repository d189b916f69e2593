"""A page as a picture with boxes drawn, and a stretch of its text as boxes."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from nijar_nlp.errors import ReadingError
from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.ocr import read_scan
from nijar_nlp.pdf.opening import frame, opened, opened_page, opened_text
from nijar_nlp.pdf.settings import ReadSettings
from nijar_nlp.records import Box, Page

_FILL = (255, 214, 0, 70)
_LINE = (196, 120, 0, 255)
_POINTS_AN_INCH = 72


def page_image(path: Path, page_number: int, boxes: Iterable[Box] = (), dpi: int = 110) -> bytes:
    """A page (counted from 1) as PNG at `dpi` dots an inch, with those of the boxes drawn that lie on it.

    Raises ReadingError where the file or the page cannot be read.
    """
    with opened(path, ReadSettings()) as pdf:
        _check_page(page_number, len(pdf), path)
        scale = dpi / _POINTS_AN_INCH
        image = pdf[page_number - 1].render(scale=scale).to_pil().convert("RGB")
    return _png(_drawn(image, [box for box in boxes if box.page == page_number], scale))


def boxes_of(
    path: Path, page: Page, start: int, end: int, settings: ReadSettings | None = None
) -> list[Box | None]:
    """The box of each character of the page's text from `start` to `end` (half-open); a scan's by word.

    None stands for a character that the file does not hold: a blank between lines, a table's colon. `page`
    must have been read by this version with these settings. Raises ReadingError where the file cannot be
    read.
    """
    places = dict(_glyphs(page, start, end))
    rows = _boxes(path, page, list(places.values()), settings or ReadSettings())
    found = {
        place: Box(page.page_number, *(round(value, 2) for value in row))
        for place, row in zip(places, rows, strict=True)
    }
    return [found.get(place) for place in range(start, end)]


def _boxes(path: Path, page: Page, glyphs: list[int], settings: ReadSettings) -> list[list[float]]:
    """The boxes of glyphs of a page: of its text layer, or of its words by OCR."""
    with opened(path, settings) as pdf:
        if page.source == "ocr":
            scan = read_scan(pdf[page.page_number - 1], settings.ocr_dpi, page.language)
            return [[word.x0, word.top, word.x1, word.bottom] for word in (scan.words[k] for k in glyphs)]
        with opened_page(pdf, page.page_number) as handle, opened_text(handle) as text_page:
            boxes: list[list[float]] = Glyphs(text_page, frame(handle)).boxes(glyphs).tolist()
            return boxes


def _glyphs(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Places in the page's text with the glyphs that they were read from."""
    for run in page.runs:
        for place in range(max(start, run.start_char), min(end, run.end_char)):
            yield place, run.first_glyph + run.step * (place - run.start_char)


def _check_page(page_number: int, n_pages: int, path: Path) -> None:
    if not 1 <= page_number <= n_pages:
        raise ReadingError(
            "damaged",
            f"{path.name}, page {page_number}",
            f"The file has pages 1 to {n_pages}.",
            "Ask for one of these.",
        )


def _drawn(image: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    brush = ImageDraw.Draw(layer)
    for box in boxes:
        corners = [scale * value for value in (box.x0, box.top, box.x1, box.bottom)]
        brush.rectangle(corners, fill=_FILL, outline=_LINE)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()
