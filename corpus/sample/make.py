"""Lay the sample PDFs out from their sources and write the truth file that tells what they say.

    python corpus/sample/make.py --fonts FOLDER

FOLDER holds the free fonts named in corpus/README.md. The same sources, fonts and typst give the same bytes.
"""

import argparse
import datetime
import io
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pikepdf
import typst
import yaml
from PIL import Image, ImageFilter

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
LAYOUT = SOURCE / "layout.typ"
FAMILIES = ("Amiri", "DejaVu Sans", "Lato", "PT Serif")
KNOWN_KEYS = {
    "frame", "outlet", "author", "title", "title_case", "subtitle", "running", "symbol", "published",
    "language", "kind", "font", "size", "justify", "scanned", "problem", "near_duplicate_of",
}  # fmt: skip
TRUNCATED_SHARE = 0.4  # of the bytes that the damaged file keeps: neither catalog nor page tree is left
SCAN_PPI = 150  # legible to OCR, small in the repository
SCAN_SKEW_DEGREES = 0.6
SCAN_NOISE = 9.0  # standard deviation, in grey levels of 255
USER_PASSWORD = "closed"  # noqa: S105 – opens nothing but the sample file

Block = dict[str, Any]


@dataclass
class Article:
    """One article of a source: its headline facts, what its headline is about, and its blocks."""

    title: str
    outlet: str
    published: str
    title_case: str = ""
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Source:
    """One source file, read: its name, its front matter, and its articles (a report or news item has one)."""

    name: str
    facts: dict[str, Any]
    articles: list[Article]


def parse_case(text: str) -> dict[str, Any]:
    """'CASE: tag, tag' as a truth entry's case and sorted tags; an empty text gives nothing."""
    if not text:
        return {}
    case, _, tags = text.partition(":")
    return {"case": case.strip(), "tags": sorted(tag.strip() for tag in tags.split(","))}


def parse_runs(text: str) -> list[Block]:
    """A paragraph's stretches of text and its footnotes, `^[…]`, which may begin with `@CASE: tags@`."""
    runs: list[Block] = []
    for number, piece in enumerate(re.split(r"\^\[(.+?)\]", text)):
        if number % 2 == 0:
            if piece:
                runs.append({"kind": "text", "text": piece})
            continue
        marked = re.match(r"@(.+?)@\s*(.*)", piece)
        runs.append(
            {
                "kind": "footnote",
                "text": marked[2] if marked else piece,
                **parse_case(marked[1] if marked else ""),
            }
        )
    return runs


def parse_table(lines: list[str]) -> Block:
    """A ruled table: a caption line `Table: …`, a heading row, and rows that may end in `@ CASE: tags`."""
    block: Block = {"kind": "table", "rows": [], "cases": []}
    for line in lines:
        if not line.startswith("|"):
            block["caption"] = line
            continue
        row, _, case = line.rpartition("|")
        block["rows"].append([cell.strip() for cell in row.strip("|").split("|")])
        block["cases"].append(parse_case(case.strip().removeprefix("@").strip()))
    return block


def parse_block(lines: list[str]) -> Block:
    """One block of a source: heading, list item, table, page break or paragraph, with its case and tags."""
    case: dict[str, Any] = {}
    if lines[0].startswith("@ "):
        case = parse_case(lines[0][2:])
        lines = lines[1:]
    first = lines[0]
    if first == "%pagebreak":
        return {"kind": "pagebreak"}
    if first.startswith("|") or (first.startswith(("Table", "Tableau")) and len(lines) > 1):
        return parse_table(lines)
    text = " ".join(line.strip() for line in lines)
    heading = re.match(r"(#+) (.+)", text)
    if heading:
        return {"kind": "heading", "level": len(heading[1]), "text": heading[2], **case}
    if text.startswith("- "):
        return {"kind": "list", "runs": parse_runs(text[2:]), **case}
    return {"kind": "body", "runs": parse_runs(text), **case}


def parse_article_line(lines: list[str]) -> Article:
    """A digest's article line `=== title | outlet | date`, with the case of its headline above it."""
    title_case = lines[0][2:] if lines[0].startswith("@ ") else ""
    title, outlet, published = (part.strip() for part in lines[-1].removeprefix("=== ").split("|"))
    return Article(title, outlet, published, title_case)


