"""The clause in which an event is told into the signs of how far the event has come."""

import re
from collections.abc import Mapping

from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_words import lexicon

# Words of the lexicon that say whether an event is past, to come, wished for, under a condition or undone.
ASPECTS = (
    "hoped", "conditional", "to_come", "negated", "broken_off", "asked", "refusing", "offering", "alleged",
    "denying", "one_sided", "ongoing", "concluded",
)  # fmt: skip
# Where a long sentence begins to tell something else; Arabic chains its clauses by a letter before the verb.
_EDGE = re.compile(
    r"[;:؛،«»“”\"()\[\]–—]|\s-\s"
    r"|,\s+(?:and|but|while|whereas|which|who|where|though|although|despite|after|before|saying|adding"
    r"|mais|et|tandis|alors|qui|dont|où|après|avant|selon|malgré|bien que)\b"
    r"|\b(?:and that|et que|while|whereas|although|however|after|because|tandis que|alors que|mais|cependant"
    r"|en revanche|après que)\b"
    r"|\b(?:فيما|بينما|لكن|ولكن|غير ان|الا ان|في حين|حيث|علي ان|رغم)\b"
    r"|\b(?=و(?:قد|كان\w*|لم|لن|لا|ان|هو|هي|هم|قال\w*|اعلن\w*|اكد\w*|اضاف\w*|ذكر\w*|افاد\w*"
    r"|[تي]\w{3,}|\w{3,}وا)\b)",
    re.IGNORECASE,
)
# What is said in the same sentence outside the clause weighs beside what the clause says.
_OUTSIDE = 0.4
# What a negation turns about, and within how many characters before the word it stands.
_DENIABLE, _BESIDE = ("broken_off", "refusing"), 18
# Characters to the left of an event's word in which a word governs it more often than not.
_CLOSE = 30


def clause(text: str, draft: Draft) -> tuple[int, int]:
    """The stretch of the clause around an event's word, within its sentence."""
    start, end = draft.sentence
    edges = list(_EDGE.finditer(text, start, end))
    left = max((m.start() for m in edges if m.end() <= draft.start), default=start)
    right = min((m.start() for m in edges if m.start() >= draft.end), default=end)
    return left, right


def signs_of_aspect(text: str, language: str, draft: Draft) -> dict[str, float]:
    """What the words of modality, negation, condition and outcome around an event's word say of it."""
    words = lexicon(language).words
    own = clause(text, draft)
    signs: dict[str, float] = {}
    for name in ASPECTS:
        for match in words[name].finditer(text, *draft.sentence):
            inside = own[0] <= match.start() < own[1]
            side = "<" if match.end() <= draft.start else ">" if match.start() >= draft.end else "="
            told = f"not {name}" if name in _DENIABLE and _is_denied(text, words, own, match) else name
            keys = [f"aspect {told}", f"aspect {told} {side}"] if inside else [f"aspect {told} outside"]
            if inside and side == "<" and draft.start - match.end() <= _CLOSE:
                keys.append(f"aspect {told} close")
            value = 1.0 if inside else _OUTSIDE
            for key in keys:
                signs[key] = signs[f"{draft.type} {key}"] = value
    return signs


def _is_denied(
    text: str, words: Mapping[str, re.Pattern[str]], own: tuple[int, int], match: re.Match[str]
) -> bool:
    """Whether a negation stands right before a word: "were not suspended"."""
    start = max(own[0], match.start() - _BESIDE)
    return words["negated"].search(text, start, match.start()) is not None
