"""What a PDF's own information dictionary says of the document."""

import calendar
import re
from dataclasses import replace
from datetime import date
from typing import Any

from nijar_nlp.records import DateInterval, Document

FOUND = "pdf metadata"
"""Begins the `found` of a date that only the file's metadata gives."""

_DATE = re.compile(r"^D?:?(\d{4})(\d{2})?")
# Titles that programs write by themselves.
_MADE_UP = re.compile(
    r"^(?:microsoft |untitled|document\d*$|sans titre|slide \d|powerpoint|print|layout \d|unknown|title|0+$)"
    r"|\.(?:docx?|indd|pdf|rtf|odt|qxd|tex|html?|xlsx?|pages)$|^[\W\d_]*$",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(r"^(?:user|admin\w*|owner|author|unknown|microsoft.*|\W*)$", re.IGNORECASE)
_EARLIEST = 1985


def with_metadata(document: Document, pdf: Any) -> Document:
    """The document with title, author and date of creation as its file states them, where they make sense.

    The modification date is never used: it changes with every save.
    """
    title, author = (" ".join(pdf.get_metadata_value(key).split()) for key in ("Title", "Author"))
    return replace(
        document,
        title="" if _MADE_UP.search(title) else title,
        author="" if _NOT_PEOPLE.match(author) else author,
        published=_date(pdf.get_metadata_value("CreationDate")),
    )


def _date(text: str) -> DateInterval | None:
    """The month of D:YYYYMMDD…, since a file may be made weeks before or after its text came out."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    year, month = int(match.group(1)), int(match.group(2) or 0)
    if not (_EARLIEST <= year <= date.today().year and 0 <= month <= 12):
        return None
    first, last = (month, month) if month else (1, 12)
    end = date(year, last, calendar.monthrange(year, last)[1])
    found = f"{FOUND}: creation date"
    return DateInterval(date(year, first, 1), end, "month" if month else "year", found)
