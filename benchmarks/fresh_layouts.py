"""Documents of known text in layouts that nothing was fitted to, set by Chromium and by typst.

    python benchmarks/fresh_layouts.py FOLDER
    python benchmarks/read_pdfs.py FOLDER

writes NAME.pdf and NAME.json, the truth that benchmarks/read_pdfs.py scores, in English, French and Arabic:
one, two and three columns, boxed texts, lists, numbered paragraphs, tables, notes at the foot. Needs
playwright with a Chromium.
"""

import argparse
import html
import json
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.layouts import PHRASES, _escaped

Block = dict[str, Any]

# By name: style sheet, what the document is made of, its languages.
CHROMIUM: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "leaflet": (
        "main{columns:3;column-gap:16px;text-align:justify;hyphens:auto;font:9.5pt 'DejaVu Serif'}"
        "h2{font-size:11pt}aside{border:1px solid #333;background:#eee;padding:6px;break-inside:avoid}",
        {"sections": 9, "boxes": True, "lists": True},
        ("en", "fr"),
    ),
    "circular": (
        "main{font:11pt/1.5 'DejaVu Sans'}p{margin:0 0 0 0;text-indent:0}"
        "h2{font-size:11pt;text-transform:uppercase}p+p{margin-top:9px}",
        {"sections": 5, "numbered": True, "tables": True},
        ("en", "fr"),
    ),
    "proceedings": (
        "main{columns:2;column-gap:22px;text-align:justify;hyphens:auto;font:10pt/1.25 'DejaVu Serif'}"
        "p{margin:0;text-indent:1.3em}h2{font-size:10pt;font-style:italic;font-weight:normal}",
        {"sections": 8, "lists": True},
        ("en", "fr"),
    ),
    "magazine": (
        "main{columns:2;column-gap:30px;font:10.5pt/1.45 'DejaVu Sans'}p{margin:0 0 10px}"
        "h2{font-size:15pt;column-span:all}aside{float:right;width:45%;background:#ddd;padding:8px;"
        "font-size:9pt;margin:0 0 8px 8px}",
        {"sections": 6, "boxes": True, "tables": True},
        ("en", "fr"),
    ),
    "nashra": (
        "main{font:12pt/1.7 'Noto Naskh Arabic','DejaVu Sans';text-align:justify}p{margin:0 0 9px}",
        {"sections": 5, "lists": True, "tables": True},
        ("ar",),
    ),
    "majalla": (
        "main{columns:2;column-gap:24px;font:11pt/1.6 'DejaVu Sans'}p{margin:0;text-indent:1.5em}",
        {"sections": 6},
        ("ar",),
    ),
}  # fmt: skip
TYPST: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "annual": (
        '#set page(paper: "a4", margin: 1.8cm, columns: 2)\n#set text(9.5pt, font: "Libertinus Serif")\n'
        "#set par(justify: true, spacing: 0.9em)\n",
        {"sections": 6, "boxes": True, "lists": True, "notes": True, "tables": True},
        ("en", "fr"),
    ),
    "landscape": (
        '#set page(paper: "a4", flipped: true, margin: 1.5cm, columns: 3)\n'
        '#set text(10pt, font: "DejaVu Sans")\n'
        "#set par(justify: false, spacing: 1.2em)\n",
        {"sections": 6, "notes": True, "boxes": True},
        ("en", "fr"),
    ),
    "judgment": (
        '#set page(paper: "us-letter", margin: 2.5cm)\n#set text(12pt, font: "New Computer Modern")\n'
        "#set par(justify: true, leading: 0.9em, spacing: 1.6em)\n",
        {"sections": 4, "numbered": True, "notes": True, "lists": True},
        ("en", "fr"),
    ),
}


