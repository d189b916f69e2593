"""A passage's text into the sparse features of the linear stage."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.pipeline import Pipeline

# Hashing instead of a vocabulary: no word of a labelled passage is stored in the model.
N_FEATURES = 2**18
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


def terms(words: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Stems, pairs of neighbouring stems and longer words whole, each with the places of its words.

    On the gold, pairs and whole words beside the stems did better than any of the three alone, and as well as
    runs of three to five letters, which take four times as long.
    """
    stems = [word[:STEM_LETTERS] for word in words]
    for place, (word, stem) in enumerate(zip(words, stems, strict=True)):
        yield stem, (place,)
        if word != stem:
            yield f"={word}", (place,)
        if place:
            yield f"{stems[place - 1]} {stem}", (place - 1, place)


def vectorizer() -> Pipeline:
    """Lists of terms into hashed counts, weighted by TF-IDF with sublinear counts."""
    return Pipeline(
        [
            ("hash", FeatureHasher(N_FEATURES, input_type="string", alternate_sign=False)),
            ("tfidf", TfidfTransformer(sublinear_tf=True)),
        ]
    )


def _bare(word: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff" and (prefix := _ARABIC_PREFIX.match(word)):
        return word[prefix.end() :] or word
    return word
