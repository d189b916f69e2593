"""One corpus run: the store opened and closed, its beginning and its end."""

import logging
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from nijar_nlp import logs
from nijar_nlp.config import Config, load_config
from nijar_nlp.errors import NijarError, StoreError
from nijar_nlp.steps.alerting import alert_after, alert_failed, telling
from nijar_nlp.steps.attempting import place_of
from nijar_nlp.store import runs
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
    off where it was ended from outside or the process killed.
    """
    with opened(config_file, database) as config, ExitStack() as kept:
        with telling("The run", config):
            held = kept.enter_context(sole("run"))
            run_id = _begin(paths, tick, config) if held else None
        if not held and tick is None:
            raise StoreError(
                "The run was not begun",
                "another one is under way",
                "One run at a time works on a store.",
                "Wait for its end; `nijar status` shows how far it is.",
            )
        if run_id is None:
            log.info("tick skipped")
            yield None
            return
        log.info("run begun", extra={"run": run_id})
        try:
            yield run_id
        except BaseException as error:
            _end_badly(run_id, error, config)
            raise


def _begin(paths: Sequence[str], tick: datetime | None, config: Config) -> uuid.UUID | None:
    """The row of a run that begins now; None where its work was done since its tick."""
    migrate(config.path(config.store.backups))
    for stage in runs.close_broken_off():
        reason = f"It broke off in stage {stage or 'survey'}: it was killed, or the machine stopped."
        alert_failed(config, "The run before", reason)
    return None if tick is not None and runs.began_since(tick, paths) else runs.start(paths)


def progress(run_id: uuid.UUID, clock: Mapping[str, Mapping[str, float]], stage: str) -> None:
    """Keep what the stages took so far, and which one is under way."""
    runs.progress(run_id, {"stages": dict(clock), "stage": stage})


def end_run(run_id: uuid.UUID, summary: Mapping[str, Any], config: Config) -> None:
    """Close the run's row, and tell of what is unusual."""
    alert_after(config, summary)
    runs.end(run_id, summary, "done")
    log.info("run done", extra={"run": run_id, "files": summary["files"], "pages": summary["pages"]})


def _end_badly(run_id: uuid.UUID, error: BaseException, config: Config) -> None:
    """Close the row; of a run that a person ended, or what serves it, nobody is alerted."""
    if failed := isinstance(error, Exception):
        reason = str(error) if isinstance(error, NijarError) else place_of(error)
    else:
        reason = f"It was ended from outside: {type(error).__name__}."
    log.error("run failed" if failed else "run ended", extra={"run": run_id, "error": reason})
    with suppress(*OUTSIDE):
        runs.end(run_id, None, "failed" if failed else "broken_off", reason)
    if failed:
        alert_failed(config, "The run", reason)
