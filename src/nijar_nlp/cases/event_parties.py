"""Who acts in an event: armed groups, those on the other side, mediators, persons, and who says so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_drafts import Draft, sentences
from nijar_nlp.cases.event_persons import persons_of
from nijar_nlp.cases.event_sides import (
    ARABIC,
    BEFORE,
    Slot,
    acts,
    is_handed_to,
    is_held,
    is_no_side,
    is_onlooker,
    is_rescuer,
    other_side,
    slot_of,
    unique,
)
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention, Party

_AFTER = 46
# A mediator by title: "the mediator Blaise Compaoré".
_TITLE = re.compile(
    r"(?<!\w)(?:mediator|facilitator|médiateur|médiatrice|facilitateur|facilitatrice|ال(?:وسيط|ميسر))"
    r"(?: \w+){0,2},?\s+$",
    re.IGNORECASE,
)
# Between the names of a list stand at most so many characters: ", the ", " et du ".
_LIST_GAP = 12
_LISTED_GROUPS = 3
_WITH = re.compile(r"(?<!\w)(?:with|avec|مع)(?: [\w'’-]+){0,4}[\s'’]*$")
# What was "brokered by" somebody was not brokered by the one before it.
_BY_ANOTHER = re.compile(r"\s+(?:by|par)(?!\w)")
_CONFERENCE = re.compile(r"dialogue|conf[ée]rence|حوار|مؤتمر", re.IGNORECASE)
_WATCHED = ("talks", "ceasefire_or_local_agreement", "mediation")
_NEGOTIATED = ("talks", "ceasefire_or_local_agreement", "swap", "mediation")


class Parties(NamedTuple):
    """The parties of one event."""

    armed_group: tuple[Slot, ...]
    counterpart: tuple[Slot, ...]
    mediator: tuple[Slot, ...]
    persons: tuple[Slot, ...]


def parties(
    text: str,
    words: Lexicon,
    draft: Draft,
    mentions: Sequence[Mention],
    siding: Sequence[tuple[int, int]],
    near: Sequence[Mention],
) -> Parties:
    """The parties of an event: those of its sentence first, else those of the sentences that bear on it.

    `siding` are the sentences that may name its sides, `near` the mentions of those that bear on it; only an
    armed group is looked for in all `mentions` of the passage.
    """
    sentence = draft.sentence
    here = [m for m in mentions if _within(m, sentence)]
    mediators = _mediators(text, words, draft, here)
    if not mediators and draft.type not in ("policy_statement", "ransom", "amnesty"):
        mediators = _mediators(text, words, draft, mentions)
    if not mediators and draft.type == "mediation":
        mediators = _likely_mediators(text, words, draft, mentions)
    taken = {slot.span for slot in mediators}
    sides = _between(text, words, here)
    if sides and not mediators and draft.type in _NEGOTIATED:
        mediators = unique(
            slot
            for m in here
            if (m.start, m.end) not in sides and "mediator" in m.how and (slot := other_side(text, words, m))
        )
        taken = {slot.span for slot in mediators}
    around = _around(text, sentence)
    groups = _groups(here, taken) or _first(
        _groups([m for m in mentions if _within(m, each)], taken) for each in around
    )
    two_sides = len(groups) > 1 and draft.type in _NEGOTIATED and not _on_one_side(text, words, groups)
    others = _counterparts(text, words, sentence, here, taken, draft.type, named_only=two_sides)
    if sides:
        others = tuple(slot for slot in others if slot.span in sides) or others
    if not others and draft.type != "hostage_release":
        others = _first(
            _counterparts(
                text,
                words,
                each,
                [m for m in mentions if _within(m, each)],
                taken,
                draft.type,
                named_only=two_sides,
            )
            for each in around
            if each in siding
        )
    others = _at_home(others, groups, mentions)
    groups = tuple(sorted(groups, key=lambda slot: slot.party.text[:1].islower()))
    if not others and two_sides:
        groups, others = groups[:1], groups[1:2]
    people = {m.entity or m.text for m in mentions if m.type == "PERSON"}
    elsewhere = () if draft.type == "policy_statement" and len(people) > 1 else near
    return Parties(groups, others, mediators, persons_of(text, draft.type, here, elsewhere))


def _around(text: str, sentence: tuple[int, int]) -> list[tuple[int, int]]:
    """The other sentences: those before from the nearest to the first, then those after."""
    known = sentences(text)
    before = [s for s in known if s[1] <= sentence[0]]
    return before[::-1] + [s for s in known if s[0] >= sentence[1]]


def _first(found: Iterable[tuple[Slot, ...]]) -> tuple[Slot, ...]:
    return next((slots for slots in found if slots), ())


def _at_home(
    others: tuple[Slot, ...], groups: Sequence[Slot], mentions: Sequence[Mention]
) -> tuple[Slot, ...]:
    """Of several on the other side those of the groups' countries; the rest look on."""
    where = {(m.start, m.end): m.country for m in mentions}
    countries = {where.get(slot.span, "") for slot in groups} - {""}
    own = tuple(slot for slot in others if where.get(slot.span, "") in countries)
    return own if own and len(others) > 1 else others


