"""A page's glyphs, written right to left, into its lines in logical order."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np

from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.lines import LINE, mended
from nijar_nlp.records import Gap, LayoutLine

ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_ARABIC_RUNS = re.compile(f"{ARABIC.pattern}+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_TATWEEL = "\u0640"
_SAME_LINE = 0.38  # of the type size: baselines nearer than this are one line's (bold type may sit lower)
_BLANK = 0.17  # of the type size: a wider gap between two glyphs parts two words
_BLANK_SEEN = 0.06  # the same, where the file has a blank there

_LIGATURE = 1.0  # points: glyphs that start as near to each other may be drawn as one
_WIDE_BLANK = 1.8  # of the type size: a gap that may part two cells
_NO_WORDS = re.compile(r"(?<!\w)[وف]?للكن(?!\w)|(?:ذ|ت|ع|م|إ)للك")
_LAM, _ALEFS = "ل", "اأإآ"
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_OPENING, _CLOSING = "([{«", ")]}»"
_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_COMMA = "،"
_JOINS_FIGURES = ".,:/-٫٬%"
_SPACE, _MARK, _ARABIC, _LEFT, _STOP, _OTHER = " ", "m", "a", "l", "s", "o"  # what a character is in a line
_SLIGHT = _SPACE + _MARK
_ENDS_LEFT = _MARK + _ARABIC + _STOP  # what ends a stretch that is read from left to right


class _Places(NamedTuple):
    """A page's glyphs by index: characters, what each is, start and end from the left, and baseline."""

    text: str
    kinds: str
    x: np.ndarray
    x1: np.ndarray
    y: np.ndarray


class _Characters(NamedTuple):
    """The characters of a line, what each is, and its glyph (-1 for a blank that is inferred)."""

    text: str
    kinds: str
    numbers: list[int]

    def part(self, start: int, stop: int, step: int = 1) -> "_Characters":
        """A stretch of them; backwards with a step of -1."""
        cut = slice(start, stop)
        return _Characters(self.text[cut][::step], self.kinds[cut][::step], self.numbers[cut][::step])


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are Arabic's."""
    if text.isascii() or not ARABIC.search(text):
        return False
    return sum(map(len, _ARABIC_RUNS.findall(text))) * 2 > sum(map(len, _LETTERS.findall(text)))


def read_right_to_left(glyphs: Glyphs) -> list[LayoutLine]:
    """The lines of a page in the order of the file, each from its first character to its last."""
    numbers = range(len(glyphs.text))
    if not glyphs.text.strip("\r\n"):
        return []
    origins = glyphs.origins(numbers)
    kinds = "".join(map(_kind, glyphs.text))
    places = _Places(glyphs.text, kinds, origins[:, 0], glyphs.boxes(numbers)[:, 2], origins[:, 1])
    groups = _visual_lines(glyphs, places)
    return [line for group in groups if (line := _line(glyphs, places, group)) is not None]


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """What a character is in a line that runs from right to left."""
    if character.isspace():
        return _SPACE
    if unicodedata.combining(character):
        return _MARK
    if ARABIC.match(character):
        return _ARABIC
    if character.isdigit() or _LATIN.match(character):
        return _LEFT
    if character.isalpha() and unicodedata.bidirectional(character) == "L":
        return _LEFT
    return _STOP if character in "،؛؟" else _OTHER


def doubles_lam(text: str) -> bool:
    """Whether a font has drawn every lam before kaf in two strokes: words are there that do not exist."""
    return bool(_NO_WORDS.search(text))


def with_single_lams(lines: Sequence[LayoutLine]) -> tuple[LayoutLine, ...]:
    """The lines with "lam kaf" for "lam lam kaf"."""
    return tuple(_without_doubles(line) if "للك" in line.text else line for line in lines)


