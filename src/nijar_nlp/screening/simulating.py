"""A labelled set screened as if nobody knew its labels: into the order in which its records are read."""

from collections.abc import Sequence

import numpy as np

from nijar_nlp.screening.learner import Learner
from nijar_nlp.screening.strategies import STRATEGIES, Unread

# Records between two fits: each of the first, then more as one record teaches less.
_OFTEN = 100
_SHARE = 0.01


def simulate(
    learner: Learner,
    relevant: Sequence[bool],
    known: Sequence[int],
    *,
    strategy: str = "probability",
    groups: Sequence[str] | None = None,
    seed: int = 0,
) -> list[int]:
    """The positions of all records but those `known` beforehand, in the order in which they are read.

    A record's label is looked at only once it was read. With no relevant one among the known, and nothing
    known beforehand by a model, reading begins at random. `strategy` is one of STRATEGIES.
    """
    random, dice = np.random.default_rng(seed), np.random.default_rng((seed, 1))
    read, order = list(known), list[int]()
    unread = np.setdiff1d(np.arange(len(relevant)), known)
    while len(unread):
        scores = learner.scores(read, [relevant[i] for i in read])[unread]
        if not scores.any() and strategy == "probability":
            scores = random.random(len(unread))
        names = [groups[i] for i in unread] if groups else [""] * len(unread)
        drawn = Unread(scores, names, dice.random((len(unread), 2)))
        chosen = STRATEGIES[strategy](drawn)[: _batch(len(read))]
        order += unread[chosen].tolist()
        read += unread[chosen].tolist()
        unread = np.delete(unread, chosen)
    return order


def _batch(n_read: int) -> int:
    return 1 if n_read < _OFTEN else 1 + int(_SHARE * n_read)
