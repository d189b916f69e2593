"""Texts into named entities by spaCy's pipelines, each stripped to what its entity recogniser needs."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import spacy
import spacy.util
from spacy.language import Language
from spacy.lookups import Lookups

from nijar_nlp.mentions.casing import in_capitals, recased
from nijar_nlp.mentions.versions import installed

_UNUSED = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")
_BATCH = 64
_TYPES = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG",
    "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "NORP",
}  # fmt: skip


class Entity(NamedTuple):
    """A stretch that a pipeline holds for a name; its type is PERSON, ORG, PLACE or NORP (a people)."""

    start: int
    end: int
    type: str


def _listens(nlp: Any) -> bool:
    return any(node.name.endswith("-listener") for node in nlp.get_pipe("ner").model.walk())


def load(name: str) -> Language:
    """A pipeline with its entity recogniser alone; the shared vectors stay only where it listens to them."""
    nlp = spacy.load(name, exclude=list(_UNUSED))
    if "tok2vec" in nlp.pipe_names and not _listens(nlp):
        nlp.remove_pipe("tok2vec")
    return nlp


def common_words(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns and the other words of a pipeline's lemma table; none where it has no such table."""
    nouns: set[str] = set()
    others: set[str] = set()
    for folder in spacy.util.get_package_path(name).glob("*/lemmatizer/lookups"):
        lookups = Lookups().from_disk(folder)
        if lookups.has_table("lemma_index"):
            table = lookups.get_table("lemma_index")
            nouns.update(table.get("noun", ()))
            for kind in ("verb", "adj", "adv"):
                others.update(table.get(kind, ()))
    return frozenset(nouns), frozenset(others)


class Pipelines:
    """The pipelines of the languages that have one."""

    def __init__(self, packages: Mapping[str, str]) -> None:
        self._packages = installed(packages)
        self._loading = threading.Lock()  # two threads that ask at once would both load it
        self._loaded: dict[str, Language] = {}
        self._common: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def readable(self, language: str, text: str, is_name: Callable[[str, bool], bool]) -> str:
        """The text, with capitals for names alone where it is set in capitals; its offsets stay.

        A word of the dictionary counts as a name where `is_name` says so of it and of its being a mere noun.
        """
        if language not in self._packages or not in_capitals(text):
            return text
        if language not in self._common:
            self._common[language] = common_words(self._packages[language])
        nouns, others = self._common[language]
        if not nouns:
            return text
        known = nouns | others
        return recased(text, lambda word: word in known and not is_name(word, word not in others))

    def entities(self, language: str, texts: Sequence[str]) -> list[list[Entity]]:
        """The entities of each text, in order; none for a language without a pipeline."""
        if language not in self._packages or not texts:
            return [[] for _ in texts]
        with self._loading:
            if language not in self._loaded:
                self._loaded[language] = load(self._packages[language])
        return [list(_entities(doc.ents)) for doc in self._loaded[language].pipe(texts, batch_size=_BATCH)]


def _entities(spans: Iterable[Any]) -> Iterable[Entity]:
    for span in spans:
        if span.label_ in _TYPES:
            yield Entity(span.start_char, span.end_char, _TYPES[span.label_])
