"""A text beside the words of the known cases: their terms and places in it, and how alike the wording is."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nijar_nlp.folding import fold
from nijar_nlp.records import KnownCase

_EXACT_TERM, _SCATTERED_TERM = 0.7, 0.3
_SMALL_WORDS = frozenset(
    fold("a and au aux avec by de des du en et in la le les of on par the to with").split()
)
_STEM = 6  # letters by which forms of a word are held for one
_MANY_WORDS = 14.0  # inverse document frequencies of the case's words in a text from which more add nothing


@dataclass(frozen=True, slots=True)
class Echo:
    """What of the known cases a text echoes: terms (how fully), places (folded), and wording by case id.

    `likeness` leaves out the cases whose words the text has none of.
    """

    terms: Mapping[str, float]
    places: frozenset[str]
    likeness: Mapping[str, float]


class CaseWords:
    """The words of the known cases, indexed so that a text is looked at once for all of them."""

    def __init__(self, known: Sequence[KnownCase]) -> None:
        self.terms = {case.id: tuple(fold(term) for term in case.terms) for case in known}
        self.places = {case.id: {fold(place): place for place in case.places} for case in known}
        self._stems = _telling_stems(known)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        for term in {term for terms in self.terms.values() for term in terms}:
            if words := _telling_words(term):
                self._by_word[max(words, key=lambda word: (len(word), word))].add(term)
        self._all_places = frozenset(place for places in self.places.values() for place in places)
        self._arabic = sorted(term for terms in self.terms.values() for term in terms if not term.isascii())
        self._echoes: dict[str, Echo] = {}

    def echo(self, text: str) -> Echo:
        """What of the known cases a text echoes."""
        if text not in self._echoes:
            self._echoes[text] = self._listen(fold(text))
        return self._echoes[text]

    def _listen(self, folded: str) -> Echo:
        words, padded = frozenset(folded.split()), f" {folded} "
        stems = _stems(words)
        shared = {identity: stems & own.keys() for identity, own in self._stems.items()}
        near = {term for word in words & self._by_word.keys() for term in self._by_word[word]}
        if not folded.isascii():
            near.update(self._arabic)
        terms = {term: _presence(term, folded, words) for term in sorted(near)}
        return Echo(
            terms={term: value for term, value in terms.items() if value},
            places=frozenset(place for place in self._all_places if f" {place} " in padded),
            likeness={
                identity: min(1.0, math.fsum(self._stems[identity][stem] for stem in own) / _MANY_WORDS)
                for identity, own in shared.items()
                if own
            },
        )


def _presence(term: str, folded: str, words: frozenset[str]) -> float:
    """How present a term is: word for word (within a word in Arabic), or with all its words somewhere."""
    if f" {term} " in f" {folded} " or (not term.isascii() and term in folded):
        return _EXACT_TERM
    telling = _telling_words(term)
    return _SCATTERED_TERM if len(telling) > 1 and words.issuperset(telling) else 0.0


@lru_cache(maxsize=4096)
def _telling_words(term: str) -> tuple[str, ...]:
    return tuple(word for word in term.split() if word not in _SMALL_WORDS)


def _telling_stems(known: Sequence[KnownCase]) -> dict[str, dict[str, float]]:
    """By case, the stems of its title, summary, outcome and terms, with how rare each is among the cases."""
    stems = {
        case.id: _stems(fold(" ".join((case.title, case.summary, case.outcome, *case.terms))).split())
        for case in known
    }
    frequency = Counter(stem for own in stems.values() for stem in own)
    return {
        identity: {stem: math.log(len(stems) / frequency[stem]) for stem in own}
        for identity, own in stems.items()
    }


def _stems(words: Iterable[str]) -> set[str]:
    return {word[:_STEM] for word in words if len(word) > 3}
