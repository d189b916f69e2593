"""Saved views of the queue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nijar_nlp.records import SavedView
from nijar_nlp.review import filters
from nijar_nlp.review.people import for_role, person
from nijar_nlp.store import views

_LONGEST_NAME = 80


@require_POST
@for_role("reader")
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the queue under a name."""
    name = request.POST.get("name", "").strip()[:_LONGEST_NAME]
    query = filters.query_string(filters.asked(QueryDict(request.POST.get("query", ""))))
    if name:
        views.save_view(SavedView(name, person(request).name, query, "shared" in request.POST))
        messages.success(request, _("The view is saved."))
    return redirect(f"{reverse('review:queue')}?{query}")


@require_POST
@for_role("reader")
def delete(request: HttpRequest) -> HttpResponse:
    """Forget a view of one's own."""
    views.delete_view(request.POST.get("name", ""), person(request).name)
    messages.success(request, _("The view is deleted."))
    return redirect("review:queue")
