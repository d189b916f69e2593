"""The store into what the report of a run shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from nijar_nlp.evaluation import Moved
from nijar_nlp.records import TAGS
from nijar_nlp.report import ReportData
from nijar_nlp.steps.casework import evidence_of
from nijar_nlp.store import candidates, documents, findings


def report_data(summary: Mapping[str, Any], drifted: Sequence[Moved]) -> ReportData:
    """What the run report shows, out of the store."""
    everything = candidates.candidates("all")
    without = candidates.passages_without()
    shown = [*without, *(passage for one in drifted for passage in one.passage_ids)]
    return ReportData(
        summary=summary,
        candidates=everything,
        moved=drifted,
        without=without,
        evidence={**evidence_of(everything), **candidates.locations(shown)},
        documents=_documents_frame(),
        tags=_tags_frame(),
    )


def _documents_frame() -> pd.DataFrame:
    rows = [
        {"month": day.strftime("%Y-%m") if day else "unknown", "outlet": document.outlet or "unknown"}
        for document in documents.documents()
        if document.problem is None
        for day in [documents.published_start(document)]
    ]
    return pd.DataFrame(rows, columns=["month", "outlet"])


def _tags_frame() -> pd.DataFrame:
    rows = [
        {
            "tag": tag,
            "country": next((event.country for event in item.events if event.country), "unknown"),
            "year": str(item.published.start.year) if item.published and item.published.start else "unknown",
        }
        for item in findings.evidence()
        for tag in item.tags
        if tag in TAGS
    ]
    return pd.DataFrame(rows, columns=["tag", "country", "year"])
