"""A page's glyphs, written right to left, into its lines in logical order."""

import re
from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.lines import mended
from nijar_nlp.pdf.visual import (
    ARABIC,
    LATIN,
    LEFT,
    LETTER,
    MARK,
    SLIGHT,
    STOP,
    Characters,
    Places,
    VisualLine,
    places_of,
    visual_lines,
)
from nijar_nlp.records import Gap, LayoutLine

_ARABIC_RUNS = re.compile(f"{ARABIC.pattern}+")
_LETTERS = re.compile(r"[^\W\d_]+")
_TATWEEL = "\u0640"

_NO_WORDS = re.compile(r"(?<!\w)[وف]?للكن(?!\w)|(?:ذ|ت|ع|م|إ)للك")
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_OPENING, _CLOSING = "([{«", ")]}»"
_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_COMMA = "،"
_FIGURES = re.compile(r"(?:^|(?<=\S))\d{1,3}")  # at the start, or right after a sign
_JOINS_FIGURES = ".,:/-٫٬%"
_ENDS_LEFT = MARK + LETTER + STOP  # what ends a stretch that is read from left to right


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are Arabic's."""
    if text.isascii() or not ARABIC.search(text):
        return False
    return sum(map(len, _ARABIC_RUNS.findall(text))) * 2 > sum(map(len, _LETTERS.findall(text)))


def read_right_to_left(glyphs: Glyphs) -> list[LayoutLine]:
    """The lines of a page in the order of the file, each from its first character to its last."""
    if not glyphs.text.strip("\r\n"):
        return []
    places = places_of(glyphs)
    return [_line(glyphs, places, line) for line in visual_lines(glyphs, places)]


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


def _line(glyphs: Glyphs, places: Places, line: VisualLine) -> LayoutLine:
    characters = _with_marks(places, line.characters, line.marks) if line.marks else line.characters
    logical = _plain(_logical(characters))
    text, indices = mended(_rebracketed(logical.text), logical.numbers)
    box = glyphs.box(line.middle)
    font = glyphs.font(line.middle)
    return LayoutLine(
        text=text,
        x0=line.x0,
        top=box[1],
        x1=line.x1,
        bottom=box[3],
        baseline=places.y[line.middle],
        size=line.size,
        bold=font.bold and glyphs.font(line.first).bold,
        font=font.name,
        head_width=_head_width(places, text, indices) or line.x1 - line.x0,
        glyphs=tuple(indices),
        gaps=tuple(Gap(_offset(indices, number), start, end) for number, start, end in line.gaps),
        raised=_raised(glyphs, text, indices, line.size),
        right_to_left=bool(ARABIC.search(text)),
    )


def _head_width(places: Places, text: str, indices: Sequence[int]) -> float:
    """The width of a line's first word."""
    first = text.find(" ")
    word = indices[:first] if first > 0 else indices
    head = [number for number in word if number >= 0 and places.kinds[number] not in SLIGHT]
    if not head:
        return 0.0
    return max(places.x1[number] for number in head) - min(places.x[number] for number in head)


def _with_marks(places: Places, characters: Characters, marks: Sequence[int]) -> Characters:
    """The characters with each vowel sign after the letter under it."""
    text, kinds, numbers = characters
    letters = [place for place, kind in enumerate(kinds) if kind == LETTER]
    if not letters:
        return characters
    centres, own = (
        np.array([places.x[number] + places.x1[number] for number in glyphs])
        for glyphs in ([numbers[place] for place in letters], marks)
    )
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
        parts.append(Characters(letter, MARK * len(added), added))
        parts.append(characters.part(start, end))
    return _joined(parts)


def _joined(parts: Sequence[Characters]) -> Characters:
    texts, kinds, numbers = zip(*parts, strict=True)
    return Characters("".join(texts), "".join(kinds), list(chain.from_iterable(numbers)))


def _logical(characters: Characters) -> Characters:
    """The characters from right to left, with the stretches that are read from left to right turned round."""
    parts = []
    done = 0
    while (start := characters.kinds.find(LEFT, done)) >= 0:
        parts.append(characters.part(done, start))
        done = _left_run(characters, start)
        parts.append(characters.part(start, done, -1))
    parts.append(characters.part(done, len(characters.text)))
    return _joined(parts)


def _plain(characters: Characters) -> Characters:
    """The characters without the strokes that only lengthen words."""
    text, kinds, numbers = characters
    if _TATWEEL not in text:
        return characters
    kept = [place for place, character in enumerate(text) if character != _TATWEEL]
    kinds = "".join([kinds[place] for place in kept])
    return Characters(text.replace(_TATWEEL, ""), kinds, [numbers[place] for place in kept])


def _left_run(characters: Characters, start: int) -> int:
    """Where the stretch that starts here and is read from left to right ends."""
    text, kinds, _ = characters
    stop = start + 1
    for position in range(stop, len(text)):
        if kinds[position] == LEFT:
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
    before = LATIN.search(text[start:stop].rsplit(" ", 1)[-1])
    if before and LATIN.search(word):
        return True
    if _COMMA in between:
        return False
    if len(between) <= 3 and (LATIN.search(text[start:stop]) or LATIN.search(word)):
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
    for match in _FIGURES.finditer(text):
        index = indices[match.start()]
        if index >= 0 and 0 < glyphs.size(index) < 0.82 * size:
            found.append(match.span())
    return tuple(found)
