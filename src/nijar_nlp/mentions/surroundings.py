"""A document's passages into the country that the text around each of them speaks of."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from nijar_nlp.mentions.chapters import Chapters
from nijar_nlp.mentions.country_names import countries
from nijar_nlp.peoples import peoples
from nijar_nlp.records import Passage

_WORD = re.compile(r"[^\W\d_]+")
# So many passages before a passage are its neighbours; furniture of the page is none.
_BEFORE = 4
_TEXT_KINDS = ("body", "list", "heading")
# A country is spoken of where its names have so great a share of all countries', in an article so many times.
_SHARE, _TIMES = 0.6, 2


class Surroundings:
    """The countries of one document: of a chapter, else of what stands before, else of an article."""

    def __init__(self, chapters: Chapters, passages: Iterable[Passage]) -> None:
        self._chapters = chapters
        self._before: dict[int, str] = {}
        self._article: defaultdict[int, Counter[str]] = defaultdict(Counter)
        near: list[str] = []
        article = 0
        for passage in sorted(passages, key=lambda p: p.number):
            if passage.article != article or passage.kind == "heading":
                article, near = passage.article, []
            self._before[passage.number] = next((code for code in reversed(near[-_BEFORE:]) if code), "")
            if passage.kind in _TEXT_KINDS:
                named = countries_named(passage.text)
                self._article[article] += named
                near.append(_foremost(named, 1))

    def country(self, passage: Passage) -> str:
        """The ISO 3166-1 alpha-3 code of the country around a passage; empty where none stands out."""
        return (
            self._chapters.country(passage.number)
            or self._before.get(passage.number, "")
            or _foremost(self._article[passage.article], _TIMES)
        )


def countries_named(text: str) -> Counter[str]:
    """How often each country or its people is named by a word of its own."""
    known = _codes()
    found: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(text)).items():
        if code := known.get(word):
            found[code] += times
    return found


def _foremost(named: Counter[str], least: int) -> str:
    if not named:
        return ""
    code, times = named.most_common(1)[0]
    return code if times >= least and times >= _SHARE * named.total() else ""


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Codes by one-word names that one country alone bears."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, code in (*countries(), *peoples()):
        if _WORD.fullmatch(name) and not (name.isascii() and len(name) < 4):
            found[name].add(code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}
