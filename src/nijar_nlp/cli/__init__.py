"""The command line: options in, one step called, its result shown."""

from nijar_nlp.cli import audit, corpus, labels, lines, machine, models, operations, review
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import PREFECT

__all__ = [
    "PREFECT",
    "audit",
    "corpus",
    "labels",
    "lines",
    "machine",
    "main",
    "models",
    "operations",
    "review",
]
