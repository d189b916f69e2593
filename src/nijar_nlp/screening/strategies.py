"""What is known of unread records into the order in which to read them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# The share of records that are drawn at random where reading is mixed.
RANDOM_SHARE = 0.1


@dataclass(frozen=True)
class Unread:
    """Records to choose from: scores that rank (0 is in doubt), a group each (a conflict), and dice.

    The dice are two numbers from 0 to 1 for each record: its place where all are drawn at random, and whether
    a place that is due to it goes to one drawn at random.
    """

    scores: NDArray[np.float64]
    groups: Sequence[str]
    dice: NDArray[np.float64]


def probability(unread: Unread) -> NDArray[np.int_]:
    """The likeliest first."""
    return np.argsort(-unread.scores, kind="stable")


def uncertainty(unread: Unread) -> NDArray[np.int_]:
    """The most doubtful first: near a threshold a decision teaches most."""
    return np.argsort(np.abs(unread.scores), kind="stable")


def mixed(unread: Unread) -> NDArray[np.int_]:
    """The likeliest first, but RANDOM_SHARE of them drawn at random: what the model does not think of.

    Dice decide at each place, so that a reader who asks anew after every record meets as many. They are those
    of the likeliest record left, so that where others come or go it is still the same that are drawn.
    """
    drawn = iter(chance(unread).tolist())
    mix: dict[int, None] = {}
    for likeliest in probability(unread).tolist():
        dice = unread.dice[likeliest, 1]
        while likeliest not in mix:
            at_random = dice < RANDOM_SHARE
            mix[next(one for one in drawn if one not in mix) if at_random else likeliest] = None
            dice /= RANDOM_SHARE  # what was below the share is spread over 0 to 1 again
    return np.array(list(mix), dtype=int)


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
    return np.argsort(unread.dice[:, 0])


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


def places(strategy: str, unread: Unread) -> NDArray[np.int_]:
    """The place of each record, from 0, in the order of one of STRATEGIES."""
    return np.argsort(STRATEGIES[strategy](unread))
