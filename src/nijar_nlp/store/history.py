"""What became of the candidates from grouping to grouping, in and out of the store."""

from collections.abc import Iterable
from typing import Any

from nijar_nlp import records
from nijar_nlp.store import models


def save_changes(changes: Iterable[records.CandidateChange]) -> None:
    """Add what a grouping changed."""
    models.Change.objects.bulk_create(
        models.Change(
            kind=change.kind,
            candidate=change.candidate_id,
            others=list(change.others),
            passages=list(change.passage_ids),
            reason=change.reason,
        )
        for change in changes
    )


def changes(candidate_id: str | None = None) -> list[records.CandidateChange]:
    """The history of all candidates, or of one, the oldest first."""
    rows = models.Change.objects.order_by("id")
    if candidate_id is not None:
        rows = rows.filter(candidate=candidate_id)
    return [_record(row) for row in rows]


def withdrawals(candidate_ids: Iterable[str]) -> dict[str, records.CandidateChange]:
    """By candidate that is no more, how it was last taken back; an empty change where nothing tells it."""
    found = {i: records.CandidateChange("withdrawn", i, (), (), "") for i in candidate_ids}
    rows = models.Change.objects.filter(kind="withdrawn", candidate__in=list(found)).order_by("id")
    return found | {row.candidate: _record(row) for row in rows}


def feed(after: int = 0) -> list[dict[str, Any]]:
    """What became of the candidates after a number of the feed, the oldest first; all from 0."""
    return [
        {
            "number": row.id,
            "at": row.at.isoformat(),
            "kind": row.kind,
            "candidate": row.candidate,
            "others": row.others,
            "passages": row.passages,
            "reason": row.reason,
        }
        for row in models.Change.objects.filter(id__gt=after).order_by("id")
    ]


def _record(row: models.Change) -> records.CandidateChange:
    return records.CandidateChange(
        row.kind, row.candidate, tuple(row.others), tuple(row.passages), row.reason
    )
