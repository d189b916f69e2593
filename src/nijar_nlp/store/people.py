"""Accounts: who there is, and what they may do."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.store import models
from nijar_nlp.store.answering import once


def create_person(name: str, role: str, password: str | None = None, language: str = "en") -> records.Person:
    """Open an account; without a password it cannot sign in by one. StoreError where the name is taken."""
    with transaction.atomic():
        if User.objects.filter(username=name).exists():
            raise StoreError("The account was not made", name, "A name is taken once.", "Choose another.")
        user = User.objects.create_user(name, password=password)
        models.Person.objects.create(user=user, role=role, language=language)
    return records.Person(name, role, language)


def person(name: str) -> records.Person:
    """One account; StoreError where there is none."""
    row = _row(name)
    return records.Person(name, row.role, row.language)


def people() -> list[records.Person]:
    """All accounts that can sign in, by name."""
    rows = models.Person.objects.select_related("user").filter(user__is_active=True)
    return [_person(row) for row in rows.order_by("user__username")]


def change(name: str, role: str | None = None, language: str | None = None) -> None:
    """Give an account another role or language; StoreError where it would leave no steward."""
    given = {"role": role, "language": language}
    with transaction.atomic():
        row = _held(name)
        if role and role != row.role:
            _keep_a_steward(row)
        row.role, row.language = role or row.role, language or row.language
        row.save(update_fields=[field for field, value in given.items() if value])


def close(name: str) -> None:
    """Let an account sign in no longer; what it did stays. StoreError where it is the last steward's."""
    with transaction.atomic():
        row = _held(name)
        _keep_a_steward(row)
        User.objects.filter(id=row.user_id).update(is_active=False)


def reopen(name: str) -> None:
    """Let an account sign in again."""
    User.objects.filter(id=_row(name).user_id).update(is_active=True)


def closed() -> list[records.Person]:
    """The accounts that cannot sign in, by name."""
    rows = models.Person.objects.select_related("user").filter(user__is_active=False)
    return [_person(row) for row in rows.order_by("user__username")]


def set_password(name: str, password: str) -> None:
    """Give an account another password; its open sessions end."""
    user = User.objects.get(id=_row(name).user_id)
    user.set_password(password)
    user.save()


def anybody() -> bool:
    """Whether there is an account at all."""
    return models.Person.objects.exists()


def role(name: str) -> str:
    """What an account may do; empty where there is none."""
    row = once("account", name, _found)
    return row.role if row else ""


def user_id(name: str) -> int:
    """The row of an account; StoreError where there is none."""
    return _row(name).user_id


def _found(name: str) -> models.Person | None:
    return models.Person.objects.filter(user__username=name).first()


def _row(name: str) -> models.Person:
    return _there(once("account", name, _found), name)


def _held(name: str) -> models.Person:
    """An account as it stands now; until the transaction ends nobody else changes it, or a steward's."""
    rows = models.Person.objects.select_for_update(of=("self",)).select_related("user")
    held = rows.filter(Q(user__username=name) | Q(role="steward")).order_by("pk")
    return _there(next((row for row in held if row.user.username == name), None), name)


def _there(row: models.Person | None, name: str) -> models.Person:
    if row is None:
        raise StoreError("There is no such account", name, "A decision has a person.", "Check the name.")
    return row


def _person(row: models.Person) -> records.Person:
    return records.Person(row.user.username, row.role, row.language)


def _keep_a_steward(row: models.Person) -> None:
    others = models.Person.objects.filter(role="steward", user__is_active=True).exclude(pk=row.pk)
    if row.role == "steward" and not others.exists():
        raise StoreError(
            "The account was not changed",
            row.user.username,
            "There is a steward always.",
            "Name another first.",
        )
