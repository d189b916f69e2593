"""Where and when an event was and how many it freed, from the mentions around its words."""

import re
from collections import Counter
from collections.abc import Sequence

from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_parties import CAPITALS, Parties, acts
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention, Place

# Countries where talks are held and from which envoys and hostages come, rather than where a conflict is.
VENUES = frozenset(
    re.findall(
        r"\w+",
        "AUS AUT BEL CAN CHE CHN CUB DEU DNK ESP FIN FRA GBR ITA JPN KOR KWT NLD NOR OMN POL PRT QAT RUS "
        "SAU SWE ARE USA ROU GRC IRL ZAF",
    )
)
# "The Algiers accord" names no place of an event.
_NAMED_FOR = re.compile(
    r"(?:accord|agreement|process|processus|pacte|deal|اتفاق|اتفاقية)s? (?:d['’]|de |of )?$", re.IGNORECASE
)
_FAR = 1000
_COUNTED = 42
# Counts of this size are sums of money, not of people in one case.
_NOT_PEOPLE = 100_000
_AT_ONCE = ("hostage_release", "prisoner_release", "swap", "ransom")
# Their place is where the people are, not where a foreign government speaks.
_AT_HOME = ("hostage_release", "prisoner_release", "ransom", "amnesty", "policy_statement")


def country_of(parties: Parties, draft: Draft, mentions: Sequence[Mention]) -> str:
    """The country of the case: by the group, then the places and the other side, never by the mediator."""
    votes: Counter[str] = Counter()
    spans = {slot.span for slot in parties.mediator}
    groups = {slot.span for slot in parties.armed_group}
    others = {slot.span for slot in parties.counterpart}
    for mention in mentions:
        at = (mention.start, mention.end)
        if not mention.country or at in spans:
            continue
        near = 2 if draft.sentence[0] <= mention.start < draft.sentence[1] else 1
        weight = 1
        if mention.type == "ARMED_GROUP":
            weight = 6 if at in groups or near == 2 else 3
        elif mention.type == "PLACE":
            weight = 3 if mention.precision != "country" else 2
        elif mention.type == "PERSON" or at in others:
            weight = 2
        votes[mention.country] += weight * near * (1 if mention.country in VENUES else 5)
    return min(votes, key=lambda code: (-votes[code], code)) if votes else ""


def place_of(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]
) -> tuple[Place, tuple[int, int]] | None:
    """The nearest place that is no country: of the sentence, else of the passage."""
    spots = [
        m
        for m in mentions
        if m.type == "PLACE"
        and m.precision != "country"
        and not (m.text.casefold() in CAPITALS and acts(text, words, m))
        and not (draft.type in _AT_HOME and m.country in VENUES)
        and not _NAMED_FOR.search(text[max(0, m.start - 16) : m.start])
    ]
    ranked = sorted(spots, key=lambda m: _cost(text, words, draft, m))
    if not ranked:
        return None
    m = ranked[0]
    return Place(m.text, m.name or m.text, m.country, m.lat, m.lon, m.precision), (m.start, m.end)


def date_of(text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]) -> Mention | None:
    """The nearest date of the sentence that is not the abduction's; else the passage's nearest before it."""
    dates = [m for m in mentions if m.type == "DATE" and not _of_abduction(text, words, m)]
    if draft.type in _AT_ONCE:
        dates = [m for m in dates if m.interval is None or m.interval.precision != "after"]
    here = [m for m in dates if draft.sentence[0] <= m.start < draft.sentence[1]]
    if here:
        return min(here, key=lambda m: _gap(draft, m) + (60 if _is_bound(m) else 0))
    before = [m for m in dates if m.start < draft.start]
    return before[-1] if before else (dates[0] if dates else None)


def _is_bound(mention: Mention) -> bool:
    return mention.interval is not None and mention.interval.precision in ("after", "before", "year")


def _gap(draft: Draft, mention: Mention) -> int:
    return max(mention.start - draft.end, draft.start - mention.end, 0)


def _cost(text: str, words: Lexicon, draft: Draft, mention: Mention) -> int:
    outside = 0 if draft.sentence[0] <= mention.start < draft.sentence[1] else _FAR
    abduction = 80 if _of_abduction(text, words, mention) else 0
    dateline = (
        120
        if mention.start < 3 and text[mention.end : mention.end + 3].strip()[:1] in ("—", "–", "-", ",", "(")
        else 0
    )
    return outside + abduction + dateline + _gap(draft, mention)


def _of_abduction(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether the mention tells where or when somebody was taken, with no word of another event between."""
    start = max(0, mention.start - 70)
    last = None
    for match in words.words["abduction"].finditer(text, start, mention.start):
        last = match
    if last is None or re.search(r"[.;]\s", text[last.end() : mention.start]):
        return False
    return not any(
        trigger.pattern.search(text, last.start(), mention.start)
        for trigger in words.triggers
        if trigger.kind in ("release", "swap", "talks")
    )


def numbers_of(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]
) -> tuple[tuple[int, tuple[int, int]] | None, tuple[int, tuple[int, int]] | None]:
    """How many are or are to be released, and in a swap how many on the state's side, with their spans."""
    counted = [m for m in mentions if m.type == "NUMBER" and _of_people(text, words, m)]
    here = [m for m in counted if draft.sentence[0] <= m.start < draft.sentence[1]]
    if draft.type in ("hostage_release", "prisoner_release", "ransom", "amnesty"):
        near = here or (counted if draft.type == "ransom" else [])
        return _nearest(draft, [m for m in near if _fits(text, words, draft.type, m)] or near), None
    if draft.type != "swap":
        return None, None
    near = here or counted
    priced = [m for m in counted if words.words["exchanged_for"].search(text[max(0, m.start - 36) : m.start])]
    jailed = priced or [m for m in counted if _names(text, words, "prisoners", m)]
    held = [m for m in near if m not in jailed and not _names(text, words, "prisoners", m)]
    return _nearest(draft, held or [m for m in near if m not in jailed]), _nearest(draft, jailed)


def _nearest(draft: Draft, numbers: Sequence[Mention]) -> tuple[int, tuple[int, int]] | None:
    valued = [m for m in numbers if m.value is not None]
    if not valued:
        return None
    best = min(valued, key=lambda m: _gap(draft, m))
    assert best.value is not None  # noqa: S101 - filtered above
    return int(best.value), (best.start, best.end)


def _after(text: str, mention: Mention) -> str:
    following = text[mention.end : mention.end + _COUNTED]
    return re.split(r"[.;:,()]|\d|،", following)[0]


def _of_people(text: str, words: Lexicon, mention: Mention) -> bool:
    after = _after(text, mention)
    if words.words["money"].match(after.strip()) or (mention.value or 0) >= _NOT_PEOPLE:
        return False
    around = text[max(0, mention.start - 4) : mention.end] + after
    if words.words["killed"].search(after):
        return False
    return (
        any(words.words[name].search(around) for name in ("captives", "prisoners", "people"))
        or not after.strip()
    )


def _names(text: str, words: Lexicon, name: str, mention: Mention) -> bool:
    return words.words[name].search(text[mention.start : mention.end] + _after(text, mention)) is not None


def _fits(text: str, words: Lexicon, kind: str, mention: Mention) -> bool:
    wanted, other = ("prisoners", "captives") if kind == "prisoner_release" else ("captives", "prisoners")
    return _names(text, words, wanted, mention) or not _names(text, words, other, mention)
