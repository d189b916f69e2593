"""The horizontal and vertical rules that a page draws."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from nijar_nlp.pdf.calls import plain

_MAX_OBJECTS = 6000  # of a page looked at; a page with more is a drawing
_MAX_SEGMENTS = 400  # of one path, likewise
_THIN = 3.0  # points: a filled rectangle as thin is a rule
_STRAIGHT = 0.7  # points off the straight that a rule may be
_SHORT = 4.0  # points: shorter lines are no rules


_INT, _POINTER = ctypes.c_int, ctypes.c_void_p
_object = plain(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_type = plain(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
_bounds = plain(pdfium.FPDFPageObj_GetBounds, _INT, _POINTER, *[_POINTER] * 4)
_segment = plain(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
_point = plain(pdfium.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
_segment_type = plain(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
_closes = plain(pdfium.FPDFPathSegment_GetClose, _INT, _POINTER)


class Rule(NamedTuple):
    """A straight line in the page's own units (y upwards): level where y0 == y1, else upright."""

    x0: float
    y0: float
    x1: float
    y1: float


def rules_of(page: Any) -> list[Rule]:
    """The rules of an open page: strokes, thin filled boxes, and the sides of other boxes."""
    rules: list[Rule] = []
    handle = ctypes.cast(page, ctypes.c_void_p).value
    sides = (ctypes.c_float * 4)()
    places = [ctypes.addressof(sides) + 4 * number for number in range(4)]
    for number in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = _object(handle, number)
        if _type(item) == pdfium.FPDF_PAGEOBJ_PATH and _bounds(item, *places):
            rules.extend(_of_path(item, *sides))
    return rules


def _of_path(item: Any, left: float, bottom: float, right: float, top: float) -> Iterator[Rule]:
    if top - bottom <= _THIN:
        if right - left >= _SHORT:
            yield Rule(left, (bottom + top) / 2, right, (bottom + top) / 2)
    elif right - left <= _THIN:
        yield Rule((left + right) / 2, bottom, (left + right) / 2, top)
    else:
        yield from _segments(item)


def _segments(item: Any) -> Iterator[Rule]:
    """The straight level and upright segments of a path."""
    handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    own = (ctypes.c_float * 2)()
    place = ctypes.addressof(own)
    here = start = (0.0, 0.0)
    for number in range(min(pdfium.FPDFPath_CountSegments(handle), _MAX_SEGMENTS)):
        segment = _segment(item, number)
        if not _point(segment, place, place + 4):
            continue
        x, y = own
        point = (a * x + c * y + e, b * x + d * y + f)
        kind = _segment_type(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(here, point)
        here = point
        if _closes(segment):
            yield from _straight(here, start)
            here = start


def _straight(first: tuple[float, float], second: tuple[float, float]) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = first, second
    if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORT:
        yield Rule(min(x0, x1), y0, max(x0, x1), y0)
    elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORT:
        yield Rule(x0, min(y0, y1), x0, max(y0, y1))
