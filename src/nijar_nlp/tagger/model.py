"""A fitted tagger: texts into calibrated tags with their reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nijar_nlp.records import TAGS, Reason, Tagging
from nijar_nlp.tagger.encoder import Encoder
from nijar_nlp.tagger.linear import Linear
from nijar_nlp.tagger.windows import windows

# As many words as a reader takes in at a glance.
MOST_REASONS = 8
# What the linear stage alone may say of a passage that it does not let through to the encoder.
MOST_PROBABLE_WITHOUT_ENCODER = 0.02


@dataclass(frozen=True)
class Weights:
    """What a tagger has learned, but for the encoder's own weights.

    `encoder` names the encoder's folder. A passage goes on to the encoder where the linear model's log-odds
    of any tag reach that tag's `gate`. `stack` turns the log-odds of both into calibrated probabilities,
    `thresholds` are the least probabilities at which a tag is given.
    """

    version: str
    encoder: str
    linear: Linear
    gate: Mapping[str, float]
    stack: Mapping[str, LogisticRegression]
    thresholds: Mapping[str, float]


@dataclass(frozen=True)
class Tagger:
    """Weights with their encoder, ready to tag."""

    weights: Weights
    encoder: Encoder

    @property
    def version(self) -> str:
        """The version of the weights."""
        return self.weights.version

    def tag(self, texts: Sequence[str], *, reasons: bool = True) -> list[Tagging]:
        """Calibrated probabilities of every tag for each text, the tags above threshold, and why.

        Long texts are read in overlapping windows; a tag's probability is that of its best window.
        """
        spans = [windows(text) for text in texts]
        pieces = [text[start:end] for text, own in zip(texts, spans, strict=True) for start, end in own]
        probabilities = self._read(pieces)
        taggings, first = [], 0
        for text, own in zip(texts, spans, strict=True):
            here = slice(first, first + len(own))
            best = probabilities[here].argmax(axis=0)
            pooled = dict(zip(TAGS, probabilities[here].max(axis=0).tolist(), strict=True))
            tags = tuple(label for label in TAGS if pooled[label] >= self.weights.thresholds[label])
            why = {
                label: self._reasons(text, own[best[column]], label)
                for column, label in enumerate(TAGS)
                if reasons and label in tags
            }
            taggings.append(Tagging(pooled, tags, why, self.version))
            first += len(own)
        return taggings

    def passes(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts the first stage lets through."""
        return self._gate(self.weights.linear.log_odds(texts))

    def _gate(self, log_odds: NDArray[np.float64]) -> NDArray[np.bool_]:
        gate = np.array([self.weights.gate[label] for label in TAGS])
        return np.asarray((log_odds >= gate).any(axis=1))

    def _read(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Probabilities, texts × tags; the encoder is asked only where the first stage lets through."""
        linear = self.weights.linear.log_odds(texts) if len(texts) else np.zeros((0, len(TAGS)))
        found = np.minimum(1 / (1 + np.exp(-linear)), MOST_PROBABLE_WITHOUT_ENCODER)
        through = np.flatnonzero(self._gate(linear)).tolist()
        if through:
            encoded = self.encoder.log_odds([texts[i] for i in through])
            found[through] = stacked(self.weights.stack, linear[through], encoded)
        return found

    def _reasons(self, text: str, window: tuple[int, int], label: str) -> tuple[Reason, ...]:
        """The words with the largest share in the linear model's log-odds, within the best window.

        Without these words the whole tagger's probability falls further than without as many others (tested);
        the attention of the encoder's head did not pass that test.
        """
        start, end = window
        shares = self.weights.linear.contributions(text[start:end], label)
        best = sorted((share for share in shares if share[2] > 0), key=lambda share: -share[2])[:MOST_REASONS]
        return tuple(sorted(Reason(start + s, start + e, round(weight, 4)) for s, e, weight in best))


def stack_features(linear: NDArray[np.float64], encoder: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the last stage sees: the log-odds of every tag by both models, one row a text."""
    return np.hstack([linear, encoder])


def stacked(
    stack: Mapping[str, LogisticRegression], linear: NDArray[np.float64], encoder: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Calibrated probabilities, one row a text and one column a tag."""
    features = stack_features(linear, encoder)
    return np.column_stack([stack[label].predict_proba(features)[:, 1] for label in TAGS])
