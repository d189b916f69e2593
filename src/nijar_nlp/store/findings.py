"""What was found in passages: tags, mentions and events, in and out of the store."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from pydantic import TypeAdapter

from nijar_nlp import records
from nijar_nlp.store import grouped, models
from nijar_nlp.store.chunks import chunks
from nijar_nlp.store.documents import mark_done, passage_record, published
from nijar_nlp.store.indexing import index_findings

# Tags less probable than this leave no row: the stage's mark says that the passage was looked at.
LEAST_PROBABILITY = 0.05
# A new model whose probabilities differ by no more says the same.
SAME_PROBABILITY = 0.01

_MENTION = TypeAdapter(records.Mention)
_EVENT = TypeAdapter(records.Event)
_REASONS = TypeAdapter(tuple[records.Reason, ...])


def save_taggings(
    document_id: str, taggings: Mapping[str, records.Tagging], version: str, seconds: float
) -> bool:
    """Put a document's tags, by passage id, in the place of any earlier ones; whether a chosen tag changed.

    Passages whose chosen tags stay, with probabilities within SAME_PROBABILITY, keep the rows that they have.
    """
    before = _stored(document_id)
    kept = {
        passage_id for passage_id, tagging in taggings.items() if _same(before.get(passage_id, {}), tagging)
    }
    rows = [
        models.Tag(
            passage_id=passage_id,
            label=label,
            probability=probability,
            chosen=label in tagging.tags,
            reasons=tagging.reasons.get(label, ()),
            model=tagging.model,
        )
        for passage_id, tagging in taggings.items()
        if passage_id not in kept
        for label, probability in tagging.probabilities.items()
        if label in tagging.tags or probability >= LEAST_PROBABILITY
    ]
    stale = [passage_id for passage_id in before if passage_id not in kept]
    with transaction.atomic():
        if stale or rows:
            grouped.lapse()
        models.Tag.objects.filter(passage_id__in=stale).delete()
        models.Tag.objects.bulk_create(rows)
        index_findings(document_id)
        mark_done([document_id], "tag", version, seconds)
    chosen = {(i, label) for i, tags in before.items() for label, (_, given) in tags.items() if given}
    return chosen != {(i, label) for i, tagging in taggings.items() for label in tagging.tags}


def _stored(document_id: str) -> dict[str, dict[str, tuple[float, bool]]]:
    """By passage id and label, the probability and whether the tag was given."""
    found: dict[str, dict[str, tuple[float, bool]]] = {}
    rows = models.Tag.objects.filter(passage__document_id=document_id)
    for row in rows:
        found.setdefault(row.passage_id, {})[row.label] = (row.probability, row.chosen)
    return found


def _same(stored: Mapping[str, tuple[float, bool]], tagging: records.Tagging) -> bool:
    if {label for label, (_, chosen) in stored.items() if chosen} != set(tagging.tags):
        return False
    return all(
        abs(stored[label][0] - probability) <= SAME_PROBABILITY
        if label in stored
        else probability < LEAST_PROBABILITY
        for label, probability in tagging.probabilities.items()
    )


def tagged_passages(document_id: str) -> list[tuple[records.Passage, dict[str, float]]]:
    """A document's passages that carry a tag, with their tags' probabilities, in reading order."""
    tags = (
        models.Tag.objects.filter(passage__document_id=document_id, chosen=True)
        .select_related("passage")
        .order_by("passage__number", "label")
    )
    return [
        (passage_record(passage), {tag.label: tag.probability for tag in group})
        for passage, group in groupby(tags, key=lambda tag: tag.passage)
    ]


def chosen_tags(passage_ids: Iterable[str]) -> dict[str, set[str]]:
    """By passage id, the tags that it was given."""
    found: dict[str, set[str]] = {}
    wanted = set(passage_ids)
    for identity, label in models.Tag.objects.filter(chosen=True).values_list("passage_id", "label"):
        if identity in wanted:
            found.setdefault(identity, set()).add(label)
    return found


def save_annotations(
    document_id: str,
    annotations: Iterable[tuple[str, Sequence[records.Mention], Sequence[records.Event]]],
    version: str,
    seconds: float,
) -> None:
    """Put a document's mentions and events, by passage id, in the place of any earlier ones."""
    mentions: list[models.Mention] = []
    events: list[models.Event] = []
    for passage_id, found, happened in annotations:
        mentions += (
            models.Mention(
                passage_id=passage_id,
                type=mention.type,
                entity=mention.entity,
                record=_MENTION.dump_python(mention, mode="json"),
            )
            for mention in found
        )
        events += (
            models.Event(
                id=event.id,
                passage_id=passage_id,
                type=event.type,
                status=event.status,
                country=event.country,
                record=_EVENT.dump_python(event, mode="json"),
            )
            for event in happened
        )
    with transaction.atomic():
        grouped.lapse()
        models.Mention.objects.filter(passage__document_id=document_id).delete()
        models.Event.objects.filter(passage__document_id=document_id).delete()
        models.Mention.objects.bulk_create(mentions)
        models.Event.objects.bulk_create(events)
        index_findings(document_id)
        mark_done([document_id], "annotate", version, seconds)


