"""Who acts in an event: armed groups, those on the other side, mediators and persons."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nijar_nlp.cases.event_bearing import within
from nijar_nlp.cases.event_drafts import Draft, sentences
from nijar_nlp.cases.event_mediators import mediators_of
from nijar_nlp.cases.event_persons import persons_of
from nijar_nlp.cases.event_sides import (
    ARABIC,
    BEFORE,
    FACE_TO_FACE,
    Slot,
    is_conference,
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

# Between the names of a list stand at most so many characters: ", the ", " et du ".
_LIST_GAP = 12
_LISTED_GROUPS = 3
# So near before a person's name, in characters, a word for the state is a title.
_TITLED = 14
_WITH = re.compile(r"(?<!\w)(?:with|avec|مع)(?: [\w'’-]+){0,4}[\s'’]*$")


class Parties(NamedTuple):
    """The parties of one event."""

    armed_group: tuple[Slot, ...]
    counterpart: tuple[Slot, ...]
    mediator: tuple[Slot, ...]
    persons: tuple[Slot, ...]


class _Scene(NamedTuple):
    """A passage in which the sides of one event are looked for, its mediators aside."""

    text: str
    words: Lexicon
    draft: Draft
    mentions: Sequence[Mention]
    mediators: set[tuple[int, int]]


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
    here = within(mentions, [draft.sentence])
    between = _between(text, words, here)
    mediators = mediators_of(text, words, draft, mentions, between)
    scene = _Scene(text, words, draft, mentions, {slot.span for slot in mediators})
    groups = _nearest_groups(scene)
    facing = len(groups) > 1 and draft.type in FACE_TO_FACE and not _on_one_side(text, words, groups)
    others = _other_sides(scene, siding, between, named_only=facing)
    others = _at_home(others, groups, mentions)
    groups = tuple(sorted(groups, key=lambda slot: slot.party.text[:1].islower()))
    if not others and facing:
        groups, others = groups[:1], groups[1:2]
    people = {m.entity or m.text for m in mentions if m.type == "PERSON"}
    elsewhere = () if draft.type == "policy_statement" and len(people) > 1 else near
    return Parties(groups, others, mediators, persons_of(text, draft.type, here, elsewhere))


def _nearest_groups(scene: _Scene) -> tuple[Slot, ...]:
    """The armed groups of the event's sentence, else of the nearest that names one."""
    stretches = [scene.draft.sentence, *_around(scene.text, scene.draft.sentence)]
    return _first(_groups(within(scene.mentions, [each]), scene.mediators) for each in stretches)


def _other_sides(
    scene: _Scene, siding: Sequence[tuple[int, int]], between: set[tuple[int, int]], *, named_only: bool
) -> tuple[Slot, ...]:
    """Those across from the group in the event's sentence, else in the nearest that may name its sides.

    Of those of its sentence the ones that it names in "between A and B", if any. Who lets hostages go is not
    told in another sentence.
    """
    own = _counterparts(scene, scene.draft.sentence, named_only=named_only)
    own = tuple(slot for slot in own if slot.span in between) or own
    if own or scene.draft.type == "hostage_release":
        return own
    return _first(
        _counterparts(scene, each, named_only=named_only)
        for each in _around(scene.text, scene.draft.sentence)
        if each in siding
    )


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


def _counterparts(scene: _Scene, stretch: tuple[int, int], *, named_only: bool) -> tuple[Slot, ...]:
    """The other side as a sentence tells it: by name, else, unless that is wanted, elders or "the army"."""
    text, words = scene.text, scene.words
    mentions = [
        m
        for m in within(scene.mentions, [stretch])
        if (m.start, m.end) not in scene.mediators and not is_conference(m)
    ]
    rescue = scene.draft.type == "hostage_release"
    named = [
        slot
        for m in mentions
        if not is_held(text, words, m)
        and not is_onlooker(text, words, m)
        and not (rescue and is_rescuer(text, words, stretch, m))
        and (slot := other_side(text, words, m)) is not None
    ]
    if named or named_only:
        return unique(named)[:3]
    elders = unique(slot_of(m) for m in mentions if m.how.startswith("register mediator"))
    return (elders or unique(_unnamed(scene, stretch)))[:2]


def _between(text: str, words: Lexicon, mentions: Sequence[Mention]) -> set[tuple[int, int]]:
    """The stretches of the two sides in "between A and B"; empty where the text names none so."""
    parties = [m for m in mentions if m.type in ("ARMED_GROUP", "ORG", "PLACE")]
    for first, second in pairwise(parties):
        if words.words["between"].search(text[max(0, first.start - 18) : first.start]) and words.words[
            "and"
        ].fullmatch(text[first.end : second.start].strip()):
            return {(first.start, first.end), (second.start, second.end)}
    return set()


def _unnamed(scene: _Scene, stretch: tuple[int, int]) -> Iterator[Slot]:
    """Words for a state or a community without a name, where they are a side."""
    text, words, kind = scene.text, scene.words, scene.draft.type
    mentions = within(scene.mentions, [stretch])
    named = scene.mediators | {(m.start, m.end) for m in mentions if m.type != "PLACE"}
    groups = {m.end for m in mentions if m.type == "ARMED_GROUP"}
    people = [m.start for m in mentions if m.type == "PERSON"]
    for name in ("state", "community"):
        for match in words.words[name].finditer(text, *stretch):
            start, end = match.span()
            speaks = kind != "policy_statement" and words.words["said"].match(text, end + 1)
            titled = name == "state" and any(0 <= person - end < _TITLED for person in people)
            theirs = start - 1 in groups and not ARABIC.match(match.group())
            if speaks or titled or theirs or is_no_side(text, words, match, kind):
                continue
            if not any(first < end and start < last for first, last in named):
                yield Slot(Party(match.group()), (start, end))


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
