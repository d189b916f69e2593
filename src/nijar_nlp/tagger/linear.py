"""Texts into the log-odds of a linear model over stems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from nijar_nlp.records import TAGS
from nijar_nlp.tagger.features import stems, vectorizer
from nijar_nlp.tagger.windows import words

REGULARISATION = 8.0


@dataclass(frozen=True)
class Linear:
    """TF-IDF features and one logistic regression per tag: the first stage, and a voice in the last."""

    features: Pipeline
    classifiers: Mapping[str, LogisticRegression]

    def log_odds(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a tag, in the order of records.TAGS."""
        matrix = self.features.transform([stems(text) for text in texts])
        return np.column_stack([self.classifiers[label].decision_function(matrix) for label in TAGS])

    def contributions(self, text: str, label: str) -> list[tuple[int, int, float]]:
        """Every word's start, end and share in the text's log-odds of one tag."""
        row = self.features.transform([stems(text)])
        weights = self.classifiers[label].coef_[0]
        share = {column: value * weights[column] for column, value in zip(row.indices, row.data, strict=True)}
        spans = words(text)
        of_words = self.features.named_steps["hash"].transform([stems(text[s:e]) for s, e in spans])
        return [
            (start, end, float(sum(share.get(column, 0.0) for column in of_words[i].indices)))
            for i, (start, end) in enumerate(spans)
        ]


def fit_linear(
    texts: Sequence[str], truth: NDArray[np.bool_], known: NDArray[np.bool_], *, seed: int = 0
) -> Linear:
    """Fit the features and the classifiers; both arrays have one row a text and one column a tag.

    A tag's classifier learns from the texts on which the tag is `known`.
    """
    features = vectorizer()
    matrix = features.fit_transform([stems(text) for text in texts])
    classifiers = {
        label: _classifier(seed).fit(matrix[known[:, i]], truth[known[:, i], i])
        for i, label in enumerate(TAGS)
    }
    return Linear(features, classifiers)


def _classifier(seed: int) -> LogisticRegression:
    # the dual solver: the same weights in a twentieth of lbfgs's time on these sparse features
    return LogisticRegression(
        C=REGULARISATION, solver="liblinear", dual=True, max_iter=1000, random_state=seed
    )
