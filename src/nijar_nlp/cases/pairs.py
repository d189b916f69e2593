"""Two profiles into features that can be read, and those into the log-odds that they tell of one case."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from nijar_nlp.cases.families import Families
from nijar_nlp.cases.names import in_latin, names_of_peoples
from nijar_nlp.cases.profiles import (
    CAPTIVES,
    POLICY,
    PRISONERS,
    Profile,
    Span,
    Spot,
    spreads,
)
from nijar_nlp.folding import fold

WEIGHTS_FILE = Path(__file__).with_name("pair_weights.json")
# Log-odds a unit of each feature; features lie in 0 to 1. These are set by hand; `learned_weights` gives
# those that benchmarks/pair_weights.py learned.
PLAIN_WEIGHTS: Mapping[str, float] = {
    "always": -3.4,
    "same_country": 1.1,
    "other_country": -2.6,
    "same_group": 1.1,
    "other_group": -1.2,
    "same_others": 0.4,
    "same_mediator": 1.0,
    "other_mediator": -0.8,
    "same_person": 3.6,
    "other_person": -0.7,
    "same_place": 2.2,
    "other_place": -0.8,
    "other_town": -0.4,
    "same_name": 3.0,
    "other_name": -1.0,
    "shared_day": 1.0,
    "same_days": 3.8,
    "other_days": -5.2,
    "told_before": -4.0,
    "talks_before": -3.5,
    "same_kind": 0.7,
    "other_kind": -1.2,
    "same_number": 1.8,
    "other_number": -0.3,
    "wording": 5.0,
    "wording_across": 6.0,
    "same_article": 4.0,
    "copy": 6.0,
}
_LENT = 0.6  # what a slot lent by the article weighs beside the passage's own words
_OFFICE = 0.5  # what a person with an office weighs: presidents are named in reports of many cases
_TOP_WORDS = 40
_HELD_ROWS = 16_384  # texts whose words are held unpacked: 5 KB each
_HARDLY = 0.8  # log-odds more for each passage of two that hardly tells of a case
_SAME_NAME = 0.5  # names shared to this degree say that no other persons are meant
_NEXT = 0.6  # what passages next to each other in a report weigh beside those of one short article
_OTHER_TIME = 0.5
_EARTH_KM = 6371.0
_REGION_SHARE = 0.5
_OTHER_NAME = -0.4  # places of other names that are on no map, in one script: rather other places
_NEAR_KM, _REGION_KM, _FAR_KM = 15.0, 60.0, 150.0
_FAR_DEGREES = 2.75  # degrees of latitude that are more than twice _FAR_KM
_PATIENCE = {"event": 1, "process": 4, "policy": 9}  # how many times same_event_days a kind may last
_WEEK, _MONTH = 7.0, 30.0
_FORESIGHT_DAYS = 3
_SOON = 0.3  # how much it says that one tells of a day soon after the other was published


class Comparison:
    """Compares profiles of one corpus: knows how general each name is, and the words of each text."""

    def __init__(
        self,
        profiles: Sequence[Profile],
        families: Families,
        *,
        same_event_days: int,
        copies: Mapping[str, str],
        weights: Mapping[str, float] = PLAIN_WEIGHTS,
    ) -> None:
        self._families = families
        self._days = same_event_days
        self._copies = copies
        self._weights = weights
        self._persons = spreads(profiles, "persons")
        self._places = spreads(profiles, "spots")
        self._names = spreads(profiles, "names")
        told = frozenset(name for p in profiles if in_latin(p.text) for name in p.names)
        self._told = {p.id: self._names_of(p, told) for p in profiles}
        self._groups = {p.id: self._groups_of(p) for p in profiles}
        self._words = _Words(profiles)

    def log_odds(self, one: Profile, other: Profile) -> float:
        """How strongly two passages speak of one case; above 0 rather yes than no.

        The learned weights come from short news reports, and serve for two of these alone. Of a passage that
        hardly tells of a case more is asked.
        """
        weights = self._weights if _is_news(one) and _is_news(other) else PLAIN_WEIGHTS
        asked = _HARDLY * ((not one.telling) + (not other.telling))
        found = self._found(one, other)
        return weights["always"] - asked + math.fsum(weights[name] * v for name, v in found.items() if v)

    def features(self, one: Profile, other: Profile) -> dict[str, float]:
        """The features that differ from 0, by name, each from 0 to 1."""
        return {name: value for name, value in self._found(one, other).items() if value}

    def _names_of(self, profile: Profile, told: frozenset[str]) -> frozenset[str]:
        """The names by which a passage is compared; in a report a word for a country's people is none."""
        names = profile.names if in_latin(profile.text) else profile.names & told
        return names if _is_news(profile) else names - names_of_peoples()

    def _groups_of(self, profile: Profile) -> frozenset[str]:
        """The armed groups of a passage; where two deal with each other a report tells either as the other
        side."""
        if _is_news(profile) or not profile.groups:
            return profile.groups
        return profile.groups | {other for other in profile.others if self._families.is_group(other)}

    def telling(self, person: str) -> float:
        """1 for a name that occurs within one quarter of a year, less for one that occurs in many."""
        office = _OFFICE if self._families.has_office(person) else 1.0
        return office / (1.0 + math.log2(self._persons.get(person, 1)))

    def telling_name(self, name: str) -> float:
        """The same for the skeleton of a proper name."""
        return 1.0 / (1.0 + math.log2(self._names.get(name, 1)))

    def _telling_place(self, one: Spot, other: Spot) -> float:
        """The same for places: a capital is named in reports of many cases."""
        quarters = max(self._places.get(one, 1), self._places.get(other, 1))
        return 1.0 / (1.0 + math.log2(quarters) / 2.0)

    def _found(self, one: Profile, other: Profile) -> dict[str, float]:
        """The features, among them some that are 0."""
        found: dict[str, float] = {}
        self._where(one, other, found)
        self._who(one, other, found)
        self._when(one, other, found)
        self._what(one, other, found)
        if found.get("other_days", 0.0) > _OTHER_TIME:  # the same words of another time tell of another case
            found["copy"] = 0.0
        return found

    def _where(self, one: Profile, other: Profile, found: dict[str, float]) -> None:
        if one.countries and other.countries:
            name = "same_country" if one.countries & other.countries else "other_country"
            found[name] = _share(one, other, "countries")
        if one.spots and other.spots:
            sides = [(a, b, nearness(a, b)) for a in one.spots for b in other.spots]
            near = max(value and value * self._telling_place(a, b) for a, b, value in sides)
            found["same_place" if near > 0 else "other_place"] = abs(near)
            towns = [value for a, b, value in sides if not (a.is_region or b.is_region)]
            found["other_town"] = float(bool(towns) and max(towns) < 1.0)  # each names towns, and others

    def _who(self, one: Profile, other: Profile, found: dict[str, float]) -> None:
        groups, theirs = self._groups[one.id], self._groups[other.id]
        if groups and theirs:
            kinship = self._families.kinship(groups, theirs, one.middle or other.middle)
            name = "same_group" if kinship else "other_group"
            found[name] = (kinship or 1.0) * _share(one, other, "groups")
        if one.mediators and other.mediators:
            found["same_mediator" if one.mediators & other.mediators else "other_mediator"] = 1.0
        found["same_others"] = float(bool(one.others & other.others))
        if one.persons and other.persons:
            shared = sum(sorted(self.telling(person) for person in one.persons & other.persons))
            found["same_person"] = min(1.0, shared)
            found["other_person"] = float(not shared)
        told, others = self._told[one.id], self._told[other.id]
        names = told & others
        found["same_name"] = min(1.0, math.fsum(map(self.telling_name, names)))
        if found["same_name"] >= _SAME_NAME:
            found["other_person"] = 0.0
        found["other_name"] = float(len(told) > 1 and len(others) > 1 and not names)

    def _when(self, one: Profile, other: Profile, found: dict[str, float]) -> None:
        found["told_before"] = max(self._foretold(one, other), self._foretold(other, one))
        found["talks_before"] = float(self._led_to(one, other) or self._led_to(other, one))
        found["shared_day"] = float(bool(one.days & other.days))
        if one.span and other.span:
            nearness_of_days = days_apart(one.span, other.span, self._days * patience(one, other))
            name = "same_days" if nearness_of_days > 0 else "other_days"
            found[name] = abs(nearness_of_days) * _share(one, other, "span")

    def _what(self, one: Profile, other: Profile, found: dict[str, float]) -> None:
        if one.kinds and other.kinds:
            found["same_kind"] = float(bool(one.kinds & other.kinds))
            found["other_kind"] = float(not one.kinds & other.kinds)
        if one.numbers and other.numbers:
            found["same_number"] = max(_like(a, b) for a in one.numbers for b in other.numbers)
            found["other_number"] = float(not found["same_number"])
        likeness = self._words.likeness(one.id, other.id)
        found["wording" if one.language == other.language else "wording_across"] = likeness
        found["same_article"] = _together(one, other)
        found["copy"] = float(self._original(one.id) == self._original(other.id))

    def _foretold(self, one: Profile, other: Profile) -> float:
        """Whether one tells as done what happened after the other was published; soon after says little."""
        if one.span is None or "span" in one.lent or other.published is None:
            return 0.0
        ahead = one.span.start - other.published.toordinal()
        if ahead <= _FORESIGHT_DAYS or one.planned or other.planned:
            return 0.0
        return _SOON if ahead <= self._days * patience(one, other) else 1.0

    def _led_to(self, one: Profile, other: Profile) -> bool:
        """Whether one is news of talks alone, and the other of what was done long after it."""
        if not (one.talked and one.dateline and other.done and other.span) or "span" in other.lent:
            return False
        return one.published is not None and other.span.start - one.published.toordinal() > self._days

    def _original(self, identity: str) -> str:
        return self._copies.get(identity, identity)


