"""A tagged passage with its mentions into the at most three main events that it tells."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from nijar_nlp.cases.event_bearing import bearing, siding, within
from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_countries import country_of
from nijar_nlp.cases.event_drafts import Draft, drafts
from nijar_nlp.cases.event_facts import date_of, numbers_of, place_of
from nijar_nlp.cases.event_judge import judged, weights_version
from nijar_nlp.cases.event_parties import parties
from nijar_nlp.cases.event_ruling import IN_WORDS, SURE, TYPES_OF_TAGS, confidence, ruled
from nijar_nlp.cases.event_sides import Slot
from nijar_nlp.cases.event_signs import Reading, reading
from nijar_nlp.cases.event_sources import ORGANISATIONS, source_of, voice_of
from nijar_nlp.cases.event_states import States, with_states
from nijar_nlp.cases.event_words import LANGUAGES, Lexicon, lexicon, plain
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
    words = lexicon(language)
    voice = voice_of(outlet, text, kind)
    borne = [draft for draft in judged(read) if _is_borne(draft, tags, probabilities)]
    return tuple(
        _event(passage_id, number, text, read, words, draft, mentions, voice, states, about)
        for number, draft in enumerate(borne)
    )


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


def _event(
    passage_id: str,
    number: int,
    text: str,
    passage: Reading,
    words: Lexicon,
    draft: Draft,
    mentions: Sequence[Mention],
    voice: str,
    states: States,
    about: str,
) -> Event:
    read = passage.text
    near = within(mentions, bearing(passage, draft))
    dated = date_of(read, words, draft, near)
    who = parties(read, words, draft, mentions, siding(passage, draft), near)
    told, placed_at = country_of(read, words, who, draft, mentions)
    country = told or about
    place = place_of(read, words, draft, near)
    against = with_states(who.counterpart, words, country, dated.interval if dated else None, states)
    who = who._replace(counterpart=against)
    released, other = numbers_of(read, words, draft, near)
    source, said_at = source_of(read, words, draft, mentions, voice)
    spans: dict[str, tuple[tuple[int, int], ...]] = {
        slot: tuple(filled.span for filled in getattr(who, slot))
        for slot in who._fields
        if getattr(who, slot)
    }
    for slot, span in (
        ("type", (draft.start, draft.end) if draft.end > draft.start else None),
        ("status", draft.cue),
        ("country", placed_at),
        ("place", place[1] if place else None),
        ("date", (dated.start, dated.end) if dated else None),
        ("released_number", released[1] if released else None),
        ("released_number_other_side", other[1] if other else None),
        ("source", said_at),
    ):
        if span is not None:
            spans[slot] = (span,)
    return Event(
        id=content_id(passage_id, number, draft.type),
        passage_id=passage_id,
        type=draft.type,
        status=draft.status,
        armed_group=_as_written(text, read, who.armed_group),
        counterpart=_as_written(text, read, who.counterpart),
        mediator=_as_written(text, read, who.mediator),
        persons=_as_written(text, read, who.persons),
        country=country,
        place=place[0] if place else None,
        date=dated.interval if dated else None,
        released_number=released[0] if released else None,
        released_number_other_side=other[0] if other else None,
        source=source,
        confidence=confidence(draft),
        spans=spans,
    )


def _as_written(text: str, read: str, slots: Sequence[Slot]) -> tuple[Party, ...]:
    """The parties with the words of the text itself, where it was read in other letters."""
    return tuple(
        slot.party._replace(text=text[slice(*slot.span)])
        if slot.party.text == read[slice(*slot.span)]
        else slot.party
        for slot in slots
    )
