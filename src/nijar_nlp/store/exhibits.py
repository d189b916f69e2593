"""Passages with all that was found in them, as they are shown."""

from collections.abc import Iterable, Sequence

from django.db.models import F

from nijar_nlp import records
from nijar_nlp.store import decisions, findings, models, standings
from nijar_nlp.store.documents import passage_record


def exhibits(
    passage_ids: Sequence[str], alone: str = "", history: Sequence[records.Decision] | None = None
) -> tuple[records.Exhibit, ...]:
    """These passages in the order given; those that are gone are left out.

    `alone` is a person who reads them blind: of the corrections only their own show. `history` is what was
    decided on the passages, where that is known already.
    """
    rows = (
        models.Passage.objects.filter(id__in=passage_ids)
        .select_related("document")
        .prefetch_related("tags", "mentions", "events", "document__articles")
    )
    corrections = _corrected_tags(decisions.history(passage_ids) if history is None else history, alone)
    found = {row.id: _exhibit(row, corrections.get(row.id, {})) for row in rows}
    return tuple(found[identity] for identity in passage_ids if identity in found)


def first_of(candidate_id: str) -> records.Passage | None:
    """A candidate's passage that was published first, as it stands in its document; None where none is."""
    rows = models.Passage.objects.filter(candidates=candidate_id).select_related("document")
    first = F("entry__published").asc(nulls_last=True)
    row = rows.order_by(first, "document_id", "article", "number").first()
    return passage_record(row) if row else None


def _corrected_tags(history: Iterable[records.Decision], alone: str) -> dict[str, dict[str, bool]]:
    """By passage and label, the latest correction in force: of everybody in the open, or of one alone."""
    found: dict[str, dict[str, bool]] = {}
    for decision in standings.in_force(history):
        counts = decision.by == alone if alone else decision.reading != "blind"
        if decision.kind == "correct_tag" and counts:
            present = bool(decision.value.get("present"))
            found.setdefault(decision.subject.id, {})[decision.subject.part] = present
    return found


def _exhibit(row: models.Passage, corrected: dict[str, bool]) -> records.Exhibit:
    article = next((a for a in row.document.articles.all() if a.number == row.article), None)
    tags = sorted(row.tags.all(), key=lambda tag: -tag.probability)
    chosen = [tag for tag in tags if tag.chosen]
    evidence = findings.evidence_of_row(row)
    return records.Exhibit(
        passage=passage_record(row),
        file=row.document.file,
        title=(article.title if article else "") or row.document.title,
        outlet=evidence.outlet,
        published=evidence.published,
        tagging=records.Tagging(
            probabilities={tag.label: tag.probability for tag in tags},
            tags=tuple(tag.label for tag in chosen),
            reasons={tag.label: findings.reasons_of_row(tag) for tag in chosen},
            model=tags[0].model if tags else "",
        ),
        mentions=evidence.mentions,
        events=evidence.events,
        corrected=corrected,
    )
