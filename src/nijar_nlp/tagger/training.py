"""Labelled passages into the weights of a tagger with a given encoder."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from nijar_nlp.records import TAGS
from nijar_nlp.tagger.encoder import Encoder
from nijar_nlp.tagger.linear import REGULARISATION, fit_linear
from nijar_nlp.tagger.model import Weights, stack_features

FOLDS = 10
# Recall first: a missed passage can be a missed case, a false one costs a reader seconds.
LEAST_RECALL = 0.95
# The first stage may lose one tagged passage in a thousand.
GATE_RECALL = 0.999
STACK_REGULARISATION = 0.1
SETTINGS = {
    "folds": FOLDS,
    "least_recall": LEAST_RECALL,
    "gate_recall": GATE_RECALL,
    "regularisation": REGULARISATION,
    "stack_regularisation": STACK_REGULARISATION,
}


@dataclass(frozen=True)
class Labelled:
    """Texts with their tags."""

    texts: Sequence[str]
    tags: Sequence[Sequence[str]]

    @property
    def truth(self) -> NDArray[np.bool_]:
        """One row a text, one column a tag."""
        return np.array([[label in own for label in TAGS] for own in self.tags])


@dataclass(frozen=True)
class Training:
    """Fitted weights, and what they say out of fold of the passages that calibrated them (texts × tags)."""

    weights: Weights
    out_of_fold: NDArray[np.float64]


def fit(learn: Labelled, calibrate: Labelled, encoder: Encoder, *, version: str, seed: int = 0) -> Training:
    """Fit the linear model on `learn`; stack, calibrate and choose thresholds on `calibrate`.

    No passage may be in both, and the encoder must not have been tuned on `calibrate`: its log-odds there are
    those of passages that it has not seen.
    """
    linear = fit_linear(learn.texts, learn.truth, seed=seed)
    log_odds = linear.log_odds(calibrate.texts)
    features = stack_features(log_odds, encoder.log_odds(calibrate.texts))
    truth = calibrate.truth
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    out_of_fold = np.column_stack(
        [
            cross_val_predict(_stacker(), features, column, cv=folds, method="predict_proba")[:, 1]
            for column in truth.T
        ]
    )
    weights = Weights(
        version=version,
        encoder=encoder.folder.name,
        linear=linear,
        gate={label: _gate(log_odds[:, i], truth[:, i]) for i, label in enumerate(TAGS)},
        stack={label: _stacker().fit(features, truth[:, i]) for i, label in enumerate(TAGS)},
        thresholds={label: _threshold(truth[:, i], out_of_fold[:, i]) for i, label in enumerate(TAGS)},
    )
    return Training(weights, out_of_fold)


def _stacker() -> LogisticRegression:
    return LogisticRegression(C=STACK_REGULARISATION)


def _gate(log_odds: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """The log-odds that all but one in a thousand tagged passages reach."""
    return float(np.quantile(log_odds[truth], 1 - GATE_RECALL))


def _threshold(truth: NDArray[np.bool_], probability: NDArray[np.float64]) -> float:
    """The highest threshold that still finds LEAST_RECALL of the tagged passages out of fold."""
    _, recall, thresholds = precision_recall_curve(truth, probability)
    return float(thresholds[recall[:-1] >= LEAST_RECALL].max())
