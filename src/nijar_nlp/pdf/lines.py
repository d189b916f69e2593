"""A page's glyphs, written left to right, into its lines as printed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from nijar_nlp.pdf.glyphs import Glyphs
from nijar_nlp.records import Gap, LayoutLine

LINE = re.compile(r"[^\r\n\ufffe\x02]+(?:[\ufffe\x02])?")  # pdfium writes a broken word's hyphen as U+FFFE
_WORD = re.compile(r"\S+")
# A footnote's mark: figures or signs that follow a letter or a closing sign without a blank, or begin a line.
_MARK = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[.,;:!?)\]»”’\"'])|(?<=\s)(?=\S{1,3}(?:\s|$)))(?:\d{1,3}|[*†‡§])(?![\w.,]\w)"
    r"|^\s*(?:\d{1,3}|[*†‡§])"
)
# What no line's end parts: a sign, a number or a title and the word after it, a word and the sign after it.
_HEAD = re.compile(
    r"(?:[«“(\[]\s+|[$€£]?\d[\d.,]*\s+|(?:M[rs]|Mrs|Dr|St|MM?|Nos?|paras?|pp?)\.\s+|M(?:me|lle)\s+)?\S+(?:\s+[/!?:;»%…)\]]\S*)*"
)
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[’ʼ](?=[^\W\d_])")  # written ' in words, so that names compare equal
_PICTURES = re.compile(r"dingbat|wingding|webding|symbol|bullet", re.IGNORECASE)  # fonts of signs
_BULLET = "•"
_MARK_CHARS = 3  # of a footnote's mark, at most
_MARK_SIGN = re.compile(r"[\d*†‡§]")
_LIFTED = 0.15  # of the size: superior figures of the font itself stand as high over the baseline
_RAISED = 0.82  # of the line's size: marks are set at .58 to .75
_NEXT_LINE = 0.6  # times the type size: a baseline so much lower is another line's
_NARROW = 0.7  # times the type size: a gap between columns is wider
_UNLIKE = 0.02  # of the type size: sizes farther apart are two fonts', or a mark's and its text's
_JOINED = 0.1  # times the type size: a gap between words is wider
_WIDE_BLANK = 1.6  # times the type size: no justified line of the samples has a wider blank by itself
_CELL_BLANK = 1.0  # times the type size, where every blank of the line is as wide
_APART = 2.5  # times the type size: a blank so wide may part two lines of their own
_LOOSE = 1.15  # a line whose glyphs are on average so much wider than the page's may hold a wide blank
_TITLE_CHARS = 100  # longer lines are not looked at for bold type drawn with a stroke
_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc\u00ad\u200b]")
_WIDEST_TEXT = 0.56  # type sizes a character: no running text but a typewriter's is wider
_PLAIN = str.maketrans({"\ufffe": "-", "\x02": "-", "\xa0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " "})


def read_lines(glyphs: Glyphs) -> list[LayoutLine]:
    """The lines of a page in the order of the file."""
    lines: list[LayoutLine] = []
    spans = list(_spans(glyphs.text))
    glyphs.look_up([place for start, end in spans for place in (start, end - 1)])
    for start, end in spans:
        for begin, stop in _level(glyphs, start, end):
            line = _line(glyphs, begin, stop, lines[-1].size if lines else 0.0)
            if lines and _is_trailing_mark(line, lines[-1]):
                lines[-1] = _with_mark(lines[-1], line)
            elif lines and _goes_on(line, lines[-1]):
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
    return with_gaps(glyphs, lines)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between line ends, without the blanks around them."""
    for match in LINE.finditer(text):
        start, end = match.span()
        line = match.group()
        start += len(line) - len(line.lstrip())
        end -= len(line) - len(line.rstrip())
        if start < end:
            yield start, end


