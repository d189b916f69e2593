"""The signs of a passage into the events that it tells, by weights learned from passages that people read."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nijar_nlp.cases.event_aspects import clause
from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_ruling import TYPES_OF_TAGS, weight
from nijar_nlp.cases.event_signs import Reading, Signs, signs_of_status, signs_of_types
from nijar_nlp.records import EVENT_STATUSES, EVENT_TYPES

WEIGHTS_FILE = Path(__file__).with_name("event_weights.npz")
# Hashing instead of a vocabulary: no word of a labelled passage is stored.
N_SIGNS = 2**15
MOST_EVENTS = 3
# Log-odds from which a type is told, and from which the likeliest type of a tag without one is; chosen by
# cross-validation over the labelled passages (benchmarks/event_weights.py).
TOLD, TOLD_OF_TAG = 0.0, -3.0
# The rules' own sentence stands against one that seems likelier by no more than these log-odds.
_FAVOUR = 1.0
# What a word for a status, heard by the rules, adds to its log-odds. What is heard not to have come about, by
# such a word or by a trigger as firm as this, is neither done nor agreed, whatever else the passage says.
_HEARD, _HEARD_UNDONE = 0.7, 2.5
_UNDONE, _FIRM = ("refused", "failed", "denied", "called_for"), 2.0
# What a draft without a trigger weighs at most: it is sure enough to be told, and not "told in words".
_UNSAID = 0.4
# What an event of bargaining loses of its log-odds where no word of the lexicon tells it: reports speak of
# sides, attacks and meetings in much the same words.
_WORDLESS = 1.0
_BARGAINED = ("talks", "mediation", "ceasefire_or_local_agreement")
# Shorter words are articles and prepositions more often than they tell an event.
_TELLING = 4
_DIGITS = 6
# What words that deny a failure add to the log-odds of their status, against the signs of failure among them.
_NOT_FAILED = 6.0
_STANCES = ("called_for", "refused", "claimed")
_COMING_TRUE = ("done", "agreed", "offered")

Weights = NDArray[np.float32]


class Judge(NamedTuple):
    """Weights: a row for each type or status, a column for each sign and one that always counts."""

    sentence: Weights
    passage: Weights
    status: Weights


@lru_cache(maxsize=1)
def judge() -> Judge:
    """The weights that ship with the package."""
    with np.load(WEIGHTS_FILE, allow_pickle=False) as stored:
        return Judge(*(stored[name].astype(np.float32) for name in Judge._fields))


@lru_cache(maxsize=1)
def weights_version() -> str:
    """A hash of the weights."""
    return hashlib.sha256(WEIGHTS_FILE.read_bytes()).hexdigest()


def column(sign: str) -> int:
    """The column of a sign."""
    return crc32(sign.encode()) % N_SIGNS


def log_odds(weights: Weights, signs: Signs) -> NDArray[np.float64]:
    """One number a row of the weights, rounded so that no machine's order of adding shows in an event."""
    at = [column(sign) for sign in signs]
    values = np.fromiter(signs.values(), dtype=np.float64, count=len(at))
    found = weights[:, at].astype(np.float64) @ values + weights[:, N_SIGNS]
    return np.asarray(np.round(found, _DIGITS))


def whole(signs: Sequence[Signs]) -> Signs:
    """The signs of a passage: of each the strongest in any sentence."""
    most: Signs = {}
    for own in signs:
        for name, value in own.items():
            if value > most.get(name, 0.0):
                most[name] = value
    return most


def judged(read: Reading, weights: Judge | None = None) -> list[Draft]:
    """The main events, in the order of the text; each tag has one, unless none of its types is likely.

    The weights are those that ship with the package, unless others are given.
    """
    weights = weights or judge()
    signs = signs_of_types(read)
    local = np.stack([log_odds(weights.sentence, own) for own in signs])
    odds = (local.max(axis=0) + log_odds(weights.passage, whole(signs))) / 2
    chosen = chosen_types(_as_worded(read, odds), read.tags)
    found = [_placed(read, kind, chosen[kind], local[:, EVENT_TYPES.index(kind)], weights) for kind in chosen]
    told = [_with_status(read, d, weights) for d in found]
    told += _refused_beside(read, told, weights)
    return sorted(told[:MOST_EVENTS], key=lambda d: (d.start, d.type))


