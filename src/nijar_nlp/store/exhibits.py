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
    rows = findings.found_in(models.Passage.objects.filter(id__in=passage_ids))
    corrections = _corrected_tags(decisions.history(passage_ids) if history is None else history, alone)
    found = {one.row.id: _exhibit(one, corrections.get(one.row.id, {})) for one in rows}
    return tuple(found[identity] for identity in passage_ids if identity in found)


def first_of(candidate_id: str) -> tuple[str, int] | None:
    """Document and page number of a candidate's passage that was published first; None where none is."""
    first = F("entry__published").asc(nulls_last=True)
    rows = models.Passage.objects.filter(candidates=candidate_id)
    ordered = rows.order_by(first, "document_id", "article", "number")
    return ordered.values_list("document_id", "page_number").first()


def _corrected_tags(history: Iterable[records.Decision], alone: str) -> dict[str, dict[str, bool]]:
    """By passage and label, the latest correction in force: of everybody in the open, or of one alone."""
    found: dict[str, dict[str, bool]] = {}
    for decision in standings.in_force(history):
        counts = decision.by == alone if alone else decision.reading != "blind"
        if decision.kind == "correct_tag" and counts:
            present = bool(decision.value.get("present"))
            found.setdefault(decision.subject.id, {})[decision.subject.part] = present
    return found


def _exhibit(found: findings.Found, corrected: dict[str, bool]) -> records.Exhibit:
    tags = sorted(found.tags, key=lambda tag: -tag.probability)
    chosen = [tag for tag in tags if tag.chosen]
    evidence = findings.evidence_of(found)
    return records.Exhibit(
        passage=passage_record(found.row),
        file=found.row.document.file,
        title=(found.article.title if found.article else "") or found.row.document.title,
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
