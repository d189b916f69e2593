"""A database that is locked, full or away into a plain page from which what was sent can be sent again."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)

_UNSENT = ("csrfmiddlewaretoken",)


class PlainTroubles:
    """Answers 503 where the database cannot take a request; nothing of it has been recorded then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that says so, and holds what was sent."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("the database did not take a request: %s", _cause(exception))
        sent = [
            (name, value) for name, values in request.POST.lists() if name not in _UNSENT for value in values
        ]
        return render(request, "review/trouble.html", {"sent": sent, "person": None}, status=503)


def _cause(exception: DatabaseError | InterfaceError) -> str:
    return str(exception).strip().split("\n")[0][:200]
