"""Names into sides: whether somebody named is a state, its body, a community or a country that acts."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention, Party

# A second name after a preposition: "in Mali and Niger".
_LISTED = re.compile(
    r"(\w+)['’\s](?:the |l['’]|la |le )?[\w\-]+ (?:and|et|or|ou) (?:the |l['’]|la |le |au |en )?$",
    re.IGNORECASE,
)
_LISTED_IN_ARABIC = re.compile(r"(\w+) \w+ و$")
# "In Davos, Switzerland," is where a town is; "in Davos, Switzerland said" is not.
_IN_A_TOWN = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?: \(\w+\))?, $")
_NO_VERB = re.compile(
    r"\s*(?:[.;:)(–—]|$|,(?! (?:and|or|et|ou)\b)|(?:on|in|at|where|from|between|le|en|où|entre)(?!\w))"
)
ARABIC = re.compile(r"[\u0621-\u064a]")
# Within so many characters a list of onlookers goes on, up to the end of its clause.
_LIST = 200
_END = re.compile(r"[.;:؛]\s|(?<!\w)(?:but|mais|لكن)(?!\w)")
_COUNT = re.compile(r"\d\s+$")
# So many characters before a name say what it is to others.
BEFORE = 60
# Events in which two sides deal with each other.
FACE_TO_FACE = ("talks", "ceasefire_or_local_agreement", "swap", "mediation")
_CONFERENCE = re.compile(r"dialogue|conf[ée]rence|حوار|مؤتمر", re.IGNORECASE)


class Slot(NamedTuple):
    """Who fills a slot, and where the text says so."""

    party: Party
    span: tuple[int, int]


def slot_of(mention: Mention, identity: str | None = None) -> Slot:
    """The mention as it fills a slot, under its own id unless another is given."""
    return Slot(Party(mention.text, identity or mention.entity), (mention.start, mention.end))


def unique(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots, each party once."""
    kept: dict[str, Slot] = {}
    for slot in slots:
        kept.setdefault(slot.party.id or slot.party.text.casefold(), slot)
    return tuple(kept.values())


def other_side(text: str, words: Lexicon, mention: Mention) -> Slot | None:
    """The mention as one of the other side: a state or its body, a community, or a country that acts."""
    kind = mention.how.split()[1] if " " in mention.how else ""
    if is_premises(text, words, mention):
        return None
    if mention.type == "ORG" and kind in ("state", "state_body", "community"):
        return None if _reports(text, words, mention) else slot_of(mention)
    if mention.type == "PLACE":
        capital = CAPITALS.get(mention.text.casefold())
        if (kind == "country" or capital) and (
            acts(text, words, mention) or is_handed_to(text, words, mention)
        ):
            return slot_of(mention, capital)
    return None


def is_conference(mention: Mention) -> bool:
    """Whether the name is of what people come together for, and not of who comes."""
    return _CONFERENCE.search(mention.text) is not None


def is_held(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether the name is one of people who can be captives ("Lebanese soldiers")."""
    return (
        mention.type == "ORG" and words.words["captives"].search(text, mention.start, mention.end) is not None
    )


def is_premises(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether the name says whose a building, a strike or a captive is: "an army base" deals with nobody."""
    after = mention.end + len("'s") * text.startswith(("'s", "’s"), mention.end) + 1
    before = words.words["premises_of"].search(text, max(0, mention.start - BEFORE), mention.start)
    return before is not None or words.words["premises"].match(text, after) is not None


def is_onlooker(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether the name stands in the list of those who support, welcome or attend: none of them is a side."""
    leads = list(words.words["onlookers"].finditer(text, max(0, mention.start - _LIST), mention.start))
    return bool(leads) and _END.search(text, leads[-1].end(), mention.start) is None


def is_rescuer(text: str, words: Lexicon, stretch: tuple[int, int], mention: Mention) -> bool:
    """Whether the name is of forces in a sentence on a rescue: they dealt with nobody."""
    forces = words.words["forces"].search(text, mention.start, mention.end)
    return forces is not None and words.words["rescue"].search(text, *stretch) is not None


def is_no_side(text: str, words: Lexicon, match: re.Match[str], kind: str) -> bool:
    """Whether those who bear no name are a group's own, mourn or are acted on ("30 villagers")."""
    start, end = match.span()
    known = words.words
    if known["of_a_group"].search(text, max(0, start - BEFORE), start):
        return True
    if known["families"].fullmatch(match.group()):
        return kind != "ransom"
    counted = _COUNT.search(text, max(0, start - 12), start) is not None
    is_people = known["community"].fullmatch(match.group()) is not None
    return is_people and (counted or known["abduction"].match(text, end + 1) is not None)


def is_handed_to(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether someone is handed over to the one that is mentioned."""
    return words.words["handed_to"].search(text, max(0, mention.start - BEFORE), mention.start) is not None


def _reports(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether the mention is merely the one who says so: "a source in the Malian army said"."""
    after = text[mention.end : mention.end + 30]
    found = words.words["said"].search(after)
    speaks = words.words["officials"].search(text, mention.start, mention.end) is not None
    led = "," in text[max(0, mention.start - 3) : mention.start]
    return found is not None and found.start() < 4 and (led or speaks)


def acts(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether a country or capital is an actor here and not where something is."""
    before = text[max(0, mention.start - 16) : mention.start].rstrip(' «“"').replace("the ", "")
    if ARABIC.search(mention.text):
        return _acts_in_arabic(text, words, mention)
    last = re.search(r"([\w\-]+)['’\s]*(?:l['’]|la|le|les|the)?\s*$", before)
    if _IN_A_TOWN.search(text, max(0, mention.start - 24), mention.start) and _NO_VERB.match(
        text, mention.end
    ):
        return False
    if before and (last is None or before[-1] in ".;:("):
        return True
    listed = _LISTED.search(text[max(0, mention.start - 40) : mention.start])
    if listed and words.words["in_"].fullmatch(listed.group(1)):
        return False
    if last is None:
        return not text[mention.end : mention.end + 3].lstrip().startswith((",", "(", "—", "–"))
    return words.words["in_"].fullmatch(last.group(1)) is None


def _acts_in_arabic(text: str, words: Lexicon, mention: Mention) -> bool:
    """Whether a verb, "with", "between" or "and" stands before the name; after a noun it is a genitive."""
    before = text[max(0, mention.start - 24) : mention.start]
    listed = _LISTED_IN_ARABIC.search(before)
    if listed and words.words["in_"].fullmatch(listed.group(1)):
        return False
    if before.endswith("و") or not before.strip() or before.rstrip()[-1] in ".:؛":
        return True
    last = before.split()[-1]
    return bool(
        words.words["against"].fullmatch(last)
        or words.words["said"].fullmatch(last)
        or (last.endswith(("ت", "تها", "تهم")) and len(last) > 3)
    )
