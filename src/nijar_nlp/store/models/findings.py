"""Tables of what was found in passages."""

from typing import ClassVar

from django.db import models

from nijar_nlp.store.models.documents import Passage


class Tag(models.Model):
    """A tag's calibrated probability on a passage; `chosen` where it passed the tag's threshold."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="tags")
    label = models.CharField(max_length=32)
    probability = models.FloatField(db_index=True)
    chosen = models.BooleanField(db_index=True)
    reasons = models.JSONField(default=list)
    model = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["passage", "label"], name="tag_once"),
            models.CheckConstraint(
                condition=models.Q(probability__gte=0, probability__lte=1), name="probability_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.probability:.2f}"


class Mention(models.Model):
    """A span of a passage that names an actor, a person, a place, a date or a number."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="mentions")
    type = models.CharField(max_length=16)
    entity = models.CharField(max_length=64, null=True, db_index=True)  # noqa: DJ001 - null is "unresolved"
    record = models.JSONField()

    def __str__(self) -> str:
        return f"{self.type} {self.entity or ''}"


class Event(models.Model):
    """What a tagged passage says happened."""

    id = models.CharField(primary_key=True, max_length=20)
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="events")
    type = models.CharField(max_length=32, db_index=True)
    status = models.CharField(max_length=16)
    country = models.CharField(max_length=3, blank=True, db_index=True)
    record = models.JSONField()

    def __str__(self) -> str:
        return f"{self.type} ({self.status})"
