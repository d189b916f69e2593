"""News exports and press digests of the project's own making, in the forms of press databases, as PDFs.

python tests/exports.py FOLDER
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import typst


@dataclass(frozen=True)
class Item:
    """One article: what its head says, and its paragraphs."""

    title: str
    outlet: str
    author: str
    day: str
    printed: str
    paragraphs: tuple[str, ...]


ITEMS: dict[str, tuple[Item, ...]] = {
    language: tuple(Item(**item | {"paragraphs": tuple(item["paragraphs"])}) for item in items)
    for language, items in json.loads(
        (Path(__file__).parent / "data" / "articles.json").read_text(encoding="utf-8")
    ).items()
}
_DAYS = {
    "2021-03-12": ("Friday", "vendredi"),
    "2021-05-03": ("Monday", "lundi"),
    "2021-06-21": ("Monday", "lundi"),
}


def _paragraphs(item: Item) -> str:
    return "\n\n".join(item.paragraphs)


def _lines(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text) + "\n\n"


def _title(item: Item, size: int = 14) -> str:
    return f'#text({size}pt, weight: "bold")[{item.title}]'


def wire(items: tuple[Item, ...], language: str) -> str:
    """Headline, byline, length, date, time, source, code, language and copyright on lines of their own."""
    words, by, tongue, rights = {
        "en": ("words", "By", "English", "All rights reserved"),
        "fr": ("mots", "Par", "Français", "Tous droits réservés"),
    }[language]
    out = "#set par(spacing: 0.55em)\n"
    for number, item in enumerate(items):
        out += _lines(_title(item), f"{by} {item.author}", f"{312 + number} {words}", item.printed, "15:04")
        out += _lines(item.outlet, "SEPO", tongue, f"Copyright 2021 {item.outlet}. {rights}.")
        out += f"#v(6pt)\n{_paragraphs(item)}\n\nDocument SEPO0000202103{number}2eh3c0001x\n\n#v(24pt)\n"
    return out


def fields(items: tuple[Item, ...], language: str) -> str:
    """Two-letter field codes in a column of their own, as in an export for bibliographies."""
    tongue = {"en": "English", "fr": "Français"}[language]
    words = {"en": "words", "fr": "mots"}[language]
    out = ""
    for number, item in enumerate(items):
        cells = [
            ("HD", f"*{item.title}*"), ("BY", item.author), ("WC", f"{312 + number} {words}"),
            ("PD", item.printed), ("SN", item.outlet), ("SC", "SEPO"), ("LA", tongue),
            ("CY", f"Copyright 2021 {item.outlet}"), ("LP", item.paragraphs[0]), ("TD", item.paragraphs[1]),
            ("AN", f"Document SEPO0000202103{number}2eh3c0001x"),
        ]  # fmt: skip
        rows = ", ".join(f"[*{code}*], [{text}]" for code, text in cells)
        out += f"#grid(columns: (24pt, 1fr), row-gutter: 8pt, {rows})\n\n#v(24pt)\n"
    return out


def newsroom(items: tuple[Item, ...], language: str) -> str:
    """A page an article: headline, source and date centred, then labelled lines, and an end mark."""
    if language == "en":
        names = ("Copyright 2021", "All Rights Reserved", "Section:", "Length:", "words", "Byline:", "Body")
        ends = ("Load-Date:", "End of Document")
    else:
        names = (
            "Copyright 2021",
            "Tous droits réservés",
            "Rubrique :",
            "Longueur :",
            "mots",
            "Auteur :",
            "Corps",
        )
        ends = ("Date de chargement :", "Fin du document")
    out = ""
    for number, item in enumerate(items):
        day = _DAYS[item.day][language == "fr"]
        dated = f"{_american(item)} {day}" if language == "en" else f"{day} {item.printed}"
        out += f"#align(center)[{_title(item, 16)}\n\n{item.outlet}\n\n{dated}]\n\n"
        out += _lines(f"{names[0]} {item.outlet} {names[1]}", f"*{names[2]}* NEWS; Pg. 4")
        out += _lines(
            f"*{names[3]}* {312 + number} {names[4]}", f"*{names[5]}* {item.author}", f"*{names[6]}*"
        )
        out += f"{_paragraphs(item)}\n\n*{ends[0]}* {item.printed}\n\n"
        out += f"#align(center)[*{ends[1]}*]\n#pagebreak(weak: true)\n"
    return out


def library(items: tuple[Item, ...], language: str) -> str:
    """Source in capitals, section with date, length and page on one line, headline, author, certificate."""
    words, certificate = {
        "en": ("words", "This document is for the personal use of its reader. Certificate issued on"),
        "fr": ("mots", "Le présent document est réservé à l'usage de son lecteur. Certificat émis le"),
    }[language]
    out = ""
    for number, item in enumerate(items):
        day = _DAYS[item.day][language == "fr"]
        section = {"en": "World", "fr": "International"}[language]
        out += _lines(f"*{item.outlet}*", f"{section}, {day} {item.printed} {312 + number} {words}, p. 4")
        out += _lines(_title(item), item.author) + f"{_paragraphs(item)}\n\n"
        certified = f"{certificate} 2 septembre 2024. news·20210312·SEP·{number}"
        out += f"#text(7.5pt)[© 2021 {item.outlet}. {certified}]\n\n"
        out += "#v(20pt)\n"
    return out


def review(items: tuple[Item, ...], language: str) -> str:
    """A digest with a title of its own, each text followed by its source and date in brackets."""
    head = {
        "en": ("Press review, week 26", "River Towns Forum"),
        "fr": ("Revue de presse, semaine 26", "Forum des rives"),
    }
    title, maker = head[language]
    out = f'#align(center, text(18pt, weight: "bold")[{title}])\n\n#align(center)[{maker}]\n\n'
    for item in items:
        out += f"{_title(item, 13)}\n\n{_paragraphs(item)}\n\n_({item.outlet}, {item.printed})_\n\n#v(8pt)\n"
    return out


def bulletin(items: tuple[Item, ...], language: str) -> str:
    """A digest under its outlets' names, each headline followed by a line with author and date in figures."""
    by = {"en": "By", "fr": "Par"}[language]
    out = ""
    for item in items:
        year, month, day = item.day.split("-")
        out += f'#text(16pt, weight: "bold")[{item.outlet}]\n\n#text(12pt, weight: "bold")[{item.title}]\n\n'
        out += f"{by} {item.author}, {day}/{month}/{year}\n\n{_paragraphs(item)}\n\n"
    return out


def _american(item: Item) -> str:
    day, month, year = item.printed.split()
    return f"{month} {day}, {year}"


FORMS: tuple[Callable[[tuple[Item, ...], str], str], ...] = (
    wire,
    fields,
    newsroom,
    library,
    review,
    bulletin,
)


def write_exports(folder: Path) -> Iterator[tuple[Path, tuple[Item, ...]]]:
    """Write every form in English and French; the PDFs' paths with the articles that they hold."""
    for form in FORMS:
        for language, items in ITEMS.items():
            page = '#set page(paper: "a4", margin: 2.2cm)\n#set text(10.5pt, font: "Libertinus Serif")\n'
            path = folder / f"{language}_{form.__name__}.pdf"
            path.write_bytes(typst.compile((page + form(items, language)).encode()))
            yield path, tuple(replace(item, author="") for item in items) if form is review else items


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    target: Path = parser.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    print("\n".join(str(path) for path, _ in write_exports(target)))
