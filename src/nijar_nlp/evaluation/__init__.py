"""Predictions and gold into scores, and scores into a verdict."""

from nijar_nlp.evaluation.beside import PLACES, placed, plain_tfidf
from nijar_nlp.evaluation.comparing import paired
from nijar_nlp.evaluation.drifting import LEAST_BEFORE, LEAST_NOW, Look, Moved, moved
from nijar_nlp.evaluation.gate import Bounds, Contest, Verdict, contradictions, judge
from nijar_nlp.evaluation.scoring import (
    KEYWORDS,
    Scored,
    calibration_error,
    keyword_search,
    precision_recall,
    reliability,
    scores,
)

__all__ = [
    "KEYWORDS",
    "LEAST_BEFORE",
    "LEAST_NOW",
    "PLACES",
    "Bounds",
    "Contest",
    "Look",
    "Moved",
    "Scored",
    "Verdict",
    "calibration_error",
    "contradictions",
    "judge",
    "keyword_search",
    "moved",
    "paired",
    "placed",
    "plain_tfidf",
    "precision_recall",
    "reliability",
    "scores",
]
