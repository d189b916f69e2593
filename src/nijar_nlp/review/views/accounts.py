"""Signing in and out, the first account, and the pages that say what went wrong."""

from django import forms
from django.conf import settings
from django.contrib.auth import login, password_validation
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.core.signing import BadSignature, loads
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nijar_nlp.review.people import for_everybody
from nijar_nlp.store import people

FIRST_ACCOUNT = "first-account"
_LINK_SECONDS = 24 * 3600

sign_in = for_everybody(
    LoginView.as_view(template_name="review/sign_in.html", redirect_authenticated_user=True)
)
sign_out = for_everybody(LogoutView.as_view())


class FirstAccountForm(forms.Form):
    """Name and password of the first account."""

    name = forms.RegexField(r"^[\w.@+-]+$", max_length=150, label=_("Name"))
    password = forms.CharField(widget=forms.PasswordInput, label=_("Password"))
    again = forms.CharField(widget=forms.PasswordInput, label=_("Password again"))

    def clean(self) -> dict[str, object]:
        """Both passwords are the same, and good enough."""
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            raise forms.ValidationError(_("The two passwords differ."))
        if given.get("password"):
            password_validation.validate_password(given["password"], User(username=given.get("name", "")))
        return given


@for_everybody
@require_http_methods(["GET", "POST"])
def first_account(request: HttpRequest, link: str) -> HttpResponse:
    """Make the first account, a steward's; the link that was printed works until there is one."""
    try:
        loads(link, salt=FIRST_ACCOUNT, max_age=_LINK_SECONDS)
    except BadSignature as error:
        raise Http404 from error
    if people.anybody():
        return redirect("review:sign-in")
    form = FirstAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        people.create_person(name, "steward", form.cleaned_data["password"])
        login(request, User.objects.get(username=name), "django.contrib.auth.backends.ModelBackend")
        return redirect("review:queue")
    return render(request, "review/first_account.html", {"form": form})


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from a page that is too old, or from elsewhere.

    A page that the same person opened before signing in anew is given the token of now, in a header.
    """
    answer = _page(
        request, 403, _("The page was too old"), _("Nothing was recorded. Load the page again, then send.")
    )
    if request.user.is_authenticated and request.headers.get("X-Person") == str(request.user.pk):
        answer["X-CSRFToken"] = get_token(request)
    return answer


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person may not see this."""
    return _page(request, 403, _("Not for you"), _("Your account does not give access to this page."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing at this address."""
    return _page(request, 404, _("Not here"), _("There is nothing at this address, or no longer."))


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _page(
        request,
        500,
        _("Something broke"),
        _("Nothing was recorded. The steward finds the reason in the log."),
    )


def _page(request: HttpRequest, status: int, title: object, text: object) -> HttpResponse:
    context = {"title": title, "text": text, "home": settings.LOGIN_REDIRECT_URL}
    return render(request, "review/problem.html", context, status=status)
