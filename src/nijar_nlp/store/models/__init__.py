"""The tables of the store, as Django models."""

from nijar_nlp.store.models.cases import Candidate, Change, Grouping
from nijar_nlp.store.models.documents import Article, Document, Page, Passage
from nijar_nlp.store.models.findings import Event, Mention, Tag
from nijar_nlp.store.models.queue import CandidateEntry, CandidateFacet, DocumentFile, PassageEntry
from nijar_nlp.store.models.review import (
    Assignment,
    AuditEntry,
    Case,
    CaseRevision,
    Collection,
    CollectionDocument,
    Decision,
    Person,
    SavedView,
    Standing,
)
from nijar_nlp.store.models.runs import Attempt, Run, Stage
from nijar_nlp.store.models.sources import Erasure, Secret, Source

__all__ = [
    "Article",
    "Assignment",
    "Attempt",
    "AuditEntry",
    "Candidate",
    "CandidateEntry",
    "CandidateFacet",
    "Case",
    "CaseRevision",
    "Change",
    "Collection",
    "CollectionDocument",
    "Decision",
    "Document",
    "DocumentFile",
    "Erasure",
    "Event",
    "Grouping",
    "Mention",
    "Page",
    "Passage",
    "PassageEntry",
    "Person",
    "Run",
    "SavedView",
    "Secret",
    "Source",
    "Stage",
    "Standing",
    "Tag",
]
