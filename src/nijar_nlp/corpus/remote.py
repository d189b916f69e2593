"""A folder of any file system that fsspec knows into copies of the documents that lie in it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

_KINDS = (".pdf", ".zip", ".json", ".csv")  # documents, and what accompanies them
_PARTIAL = ".partial"


@dataclass(frozen=True)
class RemoteFile:
    """A file elsewhere: its path below the address, and a token that changes with its content."""

    name: str
    token: str
    path: str
    system: Any

    def copy(self, target: Path) -> None:
        """Put a copy into the place of `target`; what breaks off leaves that as it was."""
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}{_PARTIAL}")
        try:
            self.system.get_file(self.path, str(partial))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def remote_files(address: str) -> Iterator[RemoteFile]:
    """The files under an address (s3://BUCKET/FOLDER and the like), sorted; none whose name leads elsewhere.

    Raises what the file system raises: many kinds of error, of which some are no OSError.
    """
    import fsspec  # a third of a second that other commands need not wait for
    from fsspec.utils import tokenize

    system, root = fsspec.url_to_fs(address)
    system.invalidate_cache()
    for path, facts in sorted(system.find(root, detail=True).items()):
        name = path[len(root) :].lstrip("/")
        if name.lower().endswith(_KINDS) and ".." not in PurePosixPath(name).parts:
            yield RemoteFile(name, tokenize(facts), path, system)