def _is_news(profile: Profile) -> bool:
    return profile.dateline and profile.coherent


@lru_cache(maxsize=1)
def learned_weights() -> Mapping[str, float]:
    """The weights learned from labelled pairs, the plain ones where there are none for these features."""
    try:
        weights = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    except OSError:
        return PLAIN_WEIGHTS
    return weights if set(weights) == set(PLAIN_WEIGHTS) else PLAIN_WEIGHTS


def patience(one: Profile, other: Profile) -> int:
    """How many times as long as a release what both speak of may last: talks and policies take their time."""
    kinds = one.kinds | other.kinds
    if {CAPTIVES, PRISONERS} & one.kinds and {CAPTIVES, PRISONERS} & other.kinds:
        return _PATIENCE["event"]
    return _PATIENCE["policy"] if POLICY in kinds else _PATIENCE["process"]


def days_apart(one: Span, other: Span, days: int) -> float:
    """1 for the same known day, falling with vagueness and distance; below 0 beyond `days`, to -1."""
    gap = max(one.start, other.start) - min(one.end, other.end)
    if gap <= 0:
        return 1.0 / (1.0 + max(one.days, other.days) / _MONTH)
    if gap <= days:
        return (1.0 - gap / days) / (1.0 + gap / _WEEK) / (1.0 + max(one.days, other.days) / _MONTH)
    return -min(1.0, 0.3 + (gap - days) / (3.0 * days))


