"""The review room as a Django application."""

from django.apps import AppConfig


class ReviewApp(AppConfig):
    """Pages on which people decide; their tables are the store's."""

    name = "nijar_nlp.review"
    label = "review"
