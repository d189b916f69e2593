"""Decisions, in and out of the store: rows are only added, where things stand is computed from them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.store import models, people, standings

# PostgreSQL: one recording at a time, so that ids count up as rows appear. SQLite has one writer anyway.
_LOCK = 0x6E696A6172


def record(decision: records.Decision, seen: int | None = None) -> records.Recorded:
    """Append a decision; the same one sent twice with its token is recorded once.

    `seen` is the id of the last decision on the subject that the person knew of (0 for none): what others
    decided since comes back with the recorded one, and both stand in the history. StoreError where an undoing
    names what cannot be undone.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        row = _rows().filter(token=decision.token).first()
        if row is None or not _same(_record(row), decision):
            token = decision.token if row is None else str(uuid.uuid4())
            row = _added(replace(decision, token=token))
        meanwhile = _meanwhile(row, seen)
    return records.Recorded(_record(row), meanwhile)


def decisions_since(last: int = 0) -> list[records.Decision]:
    """Every decision recorded after the one with id `last`, in order, undone ones and undoings included."""
    return [_record(row) for row in _rows().filter(id__gt=last)]


def history(subject_ids: Iterable[str]) -> list[records.Decision]:
    """Every decision on these candidates or passages, with all their parts, in order."""
    return [_record(row) for row in _rows().filter(subject_id__in=list(subject_ids))]


def of_round(name: str) -> list[records.Decision]:
    """Every decision of a double coding round, in order."""
    return [_record(row) for row in _rows().filter(round=name)]


def decision(decision_id: int) -> records.Decision:
    """One decision; StoreError where there is none."""
    row = _rows().filter(id=decision_id).first()
    if row is None:
        raise StoreError("There is no such decision", decision_id, "It must be recorded.", "Look again.")
    return _record(row)


def last_of(name: str) -> records.Decision | None:
    """The latest decision of a person that can still be undone."""
    rows = _rows().filter(by__username=name, undone_by__isnull=True).exclude(kind="undo")
    row = rows.order_by("-id").first()
    return _record(row) if row else None


def standing(candidate_id: str) -> records.Standing:
    """Where a candidate stands now."""
    return standings_of([candidate_id])[candidate_id]


def standings_of(candidate_ids: Sequence[str]) -> dict[str, records.Standing]:
    """Where candidates stand now, by id."""
    rows = models.Standing.objects.filter(candidate_id__in=candidate_ids)
    found = {row.candidate_id: _standing(row) for row in rows}
    return {identity: found.get(identity, records.Standing(identity)) for identity in candidate_ids}


def settled() -> QuerySet[models.Standing]:
    """Where the candidates stand that wait for nobody; what is unsure waits again from its day on."""
    today = datetime.now(UTC).date()
    return models.Standing.objects.exclude(state="open").exclude(state="unsure", until__lte=today)


def fixed() -> records.Fixed:
    """What all verdicts in force say about which passages belong to one case, and which to several.

    The passages of candidates that were given out in a round are held for looked at already.
    """
    said = standings.fixed([_record(row) for row in _rows().filter(subject_kind="candidate")])
    given_out = models.Candidate.passages.through.objects.filter(
        candidate_id__in=models.Assignment.objects.values("candidate_id")
    )
    return replace(said, looked_at=said.looked_at.union(given_out.values_list("passage_id", flat=True)))


def renew_standings() -> None:
    """Compute where every candidate stands again, from the decisions alone."""
    with transaction.atomic():
        models.Standing.objects.all().delete()
        ids = models.Decision.objects.filter(subject_kind="candidate").values_list("subject_id", flat=True)
        for identity in sorted(set(ids)):
            _renew_standing(identity)


def _added(decision: records.Decision) -> models.Decision:
    if decision.kind == "undo":
        _check_undo(decision)
    made = models.Decision.objects.create(**_fields(decision))
    if decision.subject.kind == "candidate":
        _renew_standing(decision.subject.id)
    return _rows().get(id=made.id)


def _same(one: records.Decision, other: records.Decision) -> bool:
    """Whether a form was sent twice; a page that was gone back to may decide anew with its old token."""
    fields = ("kind", "subject", "by", "value", "until", "undoes", "round", "reading")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _renew_standing(candidate_id: str) -> None:
    rows = _rows().filter(subject_kind="candidate", subject_id=candidate_id)
    now = standings.standing(candidate_id, [_record(row) for row in rows])
    models.Standing.objects.update_or_create(
        candidate_id=candidate_id,
        defaults={
            "state": now.state,
            "decision_id": now.decision_id,
            "by": now.by,
            "target": now.target,
            "until": now.until,
            "contested": now.contested,
        },
    )


def _meanwhile(row: models.Decision, seen: int | None) -> tuple[records.Decision, ...]:
    """What others decided on the subject between what the person knew of and this row."""
    if seen is None or row.reading == "blind":
        return ()
    others = _rows().filter(
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        part=row.part,
        round=row.round,
        id__gt=seen,
        id__lt=row.id,
    )
    return tuple(_record(other) for other in others.exclude(by_id=row.by_id).exclude(kind="comment"))


def _check_undo(undoing: records.Decision) -> None:
    row = _rows().filter(id=undoing.undoes or 0).first()
    if row is None or row.kind == "undo" or hasattr(row, "undone_by"):
        raise StoreError(
            "The decision was not undone",
            undoing.undoes,
            "A decision is undone once, and an undoing is not undone.",
            "Decide again instead.",
        )
    if (row.subject_kind, row.subject_id, row.part) != undoing.subject:
        raise StoreError(
            "The decision was not undone",
            undoing.undoes,
            "An undoing has the subject of what it undoes.",
            "Load the page again.",
        )


def _rows() -> QuerySet[models.Decision]:
    return models.Decision.objects.select_related("by").order_by("id")


def _fields(decision: records.Decision) -> dict[str, object]:
    return {
        "token": decision.token,
        "made_at": decision.made_at or datetime.now(UTC),
        "by_id": people.user_id(decision.by),
        "kind": decision.kind,
        "subject_kind": decision.subject.kind,
        "subject_id": decision.subject.id,
        "part": decision.subject.part,
        "value": decision.value,
        "shown": decision.shown,
        "model": decision.model,
        "codebook": decision.codebook,
        "until": decision.until,
        "round": decision.round,
        "reading": decision.reading,
        "undoes_id": decision.undoes,
    }


def _record(row: models.Decision) -> records.Decision:
    return records.Decision(
        kind=row.kind,
        subject=records.Subject(row.subject_kind, row.subject_id, row.part),
        by=row.by.username,
        token=row.token,
        value=row.value,
        shown=row.shown,
        model=row.model,
        codebook=row.codebook,
        until=row.until,
        round=row.round,
        reading=row.reading,
        undoes=row.undoes_id,
        made_at=row.made_at,
        id=row.id,
    )


def _standing(row: models.Standing) -> records.Standing:
    return records.Standing(
        row.candidate_id, row.state, row.decision_id, row.by, row.target, row.until, row.contested
    )
