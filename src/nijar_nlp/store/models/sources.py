"""Tables of where documents came from, and of what was erased."""

from django.db import models


class Source(models.Model):
    """A file as last found; `archive` is the zip file it was unpacked from, `gone_at` when it was missed.

    `size` (bytes) and `modified_ns` (nanoseconds since 1970, by the file system) spare unchanged files a
    second hashing. `described_by` changes with the metadata that accompanies the file.
    """

    path = models.TextField(unique=True)
    document_id = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    modified_ns = models.BigIntegerField()
    archive = models.TextField(blank=True)
    collection = models.CharField(max_length=64, blank=True)
    described_by = models.CharField(max_length=20, blank=True)
    first_seen_at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.path} ({self.document_id[:12]})"


class Erasure(models.Model):
    """A document erased on request: a keyed digest keeps it out, from which its id cannot be told."""

    digest = models.CharField(primary_key=True, max_length=64)
    erased_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"erased {self.erased_at:%Y-%m-%d}"


class Secret(models.Model):
    """A random key of this store, made at first use."""

    name = models.CharField(primary_key=True, max_length=32)
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name
