"""Predictions and gold into scores, and scores into a verdict."""

from nijar_nlp.evaluation.comparing import paired
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
    "Bounds",
    "Contest",
    "Scored",
    "Verdict",
    "calibration_error",
    "contradictions",
    "judge",
    "keyword_search",
    "paired",
    "precision_recall",
    "reliability",
    "scores",
]
