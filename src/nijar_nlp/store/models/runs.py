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


class Run(models.Model):
    """One corpus run: when, how it ended, and what it did."""

    id = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"run of {self.started_at:%Y-%m-%d %H:%M}"
