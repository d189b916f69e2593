"""A page without usable text, rendered and read by Tesseract into lines with a box for every word."""

import os
import re
import statistics
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from nijar_nlp.pdf.lines import mended
from nijar_nlp.records import LayoutLine

TESSERACT_LANGUAGES = {"en": "eng", "fr": "fra", "ar": "ara"}
INSTALL = "apt-get install tesseract-ocr tesseract-ocr-fra tesseract-ocr-ara"
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_POINTS_AN_INCH = 72
_TYPE_OF_LINE = 0.72  # type size over the height of a line's box, ascenders and descenders included
_MIN_CONFIDENCE = 30  # words below are specks and rules
_BAD_PAGE = 72  # mean confidence under which the other script is tried: it had .4 to .68 by the wrong one
_FEW_WORDS = 0.08  # of the words are function words: fewer are not the language's that was read
_SOME_LINES = (0.45, 0.55)  # of the page's height: what tells its language
_ENOUGH_WORDS = 20  # of these lines; with fewer they tell nothing
_SOME_FRENCH = (
    0.25  # of the English function words: read as French, English loses nothing; French its accents
)
_FRENCH = "le la les des du une est dans pour par sur avec qui que et au aux ce cette ont été"
_ENGLISH = "the of and to in for on with by from is are was were that this which has have be"
_ARABIC = "في من على إلى عن أن التي الذي هذا هذه ذلك بين مع بعد ما لا كان قد"
_FRENCH_WORDS, _ENGLISH_WORDS, _ARABIC_WORDS = (
    frozenset(words.split()) for words in (_FRENCH, _ENGLISH, _ARABIC)
)
_LEFT_TO_RIGHT = re.compile(r"[A-Za-zÀ-ɏ\d]+(?:[.,:/٫٬'’@-][A-Za-zÀ-ɏ\d]+)*")


class Word(NamedTuple):
    """A word as read: its text, its box in points from the page's top left, and its baseline."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float


def data_folder() -> Path | None:
    """The folder with Tesseract's trained data: TESSDATA_PREFIX or a usual place; None if absent."""
    for name in (os.environ.get("TESSDATA_PREFIX", ""), *_FOLDERS):
        folder = Path(name)
        if name and any(folder.glob("*.traineddata")):
            return folder
    return None


def missing_ocr_languages() -> list[str]:
    """The languages, of en, fr and ar, whose trained data is not found."""
    return [code for code in TESSERACT_LANGUAGES if code not in _available()]


class Scan(NamedTuple):
    """What OCR read: lines, words, the language it was read in, and the mean confidence (0 to 1)."""

    lines: tuple[LayoutLine, ...]
    words: tuple[Word, ...]
    language: str
    confidence: float


def read_scan(page: Any, dpi: int, language: str = "") -> Scan:
    """What Tesseract reads on a page (pypdfium2's) rendered at `dpi` dots an inch.

    `language` is the one to begin with; without it a few lines of the page tell. Where the words are
    another's after all, the page is read again in that one, in each language once at most. The glyph of a
    character is the number of its word. Without trained data there are no lines.
    """
    available = _available()
    if not available:
        return Scan((), (), "", 0.0)
    image = page.render(scale=dpi / _POINTS_AN_INCH, grayscale=True).to_pil()
    first = language or _language_of_some(image, next(iter(available)), dpi)
    kept = first if first in available else next(iter(available))
    rows, confidence = _recognised(image, kept, dpi)
    untried = set(available) - {kept}
    while (better := _better_language(rows, confidence, kept)) in untried:
        untried.remove(better)
        other, other_confidence = _recognised(image, better, dpi)
        if other_confidence <= confidence and "ar" in (kept, better):
            break
        kept, rows, confidence = better, other, other_confidence
    words = tuple(word for row in rows for word in row)
    return Scan(tuple(_lines(rows, kept)), words, kept, round(confidence / 100, 3))


def _language_of_some(image: Any, language: str, dpi: int) -> str:
    """The language of a few lines from the middle of an image, read in the one given."""
    top, bottom = (round(share * image.height) for share in _SOME_LINES)
    rows, confidence = _recognised(image.crop((0, top, image.width, bottom)), language, dpi)
    return _better_language(rows, confidence, language) if sum(map(len, rows)) >= _ENOUGH_WORDS else language


