"""What a person asks of the queue, and what it answers."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nijar_nlp.records.cases import CaseCandidate
from nijar_nlp.records.documents import DateInterval, Passage
from nijar_nlp.records.findings import Event, Mention, Tagging
from nijar_nlp.records.review import Standing

CANDIDATE_SORTS = ("probability", "uncertainty", "newest", "diverse", "mixed")
PASSAGE_SORTS = ("probability", "uncertainty", "newest")
# Which candidates: waiting for a verdict, given to the person in a double coding round, or by where they
# stand; all.
SHOWN_STATES = ("waiting", "assigned", "known_by_machine", "contested", "decided", "all")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which candidates or passages, in which order; an empty field does not restrict.

    `country` is an ISO 3166-1 alpha-3 code, `actor` a register id, `tag` one of TAGS, `state` one of
    SHOWN_STATES or STATES, `least` and `most` bound score or probability, `since` and `until` (included) the
    date of the event, or of publication for passages. `query` is words to search for.
    """

    query: str = ""
    country: str = ""
    actor: str = ""
    tag: str = ""
    type: str = ""
    language: str = ""
    outlet: str = ""
    state: str = "waiting"
    since: date | None = None
    until: date | None = None
    least: float | None = None
    most: float | None = None
    sort: str = "probability"


class CandidateItem(NamedTuple):
    """A candidate in the queue, and where it stands."""

    candidate: CaseCandidate
    standing: Standing


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A passage as shown: where it stands, and all that was found in it.

    `corrected` is what people said of its tags, by label: the latest correction in force.
    """

    passage: Passage
    file: str
    title: str
    outlet: str
    published: DateInterval | None
    tagging: Tagging
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    corrected: dict[str, bool]


COUNTED = 1000


class CandidateSlice(NamedTuple):
    """A stretch of the queue, which has `total`."""

    items: tuple[CandidateItem, ...]
    skipped: int
    total: int


class PassageSlice(NamedTuple):
    """A stretch of the list of passages; `total` is counted up to COUNTED, `more` where there are more."""

    items: tuple[Exhibit, ...]
    skipped: int
    total: int
    more: bool


class Sheet(NamedTuple):
    """A page of a document to be looked at, with its size in points, and what its document is."""

    document_id: str
    page_number: int
    width: float
    height: float
    title: str
    file: str
    n_pages: int


class Neighbours(NamedTuple):
    """A candidate's place in the queue as filtered, from 1 (0 where it is not in it), and its neighbours."""

    place: int
    before: str
    after: str
