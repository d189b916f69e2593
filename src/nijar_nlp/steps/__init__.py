"""One idempotent step per function: read the store, call a stage, write the store."""

from nijar_nlp.steps.casework import draft_record, evidence_of, export_candidates, group
from nijar_nlp.steps.finding import annotate_documents, tag_documents, unannotated, untagged
from nijar_nlp.steps.lines import annotate_lines, tag_lines
from nijar_nlp.steps.reading import ReadOutcome, extract, find_files, read_files
from nijar_nlp.steps.running import begin_run, end_run, opened, report_data, summarise
from nijar_nlp.steps.training import evaluate, retrain
from nijar_nlp.store.candidates import candidates

__all__ = [
    "ReadOutcome",
    "annotate_documents",
    "annotate_lines",
    "begin_run",
    "candidates",
    "draft_record",
    "end_run",
    "evaluate",
    "evidence_of",
    "export_candidates",
    "extract",
    "find_files",
    "group",
    "opened",
    "read_files",
    "report_data",
    "retrain",
    "summarise",
    "tag_documents",
    "tag_lines",
    "unannotated",
    "untagged",
]
