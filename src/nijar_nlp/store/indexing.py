"""Passages and candidates into rows that are ready for filter, sort and search."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Q

from nijar_nlp import records
from nijar_nlp.screening.strategies import Unread, places
from nijar_nlp.store import decisions, models
from nijar_nlp.store.chunks import chunks
from nijar_nlp.store.search import searchable

_BATCH = 500
_OF_FINDINGS = ("country", "top_probability", "uncertainty", "tagged")
_FACETS_OF_PARTIES = ("armed_groups", "counterparts", "mediators")


def index_document(document_id: str) -> None:
    """Renew the rows of a document's passages from what is known of them now."""
    index_passages(models.Passage.objects.filter(document_id=document_id).values_list("id", flat=True))


def index_findings(document_id: str) -> None:
    """Renew in the rows of a document's passages what depends on tags and events."""
    entries = models.PassageEntry.objects.filter(passage__document_id=document_id)
    entries.update(top_probability=None, uncertainty=None, country="", tagged=False)
    found = entries.filter(passage__tags__isnull=False).distinct().select_related("passage")
    rows = list(found.prefetch_related("passage__tags", "passage__events"))
    for row in rows:
        for name, value in _of_findings(row.passage).items():
            setattr(row, name, value)
    models.PassageEntry.objects.bulk_update(rows, _OF_FINDINGS, batch_size=_BATCH)


def index_passages(passage_ids: Iterable[str]) -> None:
    """Renew the rows of passages from what is known of them now."""
    for chunk in chunks(passage_ids):
        rows = (
            models.Passage.objects.filter(id__in=chunk)
            .select_related("document")
            .prefetch_related("tags", "events", "document__articles")
        )
        models.PassageEntry.objects.bulk_create(
            (_passage_entry(row) for row in rows),
            update_conflicts=True,
            unique_fields=["passage"],
            update_fields=["folded", "language", "outlet", "published", *_OF_FINDINGS],
        )


def index_candidates(candidates: Sequence[records.CaseCandidate]) -> None:
    """Make the rows of these candidates, which are all there are; when each was first seen is kept."""
    ranked = _waiting(candidates)
    turns, mixed = _places("diverse", ranked), _places("mixed", ranked)
    last = len(ranked)  # the place of all that do not wait
    sources = _sources(candidates)
    said = _said(candidates)
    now = datetime.now(UTC)
    with transaction.atomic():
        models.CandidateEntry.objects.bulk_create(
            (
                _candidate_entry(
                    one, said[one.id], now, turn=turns.get(one.id, last), mixed=mixed.get(one.id, last)
                )
                for one in candidates
            ),
            update_conflicts=True,
            unique_fields=["candidate"],
            update_fields=["folded", "status", "start", "end", "uncertainty", "turn", "mixed"],
        )
        models.CandidateFacet.objects.all().delete()
        models.CandidateFacet.objects.bulk_create(
            models.CandidateFacet(candidate_id=candidate.id, name=name, value=value)
            for candidate in candidates
            for name, value in sorted(_facets(candidate) | sources[candidate.id])
        )


def index_missing(candidates: Sequence[records.CaseCandidate]) -> None:
    """Make the rows that an earlier version did not make."""
    index_passages(models.Passage.objects.filter(entry__isnull=True).values_list("id", flat=True))
    if models.Candidate.objects.filter(Q(entry__isnull=True) | Q(entry__mixed__isnull=True)).exists():
        index_candidates(candidates)


def _passage_entry(row: models.Passage) -> models.PassageEntry:
    article = next((a for a in row.document.articles.all() if a.number == row.article), None)
    published = (article.published if article else None) or row.document.published or {}
    return models.PassageEntry(
        passage_id=row.id,
        folded=searchable(row.text),
        language=row.language,
        outlet=(article.outlet if article else "") or row.document.outlet,
        published=_day(published.get("start")),
        **_of_findings(row),
    )


