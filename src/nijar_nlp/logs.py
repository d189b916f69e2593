"""Events of the work into lines of JSON, a file a day, without any text of a document."""

import contextlib
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

# What a line may hold beside the event's name: ids, counts, file names, kinds of error.
FIELDS = ("run", "stage", "document", "file", "problem", "error", "pages", "files", "seconds")
LOGGER = "nijar_nlp"
_DAYS = 365  # a file is kept so long: who asks what happened asks of this year
_FILE = "%Y-%m-%d.jsonl"


class _Lines(logging.Handler):
    """Appends one line an event; of a message only the words in the code are kept, never its arguments."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        moment = datetime.fromtimestamp(record.created, UTC)
        event = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "event": record.msg,
        }
        event |= {key: getattr(record, key) for key in FIELDS if hasattr(record, key)}
        line = json.dumps(event, ensure_ascii=False, default=str) + "\n"
        with contextlib.suppress(OSError):  # a full disk ends the work elsewhere, with its reason
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / moment.strftime(_FILE)).open("a", encoding="utf-8") as out:
                out.write(line)


def start(folder: Path) -> None:
    """Send this process's events to `folder` from now on; files there that are older than a year go."""
    logger = logging.getLogger(LOGGER)
    for handler in [handler for handler in logger.handlers if isinstance(handler, _Lines)]:
        if handler.folder == folder:
            return
        logger.removeHandler(handler)
    logger.addHandler(_Lines(folder))
    logger.setLevel(logging.INFO)
    logger.propagate = False
    _prune(folder)


def _prune(folder: Path) -> None:
    oldest = (datetime.now(UTC) - timedelta(days=_DAYS)).strftime(_FILE)
    with contextlib.suppress(OSError):  # another process was quicker
        for file in folder.glob("????-??-??.jsonl"):
            if file.name < oldest:
                file.unlink()
