"""Rows that make one passage, and the stretches of text that it takes from them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from nijar_nlp.passages.rows import Row


class Piece(NamedTuple):
    """A stretch of a row's text, or characters of the reading's own."""

    own: str
    row: Row | None = None
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The characters."""
        return self.own if self.row is None else self.row.text[self.start : self.end]


@dataclass(slots=True)
class Block:
    """Rows that make one passage; `left` and `right` are the edges of the column of its last row.

    `pieces`, where there are any, make its text in place of the rows.
    """

    kind: str
    rows: list[Row]
    left: float
    right: float
    level: int = 0
    mark: str = ""
    indented: bool = False
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The rows' texts as they stand."""
        return " ".join(row.text for row in self.rows)
