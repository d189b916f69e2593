"""The records that flow between rooms: frozen, made of plain values, with ids derived from content."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

LANGUAGES = ("en", "fr", "ar")
TAGS = ("dialogue", "prisoner_release", "hostage_exchange")
PASSAGE_KINDS = ("body", "heading", "list", "footnote", "caption", "table", "header", "footer")
DOCUMENT_KINDS = ("report", "article", "digest", "scan")
PROBLEM_CODES = (
    "encrypted",
    "damaged",
    "too_large",
    "timed_out",
    "out_of_memory",
    "crashed",
    "no_text",
    "needs_ocr",
    "not_a_pdf",
)
MENTION_TYPES = ("ARMED_GROUP", "PERSON", "ORG", "PLACE", "DATE", "NUMBER")
EVENT_TYPES = (
    "talks",
    "mediation",
    "ceasefire_or_local_agreement",
    "prisoner_release",
    "hostage_release",
    "swap",
    "ransom",
    "amnesty",
    "policy_statement",
)
EVENT_STATUSES = (
    "called_for",
    "offered",
    "under_way",
    "agreed",
    "done",
    "failed",
    "refused",
    "denied",
    "claimed",
)
EVENT_SOURCES = ("official", "group", "local", "media", "organisation")
DATE_PRECISIONS = ("day", "week", "month", "season", "year", "range", "before", "after")
PLACE_PRECISIONS = ("exact", "near", "admin", "country")
ACTOR_TYPES = ("armed_group", "person", "state", "state_body", "mediator", "organisation", "community")
RELATION_KINDS = ("part_of", "merged_into", "split_from")


def content_id(*parts: object) -> str:
    """20 hexadecimal digits that depend on the parts alone (SHA-256 over their texts)."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:20]


class Box(NamedTuple):
    """A rectangle on a page, in PDF points from the page's top left; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Part(NamedTuple):
    """The stretch of one page's text that a passage takes, half-open."""

    page_number: int
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class DateInterval:
    """A date as known: both ends included, with its precision and the words or the way it was found."""

    start: date | None
    end: date | None
    precision: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a document could not be read: one of PROBLEM_CODES, the reason, and what to do."""

    code: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document: every document has at least one; a digest or a news export has many."""

    number: int
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: DateInterval | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file by its SHA-256, with its facts and, where it could not be read, the problem."""

    id: str
    file: str
    n_bytes: int
    n_pages: int = 0
    kind: str = "report"
    title: str = ""
    outlet: str = ""
    author: str = ""
    symbol: str = ""
    published: DateInterval | None = None
    language: str = ""
    articles: tuple[Article, ...] = ()
    problem: Problem | None = None


class Run(NamedTuple):
    """A stretch of a page's text and the glyphs it was read from.

    The character at `start_char + k` comes from glyph `first_glyph + step * k` of the page's own order.
    """

    start_char: int
    end_char: int
    first_glyph: int
    step: int = 1


class Gap(NamedTuple):
    """A wide blank inside a line: the offset of the text after it, and the edges of the blank in points."""

    offset: int
    x0: float
    x1: float


class LayoutLine(NamedTuple):
    """One line of a page as printed: logical text, box, type, and the glyph behind every character.

    `size` is the type size in points, `baseline` its height from the page's top, `head_width` the width of
    its first word. `raised` are half-open stretches set smaller and higher. `cell` is (table, row, column)
    for a line in a ruled table.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    font: str
    head_width: float
    glyphs: Sequence[int]
    gaps: tuple[Gap, ...] = ()
    raised: tuple[tuple[int, int], ...] = ()
    right_to_left: bool = False
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page as printed: its lines in the file's order, how they were got, their quality (0 to 1).

    `source` is text_layer, ocr or none; `problem` is one of PROBLEM_CODES or empty, `reason` its words;
    `language` is the one that OCR read in.
    """

    page_number: int
    width: float
    height: float
    source: str
    quality: float
    lines: tuple[LayoutLine, ...] = ()
    problem: str = ""
    reason: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points, its reading text, how the text was got and how good it is (0 to 1).

    `source`, `problem` and `language` are PageLayout's; `runs` lead from the text back to the glyphs.
    """

    document_id: str
    page_number: int
    width: float
    height: float
    text: str
    source: str
    quality: float
    problem: str = ""
    language: str = ""
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item, footnote, caption or table row, in reading order.

    `parts` are its stretches of page text; `text` is their concatenation. `number` counts from 0 through
    the document. `level` is a heading's, `mark` a footnote's or a numbered paragraph's.
    """

    id: str
    document_id: str
    number: int
    kind: str
    language: str
    text: str
    parts: tuple[Part, ...]
    boxes: tuple[Box, ...]
    level: int = 0
    mark: str = ""
    article: int = 0

    @property
    def page_number(self) -> int:
        """The page on which the passage begins."""
        return self.parts[0].page_number


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one file."""

    document: Document
    pages: tuple[Page, ...] = ()
    passages: tuple[Passage, ...] = ()