def blocks_of(language: str, dice: random.Random, what: dict[str, Any]) -> list[Block]:
    """A document as blocks of type heading, para, list, box (a para in a frame) and table."""
    said = PHRASES[language]

    def text(least: int, most: int) -> str:
        sentences = []
        for _ in range(dice.randint(least, most)):
            parts = [dice.choice(said[part]) for part in ("subjects", "verbs", "tails")]
            sentences.append(f"{' '.join(parts)} ({dice.randint(12, 940)}).")
        return " ".join(sentences)

    blocks: list[Block] = []
    number = 0
    for section in range(what["sections"]):
        blocks.append({"type": "heading", "text": said["headings"][section % len(said["headings"])]})
        for place in range(4):
            number += 1
            mark = f"{number}. " if what.get("numbered") else ""
            block: Block = {"type": "para", "text": mark + text(2, 6)}
            if what.get("notes") and place == 1:
                block["note"] = f"{said['note']}; {text(1, 2)}"
            blocks.append(block)
        if what.get("lists") and section % 2 == 0:
            blocks.extend({"type": "list", "text": text(1, 2)} for _ in range(3))
        if what.get("boxes") and section % 3 == 1:
            blocks.append({"type": "para", "text": text(2, 3), "box": True})
        if what.get("tables") and section % 2 == 1:
            rows = [["", "2019", "2020"], *([w, str(dice.randint(2, 99)), str(dice.randint(2, 99))]
                    for w in said["headings"][:3])]  # fmt: skip
            blocks.append({"type": "table", "text": " ".join(c for r in rows for c in r if c), "rows": rows})
    return blocks


def as_html(blocks: list[Block], language: str, style: str) -> str:
    body = []
    for block in blocks:
        text = html.escape(block["text"])
        if block["type"] == "table":
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block["rows"])
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        elif block.get("box"):
            body.append(f"<aside>{text}</aside>")
        else:
            tag = {"heading": "h2", "para": "p", "list": "li"}[block["type"]]
            body.append(f"<{tag}>{text}</{tag}>")
    common = "table{border-collapse:collapse;margin:8px auto}li{margin:3px 22px}"
    common += "td{border:1px solid #555;padding:3px 9px}"
    turn = "rtl" if language == "ar" else "ltr"
    return (
        f'<html lang="{language}" dir="{turn}"><meta charset="utf-8"><style>{common}{style}</style>'
        f"<body><main>{''.join(body)}</main></body></html>"
    )


def as_typst(blocks: list[Block], language: str, style: str) -> str:
    top, bottom = PHRASES[language]["running"]
    heads = f"header: [{top} #h(1fr) #context counter(page).display()], footer: align(center)[{bottom}]"
    out = [f'#set text(lang: "{language}")\n{style}#set table(stroke: 0.4pt)\n#set page({heads})']
    for block in blocks:
        text = _escaped(block["text"])
        if block["type"] == "heading":
            out.append(f"== {text}")
        elif block["type"] == "list":
            out.append(f"- {text}")
        elif block["type"] == "table":
            cells = ", ".join(f"[{cell}]" for row in block["rows"] for cell in row)
            out.append(f"#table(columns: 3, {cells})")
        elif block.get("box"):
            out.append(f"#block(stroke: 0.6pt, inset: 7pt, width: 100%)[{text}]")
        else:
            note = f"#footnote[{_escaped(block['note'])}]" if "note" in block else ""
            out.append(f"#par[{text}{note}]")
    return "\n\n".join(out)


def write(folder: Path) -> Iterator[Path]:
    """Write every layout in its languages; the PDFs' paths."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        for engine in (CHROMIUM, TYPST):
            for number, (name, (style, what, languages)) in enumerate(engine.items()):
                for language in languages:
                    path = folder / f"{language}_{name}.pdf"
                    blocks = blocks_of(language, random.Random(100 + number), what)  # noqa: S311
                    if engine is CHROMIUM:
                        page.set_content(as_html(blocks, language, style))
                        page.pdf(path=path, format="A4", print_background=True, display_header_footer=True,
                                 margin=dict.fromkeys(("top", "bottom", "left", "right"), "2cm"),
                                 **_running(language))  # fmt: skip
                    else:
                        path.write_bytes(typst.compile(as_typst(blocks, language, style).encode()))
                    truth = {"lang": language, "running": PHRASES[language]["running"], "blocks": blocks}
                    path.with_suffix(".json").write_text(
                        json.dumps(truth, ensure_ascii=False), encoding="utf-8"
                    )
                    yield path
        browser.close()


def _running(language: str) -> dict[str, str]:
    top, bottom = PHRASES[language]["running"]
    style = "font-size:8px;width:100%;padding:0 2cm"
    return {
        "header_template": f'<div style="{style}">{top} <span class="pageNumber"></span></div>',
        "footer_template": f'<div style="{style};text-align:center">{bottom}</div>',
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    target: Path = parser.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    print("\n".join(map(str, write(target))))
