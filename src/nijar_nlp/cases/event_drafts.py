"""Sentences into drafts of events: what kind, how far it is, and the words that say so."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nijar_nlp.cases.event_words import Cue, Lexicon, Trigger, lexicon
from nijar_nlp.records import Mention

_SENTENCE_END = re.compile(
    r"(?<=[.!?؟])[\"»”’)]*\s+(?=[\"«“(]?[A-ZÉÈÀÎÔÇ\u0621-\u064a0-9])|\n+|\s+(?=[•▪■●◦]\s)|(?<=[؛;])\s+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Dr|Gen|Col|Lt|St|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|M|MM|Mme|art|p)\.$"
)
_CLAUSE_EDGE = re.compile(
    r"[;:؛]|, (?:but|while|and then|after|before|which|mais|tandis|alors que|après|avant)"
    r"|، (?:فيما|لكن|بينما|بعد|قبل)"
)
# What each kind of trigger says under each tag.
_BY_TAG = {
    "dialogue": {"ceasefire", "talks", "mediation", "amnesty", "stance"},
    "prisoner_release": {"release", "swap", "amnesty"},
    "hostage_exchange": {"release", "swap", "ransom"},
}
_TYPES = {
    "ceasefire": "ceasefire_or_local_agreement",
    "stance": "policy_statement",
    "talks": "talks",
    "mediation": "mediation",
    "amnesty": "amnesty",
    "swap": "swap",
    "ransom": "ransom",
}
# A sentence of fewer characters with no event of its own may deny the one before it.
_SHORT = 70
# Words for prisoners that stand farther from a release than this do not say who is released.
_NEXT_TO = 60
# A failure, refusal or denial is heard from farther than other cues, by so many characters.
_OVERRULING, _LOUD = ("failed", "refused", "denied"), 14
# A body named for these kinds of event need not take part in one; one named for mediation mediates.
_NAMED_FOR_WORK = ("talks", "stance", "amnesty", "release", "swap")
_BODIES = ("ORG", "ARMED_GROUP")
# A name is looked for in so many characters before one of its words.
_NAME = 80
_PARDON = re.compile(r"pardon|graci|grâce|clemency|عفو", re.IGNORECASE)


class Draft(NamedTuple):
    """An event that a sentence tells: its type and status, the words for both, and how sure they are.

    `denies_failure` where its words are those of a failure that did not come about.
    """

    type: str
    status: str
    start: int
    end: int
    sentence: tuple[int, int]
    cue: tuple[int, int] | None
    score: float
    denies_failure: bool = False


def sentences(text: str) -> list[tuple[int, int]]:
    """The stretches of the sentences of a text."""
    ends = [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text[max(0, match.start() - 6) : match.start()])
    ]
    return [(start, end) for start, end in pairwise([0, *ends, len(text)]) if text[start:end].strip()]


def drafts(text: str, language: str, tags: Sequence[str], mentions: Sequence[Mention] = ()) -> list[Draft]:
    """Every event that a trigger tells under one of the tags, in the order of the text.

    A word of a body's name tells none: of a mention, or of what looks like a name.
    """
    words = lexicon(language)
    kinds = set().union(*(_BY_TAG.get(tag, set()) for tag in tags))
    names = [(m.start, m.end) for m in mentions if m.type in _BODIES]
    found: list[Draft] = []
    for sentence in sentences(text):
        matches = [
            told
            for told in _matches(text, sentence, words, kinds)
            if told[0].kind not in _NAMED_FOR_WORK or not _in_name(text, words, told[1:], names)
        ]
        if not matches and sentence[1] - sentence[0] < _SHORT:
            found = _denied(text, sentence, words.cues, found)
        for trigger, start, end in matches:
            found.append(_draft(text, sentence, words, trigger, (start, end), tags))
    return found


def _in_name(text: str, words: Lexicon, span: tuple[int, int], names: Sequence[tuple[int, int]]) -> bool:
    """Whether a word is part of a body's name: "the Peace and Dialogue Platform"."""
    start, end = span
    if text[start].islower():  # Arabic has neither
        return False
    if any(a <= start and end <= b and (start, end) != (a, b) for a, b in names):
        return True
    before = words.words["name_before"].search(text, max(0, start - _NAME), start)
    behind = words.words["name_after"].match(text, end + (text[end : end + 1] != ","))
    return before is not None or behind is not None


def _denied(text: str, sentence: tuple[int, int], cues: Sequence[Cue], found: Sequence[Draft]) -> list[Draft]:
    """The drafts with those denied that a short sentence behind theirs denies: "The group denied it"."""
    denials = (
        match for cue in cues if cue.status == "denied" for match in cue.pattern.finditer(text, *sentence)
    )
    denial = next(denials, None)
    if denial is None:
        return list(found)
    return [
        d._replace(status=_fitting(d.type, "denied"), cue=denial.span())
        if d.sentence[1] == sentence[0] and d.type != "policy_statement"
        else d
        for d in found
    ]