def evidence(passage_ids: Sequence[str] | None = None) -> list[records.Evidence]:
    """Every passage that carries a tag (or those named), with all that was found in it, in reading order."""
    tagged = models.Passage.objects.filter(tags__chosen=True)
    rows = tagged.distinct() if passage_ids is None else models.Passage.objects.filter(id__in=passage_ids)
    return [evidence_of(found) for found in found_in(rows.order_by("document_id", "number"))]


def numbers_of_evidence() -> dict[str, int]:
    """By id, the number in its document of every passage that carries a tag."""
    return dict(models.Passage.objects.filter(tags__chosen=True).values_list("id", "number"))


def headings_above_evidence() -> dict[str, list[tuple[int, int, str]]]:
    """By id, the headings of every document in which a passage carries a tag: number, level and words."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    tagged = models.Passage.objects.filter(tags__chosen=True).values("document_id")
    rows = models.Passage.objects.filter(kind="heading", document_id__in=tagged).order_by(
        "document_id", "number"
    )
    for document, number, level, text in rows.values_list("document_id", "number", "level", "text"):
        found.setdefault(document, []).append((number, level, text))
    return found


def tag_counts() -> dict[str, int]:
    """How many passages carry each tag."""
    return {label: models.Tag.objects.filter(label=label, chosen=True).count() for label in records.TAGS}


def reasons_of_row(tag: models.Tag) -> tuple[records.Reason, ...]:
    """The stretches of text that drove a tag."""
    return _REASONS.validate_python(tag.reasons)


class Found(NamedTuple):
    """A passage's row with its document, its article, and the rows of all that was found in it."""

    row: models.Passage
    article: models.Article | None
    tags: list[models.Tag]
    mentions: list[models.Mention]
    events: list[models.Event]


def found_in(rows: QuerySet[models.Passage]) -> list[Found]:
    """These passages with all that was found in them, a query a table and some hundred passages."""
    passages = list(rows.select_related("document"))
    ids = [row.id for row in passages]
    tags, mentions, events = (_by_passage(table, ids) for table in (models.Tag, models.Mention, models.Event))
    documents = {row.document_id for row in passages}
    articles = {
        (article.document_id, article.number): article
        for chunk in chunks(documents)
        for article in models.Article.objects.filter(document_id__in=chunk)
    }
    return [
        Found(row, articles.get((row.document_id, row.article)), tags[i], mentions[i], events[i])
        for i, row in zip(ids, passages, strict=True)
    ]


def _by_passage(table: Any, passage_ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {identity: [] for identity in passage_ids}
    for chunk in chunks(passage_ids):
        for row in table.objects.filter(passage_id__in=chunk):
            found[row.passage_id].append(row)
    return found


def evidence_of(found: Found) -> records.Evidence:
    """A passage with what was found in it as evidence."""
    row, article, tags = found.row, found.article, found.tags
    return records.Evidence(
        passage_id=row.id,
        document_id=row.document_id,
        text=row.text,
        language=row.language,
        tags=tuple(sorted(tag.label for tag in tags if tag.chosen)),
        probabilities={tag.label: tag.probability for tag in tags},
        events=tuple(
            _EVENT.validate_python(event.record) for event in sorted(found.events, key=lambda e: e.id)
        ),
        mentions=tuple(
            _MENTION.validate_python(mention.record)
            for mention in sorted(found.mentions, key=lambda m: (m.record["start"], m.record["end"], m.type))
        ),
        outlet=(article.outlet if article else "") or row.document.outlet,
        published=published(article.published if article else None) or published(row.document.published),
    )
