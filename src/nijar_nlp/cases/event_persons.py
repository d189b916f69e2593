"""Persons named into those of an event: released, negotiating, mediating, calling for it or refusing it."""

import re
from collections.abc import Sequence

from nijar_nlp.cases.event_sides import BEFORE, Slot, slot_of, unique
from nijar_nlp.records import Mention

_SPOKESMAN = re.compile(
    r"(?:spokes\w+|porte-parole|المتحدث|الناطق)(?:[^.]|\b(?:M|Mr|Mme|Dr)\.){0,40}$", re.IGNORECASE
)
_IS_SPOKESMAN = re.compile(
    r"\s*[,(،]?\s*(?:the |an? |le |la |une? |l['’])?(?:[\w-]+ )?(?:spokes\w+|porte-parole|ال(?:متحدث|ناطق))",
    re.IGNORECASE,
)
# Who gives an opinion, or is asked in the street, is no party to anything.
_OPINION = (
    r"(?:analysts?|experts?|researchers?|commentators?|columnists?|historians?|residents?|shopkeepers?|traders?|"
    r"analystes?|chercheu(?:r|se)s?|éditorialistes?|historiens?|politologues?|habitante?s?|commerçante?s?)"
)
_GIVES_OPINION = re.compile(
    rf"\s*[,(]\s*(?:the |an? |le |la |une? |l['’])?(?:[\w-]+ )?{_OPINION}(?!\w)", re.IGNORECASE
)
_OPINION_OF = re.compile(
    rf"(?<!\w)(?:{_OPINION}|(?:ال)?(?:محلل|خبير|باحث|كاتب|أكاديمي)(?: ال\w+){{0,2}}),? $", re.IGNORECASE
)
_DIED = re.compile(
    r"\s(?:was|were|had been|has been|is|a été|ont été|avait été|est)(?: \w+ly| \w+ment)? "
    r"(?:killed|murdered|executed|beheaded|tuée?|assassinée?|exécutée?|décapitée?|morte?|décédée?)(?!\w)"
)
_FREES = ("hostage_release", "prisoner_release", "swap", "ransom")


def _without_surnames(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The persons, each once: a surname beside the full name that ends in it is the same person."""
    full = {slot.party.text.split()[-1] for slot in slots if " " in slot.party.text}
    return tuple(slot for slot in slots if " " in slot.party.text or slot.party.text not in full)


def _looks_on(text: str, kind: str, mention: Mention) -> bool:
    """Whether a person only announces, gives an opinion, or is dead where others are let go."""
    before = text[max(0, mention.start - BEFORE) : mention.start]
    return (
        _SPOKESMAN.search(before[-50:]) is not None
        or _IS_SPOKESMAN.match(text, mention.end) is not None
        or (_DIED.match(text, mention.end) is not None if kind in _FREES else _opines(text, mention, before))
    )


def _opines(text: str, mention: Mention, before: str) -> bool:
    return _GIVES_OPINION.match(text, mention.end) is not None or _OPINION_OF.search(before) is not None


def persons_of(
    text: str, kind: str, here: Sequence[Mention], mentions: Sequence[Mention]
) -> tuple[Slot, ...]:
    """The persons of the sentence, without those who look on; else those of the passage."""
    for known in (here, mentions):
        found = unique(slot_of(m) for m in known if m.type == "PERSON" and not _looks_on(text, kind, m))
        if found:
            return _without_surnames(found)[:4]
    return ()
