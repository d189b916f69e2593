"""A random sample that no model has a say in, into the recall of what was tagged."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

# Changed, it draws another sample.
_SALT = "audit 1"
_STEPS = 2**32


class Recall(NamedTuple):
    """Of `present` passages that carry a tag by people's word, the model tagged `tagged`; 95 % interval."""

    part: str
    tag: str
    present: int
    tagged: int
    low: float
    high: float


def in_audit(passage_id: str, share: float) -> bool:
    """Whether a passage belongs to the sample: by a hash of its id alone, so that nothing else has a say."""
    digest = hashlib.sha256(f"{_SALT} {passage_id}".encode()).hexdigest()
    return int(digest[:8], 16) < share * _STEPS


def recall(part: str, tag: str, tagged: Iterable[bool]) -> Recall:
    """The recall of one tag in one part: `tagged` says of each passage that carries it whether it was tagged.

    The interval is Clopper and Pearson's, exact for small numbers.
    """
    from scipy.stats import beta  # takes a second, which a run with nothing to count need not wait for

    said = list(tagged)
    n, k = len(said), sum(said)
    low = float(beta.ppf(0.025, k, n - k + 1)) if k else 0.0
    high = float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0
    return Recall(part, tag, n, k, low, high)