def _of_findings(row: models.Passage) -> dict[str, Any]:
    """What of a passage's row depends on its tags and events."""
    probabilities = [tag.probability for tag in row.tags.all()]
    events = sorted(row.events.all(), key=lambda event: event.id)
    return {
        "country": next((event.country for event in events if event.country), ""),
        "top_probability": max(probabilities, default=None),
        "tagged": any(tag.chosen for tag in row.tags.all()),
        "uncertainty": max((_uncertainty(p) for p in probabilities), default=None),
    }


def _candidate_entry(
    candidate: records.CaseCandidate, said: str, now: datetime, *, turn: int, mixed: int
) -> models.CandidateEntry:
    parties = (party.text for slot in _FACETS_OF_PARTIES for party in getattr(candidate, slot))
    place = candidate.place.name if candidate.place else ""
    return models.CandidateEntry(
        candidate_id=candidate.id,
        folded=f"{searchable(' '.join([candidate.title, place, *parties]))} {said}",
        status=candidate.status,
        start=candidate.date.start if candidate.date else None,
        end=candidate.date.end if candidate.date else None,
        uncertainty=_uncertainty(candidate.score),
        first_seen=now,
        turn=turn,
        mixed=mixed,
    )


def _said(candidates: Sequence[records.CaseCandidate]) -> dict[str, str]:
    """By candidate, what its passages say, in searchable form."""
    rows = models.PassageEntry.objects.filter(passage__candidates__isnull=False)
    folded = dict(rows.distinct().values_list("passage_id", "folded").iterator())
    return {one.id: " ".join(folded.get(i, "") for i in one.passage_ids) for one in candidates}


def _waiting(candidates: Sequence[records.CaseCandidate]) -> list[records.CaseCandidate]:
    """Those that wait for a person, the likeliest first."""
    settled = set(decisions.settled().values_list("candidate_id", flat=True))
    waiting = (one for one in candidates if one.known_case is None and one.id not in settled)
    return sorted(waiting, key=lambda one: (-one.score, one.id))


def _places(strategy: str, ranked: Sequence[records.CaseCandidate]) -> dict[str, int]:
    """By candidate, its place in the order of a strategy; a candidate's dice are always the same."""
    scores = np.array([candidate.score for candidate in ranked])
    dice = np.array([_dice(candidate.id) for candidate in ranked]).reshape(-1, 2)
    unread = Unread(scores, [candidate.country for candidate in ranked], dice)
    return dict(zip((c.id for c in ranked), places(strategy, unread).tolist(), strict=True))


def _dice(identity: str) -> list[float]:
    digest = hashlib.sha256(identity.encode()).digest()
    return [int.from_bytes(half) / 2**64 for half in (digest[:8], digest[8:16])]


def _facets(candidate: records.CaseCandidate) -> set[tuple[str, str]]:
    actors = {
        ("actor", party.id or party.text)
        for slot in _FACETS_OF_PARTIES
        for party in getattr(candidate, slot)
        if party.id or party.text
    }
    return actors | {("tag", tag) for tag in candidate.tags} | {("type", kind) for kind in candidate.types}


def _sources(candidates: Sequence[records.CaseCandidate]) -> dict[str, set[tuple[str, str]]]:
    """By candidate, the languages and outlets of its passages."""
    found: dict[str, set[tuple[str, str]]] = {candidate.id: set() for candidate in candidates}
    rows: Iterable[Any] = models.Candidate.passages.through.objects.values_list(
        "candidate_id", "passage__entry__language", "passage__entry__outlet"
    )
    for candidate_id, language, outlet in rows:
        if candidate_id in found:
            found[candidate_id] |= {
                (name, value) for name, value in (("language", language), ("outlet", outlet)) if value
            }
    return found


def _uncertainty(probability: float) -> float:
    """1 at even odds, 0 where sure."""
    return 1.0 - abs(2.0 * probability - 1.0)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
