"""The store into what runs, waits and failed, and how long the rest would take."""

from typing import Any

from nijar_nlp.config import Config
from nijar_nlp.steps.alerting import free_bytes
from nijar_nlp.steps.finding import unannotated, untagged
from nijar_nlp.steps.summing import put_aside
from nijar_nlp.steps.surveying import waiting
from nijar_nlp.store import backups, documents, runs
from nijar_nlp.store.locking import sole

_RUNS = 5
_ENDS = ("done", "failed", "broken_off")


def status(config: Config) -> dict[str, Any]:
    """What runs, what waits at each stage, what failed and why, and the seconds that the rest would take.

    The seconds are those that the same stages took on the documents done, shared by run.workers; None where
    none is done.
    """
    with sole("run") as held:
        running = not held
    waits = {
        "read": waiting(config),
        "tag": len(untagged(config)),
        "annotate": len(unannotated(config)),
    }
    times = documents.stage_times()
    newest = backups.newest(config.path(config.store.backups))
    return {
        "running": running,
        "runs": [_run(row, running) for row in runs.latest(_RUNS)],
        "stages": {name: _stage(times.get(name), n) for name, n in waits.items()},
        "seconds_left": _seconds_left(times, waits, config.run.workers),
        "failed": [
            {
                "document": d.id,
                "file": d.file,
                "problem": d.problem.code,
                "reason": d.problem.reason,
                "remedy": d.problem.remedy,
            }
            for d in documents.problems()
            if d.problem
        ],
        "put_aside": put_aside(config),
        "store": documents.counts(),
        "last_runs": {
            state: row.started_at.isoformat(timespec="seconds")
            for state in _ENDS
            for row in runs.latest(1, state)
        },
        "last_backup": newest.isoformat(timespec="seconds") if newest else None,
        "free_bytes": free_bytes(config),
    }


def _run(row: runs.RunRow, running: bool) -> dict[str, Any]:
    broken = row.state == "running" and not running
    return {
        "started_at": row.started_at.isoformat(timespec="seconds"),
        "ended_at": row.ended_at.isoformat(timespec="seconds") if row.ended_at else None,
        "state": "broken_off" if broken else row.state,
        "stage": row.summary.get("stage", ""),
        "reason": row.reason,
        "stages": row.summary.get("stages", {}),
    }


def _stage(done: tuple[int, int, float] | None, waits: int) -> dict[str, Any]:
    count, pages, seconds = done or (0, 0, 0.0)
    return {
        "done": count,
        "waiting": waits,
        "seconds": round(seconds, 3),
        "seconds_per_page": seconds / pages if pages else None,
    }


def _seconds_left(
    times: dict[str, tuple[int, int, float]], waits: dict[str, int], workers: int
) -> float | None:
    """A file that waits for a stage waits for those after it, too."""
    order = list(waits)
    left = 0.0
    for place, stage in enumerate(order):
        queue = sum(waits[name] for name in order[: place + 1])
        if not queue:
            continue
        count, _, seconds = times.get(stage, (0, 0, 0.0))
        if not count:
            return None
        left += queue * seconds / count
    return left / workers