def read_source(path: Path) -> Source:
    """Read one source file: YAML front matter between `---` lines, then blocks between empty lines."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    facts: dict[str, Any] = yaml.safe_load(head)
    if unknown := set(facts) - KNOWN_KEYS:
        sys.exit(f"{path.name}: unknown keys {sorted(unknown)}; the keys are {sorted(KNOWN_KEYS)}.")
    facts["published"] = str(facts["published"])
    articles = [Article(facts["title"], facts["outlet"], facts["published"], facts.get("title_case", ""))]
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = chunk.strip().splitlines()
        if any(line.startswith("=== ") for line in lines):
            articles.append(parse_article_line(lines))
        else:
            articles[-1].blocks.append(parse_block(lines))
    if facts["frame"] == "digest":
        articles = articles[1:]
    return Source(path.stem, facts, articles)


def typeset(text: str, language: str) -> str:
    """The text with the no-break spaces that French puts around its high punctuation."""
    if language != "fr":
        return text
    text = re.sub(r" ([:;?!»%])", "\u00a0\\1", text)
    return re.sub(r"« ", "«\u00a0", text)


def layout_input(source: Source) -> str:
    """What layout.typ reads: the facts with their defaults, and the articles, as JSON."""
    facts, language = source.facts, source.facts["language"]
    year, month, day = (*map(int, facts["published"].split("-")), 1)[:3]
    document = {
        "author": "", "subtitle": "", "running": "", "symbol": "", "justify": False, "size": 11, **facts,
        "year": year, "month": month, "day": day,
        "articles": [vars(article) for article in source.articles],
    }  # fmt: skip
    return typeset(json.dumps(document, ensure_ascii=False), language)


def lay_out(
    source: Source, fonts: Path, form: Literal["pdf", "png"] = "pdf", ppi: float | None = None
) -> list[bytes]:
    """Compile one source with typst: one PDF, or one PNG a page."""
    facts = source.facts
    midnight = datetime.datetime.fromisoformat((facts["published"] + "-01")[:10])
    compiled = typst.compile(
        str(LAYOUT), root=str(SOURCE), font_paths=[str(fonts)], ignore_system_fonts=True, format=form,
        ppi=ppi, sys_inputs={"document": layout_input(source)}, pdf_tags=False,
        timestamp=int(midnight.replace(tzinfo=datetime.UTC).timestamp()),
    )  # fmt: skip
    return compiled if isinstance(compiled, list) else [compiled]


def scan(png: bytes, seed: int) -> Image.Image:
    """A page image as a flatbed scanner gives it: grey, slightly turned, soft and noisy."""
    page = Image.open(io.BytesIO(png)).convert("L")
    page = page.rotate(SCAN_SKEW_DEGREES, resample=Image.Resampling.BICUBIC, fillcolor=250)
    page = page.filter(ImageFilter.GaussianBlur(0.5))
    noise = np.random.default_rng(seed).normal(0, SCAN_NOISE, (page.height, page.width))
    grey = np.clip(np.asarray(page, dtype=float) * 0.93 + 10 + noise, 0, 255)
    return Image.fromarray(grey.astype(np.uint8))


def scanned_pdf(pages: list[bytes], published: str) -> bytes:
    """An image-only PDF of the pages."""
    images = [scan(page, seed) for seed, page in enumerate(pages)]
    moment = datetime.datetime.fromisoformat(published).timetuple()
    out = io.BytesIO()
    images[0].save(
        out, "PDF", save_all=True, append_images=images[1:], resolution=SCAN_PPI, quality=60,
        creationDate=moment, modDate=moment,
    )  # fmt: skip
    return out.getvalue()


def encrypted(pdf: bytes) -> bytes:
    """The PDF closed with a user password, with a fixed identifier so that a rerun gives the same bytes."""
    out = io.BytesIO()
    lock = pikepdf.Encryption(user=USER_PASSWORD, owner=USER_PASSWORD, R=3, aes=False, metadata=False)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=lock, static_id=True)
    return out.getvalue()


def make_pdf(source: Source, fonts: Path) -> tuple[bytes, int]:
    """The bytes of one sample file and the number of pages that were laid out."""
    facts = source.facts
    if facts.get("scanned"):
        pages = lay_out(source, fonts, "png", SCAN_PPI)
        return scanned_pdf(pages, facts["published"]), len(pages)
    pdf = lay_out(source, fonts)[0]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        n_pages = len(opened.pages)
    if facts.get("problem") == "encrypted":
        pdf = encrypted(pdf)
    if facts.get("problem") == "damaged":
        pdf = pdf[: int(len(pdf) * TRUNCATED_SHARE)]
    return pdf, n_pages


def entry(kind: str, text: str, block: Block, **more: Any) -> Block:
    """A truth entry of one tagged passage."""
    return {"kind": kind, **more, "text": text, "tags": block["tags"], "case": block["case"]}


def block_truth(block: Block) -> list[Block]:
    """The tagged passages of one block: itself, its footnotes, or a table's rows."""
    if block["kind"] == "table":
        rows = zip(block["rows"], block["cases"], strict=True)
        return [entry("table", "; ".join(row), case, cells=row) for row, case in rows if case]
    found = []
    runs = block.get("runs", [])
    if "case" in block:
        text = block.get("text") or "".join(run["text"] for run in runs if run["kind"] == "text")
        found.append(entry(block["kind"], text, block))
    return found + [entry("footnote", run["text"], run) for run in runs if "case" in run]


