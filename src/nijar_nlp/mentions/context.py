"""What a passage says of where it is: its countries, weighted, from names, peoples and actors."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nijar_nlp.mentions.acronyms import LongForms
from nijar_nlp.mentions.names import Found
from nijar_nlp.records import Actor, DateInterval, PlaceEntry


class Setting(NamedTuple):
    """What is known of a passage beside its text.

    `published` is when its article was, `long_forms` are its article's of short acronyms, `country` is the
    one that its chapter, article or neighbours speak of; empty where there is none.
    """

    published: DateInterval | None
    long_forms: LongForms
    country: str


class Country(NamedTuple):
    """A country by name."""

    code: str


class People(NamedTuple):
    """A word for the people of a country."""

    code: str


Entry = Actor | PlaceEntry | Country | People
_NAMED, _PEOPLE, _PLACE, _ACTOR = 3.0, 2.0, 2.0, 1.0
# The country of what stands around a passage weighs less than any that the passage names itself.
AROUND = 0.4


def weights(found: Iterable[Found[Entry]], around: str = "") -> Mapping[str, float]:
    """The countries of a passage; a country that is named weighs more than one whose actors are named.

    `around` is the country that the text around the passage speaks of, if any. A name that several actors
    share tells nothing.
    """
    total: Counter[str] = Counter()
    if around:
        total[around] += AROUND  # type: ignore[assignment]
    for name in found:
        if sum(isinstance(value, Actor) for value in name.values) > 1:
            continue
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
