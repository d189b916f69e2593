"""Tables that make the queue quick: where files lie, passages and candidates ready for filter and search."""

from typing import ClassVar

from django.db import models

from nijar_nlp.store.models.cases import Candidate
from nijar_nlp.store.models.documents import Passage


class DocumentFile(models.Model):
    """Where the file of a document was seen; it may have moved since."""

    document_id = models.CharField(max_length=64)
    path = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document_id", "path"], name="document_file_once"),
        ]

    def __str__(self) -> str:
        return self.path


class PassageEntry(models.Model):
    """A passage ready for filter, sort and search.

    `top_probability` is null where no tag was asked about; `tagged` where it carries one.
    """

    passage = models.OneToOneField(Passage, on_delete=models.CASCADE, related_name="entry")
    folded = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    outlet = models.TextField(blank=True)
    country = models.CharField(max_length=3, blank=True)
    published = models.DateField(null=True)
    top_probability = models.FloatField(null=True)
    uncertainty = models.FloatField(null=True)
    tagged = models.BooleanField(
        null=True
    )  # null: the table stays as it is, with its triggers, when it is added

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-top_probability", "id"], name="entry_probability"),
            models.Index(fields=["-uncertainty", "id"], name="entry_uncertainty"),
            models.Index(fields=["-published", "id"], name="entry_published"),
            models.Index(fields=["country", "-top_probability", "id"], name="entry_country"),
            models.Index(fields=["language", "-top_probability", "id"], name="entry_language"),
            models.Index(fields=["outlet", "-top_probability", "id"], name="entry_outlet"),
        ]

    def __str__(self) -> str:
        return self.passage_id


class CandidateEntry(models.Model):
    """A candidate ready for filter, sort and search; `turn` and `mixed` are places among those that wait."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="entry")
    folded = models.TextField(blank=True)
    status = models.CharField(max_length=16, blank=True)
    start = models.DateField(null=True, db_index=True)
    end = models.DateField(null=True)
    uncertainty = models.FloatField(db_index=True)
    first_seen = models.DateTimeField(db_index=True)
    turn = models.IntegerField(default=0, db_index=True)
    mixed = models.IntegerField(null=True, db_index=True)  # null: not yet grouped since it is known

    def __str__(self) -> str:
        return self.candidate_id


class CandidateFacet(models.Model):
    """One value by which a candidate is filtered: an actor, a tag, a type, a language, an outlet."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=16)
    value = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "value"], name="facet_value")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "name", "value"], name="facet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
