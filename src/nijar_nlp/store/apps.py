"""The store as a Django application."""

from django.apps import AppConfig


class StoreApp(AppConfig):
    """Documents, passages, what was found in them, and candidates."""

    name = "nijar_nlp.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
