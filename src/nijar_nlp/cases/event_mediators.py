"""Who stands between the sides of an event: mediators by the words beside them, or known as such."""

import re
from collections.abc import Sequence
from itertools import pairwise

from nijar_nlp.cases.event_bearing import within
from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_sides import (
    ARABIC,
    BEFORE,
    FACE_TO_FACE,
    Slot,
    acts,
    is_conference,
    is_handed_to,
    other_side,
    slot_of,
    unique,
)
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention, Party

# A word for mediating of fewer letters ("by", "par") tells it only of what was negotiated.
_WEAK = 5
# How far, in characters, such a word may stand before a name: right beside it, or at the head of its phrase.
_BESIDE, _REACH, _REACH_IN_ARABIC = 6, 36, 8
# How far it may stand after one, and after one that is known as a mediator; so much is looked at.
_FOLLOWS, _FOLLOWS_KNOWN, _AFTER = 12, 30, 46
# A mediator by title: "the mediator Blaise Compaoré".
_TITLE = re.compile(
    r"(?<!\w)(?:mediator|facilitator|médiateur|médiatrice|facilitateur|facilitatrice|ال(?:وسيط|ميسر))"
    r"(?: \w+){0,2},?\s+$",
    re.IGNORECASE,
)
# What was "brokered by" somebody was not brokered by the one before it.
_BY_ANOTHER = re.compile(r"\s+(?:by|par)(?!\w)")
_WATCHED = ("talks", "ceasefire_or_local_agreement", "mediation")
# Their mediator is named in their own sentence, if at all.
_BY_ITSELF = ("policy_statement", "ransom", "amnesty")


def mediators_of(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention], sides: set[tuple[int, int]]
) -> tuple[Slot, ...]:
    """The mediators of an event: those of its sentence, else of the passage; empty where none is told.

    `sides` are the stretches of A and B in "between A and B", if the sentence says so: who is known as a
    mediator, and stands beside them, is one.
    """
    here = within(mentions, [draft.sentence])
    found = _named(text, words, draft, here)
    if not found and draft.type not in _BY_ITSELF:
        found = _named(text, words, draft, mentions)
    if not found and draft.type == "mediation":
        found = _likely(text, words, draft, mentions)
    if not found and sides and draft.type in FACE_TO_FACE:
        beside = [m for m in here if "mediator" in m.how and (m.start, m.end) not in sides]
        found = unique(slot for m in beside if (slot := other_side(text, words, m)))
    return found


def _named(text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]) -> tuple[Slot, ...]:
    """Those named after "through the mediation of" or before "mediated"; else go-betweens without a name."""
    named = [
        m
        for m in mentions
        if _can_mediate(m) and (_is_mediator(text, words, m) or _monitors(words, draft, m))
    ]
    if named:
        found = [slot_of(m, CAPITALS.get(m.text.casefold()) if m.type == "PLACE" else None) for m in named]
        return unique(_with_neighbours(text, words, found, mentions))
    if draft.type == "mediation" or words.words["mediator_after"].search(text, *draft.sentence):
        return unique(
            Slot(Party(match.group()), match.span())
            for match in words.words["go_betweens"].finditer(text, *draft.sentence)
        )[:2]
    return ()


def _can_mediate(mention: Mention) -> bool:
    """Whether the name is of a person, a body, or a country or its capital; not a place by spaCy alone."""
    if mention.type == "PLACE":
        is_state = "country" in mention.how or mention.text.casefold() in CAPITALS
        return is_state and mention.how != "spacy"
    return mention.type in ("PERSON", "ORG")


def _likely(text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]) -> tuple[Slot, ...]:
    """Of a mediation without a named mediator: the nearest who is known as one; else go-betweens."""
    known = [m for m in mentions if "mediator" in m.how and not is_conference(m)]
    known = within(known, [draft.sentence]) or known
    if known:
        return (slot_of(min(known, key=lambda m: abs(m.start - draft.start))),)
    found = words.words["go_betweens"].search(text)
    return (Slot(Party(found.group()), found.span()),) if found else ()


def _with_neighbours(
    text: str, words: Lexicon, found: Sequence[Slot], mentions: Sequence[Mention]
) -> list[Slot]:
    """The mediators with those joined to them by "and": "Qatar and Egypt"."""
    spans = {slot.span for slot in found}
    slots = list(found)
    names = [m for m in mentions if m.type in ("PERSON", "ORG", "PLACE")]
    for one, other in pairwise(names):
        gap = text[one.end : other.start].strip()
        listed = gap == "," and (other.type == "PERSON" or "mediator" in other.how)
        joint = words.words["and"].fullmatch(gap) or listed
        for known, added in ((one, other), (other, one)):
            if joint and (known.start, known.end) in spans and (added.start, added.end) not in spans:
                spans.add((added.start, added.end))
                slots.append(slot_of(added))
    return sorted(slots, key=lambda slot: slot.span)


def _is_mediator(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether a title, or words before or after the name, make it a mediator's."""
    if "country" in mention.how and is_handed_to(text, words, mention):
        return False
    before = text[max(0, mention.start - BEFORE) : mention.start]
    if mention.type == "PERSON" and _TITLE.search(before):
        return True
    in_capitals = mention.text.casefold() in CAPITALS
    capital = in_capitals and acts(text, words, mention)
    known = "mediator" in mention.how or capital
    venue = in_capitals and not capital
    return _is_led_to(words, mention, before, known=known, venue=venue) or _is_followed(
        text, words, mention, known=known
    )


def _is_led_to(words: Lexicon, mention: Mention, before: str, *, known: bool, venue: bool) -> bool:
    """Whether the last word for mediating before a name leads to it: "through the mediation of"."""
    lead = _last(words.words["mediator_before"], before)
    if lead is None:
        return False
    gap = len(before) - lead.end()
    weak = len(lead.group()) < _WEAK
    if weak and not words.words["negotiated"].search(before[: lead.start()]):
        return False
    if gap < _BESIDE:
        return known or not weak
    reach = _REACH_IN_ARABIC if ARABIC.search(mention.text) else _REACH
    return not venue and not weak and gap < reach and not re.search(r"[.,;]", before[lead.end() :])


def _is_followed(text: str, words: Lexicon, mention: Mention, *, known: bool) -> bool:
    """Whether a word for mediating follows a name: from near, or from farther one known as a mediator."""
    after = text[mention.end : mention.end + _AFTER]
    tail = words.words["mediator_after"].search(after)
    if tail is None or _BY_ANOTHER.match(after, tail.end()):
        return False
    return tail.start() < (_FOLLOWS_KNOWN if known else _FOLLOWS) and "." not in after[: tail.start()]


def _monitors(words: Lexicon, draft: Draft, mention: Mention) -> bool:
    """Whether a body of the register that watches over a truce, or an envoy, is named in its sentence."""
    return (
        draft.type in _WATCHED
        and "mediator" in mention.how
        and bool(within([mention], [draft.sentence]))
        and words.words["monitors"].search(mention.text) is not None
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last
