"""A group of passages beside the known cases: the nearest one, how probable it is, and why."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from nijar_nlp.cases.context import in_context
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.profiles import CAPTIVES, POLICY, TALKS, Profile, Span, kinds_of, profiles
from nijar_nlp.cases.wording import CaseWords, Echo
from nijar_nlp.folding import fold
from nijar_nlp.records import Actor, Evidence, KnownCase, Match

# Log-odds a unit of each feature; features lie in 0 to 1.
WEIGHTS: Mapping[str, float] = {
    "always": -4.5,
    "country": 1.0,
    "other_country": -3.0,
    "group": 1.2,
    "other_group": -2.5,
    "party": 0.6,
    "mediator": 1.8,
    "other_mediator": -0.8,
    "person": 2.6,
    "other_person": -1.2,
    "place": 1.0,
    "term": 4.0,
    "wording": 1.6,
    "days": 2.0,
    "other_days": -4.0,
    "other_years": -3.0,
    "told_before": -5.0,
    "undated": -1.5,
    "number": 0.8,
    "kind": 0.6,
    "other_kind": -2.2,
}
_MOST_WITHOUT_SHARED = math.fsum(WEIGHTS[name] for name in ("always", "country", "group", "days", "kind"))
_MOST_OF_NAMES = math.fsum(WEIGHTS[name] for name in ("party", "mediator", "person"))
_ROUNDING = 1e-6  # sums of log-odds in another order differ by less
_SLACK_DAYS = 31  # reports round their dates
_AWAY_DAYS = 120.0  # so far from a case of one day is surely not that case; half the case's length is added
_YEAR = 365.0
_LONG_AFTER = 3.0  # years after a case from which a passage without a date rather tells of another time
_TELLING = 0.25  # contributions smaller than this, in log-odds, are not worth a reason
_LEAST_NUMBER = 10
_TALKS_DAYS, _LED_TO = 365, 0.3  # talks so long before a case may have led to it; what their time then weighs
_LENT = 0.5  # what is lent by the article weighs half
_SUPPORT = 0.3  # what fewer of the passages say than this share weighs less


class _Finding(NamedTuple):
    """One feature's value and what says it in words, which few of them are asked for."""

    name: str
    value: float
    words: Callable[[], str]


class _Portrait:
    """What the passages of a group say together, and how many of them say it."""

    def __init__(self, members: Sequence[Profile], words: CaseWords) -> None:
        self.members = tuple(members)
        self.echoes = [words.echo(member.text) for member in members]
        self.countries = self._union("countries")
        self.groups = self._union("groups")
        self.others = self._union("others")
        self.mediators = self._union("mediators")
        self.persons = self._union("persons")
        self.numbers = frozenset(number for member in members for number in member.numbers)
        self.kinds = Counter(kind for member in members for kind in member.kinds)
        self.terms = frozenset(term for echo in self.echoes for term in echo.terms)
        self.places = frozenset(spot.name for member in members for spot in member.spots).union(
            *(echo.places for echo in self.echoes)
        )
        self.own_spans = [m.span for m in members if m.span and "span" not in m.lent]
        self.lent_spans = [m.span for m in members if m.span and "span" in m.lent]
        self.published = [m.published.toordinal() for m in members if m.published]

    def share(self, slot: str) -> float:
        """What a mismatch in a slot weighs: less where only the article fills it."""
        return 1.0 if any(getattr(m, slot) and slot not in m.lent for m in self.members) else _LENT

    def support(self, says: Callable[[Profile, Echo], bool]) -> float:
        """1 where enough of the passages say something, less where few of many do, 0 where none does."""
        saying = sum(says(member, echo) for member, echo in zip(self.members, self.echoes, strict=True))
        return min(1.0, saying / len(self.members) / _SUPPORT)

    def presence(self, term: str) -> float:
        """How present a term is in the passage that has it most, less where few of many have it."""
        most = max(echo.terms.get(term, 0.0) for echo in self.echoes)
        return most and most * self.support(lambda _, echo: term in echo.terms)

    def _union(self, slot: str) -> frozenset[str]:
        return frozenset(value for member in self.members for value in getattr(member, slot))


