"""The configuration into the parts that the steps use, each built once a process."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import nijar_nlp
from nijar_nlp import cases, corpus, mentions, registry
from nijar_nlp import tagger as taggers
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.records import Actor, CaseSchema, KnownCase, PlaceEntry, content_id

# Of what is in the package, what changes results.
_CODE = (".py", ".json", ".toml", ".npz")
# Two threads that ask for the same part at once would both build it.
_BUILDING = threading.RLock()


def tag_version(config: Config) -> str:
    """What tags depend on: the version of the model that serves."""
    return registry.current(config.path(config.tagger.models))


def annotate_version(config: Config, tagged_by: str | None = None) -> str:
    """What mentions and events depend on: registers, pipelines, and the tags of a model (the serving one)."""
    mentioned = _mentions_version(_register(config), _packages(config))
    return content_id(mentioned, cases.EVENTS_VERSION, tagged_by or tag_version(config))


def tagger(config: Config) -> taggers.Tagger:
    """The tagger that serves."""
    with _BUILDING:
        return _tagger(config.path(config.tagger.models).resolve(), tag_version(config))


def cached_encoder(
    config: Config, name: str, progress: Callable[[int, int], None] = lambda done, total: None
) -> taggers.CachedEncoder:
    """An encoder of the models folder that remembers what it said of a text."""
    folder = config.path(config.tagger.models) / name
    cache = config.path(config.learning.cache)
    return taggers.CachedEncoder(folder, cache=cache, workers=config.run.workers, progress=progress)


def write_picture(file: Path, png: bytes) -> None:
    """Write a picture; InputError where it cannot be written."""
    try:
        file.write_bytes(png)
    except OSError as error:
        raise InputError(
            "The picture cannot be written",
            file,
            f"{error.strerror}.",
            "Give another path.",
        ) from error


def annotator(config: Config) -> mentions.Annotator:
    """The annotator over the project's registers."""
    with _BUILDING:
        return _annotator(_register(config), _packages(config))


def actors(config: Config) -> tuple[Actor, ...]:
    """The register of actors."""
    return _actors(_register(config))


def known_cases(config: Config) -> tuple[KnownCase, ...]:
    """The cases that the study had mapped."""
    return _known_cases(_register(config))


def case_schema(config: Config) -> CaseSchema:
    """The study's variables, by which a case is recorded."""
    return corpus.load_case_schema(config.path(config.corpus.case_schema))


def case_settings(config: Config) -> cases.CaseSettings:
    """How events become candidates."""
    return cases.CaseSettings(
        same_event_days=config.cases.same_event_days,
        known_threshold=config.cases.known_threshold,
        focus_countries=config.cases.focus_countries,
    )


@lru_cache(maxsize=1)
def code_version() -> str:
    """What depends on rules without a version of their own: the bytes of this package's code and tables."""
    package = Path(nijar_nlp.__file__).parent
    files = (file for file in sorted(package.rglob("*")) if file.suffix in _CODE)
    return content_id(*(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))


class _Register(NamedTuple):
    """The one folder, by whatever links it is reached, and its files' times and sizes.

    What was loaded from it serves again until a file is another: a worker may outlive many runs.
    """

    folder: Path
    stamps: tuple[tuple[str, int, int], ...]


def _register(config: Config) -> _Register:
    folder = config.path(config.corpus.register_).resolve()
    facts = ((file.name, file.stat()) for file in sorted(folder.glob("*.yaml")))
    return _Register(folder, tuple((name, fact.st_mtime_ns, fact.st_size) for name, fact in facts))


def _packages(config: Config) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(config.mentions.spacy.items()))


@lru_cache(maxsize=2)
def _tagger(models: Path, version: str) -> taggers.Tagger:
    return registry.load(models, version)


@lru_cache(maxsize=1)
def _annotator(register: _Register, packages: tuple[tuple[str, str], ...]) -> mentions.Annotator:
    return mentions.Annotator(_actors(register), _places(register), dict(packages))


@lru_cache(maxsize=1)
def _mentions_version(register: _Register, packages: tuple[tuple[str, str], ...]) -> str:
    return mentions.version_of(_actors(register), _places(register), dict(packages))


@lru_cache(maxsize=1)
def _places(register: _Register) -> tuple[PlaceEntry, ...]:
    return corpus.load_places(register.folder / "places.yaml")


@lru_cache(maxsize=1)
def _actors(register: _Register) -> tuple[Actor, ...]:
    return corpus.load_actors(register.folder / "actors.yaml")


@lru_cache(maxsize=1)
def _known_cases(register: _Register) -> tuple[KnownCase, ...]:
    return corpus.load_known_cases(register.folder / "known_cases.yaml", _actors(register))
