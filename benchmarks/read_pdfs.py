"""PDF readers side by side: quality on documents of known text, speed and memory, in one run.

    python benchmarks/read_pdfs.py FOLDER [FOLDER ...]
    python benchmarks/read_pdfs.py FOLDER --only letters|scans|processes

A FOLDER holds NAME.pdf with NAME.json beside it ({"lang", "running", "blocks": [{"type", "text", "note"?}]}),
as tests/layouts.py writes them. PDFs without truth count for speed and memory alone. Each reader runs in a
process of its own; its clock is processor time.

whole   share of paragraphs whose letters come out in order with nothing in between
unit    share of paragraphs that are exactly one passage (for a reader without passages, one block between
        blank lines)
notes   footnotes whole
F1      words, by spelling and number
leak    running heads a document that got into the text

Then, of nijar alone:

letters    of PDFs without truth: pages of which less than 98 % of pdfium's letters come out, and no reason is
           given; files without any text, by reason; paragraphs that begin with a small letter
scans      the second page of documents with truth, as a picture of 300 dpi: words against those of the text
           layer, and processor time a page; Arabic ones come from benchmarks/fresh_layouts.py
processes  how much more two processes read than one, by the clock; means something on two idle cores alone
"""

import argparse
import io
import json
import multiprocessing
import re
import resource
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from typing import Any

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
Reader = Callable[[Path], list[str]]
_SCANNED = 1  # the index of the page that is made a picture: the first of running text alone


def _reading(path: Path, *, ocr: bool = False) -> Any:
    from nijar_nlp import pdf
    from nijar_nlp.language import language_of
    from nijar_nlp.passages import compose

    return compose(*pdf.read(path, pdf.ReadSettings(ocr=ocr)), language_of)


def nijar(path: Path) -> list[str]:
    return [p.text for p in _reading(path).passages if p.kind not in ("header", "footer")]


def pypdfium2_text(path: Path) -> list[str]:
    return _blocks("\n\n".join(_pdfium_pages(path)).replace("\r\n", "\n"))


