"""What came in, waits and was decided, in numbers; without the documents that a person may not see."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate, TruncMonth

from nijar_nlp.records import SHOWN_STATES, STATES, VERDICTS, Filter
from nijar_nlp.store import access, casebook, models, queue
from nijar_nlp.store.answering import once

Counts = dict[str, dict[str, int]]
_PAUSE = timedelta(minutes=10)  # a longer gap between two decisions is a pause, not work


def came_in(name: str) -> dict[str, int]:
    """Documents, those that could not be read, passages with a tag, candidates, cases."""
    hidden = access.hidden_documents(name)
    documents = models.Document.objects.filter(hidden.spare("id"))
    return {
        "documents": documents.count(),
        "unread": documents.exclude(problem_code="").count(),
        "tagged": _tagged(hidden, _state_of_tags()),
        "candidates": queue.count(Filter(state="all"), name),
        "cases": sum(not case.withdrawn and not hidden & set(case.document_ids) for case in casebook.cases()),
    }


def standing(name: str) -> dict[str, int]:
    """How many candidates wait, and how many stand how."""
    shown = [state for state in SHOWN_STATES if state not in ("all", "decided", "assigned")]
    waiting = {state: queue.count(Filter(state=state), name) for state in shown}
    given = queue.states(name)
    return waiting | {state: given.get(state, 0) for state in STATES[1:]}


def candidates_by_week(weeks: int = 26) -> Counts:
    """Candidates by the week in which they were first seen."""
    since = datetime.now(UTC) - timedelta(weeks=weeks)
    rows = models.CandidateEntry.objects.filter(first_seen__gte=since).values("first_seen")
    found: Counter[str] = Counter()
    for row in rows.annotate(n=Count("pk")).order_by("first_seen"):  # a grouping sees all of its own at once
        found[f"{row['first_seen']:%G-W%V}"] += row["n"]
    return {week: {"": n} for week, n in found.items()}


def tags_by_month(name: str, months: int = 36) -> Counts:
    """Tagged passages by month of publication and tag, the latest months."""
    return _tags_by_month(access.hidden_documents(name), months, _state_of_tags())


def tags_by_country(name: str, most: int = 20) -> Counts:
    """Tagged passages by country of their main event and tag, the countries with most first."""
    return _tags_by_country(access.hidden_documents(name), most, _state_of_tags())


def _state_of_tags() -> tuple[object, ...]:
    """What is another after everything that was tagged or annotated, and after every run."""
    return once("state", "tags", _latest)


def _latest(_: str) -> tuple[object, ...]:
    stages = models.Stage.objects.aggregate(Max("done_at"), Count("id"))
    run = models.Run.objects.order_by("-started_at").values_list("id", "state").first()
    return (connection.settings_dict["NAME"], *stages.values(), run)


@lru_cache(maxsize=32)
def _tagged(hidden: access.Hidden, _state: tuple[object, ...]) -> int:
    return _tags(hidden).values("passage_id").distinct().count()


@lru_cache(maxsize=32)
def _tags_by_month(hidden: access.Hidden, months: int, _state: tuple[object, ...]) -> Counts:
    rows = _tags(hidden).filter(passage__entry__published__isnull=False)
    counted = rows.annotate(month=TruncMonth("passage__entry__published")).values("month", "label")
    found = _table((f"{row['month']:%Y-%m}", row["label"], row["n"]) for row in _counted(counted))
    return {month: found.get(month, {}) for month in _months(max(found), months)} if found else {}


@lru_cache(maxsize=32)
def _tags_by_country(hidden: access.Hidden, most: int, _state: tuple[object, ...]) -> Counts:
    rows = _tags(hidden).exclude(passage__entry__country="").values("passage__entry__country", "label")
    found = _table((row["passage__entry__country"], row["label"], row["n"]) for row in _counted(rows))
    return dict(sorted(found.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:most])


def verdicts_by_day(days: int = 42) -> Counts:
    """Verdicts by day and person."""
    rows = _verdicts(days).annotate(day=TruncDate("made_at")).values("day", "by__username")
    return dict(sorted(_table((str(r["day"]), r["by__username"], r["n"]) for r in _counted(rows)).items()))


def pace(days: int = 42) -> list[tuple[str, int, float | None]]:
    """By person: verdicts, and the median of seconds from one to the next, pauses left out."""
    moments: dict[str, list[datetime]] = {}
    for who, moment in _verdicts(days).order_by("id").values_list("by__username", "made_at"):
        moments.setdefault(who, []).append(moment)
    return [(who, len(made), _median_gap(made)) for who, made in sorted(moments.items())]


def _tags(hidden: access.Hidden) -> QuerySet[models.Tag]:
    rows = models.Tag.objects.filter(chosen=True)
    return rows.filter(hidden.spare("passage__document_id")) if hidden else rows


def _verdicts(days: int) -> QuerySet[models.Decision]:
    since = datetime.now(UTC) - timedelta(days=days)
    return models.Decision.objects.filter(kind__in=VERDICTS, made_at__gte=since)


def _counted(rows: Any) -> Any:
    """Grouped rows with how many there are of each."""
    return rows.annotate(n=Count("pk")).order_by()


def _table(rows: Iterable[tuple[str, str, int]]) -> Counts:
    found: dict[str, Counter[str]] = {}
    for across, group, n in rows:
        found.setdefault(across, Counter())[group] += n
    return {across: dict(counts) for across, counts in found.items()}


def _months(last: str, most: int) -> list[str]:
    """The months up to a last one, without gaps."""
    year, month = map(int, last.split("-"))
    counted = [year * 12 + month - 1 - back for back in range(most)]
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in reversed(counted)]


def _median_gap(moments: Sequence[datetime]) -> float | None:
    gaps = [after - before for before, after in itertools.pairwise(moments)]
    worked = [gap.total_seconds() for gap in gaps if gap <= _PAUSE]
    return round(median(worked), 1) if worked else None
