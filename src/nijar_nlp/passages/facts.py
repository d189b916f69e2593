"""What a document's own pages say of it: title, outlet, symbol, date of publication, language, kind."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nijar_nlp.passages.articles import days_of, split_articles
from nijar_nlp.passages.outlets import outlet_in
from nijar_nlp.passages.publication import published_of
from nijar_nlp.passages.publishers import publisher_of
from nijar_nlp.passages.wording import BYLINE
from nijar_nlp.records import Article, DateInterval, Document, Passage

_SYMBOL = re.compile(
    r"(?<![\w/])(?:[AES]/(?:RES/|PRST/|[A-Z]{2,4}/)*\d{1,4}(?:/[\w.]+)+|[AES]/\d{4}/\d+(?:/\w+\.\d+)?)"
)
_ORGANS = re.compile(
    r"^(?:(?:united|nations|unies|الأمم المتحدة|security council|conseil de sécurité|مجلس الأمن|economic and"
    r"|social council|general assembly|assemblée générale|الجمعية العامة|[A-Z])\b\W*)+$"
    r"|^(?:contents|sommaire|summary|résumé|المحتوى|المحتويات|distr\b.*|original\b.*|annex\b.*)$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^(?:letters?|identical letters|lettres?|note verbale|note by|note du|رسالة|رسالتان)\b", re.I
)
_NUMBERED = re.compile(r"^(?:[IVX]+|[A-Z]|\d{1,2})\.\s")
_FRONT_LINES = 40  # passages of the first page that may name the document
_MANY_DAYS = 3  # on lines of their own, from which a text without articles told apart is a digest
_CHAPTERS = 12  # headings of one style, from which each heads a chapter
_TALLER = 1.05  # times the tallest heading: a running head that is the first page's masthead
_PRINTED = re.compile(r"(?:^|\s)\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d(?: [AP]M)?(?:\s|$)")  # by a browser
_PAGE_NUMBER = re.compile(r"^\d{1,3}\s|\s\d{1,3}$")
_RULES = " |·–—-"  # between a running head and its page's number
_SHORT = 200  # characters of a line that names it
_ARTICLE_PAGES, _ARTICLE_HEADINGS = 4, 3  # what an article has at most


def with_facts(document: Document, passages: Sequence[Passage]) -> tuple[Document, list[Passage]]:
    """The document with its facts, and its passages with the number of their article.

    A date is looked for on the first page, in running heads, in the file's name, and in the file's metadata,
    in this order; `published.found` says where it was found.
    """
    language = _language(passages)
    articles, numbers = split_articles(passages)
    numbered = [
        replace(p, article=max(0, number), language=p.language or language)
        for p, number in zip(passages, numbers, strict=True)
    ]
    front = [p for p in passages if p.page_number == 1 and p.kind != "footnote"][:_FRONT_LINES]
    symbol = _symbol(passages[: 2 * _FRONT_LINES])
    before = [p for p, number in zip(passages, numbers, strict=True) if number < 0]
    styles = Counter(p.level for p in passages if p.kind == "heading" and not _ORGANS.match(p.text))
    title = _title(before if articles else front, document, styles) or document.title
    if not articles and _is_one_of_many(title, passages, styles):
        title = _series(passages, document) or title
    outlet = "United Nations" if symbol else publisher_of(document, front, passages, title)
    published = published_of(document, before if articles else front, passages)
    if articles and (published is None or published == document.published):
        published = _latest(articles) or published
    if not (articles or symbol):
        published = _spread(passages, published, document)
    kind = _kind(document, passages, published, told_apart=bool(articles), symbol=symbol)
    if not articles:
        articles = (Article(0, title, outlet, _author(front), published),)
    document = replace(
        document,
        kind=kind,
        title=title,
        outlet=outlet,
        symbol=symbol,
        published=published,
        language=language,
        articles=articles,
    )
    return document, numbered


def _language(passages: Sequence[Passage]) -> str:
    letters: Counter[str] = Counter()
    for passage in passages:
        if passage.language:
            letters[passage.language] += len(passage.text)
    return letters.most_common(1)[0][0] if letters else ""


def _symbol(passages: Sequence[Passage]) -> str:
    """The first page's United Nations symbol: the commonest of short lines, running heads among them."""
    found: Counter[str] = Counter()
    for passage in passages:
        if len(passage.text) < 60:
            found.update(_SYMBOL.findall(passage.text))
    return found.most_common(1)[0][0] if found else ""


