"""People's decisions and files of labels into training values, and training values into files."""

from nijar_nlp.labels.adjudicating import Adjudicated, adjudicate
from nijar_nlp.labels.exchange import FORMS, Brought, Refused, bring_in, read_examples, write_jsonl
from nijar_nlp.labels.splitting import LEARNED, MEASURED, Split, split
from nijar_nlp.labels.staleness import stale

__all__ = [
    "FORMS",
    "LEARNED",
    "MEASURED",
    "Adjudicated",
    "Brought",
    "Refused",
    "Split",
    "adjudicate",
    "bring_in",
    "read_examples",
    "split",
    "stale",
    "write_jsonl",
]