def nearness(one: Spot, other: Spot) -> float:
    """1 for the same place, .4 for the same district, 0 in doubt, to -1 for places far from each other.

    A region says half of what a town does, and the distance of its middle little.
    """
    wide = one.is_region or other.is_region
    if one.name == other.name:
        return _REGION_SHARE if wide else 1.0
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return _OTHER_NAME if one.name.isascii() and other.name.isascii() else 0.0
    if abs(one.lat - other.lat) > _FAR_DEGREES:
        return -1.0
    distance = kilometres(one.lat, one.lon, other.lat, other.lon)
    if wide:
        return -1.0 if distance > 2 * _FAR_KM else 0.0
    if distance <= _NEAR_KM:
        return 1.0
    if distance <= _REGION_KM:
        return 0.4
    return -1.0 if distance > _FAR_KM else 0.0


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points given in degrees."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * (
        math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _together(one: Profile, other: Profile) -> float:
    """1 in an article of one matter; in a report the less the more passages lie between."""
    if one.article != other.article:
        return 0.0
    if one.coherent:
        return 1.0
    if one.number is None or other.number is None:
        return 0.0
    return _NEXT / max(1, abs(one.number - other.number))


def _share(one: Profile, other: Profile, slot: str) -> float:
    return _LENT if slot in one.lent or slot in other.lent else 1.0


def _like(one: int, other: int) -> float:
    """How much two numbers say for one case: equal ones the more the larger, those within a tenth half."""
    telling = min(1.0, math.log2(max(1, min(one, other))) / 6.0)
    if one == other:
        return telling
    return telling / 2 if abs(one - other) <= max(one, other) / 10 else 0.0


class _Words:
    """The most telling words of each text, by passage id, as rows of one sparse table."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._rows = {profile.id: row for row, profile in enumerate(profiles)}
        texts = [fold(profile.text) for profile in profiles]
        if not any(texts):
            texts = [*texts, "-"]  # the table must have a word, and no passage may have it
        matrix = TfidfVectorizer(sublinear_tf=True, analyzer=str.split, dtype=np.float32).fit_transform(texts)
        lengths = np.diff(matrix.indptr)
        rows = np.repeat(np.arange(len(texts)), lengths)
        order = np.lexsort((matrix.indices, -matrix.data, rows))
        rank = np.arange(len(order)) - np.repeat(matrix.indptr[:-1], lengths)
        top = order[rank < _TOP_WORDS]
        self._words, self._weights = matrix.indices[top], matrix.data[top]
        self._ends = np.cumsum(np.minimum(lengths, _TOP_WORDS)).tolist()
        self._row = lru_cache(maxsize=_HELD_ROWS)(self._unpacked)

    def likeness(self, one: str, other: str) -> float:
        """The cosine of the two texts' telling words."""
        words, others = self._row(self._rows[one]), self._row(self._rows[other])
        return math.fsum(words[word] * others[word] for word in words.keys() & others.keys())

    def _unpacked(self, row: int) -> dict[int, float]:
        begin, end = self._ends[row - 1] if row else 0, self._ends[row]
        words, weights = self._words[begin:end].tolist(), self._weights[begin:end].tolist()
        return dict(zip(words, weights, strict=True))
