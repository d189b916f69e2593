"""Values into the cells of a table: joined, and safe to open in a spreadsheet."""

import re

import pandas as pd

JOIN = "; "  # between the values of a cell
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000  # characters; XLSX holds 32,767


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table; what a spreadsheet would take for a formula is prefixed with an apostrophe."""
    return frame.map(lambda cell: _safe(cell) if isinstance(cell, str) else cell)


def _safe(text: str) -> str:
    # before Python 3.13 the csv module leaves a lone carriage return bare, and the row breaks there
    clean = _CONTROL.sub("", re.sub("\r\n?", "\n", text))[:_LONGEST]
    return f"'{clean}" if _FORMULA.match(clean) else clean
