"""Files as last found and documents erased, in and out of the store."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.db import transaction

from nijar_nlp.store import models

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


def documents_at(path: str) -> list[str]:
    """The ids of the documents found at a path, or under a file name where no path is the same."""
    exact = models.Source.objects.filter(path=path).values_list("document_id", flat=True)
    return sorted(exact or models.Document.objects.filter(file=path).values_list("id", flat=True))


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
