"""Passages into mentions of armed groups, persons, organisations, places, dates and numbers."""

from nijar_nlp.mentions.acronyms import spelt_out
from nijar_nlp.mentions.annotator import Annotator, Input
from nijar_nlp.mentions.chapters import Chapters, Heading
from nijar_nlp.mentions.surroundings import Surroundings
from nijar_nlp.mentions.telling import time_of_telling

__all__ = ["Annotator", "Chapters", "Heading", "Input", "Surroundings", "spelt_out", "time_of_telling"]
