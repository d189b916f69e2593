"""Words that a person types into what says them: accents and Arabic spellings do not matter."""

import re

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from nijar_nlp.folding import fold
from nijar_nlp.store import models

# The Arabic article, with the conjunction or preposition that is written with it.
_ARTICLE = re.compile(r"\b(?:[وفبك]?ال|لل)(?=\w{3})")
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
_MOST_WORDS = 12

# By vendor: the candidates that say something, and whether a row of passages does. PostgreSQL keeps the words
# in a column, SQLite in tables of FTS5 beside the rows; there the plus has the rows walked in their order.
_CANDIDATES = {
    "postgresql": "SELECT candidate_id FROM store_candidateentry WHERE words @@ to_tsquery('simple', %s)",
    "sqlite": "SELECT candidate_id FROM store_candidatesearch s CROSS JOIN store_candidateentry e "
    "ON e.id = s.rowid WHERE store_candidatesearch MATCH %s",
}
_PASSAGES = "SELECT rowid FROM store_passagesearch WHERE store_passagesearch MATCH %s"
_PASSAGE = {
    "postgresql": "words @@ to_tsquery('simple', %s)",
    "sqlite": f"+store_passageentry.id IN ({_PASSAGES})",
}
_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM store_passagesearch WHERE store_passagesearch MATCH %s LIMIT %s)"
)
_FEW = 5000
_LEAST_BEGINNING = 3  # letters: fewer begin a share of all words


def searchable(text: str) -> str:
    """A text in the form that is searched: folded words, Arabic ones without their article."""
    return _ARTICLE.sub("", fold(text))


def phrases(query: str) -> list[str]:
    """The phrases and words of a query in searchable form; words in quotation marks stay together."""
    found = (searchable(quoted or word) for quoted, word in _QUOTED.findall(query))
    return [phrase for phrase in found if phrase][:_MOST_WORDS]


def candidates(rows: QuerySet[models.Candidate], query: str) -> QuerySet[models.Candidate]:
    """Those of the candidates that have all words of a query in their title, parties and passages.

    The last word is a beginning: what is being typed finds already.
    """
    if match := _match(query):
        return rows.filter(id__in=RawSQL(_CANDIDATES[connection.vendor], [match]))  # noqa: S611 - a constant
    return rows


def passages(rows: QuerySet[models.PassageEntry], query: str) -> QuerySet[models.PassageEntry]:
    """Those of the passages that have all words of a query; the last word is a beginning.

    Passages that are few are looked up; where they are many, the rows are gone through in the wanted order
    until there are enough.
    """
    if not (match := _match(query)):
        return rows
    if are_few(query):
        return rows.filter(id__in=RawSQL(_PASSAGES, [match]))  # noqa: S611 - a constant
    said = RawSQL(_PASSAGE[connection.vendor], [match], BooleanField())  # noqa: S611 - a constant
    return rows.filter(said)


def are_few(query: str) -> bool:
    """Whether passages with the words of a query are so few that they are looked up, which SQLite is told."""
    if connection.vendor == "postgresql" or not (match := _match(query)):
        return False
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [match, _FEW + 1])
        (found,) = cursor.fetchone()
    return bool(found <= _FEW)


def _match(query: str) -> str:
    """A query in the database's own words; empty where it asks for nothing."""
    words = phrases(query)
    if not words:
        return ""
    begun = len(words[-1]) >= _LEAST_BEGINNING
    if connection.vendor == "postgresql":
        terms = " & ".join(f"({' <-> '.join(phrase.split())})" for phrase in words)
        return f"{terms[:-1]}:*)" if begun else terms
    return " ".join(f'"{phrase}"' for phrase in words) + "*" * begun
