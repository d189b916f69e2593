"""Armies, governments and other bodies of a state, named by a people and a noun ("the Malian army")."""

from collections.abc import Iterator, Mapping, Sequence

from nijar_nlp.mentions.actors import state_of
from nijar_nlp.mentions.context import Entry, People
from nijar_nlp.mentions.names import Found
from nijar_nlp.mentions.words import Token, word_set
from nijar_nlp.records import Actor, DateInterval, Mention

_NOUNS = {
    "en": word_set(
        "army government authorities forces military police junta state presidency parliament intelligence "
        "gendarmerie troops ministry embassy regime officials negotiators diplomats delegation"
    ),
    "fr": word_set(
        "armée gouvernement autorités forces junte état présidence police gendarmerie ambassade régime "
        "troupes ministère services responsables négociateurs diplomates délégation"
    ),
    "ar": word_set(
        "الجيش الحكومة السلطات القوات الرئاسة الشرطة الدولة النظام السفارة البرلمان المخابرات الاستخبارات"
    ),
}
_MIDDLES = word_set("armed security transitional federal intelligence special defence defense armées")


def find_bodies(
    text: str,
    language: str,
    words: Sequence[Token],
    names: Sequence[Found[Entry]],
    when: DateInterval | None,
    states: Mapping[str, Actor],
) -> Iterator[Mention]:
    """The bodies of states, each resolved to its state where the register has it at that time."""
    for name in names:
        people = next((value for value in name.values if isinstance(value, People)), None)
        if people is None:
            continue
        span = _after(words, name, language) if language == "en" else _before(words, name, language)
        if span is not None:
            start, end = span
            state = state_of(people.code, when, states)
            yield Mention(
                start,
                end,
                text[start:end],
                "ORG",
                entity=state.id if state else None,
                name=state.name if state else "",
                how="pattern state_body",
                country=people.code,
            )


def _after(words: Sequence[Token], name: Found[Entry], language: str) -> tuple[int, int] | None:
    at = name.last + 1
    while at < len(words) and words[at].key in _MIDDLES and at < name.last + 3:
        at += 1
    if at < len(words) and words[at].key in _NOUNS[language] and words[at].start - words[at - 1].end == 1:
        return name.start, words[at].end
    if at > name.last + 1 and words[at - 1].key == "intelligence":
        return name.start, words[at - 1].end
    return None


def _before(words: Sequence[Token], name: Found[Entry], language: str) -> tuple[int, int] | None:
    at = name.first - 1
    while at > 0 and words[at].key in _MIDDLES and at > name.first - 3:
        at -= 1
    noun = words[at] if at >= 0 else None
    if noun is None or words[at + 1].start - noun.end != 1:
        return None
    if noun.key in _NOUNS[language]:
        return noun.start, name.end
    if language == "ar" and noun.key[:1] in "وفبل" and noun.key[1:] in _NOUNS["ar"]:
        return noun.start + 1, name.end
    return None
