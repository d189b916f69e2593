"""One corpus run: the store opened and closed, its beginning, its end and what it did."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from nijar_nlp.config import Config, load_config
from nijar_nlp.records import TAGS
from nijar_nlp.report import ReportData
from nijar_nlp.steps.casework import evidence_of
from nijar_nlp.store import candidates, documents, findings
from nijar_nlp.store.connection import connect, disconnect, migrate


@contextmanager
def opened(config_file: str | Path, database: str | None = None) -> Iterator[Config]:
    """The configuration with its store ready for this thread, closed at the end."""
    config = load_config(Path(config_file), database=database)
    connect(config.database_url)
    try:
        yield config
    finally:
        disconnect()


def begin_run() -> uuid.UUID:
    """Bring the tables up to date and open a row for a run."""
    migrate()
    return candidates.start_run()


def end_run(run_id: uuid.UUID, summary: Mapping[str, Any]) -> None:
    """Close the run's row."""
    candidates.end_run(run_id, dict(summary))


def summarise(
    outcomes: Sequence[Mapping[str, Any]], n_tagged: int, clock: Mapping[str, float]
) -> dict[str, Any]:
    """What a run did, from what became of each file, and what the store holds now."""
    states = Counter(outcome["state"] for outcome in outcomes)
    pages = sum(outcome["n_pages"] for outcome in outcomes)
    return {
        "files": {state: states[state] for state in ("read", "known", "failed")},
        "failures": [
            {"file": Path(o["file"]).name, "problem": o["problem"], "reason": o["reason"]}
            for o in outcomes
            if o["problem"]
        ],
        "pages": pages,
        "passages": sum(outcome["n_passages"] for outcome in outcomes),
        "documents_tagged": n_tagged,
        "store": documents.counts(),
        "tags": findings.tag_counts(),
        "candidates": {
            "new": len(candidates.candidates("new")),
            "known": len({c.known_case for c in candidates.candidates("known")}),
        },
        "stages": {
            name: {"seconds": seconds, "pages_per_second": pages / seconds if pages and seconds else None}
            for name, seconds in clock.items()
        },
    }


def report_data(summary: Mapping[str, Any]) -> ReportData:
    """What the run report shows, out of the store."""
    everything = candidates.candidates("all")
    return ReportData(
        summary=summary,
        candidates=everything,
        evidence=evidence_of(everything),
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
