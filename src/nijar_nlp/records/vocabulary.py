"""The words that records may use, and ids that depend on content alone."""

import hashlib

LANGUAGES = ("en", "fr", "ar")
TAGS = ("dialogue", "prisoner_release", "hostage_exchange")
PASSAGE_KINDS = ("body", "heading", "list", "footnote", "caption", "table", "header", "footer")
DOCUMENT_KINDS = ("report", "article", "digest", "scan")
PROBLEM_CODES = (
    "encrypted",
    "damaged",
    "too_large",
    "timed_out",
    "out_of_memory",
    "crashed",
    "no_text",
    "needs_ocr",
    "not_a_pdf",
    "unreadable",
    "quarantined",
)
# What a run can be asked to do again: what failed, a stage, what an older extractor read.
RETRIES = ("failed", "read", "tag", "annotate", "extractor-older-than")
SENSITIVITIES = ("open", "restricted", "sensitive")
MENTION_TYPES = ("ARMED_GROUP", "PERSON", "ORG", "PLACE", "DATE", "NUMBER")
EVENT_TYPES = (
    "talks",
    "mediation",
    "ceasefire_or_local_agreement",
    "prisoner_release",
    "hostage_release",
    "swap",
    "ransom",
    "amnesty",
    "policy_statement",
)
EVENT_STATUSES = (
    "called_for",
    "offered",
    "under_way",
    "agreed",
    "done",
    "failed",
    "refused",
    "denied",
    "claimed",
)
EVENT_SOURCES = ("official", "group", "local", "media", "organisation")
DATE_PRECISIONS = ("day", "week", "month", "season", "year", "range", "before", "after")
PLACE_PRECISIONS = ("exact", "near", "admin", "country")
ACTOR_TYPES = ("armed_group", "person", "state", "state_body", "mediator", "organisation", "community")
CHANGE_KINDS = ("opens", "joins", "merges", "splits", "withdrawn", "questioned")
LINK_KINDS = ("leads_to", "follows", "contradicts")
VARIABLE_TYPES = ("text", "choice", "date", "number", "actor", "place")
RELATION_KINDS = ("part_of", "merged_into", "split_from")


def content_id(*parts: object) -> str:
    """20 hexadecimal digits that depend on the parts alone (SHA-256 over their texts)."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:20]
