# ruff: noqa: E501 - word lists read better unbroken
"""Names of the register into when, and beside which countries, they stand for an actor."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from nijar_nlp.mentions.words import fold, key_of, word_set
from nijar_nlp.records import Actor, DateInterval
from nijar_nlp.tenures import Span, in_role, is_title_alone, meet, spans

# Words that half the world's governments and movements are named by: a name of these alone tells no country.
_GENERIC = word_set(
    "the of for and in national transitional interim provisional supreme high council government unity accord salvation front "
    "southern northern eastern western free army popular people peoples s movement liberation revolutionary democratic union "
    "alliance coalition forces force armed congress committee commission authority republic defence defense patriotic opposition "
    "resistance justice military command conseil gouvernement nationale transition unite union salut front sud nord populaire peuple "
    "mouvement liberation revolutionnaire democratique alliance coalition armees armee parti congres comite libre defense du de des "
    "la le les l d et pour haut provisoire militaire autorite المجلس الحكومه حكومه الوحده الوطنيه الوطني الانتقالي الانتقاليه جبهه "
    "الجبهه الجيش جيش الحر الشعبيه الشعبي حركه التحرير القوات المسلحه الاعلي العسكري الرئاسي مجلس تحالف المقاومه الجنوب الجنوبيه "
    "الوفاق الانقاذ الدفاع"
)
# By such words a name means those who govern: who governed before or after bears it no more.
_GOVERNS = word_set(
    "government authorities state regime administration gouvernement autorites etat regime administration الحكومه حكومه السلطات "
    "سلطات الدوله النظام نظام army military forces armed troops armee forces militaires الجيش القوات قوات"
)
_STATE_TYPES = ("state", "state_body")
_FORMER = re.compile(
    r"(?:\b(?:former|late|ex|deposed|ousted|then-former|ancien(?:ne)?|défunt|déchu)|السابق|الأسبق|الراحل|المخلوع)[\s\-]+$",
    re.IGNORECASE,
)


class Standing(NamedTuple):
    """When a name stands for an actor, and whether it does so beside the actor's own countries alone.

    `needs_country` also asks for one of them where the passage speaks of none.
    """

    spans: tuple[Span, ...]
    at_home: bool
    needs_country: bool


class Standings:
    """The names of the register that do not stand for their actor always and everywhere."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        known = tuple(actors)
        governors = _governors(known)
        self._found: dict[tuple[str, str], Standing] = {}
        for actor in known:
            for name in {actor.name, *(alias for names in actor.aliases.values() for alias in names)}:
                if standing := _standing(actor, name, governors.get(actor.id, {})):
                    self._found[_key(name), actor.id] = standing

    def of(self, written: str, actor: Actor) -> Standing | None:
        """What is asked of a passage in which these words are to mean the actor; None for nothing."""
        return self._found.get((_key(written), actor.id))


def _key(name: str) -> str:
    return " ".join(key_of(name))


def _standing(actor: Actor, name: str, governors: Mapping[str, tuple[Span, ...]]) -> Standing | None:
    if actor.type == "person":
        borne, alone = spans(actor, name), is_title_alone(actor, name)
        return Standing(borne, alone, False) if alone or borne != ((date.min, date.max),) else None
    words = key_of(name)
    for surname, held in governors.items():
        if surname in words and actor.type in _STATE_TYPES:
            return Standing(held, False, False)
    generic = len(words) > 1 and bool(actor.countries) and all(word in _GENERIC for word in words)
    bounded = actor.start is not None or actor.end is not None
    governs = actor.type in _STATE_TYPES and any(word in _GOVERNS for word in words)
    if generic or (bounded and (governs or actor.type == "state")):
        return Standing(spans(actor, name), generic, generic)
    return None


def _governors(actors: Sequence[Actor]) -> dict[str, dict[str, tuple[Span, ...]]]:
    """By actor, the surnames of those who led it and when they did."""
    found: dict[str, dict[str, tuple[Span, ...]]] = {}
    for person in actors:
        for role in person.roles if person.type == "person" else ():
            held = in_role([other for other in person.roles if other.actor == role.actor])
            for name in (person.name, *(alias for names in person.aliases.values() for alias in names)):
                found.setdefault(role.actor, {})[fold(key_of(name)[-1])] = held
    return found


def in_time(standing: Standing, before: str, times: Sequence[DateInterval]) -> bool:
    """Whether the name stands for the actor at one of these times; `before` is the text that leads to it.

    A former president bears the title after the term. Where no time is known nothing is ruled out.
    """
    held = standing.spans
    if _FORMER.search(before):
        held = tuple((first, date.max) for first, _ in held)
    return not times or any(meet(held, (days(time),)) for time in times)


def days(time: DateInterval) -> Span:
    """The first and last day of an interval."""
    return time.start or date.min, time.end or date.max


def in_place(standing: Standing, actor: Actor, context: Mapping[str, float]) -> bool:
    """Whether a passage that speaks of these countries, the name itself left out, can mean the actor by it."""
    if not standing.at_home:
        return True
    if any(code in context for code in actor.countries):
        return True
    return not context and not standing.needs_country
