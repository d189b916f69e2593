"""Saved views of the queue, in and out of the store."""

from django.db.models import Q

from nijar_nlp import records
from nijar_nlp.store import models, people


def save_view(view: records.SavedView) -> None:
    """Keep a view under its owner's name for it, in the place of an earlier one."""
    models.SavedView.objects.update_or_create(
        owner_id=people.user_id(view.owner),
        name=view.name,
        defaults={"query": view.query, "shared": view.shared},
    )


def delete_view(name: str, owner: str) -> None:
    """Forget a view of a person's own."""
    models.SavedView.objects.filter(name=name, owner__username=owner).delete()


def saved_views(name: str) -> list[records.SavedView]:
    """A person's own views and those that others share, by name."""
    rows = models.SavedView.objects.filter(Q(owner__username=name) | Q(shared=True)).select_related("owner")
    return [
        records.SavedView(row.name, row.owner.username, row.query, row.shared)
        for row in rows.order_by("name", "owner__username")
    ]
