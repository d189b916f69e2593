"""One document's work, counted before it begins, so that a document that breaks every run is put aside."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from nijar_nlp.config import Config
from nijar_nlp.store import runs
from nijar_nlp.store.connection import OUTSIDE, OperationalError

log = logging.getLogger(__name__)


@dataclass
class Attempt:
    """Whether the work in the block came to its end; `reason` tells why not, without any text.

    The block may set a reason itself: the attempt then stays counted.
    """

    ended: bool = False
    reason: str = ""


@contextlib.contextmanager
def attempt(document_id: str, stage: str, version: str) -> Iterator[Attempt]:
    """Work on one document: a fault of ours is logged and counted, and the batch goes on with the next one.

    What comes from outside (disk, database, a person who ends the run) is raised and not counted; a time-out
    is raised and counted; the count of a killed process stays.
    """
    runs.begin_attempt(document_id, stage, version)
    state = Attempt()
    try:
        yield state
    except TimeoutError:
        runs.fail_attempt(document_id, stage, "It took longer than run.batch_minutes.")
        raise
    except Exception as error:
        if isinstance(error, OUTSIDE):
            _withdraw(document_id, stage)
            raise
        state.reason = f"{type(error).__name__} in stage {stage}."
        runs.fail_attempt(document_id, stage, state.reason)
        log.error("stage failed", extra={"stage": stage, "document": document_id, "error": place_of(error)})
    except BaseException:
        _withdraw(document_id, stage)
        raise
    else:
        if state.reason:
            runs.fail_attempt(document_id, stage, state.reason)
        else:
            runs.clear_attempts([document_id], stage)
        state.ended = True


def set_aside(stage: str, version: str, config: Config) -> dict[str, str]:
    """By id, the documents that this version gives up on, with the reason."""
    return runs.quarantined(stage, version, config.run.attempts)


def place_of(error: BaseException) -> str:
    """An error's type, the line that raised it, and what the system said: what may be told of it.

    Other messages are left out, for they could quote a document.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}{_said_by_system(error)}"


def _said_by_system(error: BaseException) -> str:
    """The operating system's or the database server's own words; of rows these errors say nothing."""
    words = error.strerror if isinstance(error, OSError) else ""
    if isinstance(error, OperationalError):
        words = str(error).partition("\n")[0]
    return f": {words}" if words else ""


def _withdraw(document_id: str, stage: str) -> None:
    with contextlib.suppress(*OUTSIDE):
        runs.withdraw_attempt(document_id, stage)
