"""A page's glyphs, written right to left, into its lines as printed: from right to left, with blanks."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.lines import LINE

ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
SPACE, MARK, LETTER, LEFT, STOP, OTHER = " ", "m", "a", "l", "s", "o"  # what a character is in a line
SLIGHT = SPACE + MARK
_LAM, _ALEFS = "ل", "اأإآ"
_SAME_LINE = 0.38  # of the type size: baselines nearer than this are one line's (bold type may sit lower)
_BLANK = 0.17  # of the type size: a wider gap between two glyphs parts two words
_BLANK_SEEN = 0.06  # the same, where the file has a blank there
_RAISED = 0.02  # of the type size: glyphs so much higher than the lowest stand off the baseline
_LIGATURE = 1.0  # points: glyphs that start as near to each other may be drawn as one
_WIDE_BLANK = 1.8  # of the type size: a gap that may part two cells
_INFERRED = -1  # the glyph of a blank that the file does not have


class Places(NamedTuple):
    """A page's glyphs by index: characters, what each is, start and end from the left, and baseline."""

    text: str
    kinds: str
    x: list[float]
    x1: list[float]
    y: list[float]


class Characters(NamedTuple):
    """The characters of a line, what each is, and its glyph (-1 for a blank that is inferred)."""

    text: str
    kinds: str
    numbers: list[int]

    def part(self, start: int, stop: int, step: int = 1) -> "Characters":
        """A stretch of them; backwards with a step of -1."""
        cut = slice(start, stop)
        return Characters(self.text[cut][::step], self.kinds[cut][::step], self.numbers[cut][::step])


class VisualLine(NamedTuple):
    """A printed line: its characters from right to left, vowel signs apart, and what is measured of it.

    `first` and `middle` are glyphs with letters, in the file's order; `gaps` are the glyphs behind wide
    blanks with these blanks' edges.
    """

    characters: Characters
    marks: list[int]
    first: int
    middle: int
    size: float
    x0: float
    x1: float
    gaps: list[tuple[int, float, float]]


def places_of(glyphs: Glyphs) -> Places:
    """Where all glyphs of a page are."""
    numbers = range(len(glyphs.text))
    x, y = glyphs.origins(numbers).T.tolist()
    kinds = "".join(map(_kind, glyphs.text))
    return Places(glyphs.text, kinds, x, glyphs.boxes(numbers)[:, 2].tolist(), y)


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """What a character is in a line that runs from right to left."""
    if character.isspace():
        return SPACE
    if unicodedata.combining(character):
        return MARK
    if ARABIC.match(character):
        return LETTER
    if character.isdigit() or LATIN.match(character):
        return LEFT
    if character.isalpha() and unicodedata.bidirectional(character) == "L":
        return LEFT
    return STOP if character in "،؛؟" else OTHER


def visual_lines(glyphs: Glyphs, places: Places) -> list[VisualLine]:
    """The printed lines of a page in the order of the file."""
    groups = _groups(glyphs, places)
    return list(_Sheet(glyphs, places, groups).lines()) if groups else []


