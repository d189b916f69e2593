"""Labelled passages into the weights of a tagger with a given encoder."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold, cross_val_predict

from nijar_nlp.records import TAGS
from nijar_nlp.tagger.encoder import Encoder
from nijar_nlp.tagger.linear import REGULARISATION, counted, fit_linear
from nijar_nlp.tagger.model import Weights, stack_features

FOLDS = 10
# Linear models that cross-fit the passages which serve both ends.
CROSSED = 5
# Recall first: a missed passage can be a missed case, a false one costs a reader seconds.
LEAST_RECALL = 0.95
# The first stage may lose one tagged passage in a thousand.
GATE_RECALL = 0.999
STACK_REGULARISATION = 0.1
SETTINGS = {
    "folds": FOLDS,
    "crossed": CROSSED,
    "least_recall": LEAST_RECALL,
    "gate_recall": GATE_RECALL,
    "regularisation": REGULARISATION,
    "stack_regularisation": STACK_REGULARISATION,
}


@dataclass(frozen=True)
class Labelled:
    """Texts with their tags.

    `known` names the tags that were decided of each text, where not all were. Texts of one group (a document,
    copies of each other) are never on two sides of a fold.
    """

    texts: Sequence[str]
    tags: Sequence[Sequence[str]]
    known: Sequence[Sequence[str]] | None = None
    groups: Sequence[str] = ()

    @property
    def truth(self) -> NDArray[np.bool_]:
        """One row a text, one column a tag."""
        return np.array([[label in own for label in TAGS] for own in self.tags], dtype=bool).reshape(
            -1, len(TAGS)
        )

    @property
    def decided(self) -> NDArray[np.bool_]:
        """Which of `truth` was decided."""
        if self.known is None:
            return np.ones((len(self.texts), len(TAGS)), dtype=bool)
        return np.array([[label in own for label in TAGS] for own in self.known], dtype=bool).reshape(
            -1, len(TAGS)
        )


@dataclass(frozen=True)
class Training:
    """Fitted weights, and what they say out of fold of the passages that calibrated them (texts × tags)."""

    weights: Weights
    out_of_fold: NDArray[np.float64]


def fit(
    learn: Labelled,
    calibrate: Labelled,
    encoder: Encoder,
    *,
    version: str,
    both: Labelled | None = None,
    seed: int = 0,
) -> Training:
    """Fit the linear model on `learn`; stack, calibrate and choose thresholds on `calibrate`.

    No passage may be in both, and the encoder must not have been tuned on `calibrate`: its log-odds there are
    those of passages that it has not seen. The passages of `both`, which the encoder has not seen either,
    serve both ends: the last stage sees what linear models say that did not learn from their group.
    """
    both = both or Labelled([], [], [], [])
    learned = _joined(learn, both)
    counts = counted(learned.texts)
    linear = fit_linear(counts, learned.truth, learned.decided, seed=seed)
    log_odds = np.vstack([linear.log_odds(calibrate.texts), _crossed(learned, counts, both, seed)])
    calibrated = _joined(calibrate, both)
    features = stack_features(log_odds, encoder.log_odds(calibrated.texts))
    truth, known = calibrated.truth, calibrated.decided
    out_of_fold = _out_of_fold(features, calibrated, seed)
    weights = Weights(
        version=version,
        encoder=encoder.folder.name,
        linear=linear,
        gate={label: _gate(log_odds[:, i], truth[:, i]) for i, label in enumerate(TAGS)},
        stack={
            label: _stacker().fit(features[known[:, i]], truth[known[:, i], i])
            for i, label in enumerate(TAGS)
        },
        thresholds={
            label: _threshold(truth[known[:, i], i], out_of_fold[known[:, i], i])
            for i, label in enumerate(TAGS)
        },
    )
    return Training(weights, out_of_fold)


def _joined(one: Labelled, other: Labelled) -> Labelled:
    """Both; a text without a group is a group of its own."""
    pair = (one, other)
    return Labelled(
        [text for part in pair for text in part.texts],
        [tags for part in pair for tags in part.tags],
        [tags for part in pair for tags in (part.known or [TAGS] * len(part.texts))],
        [
            group
            for part in pair
            for group in (part.groups or [f"{id(part)}-{i}" for i in range(len(part.texts))])
        ],
    )


def _crossed(learned: Labelled, counts: csr_matrix, both: Labelled, seed: int) -> NDArray[np.float64]:
    """Log-odds of the texts of `both`, the last of `learned`, by linear models without their group."""
    n_both, n_learn = len(both.texts), len(learned.texts) - len(both.texts)
    found = np.zeros((n_both, len(TAGS)))
    truth, known = learned.truth, learned.decided
    for inside, outside in _folds(learned.groups[n_learn:], n_both):
        rows = np.concatenate([np.arange(n_learn), n_learn + inside])
        linear = fit_linear(counts[rows], truth[rows], known[rows], seed=seed)
        found[outside] = linear.log_odds_of(counts[n_learn + outside])
    return found


def _folds(groups: Sequence[str], n_texts: int) -> list[tuple[NDArray[np.int_], NDArray[np.int_]]]:
    """Rows to learn from and rows left out, CROSSED times; of a single group all are left out at once."""
    everything = np.arange(n_texts)
    n_folds = min(CROSSED, len(set(groups)))
    if n_folds < 2:
        return [(everything[:0], everything)] if n_texts else []
    return list(GroupKFold(n_folds).split(everything, groups=groups))


def _out_of_fold(features: NDArray[np.float64], calibrated: Labelled, seed: int) -> NDArray[np.float64]:
    """Probabilities (texts × tags) by stacks without the text's group; 0 where a tag is not known."""
    truth, known = calibrated.truth, calibrated.decided
    groups = np.asarray(calibrated.groups)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    found = np.zeros(truth.shape)
    for i in range(len(TAGS)):
        rows = known[:, i]
        found[rows, i] = cross_val_predict(
            _stacker(),
            features[rows],
            truth[rows, i],
            cv=folds,
            groups=groups[rows],
            method="predict_proba",
        )[:, 1]
    return found


def _stacker() -> LogisticRegression:
    return LogisticRegression(C=STACK_REGULARISATION)


def _gate(log_odds: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """The log-odds that all but one in a thousand tagged passages reach."""
    return float(np.quantile(log_odds[truth], 1 - GATE_RECALL))


def _threshold(truth: NDArray[np.bool_], probability: NDArray[np.float64]) -> float:
    """The highest threshold that still finds LEAST_RECALL of the tagged passages out of fold."""
    _, recall, thresholds = precision_recall_curve(truth, probability)
    return float(thresholds[recall[:-1] >= LEAST_RECALL].max())
