"""The project's state into a backup, and a backup into the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nijar_nlp.config import Config
from nijar_nlp.errors import StoreError
from nijar_nlp.store import backups, sources
from nijar_nlp.store.connection import OUTSIDE, disconnect, instead, migrate
from nijar_nlp.store.locking import sole


def back_up(config: Config) -> Path:
    """Database, configuration, registers, codebook and taggers into a new backup, checked; its folder."""
    backup = backups.back_up(
        config.path(config.store.backups), config.store.keep_backups, dict(_files(config))
    )
    backups.check(backup)
    return backup


def check_backup(backup: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole; StoreError names what is not."""
    return backups.check(backup)


def restore(backup: Path, config: Config) -> Path | None:
    """Put a backup's database in the place of the present one; where that one went, None if it was damaged.

    The backup is checked before anything is changed, the present database is backed up, older tables are
    brought forward, and what was erased on request stays erased: it is erased in a database beside the
    present one, so that it is not there again wherever this breaks off.
    """
    manifest = backups.check(backup)
    if not backups.knows(manifest["migration"]):
        raise StoreError(
            "The backup cannot be used",
            backup,
            f"It was written by a newer version ({manifest['version']}).",
            "Upgrade nijar-nlp first.",
        )
    with alone():
        before, secret, digests = _present(config)
        if digests:
            with backups.scratch(config.path(config.store.backups)) as (name, clean):
                with instead(name):
                    _put_back(backup, secret, digests)
                    backups.fill(clean, {})
                backups.put_back(clean)
        else:
            _put_back(backup, secret, digests)
    disconnect()
    return before


def _put_back(backup: Path, secret: str, digests: set[str]) -> None:
    """A backup's database into the store, as this version has it, without what was erased."""
    backups.put_back(backup)
    migrate()
    sources.keep_out_also(secret, digests)
    for identity in sources.erased(sources.document_ids()):
        sources.erase(identity)


@contextmanager
def alone() -> Iterator[None]:
    """No corpus run inside the block; StoreError where one is under way."""
    with sole("run") as held:
        if not held:
            raise StoreError(
                "Nothing was done",
                "a run is under way",
                "The store may not change below a run.",
                "Wait for its end; `nijar status` shows how far it is.",
            )
        yield


def _present(config: Config) -> tuple[Path | None, str, set[str]]:
    """A backup of the present database and what was erased from it; nothing of a damaged one."""
    try:
        return (backups.back_up(config.path(config.store.backups)), *sources.erasures())
    except (*OUTSIDE, StoreError):
        return None, "", set()


def _files(config: Config) -> Iterator[tuple[str, Path]]:
    """What people wrote and what was trained, by its name in the backup; encoders are fetched again."""
    corpus, models = config.corpus, config.path(config.tagger.models)
    chosen = [config.file, config.path(corpus.codebook), config.path(corpus.case_schema)]
    chosen += sorted(config.path(corpus.register_).glob("*"))
    for file in chosen:
        if file.is_file():
            yield file.name, file
    for passport in sorted(models.glob("*/passport.json")):
        for file in sorted(passport.parent.iterdir()):
            if file.is_file():
                yield f"models/{passport.parent.name}/{file.name}", file
    for name in ("current.txt", "promotions.jsonl"):
        if (models / name).is_file():
            yield f"models/{name}", models / name
    for file in sorted(config.path(config.learning.labels).glob("*.jsonl")):
        yield f"labels/{file.name}", file
