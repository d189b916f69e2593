"""Names of actors into entries of the register, by the date of the text and its countries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from nijar_nlp.folding import fold
from nijar_nlp.records import Actor, DateInterval

# A group that is active in so many countries is not placed by its name.
_AT_HOME_NOWHERE = 5
# By so much a country must outweigh another's to tell whose name it is.
_DECISIVE = 0.2
_TYPES = {"armed_group": "ARMED_GROUP", "person": "PERSON", "community": "ORG"}


def mention_type(actor: Actor) -> str:
    """The type of a mention of an actor."""
    return _TYPES.get(actor.type, "ORG")


def how(actor: Actor) -> str:
    """By what a mention was resolved, with the actor's type, and whether the actor is known to mediate."""
    return f"register {actor.type}{' mediator' if actor.mediator else ''}"


def states(actors: Iterable[Actor]) -> dict[str, Actor]:
    """The state of each country."""
    return {a.countries[0]: a for a in actors if a.type == "state" and len(a.countries) == 1}


def state_of(code: str, when: DateInterval | None, known: Mapping[str, Actor]) -> Actor | None:
    """The state of a country, where it existed at the time."""
    state = known.get(code)
    return state if state is not None and _exists(state, when) else None


def country_of(actor: Actor, context: Mapping[str, float]) -> str:
    """The country of an actor; of a group's or person's several the one that the passage speaks of.

    Where it speaks of none of them, the first, which is the actor's home; none for one at home nowhere.
    """
    if len(actor.countries) < 2 or actor.type not in ("armed_group", "person"):
        return actor.countries[0] if len(actor.countries) == 1 else ""
    weights = [context.get(code, 0.0) for code in actor.countries]
    if max(weights) > min(weights):
        return actor.countries[weights.index(max(weights))]
    return "" if len(actor.countries) >= _AT_HOME_NOWHERE else actor.countries[0]


def could_be_named(actor: Actor, published: DateInterval | None) -> bool:
    """Whether a text can name an actor: not before the year in which it came to be."""
    if published is None or published.end is None or actor.start is None:
        return True
    return actor.start.year <= published.end.year


def resolve(
    written: str, found: Sequence[Actor], when: DateInterval | None, context: Mapping[str, float]
) -> tuple[Actor, bool]:
    """The actor that a name stands for, and whether that is certain.

    Those that exist at the time are asked first, then those of the countries in context; where none of their
    countries is spoken of, a name is that of the actor who has it as its own and no mere alias.
    """
    if len(found) == 1:
        return found[0], True
    alive = [actor for actor in found if _exists(actor, when)] or list(found)
    here = [actor for actor in alive if any(code in context for code in actor.countries)]
    if not here:
        here = [actor for actor in alive if fold(actor.name) == fold(written)] or alive
    weights = [max((context.get(code, 0.0) for code in actor.countries), default=0.0) for actor in here]
    at = weights.index(max(weights))
    return here[at], all(weights[at] >= other + _DECISIVE for i, other in enumerate(weights) if i != at)


def _exists(actor: Actor, when: DateInterval | None) -> bool:
    if when is None:
        return True
    return (actor.start or date.min) <= (when.end or date.max) and (when.start or date.min) <= (
        actor.end or date.max
    )
