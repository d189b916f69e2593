"""The page of one candidate: what is claimed, the evidence, the nearest case, the history."""

import uuid
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from nijar_nlp.records import AuditEntry, CaseCandidate
from nijar_nlp.review import filters, library, showing
from nijar_nlp.review.people import for_role, person, refuse
from nijar_nlp.store import access, candidates, casebook, decisions, exhibits, queue, rounds

_UNSURE_DAYS = 14
_MOST_CASES = 300  # accepted ones, the latest, to be the same as
_OTHERS = (
    ("merge", _("Merge"), _("Both tell of one case. This candidate goes into the one that you choose.")),
    ("duplicate", _("Duplicate"), _("The same reports again: this candidate adds nothing to the other.")),
)


@require_GET
@for_role("reader")
def candidate(request: HttpRequest, candidate_id: str) -> HttpResponse:
    """One candidate as the queue with this filter shows it."""
    found = candidates.candidate(candidate_id)
    if found is None:
        raise Http404
    who = person(request)
    if not queue.may_see(found, who.name):
        refuse(request, request.path)
    access.write_down(AuditEntry("read", who.name, "candidate", candidate_id))
    return render(request, "review/candidate.html", _context(request, found))


def _context(request: HttpRequest, found: CaseCandidate) -> dict[str, object]:
    """All that the page of a candidate shows."""
    who = person(request)
    assigned = rounds.waiting_for(who.name, found.id)
    blind = assigned is not None and assigned.reading == "blind"
    opened = showing.opened(found, everything="all" in request.GET)
    history = decisions.history([found.id, *opened])
    groups = showing.evidence(opened, history, who.name if blind else "")
    if blind:
        history = [d for d in history if d.by == who.name]
    return {
        "candidate": found,
        "standing": decisions.standing(found.id),
        "groups": groups,
        "more": len(found.passage_ids) - len(opened),
        "assigned": assigned,
        "blind": blind,
        "history": showing.labels_of(history, who.name),
        "related": showing.related(found, who.name),
        "known_cases": library.known_cases().values(),
        "cases": [] if blind else casebook.titles(who.name, _MOST_CASES),
        "codebook": library.codebook(),
        "token": uuid.uuid4(),
        "seen": max((d.id for d in history if d.subject.id == found.id), default=0),
        "shown": showing.snapshot(found, groups),
        "until": datetime.now(UTC).date() + timedelta(days=_UNSURE_DAYS),
        "others": _OTHERS,
        **_queue(request, found),
        **_nearest(found),
        **showing.frame(groups[0].first.passage if groups else None),
    }


def _queue(request: HttpRequest, found: CaseCandidate) -> dict[str, object]:
    """Where the candidate stands in the queue from which it was opened."""
    asked = filters.asked(request.GET)
    here, total = queue.place(asked, person(request).name, found.id)
    query = filters.query_string(asked)
    return {"here": here, "total": total, "asked": asked, "query": query, "ahead": _ahead(here.after)}


def _ahead(candidate_id: str) -> tuple[str, int] | None:
    """Document and page number with which the next candidate opens, to be fetched ahead."""
    return exhibits.first_of(candidate_id) if candidate_id else None


def _nearest(found: CaseCandidate) -> dict[str, object]:
    """The known case that it is nearest to, and the two side by side."""
    nearest = library.known_cases().get(found.nearest.case_id) if found.nearest else None
    return {"nearest": nearest, "comparison": showing.comparison(found, nearest) if nearest else ()}
