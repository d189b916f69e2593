"""What people look up: the codebook, and the actors of the register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nijar_nlp.review import library
from nijar_nlp.review.people import for_role


@require_GET
@for_role("reader")
def codebook(request: HttpRequest) -> HttpResponse:
    """The definitions, hard cases and rulings that people decide by."""
    return render(request, "review/codebook.html", {"codebook": library.codebook()})


@require_GET
@for_role("reader")
def actors(request: HttpRequest) -> HttpResponse:
    """The register's actors as options of a list."""
    return render(request, "review/_actors.html", {"actors": library.actors().values()})
