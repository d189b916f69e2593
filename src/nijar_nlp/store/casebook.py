"""Accepted cases and the revisions of their records; rows of revisions are only ever added."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.records import CaseRevision, CaseValue
from nijar_nlp.store import access, candidates, models, people

Draft = Callable[[records.CaseCandidate], records.CaseRecord]


def catch_up(draft: Draft, candidate_id: str = "") -> None:
    """Open the cases that were accepted since, with a first revision drafted; mark those taken back.

    Where a candidate is named, of this one alone.
    """
    of = {"candidate_id": candidate_id} if candidate_id else {}
    accepted = models.Standing.objects.filter(state="accepted").exclude(target="")
    missing = accepted.filter(**of).exclude(target__in=models.Case.objects.values("id"))
    for row in missing.select_related("decision__by"):
        _open(row, draft)
    own, in_force = models.Case.objects.filter(**of), accepted.values("target")
    taken_back = own.filter(withdrawn=False).exclude(id__in=in_force)
    brought_again = own.filter(withdrawn=True, id__in=in_force)
    for rows, withdrawn in ((taken_back, True), (brought_again, False)):
        if rows.exists():  # most often there is none, and an update would wait for those who write
            rows.update(withdrawn=withdrawn)


def cases() -> list[CaseRevision]:
    """The latest revision of every case, by case id."""
    rows = models.CaseRevision.objects.select_related("case", "by")
    return [_record(row) for row in rows.filter(number=_newest()).order_by("case_id")]


def titles(name: str, most: int) -> list[tuple[str, str]]:
    """Ids and titles of the cases in force that a person may see, the latest opened first."""
    hidden = access.hidden_documents(name)
    rows = models.CaseRevision.objects.filter(case__withdrawn=False, number=_newest()).order_by("-id")
    found = rows.values_list("case_id", "values__title__0__value", "evidence__documents")
    return [(i, str(title or i)) for i, title, ids in found[:most] if not hidden & set(ids)]


def revisions(case_id: str) -> list[CaseRevision]:
    """All revisions of a case, the latest first."""
    rows = models.CaseRevision.objects.select_related("case", "by").filter(case_id=case_id)
    return [_record(row) for row in rows.order_by("-number")]


def revise(revision: CaseRevision) -> CaseRevision:
    """Add the next state of a case's record; StoreError where another came first under its number."""
    try:
        with transaction.atomic():
            return _added(revision)
    except IntegrityError as error:
        raise StoreError(
            "The record was not changed",
            revision.case_id,
            f"Revision {revision.number} was written by somebody else meanwhile.",
            "Look at theirs, then save again.",
        ) from error


def _newest() -> Subquery:
    """The number of the latest revision of a revision's case."""
    same = models.CaseRevision.objects.filter(case_id=OuterRef("case_id"))
    return Subquery(same.order_by("-number").values("number")[:1])


def documents_of(passage_ids: Iterable[str]) -> tuple[str, ...]:
    """The documents that these passages are of."""
    rows = models.Passage.objects.filter(id__in=set(passage_ids)).values_list("document_id", flat=True)
    return tuple(sorted(set(rows)))


def _open(row: models.Standing, draft: Draft) -> None:
    candidate = candidates.candidate(row.candidate_id)
    if candidate is None or row.decision is None:
        return
    record = draft(candidate)
    first = CaseRevision(
        case_id=row.target,
        number=1,
        candidate_id=candidate.id,
        values=record.values,
        schema=record.schema_version,
        by=row.by,
        document_ids=documents_of(candidate.passage_ids),
        made_at=row.decision.made_at,
        decision_id=row.decision_id,
    )
    try:
        with transaction.atomic():
            models.Case.objects.create(id=row.target, candidate_id=candidate.id)
            _added(first)
    except IntegrityError:
        return  # another request opened it at the same moment, from the same evidence


def _added(revision: CaseRevision) -> CaseRevision:
    values: dict[str, list[dict[str, Any]]] = {}
    evidence: dict[str, list[list[str]]] = {}
    for value in revision.values:
        values.setdefault(value.variable, []).append({"value": value.value, "actor": value.actor})
        evidence.setdefault(value.variable, []).append(list(value.passage_ids))
    row = models.CaseRevision.objects.create(
        case_id=revision.case_id,
        number=revision.number,
        made_at=revision.made_at or datetime.now(UTC),
        by_id=people.user_id(revision.by),
        decision_id=revision.decision_id,
        schema=revision.schema,
        values=values,
        evidence={"passages": evidence, "documents": list(revision.document_ids)},
    )
    return _record(row)


def _record(row: models.CaseRevision) -> CaseRevision:
    told = row.evidence["passages"]
    values = tuple(
        CaseValue(variable, item["value"], item["actor"], tuple(passages))
        for variable, items in row.values.items()
        for item, passages in zip(items, told[variable], strict=True)
    )
    return CaseRevision(
        case_id=row.case_id,
        number=row.number,
        candidate_id=row.case.candidate_id,
        values=values,
        schema=row.schema,
        by=row.by.username,
        document_ids=tuple(row.evidence["documents"]),
        made_at=row.made_at,
        decision_id=row.decision_id,
        withdrawn=row.case.withdrawn,
    )
