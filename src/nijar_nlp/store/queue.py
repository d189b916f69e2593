"""What waits for a person: candidates and passages by filter, in an order, a stretch at a time."""

from datetime import UTC, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nijar_nlp import records
from nijar_nlp.records import COUNTED, Filter
from nijar_nlp.store import access, decisions, models, rounds, search
from nijar_nlp.store.candidates import candidates_by_id
from nijar_nlp.store.exhibits import exhibits

_ORDER_OF_CANDIDATES = {
    "probability": ("-score", "id"),
    "uncertainty": ("-entry__uncertainty", "-score", "id"),
    "newest": ("-entry__first_seen", "-score", "id"),
    "diverse": ("entry__turn", "-score", "id"),
}
_ORDER_OF_PASSAGES = {
    "probability": ("-top_probability", "id"),
    "uncertainty": ("-uncertainty", "id"),
    "newest": ("-published", "id"),
}
_FACETS = ("actor", "tag", "type", "language", "outlet")


def candidates(asked: Filter, name: str, skip: int, size: int) -> records.CandidateSlice:
    """Up to `size` candidates that a person may see, after skipping `skip`."""
    everything = list(_candidates(asked, name).values_list("id", flat=True)[: COUNTED + 1])
    ids = everything[skip : skip + size]
    standing = decisions.standings_of(ids)
    found = candidates_by_id(ids)
    items = tuple(records.CandidateItem(one, standing[one.id]) for one in found)
    return records.CandidateSlice(items, skip, len(everything))


def neighbours(asked: Filter, name: str, candidate_id: str) -> records.Neighbours:
    """Where a candidate is among those asked for, and which come before and after it."""
    ids = list(_candidates(asked, name).values_list("id", flat=True)[:COUNTED])
    if candidate_id not in ids:
        return records.Neighbours(0, len(ids), "", next(iter(ids), ""))
    place = ids.index(candidate_id)
    before = ids[place - 1] if place else ""
    after = ids[place + 1] if place + 1 < len(ids) else ""
    return records.Neighbours(place + 1, len(ids), before, after)


def passages(asked: Filter, name: str, skip: int, size: int) -> records.PassageSlice:
    """Up to `size` passages that a person may see, after skipping `skip`.

    Without words to search for, those that carry a tag; with words, all that say them.
    """
    rows = _passages(asked, name)
    ids = list(rows.values_list("passage_id", flat=True)[skip : skip + size])
    return records.PassageSlice(exhibits(ids), skip, _count(rows))


def choices() -> dict[str, list[tuple[str, int]]]:
    """By field of the filter, its values with how many candidates have them, the most first."""
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in _FACETS}
    rows = models.CandidateFacet.objects.values_list("name", "value").annotate(n=Count("id"))
    for name, value, n in rows.order_by("-n", "value"):
        found[name].append((value, n))
    countries = models.Candidate.objects.exclude(country="").values_list("country").annotate(n=Count("id"))
    found["country"] = list(countries.order_by("-n", "country"))
    return found


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
    links = models.Candidate.passages.through.objects
    if (matching := search.entries(asked.query)) is not None:
        said = links.filter(passage__entry__id__in=matching).values("candidate_id")
        own = Q(entry__folded__contains=search.searchable(asked.query))
        rows = rows.filter(Q(id__in=said) | own)
    if hidden := access.hidden_documents(name):
        rows = rows.exclude(id__in=links.filter(passage__document_id__in=hidden).values("candidate_id"))
    if asked.state == "assigned":
        return rows.filter(id__in=rounds.waiting_candidates(name))
    return _in_state(rows, asked.state)


def _in_state(rows: QuerySet[models.Candidate], state: str) -> QuerySet[models.Candidate]:
    """Those of the candidates that stand so; what is unsure waits again from its day on."""
    today = datetime.now(UTC).date()
    settled = models.Standing.objects.exclude(state="open").exclude(state="unsure", until__lte=today)
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
    rows = models.PassageEntry.objects.order_by(
        *_ORDER_OF_PASSAGES.get(asked.sort, ("-top_probability", "id"))
    )
    matching = search.entries(asked.query)
    if matching is not None:
        rows = rows.filter(id__in=matching)
    tags = models.Tag.objects.filter(passage_id=OuterRef("passage_id"), chosen=True)
    if asked.tag:
        rows = rows.filter(Exists(tags.filter(label=asked.tag)))
    elif matching is None:
        rows = rows.filter(Exists(tags))
    if asked.actor:
        mentions = models.Mention.objects.filter(passage_id=OuterRef("passage_id"), entity=asked.actor)
        rows = rows.filter(Exists(mentions))
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
        rows = rows.exclude(passage__document_id__in=hidden)
    if asked.state in ("waiting", "decided"):
        reviewed = models.Decision.objects.filter(subject_kind="tag", subject_id=OuterRef("passage_id"))
        exists = Exists(reviewed)
        rows = rows.filter(~exists if asked.state == "waiting" else exists)
    return rows


def _count(rows: QuerySet[models.PassageEntry]) -> int:
    return rows.order_by()[: COUNTED + 1].count()