def _without_doubles(line: LayoutLine) -> LayoutLine:
    kept = [k for k in range(len(line.text)) if not line.text.startswith("للك", k)]
    return line._replace(
        text=line.text.replace("للك", "لك"), glyphs=tuple(line.glyphs[k] for k in kept), gaps=(), raised=()
    )


def _visual_lines(glyphs: Glyphs, places: _Places) -> list[list[int]]:
    """The glyphs by printed line: stretches of the file's order that share a baseline."""
    groups: list[list[int]] = []
    loose: list[int] = []  # vowel signs that the file has on lines of their own
    baseline = size = 0.0
    for match in LINE.finditer(glyphs.text):
        group = list(range(*match.span()))
        bases = [number for number in group if places.kinds[number] not in _SLIGHT]
        if not bases:
            loose.extend(group)
            continue
        middle = bases[len(bases) // 2]
        own, height = glyphs.size(middle), float(places.y[middle])
        if groups and abs(height - baseline) < _SAME_LINE * max(size, own):
            groups[-1].extend(group)
            continue
        groups.append(group)
        baseline, size = height, own
    for sign in loose:
        if groups:
            min(groups, key=lambda group: _distance(places, group[0], sign)).append(sign)
    return groups


def _distance(places: _Places, number: int, sign: int) -> float:
    """How far a sign is from a line that begins with a glyph, on the page and a little in the file."""
    return abs(float(places.y[number] - places.y[sign])) + 0.01 * abs(number - sign)


def _line(glyphs: Glyphs, places: _Places, group: Sequence[int]) -> LayoutLine | None:
    bases = [number for number in group if places.kinds[number] not in _SLIGHT]
    if not bases:
        return None
    first, middle = bases[0], bases[len(bases) // 2]
    size = sorted(glyphs.size(number) for number in (first, middle, bases[-1]))[1] or 10.0
    numbers = np.array(bases)
    x0, x1 = float(places.x[numbers].min()), float(places.x1[numbers].max())
    visual = _ordered(places, _without_shadows(places, numbers, size))
    blanks = np.array([number for number in group if places.kinds[number] == _SPACE], int)
    characters, gaps = _spaced(places, visual, blanks, size)
    marks = [number for number in group if places.kinds[number] == _MARK]
    logical = _plain(_logical(_with_marks(places, characters, marks) if marks else characters))
    text, indices = mended(_rebracketed(logical.text), logical.numbers)
    box = glyphs.box(middle)
    font = glyphs.font(middle)
    return LayoutLine(
        text=text,
        x0=x0,
        top=box[1],
        x1=x1,
        bottom=box[3],
        baseline=float(places.y[middle]),
        size=size,
        bold=font.bold and glyphs.font(first).bold,
        font=font.name,
        head_width=_head_width(places, text, indices) or x1 - x0,
        glyphs=tuple(indices),
        gaps=tuple(Gap(_offset(indices, number), start, end) for number, start, end in gaps),
        raised=_raised(glyphs, text, indices, size),
        right_to_left=bool(ARABIC.search(text)),
    )


def _head_width(places: _Places, text: str, indices: Sequence[int]) -> float:
    """The width of a line's first word."""
    first = text.find(" ")
    word = indices[:first] if first > 0 else indices
    head = [number for number in word if number >= 0 and places.kinds[number] not in _SLIGHT]
    return float(places.x1[head].max() - places.x[head].min()) if head else 0.0


def _ordered(places: _Places, numbers: np.ndarray) -> np.ndarray:
    """Glyphs from right to left; in a ligature lam goes before alef, and Latin letters turn round too."""
    ordered = numbers[np.argsort(-np.round(places.x[numbers], 1), kind="stable")]
    x = places.x[ordered]
    for place in (x[:-1] - x[1:] < _LIGATURE).nonzero()[0].tolist():
        first, second = int(ordered[place]), int(ordered[place + 1])
        if _lam_alef(places, first, second) or _latin_ligature(places, first, second):
            ordered[place], ordered[place + 1] = second, first
    return ordered


def _lam_alef(places: _Places, first: int, second: int) -> bool:
    """Whether an alef lies within the lam after it."""
    if places.text[first] not in _ALEFS or places.text[second] != _LAM:
        return False
    starts = places.x[second] - 0.5 <= places.x[first]
    return bool(starts and places.x1[first] <= places.x1[second] + 0.5)


def _latin_ligature(places: _Places, first: int, second: int) -> bool:
    alike = places.x[first] == places.x[second] and first < second
    return bool(alike and _LATIN.match(places.text[first]))


def _spaced(
    places: _Places, visual: np.ndarray, blanks: np.ndarray, size: float
) -> tuple[_Characters, list[tuple[int, float, float]]]:
    """The glyphs as characters with blanks in the gaps, and the gaps that are wide."""
    x, x1 = places.x[visual], places.x1[visual[1:]]
    left = np.minimum.accumulate(x)[:-1]
    gap = left - x1
    every, ends = places.x[blanks], places.x1[blanks]
    trusted = every[ends - every > 0.1 * size]
    parted = gap > (2 * _BLANK if len(trusted) else _BLANK) * size
    if len(trusted):
        edges = np.maximum(x[1:] + 0.1 * size, x1 - 0.25 * size)
        parted |= _any_between(trusted, edges, left + 0.05 * size)
    if len(blanks):
        parted |= (gap > _BLANK_SEEN * size) & _any_between(every, x1 - 0.1 * size, left)
    wide = (parted & (gap > _WIDE_BLANK * size)).nonzero()[0].tolist()
    gaps = [(int(visual[k + 1]), round(float(x1[k]), 2), round(float(left[k]), 2)) for k in wide]
    return _parted(places, visual.tolist(), parted.nonzero()[0].tolist()), gaps


def _parted(places: _Places, visual: list[int], before: Sequence[int]) -> _Characters:
    """Glyphs as characters, with a blank after each of the places `before` a gap."""
    text = "".join(map(places.text.__getitem__, visual))
    kinds = "".join(map(places.kinds.__getitem__, visual))
    words = list(pairwise([0, *(place + 1 for place in before), len(visual)]))
    numbers = [number for start, end in words for number in (*visual[start:end], -1)]
    return _Characters(
        " ".join([text[start:end] for start, end in words]),
        _SPACE.join([kinds[start:end] for start, end in words]),
        numbers[:-1],
    )


def _any_between(places: np.ndarray, low: np.ndarray, high: np.ndarray) -> Any:
    """For each pair of bounds, whether a place lies between them."""
    ordered = places.copy()
    ordered.sort()
    return ordered.searchsorted(low) < ordered.searchsorted(high, side="right")


def _without_shadows(places: _Places, numbers: np.ndarray, size: float) -> np.ndarray:
    """The glyphs without letters that come twice: once more off the baseline, with the vowel sign on them."""
    x, y = places.x[numbers], places.y[numbers]
    shadows = []
    for raised in (y < y.max() - 0.02 * size).nonzero()[0].tolist():
        near = (y > y[raised] + 0.02 * size) & (np.abs(x - x[raised]) < 0.25 * size)
        letter = places.text[numbers[raised]]
        if any(places.text[twin] == letter for twin in numbers[near]):
            shadows.append(raised)
    return np.delete(numbers, shadows) if shadows else numbers


def _with_marks(places: _Places, characters: _Characters, marks: Sequence[int]) -> _Characters:
    """The characters with each vowel sign after the letter under it."""
    text, kinds, numbers = characters
    letters = [place for place, kind in enumerate(kinds) if kind == _ARABIC]
    if not letters:
        return characters
    over = np.array([numbers[place] for place in letters])
    centres, own = places.x[over] + places.x1[over], places.x[marks] + places.x1[marks]
    nearest = np.abs(centres - own[:, None]).argmin(axis=1).tolist()
    signs: dict[int, list[int]] = {}
    for mark, letter in zip(marks, nearest, strict=True):
        there = signs.setdefault(letters[letter] + 1, [])
        if all(places.text[mark] != places.text[other] for other in there):
            there.append(mark)
    parts = []
    for start, end in pairwise([0, *sorted(signs), len(text)]):
        added = signs.get(start, [])
        letter = "".join([places.text[mark] for mark in added])
        parts.append(_Characters(letter, _MARK * len(added), added))
        parts.append(characters.part(start, end))
    return _joined(parts)


def _joined(parts: Sequence[_Characters]) -> _Characters:
    texts, kinds, numbers = zip(*parts, strict=True)
    return _Characters("".join(texts), "".join(kinds), list(chain.from_iterable(numbers)))


def _logical(characters: _Characters) -> _Characters:
    """The characters from right to left, with the stretches that are read from left to right turned round."""
    parts = []
    done = 0
    while (start := characters.kinds.find(_LEFT, done)) >= 0:
        parts.append(characters.part(done, start))
        done = _left_run(characters, start)
        parts.append(characters.part(start, done, -1))
    parts.append(characters.part(done, len(characters.text)))
    return _joined(parts)


def _plain(characters: _Characters) -> _Characters:
    """The characters without the strokes that only lengthen words."""
    text, kinds, numbers = characters
    if _TATWEEL not in text:
        return characters
    kept = [place for place, character in enumerate(text) if character != _TATWEEL]
    kinds = "".join([kinds[place] for place in kept])
    return _Characters(text.replace(_TATWEEL, ""), kinds, [numbers[place] for place in kept])


def _left_run(characters: _Characters, start: int) -> int:
    """Where the stretch that starts here and is read from left to right ends."""
    text, kinds, _ = characters
    stop = start + 1
    for position in range(stop, len(text)):
        if kinds[position] == _LEFT:
            if position > stop and not _binds(text, start, stop, position):
                break
            stop = position + 1
        elif kinds[position] in _ENDS_LEFT and text[position] != _COMMA:
            break
    return stop


def _binds(text: str, start: int, stop: int, position: int) -> bool:
    """Whether what stands between two left-to-right words is part of one stretch with them.

    Between two Latin words all signs are, an Arabic comma too, as the bidirectional algorithm has it.
    """
    between = text[stop:position]
    word = text[position : position + 12].split(" ")[0]
    before = _LATIN.search(text[start:stop].rsplit(" ", 1)[-1])
    if before and _LATIN.search(word):
        return True
    if _COMMA in between:
        return False
    if len(between) <= 3 and (_LATIN.search(text[start:stop]) or _LATIN.search(word)):
        return True
    return len(between) == 1 and between in _JOINS_FIGURES


def _offset(indices: Sequence[int], index: int) -> int:
    return indices.index(index) if index in indices else 0


def _rebracketed(text: str) -> str:
    """Brackets that open before a word and close after one, whichever way the file has them."""
    out: list[str] = []
    for match in _BRACKET.finditer(text):
        place, character = match.start(), match.group()
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        opens = (before.isspace() or before in _OPENING) and not after.isspace()
        closes = not before.isspace() and not (after.isalnum() and not before.isalnum())
        closes = closes and (after.isspace() or not after.isalnum())
        if (opens and character in _CLOSING) or (closes and not opens and character in _OPENING):
            out = out or list(text)
            out[place] = character.translate(_MIRRORED)
    return "".join(out) or text


def _raised(glyphs: Glyphs, text: str, indices: Sequence[int], size: float) -> tuple[tuple[int, int], ...]:
    """Figures set smaller than the line right after a word, or at its start: footnotes' marks."""
    found = []
    for match in re.finditer(r"(?:^|(?<=\S))\d{1,3}", text):
        index = indices[match.start()]
        if index >= 0 and 0 < glyphs.size(index) < 0.82 * size:
            found.append(match.span())
    return tuple(found)