def _within(mention: Mention, stretch: tuple[int, int]) -> bool:
    return stretch[0] <= mention.start and mention.end <= stretch[1]


def _groups(mentions: Sequence[Mention], taken: set[tuple[int, int]]) -> tuple[Slot, ...]:
    named = unique(
        slot_of(m)
        for m in mentions
        if m.type == "ARMED_GROUP" and m.how != "coreference" and (m.start, m.end) not in taken
    )
    return named or unique(
        Slot(Party(m.name or m.text, m.entity), (m.start, m.end))
        for m in mentions
        if m.type == "ARMED_GROUP" and m.how == "coreference"
    )


def _counterparts(
    text: str,
    words: Lexicon,
    stretch: tuple[int, int],
    mentions: Sequence[Mention],
    taken: set[tuple[int, int]],
    kind: str,
    *,
    named_only: bool,
) -> tuple[Slot, ...]:
    named = [
        slot
        for m in mentions
        if (m.start, m.end) not in taken
        and not is_held(text, words, m)
        and not is_onlooker(text, words, m)
        and not (kind == "hostage_release" and is_rescuer(text, words, stretch, m))
        and not _CONFERENCE.search(m.text)
        and (slot := other_side(text, words, m)) is not None
    ]
    if named:
        return unique(iter(named))[:3]
    if named_only:
        return ()
    elders = unique(
        slot_of(m)
        for m in mentions
        if m.how.startswith("register mediator")
        and (m.start, m.end) not in taken
        and not _CONFERENCE.search(m.text)
    )
    return (elders or unique(_unnamed(text, words, stretch, mentions, taken, kind)))[:2]


def _between(text: str, words: Lexicon, mentions: Sequence[Mention]) -> set[tuple[int, int]]:
    """The stretches of the two sides in "between A and B"; empty where the text names none so."""
    parties = [m for m in mentions if m.type in ("ARMED_GROUP", "ORG", "PLACE")]
    for first, second in pairwise(parties):
        if words.words["between"].search(text[max(0, first.start - 18) : first.start]) and words.words[
            "and"
        ].fullmatch(text[first.end : second.start].strip()):
            return {(first.start, first.end), (second.start, second.end)}
    return set()


def _unnamed(
    text: str,
    words: Lexicon,
    stretch: tuple[int, int],
    mentions: Sequence[Mention],
    taken: set[tuple[int, int]],
    kind: str,
) -> Iterator[Slot]:
    held = [(m.start, m.end) for m in mentions if m.type != "PLACE"] + list(taken)
    groups = {m.end for m in mentions if m.type == "ARMED_GROUP"}
    for name in ("state", "community"):
        for match in words.words[name].finditer(text, *stretch):
            free = not any(start < match.end() and match.start() < end for start, end in held)
            if kind != "policy_statement" and words.words["said"].match(text, match.end() + 1):
                continue
            titled = name == "state" and any(
                0 <= m.start - match.end() < 14 for m in mentions if m.type == "PERSON"
            )
            theirs = match.start() - 1 in groups and not ARABIC.match(match.group())
            if theirs or is_no_side(text, words, match, kind):
                continue
            if free and not titled:
                yield Slot(Party(match.group()), match.span())


