from .building import candidates, regrouped
from .drafting import draft_record
from .duplicates import near_duplicates
from .event_states import States
from .events import EVENTS_VERSION, events_of
from .grouping import group
from .history import changes, kept
from .known import compare
from .linking import links
from .mask import Mask
from .masking import hiding, mask_of_persons
from .record_tables import RECORD_FORMATS, mask_of, write_records
from .settings import CaseSettings
from .substance import tells_of_a_case
from .tables import Hide, table, write
from .titles import TitleWords, title

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