def _level(glyphs: Glyphs, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch, cut where pdfium has gone on with what stands elsewhere: another line, or a last word."""
    first, last = glyphs.box(start), glyphs.box(end - 1)
    if abs(last[3] - first[3]) > _NEXT_LINE * (first[3] - first[1]):
        for cut in list(_line_starts(glyphs, start, end)):
            yield start, cut - 1
            start = cut
        first = glyphs.box(start)
    cut = glyphs.text.rfind(" ", start, end) + 1
    if cut > start and end - cut <= _MARK_CHARS and (last[1] > first[3] or last[3] < first[1]):
        yield start, cut - 1
        start = cut
    yield start, end


def _line_starts(glyphs: Glyphs, start: int, end: int) -> Iterator[int]:
    """Where in a stretch a word stands below the end of the word before it and further left."""
    end_x, end_y = glyphs.origin(start)
    for match in _WORD.finditer(glyphs.text, start, end):
        x, y = glyphs.origin(match.start())
        height = _NEXT_LINE * glyphs.size(match.start())
        if end_x - x > height and y - end_y > height:
            yield match.start()
        end_x, end_y = glyphs.origin(match.end() - 1)


def _is_trailing_mark(line: LayoutLine, before: LayoutLine) -> bool:
    """Whether a line is the raised mark at the end of the line before it."""
    return (
        len(line.text) <= _MARK_CHARS
        and line.text.isdigit()
        and line.size < _RAISED * before.size
        and 0 < before.baseline - line.baseline < 0.8 * before.size
        and -0.3 * before.size < line.x0 - before.x1 < 0.5 * before.size
    )


def _with_mark(line: LayoutLine, mark: LayoutLine) -> LayoutLine:
    end = len(line.text)
    return line._replace(
        text=line.text + mark.text,
        x1=mark.x1,
        glyphs=(*line.glyphs, *mark.glyphs),
        raised=(*line.raised, (end, end + len(mark.text))),
    )


def _goes_on(line: LayoutLine, before: LayoutLine) -> bool:
    """Whether a line is the rest of the line before it, which pdfium has cut after a raised mark."""
    alike = abs(line.size - before.size) < 0.1 * before.size
    level = abs(line.baseline - before.baseline) < 0.1 * before.size
    return alike and level and -0.3 * before.size < line.x0 - before.x1 < _NARROW * before.size


def _joined(before: LayoutLine, line: LayoutLine) -> LayoutLine:
    """Two stretches of one line, with a blank in the gap where there is one."""
    between = " " if line.x0 - before.x1 > _JOINED * before.size else ""
    shift = len(before.text) + len(between)
    return before._replace(
        text=before.text + between + line.text,
        top=min(before.top, line.top),
        x1=max(before.x1, line.x1),
        bottom=max(before.bottom, line.bottom),
        bold=before.bold and line.bold,
        glyphs=(*before.glyphs, *[-1] * len(between), *line.glyphs),
        raised=(*before.raised, *((start + shift, end + shift) for start, end in line.raised)),
    )


def _line(glyphs: Glyphs, start: int, end: int, usual: float = 0.0) -> LayoutLine:
    """The line of a stretch; `usual` is the type size of the line before it."""
    text = glyphs.text[start:end]
    first, last = glyphs.box(start), glyphs.box(end - 1)
    first_word = _HEAD.match(text)
    stop = first_word.end() if first_word else len(text)
    head = glyphs.box(start + stop - 1) if stop < len(text) else last
    middle = start + len(text) // 2
    if glyphs.text[middle] == " ":
        middle += 1
    size, baseline = glyphs.size_and_baseline(middle)
    unlike = abs((first[3] - first[1]) - (last[3] - last[1])) > _UNLIKE * size
    if unlike or abs(size - usual) > _UNLIKE * size:  # a mark, or two fonts
        size, baseline = _usual_type(glyphs, (start, middle, end - 1), usual, baseline, mark=unlike)
        size = size or first[3] - first[1]
    font = glyphs.font(middle)
    if text[1:2] == " " and _PICTURES.search(glyphs.font(start).name):
        text = _BULLET + text[1:]
    plain, indices = mended(text, range(start, end))
    return LayoutLine(
        text=plain,
        x0=first[0],
        top=min(first[1], last[1]),
        x1=max(last[2], first[2]),
        bottom=max(first[3], last[3]),
        baseline=baseline,
        size=size,
        bold=(font.bold and glyphs.font(end - 1).bold and glyphs.font(start).bold)
        or (len(text) < _TITLE_CHARS and all(map(glyphs.stroked, (middle, end - 1, start)))),
        font=font.name,
        head_width=max(0.0, head[2] - first[0]),
        glyphs=indices,
        raised=_raised(glyphs, plain, indices, size),
    )


def _usual_type(
    glyphs: Glyphs, places: tuple[int, int, int], usual: float, baseline: float, *, mark: bool
) -> tuple[float, float]:
    """Size and baseline of a line of more than one type: the usual where a glyph has it, or the middle one's.

    The larger of the two is its own: small type in a large line after small lines is a note's or a unit's.
    A line whose ends alone differ, as by a mark, keeps its baseline.
    """
    start, middle, last = places
    three = sorted(map(glyphs.size_and_baseline, places))
    if mark:
        return three[1][0], baseline
    if three[0][0] == three[2][0] and three[1][1] == baseline:
        between = [(start + middle) // 2, (middle + last) // 2]
        three = sorted([*three, *map(glyphs.size_and_baseline, between)])
    same = [pair for pair in three if abs(pair[0] - usual) <= _UNLIKE * usual]
    return max(same[0], three[len(three) // 2]) if same else three[len(three) // 2]


def mended(text: str, indices: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Ligatures spelled out, accents composed and odd blanks made plain, each character with its glyph."""
    if text.isascii() and "\x02" not in text:
        return text, indices
    text = text.translate(_PLAIN)
    if "’" in text or "ʼ" in text:
        text = _APOSTROPHE.sub("'", text)
    if text.isascii() or not (_has_forms(text) or not unicodedata.is_normalized("NFC", text)):
        return text, indices
    characters: list[str] = []
    origins: list[int] = []
    position = 0
    while position < len(text):
        stop = position + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        cluster = unicodedata.normalize("NFC", text[position:stop])
        if _is_form(cluster[0]):
            cluster = unicodedata.normalize("NFKC", cluster)
        cluster = cluster.replace("\u200b", "")
        if cluster == "\u00ad":
            cluster = "-" if stop >= len(text) else ""
        characters.extend(cluster)
        span = stop - position
        origins.extend(indices[position + min(k, span - 1)] for k in range(len(cluster)))
        position = stop
    return "".join(characters), tuple(origins)


def _is_form(character: str) -> bool:
    return "\ufb00" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufefc"


def _has_forms(text: str) -> bool:
    return bool(_FORMS.search(text))


def _raised(glyphs: Glyphs, text: str, indices: Sequence[int], size: float) -> tuple[tuple[int, int], ...]:
    """The stretches that may be footnote marks and are set smaller than the line."""
    if not _MARK_SIGN.search(text):
        return ()
    found = []
    for match in _MARK.finditer(text):
        start, end = match.span()
        start += len(match.group()) - len(match.group().lstrip())
        if start == end:
            continue
        own, baseline = glyphs.size_and_baseline(indices[start])
        if 0 < own < _RAISED * size or glyphs.foot(indices[start]) < baseline - _LIFTED * size:
            found.append((start, end))
    return tuple(found)


def with_gaps(glyphs: Glyphs, lines: list[LayoutLine]) -> list[LayoutLine]:
    """The lines, those that are set unusually wide with their wide blanks; parted where the type changes."""
    widths = [(line.x1 - line.x0) / (len(line.text) * line.size or 1.0) for line in lines]
    long = [width for line, width in zip(lines, widths, strict=True) if len(line.text) > 20]
    usual = min(float(np.median(long)), _WIDEST_TEXT) if long else 0.5
    out: list[LayoutLine] = []
    for line, width in zip(lines, widths, strict=True):
        if width > _LOOSE * usual and " " in line.text:
            out.extend(_by_type(glyphs, line._replace(gaps=gaps_of(glyphs, line))))
        else:
            out.append(line)
    return out


def _by_type(glyphs: Glyphs, line: LayoutLine) -> Iterator[LayoutLine]:
    """The line, or its stretches where what stands behind a wide blank is set in another type size."""
    starts = [gap.offset for gap in line.gaps if gap.x1 - gap.x0 > _APART * line.size]
    broken = not starts or "\n" in glyphs.text[line.glyphs[0] : line.glyphs[-1]]  # joined of several
    spans = [] if broken else list(pairwise([0, *starts, len(line.text)]))
    stretches = [
        _line(glyphs, line.glyphs[start], line.glyphs[start + len(line.text[start:end].rstrip()) - 1] + 1)
        for start, end in spans
    ]
    alike = all(abs(after.size - before.size) < 0.1 * before.size for before, after in pairwise(stretches))
    if alike or any(len(stretch.text) <= _MARK_CHARS for stretch in stretches):
        yield line
    else:
        yield from stretches


def gaps_of(glyphs: Glyphs, line: LayoutLine) -> tuple[Gap, ...]:
    """The blanks of a line that are wider than a justified line's."""
    words = [match.span() for match in _WORD.finditer(line.text)]
    edges = [line.glyphs[place] for start, end in words for place in (start, end - 1)]
    rows = glyphs.boxes(edges)
    blanks = rows[2::2, 0] - rows[1:-1:2, 2]
    if not len(blanks):
        return ()
    usual = float(np.sort(blanks)[len(blanks) // 4]) if len(blanks) > 2 else 0.0
    limit = max(_WIDE_BLANK * line.size, 2.5 * usual)
    if blanks.min() > _CELL_BLANK * line.size:
        limit = 0.0
    return tuple(
        Gap(
            words[number + 1][0],
            round(float(rows[2 * number + 1, 2]), 2),
            round(float(rows[2 * number + 2, 0]), 2),
        )
        for number in np.flatnonzero(blanks > limit)
    )
