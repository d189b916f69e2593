"""Documents with their pages and passages, in and out of the store."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from pydantic import TypeAdapter

from nijar_nlp import records
from nijar_nlp.store import grouped, models
from nijar_nlp.store.chunks import AT_ONCE, chunks
from nijar_nlp.store.indexing import index_document
from nijar_nlp.store.runs import clear_attempts

_INTERVAL = TypeAdapter(records.DateInterval | None)
_PARTS = TypeAdapter(tuple[records.Part, ...])
_RUNS = TypeAdapter(tuple[records.Run, ...])
_BOXES = TypeAdapter(tuple[records.Box, ...])
# What a row and its record hold under the same name in the same form.
_OF_DOCUMENT = (
    *("id", "file", "n_bytes", "n_pages", "kind", "title", "outlet", "author", "symbol", "language"),
    *("collection", "licence", "sensitivity"),
)
_OF_ARTICLE = ("number", "title", "outlet", "author")
_OF_SHEET = (
    "document_id",
    "page_number",
    "width",
    "height",
    *(f"document__{n}" for n in ("title", "file", "n_pages")),
)
_OF_PAGE = (
    "document_id",
    "page_number",
    "width",
    "height",
    "text",
    "source",
    "quality",
    "problem",
    "language",
)
_OF_PASSAGE = ("id", "document_id", "number", "kind", "language", "text", "level", "mark", "article")


def save_reading(reading: records.Reading, version: str, seconds: float, *, done: bool = True) -> None:
    """Put a reading in the place of any earlier one of the same file, in one transaction.

    Where the passages are what they were, they stay with what was found in them; events are then due again
    only if a date of publication is another. Where it is not `done`, it is due again.
    """
    document = reading.document
    with transaction.atomic():
        grouped.lapse()
        if reading.passages and passages(document.id) == reading.passages:
            _renew(document)
        else:
            models.Document.objects.filter(id=document.id).delete()
            models.Document.objects.create(**_document_fields(document))
            models.Passage.objects.bulk_create(_passage_row(passage) for passage in reading.passages)
        models.Article.objects.bulk_create(_article_row(document.id, a) for a in document.articles)
        models.Page.objects.bulk_create(_page_row(page) for page in reading.pages)
        if done:
            mark_done([document.id], "read", version, seconds)
        else:
            undo([document.id], "read")
        index_document(document.id)


def _renew(document: records.Document) -> None:
    """The row of a document whose passages stay; its articles and pages are made anew."""
    row = models.Document.objects.prefetch_related("articles").get(id=document.id)
    if _dates(_document(row)) != _dates(document):
        undo([document.id], "annotate")
    models.Document.objects.filter(id=document.id).update(**_document_fields(document))
    models.Article.objects.filter(document_id=document.id).delete()
    models.Page.objects.filter(document_id=document.id).delete()


def _dates(document: records.Document) -> list[records.DateInterval | None]:
    return [document.published, *(article.published for article in document.articles)]


def save_path(document_id: str, path: str) -> None:
    """Remember where a document's file lies."""
    models.DocumentFile.objects.get_or_create(document_id=document_id, path=path)


def paths(document_id: str) -> list[str]:
    """Where a document's file was seen, the latest first; it may have moved since."""
    rows = models.DocumentFile.objects.filter(document_id=document_id).order_by("-id")
    return list(rows.values_list("path", flat=True))


def mark_done(document_ids: Iterable[str], stage: str, version: str, seconds: float) -> None:
    """Record that `stage` is done for these documents by `version`, in `seconds` each; no attempt counts."""
    ids = list(document_ids)
    with transaction.atomic():
        for document_id in ids:
            models.Stage.objects.update_or_create(
                document_id=document_id, name=stage, defaults={"version": version, "seconds": seconds}
            )
        clear_attempts(ids, stage)


def undo(document_ids: Iterable[str], stage: str) -> None:
    """Have a stage done again for these documents."""
    for chunk in chunks(document_ids):
        models.Stage.objects.filter(document_id__in=chunk, name=stage).delete()


def rename(files: Mapping[str, str]) -> None:
    """By id, the file names under which documents are found now."""
    for identity, file in files.items():
        models.Document.objects.filter(id=identity).exclude(file=file).update(file=file)


def is_done(document_id: str, stage: str, *versions: str) -> bool:
    """Whether one of these versions of a stage is done for a document."""
    rows = models.Stage.objects.filter(document_id=document_id, name=stage, version__in=versions)
    return rows.exists()


