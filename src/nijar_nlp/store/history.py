"""What became of the candidates from grouping to grouping, and what people fixed, in and out of the store."""

from collections.abc import Iterable, Sequence
from typing import Literal

from nijar_nlp import records
from nijar_nlp.store import models

Kind = Literal["accepted", "together", "apart"]


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
    return [
        records.CandidateChange(row.kind, row.candidate, tuple(row.others), tuple(row.passages), row.reason)
        for row in rows
    ]


def fix(kind: Kind, passage_ids: Sequence[str], candidate_id: str = "") -> None:
    """Keep a decision on the grouping: an accepted candidate's passages, those of one case, or two apart."""
    models.Constraint.objects.create(kind=kind, candidate=candidate_id, passages=list(passage_ids))


def unfix(kind: Kind, passage_ids: Sequence[str], candidate_id: str = "") -> None:
    """Take a decision on the grouping back."""
    models.Constraint.objects.filter(kind=kind, candidate=candidate_id, passages=list(passage_ids)).delete()


def fixed() -> records.Fixed:
    """All that people decided on the grouping."""
    rows = list(models.Constraint.objects.order_by("id"))
    return records.Fixed(
        accepted={row.candidate: frozenset(row.passages) for row in rows if row.kind == "accepted"},
        together=tuple(frozenset(row.passages) for row in rows if row.kind == "together"),
        apart=tuple(
            (first, other)
            for row in rows
            if row.kind == "apart"
            for first, other in zip(row.passages, row.passages[1:], strict=False)
        ),
    )
