"""Corpus runs and broken attempts, in and out of the store."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from nijar_nlp.store import models


@dataclass(frozen=True)
class RunRow:
    """One run as kept: `state` is running, done, failed or broken_off."""

    id: uuid.UUID
    started_at: datetime
    ended_at: datetime | None
    state: str
    reason: str
    summary: Mapping[str, Any]


def start(paths: Sequence[str]) -> uuid.UUID:
    """Open a row for a run over these paths that begins now."""
    return models.Run.objects.create(id=uuid.uuid4(), started_at=datetime.now(UTC), paths=list(paths)).id


def close_broken_off() -> list[str]:
    """Close the rows of runs whose process is no more; the stage that each was at."""
    with transaction.atomic():
        open_rows = models.Run.objects.filter(state="running").order_by("started_at")
        stages = [row.summary.get("stage", "") for row in open_rows]
        open_rows.update(state="broken_off", ended_at=datetime.now(UTC))
    return stages


def progress(run_id: uuid.UUID, summary: Mapping[str, Any]) -> None:
    """Keep what a run has done so far."""
    models.Run.objects.filter(id=run_id).update(summary=dict(summary))


def end(run_id: uuid.UUID, summary: Mapping[str, Any] | None, state: str, reason: str = "") -> None:
    """Close a run's row with its state and, where it has one, its summary."""
    values: dict[str, Any] = {"ended_at": datetime.now(UTC), "state": state, "reason": reason}
    if summary is not None:
        values["summary"] = dict(summary)
    models.Run.objects.filter(id=run_id).update(**values)


def latest(most: int, state: str | None = None, paths: Sequence[str] | None = None) -> list[RunRow]:
    """The newest runs first, of one state and over these paths where they are given."""
    rows = models.Run.objects.order_by("-started_at")
    if state is not None:
        rows = rows.filter(state=state)
    if paths is not None:
        rows = rows.filter(paths=list(paths))
    return [
        RunRow(row.id, row.started_at, row.ended_at, row.state, row.reason, row.summary)
        for row in rows[:most]
    ]


def began_since(moment: datetime, paths: Sequence[str]) -> bool:
    """Whether a run over these paths that ended well began at or after `moment`.

    A start that lies in the future was written by a clock that has been set back since: it does not count.
    """
    done = models.Run.objects.filter(state="done", paths=list(paths))
    return done.filter(started_at__gte=moment, started_at__lte=datetime.now(UTC)).exists()


def begin_attempt(document_id: str, stage: str, version: str) -> None:
    """Count a begun attempt; a new version of the stage counts from one."""
    same = models.Attempt.objects.filter(document_id=document_id, stage=stage)
    if not same.filter(version=version).update(count=F("count") + 1, reason="It broke off."):
        models.Attempt.objects.update_or_create(
            document_id=document_id,
            stage=stage,
            defaults={"version": version, "count": 1, "reason": "It broke off."},
        )


def attempts(document_id: str, stage: str) -> int:
    """How often a stage was begun on a document and not ended."""
    row = models.Attempt.objects.filter(document_id=document_id, stage=stage).first()
    return row.count if row else 0


def fail_attempt(document_id: str, stage: str, reason: str) -> None:
    """Keep why the attempt failed."""
    models.Attempt.objects.filter(document_id=document_id, stage=stage).update(reason=reason)


def withdraw_attempt(document_id: str, stage: str) -> None:
    """Uncount an attempt that ended for a reason outside the document."""
    models.Attempt.objects.filter(document_id=document_id, stage=stage, count__gt=0).update(
        count=F("count") - 1
    )


def clear_attempts(document_ids: Iterable[str], stage: str) -> None:
    """Forget the attempts of documents on which the stage ended."""
    models.Attempt.objects.filter(document_id__in=list(document_ids), stage=stage).delete()


def quarantined(stage: str, version: str, limit: int) -> dict[str, str]:
    """By id, the documents on which this version broke off `limit` times or more, and the last reason."""
    rows = models.Attempt.objects.filter(stage=stage, version=version, count__gte=limit)
    return dict(rows.values_list("document_id", "reason"))
