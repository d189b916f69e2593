"""Who may see which documents: those of restricted collections are for their members."""

from collections.abc import Iterable
from datetime import UTC, datetime

from nijar_nlp import records
from nijar_nlp.store import models, people


def hidden_documents(name: str) -> frozenset[str]:
    """Ids of the documents that a person may not see: in a restricted collection, and in none of theirs."""
    rows = models.CollectionDocument.objects.filter(collection__restricted=True)
    hidden = set(rows.values_list("document_id", flat=True))
    if hidden:
        own = rows.filter(collection__members__username=name)
        hidden -= set(own.values_list("document_id", flat=True))
    return frozenset(hidden)


def hidden_passages(name: str, passage_ids: Iterable[str]) -> frozenset[str]:
    """Which of these passages a person may not see."""
    hidden = hidden_documents(name)
    if not hidden:
        return frozenset()
    rows = models.Passage.objects.filter(id__in=list(passage_ids), document_id__in=hidden)
    return frozenset(rows.values_list("id", flat=True))


def write_down(entry: records.AuditEntry) -> None:
    """Append to the log of what was read, taken out or refused."""
    models.AuditEntry.objects.create(
        at=entry.at or datetime.now(UTC),
        by_id=people.user_id(entry.by),
        action=entry.action,
        what=entry.what,
        subject_id=entry.id,
        detail=entry.detail,
    )
