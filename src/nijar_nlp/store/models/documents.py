"""Tables of what was read."""

from typing import ClassVar

from django.db import models


class Document(models.Model):
    """One file by its SHA-256; `problem_code` is empty where it was read.

    `origins` tells, for each field that did not come from the file itself, where its value is from.
    """

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
    collection = models.CharField(max_length=64, blank=True, db_index=True)
    licence = models.TextField(blank=True)
    sensitivity = models.CharField(max_length=16, blank=True, db_index=True)
    origins = models.JSONField(default=dict)

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
    """One page's reading text, to which the parts of passages point; `runs` lead from it to the glyphs."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    page_number = models.IntegerField()
    width = models.FloatField()
    height = models.FloatField()
    text = models.TextField(blank=True)
    source = models.CharField(max_length=16)
    quality = models.FloatField()
    problem = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=8, blank=True)
    runs = models.JSONField(default=list)

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