def _refused_beside(read: Reading, told: Sequence[Draft], weights: Judge) -> list[Draft]:
    """What is refused beside one of its type that comes true: "freed 300 but would not free the others"."""
    true = {d.type: clause(read.text, d) for d in told if d.status in _COMING_TRUE and d.end > d.start}
    others = [
        _with_status(read, d, weights)
        for d in read.drafts
        if d.type in true and d.status == "refused" and d.cue and clause(read.text, d) != true[d.type]
    ]
    refused = {d.type: d for d in reversed(others) if d.status == "refused"}
    return [refused[kind] for kind in sorted(refused)]


def _as_worded(read: Reading, odds: NDArray[np.float64]) -> dict[str, float]:
    """The log-odds of the types; less for one of bargaining of which no word of the lexicon tells."""
    told = {draft.type for draft in read.drafts}
    return {
        kind: value - (_WORDLESS if kind in _BARGAINED and kind not in told else 0.0)
        for kind, value in zip(EVENT_TYPES, odds.tolist(), strict=True)
    }


def chosen_types(odds: Mapping[str, float], tags: Sequence[str]) -> dict[str, float]:
    """The types that a passage tells with their log-odds: the likeliest of each tag first, three at most."""
    ranked = sorted(odds, key=lambda kind: -odds[kind])
    firsts = []
    for tag in tags:
        first = next((kind for kind in ranked if kind in TYPES_OF_TAGS.get(tag, ())), None)
        if first is not None and odds[first] > TOLD_OF_TAG:
            firsts.append(first)
    allowed = set().union(*(TYPES_OF_TAGS.get(tag, ()) for tag in tags))
    others = [kind for kind in ranked if kind in allowed and odds[kind] > TOLD]
    return {kind: odds[kind] for kind in list(dict.fromkeys([*firsts, *others]))[:MOST_EVENTS]}


def _placed(read: Reading, kind: str, odds: float, local: NDArray[np.float64], weights: Judge) -> Draft:
    """Where an event is told: the rules' draft of its likeliest sentence, else its most telling word."""
    number = int(local.argmax())
    ruled = next((d for d in read.ruled if d.type == kind), None)
    if ruled is not None:
        own = sentence_at(read, ruled.start)
        number = own if local[own] > local[number] - _FAVOUR else number
    found = drafted(read, kind, number)
    if found is not None:
        return found
    row = weights.sentence[EVENT_TYPES.index(kind)]
    return made(read, kind, number, _most_telling(read, number, row), _UNSAID / (1 + math.exp(-odds)))


def sentence_at(read: Reading, position: int) -> int:
    """The number of the sentence in which a position lies."""
    return next((n for n, (start, end) in enumerate(read.sentences) if start <= position < end), 0)


def drafted(read: Reading, kind: str, number: int) -> Draft | None:
    """The draft that the rules have of a type in a sentence: the one they would keep, else the firmest."""
    stretch = read.sentences[number]
    ruled = next(
        (d for d in read.ruled if d.type == kind and d.sentence == stretch and d.start < d.end), None
    )
    here = [d for d in read.drafts if d.type == kind and d.sentence == stretch]
    return ruled or max(here, key=weight, default=None)


def made(read: Reading, kind: str, number: int, span: tuple[int, int], score: float) -> Draft:
    """A draft where the rules have none; until it is judged, its status is that of theirs elsewhere."""
    elsewhere = next((d.status for d in read.ruled if d.type == kind), "")
    return Draft(kind, elsewhere, *span, read.sentences[number], None, score)


def _most_telling(read: Reading, number: int, row: Weights) -> tuple[int, int]:
    words = [token for token in read.tokens[number] if token.word]
    tokens = [token for token in words if len(token.word) >= _TELLING] or words
    if not tokens:
        return read.sentences[number]
    best = max(tokens, key=lambda token: row[column(token.sign)])
    return best.start, best.end


def _with_status(read: Reading, draft: Draft, weights: Judge) -> Draft:
    """The draft with its likeliest status: by the weights, and by what the rules heard in so many words."""
    odds = log_odds(weights.status, signs_of_status(read, draft))
    if draft.denies_failure and draft.cue is None:
        odds[EVENT_STATUSES.index(draft.status)] += _NOT_FAILED
    fitting: Sequence[str] = _STANCES if draft.type == "policy_statement" else EVENT_STATUSES
    if draft.status in _UNDONE and (draft.cue or draft.score >= _FIRM):
        odds[EVENT_STATUSES.index(draft.status)] += _HEARD_UNDONE
        fitting = tuple(name for name in fitting if name not in ("done", "agreed"))
    elif draft.cue:
        odds[EVENT_STATUSES.index(draft.status)] += _HEARD
    status = max(fitting, key=lambda name: odds[EVENT_STATUSES.index(name)])
    return draft._replace(status=status, cue=draft.cue if status == draft.status else None)
