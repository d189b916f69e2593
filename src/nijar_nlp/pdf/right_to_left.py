"""A page's glyphs, written right to left, into its lines in logical order."""

import bisect
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.pdf.lines import LINE, mended
from nijar_nlp.records import Gap, LayoutLine

ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_TATWEEL = "\u0640"
_SAME_LINE = 0.38  # of the type size: baselines nearer than this are one line's (bold type may sit lower)
_BLANK = 0.17  # of the type size: a wider gap between two glyphs parts two words
_BLANK_SEEN = 0.06  # the same, where the file has a blank there

_WIDE_BLANK = 1.8  # of the type size: a gap that may part two cells
_NO_WORDS = re.compile(r"(?<!\w)[وف]?للكن(?!\w)|(?:ذ|ت|ع|م|إ)للك")
_LAM, _ALEFS = "ل", "اأإآ"
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_OPENING, _CLOSING = "([{«", ")]}»"
_JOINS_FIGURES = ".,:/-٫٬%"


class _Glyph(NamedTuple):
    """One glyph: its place on the page, and its index in the page's own order."""

    x: float
    x1: float
    y: float
    number: int
    text: str


class _Character(NamedTuple):
    """One character of a line, with its glyph (-1 for a blank that is inferred)."""

    text: str
    number: int


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are Arabic's."""
    if text.isascii() or not ARABIC.search(text):
        return False
    return len(ARABIC.findall(text)) * 2 > len(_LETTER.findall(text))


def read_right_to_left(glyphs: Glyphs) -> list[LayoutLine]:
    """The lines of a page in the order of the file, each from its first character to its last."""
    indices = [k for k, c in enumerate(glyphs.text) if c not in "\r\n"]
    if not indices:
        return []
    origins, boxes = glyphs.origins(indices), glyphs.boxes(indices)
    places = zip(indices, origins.tolist(), boxes[:, 2].tolist(), strict=True)
    at = {index: _Glyph(x, x1, y, index, glyphs.text[index]) for index, (x, y), x1 in places}
    return [line for group in _visual_lines(glyphs, at) if (line := _line(glyphs, group)) is not None]


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