def _spread(
    passages: Sequence[Passage], published: DateInterval | None, document: Document
) -> DateInterval | None:
    """Where texts of several days could not be told apart, the time from the first to the last of them.

    A date that the document's cover gives, none of these days, stays.
    """
    days = days_of(passages)
    own = published is None or published == document.published or published.start in [d.start for d in days]
    if len(days) < _MANY_DAYS or not own:
        return published
    return DateInterval(days[0].start, days[-1].end, "range", f"days on {len(days)} lines of their own")


def _latest(articles: Sequence[Article]) -> DateInterval | None:
    """A digest is as old as its youngest article."""
    dates = [a.published for a in articles if a.published is not None and a.published.end is not None]
    return max(dates, key=lambda interval: interval.end or date.min, default=None)


def _title(front: Sequence[Passage], document: Document, styles: Counter[int]) -> str:
    """The first page's heading in the largest type that is no organ's or outlet's name.

    A heading whose style is its alone goes before headings of sections.
    """
    headings = [p for p in front if p.kind == "heading" and not _ORGANS.match(p.text) and len(p.text) > 6]
    tallest = max(map(_height, headings), default=0.0)
    heads = [p for p in front if p.kind == "header" and _may_title(p.text, document.author)]
    for head in heads:
        if _height(head) > _TALLER * tallest > 0:
            return head.text
    plain = [p for p in headings if not _SYMBOL.search(p.text) and len(p.text) < 2 * _SHORT]
    named = [p for p in plain if not _NUMBERED.match(p.text) and not _is_name(p.text, document.author)]
    named = [p for p in named if styles[p.level] == 1] or named
    if not named:
        return next((p.text for p in front if len(p.text) < 4 * _SHORT and _LETTER.match(p.text)), "")
    if document.n_pages < 3 and named[0].number < 2 and len(named[0].text.split()) < 5:  # a masthead
        longer = [p for p in named[1:] if len(p.text.split()) >= 5]
        named = longer or named
    return max(named, key=lambda p: (-p.level, p.boxes[0].bottom - p.boxes[0].top, -p.number)).text


def _is_one_of_many(title: str, passages: Sequence[Passage], styles: Counter[int]) -> bool:
    """Whether a title is a chapter's: many headings are set as it is."""
    own = next((p for p in passages if p.kind == "heading" and p.text == title), None)
    return own is not None and styles[own.level] >= _CHAPTERS


def _height(passage: Passage) -> float:
    return passage.boxes[0].bottom - passage.boxes[0].top if passage.boxes else 0.0


def _may_title(text: str, author: str) -> bool:
    """Whether a running head can name the document: three words, and no organ, outlet, author or symbol."""
    name = _ORGANS.match(text) or _SYMBOL.search(text) or _is_name(text, author)
    return len(text.split()) > 2 and not name


def _series(passages: Sequence[Passage], document: Document) -> str:
    """What most pages have at their head or foot, where it can name the document.

    Figures at its ends are its own where they are the same on most pages, else the pages' numbers.
    """
    running = (p.text for p in passages if p.kind in ("header", "footer"))
    heads = [_PRINTED.sub("", text).strip(_RULES) for text in running]
    for texts in (heads, [_PAGE_NUMBER.sub("", text).strip(_RULES) for text in heads]):
        often = [text for text, count in Counter(texts).most_common(3) if count * 2 > document.n_pages]
        if name := next((text for text in often if _may_title(text, document.author)), ""):
            return name
    return ""


def _is_name(text: str, author: str) -> bool:
    """Whether a heading names the outlet alone."""
    return text.casefold() in (outlet_in(text).casefold(), author.casefold())


def _author(front: Sequence[Passage]) -> str:
    for passage in front:
        match = BYLINE.match(passage.text)
        if match:
            return match.group(1).strip(" .,")
    return ""


def _kind(
    document: Document,
    passages: Sequence[Passage],
    published: DateInterval | None,
    *,
    told_apart: bool,
    symbol: str,
) -> str:
    """A scan stays one, texts of several days or told apart are a digest, what bears a symbol is a report.

    Of the others a short text of one day, with few headings and no apparatus, is an article.
    """
    if document.kind == "scan":
        return document.kind
    if told_apart or (published is not None and published.precision == "range"):
        return "digest"
    if symbol:
        return "report"
    apparatus = sum(p.kind in ("footnote", "table") or bool(p.mark) for p in passages)
    headings = sum(p.kind == "heading" for p in passages)
    dated = published is not None and published.precision == "day"
    if document.n_pages <= _ARTICLE_PAGES and dated and headings <= _ARTICLE_HEADINGS and apparatus < 3:
        return "article"
    return "report"