def compare(
    members: Sequence[Evidence],
    known: Sequence[KnownCase],
    actors: Sequence[Actor] | Mapping[str, Actor] = (),
) -> Match | None:
    """The known case that these passages most probably tell of, with reasons; None where none is known.

    The probability is a logistic of the features in WEIGHTS; how sure a match must be is the caller's to say.
    """
    families = Families(actors)
    return KnownCases(known, families).nearest(in_context(profiles(members, families)))


class KnownCases:
    """The known cases, made ready for many comparisons."""

    def __init__(self, known: Sequence[KnownCase], families: Families) -> None:
        self._families = families
        self._known = tuple(known)
        self._by_id = {case.id: case for case in known}
        self._people_of = {
            case.id: frozenset((*case.persons, *case.mediators, *case.counterparts, *case.armed_groups))
            for case in known
        }
        self._named = Counter(name for case in known for name in {*case.persons, *case.mediators})
        self._words_of = CaseWords(known)
        self._kin: dict[tuple[frozenset[str], str], float] = {}
        self._numbers = {
            case.id: frozenset(
                int(word)
                for word in fold(f"{case.summary} {case.outcome}").split()
                if word.isdigit() and int(word) >= _LEAST_NUMBER
            )
            for case in known
        }

    def nearest(self, members: Sequence[Profile]) -> Match | None:
        """The most probable known case of a group of passages."""
        portrait = _Portrait(members, self._words_of)
        most = {case.id: self._most(portrait, case) for case in self._known}
        best: tuple[float, str] | None = None
        for case in sorted(self._known, key=lambda case: -most[case.id]):
            if best and most[case.id] < -best[0] - _ROUNDING:
                break  # neither this case nor those after it can be nearer
            own = (-self._log_odds(portrait, case), case.id)
            best = min(best or own, own)
        return self._match(portrait, self._by_id[best[1]]) if best else None

    def match(self, members: Sequence[Profile], case_id: str) -> Match:
        """How probably a group of passages tells of one known case."""
        return self._match(_Portrait(members, self._words_of), self._by_id[case_id])

    def likely(self, member: Profile, least: float) -> dict[str, float]:
        """By known case, the log-odds that a passage alone tells of it, where they reach `least`."""
        portrait = _Portrait([member], self._words_of)
        odds = {
            case.id: self._log_odds(portrait, case)
            for case in self._known
            if self._most(portrait, case) >= least
        }
        return {identity: value for identity, value in odds.items() if value >= least}

    def log_odds(self, member: Profile, case_id: str) -> float:
        """The log-odds that a passage alone tells of a known case."""
        return self._log_odds(_Portrait([member], self._words_of), self._by_id[case_id])

    def _most(self, portrait: _Portrait, case: KnownCase) -> float:
        """Log-odds that are not exceeded: by the country, and by what words and names are shared at all."""
        most = _MOST_WITHOUT_SHARED + WEIGHTS["wording"] * max(
            e.likeness.get(case.id, 0.0) for e in portrait.echoes
        )
        if portrait.countries and not portrait.countries & set(case.countries):
            most += WEIGHTS["other_country"] * portrait.share("countries") - WEIGHTS["country"]
        for name, ours, theirs in (
            ("term", portrait.terms, self._words_of.terms[case.id]),
            ("place", portrait.places, self._words_of.places[case.id]),
            ("number", portrait.numbers, self._numbers[case.id]),
        ):
            most += 0.0 if ours.isdisjoint(theirs) else WEIGHTS[name]
        present = portrait.persons | portrait.mediators | portrait.others
        return most + (0.0 if present.isdisjoint(self._people_of[case.id]) else _MOST_OF_NAMES)

    def _log_odds(self, portrait: _Portrait, case: KnownCase) -> float:
        findings = self._findings(portrait, case)
        return WEIGHTS["always"] + sum(WEIGHTS[finding.name] * finding.value for finding in findings)

    def _match(self, portrait: _Portrait, case: KnownCase) -> Match:
        findings = [finding for finding in self._findings(portrait, case) if finding.value]
        parts = [(WEIGHTS[finding.name] * finding.value, finding.words) for finding in findings]
        log_odds = WEIGHTS["always"] + sum(part for part, _ in parts)
        telling = sorted((part for part in parts if abs(part[0]) >= _TELLING), key=lambda part: -abs(part[0]))
        return Match(
            case.id,
            1.0 / (1.0 + math.exp(-log_odds)),
            tuple(words() for weight, words in telling if weight > 0),
            tuple(words() for weight, words in telling if weight < 0),
        )

    def _findings(self, portrait: _Portrait, case: KnownCase) -> Iterable[_Finding]:
        yield from self._countries(portrait, case)
        yield from self._groups(portrait, case)
        yield from self._people(portrait, case)
        yield from self._words(portrait, case)
        yield from _days(portrait, case)
        yield from _kinds(portrait, case)

    def _countries(self, portrait: _Portrait, case: KnownCase) -> Iterable[_Finding]:
        if not portrait.countries:
            return
        shared = portrait.countries & set(case.countries)
        if shared:
            yield _Finding("country", 1.0, lambda: f"same country ({self._countries_in_words(shared)})")
        else:
            yield _Finding(
                "other_country",
                portrait.share("countries"),
                lambda: (
                    f"other country ({self._countries_in_words(portrait.countries)}, "
                    f"not {self._countries_in_words(case.countries)})"
                ),
            )

    def _groups(self, portrait: _Portrait, case: KnownCase) -> Iterable[_Finding]:
        if shared := portrait.others & {*case.counterparts, *case.armed_groups, *case.mediators}:
            yield _Finding("party", 1.0, lambda: f"same party ({self._in_words(shared)})")
        if not portrait.groups or not case.armed_groups:
            return
        same = portrait.groups & {*case.armed_groups}
        kinship = 1.0 if same else self._kinship(portrait.groups, case)

        def names() -> str:
            return f"{self._in_words(portrait.groups)}; {self._in_words(case.armed_groups)}"

        if same:
            yield _Finding("group", 1.0, lambda: f"same armed group ({self._in_words(same)})")
        elif kinship:
            yield _Finding("group", kinship, lambda: f"related armed groups ({names()})")
        else:
            yield _Finding("other_group", portrait.share("groups"), lambda: f"other armed groups ({names()})")

    def _kinship(self, groups: frozenset[str], case: KnownCase) -> float:
        key = (groups, case.id)
        if key not in self._kin:
            theirs = frozenset(case.armed_groups)
            self._kin[key] = max(
                self._families.kinship(groups, theirs, day) for day in (case.start, case.end)
            )
        return self._kin[key]

    def _people(self, portrait: _Portrait, case: KnownCase) -> Iterable[_Finding]:
        present = portrait.persons | portrait.mediators | portrait.others
        named = {name for name in portrait.mediators if not name.startswith("~")} - set(case.counterparts)
        if mediators := present & set(case.mediators):
            value = max(1.0 / self._named[name] for name in mediators) * _support(portrait, mediators)
            yield _Finding("mediator", value, lambda: f"same mediator ({self._in_words(mediators)})")
        elif named and case.mediators:
            yield _Finding("other_mediator", 1.0, lambda: f"other mediator ({self._in_words(named)})")
        if persons := present & set(case.persons):
            value = min(1.0, sum(1.0 / self._named[name] for name in sorted(persons)))
            value *= _support(portrait, persons)
            yield _Finding("person", value, lambda: f"same persons ({self._in_words(persons)})")
        elif case.persons and (private := self._private(portrait.persons)):
            yield _Finding("other_person", 1.0, lambda: f"other persons ({self._in_words(private)})")

    def _private(self, persons: Iterable[str]) -> frozenset[str]:
        return frozenset(name for name in persons if not self._families.has_office(name))

    def _words(self, portrait: _Portrait, case: KnownCase) -> Iterable[_Finding]:
        present = portrait.terms.intersection(self._words_of.terms[case.id])
        terms = {term: portrait.presence(term) for term in present}
        if value := min(1.0, math.fsum(terms.values())):
            found = sorted(terms, key=lambda term: (-terms[term], term))[:3]
            yield _Finding(
                "term", value, lambda: f"words of the case ({', '.join(f'“{term}”' for term in found)})"
            )
        likeness = max(echo.likeness.get(case.id, 0.0) for echo in portrait.echoes)
        yield _Finding("wording", likeness, lambda: "similar wording")
        places = self._words_of.places[case.id]
        if named := places.keys() & portrait.places:
            words = ", ".join(sorted(places[place] for place in named))
            there = portrait.support(
                lambda m, e: bool(named & e.places) or any(s.name in named for s in m.spots)
            )
            yield _Finding("place", there, lambda: f"same place ({words})")
        if shared := self._numbers[case.id] & portrait.numbers:
            yield _Finding("number", 1.0, lambda: f"same number ({', '.join(map(str, sorted(shared)))})")

    def _in_words(self, keys: Iterable[str], limit: int = 3) -> str:
        names = sorted(self._families.name(key, key.removeprefix("~")) for key in keys)
        return ", ".join(names[:limit]) + (" …" if len(names) > limit else "")

    def _countries_in_words(self, codes: Iterable[str]) -> str:
        return ", ".join(self._families.country_name(code) for code in sorted(codes))


