"""A request into one answer: what it asks of the database again is asked once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from nijar_nlp.store.answering import one_answer


class OneAnswer:
    """Keeps accounts and what is hidden from them while a request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        with one_answer():
            return self.get_response(request)
