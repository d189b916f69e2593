"""A group of passages into what they say of the case, slot by slot, copies counted once."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from nijar_nlp.cases.families import Families
from nijar_nlp.cases.profiles import Profile, party_key, span_of
from nijar_nlp.cases.substance import told_in_words
from nijar_nlp.folding import fold
from nijar_nlp.records import (
    EVENT_TYPES,
    TAGS,
    Claim,
    DateInterval,
    Evidence,
    Party,
    Place,
)

Value = TypeVar("Value", bound=Hashable)

# Which status says most where passages differ: what was done outweighs what was still called for.
_STATUS_ORDER = (
    "done", "agreed", "failed", "refused", "denied", "under_way", "offered", "called_for", "claimed",
)  # fmt: skip
# Of types told about as often, the one that a case is named for.
_MAIN_TYPES = (
    "swap", "hostage_release", "prisoner_release", "ceasefire_or_local_agreement", "ransom",
    "amnesty", "mediation", "talks", "policy_statement",
)  # fmt: skip
_MAIN_SHARE = 2  # a type told half as often as the most told one is told about as often
_PLACE_ORDER = ("exact", "near", "admin", "country", "")


class Dossier:
    """A group's passages and their profiles, the copies set aside, and what they say slot by slot."""

    def __init__(
        self,
        members: Sequence[Evidence],
        profiles: Sequence[Profile],
        copies: Mapping[str, str],
        families: Families,
    ) -> None:
        self.members = tuple(members)
        self._profiles = tuple(profiles)
        self._families = families
        self._parties: dict[str, tuple[Party, ...]] = {}
        self.independent = _independent(members, copies)
        self.events = tuple(event for item in self.independent for event in item.events)

    def types(self) -> tuple[str, ...]:
        """Event types, the main one first, then the most told."""
        told = Counter(event.type for event in told_in_words(self.events))
        most = max(told.values(), default=0)
        often = [kind for kind in _MAIN_TYPES if told[kind] * _MAIN_SHARE >= most > 0 and told[kind]]
        return tuple(dict.fromkeys((*often[:1], *_ranked(told.elements(), EVENT_TYPES.index))))

    def tags(self) -> tuple[str, ...]:
        """The tags of the passages, in the order of the codebook."""
        found = {tag for item in self.members for tag in item.tags}
        return tuple(tag for tag in TAGS if tag in found)

    def status(self) -> str:
        """The status of the main type: the most told, where even what says most; empty if unknown."""
        types = self.types()
        told = (event.status for event in self.events if event.type == types[0])
        ranked = _ranked(told, _STATUS_ORDER.index)
        return ranked[0] if ranked else ""

    def parties(self, slot: str) -> tuple[Party, ...]:
        """Who is in a slot, the most told first, each once and under the register's name."""
        if slot in self._parties:
            return self._parties[slot]
        told: dict[str, Counter[str]] = {}
        for event in self.events:
            for party in getattr(event, slot):
                told.setdefault(party_key(party), Counter())[party.text] += 1
        keys = sorted(told, key=lambda key: (-told[key].total(), key))
        self._parties[slot] = tuple(self._party(key, told[key]) for key in keys if key not in ("", "~"))
        return self._parties[slot]

    def country(self) -> str:
        """The country most told, passages counting half for which only their article names it."""
        told: Counter[str] = Counter()
        for profile in self._profiles:
            for code in profile.countries:
                told[code] += 1 if "countries" in profile.lent else 2
        return min(told, key=lambda code: (-told[code], code), default="")

    def place(self) -> Place | None:
        """The place most told, those in the country of the case and those nearer than a country first."""
        country = self.country()
        places = [event.place for event in self.events if event.place]
        near = [place for place in places if place.country == country] or places
        local = [place for place in near if place.precision != "country"] or near
        names = Counter(fold(place.name or place.text) for place in local)
        return min(
            local,
            key=lambda p: (-names[fold(p.name or p.text)], _PLACE_ORDER.index(p.precision), p.name, p.text),
            default=None,
        )

    def date(self) -> DateInterval | None:
        """The narrowest interval that most of the dated passages agree with; None without any date."""
        types = self.types()
        dated = [event for event in self.events if event.date and span_of(event.date)]
        main = [event.date for event in dated if event.type == types[0]] or [event.date for event in dated]
        return _consensus([interval for interval in main if interval])

    def released(self) -> int | None:
        """The number released that most independent passages give; the larger one where they are even."""
        numbers = (event.released_number for event in self.events if event.released_number is not None)
        return next(iter(_ranked(numbers, lambda number: -number)), None)

    def claims(self) -> tuple[Claim, ...]:
        """Who says what of it, side by side: each source with the type and status that it tells."""
        told: dict[tuple[str, str, str], set[str]] = {}
        for item in self.members:
            for event in item.events:
                if event.source:
                    told.setdefault((event.source, event.type, event.status), set()).add(item.passage_id)
        return tuple(Claim(*key, tuple(sorted(told[key]))) for key in sorted(told))

    def n_documents(self) -> int:
        """How many documents hold the passages, copies counted."""
        return len({item.document_id for item in self.members})

    def n_outlets(self) -> int:
        """How many outlets tell it in their own words; a document without an outlet is one of its own."""
        return len({fold(item.outlet) or item.document_id for item in self.independent})

    def _party(self, key: str, texts: Counter[str]) -> Party:
        text = min(texts, key=lambda text: (-texts[text], text))
        return Party(text, None) if key.startswith("~") else Party(self._families.name(key, text), key)


def _independent(members: Sequence[Evidence], copies: Mapping[str, str]) -> tuple[Evidence, ...]:
    """One passage for each set of copies, the earliest present."""
    chosen: dict[str, Evidence] = {}
    for item in sorted(members, key=lambda item: (item.passage_id in copies, item.passage_id)):
        chosen.setdefault(copies.get(item.passage_id, item.passage_id), item)
    return tuple(sorted(chosen.values(), key=lambda item: item.passage_id))


def _ranked(values: Iterable[Value], order: Callable[[Value], object]) -> tuple[Value, ...]:
    """The different values, the most frequent first, those even by `order`."""
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda value: (-counts[value], order(value))))


def _consensus(intervals: Sequence[DateInterval]) -> DateInterval | None:
    spans = {interval: span for interval in intervals if (span := span_of(interval))}

    def standing(interval: DateInterval) -> tuple[float, int, str, str]:
        own = spans[interval]
        agreeing = sum(own.start <= spans[other].end and spans[other].start <= own.end for other in intervals)
        return -agreeing, own.days, str(interval.start), interval.found

    return min(spans, key=standing, default=None)
