"""What is found in a passage: tags with reasons, mentions, events."""

from dataclasses import dataclass, field
from typing import NamedTuple

from nijar_nlp.records.documents import DateInterval


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
