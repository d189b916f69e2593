"""A passage's text into the sparse features of the linear tagger."""

import re
import unicodedata
from collections.abc import Sequence

from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.pipeline import FeatureUnion, Pipeline

# Hashing instead of a vocabulary: no word of a labelled passage is stored in the model.
WORD_FEATURES = 2**18
CHAR_FEATURES = 2**18

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670]")
_DIGITS = re.compile(r"\d+")


def fold(text: str) -> str:
    """Text without case, accents, Arabic vowel signs and letter variants, and with digits as 0.

    A passage in capitals or one that lost its accents in OCR gets the features of the clean one.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _DIGITS.sub("0", _MARKS.sub("", decomposed).translate(_ARABIC))


def folded(texts: Sequence[str]) -> list[str]:
    """`fold` over many texts."""
    return [fold(text) for text in texts]


def vectorizer() -> FeatureUnion:
    """Word one- and two-grams, and character three- to five-grams within words, weighted by TF-IDF."""
    words = HashingVectorizer(
        n_features=WORD_FEATURES, ngram_range=(1, 2), alternate_sign=False, norm=None, lowercase=False
    )
    characters = HashingVectorizer(
        n_features=CHAR_FEATURES,
        analyzer="char_wb",
        ngram_range=(3, 5),
        alternate_sign=False,
        norm=None,
        lowercase=False,
    )
    return FeatureUnion(
        [
            ("words", Pipeline([("hash", words), ("tfidf", TfidfTransformer(sublinear_tf=True))])),
            ("characters", Pipeline([("hash", characters), ("tfidf", TfidfTransformer(sublinear_tf=True))])),
        ]
    )
