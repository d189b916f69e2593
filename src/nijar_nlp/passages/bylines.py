"""The short lines of an article's head or foot into headline, outlet, author and date."""

import re
from collections.abc import Sequence

from nijar_nlp.passages.dates import find_date
from nijar_nlp.passages.outlets import outlet_in
from nijar_nlp.records import DateInterval

_WORD_COUNT = re.compile(
    r"(?:(?:length|longueur|word count|WC)\s*:?\s*)?\(?\b[\d٠-٩][\d٠-٩ ,.\u202f]*"
    r"\s*(?:words?|mots|كلمة|كلمات)\b\)?",
    re.I,
)
_AUTHOR = re.compile(
    r"^(?:by|par|by-?line\s*:?|auteurs?\s*:|authors?\s*:|بقلم\s*:?|كتب\s*:?)\s+(\S.{2,80})$", re.I
)
_TITLE = re.compile(r"^(?:(?:headline|title|titre|العنوان)\s*:\s*|HL\s*:\s*|HD\s+)(\S.+)$", re.I)
_OUTLET = re.compile(
    r"^(?:(?:source|publication|outlet|nom de la source|المصدر)\s*:\s*|SN\s*:?\s+)(\S.+)$", re.I
)
# Field codes of bibliographic exports, in capitals at a line's start; HD, BY and SN are told above.
_CODE = re.compile(r"^(?:SE|CR|WC|PD|ET|SC|ED|PG|VOL|LA|CY|CO|IN|NS|RE|PUB|AN)\s")
_NOISE = re.compile(
    r"^(?:copyright|©|\(c\)|all rights reserved|tous droits|english$|français$|french$|arabic$|العربية$"
    r"|(?:section|rubrique|language|langue|pub(?:lication)?-type|type de source|périodicité|provenance"
    r"|dateline|couverture géographique|graphic|highlight|edition|édition)\s*:"
    r"|(?:body|corps|text|texte)\s*:?$|p\.\s*\d+"
    r"|\d+ of \d+ documents?$|\d+ (?:de|sur) \d+ documents?$)",
    re.I,
)
_END = re.compile(
    r"^(?:end of document|fin du document|load-date|date de chargement|classification\b"
    r"|(?:AN\s+)?document\s+\w{10,}$"
    r"|.{0,160}\b(?:certificate issued|certificat émis)\b|نهاية المستند)",
    re.I,
)
_SIGNS = re.compile(r"[\s,;:|·•–—\-/()\[\].]+")
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b"
    r"|(?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)|\b(?:publié|posté|mis à jour) le\b"
    r"|\b(?:published|posted|updated)(?: on)?\b|\b\d{1,2}[:h]\d{2}\b|\b(?:GMT|UTC|AM|PM)\b|\bp\.\s*\d+\b"
    r"|\b(?:PD|(?:publication )?date(?: de publication)?\s*:)",
    re.I,
)
_MOST_REST = (7, 60)  # words and characters that a line of a date may hold beside it
_PERSON = re.compile(
    r"^(?:[^\W\d_][\w'’.-]*)(?:\s+(?:[A-ZÀ-Ý][\w'’.-]*|de|du|ben|bin|van|von|el|al|ould|ag)){1,4}$"
)


def date_line(text: str) -> DateInterval | None:
    """The day on a line that holds little else than date, outlet and length."""
    found = find_date(text, "article's head")
    if found is None or found.date.precision != "day" or is_end(text):
        return None
    rest = text[: found.start] + " " + text[found.end :]
    rest = _SIGNS.sub(" ", _WEEKDAY.sub(" ", _WORD_COUNT.sub(" ", rest))).strip()
    return found.date if len(rest.split()) <= _MOST_REST[0] and len(rest) <= _MOST_REST[1] else None


def is_end(text: str) -> bool:
    """Whether a line closes an article of an export."""
    return bool(_END.match(text))


def is_noise(text: str) -> bool:
    """Whether a line of a head tells nothing: rights, language, section, a field of no use here."""
    return bool(_NOISE.match(text) or _CODE.match(text) or is_end(text))


def is_sign(text: str) -> bool:
    """Whether a line is of a kind that exports alone print: a word count, a notice of rights, a byline."""
    return bool(_WORD_COUNT.fullmatch(text.strip()) or is_noise(text) or _AUTHOR.match(text))


def is_only_date(text: str) -> bool:
    """Whether nothing is left of a line without its date."""
    found = find_date(text, "")
    return found is not None and not _bare(text)


def named_title(lines: Sequence[str]) -> str:
    """The headline that a label names, or nothing."""
    return next((match.group(1) for text in lines if (match := _TITLE.match(text))), "")


def outlet_of(lines: Sequence[str]) -> str:
    """The outlet that a head's lines (its headline left out) name, or nothing."""
    for text in lines:
        match = _OUTLET.match(text)
        if match:
            return outlet_in(match.group(1)) or match.group(1).strip()
    plain = [text for text in lines if not (_AUTHOR.match(text) or is_noise(text) or _TITLE.match(text))]
    for text in plain:
        if name := outlet_in(text):
            return name
    return next((rest for text in plain if 2 < len(rest := _bare(text)) < 50), "")


def author_of(lines: Sequence[str], after_title: Sequence[str], outlet: str) -> str:
    """The author that a byline names, or that stands alone on a line under the headline; or nothing."""
    for text in lines:
        match = _AUTHOR.match(text)
        if match:
            found = find_date(match.group(1), "")
            name = match.group(1) if found is None else match.group(1)[: found.start]
            return name.split(" · ")[0].strip(" .,;|·–—-")
    for text in after_title:
        if _PERSON.match(text) and text != outlet and not (is_noise(text) or outlet_in(text)):
            return text
    return ""


def _bare(text: str) -> str:
    """What a line says first beside date, weekday and length."""
    found = find_date(text, "")
    rest = text if found is None else text[: found.start] + "|" + text[found.end :]
    parts = _WEEKDAY.sub("|", _WORD_COUNT.sub("|", rest)).split("|")
    return next((bare for part in parts if (bare := part.strip(" ,;:–—-.()[]"))), "")
