"""What is put before an analyst: evidence, candidates and their nearest known case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from nijar_nlp.records.documents import DateInterval
from nijar_nlp.records.findings import Event, Mention, Party, Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """One tagged passage as the cases room sees it: where it comes from, what it says, whom it names.

    `chapter` is the code of the country to which its part of a report is given; empty where there is none.
    """

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
    chapter: str = ""


class Match(NamedTuple):
    """How near a candidate is to a known case: a probability and the reasons for and against, in words."""

    case_id: str
    probability: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


class Claim(NamedTuple):
    """Who says that something stands how: `source` is one of EVENT_SOURCES, with the passages that say so."""

    source: str
    type: str
    status: str
    passage_ids: tuple[str, ...]


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
    claims: tuple[Claim, ...] = ()


class CandidateChange(NamedTuple):
    """What became of a candidate in a grouping: `kind` is one of CHANGE_KINDS, `reason` says why in words.

    `others` are the candidates that it came from, went into or took in; `passage_ids` those concerned.
    """

    kind: str
    candidate_id: str
    others: tuple[str, ...]
    passage_ids: tuple[str, ...]
    reason: str


class CandidateLink(NamedTuple):
    """How an earlier candidate bears on a later one: `kind` is one of LINK_KINDS, `reason` says why."""

    kind: str
    earlier: str
    later: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What people decided on the grouping: no regrouping undoes it.

    `accepted` gives the passages of each accepted candidate; `together` are sets of passages of one case;
    `apart` are lists of such sets, each set of another case. `looked_at` are all passages of candidates that
    somebody said something of, a rejection or a comment too, or is to read in a round: they stay where people
    find them.
    """

    accepted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[tuple[frozenset[str], ...], ...] = ()
    looked_at: frozenset[str] = frozenset()


class CaseValue(NamedTuple):
    """One value of a variable of the case schema, as text, with the passages that say it.

    `actor` is a register id where the value names an actor that is in it.
    """

    variable: str
    value: str
    actor: str | None = None
    passage_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case by the study's variables; `id` is a case's, or a candidate's while it is a draft."""

    id: str
    schema_version: str
    values: tuple[CaseValue, ...]

    def of(self, variable: str) -> tuple[CaseValue, ...]:
        """The values of one variable."""
        return tuple(value for value in self.values if value.variable == variable)