def article_truth(article: Article) -> list[Block]:
    """The tagged passages of one article, its headline first."""
    headline = parse_case(article.title_case)
    found = [entry("heading", article.title, headline)] if headline else []
    for block in article.blocks:
        found += block_truth(block)
    return found


def truth(source: Source, n_pages: int) -> Block:
    """The truth file's entry of one document."""
    facts = source.facts
    record: Block = {
        "file": f"{source.name}.pdf",
        **{key: facts[key] for key in ("title", "outlet", "published", "language", "kind")},
        "n_pages": n_pages,
        "problem": facts.get("problem"),
    }
    if "near_duplicate_of" in facts:
        record["near_duplicate_of"] = facts["near_duplicate_of"]
    if facts["kind"] == "digest":
        record["articles"] = [
            {"title": each.title, "outlet": each.outlet, "published": each.published}
            for each in source.articles
        ]
    readable = source.articles if record["problem"] is None else []
    record["passages"] = [found for article in readable for found in article_truth(article)]
    return record


def check_fonts(fonts: Path) -> None:
    """Leave with a remedy where a font family is missing: another font would change the PDFs."""
    present = set(typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]).families())
    if missing := [family for family in FAMILIES if family not in present]:
        sys.exit(f"{fonts}: no font of the families {missing}; corpus/README.md says where they come from.")


def write_truth(records: list[Block]) -> None:
    """Write truth.yaml: the new cases of source/cases.yaml, then the documents."""
    head = "# Made by make.py from source/: what the sample PDFs say. A passage not listed has no tag.\n"
    head += "# Compare texts with white space, line-end hyphens and no-break spaces folded.\n"
    cases = yaml.safe_load((SOURCE / "cases.yaml").read_text(encoding="utf-8"))
    body = yaml.safe_dump(
        {"cases": cases, "documents": records}, allow_unicode=True, sort_keys=False, width=110
    )
    (HERE / "truth.yaml").write_text(head + body, encoding="utf-8")


def main() -> None:
    """Lay every source out and write the truth file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--fonts", type=Path, required=True, help="a folder with the fonts' TTF files")
    fonts: Path = parser.parse_args().fonts
    check_fonts(fonts)
    records = []
    for path in sorted(SOURCE.glob("*.md")):
        source = read_source(path)
        pdf, n_pages = make_pdf(source, fonts)
        (HERE / f"{source.name}.pdf").write_bytes(pdf)
        records.append(truth(source, n_pages))
        print(f"{source.name}.pdf: {n_pages} pages, {len(pdf) // 1024} KiB")
    write_truth(records)


if __name__ == "__main__":
    main()
