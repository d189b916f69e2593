"""What people do with what is put before them: decisions, cases, views, assignments, reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from nijar_nlp.records.cases import CandidateChange, CaseValue

# What a person can do. The verdicts settle a candidate; the others correct or comment.
VERDICTS = ("accept_new", "same_as", "not_a_case", "unsure", "split", "merge", "duplicate")
DECISION_KINDS = (*VERDICTS, "correct_tag", "correct_entity", "correct_slot", "comment", "undo")
# What is decided on: a candidate, or one of its slots; a tag on a passage, or a mention in it.
SUBJECT_KINDS = ("candidate", "slot", "tag", "mention")
# Where a candidate stands after its verdicts.
STATES = ("open", "accepted", "known", "rejected", "unsure", "split", "merged", "duplicate")
STATE_OF_VERDICT: Mapping[str, str] = dict(zip(VERDICTS, ("accepted", "known", *STATES[3:]), strict=True))
# How an item was read: by one analyst in the open, blind by two, or by who settles their disagreement.
READINGS = ("open", "blind", "adjudication")
# What a person may do; each role may do what those before it may.
ROLES = ("reader", "analyst", "adjudicator", "steward")
AUDIT_ACTIONS = ("read", "export", "refused", "change")


class Subject(NamedTuple):
    """What a decision is about; one of SUBJECT_KINDS.

    `id` is a candidate's for candidate and slot, a passage's for tag and mention. `part` is the slot's name,
    the tag's label, or a mention's "start:end" in the passage's text.
    """

    kind: str
    id: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One human act, never changed afterwards; `undoes` names the one that it takes back.

    `value` is what was decided: {"case": id} for same_as; {"candidate": id} for merge and duplicate;
    {"parts": [[passage ids], ...]} for split; {"present": bool} for correct_tag; {"type", "entity", "name",
    "alias"} for correct_entity; {"value": ...} for correct_slot; {"text": ...} for comment; a verdict may
    carry {"reason": ...}. `shown` is what the person saw: {"record": content id of the candidate, "score",
    "passages": {passage id: {label: probability}}, "nearest", "nearest_probability"}. `until` is the day on
    which what was unsure comes back. `round` names a double coding round, empty in the open. `token` is made
    with the form, so that what is sent twice is recorded once. `id` counts up in the order of recording; it
    is 0 before.
    """

    kind: str
    subject: Subject
    by: str
    token: str
    value: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    model: str = ""
    codebook: str = ""
    until: date | None = None
    round: str = ""
    reading: str = "open"
    undoes: int | None = None
    made_at: datetime | None = None
    id: int = 0


class Recorded(NamedTuple):
    """A decision as recorded, and what others decided on the same subject since the person looked."""

    decision: Decision
    meanwhile: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a candidate stands (one of STATES): by which decision, towards which case or candidate.

    `contested` where the verdicts in force of several people differ; the latest counts.
    """

    candidate_id: str
    state: str = "open"
    decision_id: int | None = None
    by: str = ""
    target: str = ""
    until: date | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class CaseRevision:
    """One state of an accepted case's record; a change is a further revision with the next number.

    `values` are the study's variables by `schema` version, each with the passages that say it.
    `document_ids` are the documents that the evidence came from. `withdrawn` where the verdict that opened
    the case was taken back.
    """

    case_id: str
    number: int
    candidate_id: str
    values: tuple[CaseValue, ...]
    schema: str
    by: str
    document_ids: tuple[str, ...] = ()
    made_at: datetime | None = None
    decision_id: int | None = None
    withdrawn: bool = False

    def of(self, variable: str) -> tuple[CaseValue, ...]:
        """The values of one variable."""
        return tuple(value for value in self.values if value.variable == variable)

    @property
    def title(self) -> str:
        """The case in one line; its id where the record has no title."""
        return next((value.value for value in self.of("title")), self.case_id)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named filter of the queue, as the query string that makes it."""

    name: str
    owner: str
    query: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """That a person is to read a candidate in a double coding round, or to adjudicate it."""

    round: str
    candidate_id: str
    reader: str
    reading: str = "blind"


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate of a double coding round: its readers, and what they decided each on their own.

    `settled` is the adjudicator's verdict; `withdrawn` how a grouping took the candidate back, None where it
    is still there.
    """

    candidate_id: str
    readers: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    settled: Decision | None = None
    withdrawn: CandidateChange | None = None

    @property
    def verdicts(self) -> dict[str, Decision]:
        """By reader, the latest verdict."""
        return {d.by: d for d in self.decisions if d.kind in VERDICTS}

    @property
    def read(self) -> bool:
        """Whether every reader has given a verdict."""
        return set(self.readers) <= set(self.verdicts)

    @property
    def agreed(self) -> bool:
        """Whether the verdicts say the same."""
        said = {(d.kind, d.value.get("case"), d.value.get("candidate")) for d in self.verdicts.values()}
        return self.read and len(said) == 1

    @property
    def differs(self) -> bool:
        """Whether the readers differ and somebody has still to settle it."""
        return self.read and not self.agreed and not self.settled and not self.withdrawn

    @property
    def to_confirm(self) -> bool:
        """Whether the readers agree and nobody has confirmed it yet."""
        return self.agreed and not self.settled and not self.withdrawn

    @property
    def lost(self) -> bool:
        """Whether a grouping took the candidate back before it was settled: nobody can do more about it."""
        return self.withdrawn is not None and not self.settled


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents kept together; where `restricted`, only its members see them."""

    name: str
    restricted: bool
    members: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """That somebody read, took out, was refused or changed something (AUDIT_ACTIONS)."""

    action: str
    by: str
    what: str
    id: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account: one of ROLES, and the language of their pages."""

    name: str
    role: str
    language: str = "en"