def _matches(
    text: str, sentence: tuple[int, int], words: Lexicon, kinds: set[str]
) -> Iterator[tuple[Trigger, int, int]]:
    """The triggers of a sentence; of overlapping ones of one kind the firmest stays."""
    found = [
        (trigger, match.start(), match.end())
        for trigger in words.triggers
        if trigger.kind in kinds
        for match in trigger.pattern.finditer(text, *sentence)
    ]
    found.sort(key=lambda item: (-item[0].strength, item[1] - item[2]))
    kept: list[tuple[Trigger, int, int]] = []
    for item in found:
        if not any(
            item[1] < end and start < item[2] and _rival(item[0].kind, trigger.kind)
            for trigger, start, end in kept
        ):
            kept.append(item)
    yield from sorted(kept, key=lambda item: item[1])


def _rival(kind: str, other: str) -> bool:
    return kind == other or {kind, other} in (
        {"talks", "stance"},
        {"release", "swap"},
        {"ceasefire", "talks"},
    )


def _draft(
    text: str,
    sentence: tuple[int, int],
    words: Lexicon,
    trigger: Trigger,
    span: tuple[int, int],
    tags: Sequence[str],
) -> Draft:
    kind = _type(text, sentence, words, trigger.kind, span, tags)
    cue, cost = _nearest_cue(text, sentence, words.cues, span, trigger)
    if cue is not None and cost < _reach(trigger):
        status, where = cue
    else:
        status, where = trigger.status, None
    if kind == "prisoner_release" and trigger.kind == "amnesty" and status == "offered":
        status = "done"
    if kind == "ransom" and status in ("agreed", "under_way", "failed"):
        status = trigger.status
    score = 1.0 + trigger.strength / 20
    return Draft(kind, _fitting(kind, status), *span, sentence, where, score, trigger.denies_failure)


def _reach(trigger: Trigger) -> float:
    """How near a cue must be to overrule the trigger's own status, in characters."""
    return max(6.0, 75.0 - 3.4 * trigger.strength)


def _type(
    text: str,
    sentence: tuple[int, int],
    words: Lexicon,
    kind: str,
    span: tuple[int, int],
    tags: Sequence[str],
) -> str:
    if kind == "amnesty" and "prisoner_release" in tags and _PARDON.search(text, *span):
        return "prisoner_release"
    if kind != "release":
        return _TYPES[kind]
    if "hostage_exchange" not in tags:
        return "prisoner_release"
    if "prisoner_release" not in tags:
        return "hostage_release"
    held = _distance(words.words["captives"], text, sentence, span)
    jailed = _distance(words.words["prisoners"], text, sentence, span)
    return "prisoner_release" if jailed < held and jailed <= _NEXT_TO else "hostage_release"


def _distance(pattern: re.Pattern[str], text: str, sentence: tuple[int, int], span: tuple[int, int]) -> float:
    return min(
        (max(m.start() - span[1], span[0] - m.end(), 0) for m in pattern.finditer(text, *sentence)),
        default=float("inf"),
    )


def _nearest_cue(
    text: str,
    sentence: tuple[int, int],
    cues: Sequence[Cue],
    span: tuple[int, int],
    trigger: Trigger,
) -> tuple[tuple[str, tuple[int, int]] | None, float]:
    """The cue that governs an event's word: the nearest; one after it or past a clause counts as farther."""
    best, least = None, float("inf")
    for cue in cues:
        for match in cue.pattern.finditer(text, *sentence):
            start, end = match.span()
            if start < span[1] and span[0] < end:
                continue
            before = end <= span[0]
            if not (cue.before if before else cue.after):
                continue
            between = text[end : span[0]] if before else text[span[1] : start]
            cost = len(between) + (0 if before else 14) + 45 * len(_CLAUSE_EDGE.findall(between))
            cost -= _LOUD if cue.status in _OVERRULING else 0
            if cost < least:
                best, least = (cue.status, (start, end)), cost
    return best, least


def _fitting(kind: str, status: str) -> str:
    """The status as the event's type allows it."""
    if kind == "policy_statement":
        return status if status in ("refused", "called_for") else "claimed"
    if kind == "mediation" and status == "agreed":
        return "under_way"
    if kind == "amnesty" and status == "agreed":
        return "offered"
    if kind == "ceasefire_or_local_agreement" and status == "claimed":
        return "agreed"
    return status
