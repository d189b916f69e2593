"""Passages of a news export or a press digest into articles, each with headline, outlet, author and date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nijar_nlp.passages.dates import find_date
from nijar_nlp.passages.outlets import agency_of, outlet_in
from nijar_nlp.records import Article, DateInterval, Passage

_HEAD_CHARS = 160  # a line of an article's head is shorter
_HEAD_LINES = 7  # lines that a head may have around its date
_BODY_CHARS = 120  # an article has at least one passage as long
_APART = frozenset(["header", "footer", "footnote"])
_WORD_COUNT = re.compile(r"(?:length:\s*)?\(?\b[\d٠-٩ ,.]+\s*(?:words?|mots|كلمة|كلمات)\b\)?", re.IGNORECASE)
_AUTHOR = re.compile(r"^(?:by|par|byline:|auteurs?\s*:|author:|بقلم:?|كتب:?)\s+(.{3,80})$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:headline|title|titre|hl|العنوان)\s*:\s*(.+)$", re.IGNORECASE)
_OUTLET = re.compile(r"^(?:source|publication|outlet|sn|المصدر)\s*:\s*(.+)$", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:copyright|©|\(c\)|document\s+\w{10,}|end of document|load-date|all rights reserved|tous droits"
    r"|english$|français$|arabic$|section\s*:|body$|language\s*:|pub(?:lication)?-type|p\.\s*\d+)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s,;:|·•–—\-/()\[\].]+")
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b"
    r"|(?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)|\b(?:publié|posté|mis à jour) le\b"
    r"|\b(?:published|posted|updated)(?: on)?\b|\b\d{1,2}[:h]\d{2}\b|\b(?:GMT|UTC|AM|PM)\b|\bp\.\s*\d+\b"
    r"|\bdate\s*:",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Head:
    """Where an article's head begins and ends among the passages, and what it says."""

    first: int
    last: int
    article: Article


def split_articles(passages: Sequence[Passage]) -> tuple[tuple[Article, ...], list[int]]:
    """The articles of a document and the number of each passage's; none where it holds one text only.

    A head is a date with its day on a short line beside a heading, with a text after it; a document with
    two heads or more holds articles. What stands before the first head has the number -1.
    """
    heads = _heads(passages)
    if len(heads) < 2:
        return (), [0] * len(passages)
    numbers, current = [], 0
    starts = [head.first for head in heads]
    for place in range(len(passages)):
        if place < starts[0]:
            numbers.append(-1)
            continue
        while current + 1 < len(heads) and place >= starts[current + 1]:
            current += 1
        numbers.append(current)
    articles = []
    for number, head in enumerate(heads):
        end = starts[number + 1] if number + 1 < len(heads) else len(passages)
        articles.append(_completed(head, number, passages[head.last + 1 : end]))
    return tuple(articles), numbers


def _heads(passages: Sequence[Passage]) -> list[_Head]:
    heads: list[_Head] = []
    for place, passage in enumerate(passages):
        if heads and place <= heads[-1].last:
            continue
        published = _date_line(passage)
        if published is None:
            continue
        head = _head(passages, place, published, heads[-1].last + 1 if heads else 0)
        if head is not None:
            heads.append(head)
    return heads


def _is_line(passage: Passage) -> bool:
    return passage.kind not in _APART and len(passage.text) <= _HEAD_CHARS


def _date_line(passage: Passage) -> DateInterval | None:
    """The date of a line that holds little else than date, outlet and length."""
    if not _is_line(passage) or passage.kind in ("table", "list"):
        return None
    found = find_date(passage.text, "article's head")
    if found is None or found.date.precision != "day":
        return None
    rest = passage.text[: found.start] + " " + passage.text[found.end :]
    rest = _SIGNS.sub(" ", _WEEKDAY.sub(" ", _WORD_COUNT.sub(" ", rest))).strip()
    return found.date if len(rest.split()) <= 7 and len(rest) <= 60 else None


def _head(passages: Sequence[Passage], place: int, published: DateInterval, floor: int) -> _Head | None:
    """The head around a date line: its other lines, with a heading among them and a text after them."""
    first = last = place
    while first > max(floor, place - _HEAD_LINES) and _belongs(passages[first - 1], passages[first:place]):
        first -= 1
    while last + 1 < len(passages) and last < place + _HEAD_LINES and _belongs(passages[last + 1], ()):
        last += 1
    lines = [p for p in passages[first : last + 1] if p.kind not in _APART]
    headings = [p for p in lines if p.kind == "heading"]
    named = next((m.group(1) for p in lines if (m := _TITLE.match(p.text))), "")
    after = next((p for p in passages[last + 1 :] if p.kind not in _APART), None)
    if not (headings or named) or after is None or len(after.text) < _BODY_CHARS // 2:
        return None
    title = named or max(headings, key=lambda p: len(p.boxes) and p.boxes[0].bottom - p.boxes[0].top).text
    others = [p.text for p in lines if p.text != title]
    article = Article(0, title, _outlet_of(others), _author_of(others), published)
    return _Head(first, last, article)


def _belongs(passage: Passage, between: Sequence[Passage]) -> bool:
    """Whether a passage can be a line of a head: short and no sentence, with two headings at most."""
    if passage.kind in _APART:
        return True
    if not _is_line(passage) or passage.kind in ("table", "caption"):
        return False
    if passage.kind == "heading":
        return sum(p.kind == "heading" for p in between) < 2
    return (len(passage.text) < 90 and not passage.text.endswith((".", "!", "?", ";", "؟"))) or bool(
        _NOISE.match(passage.text) and len(passage.text) < _HEAD_CHARS
    )


def _outlet_of(lines: Sequence[str]) -> str:
    for text in lines:
        match = _OUTLET.match(text)
        if match:
            return outlet_in(match.group(1)) or match.group(1).strip()
    for text in lines:
        if not _AUTHOR.match(text) and not _NOISE.match(text) and (name := outlet_in(text)):
            return name
    for text in lines:
        found = find_date(text, "")
        rest = text if found is None else text[: found.start] + "|" + text[found.end :]
        rest = _WEEKDAY.sub("|", _WORD_COUNT.sub("|", rest)).split("|")[0].strip(" ,;:–—-.()")
        if 2 < len(rest) < 50 and not (_AUTHOR.match(text) or _NOISE.match(text) or _TITLE.match(text)):
            return rest
    return ""


def _author_of(lines: Sequence[str]) -> str:
    for text in lines:
        match = _AUTHOR.match(text)
        if match:
            return match.group(1).strip(" .,;")
    return ""


def _completed(head: _Head, number: int, body: Sequence[Passage]) -> Article:
    """The article with its number, and the agency of its dateline where its head names no outlet."""
    article = head.article
    outlet = article.outlet or next((name for p in body[:3] if (name := agency_of(p.text))), "")
    return Article(number, article.title, outlet, article.author, article.published)
