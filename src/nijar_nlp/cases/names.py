"""Texts into the skeletons of their proper names, which agree across spellings and scripts."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from nijar_nlp.peoples import peoples
from nijar_nlp.records import Evidence

_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]{2,}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;»”\"]\s+|«\s?|“|\n)$")
_ARABIC = re.compile(r"[\u0621-\u064a]{3,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ARTICLE = re.compile(r"^(?:[وفبكل]?ال|لل)(?=..)")
_HELD = 65_536  # words whose skeletons are held: names come again in the next report
_LEAST = 3  # consonants; fewer are shared by too many names
_NAMES = ("PERSON", "PLACE", "ORG", "ARMED_GROUP")
_DIGRAPHS = (
    ("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("ph", "f"), ("gh", "k"), ("kh", "k"), ("th", "t"),
    ("dj", "k"), ("ck", "k"), ("qu", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("x", "ks"),
)  # fmt: skip
_CLASSES = {
    **dict.fromkeys("kcqgjكقغجخ", "k"),
    **dict.fromkeys("szسصزشظ", "s"),
    **dict.fromkeys("tتطث", "t"),
    **dict.fromkeys("dدضذ", "d"),
    **dict.fromkeys("bpب", "b"),
    **dict.fromkeys("fvف", "f"),
    **dict.fromkeys("mم", "m"),
    **dict.fromkeys("nن", "n"),
    **dict.fromkeys("lل", "l"),
    **dict.fromkeys("rر", "r"),
}


def names_of(item: Evidence) -> frozenset[str]:
    """The skeletons of the names in a passage; of Arabic, which has no capitals, those of all longer words.

    Words of a date are left out, those of places that the map knows, and a sentence's first word unless a
    name was found there.
    """
    text = item.text
    dates = [(m.start, m.end) for m in item.mentions if m.type == "DATE"]
    named = [(m.start, m.end) for m in item.mentions if m.type in _NAMES]
    found = {_skeleton(_ARTICLE.sub("", match[0])) for match in _ARABIC.finditer(text)}
    for match in _CAPITAL.finditer(text):
        if _within(match.start(), dates):
            continue
        if _SENTENCE_START.search(text[max(0, match.start() - 3) : match.start()]) and not _within(
            match.start(), named
        ):
            continue
        found.update(_skeleton(part) for part in re.split(r"[’'-]", match[0]))
    return frozenset(name for name in found - _of_places(item) if len(name) >= _LEAST)


def _of_places(item: Evidence) -> set[str]:
    """The skeletons of the words of places that are on the map, and so are compared by distance."""
    return {
        _skeleton(_ARTICLE.sub("", word[0]))
        for mention in item.mentions
        if mention.type == "PLACE" and mention.precision
        for word in _WORD.finditer(mention.text)
    }


@lru_cache(maxsize=1)
def names_of_peoples() -> frozenset[str]:
    """The skeletons of such words as "Israeli" and "Maliens", which a report says of whole countries."""
    return frozenset(_skeleton(word) for word, _ in peoples())


def in_latin(text: str) -> bool:
    """Whether a text is not in Arabic script, so that its capitals tell its names."""
    return not _ARABIC.search(text)


@lru_cache(maxsize=_HELD)
def _skeleton(word: str) -> str:
    """The classes of a word's consonants, without h, w, y and doubles: Mahuta and ماهوتا are both mt."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for pair, letter in _DIGRAPHS:
        plain = plain.replace(pair, letter)
    classes = "".join(_CLASSES.get(letter, "") for letter in plain)
    return re.sub(r"(.)\1+", r"\1", classes)


def _within(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
