"""The language of the pages, chosen by each person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nijar_nlp.review.people import for_role, person
from nijar_nlp.store import people


@require_POST
@for_role("reader")
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language with the account, and go back to the page."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        chosen = settings.LANGUAGE_CODE
    people.change(person(request).name, language=chosen)
    back = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if inside else settings.LOGIN_REDIRECT_URL)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response
