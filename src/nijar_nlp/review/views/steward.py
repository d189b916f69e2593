"""The steward's pages: accounts, collections, the log of reads and exports."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nijar_nlp.errors import StoreError
from nijar_nlp.records import AUDIT_ACTIONS, ROLES, AuditEntry, Collection, Document
from nijar_nlp.review import words
from nijar_nlp.review.people import for_role, person
from nijar_nlp.store import access, documents, people

_PAGE = 50
_MOST_FOUND = 200


class AccountForm(forms.Form):
    """A new account; without a password one is made."""

    name = forms.RegexField(r"^[\w.@+-]+$", max_length=150, label=gettext_lazy("Name"))
    role = forms.ChoiceField(choices=list(words.ROLES.items()), label=gettext_lazy("Role"))
    language = forms.ChoiceField(choices=[("en", "English"), ("fr", "Français")])


class CollectionForm(forms.Form):
    """A collection's name, whether it is restricted, and who is in it."""

    name = forms.RegexField(r"^[\w .-]+$", max_length=80, label=gettext_lazy("Name"))
    restricted = forms.BooleanField(required=False)
    members = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(who.name, who.name) for who in people.people()]
        self.fields["members"].choices = names  # type: ignore[attr-defined]


@require_GET
@for_role("steward")
def accounts(request: HttpRequest) -> HttpResponse:
    """Who has an account, and what each may do."""
    return _accounts(request, AccountForm())


@require_POST
@for_role("steward")
def add_account(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown once."""
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _accounts(request, form, status=422)
    given, password = form.cleaned_data, _password()
    try:
        people.create_person(given["name"], given["role"], password, given["language"])
    except StoreError as error:
        form.add_error("name", f"{_(error.rule)} {_(error.remedy)}")
        return _accounts(request, form, status=422)
    _written(request, "account made", given["name"], role=given["role"])
    return _accounts(request, AccountForm(), told=(given["name"], password))


@require_POST
@for_role("steward")
def change_account(request: HttpRequest) -> HttpResponse:
    """Another role, another password, or an end or a new beginning."""
    name, act = request.POST.get("name", ""), request.POST.get("act", "")
    try:
        if act == "role" and request.POST.get("role") in ROLES:
            people.change(name, role=request.POST["role"])
            _written(request, "role changed", name, role=request.POST["role"])
        elif act == "password":
            password = _password()
            people.set_password(name, password)
            _written(request, "password renewed", name)
            return _accounts(request, AccountForm(), told=(name, password))
        elif act in ("close", "reopen"):
            (people.close if act == "close" else people.reopen)(name)
            _written(request, {"close": "account closed", "reopen": "account reopened"}[act], name)
        else:
            raise Http404
        messages.success(request, _("The account is changed."))
    except StoreError as error:
        messages.error(request, f"{_(error.what)}: {_(error.rule)} {_(error.remedy)}")
    return redirect("review:accounts")


@require_GET
@for_role("steward")
def collections(request: HttpRequest) -> HttpResponse:
    """The collections and who is in them."""
    context = {"collections": access.collections(), "form": CollectionForm()}
    return render(request, "review/collections.html", context)


@require_POST
@for_role("steward")
def save_collection(request: HttpRequest) -> HttpResponse:
    """Make a collection, or change its members; its documents stay."""
    form = CollectionForm(request.POST)
    if not form.is_valid():
        context = {"collections": access.collections(), "form": form}
        return render(request, "review/collections.html", context, status=422)
    given = form.cleaned_data
    held = {c.name: c.document_ids for c in access.collections()}.get(given["name"], ())
    made = Collection(given["name"], given["restricted"], tuple(given["members"]), held)
    access.save_collection(made)
    _written(request, "collection saved", made.name, restricted=made.restricted, members=list(made.members))
    messages.success(request, _("The collection is saved."))
    return redirect("review:collection", made.name)


@require_GET
@for_role("steward")
def collection(request: HttpRequest, name: str) -> HttpResponse:
    """One collection: its members, its documents, and documents to put in."""
    found = _collection(name)
    query = request.GET.get("query", "").strip()[:200]
    form = CollectionForm(
        initial={"name": name, "restricted": found.restricted, "members": list(found.members)}
    )
    context = {
        "collection": found,
        "form": form,
        "documents": documents.by_ids(found.document_ids),
        "query": query,
        "found": _documents(query, found) if query else [],
    }
    return render(request, "review/collection.html", context)


@require_POST
@for_role("steward")
def move_documents(request: HttpRequest, name: str) -> HttpResponse:
    """Put documents into a collection, or take them out."""
    found = _collection(name)
    chosen = set(request.POST.getlist("document"))
    held = set(found.document_ids)
    if request.POST.get("act") == "out":
        held -= chosen
    else:
        held |= {document.id for document in documents.by_ids(chosen)}
    access.save_collection(Collection(name, found.restricted, found.members, tuple(sorted(held))))
    _written(request, "documents moved", name, act=request.POST.get("act", "in"), documents=sorted(chosen))
    messages.success(request, _("The collection is saved."))
    return redirect("review:collection", name)


@require_GET
@for_role("steward")
def log(request: HttpRequest) -> HttpResponse:
    """Who read, took out or was refused what."""
    by, action = request.GET.get("by", ""), request.GET.get("action", "")
    action = action if action in AUDIT_ACTIONS else ""
    given = request.GET.get("skip", "0")
    skip = int(given) if given.isdecimal() and len(given) < 8 else 0
    found, total = access.entries(by, action, skip, _PAGE)
    asked = f"by={by}&action={action}"
    context = {
        "entries": found,
        "total": total,
        "by": by,
        "action": action,
        "actions": AUDIT_ACTIONS,
        "people": [*people.people(), *people.closed()],
        "first": skip + 1,
        "last": min(skip + _PAGE, total),
        "before": f"{asked}&skip={max(0, skip - _PAGE)}" if skip else None,
        "after": f"{asked}&skip={skip + _PAGE}" if skip + _PAGE < total else None,
    }
    return render(request, "review/log.html", context)


def _accounts(
    request: HttpRequest, form: AccountForm, told: tuple[str, str] | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "people": people.people(), "closed": people.closed(), "told": told}
    return render(request, "review/accounts.html", context | {"roles": words.ROLES.items()}, status=status)


def _password() -> str:
    """A first password that is good enough."""
    made = "-".join(get_random_string(5, "abcdefghjkmnpqrstuvwxyz23456789") for _n in range(4))
    password_validation.validate_password(made, User())
    return made


def _collection(name: str) -> Collection:
    try:
        return access.collection(name)
    except StoreError as error:
        raise Http404 from error


def _documents(query: str, but: Collection) -> list[Document]:
    """Documents whose title, file or outlet has the words."""
    return [d for d in documents.find(query, _MOST_FOUND) if d.id not in but.document_ids]


def _written(request: HttpRequest, what: str, subject: str, **detail: object) -> None:
    """Write an act of the steward's down."""
    access.write_down(AuditEntry("change", person(request).name, what, subject[:64], dict(detail)))
