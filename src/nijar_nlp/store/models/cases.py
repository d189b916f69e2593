"""Tables of candidates."""

from typing import ClassVar

from django.db import models

from nijar_nlp.store.models.documents import Passage


class Candidate(models.Model):
    """Passages about one negotiation, release or exchange; `known_case` where the study has it already."""

    id = models.CharField(primary_key=True, max_length=20)
    score = models.FloatField(db_index=True)
    country = models.CharField(max_length=3, blank=True, db_index=True)
    known_case = models.CharField(max_length=64, null=True, db_index=True)  # noqa: DJ001 - null is "new"
    record = models.JSONField()
    passages = models.ManyToManyField(Passage, related_name="candidates")

    class Meta:
        # What lists and counts ask for lies in these alone: rows of candidates are long.
        indexes: ClassVar = [
            models.Index(fields=["known_case", "-score", "id"], name="candidate_known"),
            models.Index(fields=["country", "known_case", "-score", "id"], name="candidate_country"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.score:.2f}"


class Grouping(models.Model):
    """What the candidates were last grouped from; the row goes as soon as evidence changes.

    `basis` tells all that is not evidence: registers, settings, decisions, code. `done` is set at the end, if
    the row is still there.
    """

    id = models.UUIDField(primary_key=True)
    basis = models.CharField(max_length=64)
    done = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.basis


class Change(models.Model):
    """What became of a candidate in a grouping, and why; rows are only ever added."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=16)
    candidate = models.CharField(max_length=20, db_index=True)
    others = models.JSONField(default=list)
    passages = models.JSONField(default=list)
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.candidate} {self.kind}"
