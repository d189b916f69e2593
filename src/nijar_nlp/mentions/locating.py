# ruff: noqa: E501 - word lists and patterns read better unbroken
"""Place names of a passage into places: which ones, where, and how exactly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nijar_nlp.mentions.common_words import is_noun
from nijar_nlp.mentions.context import AROUND
from nijar_nlp.mentions.entities import COMMON_NOUNS
from nijar_nlp.mentions.merging import is_free
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.mentions.words import Token, joined, readings, word_set
from nijar_nlp.records import Mention

_LONGEST = 4
_LED_TO = re.compile(
    r"(?:\b(?:in|at|near|from|to|of|around|outside|between|and|towards?|into|à|en|au|aux|dans|vers|près de|autour de|entre|"
    r"ville de|village de|région de|localité de|province de)\s|(?:^|\s)(?:في|إلى|من|مدينة|بلدة|قرية)\s)$"
)
_CITY_POPULATION = 200_000
_CUES = word_set(
    "in at near from to of around outside between town village city region province district towards toward into "
    "reached a en de d vers près autour dans entre ville localité cercle commune au du aux route axe"
)
_ARABIC_CUES = word_set(
    "في من إلى مدينة بلدة قرية منطقة محافظة ولاية قرب شمال جنوب شرق غرب العاصمة مطار مخيم سجن ريف بين إقليم داخل"
)
_NEAR = re.compile(
    r"(?:near|around|outside|close to|outskirts of|(?:north|south|east|west)(?:-?(?:east|west))? of|vicinity of|"
    r"km (?:from|off)|près d[eu]|près d['’]|autour d[eu]|autour d['’]|environs d[eu]|environs d['’]|"
    r"(?:nord|sud|est|ouest)(?:-(?:est|ouest))? d[eu]|(?:nord|sud|est|ouest) d['’]|à proximité d[eu]|abords d[eu]|"
    r"قرب|بالقرب من|محيط|ضواحي|مشارف)\s+(?:the\s+)?(?:town of |village of |city of |la ville de |مدينة |بلدة |قرية )?$",
    re.IGNORECASE,
)
_ADMIN_BEFORE = re.compile(
    r"(?:region|province|district|state|governorate|prefecture|county) of |(?:région|province|cercle|wilaya|gouvernorat|"
    r"département|préfecture|district|État) (?:de |du |d['’]|des )(?:la |l['’])?$|(?:ولاية|محافظة|إقليم|منطقة|مقاطعة|ريف)\s+$",
    re.IGNORECASE,
)
_ADMIN_AFTER = re.compile(
    r"\s+(?:[Rr]egions?|[Pp]rovinces?|[Dd]istricts?|[Ss]tates?|[Gg]overnorates?|[Pp]refectures?|[Cc]ount(?:y|ies)|[Cc]ercle)(?!\w)"
)


def settled_place(
    text: str, mention: Mention, gazetteer: Gazetteer, context: Mapping[str, float]
) -> Mention | None:
    """A place mention with country, coordinates and precision where the name can be resolved.

    None for a single word that cannot, unless it stands where a place does ("in", "près de").
    """
    if mention.type != "PLACE" or mention.country:
        return mention
    spot = gazetteer.resolve(mention.text, context)
    if spot is None:
        return mention if " " in mention.text or _LED_TO.search(text, 0, mention.start) else None
    return replace(
        mention,
        entity=spot.id,
        name=spot.name,
        how="register place" if spot.population is None else "geonames",
        country=spot.country,
        lat=round(spot.lat, 5),
        lon=round(spot.lon, 5),
        precision=_precision(text, mention, spot.precision),
    )


def _precision(text: str, mention: Mention, known: str) -> str:
    before = text[max(0, mention.start - 40) : mention.start]
    if known == "admin" or _ADMIN_BEFORE.search(before) or _ADMIN_AFTER.match(text, mention.end):
        return "admin"
    return "near" if _NEAR.search(before) else known


def scan(
    text: str,
    language: str,
    words: Sequence[Token],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    context: Mapping[str, float],
) -> Iterator[Mention]:
    """Places that stand where no other mention is: capitalised, or after a word that a place follows in Arabic."""
    taken = sorted((m.start, m.end) for m in mentions)
    at = 0
    while at < len(words):
        found = _place_at(text, language, words, at, gazetteer, context)
        if found is None or not is_free(taken, found[0], words[found[1]].end):
            at += 1
            continue
        start, last = found
        yield Mention(start, words[last].end, text[start : words[last].end], "PLACE")
        at = last + 1


def _place_at(
    text: str,
    language: str,
    words: Sequence[Token],
    at: int,
    gazetteer: Gazetteer,
    context: Mapping[str, float],
) -> tuple[int, int] | None:
    """The start and last word of a place name that begins with this word."""
    for start, key in _starts(text, language, words, at):
        keys = [key]
        runs = [keys[:]]
        for last in range(at + 1, min(at + _LONGEST, len(words))):
            if not joined(text, words[last - 1], words[last]):
                break
            keys.append(words[last].key)
            runs.append(keys[:])
        for run in reversed(runs):
            shortest = 3 if language == "ar" else 4
            if len(" ".join(run)) < shortest or "-".join(run) in COMMON_NOUNS or not gazetteer.knows(run):
                continue
            if language == "ar" and len(run) == 1 and _is_no_place(text, start, words[at].end, gazetteer):
                continue
            least = 0.0 if language != "ar" and words[at - 1].key in _CUES and at else AROUND
            if _in_context(run, gazetteer, context, least) or (language == "ar" and _is_city(run, gazetteer)):
                return start, at + len(run) - 1
    return None


def _is_no_place(text: str, start: int, end: int, gazetteer: Gazetteer) -> bool:
    spots = gazetteer.spots(text[start:end])
    return is_noun(text, start, end) and not any(gazetteer.is_capital(spot.name) for spot in spots)


def _in_context(run: Sequence[str], gazetteer: Gazetteer, context: Mapping[str, float], least: float) -> bool:
    """Whether the name is a place's of a country that weighs more than `least`."""
    return any(
        context.get(code, 0.0) > least
        for spot in gazetteer.spots(" ".join(run))
        for code in (spot.country, *spot.also_in)
    )


def _is_city(run: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether the name means one large town wherever it stands."""
    spot = gazetteer.resolve(" ".join(run), {})
    return spot is not None and (spot.population or 0) >= _CITY_POPULATION


def _starts(text: str, language: str, words: Sequence[Token], at: int) -> Iterator[tuple[int, str]]:
    word = words[at]
    before = words[at - 1].key if at else ""
    if language == "ar":
        cue = before in _ARABIC_CUES or (before[1:] in _ARABIC_CUES and before[:1] in "وبف")
        for start, key in readings(text, word):
            if key in _ARABIC_CUES:
                continue
            if cue or (start > word.start and text[word.start] in "بل" and len(key) > 3):
                yield start, key
        return
    if text[word.start].isupper() and (before in _CUES or not _opens_sentence(text, word)):
        yield word.start, word.key


def _opens_sentence(text: str, word: Token) -> bool:
    lead = text[max(0, word.start - 3) : word.start].rstrip(" «“\"'’(")
    return not lead or lead[-1] in ".!?:;\n•-–—"