def _pdfium_pages(path: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    texts = []
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return texts


def pdfplumber_text(path: Path) -> list[str]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        texts = []
        for page in document.pages:
            texts.append(page.extract_text())
            page.close()
    return _blocks("\n\n".join(texts))


def pdfminer_text(path: Path) -> list[str]:
    from pdfminer.high_level import extract_text

    return _blocks(extract_text(path))


def pdftotext(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return _blocks(done.stdout.decode("utf-8", "replace"))


READERS: dict[str, Reader] = {
    "nijar": nijar,
    "pypdfium2 text": pypdfium2_text,
    "pdfplumber": pdfplumber_text,
    "pdfminer.six": pdfminer_text,
    "pdftotext": pdftotext,
}


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n|\f", text) if block.strip()]


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha()).casefold()


def _words(texts: Iterable[str]) -> Counter[str]:
    text = unicodedata.normalize("NFKC", "\n".join(texts))
    plain = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf") and c != "ـ")
    return Counter(word.casefold() for word in WORD.findall(plain))


def score(truth: dict[str, Any], texts: list[str]) -> dict[str, float]:
    """The measures of one document."""
    paragraphs = [block for block in truth["blocks"] if block["type"] == "para"]
    said, units = "".join(map(_letters, texts)), set(map(_letters, texts))
    keys = [_letters(block["text"]) for block in paragraphs]
    notes = [_letters(block["note"]) for block in paragraphs if "note" in block]
    gold = _words([b["text"] for b in truth["blocks"]] + [b["note"] for b in paragraphs if "note" in b])
    got = _words(texts)
    scores = {
        "whole": fmean(key in said for key in keys),
        "unit": fmean(key in units for key in keys),
        "F1": 2 * (gold & got).total() / max(1, gold.total() + got.total()),
        "leak": float(sum(said.count(_letters(head)) for head in truth.get("running") or ())),
    }
    return scores | ({"notes": fmean(note in said for note in notes)} if notes else {})


def measure(name: str, folders: list[Path]) -> dict[str, Any]:
    """One reader over all folders, in this process."""
    reader, rows, pages, seconds = READERS[name], [], 0, 0.0
    files = [path for folder in folders for path in sorted(folder.glob("*.pdf"))]
    reader(files[0])  # imports and first use are not timed
    failed = 0
    for path in files:
        before = _processor_seconds()
        try:
            texts = reader(path)
        except Exception:
            failed += 1
            continue
        seconds += _processor_seconds() - before
        pages += _n_pages(path)
        beside = path.with_suffix(".json")
        if beside.is_file():
            truth = json.loads(beside.read_text(encoding="utf-8"))
            rows.append((f"{path.parent.name}, {_group(path)}", score(truth, texts)))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    megabytes = peak / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return {"rows": rows, "pages_s": pages / max(seconds, 1e-9), "mb": megabytes, "failed": failed}


def kept(path: Path) -> tuple[list[str], list[bool], list[float]]:
    """The reasons given for a file and its pages; of its paragraphs, whether each begins with a small letter;
    and, of each page without a reason that pdfium has letters of, the share that comes out.
    """
    from nijar_nlp.errors import ReadingError

    try:
        reading = _reading(path)
    except ReadingError as error:
        return [error.code], [], []
    paragraphs = [p.text for p in reading.passages if p.kind == "body" and len(p.text) > 20]
    small = [re.sub(r"^[\W\d_]+", "", text)[:1].islower() for text in paragraphs]
    try:
        texts = _pdfium_pages(path)
    except Exception:  # pdfium refuses the file or a page of it, and nijar does not
        return [], small, []
    reasons, shares = [], []
    for page, text in zip(reading.pages, texts, strict=True):
        wanted = Counter(_letters(text.replace("ـ", "")))
        if page.problem:
            reasons.append(page.problem)
        elif wanted:
            shares.append((wanted & Counter(_letters(page.text))).total() / wanted.total())
    return reasons, small, shares


def letters_out(files: Iterable[Path]) -> None:
    """Print what of pdfium's letters nijar has, and how many paragraphs begin in mid-sentence."""
    reasons: Counter[str] = Counter()
    starts, n_pages, short = [], 0, []
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    for path in files:
        try:
            why, small, shares = pool.submit(kept, path).result()
        except BrokenProcessPool:
            why, small, shares = ["crashed"], [], []
            pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        reasons.update(why)
        n_pages += len(shares)
        short.extend(f"{path.name} {share:.3f}" for share in shares if share < 0.98)
        if len(small) > 50:
            starts.append((100 * fmean(small), path.name))
    pool.shutdown()
    print(f"letters: {n_pages} pages, {len(short)} below .98 without a reason; reasons {dict(reasons)}")
    for line in short:
        print(f"    {line}")
    if starts:
        middle, (most, where) = median(share for share, _ in starts), max(starts)
        print(f"small first letters: {middle:.2f} % in the median document, {most:.2f} % in {where}")


def scans(files: Iterable[Path]) -> None:
    """Print how well and at what price pages of known text are read as pictures."""
    import pypdfium2

    found: dict[str, list[tuple[float, float]]] = {}
    with TemporaryDirectory() as folder:
        for path in files:
            document, buffer = pypdfium2.PdfDocument(path), io.BytesIO()
            image = document[_SCANNED].render(scale=300 / 72, grayscale=True).to_pil()
            image.save(buffer, "PDF", resolution=300)
            document.close()
            scan = Path(folder) / path.name
            scan.write_bytes(buffer.getvalue())
            gold = _words([_reading(path).pages[_SCANNED].text])
            before = _processor_seconds()
            got = _words(page.text for page in _reading(scan, ocr=True).pages)
            seconds = _processor_seconds() - before
            f1 = 2 * (gold & got).total() / max(1, gold.total() + got.total())
            found.setdefault(_group(path), []).append((f1, seconds))
            print(f"    {path.name:28} F1 {f1:.4f}  {seconds:.2f} s")
    for group, rows in sorted(found.items()):
        f1, seconds = (fmean(column) for column in zip(*rows, strict=True))
        print(f"scans, {group}: {len(rows)} pages, F1 {f1:.4f}, {seconds:.2f} s of processor a page")


def _group(path: Path) -> str:
    """The languages among which a document with truth is counted."""
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return "Arabic" if truth["lang"] == "ar" else "English, French"


def processes(files: list[Path]) -> None:
    """Print how much more two processes read than one."""
    took = []
    context = multiprocessing.get_context("spawn")
    for n_processes in (1, 2):
        ready = context.Barrier(n_processes + 1)
        readers = [context.Process(target=_read_all, args=(files, ready)) for _ in range(n_processes)]
        for reader in readers:
            reader.start()
        ready.wait()
        before = time.perf_counter()
        for reader in readers:
            reader.join()
        took.append((time.perf_counter() - before) / n_processes)
    print(f"processes: two read {took[0] / took[1]:.2f} times what one does")


def _read_all(files: list[Path], ready: Any) -> None:
    """Read once for the imports, wait for the others, and read all."""
    nijar(files[0])
    ready.wait()
    for path in files * 3:
        nijar(path)


def _processor_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _n_pages(path: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--readers", nargs="*", choices=READERS, default=list(READERS))
    parser.add_argument("--only", choices=("readers", "letters", "scans", "processes"))
    options = parser.parse_args()
    files = [path for folder in options.folders for path in sorted(folder.glob("*.pdf"))]
    known = [path for path in files if path.with_suffix(".json").is_file()]
    if options.only in (None, "readers"):
        compare(options.readers, options.folders)
    if options.only in (None, "letters"):
        letters_out([path for path in files if path not in known])
    if options.only in (None, "scans"):
        scans(known)
    if options.only in (None, "processes"):
        processes(known)


def compare(readers: Iterable[str], folders: list[Path]) -> None:
    """Print what each reader gets, each in a process of its own."""
    names = [name for name in readers if name != "pdftotext" or shutil.which("pdftotext")]
    for name in names:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found = pool.apply(measure, (name, folders))
        print(f"{name}: {found['pages_s']:.0f} pages/s, {found['mb']:.0f} MB, {found['failed']} failed")
        for group in sorted({group for group, _ in found["rows"]}):
            scores = [row for where, row in found["rows"] if where == group]
            print(f"    {group:28} {len(scores):3d} documents  {_line(scores)}")


def _line(scores: list[dict[str, float]]) -> str:
    parts = []
    for name in ("whole", "unit", "notes", "F1"):
        values = [row[name] for row in scores if name in row]
        parts.append(f"{name} {100 * fmean(values):5.1f}" if values else f"{name}     –")
    return "  ".join([*parts, f"leak {fmean(row['leak'] for row in scores):.2f}"])


if __name__ == "__main__":
    main()
