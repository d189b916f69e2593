# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Counts in a text, in words and digits of three languages, with their values where the words fix one."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nijar_nlp.mentions import numbers_lexicon as lexicon
from nijar_nlp.mentions.words import Token, readings

_DIGITS = re.compile(
    r"(?<![^\W\u0621-\u064a])(?<![/§°:#+])(?<![A-Za-z]\.)(?<!\d[.,:/\-])"
    r"(\d{1,3}(?:[ \u00a0\u202f\u2009.,٬]\d{3})+(?!\d)|\d+(?:[.,٫]\d{1,2})?)"
    r"(?![\w/°:%+]|[.,]\d|\s*(?:%|per ?cent|pour ?cent|p\.\s?c\.|في المئة|في المائة|بالمئة|بالمائة))"
)
_REFERENCE = re.compile(
    r"(?:resolutions?|résolutions?|articles?|art\.|paragraphs?|paras?\.?|paragraphes?|pages?|p\.|pp\.|no\.?|nos\.?|"
    r"resolutions?\s\d{3,4}(?:, \d{3,4})* (?:and|et)|phases?|n[°o]|chapters?|chapitres?|annexe?|figures?|tables?|tableaux?|sections?|version|note|footnote|vol\.|"
    r"القرار|المادة|الفقرة|رقم|صفحة|قرار)\s*\(?$",
    re.IGNORECASE,
)
# A year in brackets, and the number of a resolution that such a year follows.
_YEAR_IN_BRACKETS = re.compile(r"\((?:19|20)\d\d\)")
_CLOCK = re.compile(
    r"\s*(?:h\d?\d?\b|heures?\b|o'clock|[ap]\.?m\.?\b|am\b|pm\b|GMT|hrs?\b|km\b|kilom|miles?\b|ans\b|years? old|"
    r"years?\b|days?\b|weeks?\b|months?\b|hours?\b|minutes?\b|années?\b|jours?\b|semaines?\b|mois\b|"
    r"mètres\b|metres\b|كيلومتر|كلم|عام|سنة|سنوات|يوم|أيام|أسبوع|أسابيع|شهر|أشهر|ساعة|ساعات|دقيقة|بتوقيت|مساء|صباحا|ظهرا)",
    re.IGNORECASE,
)
# "Hakim, 51, was", "aged 51", "aged 5 to 7": the age of somebody named.
_AGED = re.compile(
    r"(?:\baged?|\bâgée?s?\sde|\bage\sof|عمرها|عمره|البالغ(?:ة)?(?:\sمن\sالعمر)?)\s(?:\w+\s(?:to|à)\s)?$",
    re.IGNORECASE,
)
_AFTER_A_NAME = re.compile(r"[A-ZÀ-Ý][\w'’\-]+,\s$")
_OLDEST = 110
# What a number is, the words so many characters before it say.
_BEFORE = 32
_SCALE_AFTER = re.compile(
    r"\s*(thousand|million|billion|mille|millions?|milliards?|ألف|آلاف|الاف|مليون|ملايين|مليار)\b"
)
_SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "mille": 1e3, "millions": 1e6, "milliard": 1e9,
    "milliards": 1e9, "ألف": 1e3, "آلاف": 1e3, "الاف": 1e3, "مليون": 1e6, "ملايين": 1e6, "مليار": 1e9,
}  # fmt: skip
_OPEN = {
    "en": re.compile(rf"\b{lexicon.OPEN_EN}\b", re.IGNORECASE),
    "fr": re.compile(rf"\b{lexicon.OPEN_FR}\b", re.IGNORECASE),
    "ar": re.compile(rf"(?<!\w){lexicon.OPEN_AR}(?!\w)"),
}
_WORDS = {
    "en": (lexicon.EN_UNITS, lexicon.EN_SCALES, {"and"}),
    "fr": (lexicon.FR_UNITS, lexicon.FR_SCALES, {"et"}),
    "ar": (lexicon.AR_UNITS, lexicon.AR_SCALES, set[str]()),
}
_ARTICLES = {"one", "un", "une", "احد", "احدي", "واحد", "واحده"}


class Number(NamedTuple):
    """A count, half-open; `value` is None where the words leave it open."""

    start: int
    end: int
    value: float | None


def find_numbers(text: str, language: str, words: Sequence[Token]) -> list[Number]:
    """The counts of a text in order; years, ages, references, percentages, hours and durations are none."""
    found = [*_in_digits(text), *_in_words(text, language, words), *_open(text, language)]
    if language == "ar":
        found += _duals(words)
    kept: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if (not kept or number.start >= kept[-1].end) and not _is_age(text, number):
            kept.append(number)
    return _ranges(text, kept)


