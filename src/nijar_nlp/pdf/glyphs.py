"""A page's text layer as glyphs: what pdfium knows of each character, fetched only where it is asked for."""

import ctypes
import math
from collections.abc import Sequence
from functools import cached_property
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from nijar_nlp.pdf.calls import plain

_FONT_NAME_BYTES = 128
_FORCE_BOLD = 1 << 18
_SAMPLED = 40  # glyphs of a page that tell how most are drawn
_NOTHING = "\u200b"  # a zero-width blank, which the lines leave out


_INT, _POINTER = ctypes.c_int, ctypes.c_void_p
_loose_box = plain(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_matrix = plain(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_font_size = plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_origin = plain(pdfium.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_font_info = plain(
    pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _POINTER, _INT, _POINTER, ctypes.c_ulong, _POINTER
)
_tight_box = plain(pdfium.FPDFText_GetCharBox, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
_unicode = plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)

_text_object = plain(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_render_mode = plain(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)


class Font(NamedTuple):
    """A font's name without its subset tag, and whether it is bold."""

    name: str
    bold: bool


class Glyphs:
    """The glyphs of one open page. Boxes are in points from the visible page's top left."""

    def __init__(self, text_page: Any, frame: tuple[float, float, float, float, int]) -> None:
        self._page = ctypes.cast(text_page, ctypes.c_void_p).value
        self._left, self._bottom, self._right, self._top, self._turn = frame
        self.width, self.height = self._right - self._left, self._top - self._bottom
        if self._turn % 2:
            self.width, self.height = self.height, self.width
        self._four = np.zeros(4, np.float32)
        self._six = np.zeros(6, np.float32)
        self._two = np.zeros(2, np.float64)
        self._ink = np.zeros(4, np.float64)
        self._name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._flags = ctypes.c_int(0)
        self._four_at, self._six_at = self._four.ctypes.data, self._six.ctypes.data
        self._two_at = self._two.ctypes.data
        self._name_at, self._flags_at = ctypes.addressof(self._name), ctypes.addressof(self._flags)
        self._fonts: dict[bytes, Font] = {}
        self._boxes: dict[int, tuple[float, float, float, float]] = {}
        self.text = self._read_text(text_page)

    def _read_text(self, text_page: Any) -> str:
        """One character a glyph, the blanks and line ends that pdfium infers included."""
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer(2 * count + 2)
        written = pdfium.FPDFText_GetText(
            text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        )
        raw = buffer.raw[: 2 * max(0, written - 1)]
        text = raw.decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        if len(raw) == 2 * count:  # characters outside the first plane take two places
            return "".join(c if c < "\U00010000" else c + _NOTHING for c in text)
        codes = map(_unicode, repeat(self._page), range(count))
        return "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)

    def box(self, index: int) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of a glyph: as wide as its advance, as high as its font."""
        known = self._boxes.get(index)
        if known is None:
            known = self._boxes[index] = self._box(index)
        return known

    def _box(self, index: int) -> tuple[float, float, float, float]:
        if not _loose_box(self._page, index, self._four_at):
            return 0.0, 0.0, 0.0, 0.0
        left, top, right, bottom = self._four.tolist()
        return self._placed(left, top, right, bottom)

    def look_up(self, indices: Sequence[int]) -> None:
        """Fetch the boxes of glyphs that will be asked for one by one."""
        for index, row in zip(indices, self._raw_boxes(indices).tolist(), strict=True):
            self._boxes[index] = self._placed(*row)

    def boxes(self, indices: Sequence[int]) -> np.ndarray:
        """The boxes of many glyphs, one row each."""
        raw = self._raw_boxes(indices)
        if self._turn:
            return np.array([self._placed(*row) for row in raw.tolist()], np.float64).reshape(-1, 4)
        out = np.empty(raw.shape, np.float64)
        out[:, 0], out[:, 2] = raw[:, 0] - self._left, raw[:, 2] - self._left
        out[:, 1], out[:, 3] = self._top - raw[:, 1], self._top - raw[:, 3]
        return out

    def _raw_boxes(self, indices: Sequence[int]) -> np.ndarray:
        """Left, top, right and bottom in the page's own units, one row for each glyph."""
        raw = np.zeros((len(indices), 4), np.float32)
        start = raw.ctypes.data
        for _ in map(_loose_box, repeat(self._page), indices, range(start, start + 16 * len(indices), 16)):
            pass
        return raw

    def origin(self, index: int) -> tuple[float, float]:
        """Where a glyph's baseline starts: x, and y from the page's top."""
        if not _origin(self._page, index, self._two_at, self._two_at + 8):
            return 0.0, 0.0
        x, y = self._two.tolist()
        return self.point(x, y)

    def origins(self, indices: Sequence[int]) -> np.ndarray:
        """The origins of many glyphs, one row each."""
        raw = np.zeros((len(indices), 2), np.float64)
        start = raw.ctypes.data
        stop = start + 16 * len(indices)
        for _ in map(
            _origin, repeat(self._page), indices, range(start, stop, 16), range(start + 8, stop + 8, 16)
        ):
            pass
        if self._turn:
            return np.array([self.point(*row) for row in raw.tolist()], np.float64).reshape(-1, 2)
        return np.column_stack((raw[:, 0] - self._left, self._top - raw[:, 1]))

    def size(self, index: int) -> float:
        """The type size in points, as printed: the font's size times the scale of its matrix."""
        return self.size_and_baseline(index)[0]

    def size_and_baseline(self, index: int) -> tuple[float, float]:
        """The type size, and the height of the baseline from the page's top."""
        if not _matrix(self._page, index, self._six_at):
            return 0.0, 0.0
        _, _, c, d, e, f = self._six.tolist()
        return float(_font_size(self._page, index)) * math.hypot(c, d), self.point(e, f)[1]

    @property
    def turned(self) -> bool:
        """Whether the page is shown turned."""
        return bool(self._turn)

    def foot(self, index: int) -> float:
        """How far a glyph's ink ends from the page's top."""
        at = self._ink.ctypes.data
        if not _tight_box(self._page, index, at, at + 8, at + 16, at + 24):
            return 0.0
        left, right, bottom, top = self._ink.tolist()
        return self._placed(left, top, right, bottom)[3]

    def font(self, index: int) -> Font:
        """The font of a glyph."""
        length = _font_info(self._page, index, self._name_at, _FONT_NAME_BYTES, self._flags_at)
        raw = self._name.raw[: max(0, min(length, _FONT_NAME_BYTES) - 1)] if length else b""
        font = self._fonts.get(raw)
        if font is None:
            font = self._fonts[raw] = _font(raw.decode("utf-8", "replace"), self._flags.value)
        return font

    def stroked(self, index: int) -> bool:
        """Whether a glyph is drawn bold by a stroke around it, unlike most of its page."""
        return self._is_stroked(index) and not self._mostly_stroked

    @cached_property
    def _mostly_stroked(self) -> bool:
        sample = range(0, len(self.text), max(1, len(self.text) // _SAMPLED))
        letters = [index for index in sample if self.text[index].isalnum()]
        return 2 * sum(map(self._is_stroked, letters)) > len(letters)

    def _is_stroked(self, index: int) -> bool:
        item = _text_object(self._page, index)
        return bool(item and _render_mode(item) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)

    def _placed(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        """The box of a rectangle of the page's own units."""
        if not self._turn:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        x0, y0 = self.point(left, top)
        x1, y1 = self.point(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own units as x and y from the visible page's top left."""
        if self._turn == 0:
            return x - self._left, self._top - y
        if self._turn == 1:
            return y - self._bottom, x - self._left
        if self._turn == 2:
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x


_BOLD_NAMES = ("bold", "black", "heavy", "semib", "demi", "cmbx", "sfbx", "ecbx", "l-medi")  # Nimbus's Medi


def _font(name: str, flags: int) -> Font:
    name = name.rsplit("+", 1)[-1]
    lower = name.lower()
    return Font(name, bool(flags & _FORCE_BOLD) or any(part in lower for part in _BOLD_NAMES))
