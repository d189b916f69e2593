"""What a tagger is held beside: plain TF-IDF, and the same passages with the evidence at other places."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union

from nijar_nlp.records import LabelledPassage

# Where a passage stands among two untagged ones.
PLACES = ("evidence first", "evidence in the middle", "evidence last")
# Words of a passage that is short enough to stand among others, and how many are placed.
SHORT_WORDS = 60
MOST_PLACED = 300


def plain_tfidf(learn: Sequence[str], truth: NDArray[np.bool_], texts: Sequence[str]) -> NDArray[np.float64]:
    """Probabilities by TF-IDF over words and characters with logistic regression, texts × tags.

    What everybody would build; `truth` has one row a text of `learn` and one column a tag.
    """
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    one_a_tag = OneVsRestClassifier(LogisticRegression(C=8, solver="liblinear", dual=True, max_iter=1000))
    model = make_pipeline(features, one_a_tag).fit(learn, truth)
    return np.asarray(model.predict_proba(texts))


def placed(passages: Sequence[LabelledPassage]) -> list[LabelledPassage]:
    """Short passages before, between and after two untagged ones of their language; the place as register.

    An untagged passage among untagged ones stays untagged, so that each place has its negatives.
    """
    short = [p for p in passages if len(p.text.split()) <= SHORT_WORDS]
    chosen = short[:: -(-len(short) // MOST_PLACED) or 1]
    found = []
    for i, passage in enumerate(chosen):
        others = [p.text for p in short if p.language == passage.language and not p.tags and p != passage]
        if len(others) < len(PLACES) - 1:
            continue
        company = [others[(2 * i + k) % len(others)] for k in range(len(PLACES) - 1)]
        for place, name in enumerate(PLACES):
            texts = [*company[:place], passage.text, *company[place:]]
            found.append(replace(passage, id=f"{passage.id} {name}", text=" ".join(texts), register=name))
    return found
