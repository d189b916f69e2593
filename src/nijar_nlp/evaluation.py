"""Predictions and gold into scores, with what a keyword search would have got beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve, precision_recall_fscore_support

# What an analyst would type into a search box, in three languages.
_HELD = r"hostage|abduct|kidnap|captiv|otage|enlev|enlèv|kidnapp|captif|رهائن|رهينة|مختطف|مخطوف|أسير"
_FREED = r"releas|free[ds]?\b|ransom|swap|exchang|libér|relâch|rançon|échang|إفراج|أفرج|إطلاق سراح|فدية|تبادل"
_JAILED = r"prison|detain|detention|jail|inmate|détenu|emprisonn|سجين|سجناء|معتقل|أسرى|محتجز"
_TALK = (
    r"dialogue|negotiat|talks|mediat|ceasefire|cease-fire|truce|peace (?:deal|agreement|accord)|"
    r"cessez-le-feu|négoci|pourparlers|médiat|trêve|accord de paix|مفاوض|تفاوض|هدنة|حوار|وساط|وقف إطلاق"
)
_PARDON = r"pardon|amnest|grâci|amnisti|عفو"
KEYWORDS = {
    "dialogue": re.compile(_TALK, re.IGNORECASE),
    "prisoner_release": re.compile(
        rf"(?:{_JAILED}).*(?:{_FREED}|{_PARDON})|(?:{_FREED}|{_PARDON}).*(?:{_JAILED})",
        re.IGNORECASE | re.DOTALL,
    ),
    "hostage_exchange": re.compile(
        rf"(?:{_HELD}).*(?:{_FREED})|(?:{_FREED}).*(?:{_HELD})", re.IGNORECASE | re.DOTALL
    ),
}
DRAWS = 500
BINS = 10
RECALL = 0.95


@dataclass(frozen=True)
class Scored:
    """A gold passage with what the model said of it."""

    text: str
    language: str
    tags: Sequence[str]
    probabilities: Mapping[str, float]
    predicted: Sequence[str]


def scores(passages: Sequence[Scored], labels: Sequence[str], *, seed: int = 0) -> pd.DataFrame:
    """One row a tag, for all passages and for each language.

    Columns: average precision with its 95 % bootstrap interval over passages, precision at 95 % recall,
    precision, recall and F1 at the model's thresholds, expected calibration error over ten equal bins
    (Naeini et al. 2015), and the precision and recall of a keyword search.
    """
    parts = [("all", list(passages))]
    parts += [
        (code, [p for p in passages if p.language == code]) for code in sorted({p.language for p in passages})
    ]
    rows = [_row(name, part, label, seed) for name, part in parts for label in labels]
    return pd.DataFrame([row for row in rows if row])


def calibration_error(truth: NDArray[np.bool_], probability: NDArray[np.float64]) -> float:
    """Mean distance between stated and true frequency over ten equal bins, weighted by their size."""
    place = np.minimum((probability * BINS).astype(int), BINS - 1)
    gaps = [
        (place == b).mean() * abs(truth[place == b].mean() - probability[place == b].mean())
        for b in range(BINS)
        if (place == b).any()
    ]
    return float(sum(gaps))


def keyword_search(text: str, label: str) -> bool:
    """Whether a plain search for the tag's words finds the passage."""
    return bool(KEYWORDS[label].search(text))


def _row(part: str, passages: Sequence[Scored], label: str, seed: int) -> dict[str, object]:
    truth = np.array([label in p.tags for p in passages])
    if truth.sum() < 2 or truth.all():
        return {}
    probability = np.array([p.probabilities[label] for p in passages])
    predicted = np.array([label in p.predicted for p in passages])
    precision, recall, _ = precision_recall_curve(truth, probability)
    low, high = _interval(truth, probability, seed)
    at_threshold = precision_recall_fscore_support(truth, predicted, average="binary", zero_division=0)
    search = np.array([keyword_search(p.text, label) for p in passages])
    by_search = precision_recall_fscore_support(truth, search, average="binary", zero_division=0)
    return {
        "part": part,
        "tag": label,
        "passages": len(passages),
        "tagged": int(truth.sum()),
        "average_precision": float(average_precision_score(truth, probability)),
        "low": low,
        "high": high,
        "precision_at_recall_95": float(precision[recall >= RECALL].max()),
        "precision": float(at_threshold[0]),
        "recall": float(at_threshold[1]),
        "f1": float(at_threshold[2]),
        "calibration_error": calibration_error(truth, probability),
        "keyword_precision": float(by_search[0]),
        "keyword_recall": float(by_search[1]),
    }


def _interval(truth: NDArray[np.bool_], probability: NDArray[np.float64], seed: int) -> tuple[float, float]:
    random = np.random.default_rng(seed)
    draws = []
    for _ in range(DRAWS):
        pick = random.integers(0, len(truth), len(truth))
        if truth[pick].any():
            draws.append(average_precision_score(truth[pick], probability[pick]))
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)
