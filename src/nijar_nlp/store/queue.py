"""What waits for a person: candidates and passages by filter, in an order, a stretch at a time."""

from functools import lru_cache

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet

from nijar_nlp import records
from nijar_nlp.records import COUNTED, Filter
from nijar_nlp.store import access, decisions, models, rounds, search
from nijar_nlp.store.candidates import candidates_by_id, read
from nijar_nlp.store.exhibits import exhibits

_ORDER_OF_CANDIDATES = {
    "probability": ("-score", "id"),
    "uncertainty": ("-entry__uncertainty", "-score", "id"),
    "newest": ("-entry__first_seen", "-score", "id"),
    "diverse": ("entry__turn", "-score", "id"),
    "mixed": ("entry__mixed", "-score", "id"),
}
_FIRST_OF_PASSAGES = {"probability": "top_probability", "uncertainty": "uncertainty", "newest": "published"}
_FACETS = ("actor", "tag", "type", "language", "outlet")
_LOOKED_THROUGH = 10_000  # candidates, for the neighbours of one
_CHUNK = 200


def candidates(asked: Filter, name: str, skip: int, size: int) -> records.CandidateSlice:
    """Up to `size` candidates that a person may see, after skipping `skip`."""
    rows = _candidates(asked, name)
    ids = list(rows.values_list("id", flat=True)[skip : skip + size])
    standing = decisions.standings_of(ids)
    found = candidates_by_id(ids)
    items = tuple(records.CandidateItem(one, standing[one.id]) for one in found)
    return records.CandidateSlice(items, skip, rows.order_by().count())


def count(asked: Filter, name: str) -> int:
    """How many candidates that a person may see are asked for."""
    return _candidates(asked, name).order_by().count()


def place(asked: Filter, name: str, candidate_id: str) -> tuple[records.Neighbours, int]:
    """Where a candidate is among those asked for, and how many those are."""
    rows = _candidates(asked, name)
    return _neighbours(rows, candidate_id), rows.order_by().count()


def neighbours(asked: Filter, name: str, candidate_id: str) -> records.Neighbours:
    """Where a candidate is among those asked for, and which come before and after it."""
    return _neighbours(_candidates(asked, name), candidate_id)


def _neighbours(rows: QuerySet[models.Candidate], candidate_id: str) -> records.Neighbours:
    first, before = "", ""
    every = rows.values_list("id", flat=True)[:_LOOKED_THROUGH]
    ids = every.iterator(chunk_size=_CHUNK)  # most are decided near the queue's head
    for place, identity in enumerate(ids, start=1):
        if identity == candidate_id:
            return records.Neighbours(place, before, next(ids, ""))
        first, before = first or identity, identity
    return records.Neighbours(0, "", first)


