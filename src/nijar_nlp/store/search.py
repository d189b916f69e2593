"""Words that a person types into the passages that say them: accents and Arabic spellings do not matter."""

import re

from django.db import connection
from django.db.models.expressions import RawSQL

from nijar_nlp.folding import fold

# The Arabic article, with the conjunction or preposition that is written with it.
_ARTICLE = re.compile(r"\b(?:[وفبك]?ال|لل)(?=\w{3})")
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
_MOST_WORDS = 12

_SQLITE = "SELECT rowid FROM store_passagesearch WHERE store_passagesearch MATCH %s"
_POSTGRESQL = (
    "SELECT id FROM store_passageentry WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s)"
)


def searchable(text: str) -> str:
    """A text in the form that is searched: folded words, Arabic ones without their article."""
    return _ARTICLE.sub("", fold(text))


def phrases(query: str) -> list[str]:
    """The phrases and words of a query in searchable form; words in quotation marks stay together."""
    found = (searchable(quoted or word) for quoted, word in _QUOTED.findall(query))
    return [phrase for phrase in found if phrase][:_MOST_WORDS]


def entries(query: str) -> RawSQL | None:
    """The ids of the passage entries that have all words of a query, as a subquery; None for an empty query.

    The last word is a beginning: what is being typed finds already.
    """
    words = phrases(query)
    if not words:
        return None
    if connection.vendor == "postgresql":
        terms = (f"({' <-> '.join(phrase.split())})" for phrase in words)
        statement, match = _POSTGRESQL, " & ".join(terms)[:-1] + ":*)"
    else:
        statement, match = _SQLITE, " ".join(f'"{phrase}"' for phrase in words) + "*"
    return RawSQL(statement, [match])  # noqa: S611 - a constant, with the words as its parameter
