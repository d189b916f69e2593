"""A fitted tagger: texts into calibrated tags with their reasons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from nijar_nlp.records import Reason, Tagging
from nijar_nlp.tagger.features import folded

# Words of a window and of its step: longer passages are read in windows and pooled by their maximum.
WINDOW_WORDS = 220
WINDOW_STEP = 160
# As many stretches as a reader takes in at a glance.
MOST_REASONS = 8

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Tagger:
    """One linear model per tag over shared features, each with its calibration and threshold.

    `calibration` holds slope and intercept of Platt's logistic function of the decision value; `threshold`
    is the least probability at which a tag is given.
    """

    version: str
    features: FeatureUnion
    classifiers: Mapping[str, LogisticRegression]
    calibration: Mapping[str, tuple[float, float]]
    thresholds: Mapping[str, float]

    def tag(self, texts: Sequence[str], *, reasons: bool = True) -> list[Tagging]:
        """Calibrated probabilities of every tag for each text, the tags above threshold, and why."""
        windows = [windows_of(text) for text in texts]
        flat = [text[start:end] for text, spans in zip(texts, windows, strict=True) for start, end in spans]
        values = self._probabilities(flat)
        owner = np.repeat(np.arange(len(texts)), [len(spans) for spans in windows])
        taggings = []
        for number, text in enumerate(texts):
            pooled = {label: float(values[label][owner == number].max()) for label in self.classifiers}
            tags = tuple(label for label, p in pooled.items() if p >= self.thresholds[label])
            why = self._reasons(text, tags) if reasons and tags else {}
            taggings.append(Tagging(pooled, tags, why, self.version))
        return taggings

    def decision_values(self, texts: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        """Log-odds before calibration, by tag, one a text."""
        matrix = self.features.transform(folded(texts))
        return {label: model.decision_function(matrix) for label, model in self.classifiers.items()}

    def _probabilities(self, texts: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        return {
            label: platt(values, self.calibration[label])
            for label, values in self.decision_values(texts).items()
        }

    def _reasons(self, text: str, tags: Sequence[str]) -> dict[str, tuple[Reason, ...]]:
        """The words whose removal lowers a tag's log-odds most (occlusion, Zeiler & Fergus 2014)."""
        words = [match.span() for match in _WORD.finditer(text)]
        if len(words) < 2:
            return {label: tuple(Reason(s, e, 1.0) for s, e in words) for label in tags}
        without = [text[:start] + text[end:] for start, end in words]
        values = self.decision_values([text, *without])
        found = {}
        for label in tags:
            drops = values[label][0] - values[label][1:]
            best = sorted(np.argsort(-drops)[:MOST_REASONS])
            found[label] = tuple(Reason(*words[i], round(float(drops[i]), 4)) for i in best if drops[i] > 0)
        return found


def platt(values: NDArray[np.float64], calibration: tuple[float, float]) -> NDArray[np.float64]:
    """Decision values as probabilities (Platt 1999)."""
    slope, intercept = calibration
    return np.asarray(1 / (1 + np.exp(-(slope * values + intercept))))


def windows_of(text: str) -> list[tuple[int, int]]:
    """The half-open stretches of a text that are read one by one: the whole where it is short enough."""
    words = [match.span() for match in _WORD.finditer(text)]
    if len(words) <= WINDOW_WORDS:
        return [(0, len(text))]
    starts = range(0, len(words) - WINDOW_WORDS + WINDOW_STEP, WINDOW_STEP)
    return [(words[i][0], words[min(i + WINDOW_WORDS, len(words)) - 1][1]) for i in starts]
