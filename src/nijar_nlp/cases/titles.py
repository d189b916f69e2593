"""What a candidate is about into one line, in the words of a language."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from nijar_nlp.cases.families import Families
from nijar_nlp.records import CaseCandidate, DateInterval, Party, Place

_MOST_GROUPS = 2
_MOST_COUNTERPARTS = 1
_ENGLISH_NAMES = {
    "talks": "Talks",
    "mediation": "Mediation",
    "ceasefire_or_local_agreement": "Agreement",
    "prisoner_release": "Prisoner release",
    "hostage_release": "Hostage release",
    "hostage_exchange": "Hostage case",
    "swap": "Swap",
    "ransom": "Ransom",
    "amnesty": "Amnesty",
    "policy_statement": "Stand on talks",
    "dialogue": "Dialogue",
}


class TitleWords(NamedTuple):
    """A language's words for a title: `names` by type and tag; `case` where there is neither.

    `colon` stands after what it is, `both` between the parties, `between` between parties, place and time.
    """

    names: Mapping[str, str]
    case: str
    colon: str
    both: str
    between: str
    party: Callable[[Party], str]
    place: Callable[[Place], str]
    country: Callable[[str], str]
    month: Callable[[date], str]


def english(families: Families) -> TitleWords:
    """English, with the countries' names that the register has."""
    return TitleWords(
        _ENGLISH_NAMES,
        case="Case",
        colon=": ",
        both=" and ",
        between="; ",
        party=lambda party: party.text,
        place=lambda place: place.name or place.text,
        country=families.country_name,
        month=lambda day: f"{day:%B %Y}",
    )


def title(candidate: CaseCandidate, words: TitleWords) -> str:
    """What, between whom, where and when, in one line."""
    what = next((words.names[kind] for kind in (*candidate.types, *candidate.tags)), words.case)
    parties = (*candidate.armed_groups[:_MOST_GROUPS], *candidate.counterparts[:_MOST_COUNTERPARTS])
    sides = words.both.join(dict.fromkeys(words.party(party) for party in parties))
    place = candidate.place
    local = words.place(place) if place and place.precision != "country" else ""
    country = words.country(candidate.country) if candidate.country else ""
    where = ", ".join(part for part in (local, country) if part)
    details = words.between.join(part for part in (sides, where, _when(candidate.date, words)) if part)
    return words.colon.join(part for part in (what, details) if part)


def _when(interval: DateInterval | None, words: TitleWords) -> str:
    day = (interval.start or interval.end) if interval else None
    if interval is None or day is None:
        return ""
    if interval.precision == "year" or interval.start is None or interval.end is None:
        return str(day.year)
    if (interval.end - interval.start).days > 31:
        return str(day.year) if interval.end.year == day.year else f"{day.year}–{interval.end.year}"
    return words.month(day)