def _available() -> dict[str, str]:
    folder = data_folder()
    if folder is None:
        return {}
    names = TESSERACT_LANGUAGES.items()
    return {code: name for code, name in names if (folder / f"{name}.traineddata").is_file()}


@lru_cache(maxsize=3)
def _engine(language: str) -> Any:
    """Tesseract for one language; one thread, since processes read side by side."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr

    return tesserocr.PyTessBaseAPI(
        path=str(data_folder()), lang=TESSERACT_LANGUAGES[language], psm=tesserocr.PSM.AUTO
    )


def _recognised(image: Any, language: str, dpi: int) -> tuple[list[list[Word]], float]:
    """The words of an image by line, and their mean confidence (0 to 100)."""
    import tesserocr

    engine = _engine(language)
    engine.SetImage(image)
    engine.SetSourceResolution(dpi)
    with suppress(RuntimeError):  # raised for an image without any text
        engine.Recognize()
    rows: list[list[Word]] = []
    confidences: list[float] = []
    scale = _POINTS_AN_INCH / dpi
    iterator = engine.GetIterator()
    for item in tesserocr.iterate_level(iterator, tesserocr.RIL.WORD) if iterator else ():
        text = _text(item, language)
        confidence = item.Confidence(tesserocr.RIL.WORD)
        if item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) or not rows:
            rows.append([])
        if not text or confidence < _MIN_CONFIDENCE:
            continue
        confidences.append(confidence)
        x0, top, x1, bottom = (scale * value for value in item.BoundingBox(tesserocr.RIL.WORD))
        line = item.Baseline(tesserocr.RIL.TEXTLINE)
        baseline = scale * (line[0][1] + line[1][1]) / 2 if line else bottom
        rows[-1].append(Word(text, x0, top, x1, bottom, baseline))
    engine.Clear()
    return [row for row in rows if row], statistics.fmean(confidences) if confidences else 0.0


def _text(item: Any, language: str) -> str:
    import tesserocr

    try:
        text = (item.GetUTF8Text(tesserocr.RIL.WORD) or "").strip()
    except RuntimeError:  # raised for a word without any text
        return ""
    text = _logical(text) if language == "ar" else text
    return mended(text, range(len(text)))[0]


def _logical(text: str) -> str:
    """A word that Tesseract gives from left to right, read from right to left; not so figures and Latin."""
    return _LEFT_TO_RIGHT.sub(lambda run: run.group()[::-1], text[::-1])


def _better_language(rows: list[list[Word]], confidence: float, language: str) -> str:
    """The language that the words are of: by function words, or Arabic where little could be read."""
    words = [word.text.lower().strip(".,;:!?()،؛؟") for row in rows for word in row]
    french, english = sum(w in _FRENCH_WORDS for w in words), sum(w in _ENGLISH_WORDS for w in words)
    known = french + english + sum(w in _ARABIC_WORDS for w in words)
    if confidence < _BAD_PAGE and known < _FEW_WORDS * len(words):
        return "ar" if language != "ar" else "en"
    if max(french, english) < 3:
        return language
    return "fr" if french > _SOME_FRENCH * english else "en"


def _lines(rows: list[list[Word]], language: str) -> list[LayoutLine]:
    heights = [max(w.bottom for w in row) - min(w.top for w in row) for row in rows]
    usual = statistics.median(heights) if heights else 0.0
    lines = []
    number = 0
    for row, height in zip(rows, heights, strict=True):
        size = _TYPE_OF_LINE * (usual if 0.7 * usual < height < 1.35 * usual else height)
        lines.append(_line(row, number, size, language))
        number += len(row)
    return lines


def _line(row: list[Word], number: int, size: float, language: str) -> LayoutLine:
    text = " ".join(word.text for word in row)
    return LayoutLine(
        text=text,
        x0=min(word.x0 for word in row),
        top=min(word.top for word in row),
        x1=max(word.x1 for word in row),
        bottom=max(word.bottom for word in row),
        baseline=row[0].baseline,
        size=round(size, 1),
        bold=False,
        font="",
        head_width=row[0].x1 - row[0].x0,
        glyphs=tuple(_glyphs(row, number)),
        right_to_left=language == "ar",
    )


def _glyphs(row: list[Word], number: int) -> Iterator[int]:
    """The number of each character's word; blanks belong to none."""
    for place, word in enumerate(row):
        if place:
            yield -1
        for _ in word.text:
            yield number + place
