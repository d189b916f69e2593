"""Evidence into a mask over all persons that it names, and what replaces these names in a text."""

from collections.abc import Callable, Iterable, Mapping

from nijar_nlp.cases.record_tables import Mask
from nijar_nlp.folding import fold
from nijar_nlp.records import Actor, Evidence

_SEPARATOR = "; "  # between the values of a cell
_LEAST = 3  # shorter names are parts of too many words


def mask_of_persons(evidence: Iterable[Evidence], actors: Mapping[str, Actor]) -> Mask:
    """The mask over hostages, go-betweens and all other persons named in the evidence, by all their names."""
    keys: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for item in evidence:
        named = [(m.text, m.entity) for m in item.mentions if m.type == "PERSON"]
        named += [(p.text, p.id) for event in item.events for p in event.persons]
        for text, identity in named:
            actor = actors.get(identity or "")
            if actor is not None and actor.type != "person":
                continue
            number = keys.setdefault(identity or fold(text), len(keys) + 1)
            aliases = [name for names in actor.aliases.values() for name in names] if actor else []
            for name in (text, *aliases, *([actor.name] if actor else [])):
                if len(name.strip()) >= _LEAST:
                    numbers.setdefault(name.strip().lower(), number)
    return Mask(numbers, frozenset(key for key in keys if key in actors))


def hiding(mask: Mask) -> Callable[[str], str]:
    """What replaces these names in a text, and leaves out the register ids of these persons."""
    return lambda text: _SEPARATOR.join(
        "" if part in mask.actors else mask.text(part) for part in text.split(_SEPARATOR)
    )