def versions_of(stage: str) -> dict[str, str]:
    """By document, the version by which a stage is done."""
    return dict(models.Stage.objects.filter(name=stage).values_list("document_id", "version"))


def failed() -> set[str]:
    """Ids of the documents that could not be read, or of which a page waits for OCR."""
    ids: set[str] = set(models.Document.objects.exclude(problem_code="").values_list("id", flat=True))
    return ids | set(models.Page.objects.filter(problem="needs_ocr").values_list("document_id", flat=True))


def done(stage: str, *versions: str) -> dict[str, records.Problem | None]:
    """By id, the documents for which one of these versions of a stage is done, with their problem."""
    rows = models.Document.objects.filter(stages__name=stage, stages__version__in=versions)
    return {
        identity: records.Problem(code, reason) if code else None
        for identity, code, reason in rows.values_list("id", "problem_code", "problem_reason")
    }


def stage_times() -> dict[str, tuple[int, int, float]]:
    """By stage: for how many documents it is done, their pages, and the seconds that they took."""
    rows = models.Stage.objects.values("name").annotate(
        n=Count("id"), pages=Sum("document__n_pages"), took=Sum("seconds")
    )
    return {row["name"]: (row["n"], row["pages"] or 0, row["took"] or 0.0) for row in rows}


def problems() -> list[records.Document]:
    """The documents that could not be read, in order of file name."""
    rows = models.Document.objects.prefetch_related("articles").exclude(problem_code="")
    return [_document(row) for row in rows.order_by("file", "id").iterator(AT_ONCE)]


def stage_version(document_id: str, stage: str) -> str:
    """The version by which a stage was done for a document; empty where it was not."""
    rows = models.Stage.objects.filter(document_id=document_id, name=stage)
    return rows.values_list("version", flat=True).first() or ""


def pending(stage: str, version: str, *, after: str, after_versions: Iterable[str]) -> list[str]:
    """Ids of documents read, with stage `after` done by one of its versions and `stage` not by its own."""
    ready = models.Document.objects.filter(
        problem_code="", stages__name=after, stages__version__in=list(after_versions)
    ).values_list("id", flat=True)
    done = models.Stage.objects.filter(name=stage, version=version).values_list("document_id", flat=True)
    return sorted(set(ready) - set(done))


def document(document_id: str) -> records.Document:
    """One document with its articles; Document.DoesNotExist where there is none."""
    return _document(models.Document.objects.prefetch_related("articles").get(id=document_id))


def documents() -> list[records.Document]:
    """All documents with their articles, in order of file name and id."""
    rows = models.Document.objects.prefetch_related("articles").order_by("file", "id")
    return [_document(row) for row in rows.iterator(AT_ONCE)]


def find(words: str, most: int) -> list[records.Document]:
    """Up to `most` documents whose title, file or outlet has these words, in order of file name."""
    same = Q(title__icontains=words) | Q(file__icontains=words) | Q(outlet__icontains=words)
    rows = models.Document.objects.prefetch_related("articles").filter(same | Q(id=words))
    return [_document(row) for row in rows.order_by("file", "id")[:most]]


def by_ids(document_ids: Iterable[str]) -> list[records.Document]:
    """These documents, in order of file name; those that are gone are left out."""
    rows = models.Document.objects.prefetch_related("articles").filter(id__in=list(document_ids))
    return [_document(row) for row in rows.order_by("file", "id")]


def passages(document_id: str) -> tuple[records.Passage, ...]:
    """A document's passages in reading order."""
    rows = models.Passage.objects.filter(document_id=document_id).order_by("number")
    return tuple(passage_record(row) for row in rows)


def passages_by_id(ids: Iterable[str]) -> tuple[records.Passage, ...]:
    """The passages with these ids that the store holds, by id."""
    return tuple(
        passage_record(row)
        for chunk in chunks(sorted(ids))
        for row in models.Passage.objects.filter(id__in=chunk).order_by("id")
    )


def passage_ids(kinds: Iterable[str]) -> list[str]:
    """The ids of all passages of these kinds."""
    rows = models.Passage.objects.filter(kind__in=list(kinds)).order_by("id")
    return list(rows.values_list("id", flat=True))


