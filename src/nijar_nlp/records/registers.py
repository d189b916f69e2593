"""What the project knows beforehand: codebook, actors, places, known cases, labelled passages."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that the study has already mapped."""

    id: str
    title: str
    tags: tuple[str, ...]
    countries: tuple[str, ...]
    places: tuple[str, ...]
    start: date
    end: date
    armed_groups: tuple[str, ...]
    counterparts: tuple[str, ...]
    mediators: tuple[str, ...]
    persons: tuple[str, ...]
    summary: str = ""
    outcome: str = ""
    terms: tuple[str, ...] = ()
    kind: str = ""
    completed: tuple[str, ...] = ()


class Role(NamedTuple):
    """What a person was for an actor, both days included; None is open or unknown."""

    actor: str
    role: str
    start: date | None
    end: date | None


class Relation(NamedTuple):
    """How an actor belongs to another (RELATION_KINDS), both days included; None is open or unknown."""

    kind: str
    actor: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the register of actors: names by language, and what is known of it over time.

    `type` is one of ACTOR_TYPES; `start` and `end` bound its existence under this name, both included, None
    where open or unknown; `ids` are those of UCDP, ACLED and Wikidata; `source` is the kind of public source.
    """

    id: str
    name: str
    type: str
    aliases: dict[str, tuple[str, ...]]
    countries: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    mediator: bool = False
    relations: tuple[Relation, ...] = ()
    roles: tuple[Role, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """An entry of the register of places: degrees north and east, with how near they are to the place.

    `precision` is exact (about 0.05 degrees), near (the district) or admin (the middle of an area).
    """

    id: str
    name: str
    aliases: dict[str, tuple[str, ...]]
    country: str
    admin1: str
    lat: float
    lon: float
    precision: str
    kind: str
    also_in: tuple[str, ...] = ()
    source: str = ""


class TagRule(NamedTuple):
    """What a tag means: its definition, what counts and what does not."""

    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]


class HardCase(NamedTuple):
    """A passage on which readers hesitate, and its tags; `note` says on what they depend."""

    passage: str
    tags: tuple[str, ...]
    note: str = ""


class Ruling(NamedTuple):
    """A numbered decision that overrules a wider reading of a tag's definition."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """The tags' definitions, hard cases and rulings that people label by."""

    version: str
    scope: tuple[str, ...]
    tags: dict[str, TagRule]
    hard_cases: tuple[HardCase, ...]
    rulings: tuple[Ruling, ...]


class Choice(NamedTuple):
    """A value that a variable may take: its label by language and its definition."""

    value: str
    label: dict[str, str]
    definition: str


@dataclass(frozen=True, slots=True)
class CaseVariable:
    """One of the study's variables: `type` is one of VARIABLE_TYPES; `masked` ones hold names to protect."""

    id: str
    section: str
    label: dict[str, str]
    type: str
    definition: dict[str, str]
    many: bool = False
    masked: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseSchema:
    """The study's variables in order, and the labels by language of their sections in order."""

    version: str
    sections: dict[str, dict[str, str]]
    variables: tuple[CaseVariable, ...]


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage of the seed or the gold with its tags, the rule it exercises and its matched pair."""

    id: str
    language: str
    text: str
    tags: tuple[str, ...]
    register: str = ""
    rule: str = ""
    pair: str | None = None


class CorpusFile(NamedTuple):
    """A file of the corpus folder: its path in it, SHA-256 and size in bytes."""

    path: str
    sha256: str
    n_bytes: int
