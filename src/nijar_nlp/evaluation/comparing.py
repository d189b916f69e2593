"""Two models' predictions on the same passages into their difference, with its interval."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nijar_nlp.evaluation.drawing import average_precisions, draws
from nijar_nlp.evaluation.scoring import Scored

DRAWS = 1000
# The ends of a 90 % interval: its lower one is the bound of a one-sided test at 5 %.
ENDS = (5.0, 95.0)
MEASURES = ("average_precision", "f2")
# F-beta with recall twice as important as precision (van Rijsbergen 1979): thresholds are set for recall
# first, and a measure that weighs both alike would refuse a model for finding more.
BETA = 2.0

_Weights = NDArray[np.float64]


def paired(
    champion: Sequence[Scored],
    challenger: Sequence[Scored],
    labels: Sequence[str],
    groups: Sequence[str],
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """Challenger less champion, for each tag and their mean, by average precision and F2 at thresholds.

    Both sequences hold the same passages in the same order; what shares a group (a document, copies) is drawn
    together. Columns: tag, measure, passages, champion, challenger, difference, low, high.
    """
    names, place = np.unique(np.asarray(groups), return_inverse=True)
    weights = np.vstack([np.ones(len(place)), draws(len(names), DRAWS, seed)[:, place]])
    rows = []
    for measure in MEASURES:
        tables = []
        for label in labels:
            known = np.array([label in (p.known or labels) for p in champion])
            if not any(label in p.tags for p in champion):
                continue
            pair = [_measured(measure, model, label, weights * known) for model in (champion, challenger)]
            tables.append(pair)
            rows.append(_row(label, measure, int(known.sum()), *pair))
        if tables:
            mean = np.mean(np.array(tables), axis=0)
            rows.append(_row("mean", measure, len(champion), mean[0], mean[1]))
    return pd.DataFrame(rows)


def _row(tag: str, measure: str, passages: int, one: _Weights, other: _Weights) -> dict[str, object]:
    """The first entry is the measured value, the others are the draws."""
    difference = other - one
    low, high = np.percentile(difference[1:], ENDS)
    return {
        "tag": tag,
        "measure": measure,
        "passages": passages,
        "champion": float(one[0]),
        "challenger": float(other[0]),
        "difference": float(difference[0]),
        "low": float(low),
        "high": float(high),
    }


def _measured(measure: str, model: Sequence[Scored], label: str, weights: _Weights) -> _Weights:
    truth = np.array([label in p.tags for p in model])
    if measure == "f2":
        given = np.array([label in p.predicted for p in model])
        hits = weights[:, truth & given].sum(axis=1)
        total = BETA**2 * weights[:, truth].sum(axis=1) + weights[:, given].sum(axis=1)
        return np.asarray((1 + BETA**2) * hits / np.maximum(total, 1e-9))
    return average_precisions(truth, np.array([p.probabilities[label] for p in model]), weights)
