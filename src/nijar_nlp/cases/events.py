"""A tagged passage with its mentions into the at most three main events that it tells."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from nijar_nlp.cases.event_bearing import bearing, siding, within
from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_countries import country_of
from nijar_nlp.cases.event_drafts import Draft, drafts
from nijar_nlp.cases.event_facts import date_of, numbers_of, place_of
from nijar_nlp.cases.event_judge import judged, weights_version
from nijar_nlp.cases.event_parties import Parties, parties
from nijar_nlp.cases.event_ruling import IN_WORDS, SURE, TYPES_OF_TAGS, confidence, ruled
from nijar_nlp.cases.event_sides import Slot
from nijar_nlp.cases.event_signs import Reading, reading
from nijar_nlp.cases.event_sources import ORGANISATIONS, source_of, voice_of
from nijar_nlp.cases.event_states import States, with_states
from nijar_nlp.cases.event_words import LANGUAGES, lexicon, plain
from nijar_nlp.records import Event, Mention, Party, content_id

_ROOM_VERSION = "12"
_NO_STATES: States = MappingProxyType({})
EVENTS_VERSION = content_id(
    _ROOM_VERSION,
    weights_version(),
    *sorted(CAPITALS.items()),
    ORGANISATIONS,
    *(lexicon(code).version for code in LANGUAGES),
)


class _Passage(NamedTuple):
    """A passage as its events are read: `text` as it is written, `read` in the letters of the lexicon."""

    id: str
    text: str
    read: Reading
    mentions: Sequence[Mention]
    voice: str
    states: States
    about: str


def events_of(
    passage_id: str,
    text: str,
    language: str,
    tags: Sequence[str],
    mentions: Sequence[Mention],
    probabilities: Mapping[str, float] | None = None,
    outlet: str = "",
    kind: str = "body",
    states: States = _NO_STATES,
    about: str = "",
) -> tuple[Event, ...]:
    """The main events of a passage under its tags, in the order of the text.

    `probabilities` are those of the tags, and leave out what only a doubtful tag tells and no word; without
    them all tags are sure. `outlet` is who publishes the passage, where known, `kind` the passage's, and
    `about` the country around it, which counts where the passage itself tells none. `states` are the
    register's by country, for "the government" of an event's country.
    None without a tag, and none where no armed side is in sight: no group, leader, captive or ceasefire.
    """
    read = read_as_judged(text, language, tags, mentions)
    if read is None:
        return ()
    passage = _Passage(passage_id, text, read, mentions, voice_of(outlet, text, kind), states, about)
    borne = [draft for draft in judged(read) if _is_borne(draft, tags, probabilities)]
    return tuple(_event(passage, number, draft) for number, draft in enumerate(borne))


def _is_borne(draft: Draft, tags: Sequence[str], probabilities: Mapping[str, float] | None) -> bool:
    """Whether words tell an event, or a tag that is sure."""
    if probabilities is None or confidence(draft) >= IN_WORDS:
        return True
    telling = [tag for tag in tags if draft.type in TYPES_OF_TAGS.get(tag, ())]
    return any(probabilities.get(tag, 0.0) >= SURE for tag in telling)


def read_as_judged(
    text: str, language: str, tags: Sequence[str], mentions: Sequence[Mention]
) -> Reading | None:
    """A passage with what the rules make of it, under the tags that may tell events; None if none may."""
    words = lexicon(language)
    read = plain(text) if language == "ar" else text
    groups = any(m.type == "ARMED_GROUP" or (m.type == "PERSON" and m.entity) for m in mentions)
    armed = groups or words.words["armed"].search(read) is not None
    if not armed:  # a release by captors whom nobody names is told all the same
        tags = [tag for tag in tags if tag == "hostage_exchange"]
    if not tags:
        return None
    found = drafts(read, language, tags, mentions)
    if not armed and not found:
        return None
    return reading(read, language, tags, mentions, found, ruled(found, tags, read, language))


def _event(passage: _Passage, number: int, draft: Draft) -> Event:
    text, words, mentions = passage.read.text, lexicon(passage.read.language), passage.mentions
    near = within(mentions, bearing(passage.read, draft))
    dated = date_of(text, words, draft, near)
    day = dated.interval if dated else None
    who = parties(text, words, draft, mentions, siding(passage.read, draft), near)
    country, country_at = country_of(text, words, who, draft, mentions)
    country = country or passage.about
    who = who._replace(counterpart=with_states(who.counterpart, words, country, day, passage.states))
    place, place_at = place_of(text, words, draft, near) or (None, None)
    released, others = (number or (None, None) for number in numbers_of(text, words, draft, near))
    source, source_at = source_of(text, words, draft, mentions, passage.voice)
    return Event(
        id=content_id(passage.id, number, draft.type),
        passage_id=passage.id,
        type=draft.type,
        status=draft.status,
        armed_group=_as_written(passage, who.armed_group),
        counterpart=_as_written(passage, who.counterpart),
        mediator=_as_written(passage, who.mediator),
        persons=_as_written(passage, who.persons),
        country=country,
        place=place,
        date=day,
        released_number=released[0],
        released_number_other_side=others[0],
        source=source,
        confidence=confidence(draft),
        spans=_spans(
            draft,
            who,
            country=country_at,
            place=place_at,
            date=(dated.start, dated.end) if dated else None,
            released_number=released[1],
            released_number_other_side=others[1],
            source=source_at,
        ),
    )


def _spans(
    draft: Draft, who: Parties, **others: tuple[int, int] | None
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where the text fills each slot, the parties first; without the slots that nothing fills."""
    words = (draft.start, draft.end) if draft.end > draft.start else None
    spans = {slot: tuple(each.span for each in slots) for slot, slots in who._asdict().items() if slots}
    singles = {"type": words, "status": draft.cue, **others}
    return spans | {slot: (span,) for slot, span in singles.items() if span is not None}


def _as_written(passage: _Passage, slots: Sequence[Slot]) -> tuple[Party, ...]:
    """The parties with the words of the text itself, where it was read in other letters."""
    return tuple(
        slot.party._replace(text=passage.text[slice(*slot.span)])
        if slot.party.text == passage.read.text[slice(*slot.span)]
        else slot.party
        for slot in slots
    )
