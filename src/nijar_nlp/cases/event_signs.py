"""A tagged passage into the signs by which its events are judged: words, names by their kind, drafts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from nijar_nlp.cases.event_aspects import clause, signs_of_aspect
from nijar_nlp.cases.event_drafts import Draft, sentences
from nijar_nlp.cases.event_words import lexicon
from nijar_nlp.records import Mention
from nijar_nlp.stems import bare_words, stem

Signs = dict[str, float]
# What the rest of the passage weighs beside an event's own sentence.
_CONTEXT = 0.5
# Words on either side of an event's own that tell how far it has come.
_NEAR_WORDS = 6
# What a passage is about shows in these words of the lexicon, in a sentence.
_CLASSES = (
    "captives", "prisoners", "captors", "abduction", "killed", "money", "exchanged_for", "go_betweens",
    "mediator_after", "coming_back",
)  # fmt: skip
_NAMES = {"ARMED_GROUP": "@group", "PERSON": "@person", "DATE": "@date", "NUMBER": "@number"}
_WORD = re.compile(r"\w+")


class Token(NamedTuple):
    """A stem, or a name by its kind; the word as it is inflected; and where it stands."""

    sign: str
    word: str
    start: int
    end: int


class Reading(NamedTuple):
    """A passage as it is judged: its sentences with their tokens, and what the rules make of it.

    `drafts` are all that the rules find, `ruled` those that they would keep.
    """

    text: str
    language: str
    tags: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[tuple[Token, ...], ...]
    drafts: tuple[Draft, ...]
    ruled: tuple[Draft, ...]


def reading(
    text: str,
    language: str,
    tags: Sequence[str],
    mentions: Sequence[Mention],
    drafts: Sequence[Draft],
    ruled: Sequence[Draft],
) -> Reading:
    """The passage with its sentences and tokens."""
    stretches = tuple(sentences(text)) or ((0, len(text)),)
    tokens = tuple(tuple(_tokens(text, stretch, mentions)) for stretch in stretches)
    return Reading(text, language, tuple(sorted(tags)), stretches, tokens, tuple(drafts), tuple(ruled))


def _tokens(text: str, stretch: tuple[int, int], mentions: Sequence[Mention]) -> Iterator[Token]:
    names = iter([m for m in mentions if stretch[0] <= m.start < stretch[1]])
    name, told = next(names, None), None
    for match in _WORD.finditer(text, *stretch):
        while name is not None and name.end <= match.start():
            name = next(names, None)
        if name is not None and name.start < match.end():
            if name is not told:
                told = name
                yield Token(_name(name), "", name.start, name.end)
            continue
        for word in bare_words(match.group()):
            yield Token(stem(word), match.group().casefold(), *match.span())


def _name(mention: Mention) -> str:
    kind = mention.how.split()[1] if " " in mention.how else ""
    if mention.type == "PLACE":
        return "@country" if mention.precision == "country" else "@place"
    if mention.type == "ORG":
        return f"@{kind}" if kind in ("state", "state_body", "community", "mediator") else "@org"
    return _NAMES.get(mention.type, "@name")


def signs_of_types(read: Reading) -> list[Signs]:
    """For each sentence what tells which events it tells."""
    shared = {f"tag {tag}": 1.0 for tag in read.tags}
    shared["tags " + "+".join(read.tags)] = 1.0
    shared[f"language {read.language}"] = 1.0
    for draft in read.ruled:
        shared[f"ruled {draft.type}"] = 1.0
        shared[f"ruled {draft.type} {draft.status}"] = 0.5
    everywhere = _grams([token for own in read.tokens for token in own], "~", pairs=False)
    found = []
    for number, stretch in enumerate(read.sentences):
        signs = dict(shared)
        for name, value in everywhere.items():
            signs[name] = _CONTEXT * value
        signs.update(_grams(read.tokens[number], ""))
        signs.update(_of_rules(read, stretch))
        signs.update(_of_place(read, number))
        found.append(signs)
    return found


def _of_place(read: Reading, number: int) -> Signs:
    words = lexicon(read.language).words
    start, end = read.sentences[number]
    signs = {f"has {name}": 1.0 for name in _CLASSES if words[name].search(read.text, start, end)}
    kinds = {token.sign for token in read.tokens[number] if token.sign.startswith("@")}
    signs.update({f"has {kind}": 1.0 for kind in sorted(kinds)})
    signs["@@first" if number == 0 else "@@later"] = 0.5
    signs[f"sentences {min(len(read.sentences), 5)}"] = 0.5
    return signs


def _of_rules(read: Reading, stretch: tuple[int, int]) -> Signs:
    signs: Signs = {}
    for draft in read.drafts:
        here = "here" if draft.sentence == stretch else "there"
        signs[f"draft {here} {draft.type}"] = 1.0
        signs[f"draft {here} {draft.type} {draft.status}"] = 0.5
        if here == "here":
            firm = f"draft strength {draft.type}"
            signs[firm] = max(signs.get(firm, 0.0), draft.score - 1.0)
    for draft in read.ruled:
        if draft.sentence == stretch:
            signs[f"ruled here {draft.type}"] = 1.0
    return signs


def signs_of_status(read: Reading, draft: Draft) -> Signs:
    """What tells how far an event has come, of which a draft says where it is told."""
    number = next((n for n, s in enumerate(read.sentences) if s == draft.sentence), 0)
    tokens = read.tokens[number]
    signs: Signs = {"type " + draft.type: 1.0, f"language {read.language}": 1.0}
    for name, value in _grams(tokens, "").items():
        signs[name] = value
        signs[f"{draft.type} {name}"] = value
    signs.update({f"has {k}": 0.5 for k in sorted({t.sign for t in tokens if t.sign[0] == "@"})})
    near = [t for t in tokens if t.end <= draft.start][-_NEAR_WORDS:]
    own = [t for t in tokens if draft.start <= t.start < draft.end]
    after = [t for t in tokens if t.start >= draft.end][:_NEAR_WORDS]
    for side, some in (("<", near), ("=", own), (">", after)):
        signs.update(_grams(some, side))
        signs.update(_inflected(some, side))
    if number + 1 < len(read.tokens):
        signs.update(_scaled(_grams(read.tokens[number + 1], "+", pairs=False), _CONTEXT))
    start, end = clause(read.text, draft)
    signs.update(_grams([t for t in tokens if start <= t.start < end], "c "))
    signs.update(signs_of_aspect(read.text, read.language, draft))
    signs.update(_of_drafted_status(read, draft))
    return signs


def _of_drafted_status(read: Reading, draft: Draft) -> Signs:
    signs = {f"ruled {draft.status}": 1.0, f"ruled {draft.type} {draft.status}": 1.0}
    signs["@@cue" if draft.cue else "@@no cue"] = 0.5
    counts = Counter((d.type, d.status) for d in read.drafts if d.sentence == draft.sentence)
    for kind, status in counts:
        signs[f"draft {kind} {status}" if kind != draft.type else f"own draft {status}"] = 0.7
        signs[f"any draft {status}"] = 0.5
    for other in read.ruled:
        if other.type != draft.type:
            signs[f"beside {other.type}"] = 0.5
            signs[f"beside {other.type} {other.status}"] = 0.5
    return signs


def _grams(tokens: Sequence[Token], prefix: str, *, pairs: bool = True) -> Signs:
    """Stems and pairs of neighbours, each once, scaled so that long sentences weigh as much as short ones."""
    names = dict.fromkeys(f"{prefix}{token.sign}" for token in tokens)
    if pairs:
        names |= dict.fromkeys(f"{prefix}{one.sign} {other.sign}" for one, other in pairwise(tokens))
    value = 2.0 / max(1, len(names)) ** 0.5
    return dict.fromkeys(names, value)


def _scaled(signs: Mapping[str, float], factor: float) -> Signs:
    return {name: factor * value for name, value in signs.items()}


def _inflected(tokens: Sequence[Token], prefix: str) -> Signs:
    """The words whole, as tense and voice are in their endings."""
    return dict.fromkeys((f"{prefix}!{token.word}" for token in tokens if token.word), 0.5)