def _mediators(text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]) -> tuple[Slot, ...]:
    """Those named after "through the mediation of" or before "mediated"; else go-betweens without a name."""
    found = []
    for mention in mentions:
        if mention.type not in ("PERSON", "ORG", "PLACE") or (
            mention.how == "spacy" and mention.type == "PLACE"
        ):
            continue
        if mention.type == "PLACE" and not ("country" in mention.how or mention.text.casefold() in CAPITALS):
            continue
        if _is_mediator(text, words, mention) or _monitors(words, draft, mention):
            found.append(
                slot_of(mention, CAPITALS.get(mention.text.casefold()) if mention.type == "PLACE" else None)
            )
    if found:
        return unique(iter(_with_neighbours(text, words, found, mentions)))
    if draft.type == "mediation" or words.words["mediator_after"].search(text, *draft.sentence):
        return unique(
            Slot(Party(match.group()), match.span())
            for match in words.words["go_betweens"].finditer(text, *draft.sentence)
        )[:2]
    return ()


def _likely_mediators(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]
) -> tuple[Slot, ...]:
    """Of a mediation without a named mediator: the nearest who is known as one; else go-betweens."""
    known = [m for m in mentions if "mediator" in m.how and not _CONFERENCE.search(m.text)]
    known = [m for m in known if _within(m, draft.sentence)] or known
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
    if "country" in mention.how and is_handed_to(text, words, mention):
        return False
    capital = mention.text.casefold() in CAPITALS and acts(text, words, mention)
    known = "mediator" in mention.how or capital
    before = text[max(0, mention.start - BEFORE) : mention.start]
    after = text[mention.end : mention.end + _AFTER]
    if mention.type == "PERSON" and _TITLE.search(before):
        return True
    lead = _last(words.words["mediator_before"], before)
    if lead is not None:
        weak = len(lead.group()) < 5
        gap = len(before) - lead.end()
        idle = weak and not words.words["negotiated"].search(before[: lead.start()])
        venue = gap >= 6 and mention.text.casefold() in CAPITALS and not capital
        if idle or venue:
            lead = None
        elif (gap < 6 and (known or not weak)) or (
            gap < (8 if ARABIC.search(mention.text) else 36)
            and not weak
            and not re.search(r"[.,;]", before[lead.end() :])
        ):
            return True
    tail = words.words["mediator_after"].search(after)
    if tail is not None and _BY_ANOTHER.match(after, tail.end()):
        return False
    return tail is not None and tail.start() < (30 if known else 12) and "." not in after[: tail.start()]


def _monitors(words: Lexicon, draft: Draft, mention: Mention) -> bool:
    """Whether a body of the register that watches over a truce, or an envoy, is named in its sentence."""
    return (
        draft.type in _WATCHED
        and "mediator" in mention.how
        and _within(mention, draft.sentence)
        and words.words["monitors"].search(mention.text) is not None
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def _on_one_side(text: str, words: Lexicon, groups: Sequence[Slot]) -> bool:
    """Whether groups stand in one list of three or more, or behind one "with": together, not face to face."""
    spans = sorted(slot.span for slot in groups)
    gaps = [text[one[1] : other[0]].strip() for one, other in pairwise(spans)]
    if not all(len(gap) < _LIST_GAP and not re.search(r"[.;:()]", gap) for gap in gaps):
        return False
    before = text[max(0, spans[0][0] - BEFORE) : spans[0][0]]
    if words.words["between"].search(before[-18:]):
        return False
    return len(spans) >= _LISTED_GROUPS or _WITH.search(before) is not None
