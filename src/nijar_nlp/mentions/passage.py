# ruff: noqa: E501 - word lists and patterns read better unbroken
"""One passage's text into its mentions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from nijar_nlp.mentions import actors as actor_rules
from nijar_nlp.mentions.bodies import find_bodies
from nijar_nlp.mentions.context import Country, Entry, People, Setting, weights
from nijar_nlp.mentions.dates import find_dates
from nijar_nlp.mentions.entities import find_entities, trimmed
from nijar_nlp.mentions.following import follow_up
from nijar_nlp.mentions.groups import find_groups
from nijar_nlp.mentions.locating import scan, settled_place
from nijar_nlp.mentions.long_names import find_long_names
from nijar_nlp.mentions.meaning import meant
from nijar_nlp.mentions.merging import Claim, settle
from nijar_nlp.mentions.names import Found, NameIndex
from nijar_nlp.mentions.numbers import find_numbers
from nijar_nlp.mentions.offices import Offices
from nijar_nlp.mentions.persons import find_arabic_named, find_titled
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.mentions.standing import Standings
from nijar_nlp.mentions.words import Token, tokens, word_set
from nijar_nlp.records import Actor, DateInterval, Mention, PlaceEntry

# Who holds a stretch that several claim: the highest rank.
_LONG_BODY, _LONG_NAME, _DATE, _NAME, _GROUP, _BODY, _COUNTRY, _PLACE, _TITLED, _ENTITY, _NUMBER = (
    97, 95, 90, 80, 78, 76, 70, 65, 55, 50, 20,
)  # fmt: skip
_HYPHENS = ("-", "\u2010", "\u2011")


_JOINS = re.compile(r"\b(?:of|for)\b")


class Registers(NamedTuple):
    """What is known before any text is read: names, what they ask for, places, states, offices."""

    names: NameIndex[Entry]
    standings: Standings
    gazetteer: Gazetteer
    states: Mapping[str, Actor]
    offices: Offices


def read_passage(
    text: str,
    language: str,
    setting: Setting,
    entities: Sequence[tuple[int, int, str]],
    registers: Registers,
) -> tuple[Mention, ...]:
    """The mentions of one passage, in order of their offsets and without overlaps."""
    words = tokens(text)
    dates = _dates(text, language, setting.published)
    names = meant(text, words, registers.names, dates, setting, registers.standings)
    context = weights(names, setting.country)
    when = setting.published or next((m.interval for m in dates if m.interval), None)
    claims = [Claim(_DATE, date) for date in dates]
    claims += _named(text, words, names, when, context, registers)
    claims += (
        Claim(_LONG_NAME, office)
        for office in registers.offices.find(text, language, words, names, context, setting)
    )
    claims += _unlisted_groups(text, language, names)
    claims += (
        Claim(_BODY, body) for body in find_bodies(text, language, words, names, when, registers.states)
    )
    claims += _persons(text, language, words)
    claims += (
        Claim(_ENTITY, entity)
        for entity in find_entities(text, entities, names, registers.gazetteer, context, setting.long_forms)
    )
    claims += (
        Claim(_NUMBER, Mention(n.start, n.end, text[n.start : n.end], "NUMBER", how="grammar", value=n.value))
        for n in find_numbers(text, language, words)
    )
    claims += _long_bodies(text, language, claims)
    mentions = settle(_without_parts(claims))
    mentions = [*mentions, *scan(text, language, words, mentions, registers.gazetteer, context)]
    located = (settled_place(text, m, registers.gazetteer, context) for m in sorted(mentions, key=_start))
    return tuple(follow_up(text, language, words, [m for m in located if m is not None]))


def _start(mention: Mention) -> int:
    return mention.start


def _dates(text: str, language: str, published: DateInterval | None) -> list[Mention]:
    return [
        Mention(d.start, d.end, text[d.start : d.end], "DATE", how="grammar", interval=d.interval)
        for d in find_dates(text, language, published)
    ]


def _unlisted_groups(text: str, language: str, names: Sequence[Found[Entry]]) -> Iterator[Claim]:
    """What is named as armed groups are, except words for peoples."""
    peoples = {(name.start, name.end) for name in names if isinstance(name.values[0], People)}
    for start, end in find_groups(text, language):
        if (start, end) not in peoples:
            yield Claim(_GROUP, Mention(start, end, text[start:end], "ARMED_GROUP", how="pattern"))


def _named(
    text: str,
    words: Sequence[Token],
    names: Sequence[Found[Entry]],
    when: DateInterval | None,
    context: Mapping[str, float],
    registers: Registers,
) -> Iterator[Claim]:
    for name in names:
        actors = [value for value in name.values if isinstance(value, Actor)]
        country = next((value for value in name.values if isinstance(value, Country)), None)
        places = [value for value in name.values if isinstance(value, PlaceEntry)]
        if country is not None:
            yield Claim(_COUNTRY, _country(text, name, country, when, registers))
        elif actors and not (places and _is_near(places, context)):
            if mention := _actor(text, words, name, actors, when, context):
                yield Claim(_LONG_NAME if name.last > name.first else _NAME, mention)
        elif places:
            yield Claim(_PLACE, Mention(name.start, name.end, text[name.start : name.end], "PLACE"))


def _is_near(places: Sequence[PlaceEntry], context: Mapping[str, float]) -> bool:
    return any(place.country in context for place in places)


def _country(
    text: str, name: Found[Entry], country: Country, when: DateInterval | None, registers: Registers
) -> Mention:
    state = actor_rules.state_of(country.code, when, registers.states)
    written = text[name.start : name.end]
    return Mention(
        name.start,
        name.end,
        written,
        "PLACE",
        entity=state.id if state else None,
        name=state.name if state else written,
        how="register country mediator" if state and state.mediator else "register country",
        country=country.code,
        precision="country",
    )


def _actor(
    text: str,
    words: Sequence[Token],
    name: Found[Entry],
    found: Sequence[Actor],
    when: DateInterval | None,
    context: Mapping[str, float],
) -> Mention | None:
    actor, certain = actor_rules.resolve(text[name.start : name.end], found, when, context)
    if actor.type == "person" and name.first == name.last and _part_of_a_name(text, words, name):
        return None
    return Mention(
        name.start,
        name.end,
        text[name.start : name.end],
        actor_rules.mention_type(actor),
        entity=actor.id if certain else None,
        name=actor.name if certain else "",
        how=actor_rules.how(actor) if certain else f"register {actor.type} ambiguous",
        country=actor_rules.country_of(actor, context) if certain else "",
    )


def _part_of_a_name(text: str, words: Sequence[Token], name: Found[Entry]) -> bool:
    """Whether a lone surname has another capitalised word beside it that no title is: a namesake."""
    if text[name.start - 1 : name.start] in _HYPHENS or text[name.end : name.end + 1] in _HYPHENS:
        return True
    if name.first > 0:
        before = words[name.first - 1]
        gap = text[before.end : name.start]
        starts = before.start == 0 or text[max(0, before.start - 2) : before.start].strip() in (".", "«", "“")
        if gap == " " and text[before.start].isupper() and not starts and before.key not in _TITLES:
            return True
    if name.last + 1 < len(words):
        after = words[name.last + 1]
        return text[name.end : after.start] == " " and text[after.start].isupper()
    return False


_TITLES = word_set(
    "president president imam sheikh cheikh sheik colonel general emir commander leader minister ministre chef mr mrs m "
    "mme mullah mediator mediateur predicateur preacher emissary envoy captain major ould ag malam abou abu"
)


def _persons(text: str, language: str, words: Sequence[Token]) -> Iterator[Claim]:
    spans = list(find_titled(text, language))
    if language == "ar":
        spans += find_arabic_named(text, words)
    for start, end in (trimmed(text, *span) for span in spans):
        yield Claim(_TITLED, Mention(start, end, text[start:end], "PERSON", how="pattern"))


def _long_bodies(text: str, language: str, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Bodies named at length, where no name of the register is as long or overlaps; its last part may be one."""
    known = [c.mention for c in claims if c.rank in (_LONG_NAME, _NAME)]
    wholes = [c.mention for c in claims if c.rank == _ENTITY and c.mention.type == "ORG"]
    for start, end in find_long_names(text, language):
        over = [m for m in known if m.start < end and start < m.end]
        whole = any(m.start <= start and m.end >= end for m in over)
        if any(m.start <= start and end <= m.end and end - start < len(m.text) for m in wholes):
            continue
        if whole or any(m.type == "ARMED_GROUP" or m.start < start or m.end > end for m in over):
            continue
        same = next((m for m in over if m.end == end and m.type == "ORG"), None)
        same = None if same and _JOINS.search(text, start, same.start) else same
        body = Mention(start, end, text[start:end], "ORG", how="pattern body")
        yield Claim(_LONG_BODY, replace(same, start=start, text=body.text) if same else body)


def _without_parts(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those that are a mere part of a longer name: "Mali" in "Radio Mali Info".

    A lone surname, country or place yields to a person or organisation that holds it and no armed group.
    """
    groups = [c.mention for c in claims if c.mention.type == "ARMED_GROUP"]
    wholes = [
        c.mention
        for c in claims
        if c.rank in (_ENTITY, _TITLED)
        and c.mention.type in ("PERSON", "ORG")
        and not any(g.start < c.mention.end and c.mention.start < g.end for g in groups)
    ]
    return [
        claim
        for claim in claims
        if claim.rank not in (_NAME, _COUNTRY, _PLACE)
        or claim.mention.type == "ARMED_GROUP"
        or not any(_holds(whole, claim.mention) for whole in wholes)
    ]


def _holds(whole: Mention, part: Mention) -> bool:
    return whole.start <= part.start and part.end <= whole.end and len(whole.text) > len(part.text)
