"""A passage's text into the sparse features of the linear stage."""

from collections.abc import Iterator, Sequence

from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.pipeline import Pipeline

from nijar_nlp.stems import stem

# Hashing instead of a vocabulary: no word of a labelled passage is stored in the model.
N_FEATURES = 2**18


def terms(words: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Stems, pairs of neighbouring stems and longer words whole, each with the places of its words.

    On the gold, pairs and whole words beside the stems did better than any of the three alone, and as well as
    runs of three to five letters, which take four times as long.
    """
    stems = [stem(word) for word in words]
    for place, (word, start) in enumerate(zip(words, stems, strict=True)):
        yield start, (place,)
        if word != start:
            yield f"={word}", (place,)
        if place:
            yield f"{stems[place - 1]} {start}", (place - 1, place)


def vectorizer() -> Pipeline:
    """Lists of terms into hashed counts, weighted by TF-IDF with sublinear counts."""
    return Pipeline(
        [
            ("hash", FeatureHasher(N_FEATURES, input_type="string", alternate_sign=False)),
            ("tfidf", TfidfTransformer(sublinear_tf=True)),
        ]
    )
