"""The status of the work into the lines that Prometheus reads."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any


def exposition(status: Mapping[str, Any]) -> str:
    """Prometheus's text format, as node_exporter's textfile collector takes it; it names no document."""
    return "".join(f"{line}\n" for line in _lines(status))


def _lines(status: Mapping[str, Any]) -> Iterator[str]:
    for name, told, samples in _metrics(status):
        known = [(labels, value) for labels, value in samples if value is not None]
        if known:
            yield f"# HELP nijar_{name} {told}"
            yield f"# TYPE nijar_{name} gauge"
        for labels, value in known:
            named = ",".join(f'{label}="{what}"' for label, what in labels.items())
            yield f"nijar_{name}{{{named}}} {value}" if named else f"nijar_{name} {value}"


def _metrics(
    status: Mapping[str, Any],
) -> Iterator[tuple[str, str, list[tuple[dict[str, str], float | None]]]]:
    """Name, help and samples of each measure."""
    stages = status["stages"].items()
    yield "running", "1 while a run is under way.", [({}, int(status["running"]))]
    yield (
        "last_run_timestamp_seconds",
        "When the last run of each state began.",
        [({"state": state}, _seconds(at)) for state, at in status["last_runs"].items()],
    )
    yield (
        "last_backup_timestamp_seconds",
        "When the newest backup began.",
        [({}, _seconds(status["last_backup"]))],
    )
    yield "stage_documents_done", "Documents for which a stage is done.", _of_stages(stages, "done")
    yield "stage_documents_waiting", "Documents that wait for a stage.", _of_stages(stages, "waiting")
    yield "stage_seconds", "Seconds that a stage took for the documents done.", _of_stages(stages, "seconds")
    yield "remaining_seconds", "Seconds that the rest would take.", [({}, status["seconds_left"])]
    yield "files_failed", "Files that could not be read.", [({}, len(status["failed"]))]
    yield "documents_put_aside", "Documents that a stage gave up.", [({}, len(status["put_aside"]))]
    yield "stored", "What the store holds.", [({"what": k}, n) for k, n in status["store"].items()]
    yield (
        "free_bytes",
        "Room on the disk of a place.",
        [({"place": k}, n) for k, n in status["free_bytes"].items()],
    )


def _of_stages(stages: Any, what: str) -> list[tuple[dict[str, str], float | None]]:
    return [({"stage": name}, stage[what]) for name, stage in stages]


def _seconds(moment: str | None) -> float | None:
    return datetime.fromisoformat(moment).timestamp() if moment else None
