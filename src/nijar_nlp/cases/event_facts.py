"""Places, dates and numbers of an event, from the mentions around its words."""

import re
from collections.abc import Sequence

from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_countries import VENUES, is_named_for, people_codes
from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_sides import acts
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention, Place

_FAR = 1000
# Since when an event lasts is told within so many characters of its word.
_BESIDE = 40
# Another sentence's date of more days than these is not taken for an event's.
_VAGUE_DAYS = 400
# "The girls of Jangebe, in Zamfara": a region must be nearer than a town by so many characters.
_VAGUE_PLACE = 25
_COUNTED = 42
# Counts of this size are sums of money, not of people in one case.
_NOT_PEOPLE = 100_000
# A number that is only told of counts as so many characters farther than one to which the event happens.
_PASSIVE = 20
_LETS_GO = ("hostage_release", "prisoner_release", "ransom")
_AT_ONCE = ("hostage_release", "prisoner_release", "swap", "ransom")
# Their place is where the people are, not where a foreign government speaks.
_AT_HOME = ("hostage_release", "prisoner_release", "ransom", "amnesty", "policy_statement")


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
        and not is_named_for(text, words, m)
        and not words.words["office_of"].search(text, max(0, m.start - 24), m.start)
    ]
    ranked = sorted(spots, key=lambda m: _cost(text, words, draft, m))
    if not ranked:
        return None
    m = ranked[0]
    return Place(m.text, m.name or m.text, m.country, m.lat, m.lon, m.precision), (m.start, m.end)


def date_of(text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]) -> Mention | None:
    """The nearest date of the sentence that is its own; else the passage's nearest before it.

    Neither the abduction's date, nor since when, nor somebody's years in office is an event's own.
    """
    dates = [m for m in mentions if m.type == "DATE" and not _of_abduction(text, words, m)]
    dates = [m for m in dates if not _in_office(text, m) and not _is_since(text, draft, m)]
    here = [m for m in dates if draft.sentence[0] <= m.start < draft.sentence[1]]
    if here:
        return min(here, key=lambda m: _gap(draft, m) + (60 if _is_bound(m) else 0))
    sharp = [m for m in dates if not _is_vague(m)]
    before = [m for m in sharp if m.start < draft.start]
    return before[-1] if before else (sharp[0] if sharp else None)


def _is_since(text: str, draft: Draft, mention: Mention) -> bool:
    """Whether a date says since when, and does not stand right beside the event's word."""
    if mention.interval is None or mention.interval.precision != "after":
        return False
    if draft.type in _AT_ONCE:
        return True
    gap = (draft.end, mention.start) if draft.end <= mention.start else (mention.end, draft.start)
    between = text[slice(*gap)]
    return len(between) > _BESIDE or "," in between or "،" in between


def _in_office(text: str, mention: Mention) -> bool:
    """Whether a date of years stands in brackets, as behind a name or a law."""
    precision = mention.interval.precision if mention.interval else ""
    edges = text[max(0, mention.start - 1) : mention.start] + text[mention.end : mention.end + 1]
    return edges == "()" and precision in ("range", "year")


def _is_vague(mention: Mention) -> bool:
    """Whether a date is too vague to be taken over by another sentence."""
    interval = mention.interval
    if interval is None or interval.start is None or interval.end is None:
        return interval is not None
    return (interval.end - interval.start).days > _VAGUE_DAYS


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
    vague = _VAGUE_PLACE if mention.precision == "admin" else 0
    return outside + abduction + dateline + vague + _gap(draft, mention)


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
    if draft.type in _LETS_GO:
        fitting = [m for m in here if _fits(text, words, draft.type, m)] or here
        return _nearest(text, words, draft, fitting, mentions), None
    if draft.type != "swap":
        return None, None
    near = here or counted
    priced = [m for m in counted if words.words["exchanged_for"].search(text[max(0, m.start - 36) : m.start])]
    jailed = priced or [m for m in counted if _names(text, words, "prisoners", m)]
    held = [m for m in near if m not in jailed and not _names(text, words, "prisoners", m)]
    free = held or [m for m in near if m not in jailed]
    return (
        _nearest(text, words, draft, free, mentions),
        _nearest(text, words, draft, jailed, mentions),
    )


def _nearest(
    text: str, words: Lexicon, draft: Draft, numbers: Sequence[Mention], mentions: Sequence[Mention]
) -> tuple[int, tuple[int, int]] | None:
    valued = [m for m in numbers if m.value is not None]
    if not valued:
        return None
    best = min(valued, key=lambda m: _gap(draft, m) + (0 if _acted_on(text, words, m) else _PASSIVE))
    assert best.value is not None  # noqa: S101 - filtered above
    return int(best.value) + _named_beside(text, words, best, mentions), (best.start, best.end)


def _acted_on(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether the number itself is what happens to some of those named before: "of the seven, three were"."""
    return words.words["were"].match(text, mention.end + 1) is not None


def _named_beside(text: str, words: Lexicon, mention: Mention, mentions: Sequence[Mention]) -> int:
    """How many are named before "and two others"; one where it is someone without a name."""
    if not words.words["others"].match(text, mention.end + 1):
        return 0
    joint = words.words["joined_by"].search(text, max(0, mention.start - 16), mention.start)
    if joint is None:
        return 0
    before = [m for m in mentions if m.type == "PERSON" and 0 <= joint.start() - m.end < _BESIDE]
    return max(1, len({m.entity or m.text for m in before}))


def _after(text: str, mention: Mention) -> str:
    following = text[mention.end : mention.end + _COUNTED]
    return re.split(r"[.;:,()]|\d|،", following)[0]


def _of_people(text: str, words: Lexicon, mention: Mention) -> bool:
    if text.startswith("%", mention.end) or words.words["unit"].match(text, mention.end + 1):
        return False
    if words.words["numbered"].search(text, max(0, mention.start - 16), mention.start):
        return False
    after = _after(text, mention)
    if words.words["money"].match(after.strip()) or (mention.value or 0) >= _NOT_PEOPLE:
        return False
    around = text[max(0, mention.start - 4) : mention.end] + after
    if words.words["killed"].search(after):
        return False
    return (
        any(words.words[name].search(around) for name in ("captives", "prisoners", "people"))
        or not after.strip()
        or _acted_on(text, words, mention)
        or any(word.casefold() in people_codes() for word in after.split()[:2])
    )


def _names(text: str, words: Lexicon, name: str, mention: Mention) -> bool:
    return words.words[name].search(text[mention.start : mention.end] + _after(text, mention)) is not None


def _fits(text: str, words: Lexicon, kind: str, mention: Mention) -> bool:
    wanted, other = ("prisoners", "captives") if kind == "prisoner_release" else ("captives", "prisoners")
    return _names(text, words, wanted, mention) or not _names(text, words, other, mention)
