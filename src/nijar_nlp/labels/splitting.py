"""Examples into those to learn from and those that no training ever touches."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nijar_nlp.records import Example

# One document in so many is locked, for good: the choice depends on its id alone.
LOCKED_ONE_IN = 4
# What is for measuring only, and what is for learning only; all else is divided.
MEASURED, LEARNED = "field", "gold"


@dataclass(frozen=True)
class Split:
    """Examples to learn from, oldest first; those that are locked; the group of each by id.

    Passages of one document, and copies of each other, share a group. `left_out` are the ids of seed passages
    that are copies of locked ones and must not be learned from.
    """

    learn: tuple[Example, ...]
    locked: tuple[Example, ...]
    groups: Mapping[str, str]
    left_out: frozenset[str]


def split(examples: Sequence[Example], seed_ids: Sequence[str], copies: Mapping[str, str]) -> Split:
    """Split by group. `copies` leads from each copy to its original, over examples and seed.

    Examples whose source is MEASURED are locked, those that are LEARNED are not, of all others one
    document in LOCKED_ONE_IN is. A group that holds one that is locked is locked as a whole, so that what
    was locked once stays so when a copy of it comes in later.
    """
    groups = _groups(examples, copies)
    locked_groups = {groups[e.id] for e in examples if _is_locked(e)}
    locked = tuple(e for e in examples if groups[e.id] in locked_groups)
    learn = tuple(e for e in examples if groups[e.id] not in locked_groups)
    return Split(
        learn=tuple(sorted(learn, key=lambda e: (e.at, e.id))),
        locked=locked,
        groups=groups,
        left_out=frozenset(i for i in seed_ids if groups.get(i, i) in locked_groups),
    )


def _is_locked(example: Example) -> bool:
    if example.source in (MEASURED, LEARNED):
        return example.source == MEASURED
    document = (example.document or example.id).encode()
    return int(hashlib.sha256(document).hexdigest()[:8], 16) % LOCKED_ONE_IN == 0


def _groups(examples: Sequence[Example], copies: Mapping[str, str]) -> dict[str, str]:
    """By id of example or copy, the name of its group: the smallest of the ids that hang together."""
    roots: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := roots.setdefault(name, name)) != name:
            roots[name] = name = roots[above]
        return name

    links = [*copies.items(), *((e.id, f"document {e.document}" if e.document else e.id) for e in examples)]
    for one, other in links:
        low, high = sorted((root(one), root(other)))
        roots[high] = low
    return {name: root(name) for name in list(roots)}
