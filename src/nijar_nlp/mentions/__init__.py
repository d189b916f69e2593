"""Passages into mentions of armed groups, persons, organisations, places, dates and numbers."""

from nijar_nlp.mentions.annotator import Annotator, Input

__all__ = ["Annotator", "Input"]
