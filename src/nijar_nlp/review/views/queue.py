"""Lists: the queue of candidates, the passages, one document."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nijar_nlp.records import (
    CANDIDATE_SORTS,
    PASSAGE_SORTS,
    SHOWN_STATES,
    STATES,
    TAGS,
    AuditEntry,
    Filter,
)
from nijar_nlp.review import filters
from nijar_nlp.review.people import for_role, person, refuse
from nijar_nlp.store import access, documents, exhibits, queue, views

PAGE_SIZE = 25
_MOST_SKIPPED = 5000
_MOST_CHOICES = 300


@require_GET
@for_role("reader")
def candidates(request: HttpRequest) -> HttpResponse:
    """The candidates that the filter asks for."""
    asked = filters.asked(request.GET)
    skip = _skip(request)
    found = queue.candidates(asked, person(request).name, skip, PAGE_SIZE)
    context = _listing(request, asked, skip, found.total) | {"found": found}
    return render(request, "review/queue.html", context)


@require_GET
@for_role("reader")
def passages(request: HttpRequest) -> HttpResponse:
    """The passages that the filter asks for."""
    asked = filters.asked(request.GET, PASSAGE_SORTS)
    skip = _skip(request)
    found = queue.passages(asked, person(request).name, skip, PAGE_SIZE)
    context = _listing(request, asked, skip, found.total) | {"found": found, "sorts": PASSAGE_SORTS}
    return render(request, "review/passages.html", context)


@require_GET
@for_role("reader")
def document(request: HttpRequest, document_id: str, page_number: int = 1) -> HttpResponse:
    """One page of a document, with its passages beside it."""
    page = documents.page(document_id, page_number)
    if page is None:
        raise Http404
    if document_id in access.hidden_documents(person(request).name):
        refuse(request, request.path)
    read = AuditEntry("read", person(request).name, "document", document_id, {"page": page_number})
    access.write_down(read)
    context = {
        "document": documents.document(document_id),
        "page": page,
        "items": exhibits.exhibits(documents.passages_of_page(document_id, page_number)),
        "zoom": 1,
        "boxes": (),
    }
    return render(request, "review/document.html", context)


def _listing(request: HttpRequest, asked: Filter, skip: int, total: int) -> dict[str, object]:
    name = person(request).name
    return {
        "asked": asked,
        "query": filters.query_string(asked),
        "base": filters.query_string(asked, sort=""),
        "choices": {key: values[:_MOST_CHOICES] for key, values in queue.choices(name).items()},
        "states": (*SHOWN_STATES, *STATES[1:]),
        "shown_states": SHOWN_STATES,
        "without_query": filters.query_string(replace(asked, query="")),
        "tags": TAGS,
        "sorts": CANDIDATE_SORTS,
        "views": views.saved_views(name),
        "first": skip + 1,
        "last": min(skip + PAGE_SIZE, total),
        "before": filters.query_string(asked, skip=max(0, skip - PAGE_SIZE)) if skip else None,
        "after": filters.query_string(asked, skip=skip + PAGE_SIZE) if skip + PAGE_SIZE < total else None,
    }


def _skip(request: HttpRequest) -> int:
    given = request.GET.get("skip", "0")
    return min(int(given), _MOST_SKIPPED) if given.isdecimal() and len(given) < 8 else 0
