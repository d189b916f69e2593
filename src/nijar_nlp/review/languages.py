"""Pages in the language of the person who is signed in."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from nijar_nlp.review.people import person


class PersonLanguage:
    """Answers in the language that the account has; the browser's serves before signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on in the person's language."""
        if request.user.is_authenticated:
            try:
                language = person(request).language
            except PermissionDenied:
                return self.get_response(request)
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)
