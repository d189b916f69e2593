"""Passages into bootstrap draws of them, and average precision over many draws at once."""

import numpy as np
from numpy.typing import NDArray


def draws(n: int, times: int, seed: int) -> NDArray[np.float64]:
    """How often each of n things is drawn, n with replacement: one row a draw."""
    random = np.random.default_rng(seed)
    return random.multinomial(n, np.full(n, 1 / n), size=times).astype(float)


def average_precisions(
    truth: NDArray[np.bool_], probability: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """scikit-learn's average precision for each row of weights; equal probabilities are one step."""
    order = np.argsort(-probability, kind="stable")
    falling = -probability[order]
    last = np.searchsorted(falling, falling, side="right") - 1
    weighted, right = weights[:, order], truth[order]
    true = (weighted * right).cumsum(axis=1)
    precision = (true / np.maximum(weighted.cumsum(axis=1), 1e-9))[:, last]
    return np.asarray((precision * weighted * right).sum(axis=1) / np.maximum(true[:, -1], 1e-9))
