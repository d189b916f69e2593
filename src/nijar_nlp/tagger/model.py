"""A fitted tagger: texts into calibrated tags with their reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nijar_nlp.records import TAGS, Reason, Tagging
from nijar_nlp.tagger.encoder import Encoded, Encoder
from nijar_nlp.tagger.linear import Linear
from nijar_nlp.tagger.windows import windows, words

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
        probabilities, encoded = self._read(pieces)
        taggings, first = [], 0
        for text, own in zip(texts, spans, strict=True):
            here = slice(first, first + len(own))
            best = probabilities[here].argmax(axis=0)
            pooled = dict(zip(TAGS, probabilities[here].max(axis=0).tolist(), strict=True))
            tags = tuple(label for label in TAGS if pooled[label] >= self.weights.thresholds[label])
            why = {
                label: _reasons(text, own[best[column]][0], encoded[first + best[column]], column)
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

    def _read(self, texts: Sequence[str]) -> tuple[NDArray[np.float64], list[Encoded | None]]:
        """Probabilities, texts × tags, and what the encoder said where it was asked."""
        linear = self.weights.linear.log_odds(texts) if len(texts) else np.zeros((0, len(TAGS)))
        through = np.flatnonzero(self._gate(linear)).tolist()
        found = np.minimum(1 / (1 + np.exp(-linear)), MOST_PROBABLE_WITHOUT_ENCODER)
        encoded: list[Encoded | None] = [None] * len(texts)
        for i, said in zip(through, self.encoder.encode([texts[i] for i in through]), strict=True):
            encoded[i] = said
        if len(through):
            said_of = np.array([encoded[i].log_odds for i in through])  # type: ignore[union-attr]
            found[through] = stacked(self.weights.stack, linear[through], said_of)
        return found, encoded


def stack_features(linear: NDArray[np.float64], encoder: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the last stage sees: the log-odds of every tag by both models, one row a text."""
    return np.hstack([linear, encoder])


def stacked(
    stack: Mapping[str, LogisticRegression], linear: NDArray[np.float64], encoder: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Calibrated probabilities, one row a text and one column a tag."""
    features = stack_features(linear, encoder)
    return np.column_stack([stack[label].predict_proba(features)[:, 1] for label in TAGS])


def _reasons(text: str, offset: int, encoded: Encoded | None, column: int) -> tuple[Reason, ...]:
    """The words with the largest share in the encoder's log-odds; `offset` is where the window begins."""
    if encoded is None:
        return ()
    shares = encoded.shares[:, column]
    starts = np.array([offset + start for start, _ in encoded.offsets])
    empty = np.array([start == end for start, end in encoded.offsets])
    weighed = [
        Reason(start, end, round(float(shares[(starts >= start) & (starts < end) & ~empty].sum()), 4))
        for start, end in words(text)
    ]
    best = sorted(weighed, key=lambda reason: -reason.weight)[:MOST_REASONS]
    return tuple(sorted(reason for reason in best if reason.weight > 0))
