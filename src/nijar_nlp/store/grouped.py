"""Whether the candidates are still those of the evidence that the store holds."""

import uuid

from django.db import connection, transaction

from nijar_nlp.store import models

# PostgreSQL: who changes evidence holds it together, who begins to group alone. SQLite has one writer anyway.
_LOCK = 0x6E696A6772


def begin(basis: str) -> uuid.UUID:
    """Note, before any evidence is read, that it is grouped anew on this basis.

    Whoever is about to change evidence is waited for: the note would stand beside what it cannot see yet.
    """
    with transaction.atomic():
        _hold("pg_advisory_xact_lock")
        lapse()
        return models.Grouping.objects.create(id=uuid.uuid4(), basis=basis).id


def finish(which: uuid.UUID) -> None:
    """Note that this grouping stands, unless evidence has changed since it began."""
    models.Grouping.objects.filter(id=which).update(done=True)


def lapse() -> None:
    """Note that evidence has changed: belongs into the transaction that changes it."""
    _hold("pg_advisory_xact_lock_shared")
    models.Grouping.objects.all().delete()


def stands(basis: str) -> bool:
    """Whether the candidates are those of the present evidence on this basis."""
    return models.Grouping.objects.filter(basis=basis, done=True).exists()


def latest() -> str:
    """Which grouping the candidates are of; empty where evidence has changed since."""
    return str(models.Grouping.objects.filter(done=True).values_list("id", flat=True).first() or "")


def last_decision() -> int:
    """The id of the latest decision; 0 where there is none."""
    return models.Decision.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _hold(lock: str) -> None:
    """Until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s)", [_LOCK])
