"""One idempotent step per function: read the store, call a stage, write the store."""

from nijar_nlp.steps.alerting import alert_failed, telling
from nijar_nlp.steps.auditing import Audit, audit, coverage
from nijar_nlp.steps.casework import draft_record, evidence_of, export_candidates, feed, group, links
from nijar_nlp.steps.drifting import drift
from nijar_nlp.steps.evaluating import evaluate
from nijar_nlp.steps.examples import disagreements, stale_labels
from nijar_nlp.steps.finding import annotate_documents, tag_documents, unannotated, untagged
from nijar_nlp.steps.forgetting import Forgotten, find_documents, forget
from nijar_nlp.steps.keeping import back_up, check_backup, restore
from nijar_nlp.steps.labelling import export_labels, import_labels, open_labels
from nijar_nlp.steps.lines import annotate_lines, group_lines, tag_lines
from nijar_nlp.steps.promoting import compare_models, model_card, models, promote_model, rollback_model
from nijar_nlp.steps.reading import ReadOutcome, extract, read_files
from nijar_nlp.steps.retrying import RETRIES, reopen
from nijar_nlp.steps.running import end_run, opened, progress, ready, report_data, sole_run, summarise
from nijar_nlp.steps.simulating import simulate_screening
from nijar_nlp.steps.status import status
from nijar_nlp.steps.surveying import Survey, find_files, survey
from nijar_nlp.steps.training import Retrained, retrain
from nijar_nlp.store.candidates import candidates

__all__ = [
    "RETRIES",
    "Audit",
    "Forgotten",
    "ReadOutcome",
    "Retrained",
    "Survey",
    "alert_failed",
    "annotate_documents",
    "annotate_lines",
    "audit",
    "back_up",
    "candidates",
    "check_backup",
    "compare_models",
    "coverage",
    "disagreements",
    "draft_record",
    "drift",
    "end_run",
    "evaluate",
    "evidence_of",
    "export_candidates",
    "export_labels",
    "extract",
    "feed",
    "find_documents",
    "find_files",
    "forget",
    "group",
    "group_lines",
    "import_labels",
    "links",
    "model_card",
    "models",
    "open_labels",
    "opened",
    "progress",
    "promote_model",
    "read_files",
    "ready",
    "reopen",
    "report_data",
    "restore",
    "retrain",
    "rollback_model",
    "simulate_screening",
    "sole_run",
    "stale_labels",
    "status",
    "summarise",
    "survey",
    "tag_documents",
    "tag_lines",
    "telling",
    "unannotated",
    "untagged",
]
