"""A report's headings into the country of the chapter in which each of its passages stands."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from nijar_nlp.folding import fold
from nijar_nlp.mentions.country_names import countries

_NUMBER = re.compile(r"^\s*(?:\(?(?:\d+(?:\.\d+)*|[IVXivx]+|[A-Za-z])[.)]|\d+(?:\.\d+)+)\s+")


class Heading(NamedTuple):
    """A heading: the number of its passage in the document, its level (1 the highest), and its words."""

    number: int
    level: int
    text: str


class Chapters:
    """The chapters on one country of one document.

    A chapter begins with a heading that is the name of a country and nothing else, and ends with the next
    heading of its level or of a higher one; headings below it belong to it, also those of other countries'
    names: states and persons bear some.
    """

    def __init__(self, headings: Iterable[Heading]) -> None:
        self._starts: list[int] = []
        self._countries: list[str] = []
        above: list[tuple[int, str]] = []
        for heading in sorted(headings):
            above = [(level, code) for level, code in above if level < heading.level]
            above.append((heading.level, country_of_heading(heading.text)))
            self._starts.append(heading.number)
            self._countries.append(next((code for _, code in above if code), ""))

    def country(self, number: int) -> str:
        """The ISO 3166-1 alpha-3 code of the chapter of a passage, by its number; empty outside chapters."""
        place = bisect_right(self._starts, number)
        return self._countries[place - 1] if place else ""


def country_of_heading(text: str) -> str:
    """The country that a heading is the name of; empty for any other heading."""
    return _codes().get(fold(_NUMBER.sub("", text)), "")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Codes by folded name, without names that two countries share."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in countries():
        found[fold(name)].add(code)
    return {name: min(codes) for name, codes in found.items() if name and len(codes) == 1}
