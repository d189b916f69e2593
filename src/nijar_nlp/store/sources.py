"""Files as last found and documents erased, in and out of the store."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Q

from nijar_nlp.store import erasing, grouped, models
from nijar_nlp.store.backups import opened_copy
from nijar_nlp.store.chunks import chunks
from nijar_nlp.store.erasing import Traces, traces

_BATCH = 500
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

    @property
    def stamp(self) -> str:
        """Where the file lies, its size and its time: what is the same was not changed."""
        return f"{self.path}\x1f{self.size}\x1f{self.modified_ns}"


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
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=[*_FIELDS[1:], "gone_at"],
    )


def mark_gone(paths: Iterable[str]) -> None:
    """Keep that these files are there no more; what was read from them stays."""
    now = datetime.now(UTC)
    for chunk in chunks(paths):
        models.Source.objects.filter(path__in=chunk).update(gone_at=now)


def paths_of(document_id: str) -> list[str]:
    """Where a document's file was last found, files that are there first."""
    rows = models.Source.objects.filter(document_id=document_id)
    return [row.path for row in sorted(rows, key=lambda row: (row.gone_at is not None, row.path))]


def erased(document_ids: Iterable[str]) -> set[str]:
    """Those of the documents that were erased on request."""
    return set(filter(erased_on_request(), document_ids))


def erased_on_request() -> Callable[[str], bool]:
    """Tells of a document's id, or of a file's stamp, whether it is kept out."""
    digests = set(models.Erasure.objects.values_list("digest", flat=True))
    if not digests:
        return lambda which: False
    key = _key()
    return lambda which: _digest(key, which) in digests


def keep_out(which: str) -> None:
    """Keep a document out from now on by its id, or a file by its stamp, without keeping either."""
    models.Erasure.objects.get_or_create(digest=_digest(_key(), which))


def _key() -> bytes:
    with transaction.atomic():
        row, _ = models.Secret.objects.get_or_create(
            name="erasures", defaults={"value": secrets.token_hex(32)}
        )
    return bytes.fromhex(row.value)


def _digest(key: bytes, document_id: str) -> str:
    return hmac.new(key, document_id.encode(), hashlib.sha256).hexdigest()


def matching(which: str) -> list[str]:
    """The ids of the documents that an id, a file's path or its name means; also where it was not read."""
    paths = Q(path__in=[str(Path(which).resolve()), which]) | Q(path__endswith=f"/{which}")
    found: set[str] = set(
        models.Document.objects.filter(Q(id=which) | Q(file=which)).values_list("id", flat=True)
    )
    for table in (models.Source, models.DocumentFile):
        found.update(table.objects.filter(Q(document_id=which) | paths).values_list("document_id", flat=True))
    return sorted(found)


def archives_of(document_id: str) -> list[str]:
    """The zip files that a document's file lies in."""
    rows = models.Source.objects.filter(document_id=document_id).exclude(archive="")
    return sorted(set(rows.values_list("archive", flat=True)))


def document_ids() -> set[str]:
    """The ids of all documents, also of those whose file was found and not read."""
    tables = (models.Source, models.DocumentFile, models.Attempt)
    found = set(models.Document.objects.values_list("id", flat=True))
    return found.union(*(table.objects.values_list("document_id", flat=True) for table in tables))


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
