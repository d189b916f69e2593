"""The tables of the store, as Django models."""

from nijar_nlp.store.models.cases import Candidate
from nijar_nlp.store.models.documents import Article, Document, Page, Passage
from nijar_nlp.store.models.findings import Event, Mention, Tag
from nijar_nlp.store.models.runs import Run, Stage

__all__ = [
    "Article",
    "Candidate",
    "Document",
    "Event",
    "Mention",
    "Page",
    "Passage",
    "Run",
    "Stage",
    "Tag",
]
