"""A PDF file into its reading, in this process.

A module of its own: the reading processes import it and nothing of taggers, pipelines and database.
"""

from pathlib import Path

from nijar_nlp import pdf
from nijar_nlp.language import language_of
from nijar_nlp.passages import compose
from nijar_nlp.records import Reading


def read(file: Path, settings: pdf.ReadSettings) -> Reading:
    """A file's document, pages and passages; ReadingError for a file that cannot be read at all."""
    document, layouts = pdf.read(file, settings)
    return compose(document, layouts, language_of)
