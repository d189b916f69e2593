"""What a run is asked to do again, marked as not done in the store."""

from collections.abc import Sequence
from pathlib import Path

from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.steps import extraction
from nijar_nlp.steps.attempting import set_aside
from nijar_nlp.steps.reading import identity_of
from nijar_nlp.store import documents, runs


def reopen(what: str, files: Sequence[Path] | None, config: Config, *, version: str = "") -> list[Path]:
    """Mark a stage as not done, and give the files of the documents for which it is to be done again.

    `what` is one of records.RETRIES: `failed` takes the files that could not be read, those of which a page
    waits for OCR, and those given up; `extractor-older-than` those that an extractor before `version` read;
    a stage all for which it is done. All keep to the documents of `files`; without these, to those of the
    store, where their files were last seen. Raises InputError where the version is no number.
    """
    stage = what if what in ("tag", "annotate") else "read"
    if what == "extractor-older-than":
        chosen = _older_than(version)
    elif what == "failed":
        chosen = documents.failed() | set(set_aside("read", extraction.version(config), config))
    else:
        chosen = set(documents.versions_of(stage))
    named = None if files is None else {identity_of(file): file for file in files}
    wanted = chosen if named is None else chosen & set(named)
    found = {i: file for i in wanted if (file := named[i] if named else _last_seen(i)) is not None}
    documents.undo(found, stage)
    runs.clear_attempts(found, stage)
    return sorted(found.values())


def _last_seen(identity: str) -> Path | None:
    """Where a document's file lies now, if it is where it was seen."""
    return next((path for path in map(Path, documents.paths(identity)) if path.is_file()), None)


def _older_than(version: str) -> set[str]:
    if not version.isdigit():
        raise InputError(
            "There is no such version of the extractor",
            version,
            "It is a whole number.",
            "Give one such as 2.",
        )
    read = documents.versions_of("read").items()
    return {identity for identity, done in read if int(done.split("-")[0]) < int(version)}
