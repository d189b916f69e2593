"""What happened in a run into alerts, where it is worth one."""

import logging
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nijar_nlp import alerts
from nijar_nlp.config import Config
from nijar_nlp.errors import NijarError
from nijar_nlp.steps.attempting import place_of
from nijar_nlp.store import runs
from nijar_nlp.store.sources import database_file

log = logging.getLogger(__name__)

_GIGABYTE = 1_000_000_000
_LEAST_FILES = 5  # a share of fewer says nothing
_RUNS_BEFORE = 10


def alert_failed(config: Config, what: str, reason: str) -> None:
    """Tell that a run, a backup or a training failed; `reason` carries no text of a document."""
    _tell(config, f"{what} failed", {"reason": reason})


@contextmanager
def telling(what: str, config: Config) -> Iterator[None]:
    """Tell where the block fails, and let the error go on."""
    try:
        yield
    except Exception as error:
        alert_failed(config, what, str(error) if isinstance(error, NijarError) else place_of(error))
        raise


def alert_after(config: Config, summary: Mapping[str, Any]) -> None:
    """Tell of more failed files than in the runs before, of what moved, and of a disk that fills up."""
    share, usual = _failed_share(summary), _usual_share()
    if share is not None and share > usual + config.alerts.failed_share:
        facts = {"failed_share": round(share, 3), "usual_share": round(usual, 3), **summary["files"]}
        _tell(config, "more files failed than usual", facts)
    if counted := Counter(one["kind"] for one in summary.get("moved", ())):
        _tell(config, "documents are not as before", dict(counted))
    for place, free in free_bytes(config).items():
        if free < config.alerts.free_gb * _GIGABYTE:
            _tell(config, "the disk fills up", {"place": place, "free_gb": round(free / _GIGABYTE, 1)})


def free_bytes(config: Config) -> dict[str, int]:
    """By setting, the room on the disk of each place that grows; a disk is named once."""
    places = {"run.log": config.path(config.run.log), "store.backups": config.path(config.store.backups)}
    if database := database_file():
        places = {"store.database": Path(database), **places}
    disks: dict[int, tuple[str, int]] = {}
    for name, place in places.items():
        there = next(folder for folder in (place, *place.parents) if folder.exists())
        disks.setdefault(there.stat().st_dev, (name, shutil.disk_usage(there).free))
    return dict(disks.values())


def _failed_share(summary: Mapping[str, Any]) -> float | None:
    files = summary.get("files", {})
    new = files.get("read", 0) + files.get("failed", 0)
    return files.get("failed", 0) / new if new >= _LEAST_FILES else None


def _usual_share() -> float:
    """The failed share of the runs before; 0 where there were none."""
    shares = [_failed_share(row.summary) for row in runs.latest(_RUNS_BEFORE, "done")]
    known = [share for share in shares if share is not None]
    return sum(known) / len(known) if known else 0.0


def _tell(config: Config, subject: str, facts: Mapping[str, Any]) -> None:
    where = config.alerts
    for problem in alerts.send(subject, facts, webhook=where.webhook, email=where.email, smtp=where.smtp):
        log.error("alert not delivered", extra={"problem": problem})
