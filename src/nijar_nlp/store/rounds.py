"""Double coding rounds: who is to read which candidate, alone."""

from nijar_nlp import records
from nijar_nlp.store import models, people


def assign(assignment: records.Assignment) -> None:
    """Give a candidate to a reader in a round; what was given already stays."""
    models.Assignment.objects.get_or_create(
        round=assignment.round,
        candidate_id=assignment.candidate_id,
        reader_id=people.user_id(assignment.reader),
        defaults={"reading": assignment.reading},
    )


def waiting_for(name: str, candidate_id: str) -> records.Assignment | None:
    """The round in which a person still has to read a candidate; None where there is none."""
    rows = models.Assignment.objects.filter(reader__username=name, candidate_id=candidate_id)
    for row in rows.order_by("id"):
        read = models.Decision.objects.filter(
            by__username=name, subject_id=candidate_id, round=row.round, undone_by__isnull=True
        )
        if not read.exclude(kind__in=("comment", "undo")).exists():
            return records.Assignment(row.round, row.candidate_id, name, row.reading)
    return None
