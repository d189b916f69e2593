"""What a page asks for after another person signed in in its browser into a refusal."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class OwnPages:
    """Answers 409 where the page that asks, as it says in `X-Person`, is another person's.

    Such a page gets no piece, which would carry the new person's token, and records nothing in their name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless it comes from another person's page."""
        owner = request.headers.get("X-Person")
        if owner and request.user.is_authenticated and owner != str(request.user.pk):
            return HttpResponse(status=409)
        return self.get_response(request)
