"""Documents of known text in layouts that no rule was fitted to, set by typst: PDF and truth side by side.

    python tests/layouts.py FOLDER

writes NAME.pdf and NAME.json (language, running heads, and blocks of type para, heading or table).
"""

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typst

PHRASES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "phrases.json").read_text(encoding="utf-8")
)


@dataclass
class Draft:
    """A document as it is written: typst source, and the truth about it."""

    language: str
    dice: random.Random
    source: list[str] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)

    def sentence(self) -> str:
        phrases = PHRASES[self.language]
        parts = (self.dice.choice(phrases[part]) for part in ("subjects", "verbs", "tails"))
        return " ".join(parts) + f" ({self.dice.randint(12, 940)})."

    def text(self, least: int, most: int) -> str:
        return " ".join(self.sentence() for _ in range(self.dice.randint(least, most)))

    def paragraph(self, least: int = 2, most: int = 6, *, note: bool = False, mark: str = "") -> None:
        text = self.text(least, most)
        block = {"type": "para", "text": f"{mark} {text}".strip()}
        tail = ""
        if note:
            block["note"] = (
                f"{PHRASES[self.language]['note']}, {self.dice.randint(1990, 2024)}; {self.sentence()}"
            )
            tail = f"#footnote[{_escaped(block['note'])}]"
        self.blocks.append(block)
        self.source.append(f"#par[{_escaped(block['text'])}{tail}]")

    def heading(self, number: int) -> None:
        words = PHRASES[self.language]["headings"]
        self.blocks.append({"type": "heading", "text": words[number % len(words)]})
        self.source.append(f"== {words[number % len(words)]}")

    def table(self) -> None:
        rows = [["", "2019", "2020", "2021"]]
        rows += [
            [name, *(str(self.dice.randint(3, 99)) for _ in range(3))] for name in ("Nord", "Centre", "Sud")
        ]
        cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
        self.source.append(f"#align(center, table(columns: 4, {cells}))")
        self.blocks.append({"type": "table", "text": " ".join(cell for row in rows for cell in row if cell)})


def _escaped(text: str) -> str:
    text = "".join("\\" + c if c in "#$*_<>@`~[]\\" else c for c in text)
    return re.sub(r"^(\d+)\.", r"\1\.", text)  # else typst makes a list of it


def _page(language: str, head: str, rest: str) -> str:
    top, bottom = PHRASES[language]["running"]
    numbers = f"header: [{top} #h(1fr) #context counter(page).display()], footer: align(center)[{bottom}]"
    return f'#set text(lang: "{language}", {head})\n#set page({rest}, {numbers})\n#set table(stroke: 0.4pt)\n'


def newsletter(draft: Draft) -> None:
    """Three ragged columns on letter paper, a title over all of them, blank lines between paragraphs."""
    head = 'size: 9pt, font: "Libertinus Serif", hyphenate: false'
    draft.source.append(_page(draft.language, head, 'paper: "us-letter", margin: 1.6cm'))
    draft.source.append("#set par(justify: false, spacing: 1em)\n#align(center, text(20pt)[*Bulletin 7*])\n")
    draft.blocks.append({"type": "heading", "text": "Bulletin 7"})
    draft.source.append("#columns(3, gutter: 14pt)[")
    _sections(draft, 5, 4)
    draft.source.append("]")


def memoir(draft: Draft) -> None:
    """One justified, hyphenated column with indented first lines and no space between, notes at the foot."""
    head = 'size: 11pt, font: "New Computer Modern", hyphenate: true'
    draft.source.append(_page(draft.language, head, 'paper: "a5", margin: 1.9cm'))
    draft.source.append("#set par(justify: true, first-line-indent: 1.4em, spacing: 0.65em)\n")
    _sections(draft, 4, 5, notes=True)


def council(draft: Draft) -> None:
    """Two justified columns, paragraphs numbered through, notes under each column, a ruled table."""
    head = 'size: 10pt, font: "DejaVu Serif", hyphenate: true'
    draft.source.append(_page(draft.language, head, 'paper: "a4", margin: 2cm, columns: 2'))
    draft.source.append("#set par(justify: true, spacing: 1.1em)\n")
    number = 0
    for section in range(4):
        draft.heading(section)
        for _ in range(5):
            number += 1
            draft.paragraph(mark=f"{number}.", note=number % 4 == 0)
        if section == 1:
            draft.table()


def briefing(draft: Draft) -> None:
    """One ragged column with a wide margin, tight paragraph spacing, large leading, sans serif."""
    head = 'size: 10.5pt, font: "DejaVu Sans", hyphenate: false'
    draft.source.append(_page(draft.language, head, 'paper: "a4", margin: (left: 6cm, rest: 2cm)'))
    draft.source.append("#set par(justify: false, leading: 0.9em, spacing: 1.25em)\n")
    _sections(draft, 4, 4, notes=True)


def gazette(draft: Draft) -> None:
    """Two narrow ragged columns with indents and hyphens after a passage over the full width."""
    head = 'size: 9.5pt, font: "Liberation Serif", hyphenate: true'
    draft.source.append(_page(draft.language, head, 'paper: "a4", margin: (x: 2.4cm, y: 2.2cm)'))
    draft.source.append("#set par(justify: false, spacing: 0.9em)\n")
    draft.paragraph(5, 6)
    draft.source.append(
        "#set par(justify: false, first-line-indent: (amount: 1.2em, all: true), spacing: 0.62em)\n"
    )
    draft.source.append("#columns(2, gutter: 22pt)[")
    _sections(draft, 5, 5)
    draft.source.append("]")


def _sections(draft: Draft, n_sections: int, n_paragraphs: int, *, notes: bool = False) -> None:
    for section in range(n_sections):
        draft.heading(section)
        for number in range(n_paragraphs):
            draft.paragraph(note=notes and number == 2)
        if section == 1:
            draft.table()


LAYOUTS: tuple[Callable[[Draft], None], ...] = (newsletter, memoir, council, briefing, gazette)


def write_layouts(folder: Path) -> Iterator[Path]:
    """Write every layout in English and French; the PDFs' paths."""
    for number, layout in enumerate(LAYOUTS):
        for language in ("en", "fr"):
            draft = Draft(language, random.Random(number))
            layout(draft)
            path = folder / f"{language}_{layout.__name__}.pdf"
            path.write_bytes(typst.compile("\n\n".join(draft.source).encode()))
            truth = {"lang": language, "running": PHRASES[language]["running"], "blocks": draft.blocks}
            path.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
            yield path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    target: Path = parser.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    print("\n".join(map(str, write_layouts(target))))
