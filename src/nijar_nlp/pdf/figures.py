"""A file whose character maps mix up its figures into the same file with the maps put right.

Word writes such maps for Arabic type: several figures share one, so that every reader of the text layer gets
2026 as 0302, though the page shows it right. In these fonts figures and signs are numbered in ASCII's order.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FIRST, _LAST = 0x10, 0x1D  # glyphs from the hyphen to the colon
_SHIFT = ord("-") - _FIRST  # from a glyph's number to its character
_FIGURES = range(0x13, 0x1D)
_SIGNS = (0x10, 0x11, 0x12, 0x1D)
_BLOCK = re.compile(rb"(?<=beginbf)(range|char)(.*?)(?=endbf|\Z)", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]+>|\[[^\[\]]*\])")
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CODE = re.compile(rb"<([0-9A-Fa-f]+)>")


def with_true_figures(path: Path) -> bytes | None:
    """The file with its fonts' figures put right; None where none is wrong, or it cannot be rewritten."""
    import pikepdf

    buffer = io.BytesIO()
    try:
        with pikepdf.open(path) as document:
            mended = 0
            for item in document.objects:
                if isinstance(item, pikepdf.Dictionary) and item.get("/Encoding") == "/Identity-H":
                    mended += _mended(item)
            if not mended:
                return None
            document.save(buffer)
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError, MemoryError):
        return None
    return buffer.getvalue()


def _mended(font: Any) -> bool:
    """Whether a font's map was wrong; it is right now. One that cannot be read is left as it is."""
    import pikepdf

    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return False
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        return False
    if not mixes_figures(content):
        return False
    stream.write(_BLOCK.sub(_in_order, content))
    return True


def mixes_figures(content: bytes) -> bool:
    """Whether a character map has its signs in ASCII's order, and between them two glyphs of one figure."""
    codes = dict(_entries(content))
    signs = [codes[glyph] == glyph + _SHIFT for glyph in _SIGNS if glyph in codes]
    figures = [codes[glyph] for glyph in _FIGURES if glyph in codes]
    own = all(ord("0") <= code <= ord("9") for code in figures)
    return len(signs) > 1 and all(signs) and own and len(set(figures)) < len(figures)


def _entries(content: bytes) -> Iterator[tuple[int, int]]:
    """Glyphs with their characters, as a map's ranges and pairs give them, in its order."""
    for block in _BLOCK.finditer(content):
        if block.group(1) == b"char":
            yield from ((int(glyph, 16), int(code, 16)) for glyph, code in _PAIR.findall(block.group(2)))
            continue
        for match in _RANGE.finditer(block.group(2)):
            first, last = int(match.group(1), 16), int(match.group(2), 16)
            if first > _LAST or last < _FIRST or last - first > 0xFF:
                continue
            values = [int(code, 16) for code in _CODE.findall(match.group(3))]
            if match.group(3)[:1] == b"<":
                values = list(range(values[0], values[0] + last - first + 1))
            yield from zip(range(first, last + 1), values, strict=False)


def _in_order(block: re.Match[bytes]) -> bytes:
    """A block of ranges or of pairs with its figures and signs in ASCII's order."""
    if block.group(1) == b"char":
        return b"char" + _PAIR.sub(_pair_in_order, block.group(2))
    return b"range" + _RANGE.sub(_range_in_order, block.group(2))


def _pair_in_order(match: re.Match[bytes]) -> bytes:
    glyph = int(match.group(1), 16)
    return b"<%04X> <%04X>" % (glyph, glyph + _SHIFT) if _FIRST <= glyph <= _LAST else match.group()


def _range_in_order(match: re.Match[bytes]) -> bytes:
    first, last = int(match.group(1), 16), int(match.group(2), 16)
    if not _FIRST <= first <= last <= _LAST:
        return match.group()
    return b"<%04X> <%04X> <%04X>" % (first, last, first + _SHIFT)
