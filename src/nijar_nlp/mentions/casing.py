"""Text set in capitals into text whose names alone have one, letter for letter."""

import re
from collections.abc import Callable

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CAPITALS_SHARE = 0.6
# Of fewer letters nothing is told.
_FEWEST = 20
_SHORT = 3
_PARTICLES = frozenset({"san", "el", "al", "abu", "ibn", "bin", "de", "la", "los", "las", "rio", "ben"})
_ENDINGS = ("", "s", "es", "ed", "d", "ing", "ly", "er", "ers", "'s", "’s")
# Words of grammar and of agency style that no list of lemmas holds.
_GRAMMAR = frozenset(
    re.findall(
        r"\w+",
        "the a an of to in on at by for from with and or but nor not no as is are was were be been being "
        "has have had do does did that this these those it its he his him she her they their them we our "
        "us i my you your who whom whose which what when where why how if than then there here into onto "
        "upon over under between among against about after before during since until while because "
        "although though however also only very more most less such some any all both each other another "
        "same own will would shall should can could may might must per via up down out off through "
        "within without toward towards amid despite unless whether yet still even",
    )
)
_CALENDAR = frozenset(
    re.findall(
        r"\w+",
        "january february april june july august september october november december "
        "monday tuesday wednesday thursday friday saturday sunday",
    )
)
_MONTHS = frozenset(re.findall(r"\w+", "may march jan feb mar apr jun jul aug sept sep oct nov dec"))
_NUMBERS = re.compile(r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)$")


def in_capitals(text: str) -> bool:
    """Whether most letters of the text are capitals, as in old agency copy."""
    capitals = sum(map(str.isupper, text))
    if capitals <= _CAPITALS_SHARE * _FEWEST:
        return False
    letters = sum(map(str.isalpha, text))
    return letters > _FEWEST and capitals > _CAPITALS_SHARE * letters


def recased(text: str, common: Callable[[str], bool]) -> str:
    """The text with common words in small letters and other words capitalised; offsets stay.

    Words whose letters do not keep their number in small letters stay as they are.
    """

    def written(match: re.Match[str]) -> str:
        word = match.group()
        small = word.lower()
        if not word.isupper() or len(small) != len(word):
            return word
        if _is_month(small, text, match.start(), match.end()):
            return word.capitalize()
        if _is_common(small, common):
            return small
        return word if len(word) <= _SHORT and small not in _PARTICLES else word.capitalize()

    return _WORD.sub(written, text)


def _is_month(word: str, text: str, start: int, end: int) -> bool:
    """Whether the word names a month or weekday; "may" and "march" do so beside a figure only."""
    if word in _CALENDAR:
        return True
    beside = re.search(r"\d\s*$", text[max(0, start - 3) : start]) or re.match(r"\s*,?\s*\d", text[end:])
    return bool(beside) and word in _MONTHS


def _is_common(word: str, common: Callable[[str], bool]) -> bool:
    if word in _GRAMMAR or _NUMBERS.match(word):
        return True
    stems = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    stems |= {stem + "e" for stem in stems} | {stem[:-1] + "y" for stem in stems if stem.endswith("i")}
    stems |= {stem[:-1] for stem in stems if len(stem) > 4 and stem[-1:] == stem[-2:-1]}
    return any(len(stem) > 1 and common(stem) for stem in stems)
