"""Single sign-on: a name in a header, believed only from the proxy that the configuration names."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.backends import RemoteUserBackend
from django.contrib.auth.middleware import PersistentRemoteUserMiddleware
from django.http import HttpRequest, HttpResponseBase


class ProxySignOn(PersistentRemoteUserMiddleware):
    """Signs in whom the trusted proxy names; the same header from elsewhere is dropped."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        name = settings.NIJAR.review.sign_on_header.upper().replace("-", "_")
        self.header = f"HTTP_{name}"  # type: ignore[misc] # Django reads it from the instance
        super().__init__(get_response)

    def process_request(self, request: HttpRequest) -> None:
        """Drop the header unless the proxy sent it, then sign in as Django does."""
        if request.META.get("REMOTE_ADDR") != settings.NIJAR.review.trusted_proxy:
            request.META.pop(self.header, None)
        super().process_request(request)


class ProxyBackend(RemoteUserBackend):
    """Knows people by the name in the header; an account must have been made before."""

    create_unknown_user = False
