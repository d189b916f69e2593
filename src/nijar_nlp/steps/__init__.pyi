from .alerting import alert_failed, telling
from .auditing import Audit, audit, coverage
from .casework import (
    draft_record,
    evidence_of,
    export_candidates,
    feed,
    group,
    is_grouped,
    links,
    n_candidates,
    ranked,
)
from .drifting import drift
from .evaluating import evaluate
from .examples import disagreements, stale_labels
from .finding import annotate_documents, tag_documents, unannotated, untagged
from .forgetting import Forgotten, find_documents, forget
from .idling import nothing_to_do
from .keeping import back_up, check_backup, restore
from .labelling import export_labels, import_labels, open_labels
from .lines import annotate_lines, group_lines, tag_lines
from .overseeing import status
from .promoting import compare_models, model_card, models, promote_model, rollback_model
from .reading import ReadOutcome, extract, read_files
from .reporting import report_data
from .retrying import reopen
from .running import end_run, opened, progress, ready, sole_run
from .sharing import batches_of_documents, batches_of_files
from .simulating import simulate_screening
from .summing import summarise
from .surveying import Survey, find_files, survey
from .training import Retrained, retrain

__all__ = [
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
    "batches_of_documents",
    "batches_of_files",
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
    "is_grouped",
    "links",
    "model_card",
    "models",
    "n_candidates",
    "nothing_to_do",
    "open_labels",
    "opened",
    "progress",
    "promote_model",
    "ranked",
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
