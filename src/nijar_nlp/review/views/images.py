"""A page of a document: its frame with the passage boxed, and its picture."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nijar_nlp.errors import ReadingError
from nijar_nlp.records import Sheet
from nijar_nlp.review import pages
from nijar_nlp.review.people import for_role, person, refuse
from nijar_nlp.store import access, documents, exhibits

_KEPT_SECONDS = 24 * 3600


@require_GET
@for_role("reader")
def frame(request: HttpRequest, document_id: str, page_number: int, zoom: int) -> HttpResponse:
    """The frame of a page, with the boxes of the passage that `passage` names."""
    page = _page(request, document_id, page_number, zoom)
    passage_id = request.GET.get("passage", "")
    found = exhibits.exhibits([passage_id]) if passage_id else ()
    boxes = [
        box
        for item in found
        if item.passage.document_id == document_id
        for box in item.passage.boxes
        if box.page == page_number
    ]
    context = {
        "page": page,
        "zoom": zoom,
        "boxes": boxes,
        "passage_id": passage_id,
    }
    return render(request, "review/_page.html", context)


@require_GET
@for_role("reader")
def picture(request: HttpRequest, document_id: str, page_number: int, zoom: int) -> HttpResponse:
    """The page as PNG; a drawing that says why where it cannot be had."""
    page = _page(request, document_id, page_number, zoom)
    try:
        file = pages.image(page, zoom)
    except ReadingError as error:
        context = {"page": page, "reason": _(error.rule), "remedy": _(error.remedy)}
        return render(request, "review/no_picture.svg", context, content_type="image/svg+xml", status=200)
    headers = {"Cache-Control": f"private, max-age={_KEPT_SECONDS}"}
    return HttpResponse(file.read_bytes(), content_type="image/png", headers=headers)


def _page(request: HttpRequest, document_id: str, page_number: int, zoom: int) -> Sheet:
    if zoom not in pages.DPI:
        raise Http404
    if document_id in access.hidden_documents(person(request).name):
        refuse(request, request.path)
    page = documents.page(document_id, page_number)
    if page is None:
        raise Http404
    return page
