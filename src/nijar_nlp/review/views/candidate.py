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
from nijar_nlp.store import access, candidates, casebook, decisions, documents, exhibits, queue, rounds

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
    return render(request, "review/candidate.html", context_of(request, found))


def context_of(request: HttpRequest, found: CaseCandidate) -> dict[str, object]:
    """All that the page of a candidate shows."""
    who = person(request)
    asked = filters.asked(request.GET)
    assigned = rounds.waiting_for(who.name, found.id)
    blind = assigned is not None and assigned.reading == "blind"
    opened = showing.opened(found, everything="all" in request.GET)
    history = decisions.history([found.id, *opened])
    groups = showing.evidence(opened, history, who.name if blind else "")
    if blind:
        history = [d for d in history if d.by == who.name]
    here, total = queue.place(asked, who.name, found.id)
    first = groups[0].first if groups else None
    nearest = library.known_cases().get(found.nearest.case_id) if found.nearest else None
    return {
        "candidate": found,
        "standing": decisions.standing(found.id),
        "groups": groups,
        "more": len(found.passage_ids) - len(opened),
        "assigned": assigned,
        "blind": blind,
        "history": showing.labels_of(history, who.name),
        "here": here,
        "total": total,
        "asked": asked,
        "query": filters.query_string(asked),
        "nearest": nearest,
        "comparison": showing.comparison(found, nearest) if nearest else (),
        "related": showing.related(found, who.name),
        "known_cases": library.known_cases().values(),
        "cases": [] if blind else casebook.titles(who.name, _MOST_CASES),
        "codebook": library.codebook(),
        "token": uuid.uuid4(),
        "seen": max((d.id for d in history if d.subject.id == found.id), default=0),
        "shown": showing.snapshot(found, groups),
        "until": datetime.now(UTC).date() + timedelta(days=_UNSURE_DAYS),
        "page": documents.page(first.passage.document_id, first.passage.page_number) if first else None,
        "boxes": [b for b in first.passage.boxes if b.page == first.passage.page_number] if first else (),
        "passage_id": first.passage.id if first else "",
        "zoom": 1,
        "ahead": _ahead(here.after),
        "others": _OTHERS,
    }


def _ahead(candidate_id: str) -> tuple[str, int] | None:
    """Document and page number with which the next candidate opens, to be fetched ahead."""
    return exhibits.first_of(candidate_id) if candidate_id else None
