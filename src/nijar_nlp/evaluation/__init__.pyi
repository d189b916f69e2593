from .beside import PLACES, placed, plain_tfidf
from .comparing import paired
from .drifting import LEAST_BEFORE, LEAST_NOW, Look, Moved, moved
from .gate import Bounds, Contest, Verdict, contradictions, judge
from .scoring import (
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
