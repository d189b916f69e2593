"""Files as last found and documents erased, in and out of the store."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Q

from nijar_nlp.store import erasing, grouped, models
from nijar_nlp.store.backups import opened_copy
from nijar_nlp.store.erasing import Traces, traces

_CHUNK = 500
_FIELDS = ("path", "document_id", "size", "modified_ns", "archive", "collection", "described_by")


@dataclass(frozen=True)
class SourceRow:
    """A file as last found; Source tells what the fields are."""

    path: str
    document_id: str
    size: int
    modified_ns: int
    archive: str = ""
    collection: str = ""
    described_by: str = ""


def present() -> dict[str, SourceRow]:
    """By path, every file that was there when last looked."""
    rows = models.Source.objects.filter(gone_at__isnull=True).values_list(*_FIELDS)
    return {row[0]: SourceRow(*row) for row in rows}


def at(paths: Iterable[str]) -> dict[str, SourceRow]:
    """By path, these files as last found."""
    rows = models.Source.objects.filter(path__in=list(paths)).values_list(*_FIELDS)
    return {row[0]: SourceRow(*row) for row in rows}


def save(rows: Sequence[SourceRow]) -> None:
    """Keep these files as found now."""
    models.Source.objects.bulk_create(
        (models.Source(**asdict(row)) for row in rows),
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=[*_FIELDS[1:], "gone_at"],
    )


def mark_gone(paths: Sequence[str]) -> None:
    """Keep that these files are there no more; what was read from them stays."""
    now = datetime.now(UTC)
    for start in range(0, len(paths), _CHUNK):
        models.Source.objects.filter(path__in=paths[start : start + _CHUNK]).update(gone_at=now)


def paths_of(document_id: str) -> list[str]:
    """Where a document's file was last found, files that are there first."""
    rows = models.Source.objects.filter(document_id=document_id)
    return [row.path for row in sorted(rows, key=lambda row: (row.gone_at is not None, row.path))]


def erased(document_ids: Iterable[str]) -> set[str]:
    """Those of the documents that were erased on request."""
    digests = set(models.Erasure.objects.values_list("digest", flat=True))
    if not digests:
        return set()
    key = _key()
    return {identity for identity in document_ids if _digest(key, identity) in digests}


def keep_out(document_id: str) -> None:
    """Keep a document out from now on, without keeping its id."""
    models.Erasure.objects.get_or_create(digest=_digest(_key(), document_id))


def _key() -> bytes:
    with transaction.atomic():
        row, _ = models.Secret.objects.get_or_create(
            name="erasures", defaults={"value": secrets.token_hex(32)}
        )
    return bytes.fromhex(row.value)


def _digest(key: bytes, document_id: str) -> str:
    return hmac.new(key, document_id.encode(), hashlib.sha256).hexdigest()


def matching(which: str) -> list[str]:
    """The ids of the documents that an id, the path of a file or a file name means."""
    path = str(Path(which).resolve())
    asked = Q(id=which) | Q(file=which) | Q(id__in=_at_paths([path, which]))
    return sorted(models.Document.objects.filter(asked).values_list("id", flat=True))


def archives_of(document_id: str) -> list[str]:
    """The zip files that a document's file lies in."""
    rows = models.Source.objects.filter(document_id=document_id).exclude(archive="")
    return sorted(set(rows.values_list("archive", flat=True)))


def document_ids() -> list[str]:
    """The ids of all documents."""
    return list(models.Document.objects.values_list("id", flat=True))


def erasures() -> tuple[str, set[str]]:
    """The key of this store and the digests of what was erased."""
    digests = set(models.Erasure.objects.values_list("digest", flat=True))
    return (_key().hex() if digests else "", digests)


def keep_out_also(key: str, digests: Iterable[str]) -> None:
    """Keep the erasures of the database that this one replaces."""
    if key:
        models.Secret.objects.update_or_create(name="erasures", defaults={"value": key})
        rows = [models.Erasure(digest=digest) for digest in digests]
        models.Erasure.objects.bulk_create(rows, ignore_conflicts=True)


def traces_of(document_id: str) -> Traces:
    """What the store could leave of a document."""
    return traces(connections[DEFAULT_DB_ALIAS], document_id)


def erase(document_id: str) -> int:
    """Erase a document from every table of the store; how many rows were changed."""
    grouped.lapse()
    connection = connections[DEFAULT_DB_ALIAS]
    return erasing.erase(connection, traces(connection, document_id), document_id)


def erase_from_copy(file: Path, document_id: str) -> int:
    """Erase a document from an SQLite copy of the store; 0 where it does not hold it."""
    with opened_copy(file) as connection:
        found = traces(connection, document_id)
        return erasing.erase(connection, found, document_id) if found else 0


def database_file() -> str:
    """The file of an SQLite store; empty for another."""
    settings = connections[DEFAULT_DB_ALIAS].settings_dict
    return str(settings["NAME"]) if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else ""


def _at_paths(paths: Sequence[str]) -> list[str]:
    return list(models.Source.objects.filter(path__in=paths).values_list("document_id", flat=True))
