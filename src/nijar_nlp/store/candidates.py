"""Case candidates, in and out of the store."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from pydantic import TypeAdapter

from nijar_nlp import records
from nijar_nlp.store import history, models
from nijar_nlp.store.chunks import chunks
from nijar_nlp.store.indexing import index_candidates

Status = Literal["new", "known", "all"]

_CANDIDATE = TypeAdapter(records.CaseCandidate)


def save_grouping(
    candidates: Sequence[records.CaseCandidate], changes: Iterable[records.CandidateChange]
) -> None:
    """Make these the candidates of the store and add what changed to the history: both, or neither."""
    with transaction.atomic():
        save_candidates(candidates)
        history.save_changes(changes)


def save_candidates(candidates: Sequence[records.CaseCandidate]) -> None:
    """Make these the candidates of the store: rows that are not among them go, the others are renewed."""
    kept = {candidate.id for candidate in candidates}
    links = models.Candidate.passages.through
    with transaction.atomic():
        gone = set(models.Candidate.objects.values_list("id", flat=True)) - kept
        for chunk in chunks(gone):
            models.Candidate.objects.filter(id__in=chunk).delete()
        links.objects.all().delete()
        models.Candidate.objects.bulk_create(
            (
                models.Candidate(
                    id=candidate.id,
                    score=candidate.score,
                    country=candidate.country,
                    known_case=candidate.known_case,
                    record=_CANDIDATE.dump_python(candidate, mode="json"),
                )
                for candidate in candidates
            ),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["score", "country", "known_case", "record"],
        )
        links.objects.bulk_create(
            links(candidate_id=candidate.id, passage_id=passage_id)
            for candidate in candidates
            for passage_id in candidate.passage_ids
        )
        index_candidates(candidates)


def candidates(status: Status = "all") -> list[records.CaseCandidate]:
    """The candidates by falling score: those not yet known, those known, or all."""
    rows = models.Candidate.objects.order_by("-score", "id")
    if status != "all":
        rows = rows.filter(known_case__isnull=status == "new")
    return read(rows)


def read(rows: QuerySet[models.Candidate]) -> list[records.CaseCandidate]:
    """The candidates of rows, in their order."""
    return [_CANDIDATE.validate_python(record) for record in rows.values_list("record", flat=True)]


def count() -> int:
    """How many candidates there are."""
    return models.Candidate.objects.count()


def candidate(candidate_id: str) -> records.CaseCandidate | None:
    """One candidate, or None where there is none by this id."""
    return next(iter(candidates_by_id([candidate_id])), None)


def candidates_by_id(candidate_ids: Sequence[str]) -> list[records.CaseCandidate]:
    """The candidates with these ids, in their order; those that are gone are left out."""
    rows = models.Candidate.objects.in_bulk(list(candidate_ids))
    return [_CANDIDATE.validate_python(rows[i].record) for i in candidate_ids if i in rows]


def candidate_of_passages() -> dict[str, str]:
    """Passage id → candidate id, as last grouped."""
    return dict(models.Candidate.passages.through.objects.values_list("passage_id", "candidate_id"))


def passages_without() -> list[str]:
    """The tagged passages that no candidate holds, in reading order: none of them tells of a case."""
    alone = models.Passage.objects.filter(tags__chosen=True, candidates=None).distinct()
    return list(alone.order_by("document__file", "document_id", "number").values_list("id", flat=True))


def locations(passage_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By passage id: document, file, page, text, outlet and title, for showing the evidence."""
    return {
        row.id: {
            "document": row.document_id,
            "file": row.document.file,
            "outlet": row.document.outlet,
            "title": row.document.title,
            "page": row.page_number,
            "text": row.text,
        }
        for chunk in chunks(passage_ids)
        for row in models.Passage.objects.filter(id__in=chunk).select_related("document")
    }
