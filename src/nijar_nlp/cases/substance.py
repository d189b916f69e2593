"""A tagged passage into whether it tells of a case of its own, or of dealing with armed groups in general."""

from collections.abc import Sequence

from nijar_nlp.cases.event_ruling import IN_WORDS, SURE
from nijar_nlp.records import Event, Evidence

_SEVERAL = 2
_CLEARLY = 0.6  # confidence of an event from which its words are plain, and not only near each other
_SHARP_DAYS = 92
_DEEDS = ("done", "agreed", "failed")


def tells_of_a_case(item: Evidence) -> bool:
    """Whether a passage may open a case: tagged, and told in words or surely, of somebody or somewhere.

    A stand on talks alone is a case only where the group is named. What was plainly done or agreed, at a time
    that is told, is a case also where no register knows the parties.
    """
    if not item.tags:
        return False
    named = any(m.type == "ARMED_GROUP" and m.entity for m in item.mentions) or any(
        party.id for event in item.events for party in event.armed_group
    )
    if item.events and all(event.type == "policy_statement" for event in item.events):
        return named
    persons = any(m.type == "PERSON" for m in item.mentions)
    many = any((event.released_number or 0) >= _SEVERAL for event in item.events)
    if any(map(is_told_in_words, item.events)):
        return named or persons or many or _is_local(item) or any(map(_is_dated_deed, item.events))
    return _is_sure(item) and (named or persons or many)


def may_tell_of_a_case(item: Evidence) -> bool:
    """Whether a passage may bear a candidate: it tells of a case, or perhaps of a deed or talks of somebody
    or somewhere. Wider than what opens a case, so that no unsure tag hides one.

    A country alone is somewhere where the tag is sure and words tell the event: "in Mali talks have begun".
    """
    if tells_of_a_case(item):
        return True
    dealings = [event for event in item.events if event.type != "policy_statement"]
    if not item.tags or not dealings:
        return False
    in_a_country = any(event.country and is_told_in_words(event) for event in dealings)
    return _is_local(item) or _names_somebody(item) or (in_a_country and _is_sure(item))


def _is_sure(item: Evidence) -> bool:
    return max((item.probabilities.get(tag, 0.0) for tag in item.tags), default=0.0) >= SURE


def _names_somebody(item: Evidence) -> bool:
    return any(m.type in ("ARMED_GROUP", "PERSON") for m in item.mentions) or any(
        event.armed_group or event.persons for event in item.events
    )


def is_told_in_words(event: Event) -> bool:
    """Whether words of the passage tell the event, and not its tag alone."""
    return event.confidence >= IN_WORDS


def told_in_words(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that words of the passage tell; all of them where there is none."""
    return tuple(filter(is_told_in_words, events)) or tuple(events)


def _is_dated_deed(event: Event) -> bool:
    """Whether an event is plainly told as done or agreed, at a time known to the quarter."""
    if event.status not in _DEEDS or event.type == "policy_statement" or event.confidence < _CLEARLY:
        return False
    day = event.date
    return bool(day and day.start and day.end and (day.end - day.start).days <= _SHARP_DAYS)


def _is_local(item: Evidence) -> bool:
    """Whether a passage names a place smaller than a country."""
    return any(event.place is not None for event in item.events) or any(
        m.type == "PLACE" and m.precision != "country" for m in item.mentions
    )
