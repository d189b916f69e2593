"""Collections that lie elsewhere into copies in a folder of theirs, where a run reads them."""

import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from nijar_nlp import corpus
from nijar_nlp.config import CollectionConfig, Config
from nijar_nlp.errors import InputError
from nijar_nlp.records import content_id
from nijar_nlp.steps.attempting import place_of
from nijar_nlp.steps.reading import identity_of
from nijar_nlp.store import sources

log = logging.getLogger(__name__)


def fetch(paths: Sequence[Path], config: Config) -> dict[str, str]:
    """Copy what is new or changed in the collections under `paths` that lie elsewhere, and drop what is gone.

    By address, why one could not be looked at: the run goes on with the copies that there are.
    """
    failures = {}
    for name, collection in config.corpus.collections.items():
        folder = _folder(collection, config)
        if not collection.remote or not any(_overlap(folder, path) for path in paths):
            continue
        try:
            _mirror(collection.remote, folder, _state(name, collection, config))
        except Exception as error:  # each file system has errors of its own
            log.error("remote failed", extra={"error": place_of(error)})
            failures[collection.remote] = f"{type(error).__name__}: {error}".partition("\n")[0]
    return failures


def elsewhere(file: Path, config: Config) -> Iterator[str]:
    """Where the original of a copied file lies."""
    for collection in config.corpus.collections.values():
        folder = _folder(collection, config)
        if collection.remote and file.is_relative_to(folder):
            yield f"{collection.remote.rstrip('/')}/{file.relative_to(folder).as_posix()}"


def _mirror(address: str, folder: Path, state: Path) -> None:
    known = _read(state)
    files = {file.name: file for file in corpus.remote_files(address)}
    if known and not files:
        raise InputError(
            "Nothing was copied", address, "Nothing lies there any more.", "Check address and rights."
        )
    is_erased = sources.erased_on_request()
    for file in files.values():
        target, mark = folder / file.name, f"{address}\x1f{file.name}\x1f{file.token}"
        if is_erased(mark) or (known.get(file.name) == file.token and target.is_file()):
            continue
        file.copy(target)
        if is_erased(identity_of(target)):
            target.unlink()
            sources.keep_out(mark)
            continue
        known[file.name] = file.token
        _write(state, {file.name: file.token}, "a")  # a run that breaks off copies nothing twice
    for name in known.keys() - files.keys():
        (folder / name).unlink(missing_ok=True)
    _write(state, {name: token for name, token in known.items() if name in files}, "w")


def _folder(collection: CollectionConfig, config: Config) -> Path:
    return config.path(collection.paths[0]).resolve()


def _overlap(folder: Path, path: Path) -> bool:
    return folder.is_relative_to(path) or path.is_relative_to(folder)


def _state(name: str, collection: CollectionConfig, config: Config) -> Path:
    """Where it is kept which content was copied: beside what `nijar forget` cleans line by line."""
    return config.root / "var" / "remote" / f"{content_id('remote', name, collection.remote)}.jsonl"


def _read(state: Path) -> dict[str, str]:
    lines = state.read_text(encoding="utf-8").splitlines() if state.is_file() else []
    entries = [json.loads(line) for line in lines if line.endswith("}")]  # a last line may be cut short
    return {entry["file"]: entry["token"] for entry in entries}


def _write(state: Path, entries: dict[str, str], mode: str) -> None:
    state.parent.mkdir(parents=True, exist_ok=True)
    with state.open(mode, encoding="utf-8") as out:
        for name, token in entries.items():
            out.write(json.dumps({"file": name, "token": token}, ensure_ascii=False) + "\n")
