"""What the pages quote: codebook, actors, known cases, country names, the model that serves."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils.translation import get_language

from nijar_nlp import corpus, registry
from nijar_nlp.config import Config
from nijar_nlp.errors import ModelError
from nijar_nlp.records import Actor, CaseSchema, Codebook, KnownCase, PlaceEntry


def load() -> None:
    """Read what the pages quote, half a second's work that no visitor then waits for."""
    for read in (codebook, actors, places_by_name, case_schema, known_cases):
        read()


def config() -> Config:
    """The configuration that the site was made from."""
    chosen: Config = settings.NIJAR
    return chosen


def codebook() -> Codebook:
    """The codebook as it is now, in the language of the page."""
    path = config().path(config().corpus.codebook)
    french = (get_language() or "en").startswith("fr")
    return _codebook(path, path.stat().st_mtime_ns, "fr" if french else "en")


def actors() -> dict[str, Actor]:
    """The register of actors by id."""
    path = config().path(config().corpus.register_) / "actors.yaml"
    return _actors(path, path.stat().st_mtime_ns)


def actors_by_name() -> dict[str, Actor]:
    """The register of actors by the name that it gives them."""
    path = config().path(config().corpus.register_) / "actors.yaml"
    return _actors_by_name(path, path.stat().st_mtime_ns)


def places_by_name() -> dict[str, tuple[PlaceEntry, ...]]:
    """The register of places by the name that it gives them."""
    path = config().path(config().corpus.register_) / "places.yaml"
    return _places_by_name(path, path.stat().st_mtime_ns)


def case_schema() -> CaseSchema:
    """The study's variables, by which a case is recorded."""
    path = config().path(config().corpus.case_schema)
    return _case_schema(path, path.stat().st_mtime_ns)


def known_cases() -> dict[str, KnownCase]:
    """The cases that the study had mapped, by id."""
    path = config().path(config().corpus.register_) / "known_cases.yaml"
    return _known_cases(path, path.stat().st_mtime_ns)


def model_version() -> str:
    """The tagger that serves; empty where there is none."""
    try:
        return registry.current(config().path(config().tagger.models))
    except ModelError:
        return ""


@lru_cache(maxsize=4)
def _codebook(path: Path, _changed: int, language: Literal["en", "fr"]) -> Codebook:
    return corpus.load_codebook(path, language)


@lru_cache(maxsize=2)
def _actors(path: Path, _changed: int) -> dict[str, Actor]:
    return {actor.id: actor for actor in corpus.load_actors(path)}


@lru_cache(maxsize=2)
def _actors_by_name(path: Path, changed: int) -> dict[str, Actor]:
    return {actor.name: actor for actor in _actors(path, changed).values()}


@lru_cache(maxsize=2)
def _places_by_name(path: Path, _changed: int) -> dict[str, tuple[PlaceEntry, ...]]:
    found: dict[str, tuple[PlaceEntry, ...]] = {}
    for place in corpus.load_places(path):
        found[place.name] = (*found.get(place.name, ()), place)
    return found


@lru_cache(maxsize=2)
def _case_schema(path: Path, _changed: int) -> CaseSchema:
    return corpus.load_case_schema(path)


@lru_cache(maxsize=2)
def _known_cases(path: Path, _changed: int) -> dict[str, KnownCase]:
    known = corpus.load_known_cases(path, tuple(actors().values()))
    return {case.id: case for case in known}
