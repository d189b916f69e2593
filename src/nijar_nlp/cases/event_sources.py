"""Who says what a passage tells: the one nearest to a verb of saying, or whose stance it is."""

import re
from collections.abc import Iterator, Sequence

from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_parties import other_side
from nijar_nlp.cases.event_words import Lexicon
from nijar_nlp.records import Mention

# Farther than this from a verb of saying, in characters, nobody is taken for the one who says it.
_HEARD = 45
# A verb behind a comma or a quotation has its speaker after it: "…, a annoncé la présidence".
_INVERTED = re.compile(r"[,،»”\"]\s*$")


# Publishers that are no media: international organisations, aid and rights groups, research institutes.
_ORGANISATIONS = re.compile(
    r"(?<!\w)(?:United Nations|Nations Unies|UN|ONU|UN[A-Z]{2,5}|OCHA|ICRC|CICR|HCR|WFP|PAM|African Union|"
    r"Union africaine|Security Council|Secretary[- ]General|Amnesty|Human Rights Watch|HRW|FIDH|Crisis Group|"
    r"(?:Panel|Group) of Experts|Red Cross|Croix-Rouge|Médecins|RAND|Brookings|Chatham House|SIPRI|ACAPS|"
    r"ReliefWeb|NGO|ONG|(?:Programme|Organi[sz]ation|Foundation|Fondation|Institut\w*|Universit\w+|Commission|"
    r"Committee|Comité|Observator\w+|Observatoire)(?!\w)|Cent(?:re|er) (?:for|of|on|d[eu’'])|Centre|"
    r"الأمم المتحدة|منظمة|الصليب الأحمر|مركز|معهد|مرصد)"
)


def voice_of(outlet: str) -> str:
    """Whose words a document's own are, by who publishes it: an organisation's, else media."""
    return "organisation" if _ORGANISATIONS.search(outlet) else "media"


def source_of(
    text: str, words: Lexicon, draft: Draft, mentions: Sequence[Mention], voice: str
) -> tuple[str, tuple[int, int] | None]:
    """Who says so: official, group, local, organisation or media.

    It is whoever stands nearest to a verb of saying, in the sentence first; of a stance without one it
    is the one who takes it. Without any it is the `voice` of the document, or an organisation's where the
    text itself speaks as one.
    """
    for stretch in (draft.sentence, (0, len(text))):
        best, least, where = "", float(_HEARD), None
        for said in words.words["said"].finditer(text, *stretch):
            inverted = _INVERTED.search(text, 0, said.start()) is not None
            for kind, start, end in _speakers(text, words, said, mentions):
                if inverted and end <= said.start():
                    continue
                gap = max(start - said.end(), said.start() - end, 0)
                if gap < least:
                    best, least, where = kind, gap, (start, end)
        if best:
            return best, where
        if draft.type == "policy_statement":
            holder = _holder(text, words, draft, mentions)
            if holder:
                return holder
    own = words.words["own_voice"].search(text)
    return ("organisation", own.span()) if own else (voice, None)


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
) -> Iterator[tuple[str, int, int]]:
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
