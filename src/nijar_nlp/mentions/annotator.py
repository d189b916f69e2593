"""Passages into mentions: the registers first, then patterns, then spaCy's entities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from nijar_nlp.mentions.actors import states
from nijar_nlp.mentions.context import Country, Entry, People, Setting
from nijar_nlp.mentions.country_names import countries, name_words
from nijar_nlp.mentions.names import NameIndex
from nijar_nlp.mentions.offices import Offices
from nijar_nlp.mentions.passage import Registers, read_passage
from nijar_nlp.mentions.pipelines import Pipelines
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.mentions.standing import Standings
from nijar_nlp.mentions.versions import missing, version_of
from nijar_nlp.peoples import peoples
from nijar_nlp.records import LANGUAGES, Actor, DateInterval, Mention, PlaceEntry

# A town of this size is named more often than a noun of the same letters, in persons.
_LARGE = 200_000


class Input(NamedTuple):
    """A passage to be annotated, and its language.

    `published` is when its article was (see `time_of_telling`), `long_forms` are its article's of short
    acronyms (see `spelt_out`), `country` is the one that the text around it speaks of (see `Surroundings`).
    """

    text: str
    language: str
    published: DateInterval | None = None
    long_forms: Mapping[str, frozenset[str]] = {}
    country: str = ""


class Annotator:
    """Finds mentions; `version` changes with the registers, the pipelines and this room.

    `missing` names the spaCy packages that are not installed: their languages are left to the registers.
    `states` are the register's, by country.
    """

    def __init__(
        self, actors: Sequence[Actor], places: Sequence[PlaceEntry], spacy: Mapping[str, str]
    ) -> None:
        self._pipelines = Pipelines(spacy)
        self.missing = missing(spacy.values())
        self._acronyms = frozenset(
            name.lower() for actor in actors for name in _aliases(actor) if name.isupper() and len(name) > 2
        )
        self.states = states(actors)
        self._registers = Registers(
            NameIndex(_names(actors, places)),
            Standings(actors),
            Gazetteer(places),
            self.states,
            Offices(actors),
        )
        self.version = version_of(actors, places, spacy)

    def _is_name(self, word: str, noun: bool) -> bool:
        """Whether a word names a country, people or actor or, being a mere noun, a large town."""
        if word in name_words() or word in self._acronyms or not noun:
            return word in name_words() or word in self._acronyms
        large = (spot for spot in self._registers.gazetteer.spots(word) if (spot.population or 0) > _LARGE)
        return next(large, None) is not None

    def annotate(self, texts: Sequence[Input]) -> list[tuple[Mention, ...]]:
        """The mentions of each passage, in order of their offsets and without overlaps."""
        shown = [self._pipelines.readable(given.language, given.text, self._is_name) for given in texts]
        entities: dict[int, list[tuple[int, int, str]]] = {}
        for language in {given.language for given in texts}:
            at = [i for i, given in enumerate(texts) if given.language == language]
            found = self._pipelines.entities(language, [shown[i] for i in at])
            entities.update(zip(at, found, strict=True))  # type: ignore[arg-type]
        return [
            _as_written(
                given.text,
                read_passage(
                    shown[i],
                    given.language if given.language in LANGUAGES else LANGUAGES[0],
                    Setting(given.published, given.long_forms, given.country),
                    entities[i],
                    self._registers,
                ),
            )
            for i, given in enumerate(texts)
        ]


def _as_written(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with the words of the text itself, where it was read in other letters."""
    return tuple(
        m if m.text == (written := text[m.start : m.end]) else replace(m, text=written) for m in mentions
    )


def _aliases(entry: Actor | PlaceEntry) -> Iterator[str]:
    yield entry.name
    for names in entry.aliases.values():
        yield from names


def _names(actors: Sequence[Actor], places: Sequence[PlaceEntry]) -> Iterator[tuple[str, Entry]]:
    entries: list[Actor | PlaceEntry] = [*actors, *places]
    for entry in entries:
        for name in dict.fromkeys(alias.removeprefix("the ") for alias in _aliases(entry)):
            yield name, entry
    for name, code in countries():
        yield name, Country(code)
    for name, code in peoples():
        yield name, People(code)