def _is_age(text: str, number: Number) -> bool:
    if number.value is None or number.value > _OLDEST:
        return False
    before = text[max(0, number.start - _BEFORE) : number.start]
    set_off = text.startswith(",", number.end) and _AFTER_A_NAME.search(before) is not None
    return set_off or _AGED.search(before) is not None


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        listed = match.start() < 2 and re.match(r"[.)]\s", text[match.end() : match.end() + 2])
        dated = _YEAR_IN_BRACKETS.match(text, match.start() - 1) or _YEAR_IN_BRACKETS.match(
            text[match.end() :].lstrip()
        )
        if listed or dated or _REFERENCE.search(before) or _CLOCK.match(text, match.end()):
            continue
        value, end = _value(match.group(1)), match.end()
        if value is not None and (scale := _SCALE_AFTER.match(text, end)):
            value, end = value * _SCALES[scale.group(1)], scale.end()
        yield Number(match.start(), end, value)


def _value(written: str) -> float | None:
    parts = re.split(r"[ \u00a0\u202f\u2009.,٬٫]", written)
    if all(len(part) == 3 for part in parts[1:]):
        return float("".join(parts))
    return float(".".join(parts)) if len(parts) == 2 else None


def _open(text: str, language: str) -> Iterator[Number]:
    for match in _OPEN[language].finditer(text):
        yield Number(match.start(), match.end(), None)


def _in_words(text: str, language: str, words: Sequence[Token]) -> Iterator[Number]:
    units, scales, ands = _WORDS[language]
    at = 0
    while at < len(words):
        keys = _keys(text, words, at, units, scales)
        if keys is None:
            at += 1
            continue
        start, values, last = keys
        while (step := _next(text, words, last, units, scales, ands, language)) is not None:
            value, last = step
            values.append(value)
        alone = len(values) == 1 and words[at].key in _ARTICLES
        if not alone and not _CLOCK.match(text, words[last].end):
            yield Number(start, words[last].end, _sum(values, language))
        at = last + 1


def _keys(
    text: str, words: Sequence[Token], at: int, units: dict[str, int], scales: dict[str, int]
) -> tuple[int, list[int], int] | None:
    for start, key in readings(text, words[at]):
        bare = key[2:] if key.startswith("ال") and len(key) > 5 else key
        for form in (key, bare):
            if form in units or (
                form in scales and scales[form] >= 100 and form not in ("million", "millions")
            ):
                return start, [units.get(form) or scales[form]], at
    return None


def _next(
    text: str,
    words: Sequence[Token],
    last: int,
    units: dict[str, int],
    scales: dict[str, int],
    ands: set[str],
    language: str,
) -> tuple[int, int] | None:
    """The value of the number word that continues the one at `last`, and where it stands."""
    at = last + 1
    if at < len(words) and words[at].key in ands and at + 1 < len(words):
        counted = words[last].key in scales or language == "fr"
        at = at + 1 if counted else len(words)
    if at >= len(words) or text[words[last].end : words[at].start].strip(" -\u00a0\u2010\u2011andet"):
        return None
    key = words[at].key
    if language == "ar" and key not in units and key not in scales and key.startswith("و"):
        key = key[1:]
    if key in units and key not in {"un", "une"}:
        return units[key], at
    if key in units and words[at - 1].key in ands:
        return units[key], at
    return (scales[key], at) if key in scales else None


def _sum(values: Sequence[int], language: str) -> float:
    """The number that a row of number words says: 2, 100, 40, 3 is 243; 4, 20, 10 in French is 90."""
    total = current = 0
    for value in values:
        if value in (100, 12) and 0 < current < (100 if value == 100 else 10):
            current *= value
        elif value >= 1000:
            total += max(current, 1) * value if value != 2000 else value
            current = 0
        elif language == "fr" and current == 1 and value >= 10:
            current = value
        elif value == 20 and current == 4:
            current = 80
        else:
            current += value
    return float(total + current)


def _duals(words: Sequence[Token]) -> Iterator[Number]:
    for token in words:
        key = token.key[2:] if token.key.startswith("ال") else token.key
        if any(key == stem + ending for stem in lexicon.AR_DUALS for ending in ("ان", "ين")) and (
            key not in _PLURALS
        ):
            yield Number(token.start, token.end, 2.0)


# Regular plurals in "ين" that look like duals: only the ending "ان" is a dual of these for certain.
_PLURALS = {
    stem + "ين"
    for stem in lexicon.AR_DUALS
    if not stem.endswith("ت")
    and stem not in {"جندي", "اسير", "سجين", "شخص", "طفل", "رجل", "طبيب", "راهب", "كاهن"}
}


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Numbers joined into ranges ("20 to 30"), whose value stays open; "20 and 30" after "between" too."""
    kept: list[Number] = []
    for number in numbers:
        before = kept[-1] if kept else None
        if before and before.value is not None and number.value is not None and before.value < number.value:
            between = text[before.end : number.start]
            opened = text[max(0, before.start - 8) : before.start].lower()
            paired = between.strip() in ("and", "et", "و") and re.search(r"(?:between|entre|بين)\s*$", opened)
            if paired or between.strip() in ("to", "-", "–", "à", "إلى", "الى", "or", "ou", "أو"):
                kept[-1] = Number(before.start, number.end, None)
                continue
        kept.append(number)
    return kept
