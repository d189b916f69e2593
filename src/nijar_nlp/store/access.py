"""Who may see which documents: those of restricted collections are for their members."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.store import models, people
from nijar_nlp.store.answering import once

# Who sees documents marked sensitive without being named.
TRUSTED_ROLES = ("adjudicator", "steward")


class Hidden(frozenset[str]):
    """Ids of documents that a person may not see; `rows` is the same for the database to look up.

    Handed over one by one, they would be more values than a query may have.
    """

    rows: QuerySet[models.Document, str]

    @classmethod
    def of(cls, rows: QuerySet[models.Document, str]) -> "Hidden":
        """Those that a query of ids finds."""
        hidden = cls(rows)
        hidden.rows = rows.all()
        return hidden

    def spare(self, field: str) -> Q:
        """The condition that the document whose id a field holds is none of these."""
        return ~Q(Exists(self.rows.filter(id=OuterRef(field))))


def hidden_documents(name: str) -> Hidden:
    """Ids of the documents that a person may not see.

    Those of restricted collections are for their members; those marked sensitive for adjudicators, stewards
    and the members of a collection that they are in.
    """
    return once("hidden", name, _hidden_documents)


def hidden_passages(name: str, passage_ids: Iterable[str]) -> frozenset[str]:
    """Which of these passages a person may not see."""
    hidden = hidden_documents(name)
    if not hidden:
        return frozenset()
    rows = models.Passage.objects.filter(id__in=list(passage_ids), document_id__in=hidden.rows)
    return frozenset(rows.values_list("id", flat=True))


def _hidden_documents(name: str) -> Hidden:
    which = Q()
    if models.Collection.objects.filter(restricted=True).exists():
        which |= _in_one_of(models.Collection.objects.filter(restricted=True))
    if people.role(name) not in TRUSTED_ROLES:
        which |= Q(sensitivity="sensitive")
    rows = models.Document.objects.filter(which) if which else models.Document.objects.none()
    own = models.Collection.objects.filter(members__username=name)
    return Hidden.of(rows.exclude(_in_one_of(own)).values_list("id", flat=True))


def _in_one_of(collections_: QuerySet[models.Collection]) -> Q:
    """Documents put into collections, and those that were read in one of their names."""
    put = models.CollectionDocument.objects.filter(collection__in=collections_)
    return Q(id__in=put.values("document_id")) | Q(collection__in=collections_.values("name"))


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
