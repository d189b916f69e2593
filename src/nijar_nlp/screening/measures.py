"""The order in which records were read into how soon the relevant ones were found."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray


def recall_curve(found: Sequence[bool]) -> NDArray[np.float64]:
    """The share of relevant records found after each record read; `found` says of each whether it was one."""
    hits = np.cumsum(np.asarray(found, dtype=float))
    return np.asarray(hits / hits[-1])


def work_saved(found: Sequence[bool], recall: float = 0.95) -> float:
    """Work saved over sampling at a recall (WSS, Cohen et al. 2006): the recall less the share read for it.

    Random reading has 0 by expectation; what could be had at most is the recall less the share of relevant.
    """
    hits = np.cumsum(np.asarray(found, dtype=int))
    needed = ceil(recall * hits[-1] - 1e-9)
    return float(recall - (int(np.argmax(hits >= needed)) + 1) / len(hits))


def time_to_discovery(found: Sequence[bool]) -> float:
    """The average share of records read when a relevant one is found (ATD; Ferdinands et al. 2023)."""
    places = np.flatnonzero(np.asarray(found)) + 1
    return float(places.mean() / len(found))
