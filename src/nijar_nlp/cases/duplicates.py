"""Texts into copies and their originals."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from datasketch import MinHash

from nijar_nlp.folding import fold

_WORDS = 3  # words a shingle: an edited word then costs three shingles
_BANDS, _ROWS = 16, 4  # two texts of likeness s share a band with probability 1 - (1 - s⁴)¹⁶: .9 at .6
_MEET = 8  # in a band each text meets so many next to it
_LIKE = 26  # of the 64 numbers of two sketches agree; of copies 38 in the mean, below 26 one in a thousand
_COPY = 0.6  # independent reports of one event lie below .2, wire copies with a changed lead above .6
_LEAST_WORDS = 12  # shorter texts (headings, table cells) are copies only where they are equal


def near_duplicates(texts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Copy id → id of the first text it copies, for (id, text) pairs with their originals first.

    Which texts belong together does not depend on the order; the original is the earliest of them in it.
    Texts whose numerals mostly differ are no copies: a monthly bulletin repeats its sentences.
    """
    roots = list(range(len(texts)))
    for one, other in _similar([text for _, text in texts]):
        low, high = sorted((_root(roots, one), _root(roots, other)))
        if low != high and _is_copy(texts[one][1], texts[other][1]):
            roots[high] = low
    found = ((texts[i][0], texts[_root(roots, i)][0]) for i in range(len(texts)))
    return {copy: original for copy, original in found if copy != original}


def _is_copy(one: str, other: str) -> bool:
    return _jaccard(_shingles(one), _shingles(other)) >= _COPY and _agree(_numerals(one), _numerals(other))


def _numerals(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if word.isdigit())


def _shingles(text: str) -> frozenset[str]:
    words = fold(text).split()
    if len(words) < _LEAST_WORDS:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(" ".join(words[i : i + _WORDS]) for i in range(len(words) - _WORDS + 1))


def _similar(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs worth an exact look: equal texts, and those that share a band and much of their sketches.

    In a band that many share each meets those next to it in the order of their texts, so that the cost grows
    with the number of texts.
    """
    ordered = sorted(range(len(texts)), key=lambda number: (texts[number], number))
    sketches = np.zeros((len(texts), _BANDS, _ROWS), dtype=np.uint64)
    sketched: list[int] = []
    sketch = MinHash(num_perm=_BANDS * _ROWS, seed=1)
    for place, number in enumerate(ordered):
        if place and texts[number] == texts[ordered[place - 1]]:
            yield ordered[place - 1], number
        elif own := _shingles(texts[number]):
            sketch.clear()
            sketch.update_batch([shingle.encode() for shingle in sorted(own)])
            sketches[number] = sketch.hashvalues.reshape(_BANDS, _ROWS)
            sketched.append(number)
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for number in sketched:
            buckets[sketches[number, band].tobytes()].append(number)
        for alike in buckets.values():
            for place, one in enumerate(alike):
                for other in alike[place + 1 : place + 1 + _MEET]:
                    if np.count_nonzero(sketches[one] == sketches[other]) >= _LIKE:
                        yield one, other


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return not (one and other) or _jaccard(one, other) >= 0.5


def _root(roots: list[int], node: int) -> int:
    while roots[node] != node:
        roots[node] = node = roots[roots[node]]
    return node
