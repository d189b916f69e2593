"""Mentions that lean on an earlier one: acronyms, surnames, and "the group"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nijar_nlp.mentions.groups import find_the_group
from nijar_nlp.mentions.merging import is_free
from nijar_nlp.mentions.words import Token, fold
from nijar_nlp.records import Mention

_IN_BRACKETS = re.compile(r"\s?\(\s?(?:[Tt]he |l['’]|ou |or )?([A-Z][A-Za-z0-9\-]{1,9})\s?[),]")
_NAMED = ("ARMED_GROUP", "ORG")


def follow_up(text: str, language: str, words: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those that refer back to them, in order."""
    found = _with_acronyms(text, mentions)
    found = _with_surnames(text, words, found)
    return _with_the_group(text, language, found)


def _with_acronyms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Acronyms in brackets after a name mean that name, there and later; a resolved one lends its id."""
    found = list(mentions)
    for mention in mentions:
        if mention.type not in _NAMED:
            continue
        match = _IN_BRACKETS.match(text, mention.end)
        if match is None or sum(map(str.isupper, match[1])) * 2 < len(match[1]):
            continue
        known = next((m for m in found if m.start <= match.start(1) < m.end), None)
        if known and known.entity:
            if mention.entity is None:
                told = replace(mention, type=known.type, entity=known.entity, name=known.name, how="acronym")
                found = [told if m is mention else m for m in found]
            continue
        found = [m for m in found if m is not known]
        found += _again(text, match[1], match.start(1), found, replace(mention, how="acronym"))
    return sorted(found, key=_start)


def _start(mention: Mention) -> int:
    return mention.start


def _again(
    text: str, written: str, start: int, mentions: Sequence[Mention], like: Mention
) -> Iterator[Mention]:
    taken = sorted((m.start, m.end) for m in mentions)
    for match in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", text[start:]):
        at, end = start + match.start(), start + match.end()
        if is_free(taken, at, end):
            yield replace(like, start=at, end=end, text=written)


def _with_surnames(text: str, words: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
    """A lone surname after the full name is the same person."""
    found: list[Mention] = []
    surnames: dict[str, Mention] = {}
    for mention in mentions:
        if mention.type == "PERSON":
            parts = mention.text.split()
            if len(parts) == 1 and mention.entity is None and (full := surnames.get(fold(parts[0]))):
                mention = replace(mention, entity=full.entity, name=full.name, how="surname")
            elif len(parts) > 1:
                surnames.setdefault(fold(parts[-1]), mention)
        found.append(mention)
    taken = sorted((m.start, m.end) for m in mentions)
    for token in words:
        full = surnames.get(token.key)
        if full and token.start >= full.end and is_free(taken, token.start, token.end):
            written = text[token.start : token.end]
            if len(written) > 3 and (written[0].isupper() or written[0] >= "\u0621"):
                found.append(replace(full, start=token.start, end=token.end, text=written, how="surname"))
    return sorted(found, key=_start)


def _with_the_group(text: str, language: str, mentions: Sequence[Mention]) -> list[Mention]:
    """ "The group" is the last armed group that the passage has named."""
    taken = sorted((m.start, m.end) for m in mentions)
    found = list(mentions)
    for start, end in find_the_group(text, language):
        last = next((m for m in reversed(mentions) if m.type == "ARMED_GROUP" and m.end <= start), None)
        if last is not None and is_free(taken, start, end):
            found.append(replace(last, start=start, end=end, text=text[start:end], how="coreference"))
    return sorted(found, key=_start)
