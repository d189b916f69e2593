# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Arabic place names that are common words too into those that a passage means as places."""

import re
from collections.abc import Mapping, Sequence

from nijar_nlp.mentions.context import Entry, weights
from nijar_nlp.mentions.names import Found
from nijar_nlp.mentions.words import is_arabic
from nijar_nlp.records import PlaceEntry

# A name of so few letters is a common word as often: "في إطار".
_FEW_LETTERS = 4
_A_PLACE = re.compile(
    r"(?:مدينة|بلدة|قرية|منطقة|محافظة|ولاية|إقليم|ريف|مطار|مخيم|سجن|دائرة|بلدية|مقاطعة|جزيرة|ميناء|معبر|ضواحي)\s+$"
)
# What a noun is followed by and a place is not: a definite word that is neither an adjective nor a day.
_ITS_OWN = re.compile(
    r"\s(?:ال|لل)(?!(?:سبت|أحد|احد|اثنين|إثنين|ثلاثاء|أربعاء|اربعاء|خميس|جمعة|يوم|شهر|عام|ماضي|تي|ذي|آن|ان)(?!\w))"
    r"[\u0621-\u064a]+(?<![ةيى])(?!\w)"
)
_LED_TO = re.compile(r"(?<!\w)[وف]?(?:في|من|إلى|الى|قرب|داخل|بين)\s+$")
# A noun before what it is of stands before a word; a name before a stop, or a word that opens something else.
ENDS = re.compile(
    r"\s*(?:$|[.،,؛:;()«»\"]|\sو|\s(?:في|من|إلى|الى|على|عن|مع|منذ|بعد|قبل|خلال|عقب|إن|أن|ان|حيث|أمس|اليوم|يوم|كما|بعدما)(?!\w))"
)
_REACH = 24


def placed(text: str, names: Sequence[Found[Entry]], around: str) -> list[Found[Entry]]:
    """The names without a short word that is a small place's too.

    It is one behind a word for a place, between a preposition and a stop, or where the passage or what is
    `around` it speaks of its country.
    """
    doubtful = [name for name in names if _is_doubtful(text, name)]
    if not doubtful:
        return list(names)
    context = weights((name for name in names if name not in doubtful), around)
    return [name for name in names if name not in doubtful or _is_at_home(name, context)]


def is_noun(text: str, start: int, end: int) -> bool:
    """Whether a word stands as a noun before what it is of ("في ميدان المعركة"), and no place word leads to it."""
    return (
        _ITS_OWN.match(text, end) is not None and _A_PLACE.search(text, max(0, start - _REACH), start) is None
    )


def _is_doubtful(text: str, name: Found[Entry]) -> bool:
    written = text[name.start : name.end]
    return (
        name.first == name.last
        and is_arabic(written)
        and len(written) <= _FEW_LETTERS
        and all(isinstance(value, PlaceEntry) for value in name.values)
        and _A_PLACE.search(text, max(0, name.start - _REACH), name.start) is None
        and not (_LED_TO.search(text, max(0, name.start - _REACH), name.start) and ENDS.match(text, name.end))
    )


def _is_at_home(name: Found[Entry], context: Mapping[str, float]) -> bool:
    places = [value for value in name.values if isinstance(value, PlaceEntry)]
    return any(code in context for place in places for code in (place.country, *place.also_in))
