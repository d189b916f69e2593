"""Predictions and gold into scores, with what a keyword search would have got beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve, precision_recall_fscore_support

from nijar_nlp.evaluation.drawing import average_precisions, draws

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
# A register with fewer passages says nothing.
LEAST_PART = 40
RECALL = 0.95


@dataclass(frozen=True)
class Scored:
    """A gold passage with what the model said of it.

    `known` are the tags decided, none for all; `plain` is what plain TF-IDF said, where it was asked.
    """

    text: str
    language: str
    tags: Sequence[str]
    probabilities: Mapping[str, float]
    predicted: Sequence[str]
    register: str = ""
    known: Sequence[str] = ()
    plain: Mapping[str, float] | None = None


def scores(passages: Sequence[Scored], labels: Sequence[str], *, seed: int = 0) -> pd.DataFrame:
    """One row a tag, for all passages, for each language and for each register of text with enough of them.

    Columns: average precision with its 95 % bootstrap interval over passages, precision at 95 % recall,
    precision, recall and F1 at the model's thresholds, expected calibration error over ten equal bins
    (Naeini et al. 2015), the precision and recall of a keyword search, and the average precision of plain
    TF-IDF where it was asked of every passage.
    """
    parts = [("all", list(passages))]
    for kind in ("language", "register"):
        for value in sorted({getattr(p, kind) for p in passages} - {""}):
            part = [p for p in passages if getattr(p, kind) == value]
            if kind == "language" or len(part) >= LEAST_PART:
                parts.append((value, part))
    rows = [_row(name, part, label, seed) for name, part in parts for label in labels]
    return pd.DataFrame([row for row in rows if row])


def precision_recall(passages: Sequence[Scored], labels: Sequence[str]) -> pd.DataFrame:
    """The precision-recall curve of every tag: columns tag, recall, precision."""
    frames = []
    for label in labels:
        truth, probability = _arrays(passages, label)
        precision, recall, _ = precision_recall_curve(truth, probability)
        frames.append(pd.DataFrame({"tag": label, "recall": recall, "precision": precision}))
    return pd.concat(frames, ignore_index=True)


def reliability(passages: Sequence[Scored], labels: Sequence[str]) -> pd.DataFrame:
    """Stated against true frequency in ten equal bins: columns tag, stated, true, passages."""
    rows = []
    for label in labels:
        truth, probability = _arrays(passages, label)
        place = np.minimum((probability * BINS).astype(int), BINS - 1)
        rows += [
            {
                "tag": label,
                "stated": probability[place == b].mean(),
                "true": truth[place == b].mean(),
                "passages": int((place == b).sum()),
            }
            for b in range(BINS)
            if (place == b).any()
        ]
    return pd.DataFrame(rows)


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
    truth, probability = _arrays(passages, label)
    if truth.sum() < 2 or truth.all():
        return {}
    predicted = np.array([label in p.predicted for p in passages])
    precision, recall, _ = precision_recall_curve(truth, probability)
    low, high = _interval(truth, probability, seed)
    at_threshold = precision_recall_fscore_support(truth, predicted, average="binary", zero_division=0)
    search = np.array([keyword_search(p.text, label) for p in passages])
    by_search = precision_recall_fscore_support(truth, search, average="binary", zero_division=0)
    plain = [p.plain[label] for p in passages if p.plain]
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
    } | (
        {"tfidf_average_precision": float(average_precision_score(truth, plain))}
        if len(plain) == len(passages)
        else {}
    )


def _arrays(passages: Sequence[Scored], label: str) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    truth = np.array([label in passage.tags for passage in passages])
    return truth, np.array([passage.probabilities[label] for passage in passages])


def _interval(truth: NDArray[np.bool_], probability: NDArray[np.float64], seed: int) -> tuple[float, float]:
    times = draws(len(truth), DRAWS, seed)
    low, high = np.percentile(average_precisions(truth, probability, times[times @ truth > 0]), [2.5, 97.5])
    return float(low), float(high)
