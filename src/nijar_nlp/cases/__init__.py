"""Tagged passages into events, and events into candidate cases compared with the known ones."""

from nijar_nlp.cases.building import candidates, regrouped
from nijar_nlp.cases.drafting import draft_record
from nijar_nlp.cases.duplicates import near_duplicates
from nijar_nlp.cases.event_states import States
from nijar_nlp.cases.events import EVENTS_VERSION, events_of
from nijar_nlp.cases.grouping import group
from nijar_nlp.cases.history import changes, kept
from nijar_nlp.cases.known import compare
from nijar_nlp.cases.linking import links
from nijar_nlp.cases.mask import Mask
from nijar_nlp.cases.masking import hiding, mask_of_persons
from nijar_nlp.cases.record_tables import RECORD_FORMATS, mask_of, write_records
from nijar_nlp.cases.settings import CaseSettings
from nijar_nlp.cases.substance import tells_of_a_case
from nijar_nlp.cases.tables import Hide, table, write
from nijar_nlp.cases.titles import TitleWords, title

__all__ = [
    "EVENTS_VERSION",
    "RECORD_FORMATS",
    "CaseSettings",
    "Hide",
    "Mask",
    "States",
    "TitleWords",
    "candidates",
    "changes",
    "compare",
    "draft_record",
    "events_of",
    "group",
    "hiding",
    "kept",
    "links",
    "mask_of",
    "mask_of_persons",
    "near_duplicates",
    "regrouped",
    "table",
    "tells_of_a_case",
    "title",
    "write",
    "write_records",
]