def _groups(glyphs: Glyphs, places: Places) -> list[list[int]]:
    """The glyphs by printed line: stretches of the file's order that share a baseline and hold letters."""
    groups: list[list[int]] = []
    loose: list[int] = []  # vowel signs that the file has on lines of their own
    baseline = size = 0.0
    for match in LINE.finditer(glyphs.text):
        group = list(range(*match.span()))
        bases = [number for number in group if places.kinds[number] not in SLIGHT]
        if not bases:
            loose.extend(group)
            continue
        middle = bases[len(bases) // 2]
        own, height = glyphs.size(middle), places.y[middle]
        if groups and abs(height - baseline) < _SAME_LINE * max(size, own):
            groups[-1].extend(group)
            continue
        groups.append(group)
        baseline, size = height, own
    for sign in loose:
        if groups:
            min(groups, key=lambda group: _distance(places, group[0], sign)).append(sign)
    return groups


def _distance(places: Places, number: int, sign: int) -> float:
    """How far a sign is from a line that begins with a glyph, on the page and a little in the file."""
    return abs(places.y[number] - places.y[sign]) + 0.01 * abs(number - sign)


class _Sheet:
    """The glyphs of all lines of a page, put in order and parted by words in one go."""

    def __init__(self, glyphs: Glyphs, places: Places, groups: list[list[int]]) -> None:
        self._glyphs, self._places, self._count = glyphs, places, len(groups)
        self._x, self._x1 = np.array(places.x), np.array(places.x1)
        numbers = np.array(list(chain.from_iterable(groups)), int)
        lines = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        kinds = _codes(places.kinds)[numbers]
        blank, mark = kinds == ord(SPACE), kinds == ord(MARK)
        self._blanks, self._blank_lines = numbers[blank], lines[blank]
        self._marks = np.split(numbers[mark], self._starts(lines[mark])[1:])
        self._bases, self._lines = numbers[~(blank | mark)], lines[~(blank | mark)]
        starts = self._starts(self._lines)
        ends = np.append(starts[1:], len(self._bases))
        self._first, self._middle = self._bases[starts], self._bases[(starts + ends) // 2]
        self._sizes = np.array(
            [
                sorted(map(glyphs.size, three))[1] or 10.0
                for three in zip(
                    self._first.tolist(), self._middle.tolist(), self._bases[ends - 1].tolist(), strict=True
                )
            ]
        )
        self._left = np.minimum.reduceat(self._x[self._bases], starts)
        self._right = np.maximum.reduceat(self._x1[self._bases], starts)

    def _starts(self, lines: np.ndarray) -> np.ndarray:
        """Where each line starts among glyphs that are ordered by line."""
        return lines.searchsorted(np.arange(self._count))

    def lines(self) -> Iterator[VisualLine]:
        """The lines, from right to left."""
        self._drop_shadows()
        visual = self._ordered()
        before, gaps = self._parted(visual)
        numbers = np.insert(visual, before, _INFERRED)
        starts = self._starts(self._lines)
        bounds = [*(starts + before.searchsorted(starts)).tolist(), len(numbers)]
        inferred = numbers == _INFERRED
        text, kinds = (
            np.where(inferred, ord(SPACE), _codes(page)[numbers]).astype("<u4").tobytes().decode("utf-32-le")
            for page in (self._places.text, self._places.kinds)
        )
        listed = numbers.tolist()
        for line, (start, end) in enumerate(pairwise(bounds)):
            yield VisualLine(
                Characters(text[start:end], kinds[start:end], listed[start:end]),
                marks=self._marks[line].tolist(),
                first=int(self._first[line]),
                middle=int(self._middle[line]),
                size=float(self._sizes[line]),
                x0=float(self._left[line]),
                x1=float(self._right[line]),
                gaps=gaps.get(line, []),
            )

    def _drop_shadows(self) -> None:
        """Leave out letters that come twice: once more off the baseline, with the vowel sign on them."""
        x, y = self._x[self._bases], np.array(self._places.y)[self._bases]
        near = _RAISED * self._sizes[self._lines]
        starts = self._starts(self._lines)
        raised = (y < np.maximum.reduceat(y, starts)[self._lines] - near).nonzero()[0]
        ends = np.append(starts[1:], len(y))
        text = self._places.text
        shadows = []
        for place in raised.tolist():
            line = self._lines[place]
            own = slice(starts[line], ends[line])
            twins = (y[own] > y[place] + near[place]) & (np.abs(x[own] - x[place]) < 0.25 * self._sizes[line])
            letter = text[self._bases[place]]
            if any(text[twin] == letter for twin in self._bases[own][twins].tolist()):
                shadows.append(place)
        self._bases, self._lines = np.delete(self._bases, shadows), np.delete(self._lines, shadows)

    def _ordered(self) -> np.ndarray:
        """Glyphs from right to left; in a ligature lam goes before alef, and Latin letters turn round too."""
        ordered: np.ndarray = self._bases[np.lexsort((-np.round(self._x[self._bases], 1), self._lines))]
        x = self._x[ordered]
        alike = (x[:-1] - x[1:] < _LIGATURE) & (self._lines[:-1] == self._lines[1:])
        for place in alike.nonzero()[0].tolist():
            first, second = int(ordered[place]), int(ordered[place + 1])
            if _lam_alef(self._places, first, second) or _latin_ligature(self._places, first, second):
                ordered[place], ordered[place + 1] = second, first
        return ordered

    def _parted(self, visual: np.ndarray) -> tuple[np.ndarray, dict[int, list[tuple[int, float, float]]]]:
        """The places of the glyphs that a blank goes before, and by line the gaps that are wide."""
        x, x1 = self._x[visual], self._x1[visual[1:]]
        left = x.copy()
        for start, end in pairwise([*self._starts(self._lines).tolist(), len(x)]):
            np.minimum.accumulate(x[start:end], out=left[start:end])
        left, lines = left[:-1], self._lines[1:]
        size, gap = self._sizes[lines], left - x1
        every, ends = self._x[self._blanks], self._x1[self._blanks]
        trusted = ends - every > 0.1 * self._sizes[self._blank_lines]
        trusts = np.zeros(self._count, bool)
        trusts[self._blank_lines[trusted]] = True
        parted = gap > np.where(trusts[lines], 2 * _BLANK, _BLANK) * size
        edges = np.maximum(x[1:] + 0.1 * size, x1 - 0.25 * size)
        # Each line's glyphs are moved beyond those of the line before, so that one search serves all lines.
        shift = (2 * max(np.abs(self._x).max(), np.abs(self._x1).max()) + 1000.0) * np.arange(self._count)
        every += shift[self._blank_lines]
        parted |= _any_between(every[trusted], edges + shift[lines], left + 0.05 * size + shift[lines])
        seen = _any_between(every, x1 - 0.1 * size + shift[lines], left + shift[lines])
        parted |= (gap > _BLANK_SEEN * size) & seen
        parted &= lines == self._lines[:-1]
        gaps: dict[int, list[tuple[int, float, float]]] = {}
        for k in (parted & (gap > _WIDE_BLANK * size)).nonzero()[0].tolist():
            blank = (int(visual[k + 1]), round(float(x1[k]), 2), round(float(left[k]), 2))
            gaps.setdefault(int(lines[k]), []).append(blank)
        return parted.nonzero()[0] + 1, gaps


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), "<u4")


def _any_between(places: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """For each pair of bounds, whether a place lies between them."""
    ordered = np.sort(places)
    between: np.ndarray = ordered.searchsorted(low) < ordered.searchsorted(high, side="right")
    return between


def _lam_alef(places: Places, first: int, second: int) -> bool:
    """Whether an alef lies within the lam after it."""
    if places.text[first] not in _ALEFS or places.text[second] != _LAM:
        return False
    return places.x[second] - 0.5 <= places.x[first] and places.x1[first] <= places.x1[second] + 0.5


def _latin_ligature(places: Places, first: int, second: int) -> bool:
    alike = places.x[first] == places.x[second] and first < second
    return bool(alike and LATIN.match(places.text[first]))
