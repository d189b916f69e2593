"""A text into its words as classifiers see them: folded, bare of prefixes, cut to stems."""

import re
import unicodedata

# Letters of a word that make its stem: inflection in the three languages is mostly after them.
STEM_LETTERS = 6

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_ARABIC_PREFIX = re.compile(r"(?:[وفبكل]?ال|لل|[وف](?=\w{3}))")
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670]")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Text without case, accents, Arabic vowel signs and letter variants, and with numbers as 0.

    A passage in capitals or one that lost its accents in OCR gets the features of the clean one.
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain)).translate(_ARABIC)
    return _DIGITS.sub("0", plain)


def bare_words(text: str) -> list[str]:
    """The folded words, Arabic ones without article and conjunction."""
    return [_bare(word) for word in _WORD.findall(fold(text))]


def stem(word: str) -> str:
    """The first letters of a bare word."""
    return word[:STEM_LETTERS]


def _bare(word: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff" and (prefix := _ARABIC_PREFIX.match(word)):
        return word[prefix.end() :] or word
    return word
