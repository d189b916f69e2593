"""A document's masthead, running heads, notices, file name and metadata into the name of who published it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nijar_nlp.passages.dates import find_date
from nijar_nlp.passages.outlets import agency_of, outlet_in, site_in
from nijar_nlp.records import Document, Passage

_TOP = 12  # passages of the first page that may hold a masthead
_WORDS = 7  # words of a name, at most
_KNOWN_AMONG = 6  # words beside a known name on a line that names it
_PRINTED = re.compile(
    r"^(?:printed from(?: the (?:web\s?)?site(?: of)?)?|imprimé depuis(?: le site(?: de)?)?|طبع من(?: موقع)?"
    r"|published by|publié par|éditeur\s*:|publisher\s*:|a publication of|une publication de|صادر عن"
    r"|outlet\s*:|source\s*:)\s+(.+)$",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*\d{2,4})?)?\s*,?\s*([^.,|]{3,70}?)\s*"
    r"(?:,?\s*(?:19|20)\d\d)?\s*(?:[.,|].*|all rights.*|tous droits.*|جميع الحقوق.*)?$",
    re.I,
)
_NO_NAME = re.compile(
    r"^(?:by|par|page|p\.|vol|no\b|nº|n°|number|issue|numéro|صفحة|بقلم|العدد|home|accueil|contents|sommaire"
    r"|all rights|tous droits|the author|l'auteur|in this issue|au sommaire|distr|original)\b"
    r"|[:;?!]$|\d{3}|[#№]",
    re.I,
)
_INSTITUTION = re.compile(
    r"\b(?:institute?|institut|centre|center|agen\w+|news|times|post|press|presse|group|ministr\w+|office|fund"
    r"|foundation|fondation|university|université|council|conseil|wire|monitor|journal|gazette|courrier|media"
    r"|network|réseau|observato\w+|bureau|bank|banque|union|nations|international|programme|organi[sz]ation"
    r"|comité|committee|association|society|société|watch|radio|tv|magazine|review|revue|bulletin|observer"
    r"|herald|tribune|dispatch|ledger|atelier|laborato\w+|programme|mission|département|department)\b"
    r"|(?:مركز|معهد|صحيفة|جريدة|وكالة|وزارة|منظمة|شبكة|مجلة|قناة|موقع|هيئة|مؤسسة|اتحاد|بعثة|مكتب)",
    re.I,
)
_ARTICLES = frozenset(["the", "le", "la", "les", "l", "de", "des", "du", "d", "of", "and", "et"])
_AFTER_NAME = re.compile(r"\s+[|·•–—]\s+|,\s*\d|\s\(|\s(?:page|p\.|صفحة)\s*\d", re.I)
_WORD = re.compile(r"[^\W_]+")
_FILE_PARTS = re.compile(r"[_\s]+|(?<=\d)-(?=[^\W\d])|--+")


def publisher_of(
    document: Document, front: Sequence[Passage], passages: Sequence[Passage], title: str
) -> str:
    """Who published a document, or nothing where it does not say so.

    A name counts the more, the more places bear it out: the first page's masthead, notices ("Printed from",
    "©"), running heads, a line with the date, the file's name, its metadata. Known outlets are given by the
    project's name for them; a web site's address and a name in the metadata alone come last.
    """
    lines = [p for p in front if len(p.text) < 200 and p.kind not in ("list", "footnote", "table")]
    heads = [p.text for p in passages[:600] if p.kind in ("header", "footer")]
    scores: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for name, weight in _proposed(document, lines, heads, title):
        name = outlet_in(name) if _is_known(name) else name
        key = fold_name(name)
        if key and key != fold_name(title):
            scores[key] += weight
            shown.setdefault(key, name)
    if scores:
        key, score = max(scores.items(), key=lambda item: (item[1], -list(scores).index(item[0])))
        if score >= 3:
            return shown[key]
    return _last_resort(document, front, heads, [p.text for p in lines])


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """A name without accents, case, articles and signs: "Le Courrier du Fleuve" is "courrier fleuve"."""
    plain = name.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", name).casefold()
        plain = "".join([c for c in marked if not unicodedata.combining(c)])
    return " ".join([word for word in _WORD.findall(plain) if word not in _ARTICLES])


def _proposed(
    document: Document, lines: Sequence[Passage], heads: Sequence[str], title: str
) -> Iterator[tuple[str, int]]:
    """Names with their weights; 3 in all is enough."""
    top = [p.text for p in lines[:_TOP]]
    for text in [*(p.text for p in lines), *dict.fromkeys(heads)]:
        if match := _PRINTED.match(text):
            yield _trimmed(match.group(1)), 3
        if (match := _COPYRIGHT.search(text)) and _may_name(name := _trimmed(match.group(1))):
            yield name, 3 if _INSTITUTION.search(name) else 2
    for text in [*top, *dict.fromkeys(heads)]:
        if _is_known(text) and not _says(text, title):
            yield text, 3
        yield from ((name, 2) for name in _beside_date(text))
    for text in dict.fromkeys(heads):
        parts = [_trimmed(part) for part in text.split(" / ")]
        yield from ((p, 3) for p in parts if _INSTITUTION.search(p) and _may_name(p) and not _says(p, title))
        yield from ((p, 3) for p in parts if _is_known(p) and not _says(p, title))
    names = [name for text in top if _may_name(name := _trimmed(text)) and not _says(name, title)]
    everywhere = " | ".join(fold_name(text) for text in dict.fromkeys(heads))
    file = fold_name(_FILE_PARTS.sub(" | ", document.file.rsplit(".", 1)[0]))
    author = fold_name(document.author)
    for place, name in enumerate(dict.fromkeys(names)):
        key = fold_name(name)
        yield name, 1 if place == 0 else 0
        yield name, 1 if _INSTITUTION.search(name) else 0
        yield name, 2 if f" {key} " in f" {everywhere} " else 0
        yield name, 2 if f" {key} " in f" {file} " else 0
        yield name, 3 if key == author else 0
    if author and any(f" {author} " in f" {fold_name(text)} " for text in heads):
        yield document.author, 3
    yield from _masthead(lines, title)


def _masthead(lines: Sequence[Passage], title: str) -> Iterator[tuple[str, int]]:
    """A short heading over the title, on a document's first lines."""
    headings = [p for p in lines[:4] if p.kind == "heading"]
    if len(headings) > 1 and fold_name(headings[1].text) == fold_name(title):
        name = _trimmed(headings[0].text)
        if _may_name(name):
            yield name, 2


