"""The store's findings, document by document, in numbers, for holding new documents against the past."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from nijar_nlp.evaluation import Look
from nijar_nlp.store import models
from nijar_nlp.store.chunks import chunks
from nijar_nlp.store.documents import published


class _Named(NamedTuple):
    """A passage of a document, by what it shows."""

    document_id: str
    key: str
    passage_id: str


def looks(kinds: Iterable[str], shown: Collection[str]) -> list[Look]:
    """A look at every document that was tagged, over its passages of these kinds.

    Only of the documents `shown` are passages named that show what was found.
    """
    sizes = dict(
        models.Passage.objects.filter(kind__in=list(kinds), document__stages__name="tag")
        .values_list("document_id")
        .annotate(n=Count("id"))
    )
    values = _values(sizes)
    groups, named = _groups()
    passages = _best([*_by_probability(shown), *(one for one in named if one.document_id in shown)])
    rows = models.Document.objects.order_by("id").values_list("id", "outlet", "published", "language")
    found = []
    for identity, outlet, day, language in rows:
        if identity not in sizes:
            continue
        interval = published(day)
        month = f"{interval.start:%Y-%m}" if interval and interval.start else ""
        own = passages.get(identity, {})
        if identity in shown and language:
            own.setdefault(language, []).extend(_first_passages(identity))
        found.append(
            Look(identity, outlet, month, language, sizes[identity], values[identity], groups[identity], own)
        )
    return found


def _values(sizes: dict[str, int]) -> dict[str, dict[str, float]]:
    """By document and series: the share of passages with a tag, and their mean probability of it."""
    values: dict[str, dict[str, float]] = defaultdict(dict)
    rows = models.Tag.objects.values_list("passage__document_id", "label").annotate(
        given=Count("id", filter=Q(chosen=True)), weight=Sum("probability")
    )
    for identity, label, given, weight in rows:
        if n := sizes.get(identity):
            values[identity][f"{label}: share"] = given / n
            values[identity][f"{label}: probability"] = weight / n
    return values


def _groups() -> tuple[dict[str, set[str]], list[_Named]]:
    """The armed groups of each document, by register id or as they are written, and where."""
    groups: dict[str, set[str]] = defaultdict(set)
    named = []
    rows = models.Mention.objects.filter(type="ARMED_GROUP")
    for identity, passage, entity, text in rows.values_list(
        "passage__document_id", "passage_id", "entity", "record__text"
    ):
        name = entity or " ".join(str(text).casefold().split())
        groups[identity].add(name)
        named.append(_Named(identity, name, passage))
    return groups, named


def _by_probability(shown: Collection[str]) -> Iterable[_Named]:
    rows = models.Tag.objects.order_by("-probability", "passage_id")
    for chunk in chunks(shown):
        tags = rows.filter(passage__document_id__in=chunk)
        for identity, label, passage in tags.values_list("passage__document_id", "label", "passage_id"):
            yield _Named(identity, f"{label}: share", passage)
            yield _Named(identity, f"{label}: probability", passage)


def _best(named: Iterable[_Named]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in named:
        if not found[one.document_id][one.key]:
            found[one.document_id][one.key].append(one.passage_id)
    return found


def _first_passages(document_id: str) -> list[str]:
    rows = models.Passage.objects.filter(document_id=document_id, kind="body").order_by("number")
    return list(rows.values_list("id", flat=True)[:1])
