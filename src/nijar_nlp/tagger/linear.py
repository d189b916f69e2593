"""Texts into the log-odds of a linear model over words and pairs of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from nijar_nlp.records import TAGS
from nijar_nlp.stems import bare_words
from nijar_nlp.tagger.features import terms, vectorizer
from nijar_nlp.tagger.windows import words

REGULARISATION = 8.0


@dataclass(frozen=True)
class Linear:
    """TF-IDF features and one logistic regression per tag: the first stage, and a voice in the last."""

    features: Pipeline
    classifiers: Mapping[str, LogisticRegression]

    def log_odds(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a tag, in the order of records.TAGS."""
        return self.log_odds_of(counted(texts))

    def log_odds_of(self, counts: csr_matrix) -> NDArray[np.float64]:
        """The same for texts that were counted before."""
        matrix = self.features.named_steps["tfidf"].transform(counts)
        return np.column_stack([self.classifiers[label].decision_function(matrix) for label in TAGS])

    def contributions(self, text: str, label: str) -> list[tuple[int, int, float]]:
        """Every word's start, end and share in the text's log-odds of one tag; a pair's share is halved."""
        spans = words(text)
        of_span = [bare_words(text[start:end]) for start, end in spans]
        owner = [i for i, own in enumerate(of_span) for _ in own]
        located = list(terms([word for own in of_span for word in own]))
        row = self.features.transform([[term for term, _ in located]])
        weights = self.classifiers[label].coef_[0]
        share = {column: value * weights[column] for column, value in zip(row.indices, row.data, strict=True)}
        shares = [0.0] * len(spans)
        columns = self.features.named_steps["hash"].transform([[term] for term, _ in located]).indices
        for column, (_, places) in zip(columns, located, strict=True):
            for place in places:
                shares[owner[place]] += float(share[column]) / len(places)
        return [(start, end, own) for (start, end), own in zip(spans, shares, strict=True)]


def counted(texts: Sequence[str]) -> csr_matrix:
    """The hashed counts of the terms of each text: the same for every model, so that folds share them."""
    terms_of = ([term for term, _ in terms(bare_words(text))] for text in texts)
    return vectorizer().named_steps["hash"].transform(terms_of)


def fit_linear(
    counts: csr_matrix, truth: NDArray[np.bool_], known: NDArray[np.bool_], *, seed: int = 0
) -> Linear:
    """Fit the features and the classifiers on texts as `counted`.

    Both arrays have one row a text and one column a tag. A tag's classifier learns from the texts on which
    the tag is `known`.
    """
    features = vectorizer()
    matrix = features.named_steps["tfidf"].fit_transform(counts)
    classifiers = {
        label: _fitted(matrix[known[:, i]], truth[known[:, i], i], seed) for i, label in enumerate(TAGS)
    }
    return Linear(features, classifiers)


def _fitted(matrix: csr_matrix, truth: NDArray[np.bool_], seed: int) -> LogisticRegression:
    # the dual solver: the same weights in a twentieth of lbfgs's time on these sparse features
    classifier = LogisticRegression(
        C=REGULARISATION, solver="liblinear", dual=True, max_iter=1000, random_state=seed
    ).fit(matrix, truth)
    classifier.coef_ = classifier.coef_.astype(np.float32)  # half the file
    return classifier
