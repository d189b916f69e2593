"""Names of an actor into the days on which it bears them: an office's only while it is held."""

from collections.abc import Sequence
from datetime import date

from nijar_nlp.records import Actor, Role

# Days, both included; date.min and date.max are open.
Span = tuple[date, date]
ALWAYS: tuple[Span, ...] = ((date.min, date.max),)
# Titles of one office, longest first, with the words by which a role tells that office.
_OFFICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("prime minister ", ("prime minister",)),
    ("premier ministre ", ("prime minister",)),
    ("رئيس الوزراء ", ("prime minister",)),
    ("president ", ("president",)),
    ("président ", ("president",)),
    ("الرئيس ", ("president", "prime minister", "speaker")),
)
_RANKS = (
    "general ", "général ", "colonel ", "captain ", "capitaine ", "sheikh ", "cheikh ", "imam ", "mullah ",
    "mollah ", "commander ", "sergeant ", "field marshal ", "lieutenant-colonel ", "father ", "sister ",
    "الشيخ ", "العقيد ", "الجنرال ", "المشير ", "الملا ", "اللواء ",
)  # fmt: skip
# Who is known by the surname alone was known so for so many years before the first role.
_YEARS_BEFORE = 10


def spans(actor: Actor, name: str) -> tuple[Span, ...]:
    """When the actor bears the name: a person the title of an office in it, a surname in public life.

    A full name is borne always; what is no person bears its names as long as it exists.
    """
    if actor.type != "person":
        return ((actor.start or date.min, actor.end or date.max),)
    small = name.lower()
    for title, offices in _OFFICES:
        if small.startswith(title):
            return _in_office(actor, name[len(title) :], offices)
    rank = next((rank for rank in _RANKS if small.startswith(rank)), "")
    return ALWAYS if " " in name[len(rank) :] else _in_public(actor)


def is_title_alone(actor: Actor, name: str) -> bool:
    """Whether the name is a title with a surname by which the person is not known without it."""
    small = name.lower()
    title = next((t for t in (*(o for o, _ in _OFFICES), *_RANKS) if small.startswith(t)), "")
    surname = name[len(title) :]
    return actor.type == "person" and bool(title) and " " not in surname and not _known_as(actor, surname)


def meet(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether some day is in both."""
    return any(a <= d and c <= b for a, b in one for c, d in other)


def in_role(roles: Sequence[Role]) -> tuple[Span, ...]:
    """The days of these roles."""
    return tuple((role.start or date.min, role.end or date.max) for role in roles)


def _in_office(actor: Actor, surname: str, offices: Sequence[str]) -> tuple[Span, ...]:
    """While the office was held, and later on too where the surname alone is the person's."""
    if " " in surname.strip():
        return ALWAYS
    held = [
        role
        for role in actor.roles
        if any(office in role.role for office in offices) and "vice" not in role.role
    ]
    if not held:
        return _in_public(actor)
    if _known_as(actor, surname):
        return ((min(first for first, _ in in_role(held)), date.max),)
    return in_role(held)


def _known_as(actor: Actor, surname: str) -> bool:
    wanted = surname.casefold()
    return any(alias.casefold() == wanted for names in actor.aliases.values() for alias in names)


def _in_public(actor: Actor) -> tuple[Span, ...]:
    starts = [role.start for role in actor.roles]
    known = [start for start in starts if start is not None]
    if not known or len(known) < len(starts):
        return ALWAYS
    first = min(known)
    return ((first.replace(year=first.year - _YEARS_BEFORE, day=1), date.max),)
