"""Names into what finds them in a text, however they are written there, and puts signs in their place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple
from urllib.parse import unquote

from nijar_nlp.folding import fold

_SIGN = "█"
_WITHIN = 6  # letters from which a name is replaced within a word too, as in "Untels" or a file's name
_LEAST_PART = 3
_WORD = re.compile(r"[^\W\d_]+")
# A word of a text: a small letter before a capital ends it ("FreeJeanneUntel"), what is not seen does not.
_PIECE = re.compile(r"[^\W\d_](?:[\u00ad\u200b-\u200f\u0640\u064b-\u0652\u0300-\u036f]*[^\W\d_])*")
_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_PROCLITICS = ("و", "ف", "ب", "ل", "ك")
# What may stand before a small letter within one word of a name: no space, as "la mine" is not Lamine.
_BREAK = re.compile(r"(?:[-\u2010\u2011]\s*|['’])?")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_INITIALS = re.compile(r"(?:(?<!\w)[^\W\d_a-zà-öø-ÿ]\.[ \u00a0-]?){1,3}$")
# What may stand between two parts of one name: spaces, a hyphen or comma, at most two further names.
_BETWEEN = re.compile(r"[ \u00a0\n,_-]{0,2}(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\.?[ \u00a0\n-]){0,2}")
# Words beside a name, which are no part of it.
_NO_NAMES = frozenset(
    fold(
        """
        a abu aged al and bin brother captain chief colonel commander de deputy der des dit dite
        doctor du el emir et father for from general governor head her his ibn imam in judge
        king la le les lieutenant lord madame major mawlawi mayor messrs minister miss mission
        mister monsieur mother mrs mufti mullah of officer ould père president prime prince
        princess prof professor queen représentant representative reverend secretary senator
        sergeant sheikh sir sister soeur special the van von with amir ambassador ambassadeur
        capitaine cheikh chef colonel docteur général gouverneur ministre président professeur
        roi secrétaire émir الشيخ الرئيس الوزير الجنرال العقيد السيد السيدة الدكتور القاضي
        الإمام المفتي أبو ابن بن عبد
        """
    ).split()
)


class _Piece(NamedTuple):
    """A word of a text, folded, and where it stands."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Mask:
    """What stands in the place of names: `numbers` by name in lower case, one a person or actor; 0 for the
    name of several. `actors` are the register ids of those who are masked.

    A name is found across accents, capitals, spellings of Arabic, line ends, hyphens, glued words and the
    encoding of addresses, with the initials before it.
    """

    numbers: Mapping[str, int]
    actors: frozenset[str] = frozenset()

    def __or__(self, other: "Mask") -> "Mask":
        """The mask over the names of both; a name in both keeps its number here."""
        after = max(self.numbers.values(), default=0)
        numbers = {name: number and number + after for name, number in other.numbers.items()}
        return Mask({**numbers, **self.numbers}, self.actors | other.actors)

    def text(self, text: str) -> str:
        """A text with every such name in it replaced."""
        if not self.numbers:
            return text
        if _ENCODED.search(text) and (plain := unquote(text)) != self._replaced(plain):
            return self._replaced(plain)
        return self._replaced(text)

    def _replaced(self, text: str) -> str:
        parts, done = [], 0
        for start, end, number in _joined(list(self._spans(text)), text):
            parts += [text[done:start], _sign(number)]
            done = end
        return self._literal.sub(lambda match: self._sign_of(match.group()), "".join([*parts, text[done:]]))

    def _spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where names of whole words stand, the longest from each word on."""
        pieces = _pieces(text)
        place = 0
        while place < len(pieces):
            length, number = self._longest(text, pieces, place)
            if not length:
                place += 1
                continue
            initials = _INITIALS.search(text, 0, pieces[place].start)
            start = initials.start() if initials else pieces[place].start
            yield start, pieces[place + length - 1].end, number
            place += length

    def _longest(self, text: str, pieces: list[_Piece], place: int) -> tuple[int, int]:
        """How many words from here on are a name, and its number; 0 words where none is."""
        found = (0, 0)
        for begun in _without_proclitics(pieces[place].folded):
            glued = ""
            torn: set[int] = set()  # after how many letters the text parts what it would not part in a word
            for count, piece in enumerate(pieces[place:], start=1):
                if count > 1 and _is_torn(text, pieces[place + count - 2], piece):
                    torn.add(len(glued))
                glued += begun if count == 1 else piece.folded
                if glued not in self._beginnings:
                    break
                if glued in self._glued and count > found[0] and torn <= self._gaps[glued]:
                    found = (count, self._glued[glued])
        return found

    @cached_property
    def _glued(self) -> dict[str, int]:
        """The number of each name by its letters alone."""
        return {glued: number for name, number in self.numbers.items() if (glued := _letters(name))}

    @cached_property
    def _gaps(self) -> dict[str, frozenset[int]]:
        """By a name's letters, after how many of them one of its words ends."""
        gaps: dict[str, set[int]] = {}
        for name in self.numbers:
            words = [piece.folded for piece in _pieces(name)]
            gaps.setdefault("".join(words), set()).update(accumulate(map(len, words)))
        return {glued: frozenset(ends) for glued, ends in gaps.items()}

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(glued[:end] for glued in self._glued for end in range(1, len(glued) + 1))

    @cached_property
    def _literal(self) -> re.Pattern[str]:
        """The names that are replaced within words too, longer ones before their parts; those without a
        letter as well."""
        long = [name for name in self.numbers if len(name) >= _WITHIN or not _letters(name)]
        names = sorted(long, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)) or r"(?!)", re.IGNORECASE)

    def _sign_of(self, name: str) -> str:
        return _sign(self.numbers.get(name.lower(), 0))


