"""Who acts in an event: armed groups, those on the other side, mediators, persons, and who says so."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention, Party

# Capitals that stand for their state ("Bamako refused"), with its id in the register of actors.
CAPITALS = {
    "bamako": "mali",
    "niamey": "niger",
    "ouagadougou": "burkina-faso",
    "nouakchott": "mauritania",
    "mogadishu": "somalia",
    "mogadiscio": "somalia",
    "beirut": "lebanon",
    "beyrouth": "lebanon",
    "damascus": "syria",
    "damas": "syria",
    "algiers": "algeria",
    "alger": "algeria",
    "tripoli": "libya",
    "abuja": "nigeria",
    "n'djamena": "chad",
    "ndjamena": "chad",
    "yaoundé": "cameroon",
    "yaounde": "cameroon",
    "paris": "france",
    "washington": "united-states",
    "london": "united-kingdom",
    "londres": "united-kingdom",
    "doha": "qatar",
    "ankara": "turkey",
    "tehran": "iran",
    "téhéran": "iran",
    "baghdad": "iraq",
    "bagdad": "iraq",
    "kabul": "afghanistan-republic",
    "kaboul": "afghanistan-republic",
    "islamabad": "pakistan",
    "cairo": "egypt",
    "le caire": "egypt",
    "riyadh": "saudi-arabia",
    "riyad": "saudi-arabia",
    "manila": "philippines",
    "manille": "philippines",
    "khartoum": "sudan",
    "moscow": "russia",
    "moscou": "russia",
    "berlin": "germany",
    "rome": "italy",
    "madrid": "spain",
    "amman": "jordan",
    "sanaa": "yemen",
    "باماكو": "mali",
    "نيامي": "niger",
    "واغادوغو": "burkina-faso",
    "نواكشوط": "mauritania",
    "مقديشو": "somalia",
    "بيروت": "lebanon",
    "دمشق": "syria",
    "طرابلس": "libya",
    "أبوجا": "nigeria",
    "باريس": "france",
    "واشنطن": "united-states",
    "الدوحة": "qatar",
    "أنقرة": "turkey",
    "طهران": "iran",
    "بغداد": "iraq",
    "كابول": "afghanistan-republic",
    "القاهرة": "egypt",
    "الرياض": "saudi-arabia",
    "تل أبيب": "israel",
    "الخرطوم": "sudan",
}
_BEFORE, _AFTER = 60, 46
_SPOKESMAN = re.compile(r"(?:spokes\w+|porte-parole|المتحدث|الناطق)[^.]{0,40}$", re.IGNORECASE)
_RELEASES = ("hostage_release", "prisoner_release", "swap", "ransom", "amnesty")


class Slot(NamedTuple):
    """Who fills a slot, and where the text says so."""

    party: Party
    span: tuple[int, int]


class Parties(NamedTuple):
    """The parties of one event."""

    armed_group: tuple[Slot, ...]
    counterpart: tuple[Slot, ...]
    mediator: tuple[Slot, ...]
    persons: tuple[Slot, ...]


def parties(text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]) -> Parties:
    """The parties of an event: those of its sentence first, else those of the passage."""
    sentence = draft.sentence
    here = [m for m in mentions if _within(m, sentence)]
    mediators = _mediators(text, words, draft, here)
    if not mediators and draft.type in ("mediation", "talks"):
        mediators = _mediators(text, words, draft, mentions)
    taken = {slot.span for slot in mediators}
    groups = _groups(here, taken) or _groups(mentions, taken)
    others = _counterparts(text, words, sentence, here, taken)
    if not others and draft.type not in ("hostage_release", "ransom"):
        others = _counterparts(text, words, (0, len(text)), mentions, taken)
    if not others and len(groups) > 1 and draft.type in ("talks", "ceasefire_or_local_agreement", "swap"):
        groups, others = groups[:1], groups[1:2]
    return Parties(groups, others, mediators, _persons(text, words, here, mentions))


def _within(mention: Mention, stretch: tuple[int, int]) -> bool:
    return stretch[0] <= mention.start and mention.end <= stretch[1]


def _slot(mention: Mention, identity: str | None = None) -> Slot:
    return Slot(Party(mention.text, identity or mention.entity), (mention.start, mention.end))


def _unique(slots: Iterator[Slot]) -> tuple[Slot, ...]:
    kept: dict[str, Slot] = {}
    for slot in slots:
        kept.setdefault(slot.party.id or slot.party.text.casefold(), slot)
    return tuple(kept.values())


def _groups(mentions: Sequence[Mention], taken: set[tuple[int, int]]) -> tuple[Slot, ...]:
    named = _unique(
        _slot(m)
        for m in mentions
        if m.type == "ARMED_GROUP" and m.how != "coreference" and (m.start, m.end) not in taken
    )
    return named or _unique(
        Slot(Party(m.name or m.text, m.entity), (m.start, m.end))
        for m in mentions
        if m.type == "ARMED_GROUP" and m.how == "coreference"
    )


def _counterparts(
    text: str,
    words: Lexicon,
    stretch: tuple[int, int],
    mentions: Sequence[Mention],
    taken: set[tuple[int, int]],
) -> tuple[Slot, ...]:
    named = [
        slot
        for m in mentions
        if (m.start, m.end) not in taken and (slot := _other_side(text, words, m)) is not None
    ]
    if named:
        return _unique(iter(named))[:3]
    return _unique(_unnamed(text, words, stretch, mentions, taken))[:2]


def _other_side(text: str, words: Lexicon, mention: Mention) -> Slot | None:
    kind = mention.how.split()[1] if " " in mention.how else ""
    if mention.type == "ORG" and kind in ("state", "state_body", "community"):
        return None if _reports(text, words, mention) else _slot(mention)
    if mention.type == "PLACE":
        capital = CAPITALS.get(mention.text.casefold())
        if (kind == "country" or capital) and _acts(text, words, mention):
            return _slot(mention, capital)
    return None


def _reports(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether the mention is merely the one who says so: "a source in the Malian army said"."""
    after = text[mention.end : mention.end + 30]
    found = words.words["said"].search(after)
    return found is not None and found.start() < 4 and "," in text[max(0, mention.start - 3) : mention.start]


