"""Who is asking: the person of a request, and which roles a page is for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.records import ROLES
from nijar_nlp.review import words
from nijar_nlp.store import access, people

View = Callable[..., HttpResponseBase]


def person(request: HttpRequest) -> records.Person:
    """The person who is signed in."""
    found: records.Person | None = getattr(request, "_person", None)
    if found is None:
        try:
            found = people.person(request.user.get_username())
        except StoreError as error:
            raise PermissionDenied(str(error)) from error
        request._person = found  # type: ignore[attr-defined]
    return found


def may(who: records.Person, role: str) -> bool:
    """Whether a person has a role or one above it."""
    return ROLES.index(who.role) >= ROLES.index(role)


def for_role(role: str) -> Callable[[View], View]:
    """Let only people with a role, or one above it, see a page; a refusal is written down."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            who = person(request)
            if not may(who, role):
                refuse(request, request.path)
            return view(request, *args, **kwargs)

        checked.role = role  # type: ignore[attr-defined]
        return checked

    return decorate


def for_everybody(view: View) -> View:
    """Let a page be seen without signing in."""
    opened: View = login_not_required(view)
    opened.role = ""  # type: ignore[attr-defined]
    return opened


def refuse(request: HttpRequest, what: str) -> None:
    """Write a refusal down, and refuse."""
    entry = records.AuditEntry("refused", person(request).name, "page", detail={"path": what[:200]})
    access.write_down(entry)
    raise PermissionDenied


def context(request: HttpRequest) -> dict[str, Any]:
    """What every page's template knows of who is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"person": None}
    try:
        who = person(request)
    except PermissionDenied:
        return {"person": None}
    mention_types = list(words.MENTIONS.items())
    return {"person": who, "may_decide": may(who, "analyst"), "mention_types": mention_types}
