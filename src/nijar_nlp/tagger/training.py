"""Labelled passages into a fitted, calibrated tagger."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedGroupKFold

from nijar_nlp.records import TAGS
from nijar_nlp.tagger.features import folded, vectorizer
from nijar_nlp.tagger.model import Tagger, platt

FOLDS = 5
# Recall first: a missed passage can be a missed case, a false one costs a reader seconds.
LEAST_RECALL = 0.95
REGULARISATION = 8.0
SETTINGS = {"folds": FOLDS, "least_recall": LEAST_RECALL, "regularisation": REGULARISATION}


@dataclass(frozen=True)
class Training:
    """A fitted tagger, and what it said out of fold of each of its training passages, by tag."""

    tagger: Tagger
    out_of_fold: dict[str, NDArray[np.float64]]


def fit(
    texts: Sequence[str], tags: Sequence[Sequence[str]], groups: Sequence[str], *, version: str, seed: int = 0
) -> Training:
    """Fit one classifier per tag; calibrate and choose thresholds on predictions out of fold.

    `groups` keeps passages that were written as a pair on one side of every split.
    """
    clean = folded(texts)
    truth = {label: np.array([label in passage for passage in tags]) for label in TAGS}
    values = {label: np.zeros(len(texts)) for label in TAGS}
    strata = ["+".join(sorted(passage)) for passage in tags]
    splitter = StratifiedGroupKFold(n_splits=FOLDS, shuffle=True, random_state=seed)
    for train, held_out in splitter.split(clean, strata, groups):
        features = vectorizer()
        seen = features.fit_transform([clean[i] for i in train])
        unseen = features.transform([clean[i] for i in held_out])
        for label in TAGS:
            values[label][held_out] = (
                _classifier(seed).fit(seen, truth[label][train]).decision_function(unseen)
            )
    features = vectorizer()
    matrix = features.fit_transform(clean)
    calibration = {label: _platt_of(values[label], truth[label]) for label in TAGS}
    probabilities = {label: platt(values[label], calibration[label]) for label in TAGS}
    tagger = Tagger(
        version=version,
        features=features,
        classifiers={label: _classifier(seed).fit(matrix, truth[label]) for label in TAGS},
        calibration=calibration,
        thresholds={label: _threshold(truth[label], probabilities[label]) for label in TAGS},
    )
    return Training(tagger, probabilities)


def _classifier(seed: int) -> LogisticRegression:
    return LogisticRegression(C=REGULARISATION, max_iter=1000, random_state=seed)


def _platt_of(values: NDArray[np.float64], truth: NDArray[np.bool_]) -> tuple[float, float]:
    model = LogisticRegression(C=1e6).fit(values.reshape(-1, 1), truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _threshold(truth: NDArray[np.bool_], probability: NDArray[np.float64]) -> float:
    """The highest threshold that still finds LEAST_RECALL of the tagged passages out of fold."""
    _, recall, thresholds = precision_recall_curve(truth, probability)
    enough = thresholds[recall[:-1] >= LEAST_RECALL]
    return float(enough.max()) if len(enough) else 0.5