def _acts(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether a country or capital is an actor here and not where something is."""
    before = text[max(0, mention.start - 16) : mention.start].rstrip(' «“"').replace("the ", "")
    last = re.search(r"([\w\-]+)['’\s]*(?:l['’]|la|le|les|the)?\s*$", before)
    if before and (last is None or before[-1] in ".;:("):
        return True
    if last is None:
        return not text[mention.end : mention.end + 3].lstrip().startswith((",", "(", "—", "–"))
    return words.words["in_"].fullmatch(last.group(1)) is None


def _unnamed(
    text: str,
    words: Lexicon,
    stretch: tuple[int, int],
    mentions: Sequence[Mention],
    taken: set[tuple[int, int]],
) -> Iterator[Slot]:
    held = [(m.start, m.end) for m in mentions if m.type != "PLACE"] + list(taken)
    for name in ("state", "community"):
        for match in words.words[name].finditer(text, *stretch):
            if not any(start < match.end() and match.start() < end for start, end in held):
                yield Slot(Party(match.group()), match.span())


def _mediators(text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]) -> tuple[Slot, ...]:
    """Those named after "through the mediation of" or before "mediated"; else go-betweens without a name."""
    found = []
    for mention in mentions:
        if mention.type not in ("PERSON", "ORG", "PLACE") or (
            mention.how == "spacy" and mention.type == "PLACE"
        ):
            continue
        if mention.type == "PLACE" and not ("country" in mention.how or mention.text.casefold() in CAPITALS):
            continue
        if _is_mediator(text, words, mention):
            found.append(
                _slot(mention, CAPITALS.get(mention.text.casefold()) if mention.type == "PLACE" else None)
            )
    if found:
        return _unique(iter(found))
    if draft.type == "mediation" or words.words["mediator_after"].search(text, *draft.sentence):
        return _unique(
            Slot(Party(match.group()), match.span())
            for match in words.words["go_betweens"].finditer(text, *draft.sentence)
        )[:2]
    return ()


def _is_mediator(text: str, words: Lexicon, mention: Mention) -> bool:
    known = "mediator" in mention.how
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    after = text[mention.end : mention.end + _AFTER]
    lead = _last(words.words["mediator_before"], before)
    if lead is not None:
        weak = len(lead.group()) < 5
        gap = len(before) - lead.end()
        if (gap < 6 and (known or not weak)) or (gap < 26 and not weak and "." not in before[lead.end() :]):
            return True
    tail = words.words["mediator_after"].search(after)
    return tail is not None and tail.start() < (30 if known else 12) and "." not in after[: tail.start()]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def _persons(
    text: str, words: Lexicon, here: Sequence[Mention], mentions: Sequence[Mention]
) -> tuple[Slot, ...]:
    """The persons of the sentence, without a spokesman who only announces; else those of the passage."""
    for known in (here, mentions):
        found = _unique(
            _slot(m)
            for m in known
            if m.type == "PERSON" and not _SPOKESMAN.search(text[max(0, m.start - 50) : m.start])
        )
        if found:
            return found[:4]
    return ()


def source_of(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]
) -> tuple[str, tuple[int, int] | None]:
    """Who says so: official, group, local, organisation or media, by the words around a verb of saying."""
    best, least, where = "media", float("inf"), None
    for stretch in (draft.sentence, (0, len(text))):
        for said in words.words["said"].finditer(text, *stretch):
            for kind, start, end in _speakers(text, words, said, mentions):
                gap = max(start - said.end(), said.start() - end, 0)
                if gap < least:
                    best, least, where = kind, gap, (start, end)
        if where is not None:
            break
    return best, where


def _speakers(
    text: str, words: Lexicon, said: re.Match[str], mentions: Sequence[Mention]
) -> Iterator[tuple[str, int, int]]:
    low, high = max(0, said.start() - 60), min(len(text), said.end() + 60)
    for kind in ("group", "local", "organisation", "media", "official"):
        for match in words.words[kind].finditer(text, low, high):
            yield kind, match.start(), match.end()
    for mention in mentions:
        if low <= mention.start and mention.end <= high:
            if mention.type == "ARMED_GROUP":
                yield "group", mention.start, mention.end
            elif "state" in mention.how.split()[-1:] or "state_body" in mention.how:
                yield "official", mention.start, mention.end
