"""The processes that another one began."""

import contextlib
from pathlib import Path


def children(parent: int, word: str) -> list[int]:
    """The children of a process whose command holds this word."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            above = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if above == parent and word in (folder / "cmdline").read_text():
                found.append(int(folder.name))
    return found
