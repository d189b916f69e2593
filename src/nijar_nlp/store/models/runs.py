"""Tables of what was done, when and by which version."""

from typing import ClassVar

from django.db import models

from nijar_nlp.store.models.documents import Document


class Stage(models.Model):
    """That a stage is done for a document, by which version, in how long."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=16)
    version = models.CharField(max_length=64)
    done_at = models.DateTimeField(auto_now=True)
    seconds = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "name"], name="stage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Attempt(models.Model):
    """How often a stage of this version was begun on a document and not ended, and why."""

    document_id = models.CharField(max_length=64)
    stage = models.CharField(max_length=16)
    version = models.CharField(max_length=64)
    count = models.IntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document_id", "stage"], name="attempt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.document_id[:12]}: {self.count}"


class Run(models.Model):
    """One corpus run: when, how it ended, and what it did.

    `state` is running, done, failed or broken_off (the process was ended from outside).
    """

    id = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, default="running", db_index=True)
    reason = models.TextField(blank=True)
    paths = models.JSONField(default=list)
    summary = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"run of {self.started_at:%Y-%m-%d %H:%M}"
