"""The configuration into the parts that the steps use, each built once a process."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from nijar_nlp import corpus, registry
from nijar_nlp.cases import EVENTS_VERSION, CaseSettings
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.mentions import Annotator
from nijar_nlp.records import Actor, CaseSchema, KnownCase, content_id
from nijar_nlp.tagger import CachedEncoder, Tagger


def tag_version(config: Config) -> str:
    """What tags depend on: the version of the model that serves."""
    return registry.current(config.path(config.tagger.models))


def annotate_version(config: Config, tagged_by: str | None = None) -> str:
    """What mentions and events depend on: registers, pipelines, and the tags of a model (the serving one)."""
    return content_id(annotator(config).version, EVENTS_VERSION, tagged_by or tag_version(config))


def tagger(config: Config) -> Tagger:
    """The tagger that serves."""
    return _tagger(config.path(config.tagger.models).resolve(), tag_version(config))


def cached_encoder(
    config: Config, name: str, progress: Callable[[int, int], None] = lambda done, total: None
) -> CachedEncoder:
    """An encoder of the models folder that remembers what it said of a text."""
    folder = config.path(config.tagger.models) / name
    cache = config.path(config.learning.cache)
    return CachedEncoder(folder, cache=cache, workers=config.run.workers, progress=progress)


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


def annotator(config: Config) -> Annotator:
    """The annotator over the project's registers."""
    return _annotator(_register(config), tuple(sorted(config.mentions.spacy.items())))


def actors(config: Config) -> tuple[Actor, ...]:
    """The register of actors."""
    return _actors(_register(config))


def known_cases(config: Config) -> tuple[KnownCase, ...]:
    """The cases that the study had mapped."""
    return _known_cases(_register(config))


def case_schema(config: Config) -> CaseSchema:
    """The study's variables, by which a case is recorded."""
    return corpus.load_case_schema(config.path(config.corpus.case_schema))


def case_settings(config: Config) -> CaseSettings:
    """How events become candidates."""
    cases = config.cases
    return CaseSettings(
        same_event_days=cases.same_event_days,
        known_threshold=cases.known_threshold,
        focus_countries=cases.focus_countries,
    )


def _register(config: Config) -> Path:
    """The one folder, by whatever links it is reached: what was loaded from it serves again."""
    return config.path(config.corpus.register_).resolve()


@lru_cache(maxsize=2)
def _tagger(models: Path, version: str) -> Tagger:
    return registry.load(models, version)


@lru_cache(maxsize=1)
def _annotator(register: Path, packages: tuple[tuple[str, str], ...]) -> Annotator:
    return Annotator(_actors(register), corpus.load_places(register / "places.yaml"), dict(packages))


@lru_cache(maxsize=1)
def _actors(register: Path) -> tuple[Actor, ...]:
    return corpus.load_actors(register / "actors.yaml")


@lru_cache(maxsize=1)
def _known_cases(register: Path) -> tuple[KnownCase, ...]:
    return corpus.load_known_cases(register / "known_cases.yaml", _actors(register))