def near(candidate: records.CaseCandidate, name: str, most: int) -> list[records.CaseCandidate]:
    """Other candidates of a candidate's country that a person may see, the nearest in time on both sides.

    Where the candidate has no date, those of the highest score.
    """
    same = models.Candidate.objects.filter(country=candidate.country).exclude(id=candidate.id)
    same = _visible(same, access.hidden_documents(name))
    day = candidate.date.start if candidate.date else None
    if day is None:
        return read(same.order_by("-score", "id")[:most])
    after = same.filter(entry__start__gte=day).order_by("entry__start", "id")
    before = same.filter(entry__start__lt=day).order_by("-entry__start", "id")
    return [one for rows in (before, after) for one in read(rows[: most // 2])]


def passages(asked: Filter, name: str, skip: int, size: int) -> records.PassageSlice:
    """Up to `size` passages that a person may see, after skipping `skip`.

    Without words to search for, those that carry a tag; with words, all that say them.
    """
    ids = list(_passages(asked, name).values_list("passage_id", flat=True)[: COUNTED + 1])
    shown = exhibits(ids[:COUNTED][skip : skip + size])
    return records.PassageSlice(shown, skip, min(len(ids), COUNTED), len(ids) > COUNTED)


def choices(name: str) -> dict[str, list[tuple[str, int]]]:
    """By field of the filter, its values with how many candidates that a person may see, the most first."""
    facets = models.CandidateFacet.objects.aggregate(Max("id"))
    seen = models.CandidateEntry.objects.aggregate(Max("first_seen"))
    state = (connection.settings_dict["NAME"], *facets.values(), *seen.values())
    return _choices(access.hidden_documents(name), state)


@lru_cache(maxsize=32)
def _choices(hidden: access.Hidden, _state: tuple[object, ...]) -> dict[str, list[tuple[str, int]]]:
    """Counted once for all who see the same, until candidates are grouped anew."""
    candidates_ = _visible(models.Candidate.objects.all(), hidden)
    rows = (
        models.CandidateFacet.objects.filter(candidate__in=candidates_)
        if hidden
        else models.CandidateFacet.objects
    )
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in _FACETS}
    for name, value, n in rows.values_list("name", "value").annotate(n=Count("id")).order_by("-n", "value"):
        found[name].append((value, n))
    countries = candidates_.exclude(country="").values_list("country").annotate(n=Count("id"))
    found["country"] = list(countries.order_by("-n", "country"))
    return found


def states(name: str) -> dict[str, int]:
    """How many of the candidates that a person may see stand in each state that somebody's verdict gave."""
    seen = _visible(models.Candidate.objects.all(), access.hidden_documents(name)).values("id")
    rows = models.Standing.objects.filter(candidate_id__in=seen).values_list("state").annotate(n=Count("pk"))
    return dict(rows.order_by())


def screened() -> tuple[list[bool], int]:
    """Of the candidates that people decided, in that order, whether each is a case; and how many wait."""
    decided = models.Standing.objects.filter(state__in=("accepted", "known", "rejected"))
    states = decided.order_by("decision_id").values_list("state", flat=True)
    waiting = _in_state(models.Candidate.objects.all(), "waiting").count()
    return [state != "rejected" for state in states], waiting


def may_see(candidate: records.CaseCandidate, name: str) -> bool:
    """Whether a person may see a candidate: none of its passages is of a document hidden from them."""
    return not access.hidden_passages(name, candidate.passage_ids)


def _candidates(asked: Filter, name: str) -> QuerySet[models.Candidate]:
    rows = models.Candidate.objects.order_by(*_ORDER_OF_CANDIDATES[asked.sort])
    if asked.country:
        rows = rows.filter(country=asked.country)
    for facet in _FACETS:
        if value := getattr(asked, facet):
            chosen = models.CandidateFacet.objects.filter(name=facet, value=value)
            rows = rows.filter(id__in=chosen.values("candidate_id"))
    if asked.least is not None:
        rows = rows.filter(score__gte=asked.least)
    if asked.most is not None:
        rows = rows.filter(score__lte=asked.most)
    if asked.since:
        rows = rows.filter(entry__end__gte=asked.since)
    if asked.until:
        rows = rows.filter(entry__start__lte=asked.until)
    rows = _visible(search.candidates(rows, asked.query), access.hidden_documents(name))
    if asked.state == "assigned":
        return rows.filter(id__in=rounds.waiting_candidates(name))
    return _in_state(rows, asked.state)


def _visible(rows: QuerySet[models.Candidate], hidden: access.Hidden) -> QuerySet[models.Candidate]:
    """Those of the candidates that rest on no hidden document."""
    if not hidden:
        return rows
    links = models.Candidate.passages.through.objects.filter(passage__document_id__in=hidden.rows)
    return rows.exclude(id__in=links.values("candidate_id"))


def _in_state(rows: QuerySet[models.Candidate], state: str) -> QuerySet[models.Candidate]:
    """Those of the candidates that stand so."""
    settled = decisions.settled()
    if state == "all":
        return rows
    if state == "contested":
        return rows.filter(id__in=models.Standing.objects.filter(contested=True).values("candidate_id"))
    if state == "decided":
        return rows.filter(id__in=settled.values("candidate_id"))
    if state in ("waiting", "known_by_machine"):
        rows = rows.exclude(id__in=settled.values("candidate_id"))
        return rows.filter(known_case__isnull=state == "waiting")
    return rows.filter(id__in=models.Standing.objects.filter(state=state).values("candidate_id"))


def _passages(asked: Filter, name: str) -> QuerySet[models.PassageEntry]:
    first = F(_FIRST_OF_PASSAGES.get(asked.sort, "top_probability"))
    rows = models.PassageEntry.objects.order_by(first.desc(nulls_last=True), "id")
    rows = search.passages(rows, asked.query)
    if asked.tag:
        tags = models.Tag.objects.filter(passage_id=OuterRef("passage_id"), chosen=True, label=asked.tag)
        rows = rows.filter(Exists(tags), top_probability__isnull=False)
    elif not search.phrases(asked.query):
        rows = rows.filter(tagged=True, top_probability__isnull=False)
    if asked.actor:
        mentions = models.Mention.objects.filter(entity=asked.actor)
        if search.are_few(asked.query):
            rows = rows.filter(Exists(mentions.filter(passage_id=OuterRef("passage_id"))))
        else:
            rows = rows.filter(passage_id__in=mentions.values("passage_id"))
    for field in ("country", "language", "outlet"):
        if value := getattr(asked, field):
            rows = rows.filter(**{field: value})
    if asked.least is not None:
        rows = rows.filter(top_probability__gte=asked.least)
    if asked.most is not None:
        rows = rows.filter(top_probability__lte=asked.most)
    if asked.since:
        rows = rows.filter(published__gte=asked.since)
    if asked.until:
        rows = rows.filter(published__lte=asked.until)
    if hidden := access.hidden_documents(name):
        rows = rows.filter(hidden.spare("passage__document_id"))
    if asked.state in ("waiting", "decided"):
        reviewed = models.Decision.objects.filter(subject_kind="tag", subject_id=OuterRef("passage_id"))
        exists = Exists(reviewed)
        rows = rows.filter(~exists if asked.state == "waiting" else exists)
    return rows
