"""One corpus run: the store opened and closed, its beginning, its end and what it did."""

import logging
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from nijar_nlp import logs
from nijar_nlp.config import Config, load_config
from nijar_nlp.errors import NijarError, StoreError
from nijar_nlp.evaluation import Moved
from nijar_nlp.pdf import missing_ocr_languages
from nijar_nlp.records import TAGS
from nijar_nlp.report import ReportData
from nijar_nlp.steps import extraction, parts
from nijar_nlp.steps.alerting import alert_after, alert_failed
from nijar_nlp.steps.attempting import place_of, set_aside
from nijar_nlp.steps.auditing import coverage
from nijar_nlp.steps.casework import evidence_of
from nijar_nlp.steps.drifting import drift_facts
from nijar_nlp.store import candidates, documents, findings, runs
from nijar_nlp.store.connection import OUTSIDE, connect, disconnect, migrate
from nijar_nlp.store.locking import sole

log = logging.getLogger(__name__)


@contextmanager
def opened(config_file: str | Path, database: str | None = None) -> Iterator[Config]:
    """The configuration with its store ready for this thread, closed at the end."""
    config = load_config(Path(config_file), database=database)
    logs.start(config.path(config.run.log))
    connect(config.database_url)
    try:
        yield config
    finally:
        disconnect()


@contextmanager
def ready(config_file: str | Path, database: str | None = None) -> Iterator[Config]:
    """The same, with the tables brought up to date first: what a flow begins with."""
    with opened(config_file, database) as config:
        migrate(config.path(config.store.backups))
        yield config


@contextmanager
def sole_run(
    config_file: str | Path, database: str | None, paths: Sequence[str], tick: datetime | None
) -> Iterator[uuid.UUID | None]:
    """The row of a run, the only one on this store until the block ends; tables are brought up to date.

    `tick` is when a schedule wanted the run. None instead of a row where another run is under way, or a run
    over the same paths began after the tick and did its work: so missed ticks make one run. Without a tick a
    run under way is a StoreError. What ends the block ends the row: done, failed with its reason, or broken
    off where the process was killed.
    """
    with opened(config_file, database) as config, sole("run") as held:
        if not held and tick is None:
            raise StoreError(
                "The run was not begun",
                "another one is under way",
                "One run at a time works on a store.",
                "Wait for its end; `nijar status` shows how far it is.",
            )
        if held:
            migrate(config.path(config.store.backups))
        if not held or (tick is not None and runs.began_since(tick, paths)):
            log.info("tick skipped")
            yield None
            return
        run_id = runs.start(paths)
        log.info("run begun", extra={"run": run_id})
        try:
            yield run_id
        except BaseException as error:
            _end_badly(run_id, error, config)
            raise


def progress(run_id: uuid.UUID, clock: Mapping[str, Mapping[str, float]], stage: str) -> None:
    """Keep what the stages took so far, and which one is under way."""
    runs.progress(run_id, {"stages": dict(clock), "stage": stage})


def end_run(run_id: uuid.UUID, summary: Mapping[str, Any], config: Config) -> None:
    """Close the run's row, and tell of what is unusual."""
    alert_after(config, summary)
    runs.end(run_id, summary, "done")
    log.info("run done", extra={"run": run_id, "files": summary["files"], "pages": summary["pages"]})


def _end_badly(run_id: uuid.UUID, error: BaseException, config: Config) -> None:
    reason = str(error) if isinstance(error, NijarError) else place_of(error)
    log.error("run failed", extra={"run": run_id, "error": reason})
    with suppress(*OUTSIDE):
        runs.end(run_id, None, "failed", reason)
    alert_failed(config, "The run", reason)


def summarise(
    outcomes: Sequence[Mapping[str, Any]],
    clock: Mapping[str, Mapping[str, float]],
    drifted: Sequence[Moved],
    config: Config,
) -> dict[str, Any]:
    """What a run did, from what became of each file, what moved, what it lacked, and what the store holds."""
    states = Counter(outcome["state"] for outcome in outcomes)
    pages = sum(outcome["n_pages"] for outcome in outcomes)
    return {
        "files": {state: states[state] for state in ("read", "known", "failed")},
        "failures": [
            {"file": Path(o["file"]).name, "problem": o["problem"], "reason": o["reason"]}
            for o in outcomes
            if o["problem"]
        ],
        "put_aside": put_aside(config),
        "missing": lacking(config),
        "moved": drift_facts(drifted),
        "coverage": coverage(config),
        "pages": pages,
        "passages": sum(outcome["n_passages"] for outcome in outcomes),
        "documents_tagged": int(clock["tag"]["items"]),
        "store": documents.counts(),
        "tags": findings.tag_counts(),
        "candidates": {
            "new": len(candidates.candidates("new")),
            "known": len({c.known_case for c in candidates.candidates("known")}),
            "passages_without": len(candidates.passages_without()),
        },
        "stages": {
            name: {
                **taken,
                "pages_per_second": pages / taken["seconds"] if pages and taken["seconds"] else None,
            }
            for name, taken in clock.items()
        },
    }


def lacking(config: Config) -> list[dict[str, str]]:
    """What this machine lacks for the whole work: what, what it costs, how to get it."""
    found = [
        {
            "what": f"spaCy pipeline {package}",
            "effect": f"Persons and organisations in {code} are found by registers and patterns alone.",
            "remedy": "Install it, or name another in mentions.spacy; `nijar doctor` says more.",
        }
        for code, package in config.mentions.spacy.items()
        if package in parts.annotator(config).missing
    ]
    missing = missing_ocr_languages() if config.extraction.ocr == "auto" else []
    if missing:
        found.append(
            {
                "what": f"Tesseract data for {', '.join(missing)}",
                "effect": f"Its scans stay unread; {documents.textless_pages()} pages have no text.",
                "remedy": "Install it as `nijar doctor` says.",
            }
        )
    return found


def put_aside(config: Config) -> list[dict[str, str]]:
    """The documents that a stage gave up on after run.attempts attempts, with the last reason."""
    versions = {
        "read": extraction.version(config),
        "tag": parts.tag_version(config),
        "annotate": parts.annotate_version(config),
    }
    return [
        {"document": identity, "stage": stage, "reason": reason}
        for stage, version in versions.items()
        for identity, reason in sorted(set_aside(stage, version, config).items())
    ]


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
