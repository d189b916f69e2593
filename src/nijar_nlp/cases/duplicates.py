"""Texts into copies and their originals."""

from collections.abc import Sequence

from datasketch import MinHash, MinHashLSH

from nijar_nlp.folding import fold

_WORDS = 3  # words a shingle: an edited word then costs three shingles
_PERMUTATIONS = 64
_LSH_JACCARD = 0.5  # below _COPY, so that MinHash's error misses few copies
_COPY = 0.6  # independent reports of one event lie below .2, wire copies with a changed lead above .6
_LEAST_WORDS = 12  # shorter texts (headings, table cells) are copies only where they are equal


def near_duplicates(texts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Copy id → id of the first text it copies, for (id, text) pairs with their originals first.

    Which texts belong together does not depend on the order; the original is the earliest of them in it.
    Texts whose numerals mostly differ are no copies: a monthly bulletin repeats its sentences.
    """
    shingles = [_shingles(text) for _, text in texts]
    numerals = [frozenset(word for word in fold(text).split() if word.isdigit()) for _, text in texts]
    roots = list(range(len(texts)))
    for one, other in _similar(shingles):
        if _jaccard(shingles[one], shingles[other]) >= _COPY and _agree(numerals[one], numerals[other]):
            low, high = sorted((_root(roots, one), _root(roots, other)))
            roots[high] = low
    found = ((texts[i][0], texts[_root(roots, i)][0]) for i in range(len(texts)))
    return {copy: original for copy, original in found if copy != original}


def _shingles(text: str) -> frozenset[str]:
    words = fold(text).split()
    if len(words) < _LEAST_WORDS:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(" ".join(words[i : i + _WORDS]) for i in range(len(words) - _WORDS + 1))


def _similar(shingles: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Pairs worth an exact look: each text with one of the same shingles, and with its LSH neighbours."""
    lsh = MinHashLSH(threshold=_LSH_JACCARD, num_perm=_PERMUTATIONS)
    firsts: dict[frozenset[str], int] = {}
    pairs: list[tuple[int, int]] = []
    for number, own in enumerate(shingles):
        first = firsts.setdefault(own, number)
        if not own:
            continue
        if first != number:
            pairs.append((first, number))
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
        sketch.update_batch([shingle.encode() for shingle in sorted(own)])
        pairs += ((other, number) for other in sorted(lsh.query(sketch)))
        lsh.insert(number, sketch)
    return pairs


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return not (one and other) or _jaccard(one, other) >= 0.5


def _root(roots: list[int], node: int) -> int:
    while roots[node] != node:
        roots[node] = node = roots[roots[node]]
    return node
