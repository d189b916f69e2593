"""An article's texts into the long forms of its short acronyms, and whether an acronym can mean an actor."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from nijar_nlp.mentions.words import fold, word_set
from nijar_nlp.records import Actor

# By acronym, what an article spells it out as.
LongForms = Mapping[str, frozenset[str]]
# An acronym of up to so many letters stands for many bodies.
_SHORT = 4
_IN_BRACKETS = re.compile(r"\(\s?(?:the |l['’])?([A-Z]{2,4})\s?[),;]")
# "(Comité d'action pour le renouveau, CAR)": the acronym of a name within the same brackets.
_WITHIN = re.compile(r"\(([^()]{6,140}),\s([A-Z]{2,4})\s?\)")
# A long form has at most so many words, in so many characters.
_MOST_WORDS, _REACH = 12, 140
_SMALL = word_set("of the for and in to at by al de du des la le les l d et pour en au aux sur")
# Of the words of two long forms so many begin alike where both name one body.
_ALIKE, _BEGINNING = 0.5, 4


def spelt_out(texts: Iterable[str]) -> LongForms:
    """The long forms of each acronym of two to four letters that stands in brackets behind one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        for acronym, words in _spelt_out(text):
            found[acronym].add(words)
    return {acronym: frozenset(forms) for acronym, forms in found.items()}


def _spelt_out(text: str) -> Iterator[tuple[str, str]]:
    """The short acronyms in brackets behind words that begin with their letters."""
    told = [(m[1], text[max(0, m.start() - _REACH) : m.start()]) for m in _IN_BRACKETS.finditer(text)]
    told += ((m[2], m[1]) for m in _WITHIN.finditer(text))
    for acronym, before in told:
        words = re.findall(r"\w+", before)[-_MOST_WORDS:]
        for first in range(len(words) - 2, -1, -1):
            letters = "".join(word[0] for word in words[first:] if fold(word) not in _SMALL)
            if fold(words[first]) not in _SMALL and fold(letters) == acronym.lower():
                yield acronym, " ".join(words[first:])
                break


def agrees(written: str, actor: Actor, long_forms: LongForms) -> bool:
    """Whether a short acronym may mean the actor: the article spells it out likewise once, or never."""
    forms = long_forms.get(written) if len(written) <= _SHORT else None
    if not forms:
        return True
    names = [actor.name, *(alias for aliases in actor.aliases.values() for alias in aliases)]
    beginnings = [_beginnings(name) for name in names]
    wanted = [_beginnings(form) for form in forms]
    return any(len(form & name) >= _ALIKE * len(form) for form in wanted for name in beginnings)


def _beginnings(name: str) -> set[str]:
    return {fold(word)[:_BEGINNING] for word in re.findall(r"\w+", name)} - _SMALL
