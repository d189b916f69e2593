# ruff: noqa: E501 - patterns read better unbroken
"""Envoys and monitoring bodies of the register, where a text names them by their parts and their country."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nijar_nlp.mentions import actors as actor_rules
from nijar_nlp.mentions.common_words import ENDS
from nijar_nlp.mentions.context import Country, Entry, Setting
from nijar_nlp.mentions.names import Found
from nijar_nlp.mentions.words import Token, joined, key_of, word_set
from nijar_nlp.records import Actor, Mention

_HEADS = word_set("mechanism commission committee mécanisme comité")
_ENVOYS = word_set("envoy émissaire envoyé مبعوث المبعوث")
_SMALL = word_set("the of for to on and de du des la le les l d et pour")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
# A name of fewer telling words than these is everybody's: "the monitoring committee".
_TELLING = 3
_REACH = 90
# A name beside another is parted from it by fewer characters: a space, "'s ".
_BESIDE = 3
_TO_COUNTRY = {
    "en": re.compile(
        r"(?<!\w)(?:(?:UN|U\.N\.|United Nations)(?: Secretary-General)?(?:['’]s)? (?:(?:Joint |Personal )?[Ss]pecial |[Pp]ersonal )?|"
        r"(?:Joint |Personal )?[Ss]pecial |Personal )[Ee]nvoy (?:of the (?:(?:UN|United Nations) )?Secretary-General )?(?:for|to|on) (?:the )?$"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:[Éé]missaire|[Ee]nvoyée?)(?: spéciale?| de l['’]ONU| des Nations [Uu]nies| onusien(?:ne)?| du secrétaire général){1,3} "
        r"(?:pour|en|au) (?:la |le |l['’])?$"
    ),
    "ar": re.compile(
        r"(?<!\w)[وفبلك]{0,2}(?P<name>(?:ال)?(?:مبعوث|موفد)(?: ال(?:خاص|أممي|اممي|دولي)| الأمم المتحدة| للأمم المتحدة| الأمين العام){1,3} (?:(?:إلى|الى|في) |ل))$"
    ),
}
_ALONE = re.compile(
    r"(?<!\w)[وفبلك]{0,2}(?P<name>(?:ال)?(?:مبعوث|موفد) (?:الأممي|الاممي|الأمم المتحدة|الامم المتحدة))(?!\w| (?:الخاص )?(?:إلى|الى)(?!\w))"
)
_OF_SOMEBODY = re.compile(r"['’]s $|\b(?:EU|US|AU|U\.S\.) $")


class Offices:
    """The register's envoys by their country, and its monitoring bodies by the words of their names."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._envoys: dict[str, Actor] = {}
        self._bodies: dict[str, list[tuple[frozenset[str], Actor]]] = {}
        for actor in actors:
            if not (actor.mediator and actor.countries) or actor.type == "person":
                continue
            for name in (actor.name, *(alias for names in actor.aliases.values() for alias in names)):
                keys = frozenset(key_of(_IN_BRACKETS.sub("", name))) - _SMALL
                if keys & _ENVOYS:
                    self._envoys[actor.countries[0]] = actor
                telling = frozenset(key for key in keys if not key.isdigit())
                for head in telling & _HEADS if len(telling) >= _TELLING else ():
                    self._bodies.setdefault(head, []).append((telling, actor))

    def find(
        self,
        text: str,
        language: str,
        words: Sequence[Token],
        names: Sequence[Found[Entry]],
        context: Mapping[str, float],
        setting: Setting,
    ) -> Iterator[Mention]:
        """The envoys to a country that is named or foremost, and the bodies of a country in `context`."""
        spans = [*self._to_countries(text, language, names), *self._bodies_in(text, words, context)]
        if language == "ar":
            spans += self._alone(text, context)
        for start, end, actor in spans:
            if actor_rules.could_be_named(actor, setting.published):
                yield Mention(
                    start,
                    end,
                    text[start:end],
                    actor_rules.mention_type(actor),
                    entity=actor.id,
                    name=actor.name,
                    how=actor_rules.how(actor),
                    country=actor.countries[0],
                )

    def _to_countries(
        self, text: str, language: str, names: Sequence[Found[Entry]]
    ) -> Iterator[tuple[int, int, Actor]]:
        for name in names:
            code = next((value.code for value in name.values if isinstance(value, Country)), "")
            lead = _TO_COUNTRY[language].search(text, max(0, name.start - _REACH), name.start)
            if code not in self._envoys or lead is None:
                continue
            start = lead.start("name") if language == "ar" else lead.start()
            theirs = any(0 < start - other.end < _BESIDE for other in names)
            named = any(0 < other.start - name.end < _BESIDE and _is_person(other) for other in names)
            if not theirs and not named and not _OF_SOMEBODY.search(text, max(0, start - _REACH), start):
                yield start, name.end, self._envoys[code]

    def _alone(self, text: str, context: Mapping[str, float]) -> Iterator[tuple[int, int, Actor]]:
        """The United Nations' envoy without a country: the one to the country that the passage speaks of."""
        foremost = sorted(context, key=lambda code: -context[code])[:2]
        clear = len(foremost) == 1 or (foremost and context[foremost[0]] > context[foremost[1]])
        if clear and foremost[0] in self._envoys:
            for match in _ALONE.finditer(text):
                if ENDS.match(text, match.end()):  # else the envoy's own name follows
                    yield *match.span("name"), self._envoys[foremost[0]]

    def _bodies_in(
        self, text: str, words: Sequence[Token], context: Mapping[str, float]
    ) -> Iterator[tuple[int, int, Actor]]:
        for at, word in enumerate(words):
            if word.key not in self._bodies or not text[word.start].isupper():
                continue
            for telling, actor in self._bodies[word.key]:
                if not any(code in context for code in actor.countries):
                    continue
                first, last = _run(text, words, at, telling | _SMALL)
                if telling <= {each.key for each in words[first : last + 1]}:
                    yield words[first].start, words[last].end, actor
                    break


def _is_person(name: Found[Entry]) -> bool:
    return any(isinstance(value, Actor) and value.type == "person" for value in name.values)


def _run(text: str, words: Sequence[Token], at: int, known: frozenset[str]) -> tuple[int, int]:
    """The first and last of the words around one that are all known, none of them small at the ends."""
    first = last = at
    while first > 0 and words[first - 1].key in known and joined(text, words[first - 1], words[first]):
        first -= 1
    while (
        last + 1 < len(words) and words[last + 1].key in known and joined(text, words[last], words[last + 1])
    ):
        last += 1
    while words[first].key in _SMALL:
        first += 1
    while words[last].key in _SMALL:
        last -= 1
    return first, last
