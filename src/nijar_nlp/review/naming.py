"""Names of the register in the language of the page."""

from functools import lru_cache

from django.utils.translation import get_language

from nijar_nlp.display import country_name
from nijar_nlp.folding import fold
from nijar_nlp.records import Actor, Party, Place
from nijar_nlp.review import library

_REGISTER = "en"  # the language in which the register names, and to which its aliases add
_LEAST_WORD, _BEGINNING = 4, 2  # letters of a word that tells, and of them those that a translation shares


def actor(identity: str) -> str:
    """An actor's name by register id; what is no id stands for itself."""
    found = library.actors().get(identity)
    return _actor(found) if found else identity


def party(named: Party) -> str:
    """A party by its name in the register; what is not in it stands by the words of the text."""
    found = library.actors().get(named.id or "")
    return _actor(found) if found else named.text


def recorded_actor(name: str) -> str:
    """An actor of a case's record, where the register's stand by their names there."""
    found = library.actors_by_name().get(name)
    return _actor(found) if found else name


def place(found: Place) -> str:
    """A place by its name, else by the words of the text."""
    return place_named(found.name, found.country) if found.name else found.text


def place_named(name: str, country: str = "") -> str:
    """A place by its name in the register, else as it is named; of this country where one is given."""
    entries = library.places_by_name().get(name, ()) if _language() != _REGISTER else ()
    of = [entry for entry in entries if country in ("", entry.country)]
    return _place(name, of[0].aliases.get(_language(), ())) if len(of) == 1 else name


def _language() -> str:
    return (get_language() or _REGISTER)[:2]


def _actor(found: Actor) -> str:
    language = _language()
    if language == _REGISTER or found.type == "person":
        return found.name
    aliases = found.aliases.get(language, ())
    if found.type == "state":
        named = bool(aliases) and aliases[0][0].isupper()  # not "gouvernement malien", where Mali is Mali
        return aliases[0] if named else country_name(found.countries[0], language)
    return _group(found.name, aliases) if found.type == "armed_group" else _otherwise(found.name, aliases)


@lru_cache(maxsize=1024)
def _group(name: str, aliases: tuple[str, ...]) -> str:
    """The first alias where it translates the name: many groups go by one name in all languages."""
    other = _otherwise(name, aliases)
    return other if _beginnings(other) & _beginnings(name) else name


def _place(name: str, aliases: tuple[str, ...]) -> str:
    """The first alias; a name with accents is the one that its country writes already."""
    return _otherwise(name, aliases) if name.isascii() else name


@lru_cache(maxsize=2048)
def _otherwise(name: str, aliases: tuple[str, ...]) -> str:
    """The first alias where it says the name in other words, not in more of the same or in fewer."""
    alias = next(iter(aliases), name)
    said, words = set(fold(alias).split()), set(fold(name).split())
    return name if said <= words or words <= said else alias


def _beginnings(name: str) -> set[str]:
    return {word[:_BEGINNING] for word in fold(name).split() if len(word) >= _LEAST_WORD}