def _visual_lines(glyphs: Glyphs, at: dict[int, _Glyph]) -> list[list[_Glyph]]:
    """The glyphs by printed line: stretches of the file's order that share a baseline."""
    groups: list[list[_Glyph]] = []
    loose: list[_Glyph] = []  # vowel signs that the file has on lines of their own
    baseline = size = 0.0
    for match in LINE.finditer(glyphs.text):
        group = [at[k] for k in range(*match.span()) if k in at]
        bases = _bases(group)
        if not bases:
            loose.extend(group)
            continue
        middle = bases[len(bases) // 2]
        own = glyphs.size(middle.number)
        if groups and abs(middle.y - baseline) < _SAME_LINE * max(size, own):
            groups[-1].extend(group)
            continue
        groups.append(group)
        baseline, size = middle.y, own
    for sign in loose:
        if groups:
            min(groups, key=lambda g: _distance(g[0], sign)).append(sign)
    return groups


def _bases(group: Sequence[_Glyph]) -> list[_Glyph]:
    """The glyphs that are neither blanks nor vowel signs."""
    return [glyph for glyph in group if not _is_slight(glyph.text)]


@lru_cache(maxsize=4096)
def _is_slight(text: str) -> bool:
    return text.isspace() or _is_mark(text)


def _distance(glyph: _Glyph, sign: _Glyph) -> float:
    """How far a sign is from a line that begins with a glyph, on the page and a little in the file."""
    return abs(glyph.y - sign.y) + 0.01 * abs(glyph.number - sign.number)


@lru_cache(maxsize=4096)
def _is_mark(text: str) -> bool:
    return unicodedata.combining(text) > 0


def _line(glyphs: Glyphs, group: Sequence[_Glyph]) -> LayoutLine | None:
    bases = _bases(group)
    if not bases:
        return None
    middle = bases[len(bases) // 2]
    size = sorted(glyphs.size(g.number) for g in (bases[0], middle, bases[-1]))[1] or 10.0
    visual = _ordered(_without_shadows(bases, size))
    characters, gaps = _spaced(visual, [g for g in group if g.text.isspace()], size)
    logical = [c for c in _logical(_with_marks(characters, group, visual)) if c.text != _TATWEEL]
    text = "".join(c.text for c in logical)
    text, indices = mended(_rebracketed(text), [c.number for c in logical])
    first = text.find(" ")
    head = {index for index in (indices[:first] if first > 0 else indices) if index >= 0}
    extent = [g for g in bases if g.number in head] or bases
    box = glyphs.box(middle.number)
    font = glyphs.font(middle.number)
    return LayoutLine(
        text=text,
        x0=min(g.x for g in bases),
        top=box[1],
        x1=max(g.x1 for g in bases),
        bottom=box[3],
        baseline=middle.y,
        size=size,
        bold=font.bold and glyphs.font(bases[0].number).bold,
        font=font.name,
        head_width=max(g.x1 for g in extent) - min(g.x for g in extent),
        glyphs=tuple(indices),
        gaps=tuple(Gap(_offset(indices, index), x0, x1) for index, x0, x1 in gaps),
        raised=_raised(glyphs, text, indices, size),
        right_to_left=bool(ARABIC.search(text)),
    )


def _ordered(bases: Sequence[_Glyph]) -> list[_Glyph]:
    """Glyphs from right to left; in a ligature lam goes before alef, and Latin letters turn round too."""
    ordered = sorted(bases, key=lambda g: -round(g.x, 1))
    for place in range(len(ordered) - 1):
        first, second = ordered[place], ordered[place + 1]
        if first.x - second.x < 1.0 and (_lam_alef(first, second) or _latin_ligature(first, second)):
            ordered[place], ordered[place + 1] = second, first
    return ordered


def _lam_alef(first: _Glyph, second: _Glyph) -> bool:
    """Whether an alef lies within the lam after it."""
    within = second.x - 0.5 <= first.x and first.x1 <= second.x1 + 0.5
    return within and first.text in _ALEFS and second.text == _LAM


def _latin_ligature(first: _Glyph, second: _Glyph) -> bool:
    return first.x == second.x and first.number < second.number and bool(_LATIN.match(first.text))


def _spaced(
    visual: Sequence[_Glyph], blanks: Sequence[_Glyph], size: float
) -> tuple[list[_Character], list[tuple[int, float, float]]]:
    """The glyphs as characters with blanks in the gaps, and the gaps that are wide."""
    characters = [_Character(visual[0].text, visual[0].number)]
    wide: list[tuple[int, float, float]] = []
    left = visual[0].x
    trusted = sorted(blank.x for blank in blanks if blank.x1 - blank.x > 0.1 * size)
    every = sorted(blank.x for blank in blanks)
    least, seen = (2 * _BLANK if trusted else _BLANK) * size, _BLANK_SEEN * size
    for glyph in visual[1:]:
        gap = left - glyph.x1
        blank = gap > least
        if not blank and trusted:
            edge = max(glyph.x + 0.1 * size, glyph.x1 - 0.25 * size)
            blank = _any_between(trusted, edge, left + 0.05 * size)
        if blank or (gap > seen and _any_between(every, glyph.x1 - 0.1 * size, left)):
            characters.append(_Character(" ", -1))
            if gap > _WIDE_BLANK * size:
                wide.append((glyph.number, round(glyph.x1, 2), round(left, 2)))
        characters.append(_Character(glyph.text, glyph.number))
        left = min(left, glyph.x)
    return characters, wide


def _any_between(sorted_places: Sequence[float], low: float, high: float) -> bool:
    place = bisect.bisect_left(sorted_places, low)
    return place < len(sorted_places) and sorted_places[place] <= high


def _without_shadows(bases: Sequence[_Glyph], size: float) -> list[_Glyph]:
    """The glyphs without letters that come twice: once more off the baseline, with the vowel sign on them."""
    lowest = max(glyph.y for glyph in bases) - 0.02 * size
    raised = [glyph for glyph in bases if glyph.y < lowest]
    shadows = {
        glyph.number
        for glyph in raised
        for twin in bases
        if twin.text == glyph.text and twin.y > glyph.y + 0.02 * size and abs(twin.x - glyph.x) < 0.25 * size
    }
    return [glyph for glyph in bases if glyph.number not in shadows] if shadows else list(bases)


def _with_marks(
    characters: list[_Character], group: Sequence[_Glyph], visual: Sequence[_Glyph]
) -> list[_Character]:
    """The characters with each vowel sign after the letter under it."""
    marks = [g for g in group if _is_slight(g.text) and not g.text.isspace()]
    if not marks:
        return characters
    letters = [g for g in visual if ARABIC.match(g.text)]
    under: dict[int, list[_Glyph]] = {}
    for mark in marks:
        centre = (mark.x + mark.x1) / 2
        nearest = min(letters, key=lambda g: abs((g.x + g.x1) / 2 - centre), default=None)
        if nearest is not None and all(mark.text != other.text for other in under.get(nearest.number, [])):
            under.setdefault(nearest.number, []).append(mark)
    out: list[_Character] = []
    for character in characters:
        out.append(character)
        out.extend(_Character(mark.text, mark.number) for mark in under.get(character.number, []))
    return out


def _logical(characters: Sequence[_Character]) -> list[_Character]:
    """The characters from right to left, with the stretches that are read from left to right turned round."""
    out: list[_Character] = []
    position = 0
    while position < len(characters):
        if not _reads_left(characters[position].text):
            out.append(characters[position])
            position += 1
            continue
        stop = _left_run(characters, position)
        out.extend(reversed(characters[position:stop]))
        position = stop
    return out


def _left_run(characters: Sequence[_Character], start: int) -> int:
    """Where the stretch that starts here and is read from left to right ends."""
    stop = start + 1
    position = stop
    while position < len(characters):
        text = characters[position].text
        if _reads_left(text):
            between = "".join(c.text for c in characters[stop:position])
            if between and not _binds(characters, start, stop, position, between):
                break
            stop = position + 1
        elif ARABIC.match(text) or _is_mark(text) or text in "،؛؟":
            break
        position += 1
    return stop


def _binds(characters: Sequence[_Character], start: int, stop: int, position: int, between: str) -> bool:
    """Whether what stands between two left-to-right words is part of one stretch with them."""
    before = "".join(c.text for c in characters[start:stop])
    if _LATIN.search(before) and len(between) <= 3:
        return True
    after = "".join(c.text for c in characters[position : position + 12])
    word = after.split(" ")[0]
    if _LATIN.search(word) and len(between) <= 3:
        return True
    return len(between) == 1 and between in _JOINS_FIGURES


@lru_cache(maxsize=4096)
def _reads_left(text: str) -> bool:
    return (
        bool(_LATIN.match(text))
        or text.isdigit()
        or (text.isalpha() and unicodedata.bidirectional(text) == "L")
    )


def _offset(indices: Sequence[int], index: int) -> int:
    return indices.index(index) if index in indices else 0


def _rebracketed(text: str) -> str:
    """Brackets that open before a word and close after one, whichever way the file has them."""
    if not any(c in text for c in _OPENING + _CLOSING):
        return text
    out = list(text)
    for place, character in enumerate(text):
        if character not in _OPENING + _CLOSING:
            continue
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        opens = (before.isspace() or before in _OPENING) and not after.isspace()
        closes = not before.isspace() and not (after.isalnum() and not before.isalnum())
        closes = closes and (after.isspace() or not after.isalnum())
        if (opens and character in _CLOSING) or (closes and not opens and character in _OPENING):
            out[place] = character.translate(_MIRRORED)
    return "".join(out)


def _raised(glyphs: Glyphs, text: str, indices: Sequence[int], size: float) -> tuple[tuple[int, int], ...]:
    """Figures set smaller than the line right after a word, or at its start: footnotes' marks."""
    found = []
    for match in re.finditer(r"(?:^|(?<=\S))\d{1,3}", text):
        index = indices[match.start()]
        if index >= 0 and 0 < glyphs.size(index) < 0.82 * size:
            found.append(match.span())
    return tuple(found)