def parts_of(name: str) -> tuple[str, ...]:
    """The words of a person's name by which the person may be called alone, in lower case; none where it is
    one word, or where a word says that it is no name ("the elders of Koro")."""
    words = _WORD.findall(unicodedata.normalize("NFC", name))
    own = [word for word in words if len(word) >= _LEAST_PART and fold(word) not in _NO_NAMES]
    if len(words) < 2 or not all(word[0].isupper() or _ARABIC.match(word) for word in own):
        return ()
    return tuple(word.lower() for word in own)


def _sign(number: int) -> str:
    return f"{_SIGN}{number}" if number else _SIGN


def _is_torn(text: str, one: _Piece, other: _Piece) -> bool:
    """Whether two pieces that follow each other are of two words, and not of one name: "Abdoul Aziz" may be
    Abdoulaziz, and letters may be spaced out."""
    if len(one.folded) == len(other.folded) == 1 or not text[other.start].islower():
        return False
    return not _BREAK.fullmatch(text, one.end, other.start)


def _letters(name: str) -> str:
    return "".join(piece.folded for piece in _pieces(name))


def _pieces(text: str) -> list[_Piece]:
    found = []
    for match in _PIECE.finditer(text):
        edges = [
            match.start(),
            *(m.start() for m in _CAMEL.finditer(text, *match.span())),
            match.end(),
        ]
        for start, end in pairwise(edges):
            folded = "".join(_WORD.findall(fold(text[start:end])))
            if folded:
                found.append(_Piece(folded, start, end))
    return found


def _without_proclitics(word: str) -> Iterator[str]:
    """An Arabic word as it is and without what may be written on to its beginning."""
    yield word
    if _ARABIC.match(word):
        if word.startswith("لل"):
            yield "ال" + word[2:]
        for _ in range(2):
            if not word.startswith(_PROCLITICS):
                return
            word = word[1:]
            yield word


def _joined(spans: list[tuple[int, int, int]], text: str) -> Iterator[tuple[int, int, int]]:
    """The same stretches, those of one person with only further names between them made one."""
    before: tuple[int, int, int] | None = None
    for start, end, number in spans:
        if before and number == before[2] and number and _BETWEEN.fullmatch(text, before[1], start):
            before = (before[0], end, number)
            continue
        if before:
            yield before
        before = (start, end, number)
    if before:
        yield before
