"""Evidence into a mask over all persons that it names, and what replaces these names in a text."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from nijar_nlp.cases.cells import JOIN
from nijar_nlp.cases.duplicates import near_duplicates
from nijar_nlp.cases.mask import Mask, parts_of
from nijar_nlp.folding import fold
from nijar_nlp.records import Actor, Evidence

_LEAST = 3  # shorter names are parts of too many words
_TIMES = 3  # a name is a thing's where so many times more texts name a thing by it than a person
_FIRM = ("register", "geonames", "pattern")  # by what a mention was typed; the language model alone errs more
_WORD = re.compile(r"[^\W\d_]+")
_ID = re.compile(
    r"(?=.*\d)(?:[0-9a-f]{20}|[0-9a-f]{64})"
)  # of records and documents: its letters are no name


def mask_of_persons(evidence: Iterable[Evidence], actors: Mapping[str, Actor]) -> Mask:
    """The mask over hostages, go-betweens and all other persons named in the evidence, by all their names.

    What only looked like a person is left as it is: a name that the register gives to something else, and,
    where no event names it as a person, a common noun ("the Government") or a thing's in nearly all texts.
    """
    evidence = tuple(evidence)
    keys: dict[str, int] = {}
    numbers: dict[str, int] = {}
    parts: dict[str, set[int]] = defaultdict(set)
    others = _names_of_others(actors)
    nouns = _Nouns(evidence)
    for text, identity in (named for item in evidence for named in _named(item)):
        actor = actors.get(identity or "")
        if actor is None and (fold(text) in others or nouns.holds(text)):
            continue
        if actor is not None and actor.type != "person":
            continue
        number = keys.setdefault(identity or fold(text), len(keys) + 1)
        for name in (text, *_all_names(actor)):
            if len(name.strip()) >= _LEAST:
                numbers.setdefault(name.strip().lower(), number)
                for part in parts_of(name):
                    if actor or not nouns.is_of_a_thing(part, name):
                        parts[part].add(number)
    alone = {part: min(of) if len(of) == 1 else 0 for part, of in parts.items()}
    return Mask({**alone, **numbers}, frozenset(key for key in keys if key in actors))


class _Nouns:
    """What stands for a person in the evidence, though its words are nouns or most texts name a thing by it.

    Never one whom an event names, or who is a person by register or pattern, and no town by a word of such a
    name. Copies of a text are one text.
    """

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._small: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        self._persons = frozenset(fold(text) for item in evidence for text in _certain(item))
        self._parts = frozenset(word for name in self._persons for word in name.split())
        self._texts: dict[tuple[str, bool], set[str]] = defaultdict(set)
        self._things = frozenset(
            word
            for item in evidence
            for mention in item.mentions
            if mention.type != "PERSON" and mention.how.startswith(_FIRM)
            for word in fold(mention.text).split()
        )
        copies = near_duplicates([(item.passage_id, item.text) for item in evidence])
        for item in evidence:
            for word in () if item.passage_id in copies else _WORD.findall(item.text):
                (self._capital if word[0].isupper() else self._small)[word.lower()] += 1
            for mention in item.mentions:
                is_person = mention.type == "PERSON"
                if is_person or mention.how.startswith(_FIRM):
                    own = copies.get(item.passage_id, item.passage_id)
                    self._texts[fold(mention.text), is_person].add(own)

    def holds(self, text: str) -> bool:
        """Whether a name is one of a thing: in nearly all texts that tell, or with small letters mostly."""
        name = fold(text)
        if name in self._persons:
            return False
        things, persons = len(self._texts[name, False]), len(self._texts[name, True])
        if name not in self._parts and things > _TIMES * persons:
            return True
        return self._is_noun(text)

    def is_of_a_thing(self, part: str, name: str) -> bool:
        """Whether a word of a person's name is rather a noun, or of the name of a place or group.

        Never one of a person whom an event names, or who is one by register or pattern.
        """
        if fold(name) in self._persons:
            return False
        return fold(part) in self._things or self._small[part] > self._capital[part]

    def _is_noun(self, text: str) -> bool:
        capitals = [word.lower() for word in _WORD.findall(text) if word[0].isupper()]
        return bool(capitals) and all(self._small[word] > self._capital[word] for word in capitals)


def _certain(item: Evidence) -> Iterator[str]:
    """The names of those who are persons whatever other texts say."""
    yield from (person.text for event in item.events for person in event.persons)
    yield from (m.text for m in item.mentions if m.type == "PERSON" and m.how.startswith(_FIRM))


def _named(item: Evidence) -> Iterator[tuple[str, str | None]]:
    yield from ((m.text, m.entity) for m in item.mentions if m.type == "PERSON")
    for event in item.events:
        yield from ((party.text, party.id) for party in event.persons)
        sides = (*event.armed_group, *event.counterpart, *event.mediator)
        yield from ((party.text, party.id) for party in sides if party.id)


def _names_of_others(actors: Mapping[str, Actor]) -> frozenset[str]:
    """The folded names of all in the register who are no persons."""
    groups = (actor for actor in actors.values() if actor.type != "person")
    return frozenset(fold(name) for actor in groups for name in _all_names(actor))


def _all_names(actor: Actor | None) -> tuple[str, ...]:
    if actor is None:
        return ()
    return (*(name for names in actor.aliases.values() for name in names), actor.name)


def hiding(mask: Mask) -> Callable[[str], str]:
    """What replaces these names in a text, and leaves out the register ids of these persons.

    Ids that come from content stay: a record is found by them again.
    """

    def hidden(part: str) -> str:
        if part in mask.actors:
            return ""
        return part if _ID.fullmatch(part) else mask.text(part)

    return lambda text: JOIN.join(map(hidden, text.split(JOIN)))
