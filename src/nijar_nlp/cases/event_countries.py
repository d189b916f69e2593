"""The country of an event: where the conflict or the case is, by the names around its words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_parties import Parties
from nijar_nlp.cases.event_sides import acts
from nijar_nlp.cases.event_words import Lexicon, plain
from nijar_nlp.peoples import peoples
from nijar_nlp.records import Mention

# Countries where talks are held and from which envoys and hostages come, rather than where a conflict is.
VENUES = frozenset(
    re.findall(
        r"\w+",
        "AUS AUT BEL CAN CHE CHN CUB DEU DNK ESP FIN FRA GBR ITA JPN KOR KWT NLD NOR OMN POL PRT QAT RUS "
        "SAU SWE ARE USA ROU GRC IRL ZAF HRV CZE HUN BGR",
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GROUP, _SITE, _VENUE, _ACTING, _PEOPLE = 6, 7, 3, 2, 1
_NEGOTIATED = ("talks", "mediation", "ceasefire_or_local_agreement", "policy_statement")
_HERE, _ELSEWHERE, _NO_VENUE = 2, 1, 5
_Vote = tuple[str, int, tuple[int, int]]


def country_of(
    text: str, words: Lexicon, parties: Parties, draft: Draft, mentions: Sequence[Mention]
) -> tuple[str, tuple[int, int] | None]:
    """The country and the words that give it: places and groups of the sentence first, never the mediator.

    Without words for it a country that follows from a group alone has no span.
    """
    votes: Counter[str] = Counter()
    best: dict[str, tuple[int, tuple[int, int]]] = {}
    for code, weight, span in _votes(text, words, parties, draft, mentions):
        near = _HERE if draft.sentence[0] <= span[0] < draft.sentence[1] else _ELSEWHERE
        value = weight * near * (1 if code in VENUES else _NO_VENUE)
        votes[code] += value
        if value > best.get(code, (0, span))[0]:
            best[code] = (value, span)
    if not votes:
        return "", None
    code = max(votes, key=lambda each: (votes[each], -best[each][1][0]))
    return code, best[code][1]


def _votes(
    text: str, words: Lexicon, parties: Parties, draft: Draft, mentions: Sequence[Mention]
) -> Iterator[_Vote]:
    apart = {slot.span for slot in parties.mediator}
    states = {m.country for m in mentions if (m.start, m.end) in apart and _is_state(m)}
    named = {
        m.country
        for m in mentions
        if _within(m, draft)
        and m.type == "PLACE"
        and m.precision in ("country", "admin")
        and not _is_doubtful(m)
        and m.country not in VENUES | states
    }
    for mention in mentions:
        if _is_elsewhere(text, words, mention) or (mention.country in states and _is_state(mention)):
            continue
        if named and mention.country not in named and _is_doubtful(mention) and _within(mention, draft):
            continue
        span = (mention.start, mention.end)
        if mention.country and span not in apart and (weight := _weight(text, words, draft, mention)):
            yield mention.country, weight, span
    for start, end, code in _people(text):
        if words.words["border"].match(text, end + 1):
            continue
        if code not in VENUES and not any(m.start <= start < m.end for m in mentions):
            yield code, _PEOPLE, (start, end)


def _is_state(mention: Mention) -> bool:
    return mention.precision == "country" or mention.how.startswith("register state")


def _within(mention: Mention, draft: Draft) -> bool:
    return draft.sentence[0] <= mention.start < draft.sentence[1]


def _is_doubtful(mention: Mention) -> bool:
    """Whether a place was only looked up by its name, and may be one of another country's of that name."""
    return (
        mention.type == "PLACE" and mention.precision != "country" and not mention.how.startswith("register")
    )


def _is_elsewhere(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether a place is where somebody is from, flees to or may go, or across the border."""
    if mention.type != "PLACE":
        return False
    before = words.words["elsewhere"].search(text, max(0, mention.start - 60), mention.start)
    return before is not None or words.words["border"].match(text, mention.end + 1) is not None


def _weight(text: str, words: Lexicon, draft: Draft, mention: Mention) -> int:
    """How much a mention says of where a case is; a venue's country only where a group or site is there."""
    if mention.type == "ARMED_GROUP":
        return _GROUP
    if mention.type == "PLACE":
        if is_named_for(text, words, mention):
            return 0
        state = mention.precision == "country" or mention.text.casefold() in CAPITALS
        if mention.country in VENUES:
            return 0 if state else 1
        if state and acts(text, words, mention):
            return _ACTING
        venue = draft.type in _NEGOTIATED and mention.precision != "country" and state
        return _VENUE if venue else _SITE
    return 0 if mention.country in VENUES else _ACTING


def is_named_for(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether a place is part of an accord's name: "the Algiers accord" names no place of an event."""
    before = words.words["named_for"].search(text, max(0, mention.start - 16), mention.start)
    return before is not None or words.words["named_after"].match(text, mention.end + 1) is not None


@lru_cache(maxsize=1)
def people_codes() -> dict[str, str]:
    """The words for peoples, small and in one spelling, with their countries."""
    return {plain(word).casefold(): code for word, code in peoples() if " " not in word}


def _people(text: str) -> Iterator[tuple[int, int, str]]:
    """The words for peoples in a text, an Arabic one also behind its particles."""
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        known = people_codes()
        code = known.get(word)
        if code is None and word[:1] in "وبلف":
            code = known.get(word[1:]) or known.get("ا" + word[1:] if word.startswith("لل") else "")
        if code:
            yield match.start(), match.end(), code