def provenance(ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By passage id, where it is from: its language, outlet, and the countries of its document's events."""
    columns = ("id", "language", "document__outlet", "document_id")
    passages = [
        row
        for chunk in chunks(ids)
        for row in models.Passage.objects.filter(id__in=chunk).values_list(*columns)
    ]
    countries: dict[str, set[str]] = {}
    for chunk in chunks(row[-1] for row in passages):
        rows = models.Event.objects.exclude(country="").filter(passage__document_id__in=chunk)
        for document_id, country in rows.values_list("passage__document_id", "country").distinct():
            countries.setdefault(document_id, set()).add(country)
    return {
        identity: tuple(filter(None, (language, outlet, *sorted(countries.get(document_id, ())))))
        for identity, language, outlet, document_id in passages
    }


def pages(document_id: str) -> tuple[records.Page, ...]:
    """A document's pages in order."""
    rows = models.Page.objects.filter(document_id=document_id).order_by("page_number")
    return tuple(_page(row) for row in rows)


def n_pages(document_ids: Iterable[str]) -> dict[str, int]:
    """By document, how many pages it has."""
    return {
        identity: count
        for chunk in chunks(document_ids)
        for identity, count in models.Document.objects.filter(id__in=chunk).values_list("id", "n_pages")
    }


def page(document_id: str, page_number: int) -> records.Sheet | None:
    """One page to be looked at; None where the document has none by this number."""
    rows = models.Page.objects.filter(document_id=document_id, page_number=page_number)
    row = rows.values_list(*_OF_SHEET).first()
    return records.Sheet(*row) if row else None


def passages_of_page(document_id: str, page_number: int) -> list[str]:
    """The ids of the passages that begin on a page, in order."""
    rows = models.Passage.objects.filter(document_id=document_id, page_number=page_number)
    return list(rows.order_by("number").values_list("id", flat=True))


def counts() -> dict[str, int]:
    """How many documents, pages and passages the store holds."""
    return {
        "documents": models.Document.objects.count(),
        "pages": models.Page.objects.count(),
        "passages": models.Passage.objects.count(),
    }


def textless_pages() -> int:
    """How many pages have no text."""
    return models.Page.objects.filter(source="none").count()


def passage_record(row: models.Passage) -> records.Passage:
    """A row of the passage table as the record that flows."""
    parts, boxes = _PARTS.validate_python(row.parts), _BOXES.validate_python(row.boxes)
    return records.Passage(**_same(row, _OF_PASSAGE), parts=parts, boxes=boxes)


def published(value: Any) -> records.DateInterval | None:
    """A stored publication date as a record."""
    return _INTERVAL.validate_python(value) if value else None


def published_start(document: records.Document) -> date | None:
    """The first day of a document's publication interval, where known."""
    return document.published.start if document.published else None


def _same(one: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _page(row: models.Page) -> records.Page:
    return records.Page(**_same(row, _OF_PAGE), runs=_RUNS.validate_python(row.runs))


def _page_row(page: records.Page) -> models.Page:
    return models.Page(**_same(page, _OF_PAGE), runs=page.runs)


def _passage_row(passage: records.Passage) -> models.Passage:
    more = _same(passage, ("parts", "boxes", "page_number"))
    return models.Passage(**_same(passage, _OF_PASSAGE), **more)


def _article(row: models.Article) -> records.Article:
    return records.Article(**_same(row, _OF_ARTICLE), published=published(row.published))


def _article_row(document_id: str, article: records.Article) -> models.Article:
    day = _INTERVAL.dump_python(article.published, mode="json")
    return models.Article(**_same(article, _OF_ARTICLE), document_id=document_id, published=day)


def _document_fields(document: records.Document) -> dict[str, Any]:
    problem = document.problem or records.Problem("", "")
    return {
        **_same(document, _OF_DOCUMENT),
        "published": _INTERVAL.dump_python(document.published, mode="json"),
        "problem_code": problem.code,
        "problem_reason": problem.reason,
        "problem_remedy": problem.remedy,
        "origins": dict(document.origins),
    }


def _document(row: models.Document) -> records.Document:
    problem = records.Problem(row.problem_code, row.problem_reason, row.problem_remedy)
    return records.Document(
        **_same(row, _OF_DOCUMENT),
        published=published(row.published),
        articles=tuple(_article(a) for a in sorted(row.articles.all(), key=lambda a: a.number)),
        problem=problem if row.problem_code else None,
        origins=row.origins,
    )
