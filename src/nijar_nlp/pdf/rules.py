"""The horizontal and vertical rules that a page draws."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_MAX_OBJECTS = 6000  # of a page looked at; a page with more is a drawing
_MAX_SEGMENTS = 400  # of one path, likewise
_THIN = 3.0  # points: a filled rectangle as thin is a rule
_STRAIGHT = 0.7  # points off the straight that a rule may be
_SHORT = 4.0  # points: shorter lines are no rules


class Rule(NamedTuple):
    """A straight line in the page's own units (y upwards): level where y0 == y1, else upright."""

    x0: float
    y0: float
    x1: float
    y1: float


def rules_of(page: Any) -> list[Rule]:
    """The rules of an open page: strokes, thin filled boxes, and the sides of other boxes."""
    rules: list[Rule] = []
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
            left, bottom, right, top = (side.value for side in sides)
            rules.extend(_of_path(item, left, bottom, right, top))
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
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    here = start = (0.0, 0.0)
    for number in range(min(pdfium.FPDFPath_CountSegments(item), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(here, point)
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, start)
            here = start


def _straight(first: tuple[float, float], second: tuple[float, float]) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = first, second
    if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORT:
        yield Rule(min(x0, x1), y0, max(x0, x1), y0)
    elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORT:
        yield Rule(x0, min(y0, y1), x0, max(y0, y1))
