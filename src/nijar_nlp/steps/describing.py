"""A file's place and its sidecars into what is known of the document beside its own pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from nijar_nlp import corpus
from nijar_nlp.config import CollectionConfig, Config
from nijar_nlp.forms import publication_date
from nijar_nlp.records import Document, content_id


@dataclass(frozen=True)
class Description:
    """What accompanies one file: its collection, values by field with their origins, bad rows beside it."""

    collection: str = ""
    default_outlet: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Changes with every value and origin."""
        facts = (
            self.collection,
            self.default_outlet,
            sorted(self.values.items()),
            sorted(self.origins.items()),
        )
        return content_id(*facts) if any(facts) else ""


def describe(file: Path, config: Config, archive: Path | None = None) -> Description:
    """What the collection and the sidecars say of a file; of `archive`, for one unpacked from it."""
    place = archive.with_name(file.name) if archive else file
    name, collection, top = _collection(place, config)
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    problems: list[str] = []
    for sidecar in corpus.sidecars(place, top):
        problems += sidecar.problems
        entry, where = corpus.said(sidecar, place)
        for key, value in entry.items():
            if key not in values:
                values[key], origins[key] = value, where
    if collection is None:
        return Description(values=values, origins=origins, problems=tuple(problems))
    for key in ("licence", "sensitivity"):
        if key not in values and getattr(collection, key):
            values[key], origins[key] = getattr(collection, key), f"collection {name}"
    return Description(name, collection.outlet, values, origins, tuple(problems))


def described(document: Document, description: Description) -> Document:
    """The document with what accompanies its file; the file's own outlet goes before a collection's."""
    changes: dict[str, Any] = dict(description.values)
    origins = dict(description.origins)
    if "published" in changes:
        found = publication_date(changes["published"])
        changes["published"] = replace(found, found=origins["published"]) if found else None
    if description.default_outlet and not document.outlet and "outlet" not in changes:
        changes["outlet"] = description.default_outlet
        origins["outlet"] = f"collection {description.collection}"
    if len(document.articles) == 1:
        own = {key: changes[key] for key in ("title", "outlet", "author", "published") if key in changes}
        changes["articles"] = (replace(document.articles[0], **own),)
    return replace(document, **changes, collection=description.collection, origins=origins)


def _collection(file: Path, config: Config) -> tuple[str, CollectionConfig | None, Path]:
    """The collection whose folder lies nearest above a file, and that folder."""
    nearest: tuple[str, CollectionConfig | None, Path] = ("", None, file.parent)
    depth = -1
    for name, collection in config.corpus.collections.items():
        for path in collection.paths:
            top = _resolved(config.path(path))
            if file.is_relative_to(top) and len(top.parts) > depth:
                nearest, depth = (name, collection, top if top != file else file.parent), len(top.parts)
    return nearest


@lru_cache(maxsize=256)
def _resolved(top: Path) -> Path:
    """A collection's path without links, asked of the disk once and not once a file."""
    return top.resolve()
