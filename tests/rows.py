"""What a run leaves in an SQLite store, for comparing one run with another."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

# But for times and the row numbers that the database gives.
ROWS = {
    "store_document": "id, file, n_bytes, n_pages, kind, title, outlet, published, language, problem_code, "
    "collection, origins",
    "store_article": "document_id, number, title, outlet, author, published",
    "store_page": "document_id, page_number, text, source, quality",
    "store_passage": "id, document_id, number, kind, language, text, parts, boxes, article",
    "store_tag": "passage_id, label, probability, chosen, reasons, model",
    "store_mention": "passage_id, type, entity, record",
    "store_event": "id, passage_id, type, status, country, record",
    "store_stage": "document_id, name, version",
    "store_candidate": "id, score, country, known_case, record",
    "store_candidate_passages": "candidate_id, passage_id",
    "store_attempt": "document_id, stage, count",
}


@contextmanager
def opened(database: Path | str) -> Iterator[sqlite3.Connection]:
    """A database by its file or address; what was written is kept, and the connection closed, at the end."""
    with closing(sqlite3.connect(database, uri=True)) as connection, connection:
        yield connection


def rows(project: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a project's store, by table, in an order of their own."""
    with opened(project / "var" / "nijar.sqlite3") as database:
        return {
            table: sorted(database.execute(f"select {columns} from {table}").fetchall(), key=repr)  # noqa: S608
            for table, columns in ROWS.items()
        }


def bare(source: str) -> str:
    """A flow's code with Prefect's decorators and artifacts taken away."""
    kept = [line for line in source.splitlines() if not line.startswith(("@_io_task", "@task(", "@flow("))]
    return "\n".join(kept).replace(" create_markdown_artifact(", " (lambda **_: None)(")
