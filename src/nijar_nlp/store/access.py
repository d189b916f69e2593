"""Who may see which documents: those of restricted collections are for their members."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.store import models, people
from nijar_nlp.store.answering import once

# Who sees documents marked sensitive without being named.
TRUSTED_ROLES = ("adjudicator", "steward")


def hidden_documents(name: str) -> frozenset[str]:
    """Ids of the documents that a person may not see.

    Those of restricted collections are for their members; those marked sensitive for adjudicators, stewards
    and the members of a collection that they are in.
    """
    return once("hidden", name, _hidden_documents)


def _hidden_documents(name: str) -> frozenset[str]:
    hidden: set[str] = set()
    if restricted := list(models.Collection.objects.filter(restricted=True)):
        for rows in _documents_of(models.Collection.objects.filter(id__in=[one.id for one in restricted])):
            hidden.update(identity for (identity,) in rows)
    if people.role(name) not in TRUSTED_ROLES:
        sensitive = models.Document.objects.filter(sensitivity="sensitive")
        hidden.update(sensitive.values_list("id", flat=True))
    if hidden:
        own = _documents_of(models.Collection.objects.filter(members__username=name))
        hidden -= {identity for (identity,) in own[0].union(*own[1:])}
    return frozenset(hidden)


def hidden_passages(name: str, passage_ids: Iterable[str]) -> frozenset[str]:
    """Which of these passages a person may not see."""
    hidden = hidden_documents(name)
    if not hidden:
        return frozenset()
    rows = models.Passage.objects.filter(id__in=list(passage_ids), document_id__in=hidden)
    return frozenset(rows.values_list("id", flat=True))


def _documents_of(collections_: QuerySet[models.Collection]) -> list[QuerySet[Any, tuple[str]]]:
    """Ids of the documents put into collections, and of those that were read in one of their names."""
    put = models.CollectionDocument.objects.filter(collection__in=collections_)
    read = models.Document.objects.filter(collection__in=collections_.values("name"))
    return [put.values_list("document_id"), read.values_list("id")]


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


def entries(
    by: str = "", action: str = "", skip: int = 0, size: int = 50
) -> tuple[list[records.AuditEntry], int]:
    """A stretch of the log, the latest first, of a person and an action where given; and how long it is."""
    rows = models.AuditEntry.objects.select_related("by").order_by("-id")
    if by:
        rows = rows.filter(by__username=by)
    if action:
        rows = rows.filter(action=action)
    found = [
        records.AuditEntry(row.action, row.by.username, row.what, row.subject_id, row.detail, row.at)
        for row in rows[skip : skip + size]
    ]
    return found, rows.count()


def collections() -> list[records.Collection]:
    """All collections by name: those made here, and those that documents were read in."""
    read: dict[str, set[str]] = {}
    rows = models.Document.objects.exclude(collection="").values_list("collection", "id")
    for name, identity in rows:
        read.setdefault(name, set()).add(identity)
    made = {
        row.name: records.Collection(
            row.name,
            row.restricted,
            tuple(sorted(user.username for user in row.members.all())),
            tuple(sorted({link.document_id for link in row.documents.all()} | read.get(row.name, set()))),
        )
        for row in models.Collection.objects.prefetch_related("members", "documents")
    }
    open_ = {name: records.Collection(name, False, (), tuple(sorted(ids))) for name, ids in read.items()}
    return sorted((open_ | made).values(), key=lambda one: one.name)


def collection(name: str) -> records.Collection:
    """One collection; StoreError where there is none."""
    found = next((one for one in collections() if one.name == name), None)
    if found is None:
        raise StoreError("There is no such collection", name, "It must have been made.", "Make it first.")
    return found


def save_collection(made: records.Collection) -> None:
    """Make a collection as given, in the place of an earlier one of this name.

    Documents that were read in a collection of this name are in it without being named.
    """
    with transaction.atomic():
        row, _ = models.Collection.objects.update_or_create(
            name=made.name, defaults={"restricted": made.restricted}
        )
        row.members.set([people.user_id(name) for name in made.members])
        row.documents.exclude(document_id__in=made.document_ids).delete()
        here = set(row.documents.values_list("document_id", flat=True))
        models.CollectionDocument.objects.bulk_create(
            models.CollectionDocument(collection=row, document_id=identity)
            for identity in made.document_ids
            if identity not in here
        )