def _beside_date(text: str) -> Iterator[str]:
    """The name on a line that holds it and a date alone: "Sahel Wire | 22 March 2018"."""
    found = find_date(text, "")
    if found is None or len(text) > 90:
        return
    before, after = text[: found.start], text[found.end :]
    for part in (before.rstrip(" |·•–—-,:("), after.lstrip(" |·•–—-,:)")):
        name = re.split(r"\s+[|·•–—]\s+", part)[0]
        if _may_name(name):
            yield name


def _may_name(text: str) -> bool:
    """Whether a short text can be a name: few words, the first with a capital, no sentence and no byline."""
    words = text.split()
    if not 1 <= len(words) <= _WORDS or len(text) < 3 or _NO_NAME.search(text) or text.endswith("."):
        return False
    return text[0].isupper() or not (text[0].islower() or text[0].isdigit())


def _trimmed(text: str) -> str:
    """A name without what follows it on its line: another field, a year, a bracket, a page's number."""
    return _AFTER_NAME.split(" ".join(text.split()))[0].strip(" |·•–—-,:.")


def _says(text: str, title: str) -> bool:
    """Whether a text is the title or a part of it."""
    return bool(title) and f" {fold_name(text)} " in f" {fold_name(title)} "


def _is_known(text: str) -> bool:
    """Whether a line is about a known outlet: its name with few words beside it."""
    return bool(outlet_in(text)) and len(text.split()) <= _KNOWN_AMONG


def _last_resort(
    document: Document, front: Sequence[Passage], heads: Sequence[str], lines: Sequence[str]
) -> str:
    agency = next((name for p in front if (name := agency_of(p.text))), "")
    known = next((name for text in [*heads, *lines] if (name := outlet_in(text))), "")
    site = next((name for text in [*heads, *lines] if (name := site_in(text))), "")
    told = document.author if _INSTITUTION.search(document.author) else ""
    return agency or outlet_in(document.author) or told or known or site
