"""A corpus run with nothing to do: seen, noted and told without any model."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nijar_nlp.config import Config
from nijar_nlp.steps.casework import is_grouped
from nijar_nlp.steps.finding import unannotated, untagged
from nijar_nlp.steps.running import end_run, opened, sole_run
from nijar_nlp.steps.summing import summarise
from nijar_nlp.steps.surveying import Survey, unchanged
from nijar_nlp.store import runs
from nijar_nlp.store.connection import is_current

_STAGES = ("read", "tag", "annotate", "group")
# What a report shows of the store: where one of these is another, the last report no longer serves.
_SHOWN = ("store", "tags", "candidates", "grouping", "coverage", "put_aside", "missing")


def nothing_to_do(paths: Sequence[str], config_file: str, database: str) -> dict[str, Any] | None:
    """The summary of a run over these paths where it has nothing to do; None where it has.

    All files are as they were, every stage is done for all documents, the candidates are those of the present
    evidence, and the report of the last such run still holds. The run is kept in the store as any other.
    """
    began = time.perf_counter()
    with opened(config_file, database) as config:
        last = next(iter(runs.latest(1, "done", paths)), None) if is_current() else None
        if last is None or not Path(last.summary.get("report", "")).is_file():
            return None
        survey = unchanged([Path(path) for path in paths], config)
        if survey is None or untagged(config) or unannotated(config) or not is_grouped(config):
            return None
        summary = _summary(survey, time.perf_counter() - began, config)
        if any(summary[name] != last.summary.get(name) for name in _SHOWN):
            return None
        summary["report"] = last.summary["report"]
        with sole_run(config_file, database, paths, None) as run_id:
            if run_id is not None:
                end_run(run_id, summary, config)
        return summary


def _summary(survey: Survey, seconds: float, config: Config) -> dict[str, Any]:
    """The looking takes all the time; the other stages have nothing before them."""
    looked = {"seconds": seconds, "items": len(survey.outcomes)}
    idle: dict[str, dict[str, float]] = {stage: {"seconds": 0.0, "items": 0} for stage in _STAGES}
    clock = {"survey": looked, **idle, "all": looked}
    summary = summarise([vars(outcome) for outcome in survey.outcomes], clock, [], config)
    summary["sources"] = {"moved": 0, "gone": 0, "erased": survey.erased}
    summary["metadata_problems"] = list(survey.problems)
    return summary
