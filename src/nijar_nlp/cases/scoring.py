"""A candidate's dossier into how probably an analyst would accept it as a new case, with the reasons."""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nijar_nlp.cases.assembling import Dossier
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.settings import CaseSettings
from nijar_nlp.cases.substance import is_told_in_words, tells_of_a_case
from nijar_nlp.records import Match, Party

# Log-odds a unit of each part; parts lie in 0 to 1.
WEIGHTS: Mapping[str, float] = {
    "always": -4.0,
    "tag": 2.0,
    "sources": 1.6,
    "group": 1.0,
    "focus_group": 0.8,
    "counterpart": 0.5,
    "mediator": 0.3,
    "place": 0.5,
    "date": 0.9,
    "people": 0.5,
    "deed": 0.8,
    "focus_country": 0.8,
    "stand_only": -1.0,
    "nothing_concrete": -1.5,
    "untold": -4.0,
    "hardly_told": -2.0,
    "nobody": -2.5,
    "no_group": -2.0,
    "one_sided": -1.2,
    "known": -2.5,
}
# Platt's scaling of the weights' sum, fitted to 123 candidates of eleven reports that one reader judged: of
# the first twenty 65 % were cases that stood once, of the next two twenties 55 and 20 %, of a sample of the
# rest none. No others were kept aside to check it.
_SCALE, _SHIFT = 0.58, -1.13
_LOUD_SOURCES = 8  # independent outlets from which more add nothing
_VAGUE_DAYS = 92
_UNSURE = 0.7  # below this a tag says little
_OF_CAPTIVES = ("hostage_release", "ransom", "swap")  # whose takers often have no name
_OF_TALKS = ("talks", "mediation", "ceasefire_or_local_agreement", "policy_statement")
_DEEDS = ("done", "agreed", "failed")


class _Part(NamedTuple):
    name: str
    value: float
    words: str


def score(
    dossier: Dossier, settings: CaseSettings, families: Families, nearest: Match | None
) -> tuple[float, tuple[str, ...]]:
    """How probably an analyst accepts a candidate, and what raised or lowered it, the strongest first."""
    parts = [part for part in _parts(dossier, settings, families, nearest) if part.value]
    log_odds = WEIGHTS["always"] + sum(WEIGHTS[part.name] * part.value for part in parts)
    ordered = sorted(parts, key=lambda part: (-abs(WEIGHTS[part.name] * part.value), part.name))
    signed = (f"{part.words} ({_SCALE * WEIGHTS[part.name] * part.value:+.1f})" for part in ordered)
    return 1.0 / (1.0 + math.exp(-_SCALE * log_odds - _SHIFT)), tuple(signed)


def _parts(
    dossier: Dossier, settings: CaseSettings, families: Families, nearest: Match | None
) -> Iterable[_Part]:
    told = [item for item in dossier.members if tells_of_a_case(item)]
    probability, tag = max(
        ((p, tag) for item in told for tag, p in item.probabilities.items() if tag in item.tags),
        default=(0.0, ""),
    )
    if not told:
        yield _Part("untold", 1.0, "no passage tells of dealing with somebody: unassigned evidence")
    elif not any(is_told_in_words(event) for item in told for event in item.events):
        yield _Part("hardly_told", 1.0, "only the tags tell of it, no words for what happened")
    elif probability < _UNSURE:
        yield _Part("hardly_told", 1.0 - probability / _UNSURE, "the tags are unsure")
    if tag:
        yield _Part("tag", probability, f"tagged {tag} with probability {probability:.2f}")
    outlets, documents = dossier.n_outlets(), dossier.n_documents()
    loudness = min(1.0, math.log2(outlets) / math.log2(_LOUD_SOURCES))
    yield _Part("sources", loudness, f"told by {outlets} independent outlets in {documents} documents")
    yield from _slots(dossier)
    yield from _fit(dossier, settings, families)
    yield from _deeds(dossier)
    if nearest and nearest.probability >= 0.05:
        yield _Part("known", nearest.probability, f"near the known case {nearest.case_id}")


def _slots(dossier: Dossier) -> Iterable[_Part]:
    for slot, name in (("armed_group", "group"), ("counterpart", "counterpart"), ("mediator", "mediator")):
        if parties := dossier.parties(slot):
            yield _Part(name, 1.0, f"{slot.replace('_', ' ')}: {_names(parties)}")
    place = dossier.place()
    if place and place.precision != "country":
        yield _Part("place", 1.0, f"place: {place.name or place.text}")
    day = dossier.date()
    if day and day.start and day.end:
        sharp = (day.end - day.start).days <= _VAGUE_DAYS
        yield _Part("date", 1.0 if sharp else 0.4, f"dated to the {day.precision}")
    persons, number = dossier.parties("persons"), dossier.released()
    if persons or number:
        yield _Part("people", 1.0, f"persons: {_names(persons)}" if persons else f"number released: {number}")


def _fit(dossier: Dossier, settings: CaseSettings, families: Families) -> Iterable[_Part]:
    country = dossier.country()
    if country in settings.focus_countries:
        yield _Part("focus_country", 1.0, f"{families.country_name(country)} is a focus country")
    focus = set(settings.focus_families)
    inside = [
        party
        for party in dossier.parties("armed_group")
        if party.id and ({party.id} | families.above(party.id)) & focus
    ]
    if inside:
        yield _Part("focus_group", 1.0, f"{_names(inside)}: a group that the study is about")


def _deeds(dossier: Dossier) -> Iterable[_Part]:
    events = dossier.events
    if any(event.status in _DEEDS and event.type != "policy_statement" for event in events):
        yield _Part("deed", 1.0, "something was done or agreed")
    if not dossier.parties("armed_group") and not dossier.parties("persons"):
        yield _Part("nobody", 1.0, "neither an armed group nor a person is named")
    elif not dossier.parties("armed_group"):
        of_captives = set(dossier.types()) & set(_OF_CAPTIVES)
        yield _Part("no_group", 0.5 if of_captives else 1.0, "no armed group is named")
    elif set(dossier.types()) <= set(_OF_TALKS) and not (
        dossier.parties("counterpart") or dossier.parties("mediator")
    ):
        yield _Part("one_sided", 1.0, "talks, and nobody on the other side")
    if events and all(event.type == "policy_statement" for event in events):
        yield _Part("stand_only", 1.0, "only a stand on talks")
    named = any(event.armed_group or event.persons or event.place for event in events)
    if not named:
        yield _Part("nothing_concrete", 1.0, "no group, person or place is named")


def _names(parties: Iterable[Party], limit: int = 3) -> str:
    names = [party.text for party in parties]
    return ", ".join(names[:limit]) + (" …" if len(names) > limit else "")
