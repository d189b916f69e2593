"""What a passage says of where it is: its countries, weighted, from names, peoples and actors."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nijar_nlp.mentions.names import Found
from nijar_nlp.records import Actor, PlaceEntry


class Country(NamedTuple):
    """A country by name."""

    code: str


class People(NamedTuple):
    """A word for the people of a country."""

    code: str


Entry = Actor | PlaceEntry | Country | People
_NAMED, _PEOPLE, _PLACE, _ACTOR = 3.0, 2.0, 2.0, 1.0


def weights(found: Iterable[Found[Entry]]) -> Mapping[str, float]:
    """The countries of a passage; a country that is named weighs more than one whose actors are named."""
    total: Counter[str] = Counter()
    for name in found:
        for value in name.values:
            for code, weight in _votes(value):
                total[code] += weight / len(name.values)  # type: ignore[assignment]
    return total


def _votes(value: Entry) -> list[tuple[str, float]]:
    if isinstance(value, Country):
        return [(value.code, _NAMED)]
    if isinstance(value, People):
        return [(value.code, _PEOPLE)]
    if isinstance(value, PlaceEntry):
        return [(code, _PLACE) for code in (value.country, *value.also_in)]
    return [(code, _ACTOR / (1 if len(value.countries) == 1 else 2)) for code in value.countries]
