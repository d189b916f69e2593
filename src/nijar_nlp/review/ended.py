"""What htmx sends after the session ended into the sign-in page in the page's place, or a refusal."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class WholePageSignIn:
    """Sends the whole page to sign in, and back to where it was, where htmx asked for a piece of it.

    What was to be recorded is answered 401 instead: the page stays, and with it what was typed there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and turn a redirection to the sign-in page into what htmx can follow."""
        answer = self.get_response(request)
        htmx, sign_in = HtmxDetails(request), resolve_url(settings.LOGIN_URL)
        if not htmx or not isinstance(answer, HttpResponseRedirect) or not answer.url.startswith(sign_in):
            return answer
        if request.method != "GET":
            return HttpResponse(status=401)
        back = htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)
        return HttpResponseClientRedirect(redirect_to_login(back, sign_in).url)