class Reason(NamedTuple):
    """A stretch of a passage's text and how much it raised (or lowered) a tag's log-odds."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the tagger says of one passage: calibrated probabilities, the tags above threshold, and why."""

    probabilities: dict[str, float]
    tags: tuple[str, ...]
    reasons: dict[str, tuple[Reason, ...]]
    model: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a passage that names something; `entity` is a register id where resolved, `how` by what.

    `country` (ISO 3166-1 alpha-3), `lat`, `lon` and `precision` (exact, near, admin, country) are a place's;
    `interval` is a date's; `value` is a number's (None where the words leave it open).
    """

    start: int
    end: int
    text: str
    type: str
    entity: str | None = None
    name: str = ""
    how: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = ""
    interval: DateInterval | None = None
    value: float | None = None


class Party(NamedTuple):
    """Somebody in a slot of an event: the words and, where resolved, the register's id."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A resolved place, with the words it was read from; precision is exact, near, admin or country."""

    text: str
    name: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What a tagged passage says happened, each slot with its spans in the passage's text."""

    id: str
    passage_id: str
    type: str
    status: str
    armed_group: tuple[Party, ...] = ()
    counterpart: tuple[Party, ...] = ()
    mediator: tuple[Party, ...] = ()
    persons: tuple[Party, ...] = ()
    country: str = ""
    place: Place | None = None
    date: DateInterval | None = None
    released_number: int | None = None
    released_number_other_side: int | None = None
    source: str = ""
    confidence: float = 0.0
    spans: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One tagged passage as the cases room sees it: where it comes from, what it says, whom it names."""

    passage_id: str
    document_id: str
    text: str
    language: str
    tags: tuple[str, ...]
    probabilities: dict[str, float]
    events: tuple[Event, ...]
    mentions: tuple[Mention, ...]
    outlet: str = ""
    published: DateInterval | None = None
    duplicate_of: str | None = None


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


class Match(NamedTuple):
    """How near a candidate is to a known case: a probability and the reasons for and against, in words."""

    case_id: str
    probability: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseCandidate:
    """Passages and events about one negotiation, release or exchange, for an analyst to accept or not."""

    id: str
    title: str
    types: tuple[str, ...]
    tags: tuple[str, ...]
    status: str
    armed_groups: tuple[Party, ...]
    counterparts: tuple[Party, ...]
    mediators: tuple[Party, ...]
    persons: tuple[Party, ...]
    country: str
    place: Place | None
    date: DateInterval | None
    released_number: int | None
    passage_ids: tuple[str, ...]
    n_documents: int
    n_outlets: int
    score: float
    score_reasons: tuple[str, ...]
    nearest: Match | None
    known_case: str | None


def document_id(content: Iterable[bytes]) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in content:
        digest.update(chunk)
    return digest.hexdigest()