def _support(portrait: _Portrait, names: Set[str]) -> float:
    return portrait.support(
        lambda member, _: bool(names & (member.persons | member.mediators | member.others))
    )


def _days(portrait: _Portrait, case: KnownCase) -> Iterable[_Finding]:
    start, end = case.start.toordinal() - _SLACK_DAYS, case.end.toordinal() + _SLACK_DAYS
    own, lent, published = portrait.own_spans, portrait.lent_spans, portrait.published
    talks_before = _LED_TO if _leads_to(portrait, case) else 1.0
    if before := [day for day in published if day < case.start.toordinal()]:
        share = talks_before * len(before) / len(published)
        yield _Finding("told_before", share, lambda: f"published before {case.start}, when the case began")
    if not own and not lent:
        years = (min(published, default=0) - end) / _YEAR
        yield _Finding(
            "undated",
            min(1.0, max(0.0, years) / _LONG_AFTER),
            lambda: f"undated, told years after {_years(case)}",
        )
        return
    spans, weight = (own, 1.0) if own else (lent, 0.5)
    gaps = sorted(max(0, span.start - end, start - span.end) for span in spans)
    gap = gaps[len(gaps) // 2]
    if gap == 0:
        vague = 1.0 / (1.0 + max(_median_days(spans), end - start) / 730.0)
        yield _Finding("days", weight * (0.4 + 0.6 * vague), lambda: f"within {_years(case)}")
    else:
        value = talks_before * weight * min(1.0, 0.4 + gap / (_AWAY_DAYS + (end - start) / 2.0))
        yield _Finding("other_days", value, lambda: f"{_distance(gap)} away from {_years(case)}")
    if own and gaps[0] > _YEAR:  # not one of their own dates is of the case's time
        value = talks_before * min(1.0, (gaps[0] - _YEAR) / _YEAR)
        yield _Finding("other_years", value, lambda: f"no date within a year of {_years(case)}")


def _leads_to(portrait: _Portrait, case: KnownCase) -> bool:
    """Whether talks of the year before, with somebody of the case, may have led to it."""
    first, last = case.start.toordinal() - _TALKS_DAYS, case.end.toordinal() + _SLACK_DAYS
    told = [span.start for span in portrait.own_spans] or portrait.published
    return (
        set(portrait.kinds) == {TALKS}
        and TALKS in kinds_of((), case.tags)
        and bool((portrait.persons | portrait.mediators) & {*case.persons, *case.mediators})
        and all(day >= first for day in portrait.published)
        and all(day <= last for day in told)
    )


def _kinds(portrait: _Portrait, case: KnownCase) -> Iterable[_Finding]:
    if not portrait.kinds:
        return
    theirs = kinds_of((), case.tags) | ({POLICY} if "policy" in case.kind else frozenset())
    ours = set(portrait.kinds)
    mostly_captives = portrait.kinds[CAPTIVES] * 2 >= len(portrait.members)
    if mostly_captives and CAPTIVES not in theirs:
        shared = ours & theirs - {TALKS, POLICY}
        weight = _LENT if shared or portrait.kinds[TALKS] >= portrait.kinds[CAPTIVES] else 1.0
        yield _Finding("other_kind", weight, lambda: f"a matter of captives, which {case.kind} is not")
    elif ours & theirs:
        yield _Finding("kind", 1.0, lambda: f"same kind ({case.kind})")
    else:
        yield _Finding("other_kind", 0.6, lambda: f"other kind than {case.kind}")


def _median_days(spans: Sequence[Span]) -> int:
    return sorted(span.days for span in spans)[len(spans) // 2]


def _years(case: KnownCase) -> str:
    return str(case.start.year) if case.start.year == case.end.year else f"{case.start.year}–{case.end.year}"


def _distance(days: int) -> str:
    return f"{days} days" if days < 60 else f"{days // 30} months" if days < 730 else f"{days // 365} years"
