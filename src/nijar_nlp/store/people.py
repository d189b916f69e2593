"""Accounts: who there is, and what they may do."""

from django.contrib.auth.models import User
from django.db import transaction

from nijar_nlp import records
from nijar_nlp.errors import StoreError
from nijar_nlp.store import models


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
    return _person(_row(name))


def people() -> list[records.Person]:
    """All accounts that can sign in, by name."""
    rows = models.Person.objects.select_related("user").filter(user__is_active=True)
    return [_person(row) for row in rows.order_by("user__username")]


def anybody() -> bool:
    """Whether there is an account at all."""
    return models.Person.objects.exists()


def user_id(name: str) -> int:
    """The row of an account; StoreError where there is none."""
    return _row(name).user_id


def _row(name: str) -> models.Person:
    row = models.Person.objects.select_related("user").filter(user__username=name).first()
    if row is None:
        raise StoreError("There is no such account", name, "A decision has a person.", "Check the name.")
    return row


def _person(row: models.Person) -> records.Person:
    return records.Person(row.user.username, row.role, row.language)
