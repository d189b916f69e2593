"""Who says what a passage tells: the one nearest to a verb of saying, or whose stance it is."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib import resources

from nijar_nlp.cases.event_drafts import Draft, sentences
from nijar_nlp.cases.event_sides import other_side
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention

# The patterns of publishers that are no media, as the file has them.
ORGANISATIONS = resources.files(__package__).joinpath("lexicons", "organisations.toml").read_text("utf-8")
# Farther than this from a verb of saying, in characters, nobody is taken for the one who says it.
_HEARD = 45
# A verb behind a comma may have its speaker right after it, and one behind a quotation has: "…, a annoncé la
# présidence".
_BEHIND_COMMA, _BEHIND_QUOTATION = re.compile(r"[,،]\s*$"), re.compile(r"[»”\"],?\s*$")
_RIGHT_AFTER = re.compile(r"\s*(?:(?:the|an?|l[ea]s?|une?|des?|du)\s+|l['’]\s?)?", re.IGNORECASE)
# What is said, and not who says it: "said that JNIM …", "said JNIM had …".
_SAID_THAT = re.compile(r"[^.,;]{0,25}?\b(?:that|que|qu['’]|أن|إن)", re.IGNORECASE)
_DOES = re.compile(r"\s(?:ha[sd]|have|is|are|was|were|will|would|\w+ed|freed)\b", re.IGNORECASE)
# A report's numbered paragraph; of several numbers it is a list, of one sentence a note.
_NUMBERED, _NUMBER = re.compile(r"\A\d{1,3}\. (?=\S)"), re.compile(r"(?:^|\s)\d{1,3}\. (?=[^\W\d_])")

_Speaker = tuple[str, int, int]


def _publishers(patterns: Sequence[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", flags)


_LISTED: dict[str, list[str]] = tomllib.loads(ORGANISATIONS)
_NAMES, _WORDS, _MEDIA = (_publishers(_LISTED[name]) for name in ("names", "words", "media"))
_ACRONYMS = _publishers(_LISTED["acronyms"], 0)


def voice_of(outlet: str, text: str = "", kind: str = "body") -> str:
    """Whose words a document's own are: an organisation's, media, or nobody's in particular ("").

    It is so by who publishes it; where that is unknown, a numbered paragraph is from an organisation's
    report, unless its `kind` is another than a passage's body.
    """
    if not outlet.strip():
        numbered = kind == "body" and _NUMBERED.match(text) and len(_NUMBER.findall(text)) == 1
        told = sum(text[slice(*stretch)].strip(" .0123456789\n") != "" for stretch in sentences(text))
        return "organisation" if numbered and told > 1 else ""
    if _NAMES.search(outlet) or _ACRONYMS.search(outlet):
        return "organisation"
    return "organisation" if _WORDS.search(outlet) and not _MEDIA.search(outlet) else "media"


def source_of(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention], voice: str
) -> tuple[str, tuple[int, int] | None]:
    """Who says so: official, group, local, organisation or media.

    It is whoever stands nearest to a verb of saying, in the sentence first; of a stance without one it
    is the one who takes it. Without any it is the `voice` of the document; where that is unknown, an
    organisation's if the text itself speaks as one, else media.
    """
    for stretch in (draft.sentence, (0, len(text))):
        best, least, where = "", float(_HEARD), None
        for said in words.words["said"].finditer(text, *stretch):
            for kind, start, end in _sayers(text, said, list(_speakers(text, words, said, mentions))):
                gap = max(start - said.end(), said.start() - end, 0)
                if gap < least:
                    best, least, where = kind, gap, (start, end)
        if best:
            return best, where
        if draft.type == "policy_statement":
            holder = _holder(text, words, draft, mentions)
            if holder:
                return holder
    own = None if voice == "media" else words.words["own_voice"].search(text)
    return ("organisation", own.span()) if own else (voice or "media", None)


def _sayers(text: str, said: re.Match[str], speakers: Sequence[_Speaker]) -> Sequence[_Speaker]:
    """Those who may say what a verb of saying tells: behind it if inverted, else not its object.

    All of them where neither its place nor its words tell.
    """
    behind = [s for s in speakers if said.end() <= s[1] < said.end() + _HEARD]
    near = [s for s in behind if _RIGHT_AFTER.fullmatch(text, said.end(), s[1])]
    if _BEHIND_QUOTATION.search(text, 0, said.start()):
        return near or behind or speakers
    inverted = [s for s in near if not _DOES.match(text, s[2])]
    if inverted and _BEHIND_COMMA.search(text, 0, said.start()):
        return inverted
    that = _SAID_THAT.match(text, said.end())
    told_of = {s for s in near if s not in inverted} | {s for s in behind if that and s[1] >= that.end()}
    others = [s for s in speakers if s not in told_of and said.start() - s[2] < _HEARD]
    return others or speakers


def _holder(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention]
) -> tuple[str, tuple[int, int]] | None:
    """Whose stance it is: the last group, state or official before the words that tell it."""
    before = [m for m in mentions if draft.sentence[0] <= m.start <= draft.start]
    for mention in reversed(before):
        span = (mention.start, mention.end)
        if mention.type == "ARMED_GROUP":
            return "group", span
        if other_side(text, words, mention) or mention.type == "PERSON":
            return "official", span
    return None


def _speakers(
    text: str, words: Lexicon, said: re.Match[str], mentions: Sequence[Mention]
) -> Iterator[_Speaker]:
    low, high = max(0, said.start() - 60), min(len(text), said.end() + 60)
    for kind in ("group", "local", "organisation", "media", "official"):
        for match in words.words[kind].finditer(text, low, high):
            yield kind, match.start(), match.end()
    for mention in mentions:
        if low <= mention.start and mention.end <= high:
            if mention.type == "ARMED_GROUP":
                yield "group", mention.start, mention.end
            elif other_side(text, words, mention) and "community" not in mention.how:
                yield "official", mention.start, mention.end
