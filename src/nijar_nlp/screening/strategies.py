"""What is known of unread records into the order in which to read them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# One record in so many is drawn at random where reading is mixed.
MIXED_ONE_IN = 10


@dataclass(frozen=True)
class Unread:
    """Records to choose from: scores that rank (0 is in doubt), a group each (a conflict), and dice."""

    scores: NDArray[np.float64]
    groups: Sequence[str]
    random: np.random.Generator


def probability(unread: Unread) -> NDArray[np.int_]:
    """The likeliest first."""
    return np.argsort(-unread.scores, kind="stable")


def uncertainty(unread: Unread) -> NDArray[np.int_]:
    """The most doubtful first: near a threshold a decision teaches most."""
    return np.argsort(np.abs(unread.scores), kind="stable")


def mixed(unread: Unread) -> NDArray[np.int_]:
    """The likeliest first, with one in MIXED_ONE_IN drawn at random: what the model does not think of."""
    order = probability(unread).tolist()
    drawn = unread.random.permutation(len(order)).tolist()
    mix, seen = list[int](), set[int]()
    while len(mix) < len(unread.scores):
        source = drawn if len(mix) % MIXED_ONE_IN == MIXED_ONE_IN - 1 else order
        while (one := source.pop(0)) in seen:
            pass
        seen.add(one)
        mix.append(one)
    return np.array(mix, dtype=int)


def diverse(unread: Unread) -> NDArray[np.int_]:
    """The likeliest of each group in turn, so that one conflict does not take the queue over."""
    order = probability(unread)
    turn: dict[str, int] = {}
    place = np.empty(len(order), dtype=int)
    for one in order.tolist():
        place[one] = turn[unread.groups[one]] = turn.get(unread.groups[one], -1) + 1
    return order[np.argsort(place[order], kind="stable")]


def chance(unread: Unread) -> NDArray[np.int_]:
    """At random: what reading without a model brings."""
    return unread.random.permutation(len(unread.scores))


def as_listed(unread: Unread) -> NDArray[np.int_]:
    """In the order of the records: by time, where they are sorted so."""
    return np.arange(len(unread.scores))


STRATEGIES: Mapping[str, Callable[[Unread], NDArray[np.int_]]] = {
    "probability": probability,
    "uncertainty": uncertainty,
    "mixed": mixed,
    "diverse": diverse,
    "random": chance,
    "as_listed": as_listed,
}
