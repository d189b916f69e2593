"""Text into tokens whose keys compare across case, accents and Arabic spellings, with their offsets."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
        "ة": "ه", "ک": "ك", "گ": "غ", "ڨ": "غ", "ڤ": "ف", "پ": "ب", "ـ": "", "œ": "oe", "æ": "ae",
        "ı": "i", "ł": "l", "ø": "o",
        **{digit: str(i % 10) for i, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")},
    }
)  # fmt: skip
# What may stand between two words of one name.
_GAP = re.compile(r"[\s\-+\u2010\u2011'’‘ʼ`´]{0,3}")


class Token(NamedTuple):
    """A word of the text, half-open, with its key."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=262_144)
def fold(word: str) -> str:
    """The word without case, accents, vowel signs and Arabic spelling variants."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", kept)


def tokens(text: str) -> list[Token]:
    """The words of the text in order; an apostrophe or hyphen parts two words."""
    return [Token(m.start(), m.end(), fold(m.group())) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=65_536)
def key_of(name: str) -> tuple[str, ...]:
    """The keys of the words of a name."""
    return tuple(token.key for token in tokens(name) if token.key)


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether two neighbouring words may belong to one name; single letters may be parted by a full stop."""
    if text[left.end : right.start] == "." and len(left.key) == len(right.key) == 1:
        return True
    return _GAP.fullmatch(text, left.end, right.start) is not None


def is_arabic(word: str) -> bool:
    """Whether the word has an Arabic letter."""
    return _ARABIC.search(word) is not None


def readings(text: str, token: Token) -> list[tuple[int, str]]:
    """The start and key of the word as written and, in Arabic, without its attached particles.

    A particle before the article ("بالـ", "وللـ") is not part of a name; "لل" stands for "ل" and "ال".
    """
    found = [(token.start, token.key)]
    if len(token.key) < 4 or not "ء" <= token.key[0] <= "ي":
        return found
    key, start = token.key, token.start
    if key[0] in "وف":
        key, start = key[1:], _after_letter(text, start)
        found.append((start, key))
    if key.startswith("لل") and len(key) > 4:
        found.append((start, "ا" + key))
        found.append((start, "ال" + key[2:]))
    elif key[0] in "بكل" and len(key) > 3:
        found.append((_after_letter(text, start), key[1:]))
    return found


def _after_letter(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def word_set(names: str) -> frozenset[str]:
    """The keys of words parted by spaces."""
    return frozenset(fold(word) for word in names.split())
