"""The tables of the store, as Django models."""

from typing import ClassVar

from django.db import models


class Document(models.Model):
    """One file by its SHA-256; `problem_code` is empty where it was read."""

    id = models.CharField(primary_key=True, max_length=64)
    file = models.TextField()
    n_bytes = models.BigIntegerField()
    n_pages = models.IntegerField()
    kind = models.CharField(max_length=16)
    title = models.TextField(blank=True)
    outlet = models.TextField(blank=True, db_index=True)
    author = models.TextField(blank=True)
    symbol = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    published = models.JSONField(null=True)
    problem_code = models.CharField(max_length=24, blank=True, db_index=True)
    problem_reason = models.TextField(blank=True)
    problem_remedy = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.file} ({self.id[:12]})"


class Article(models.Model):
    """One article of a document, numbered from 0."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="articles")
    number = models.IntegerField()
    title = models.TextField(blank=True)
    outlet = models.TextField(blank=True)
    author = models.TextField(blank=True)
    published = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="article_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.document_id[:12]} ({self.number})"


class Page(models.Model):
    """One page's reading text, to which the parts of passages point."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    page_number = models.IntegerField()
    width = models.FloatField()
    height = models.FloatField()
    text = models.TextField(blank=True)
    source = models.CharField(max_length=16)
    quality = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "page_number"], name="page_once"),
            models.CheckConstraint(condition=models.Q(page_number__gte=1), name="pages_count_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id[:12]} p. {self.page_number}"


class Passage(models.Model):
    """A paragraph, heading, list item, footnote, caption or table row."""

    id = models.CharField(primary_key=True, max_length=20)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    number = models.IntegerField()
    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=8, blank=True)
    text = models.TextField()
    parts = models.JSONField()
    boxes = models.JSONField()
    page_number = models.IntegerField()
    level = models.IntegerField(default=0)
    mark = models.CharField(max_length=32, blank=True)
    article = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="passage_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id[:12]} #{self.number}"


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


class Candidate(models.Model):
    """Passages about one negotiation, release or exchange; `known_case` where the study has it already."""

    id = models.CharField(primary_key=True, max_length=20)
    score = models.FloatField(db_index=True)
    country = models.CharField(max_length=3, blank=True, db_index=True)
    known_case = models.CharField(max_length=64, null=True, db_index=True)  # noqa: DJ001 - null is "new"
    record = models.JSONField()
    passages = models.ManyToManyField(Passage, related_name="candidates")

    def __str__(self) -> str:
        return f"{self.id} {self.score:.2f}"


class Run(models.Model):
    """One corpus run: when, how it ended, and what it did."""

    id = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"run of {self.started_at:%Y-%m-%d %H:%M}"
