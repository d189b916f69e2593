"""Double coding rounds: who is to read which candidate, alone."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.records import VERDICTS
from nijar_nlp.store import decisions, history, models, people, standings


def assign(assignment: records.Assignment) -> None:
    """Give a candidate to a reader in a round; what was given already stays."""
    models.Assignment.objects.get_or_create(
        round=assignment.round,
        candidate_id=assignment.candidate_id,
        reader_id=people.user_id(assignment.reader),
        defaults={"reading": assignment.reading},
    )


def waiting_for(name: str, candidate_id: str) -> records.Assignment | None:
    """The round in which a person still has to read a candidate; None where there is none."""
    rows = models.Assignment.objects.filter(reader__username=name, candidate_id=candidate_id)
    for row in rows.order_by("id"):
        read = models.Decision.objects.filter(
            by__username=name, subject_id=candidate_id, round=row.round, undone_by__isnull=True
        )
        if not read.filter(kind__in=VERDICTS).exists():
            return records.Assignment(row.round, row.candidate_id, name, row.reading)
    return None


def waiting_for_passage(name: str, passage_id: str) -> records.Assignment | None:
    """The round in which a person still has to read the candidate of a passage."""
    links = models.Candidate.passages.through.objects.filter(passage_id=passage_id)
    for candidate_id in links.values_list("candidate_id", flat=True):
        if assigned := waiting_for(name, candidate_id):
            return assigned
    return None


def open_round(name: str, readers_of: Mapping[str, Sequence[str]]) -> None:
    """Give candidates to their readers, by candidate id; StoreError where the round is there already."""
    if models.Assignment.objects.filter(round=name).exists():
        raise StoreError("The round was not opened", name, "A round's name is its own.", "Choose another.")
    with transaction.atomic():
        models.Assignment.objects.bulk_create(
            models.Assignment(round=name, candidate_id=candidate, reader_id=people.user_id(reader))
            for candidate, readers in readers_of.items()
            for reader in readers
        )


def rounds() -> list[str]:
    """The names of all rounds, the latest first."""
    rows = models.Assignment.objects.values("round").annotate(last=Max("id")).order_by("-last")
    return [row["round"] for row in rows]


def pairs(round_name: str) -> list[records.Pair]:
    """What the readers of a round decided on each of its candidates, in the order they were given out."""
    readers: dict[str, list[str]] = {}
    assigned = models.Assignment.objects.filter(round=round_name, reading="blind").select_related("reader")
    for row in assigned.order_by("id"):
        readers.setdefault(row.candidate_id, []).append(row.reader.username)
    there = models.Candidate.objects.filter(id__in=list(readers)).values_list("id", flat=True)
    withdrawn = history.withdrawals(readers.keys() - set(there))
    made = standings.in_force(decisions.of_round(round_name))
    about = {d.subject.id: d.subject.id for d in made if d.subject.kind in ("candidate", "slot")}
    for decision in made:
        if decision.kind in VERDICTS:
            about |= dict.fromkeys(decision.shown.get("passages", {}), decision.subject.id)
    found: dict[tuple[str, str], list[records.Decision]] = {}
    for decision in made:
        found.setdefault((about.get(decision.subject.id, ""), decision.reading), []).append(decision)
    return [
        records.Pair(
            candidate_id=candidate,
            readers=tuple(names),
            decisions=tuple(found.get((candidate, "blind"), ())),
            settled=next(
                (d for d in reversed(found.get((candidate, "adjudication"), ())) if d.kind in VERDICTS), None
            ),
            withdrawn=withdrawn.get(candidate),
        )
        for candidate, names in readers.items()
    ]


def waiting_candidates(name: str) -> list[str]:
    """The candidates that a person still has to read or settle, in the order they were given out."""
    rows = models.Assignment.objects.filter(reader__username=name).order_by("id")
    read = models.Decision.objects.filter(
        by_id=OuterRef("reader_id"),
        subject_kind="candidate",
        subject_id=OuterRef("candidate_id"),
        round=OuterRef("round"),
        kind__in=VERDICTS,
        undone_by__isnull=True,
    )
    return list(rows.filter(~Exists(read)).values_list("candidate_id", flat=True))
