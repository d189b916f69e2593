"""Words for a state without its name ("the government") into the state of the event's country."""

from collections.abc import Mapping

from nijar_nlp.cases.event_sides import Slot
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Actor, DateInterval

States = Mapping[str, Actor]


def with_states(
    slots: tuple[Slot, ...], words: Lexicon, country: str, when: DateInterval | None, states: States
) -> tuple[Slot, ...]:
    """The slots, those that say "the government" or "the army" under the id of the state, each once.

    `states` are the register's, by country (ISO 3166-1 alpha-3); one that was not there at the time has none.
    """
    state = states.get(country)
    if state is None or not _is_there(state, when):
        return slots
    kept: dict[str, Slot] = {}
    for slot in slots:
        unnamed = slot.party.id is None and words.words["state"].fullmatch(slot.party.text)
        party = slot.party._replace(id=state.id) if unnamed else slot.party
        kept.setdefault(party.id or party.text.casefold(), Slot(party, slot.span))
    return tuple(kept.values())


def _is_there(state: Actor, when: DateInterval | None) -> bool:
    if when is None:
        return True
    ended = state.end is not None and when.start is not None and when.start > state.end
    unborn = state.start is not None and when.end is not None and when.end < state.start
    return not ended and not unborn
