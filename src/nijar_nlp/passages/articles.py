"""Passages of a news export or a press digest into articles, each with headline, outlet, author and date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nijar_nlp.passages.bylines import (
    author_of,
    date_line,
    is_end,
    is_noise,
    is_only_date,
    is_sign,
    named_title,
    outlet_of,
)
from nijar_nlp.passages.outlets import agency_of
from nijar_nlp.records import Article, DateInterval, Passage

_HEAD_CHARS = 160  # a line of an article's head is shorter
_HEAD_LINES = 9  # lines that a head may have around its date
_BODY_CHARS = 60  # an article's text begins with a passage as long
_NAME_WORDS = 6  # of a heading that names the outlet of the headline under it
_APART = frozenset(["header", "footer", "footnote"])


@dataclass(slots=True)
class _Head:
    """Where an article begins, where its text begins, and what its head says."""

    first: int
    body: int
    article: Article


def split_articles(passages: Sequence[Passage]) -> tuple[tuple[Article, ...], list[int]]:
    """The articles of a document and the number of each passage's; none where it holds one text only.

    An article is told by a date with its day on a short line: in a head with a headline and a text after it,
    or, where the document's last text is before its last such line, at the article's foot. A document with
    two such lines or more holds articles. What stands before the first has the number -1.
    """
    dated = [(place, day) for place, p in enumerate(passages) if (day := _date_of(p)) is not None]
    closing = _closing(passages, dated)
    heads = _from_feet(passages, closing) if len(closing) > 1 else _from_heads(passages, dated)
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
        articles.append(_completed(head, number, passages[head.body : end]))
    return tuple(articles), numbers


def days_of(passages: Sequence[Passage]) -> list[DateInterval]:
    """The days on short lines of their own, each once, in order of time."""
    days = {day.start: day for p in passages if (day := _date_of(p)) is not None and day.start is not None}
    return [days[start] for start in sorted(days)]


def _date_of(passage: Passage) -> DateInterval | None:
    if not _is_line(passage) or passage.kind == "list":
        return None
    return date_line(passage.text)


def _is_line(passage: Passage) -> bool:
    return passage.kind not in _APART and len(passage.text) <= _HEAD_CHARS


def _is_text(passage: Passage) -> bool:
    return passage.kind in ("body", "list", "table") and len(passage.text) >= _BODY_CHARS


def _closing(
    passages: Sequence[Passage], dated: Sequence[tuple[int, DateInterval]]
) -> list[tuple[int, DateInterval]]:
    """The lines of dates that close a text; none unless the last of them closes the document's last."""
    found = []
    for place, day in dated:
        before = next((p for p in reversed(passages[:place]) if p.kind not in _APART), None)
        after = next((p for p in passages[place + 1 :] if p.kind not in _APART), None)
        ends = (
            before is not None and _is_text(before) and _date_of(before) is None and not is_end(before.text)
        )
        if ends and (after is None or after.kind == "heading"):
            found.append((place, day))
    if found and any(map(_is_text, passages[found[-1][0] + 1 :])):
        return []
    return found


def _from_feet(passages: Sequence[Passage], closing: Sequence[tuple[int, DateInterval]]) -> list[_Head]:
    """Articles whose source and date stand after their text: each begins with the heading above it."""
    heads: list[_Head] = []
    floor = 0
    for place, day in closing:
        titles = [k for k in range(floor, place) if passages[k].kind == "heading"]
        if titles:
            first = titles[0] if floor else titles[-1]
            outlet = outlet_of([passages[place].text])
            article = Article(0, passages[first].text, outlet, "", replace(day, found=_at_foot(day)))
            heads.append(_Head(first, first + 1, article))
        floor = place + 1
    return heads


def _at_foot(day: DateInterval) -> str:
    return day.found.replace("article's head", "article's foot")


def _from_heads(passages: Sequence[Passage], dated: Sequence[tuple[int, DateInterval]]) -> list[_Head]:
    heads: list[_Head] = []
    for place, day in dated:
        if heads and place < heads[-1].body:
            continue
        head = _head(passages, place, day, heads[-1].body if heads else 0)
        if head is not None:
            heads.append(head)
    return heads


def _head(passages: Sequence[Passage], place: int, day: DateInterval, floor: int) -> _Head | None:
    """The head around a date line: its other lines, with a headline among them and a text after them."""
    first = last = place
    while first > max(floor, place - _HEAD_LINES) and _belongs(passages[first - 1], passages[first:place]):
        first -= 1
    while last + 1 < len(passages) and last < place + _HEAD_LINES and _belongs(passages[last + 1], ()):
        last += 1
    lines = [p for p in passages[first : last + 1] if p.kind not in _APART]
    after = next((p for p in passages[last + 1 :] if p.kind not in _APART), None)
    title, above = _headline(lines)
    if not title or after is None or len(after.text) < _BODY_CHARS:
        return None
    texts = [p.text for p in lines if p.text not in (title, above)]
    at = next((k for k, p in enumerate(lines) if title in p.text), 0)
    outlet = outlet_of(texts)
    author = author_of(texts, [p.text for p in lines[at + 1 :]], outlet)
    if above and (not outlet or outlet == author or author in outlet or outlet in above):
        outlet = outlet_of([above]) or above
    elif above:
        title = max((title, above), key=len)
    return _Head(first, last + 1, Article(0, title, outlet, author, day))


def _headline(lines: Sequence[Passage]) -> tuple[str, str]:
    """A head's headline, and the heading over it that may name the outlet; empty where there is none.

    Where no line is set as a heading, the longest line of an export's head is taken.
    """
    if named := named_title([p.text for p in lines]):
        return named, ""
    headings = [p for p in lines if p.kind == "heading" and not (is_only_date(p.text) or is_noise(p.text))]
    if len(headings) > 1:
        upper, lower = headings[0], headings[1]
        if upper.level < lower.level and len(upper.text.split()) <= _NAME_WORDS:
            return lower.text, upper.text
        return max(headings, key=_height).text, ""
    if headings:
        return headings[0].text, ""
    if sum(is_sign(p.text) for p in lines) < 2:
        return "", ""
    plain = [p.text for p in lines if not is_sign(p.text) and date_line(p.text) is None]
    return max(plain, key=len, default=""), ""


def _height(passage: Passage) -> float:
    return passage.boxes[0].bottom - passage.boxes[0].top if passage.boxes else 0.0


def _belongs(passage: Passage, between: Sequence[Passage]) -> bool:
    """Whether a passage can be a line of a head: short and no sentence, with two headings at most."""
    if passage.kind in _APART:
        return True
    if is_end(passage.text) or not _is_line(passage) or passage.kind in ("table", "caption"):
        return False
    if passage.kind == "heading":
        return sum(p.kind == "heading" for p in between) < 2
    return is_noise(passage.text) or (
        len(passage.text) < 90 and not passage.text.endswith((".", "!", "?", ";", "؟"))
    )


def _completed(head: _Head, number: int, body: Sequence[Passage]) -> Article:
    """The article with its number, and the agency of its dateline where its head names no outlet."""
    article = head.article
    outlet = article.outlet or next((name for p in body[:3] if (name := agency_of(p.text))), "")
    return replace(article, number=number, outlet=outlet)
