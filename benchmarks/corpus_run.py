"""A whole corpus run beside what one would otherwise write, and beside the floor; and how it grows.

    python benchmarks/corpus_run.py FOLDER [--pages 600] [--keep WORK]
    python benchmarks/corpus_run.py --growth 1000 10000 [--keep WORK]
    python benchmarks/corpus_run.py FOLDER --dask 1 2 4 [--pages 600] [--keep WORK]

Whole sizes are --pages 5000 and --growth 1000 10000 100000: hours on two cores. The first form repeats the
PDFs of FOLDER, each copy with a line of its own on every page, to so many pages, and carries them through,
one reader after the other, each in processes of its own:

nijar   `nijar run`: passages, tags, mentions, events, candidates, report
usual   pdfplumber's extract_text, spaCy's full English pipeline, a TF-IDF model, a loop and a CSV
floor   pdfium's plain text, nothing more

The second form runs `nijar run` over made documents of ten pages of five lines, so that what is not the
encoder's work shows, then again over the done corpus; what one document takes is told first, as the start, so
that the time a page beyond it shows the growth. The third runs over the first's documents on a Dask
scheduler of this machine with so many workers, and tells in which tables their rows differ from those of a
plain run. Pages/s by the clock depend on what else the machine does;
processor seconds hardly do. Peak memory is the largest process's.
"""

import argparse
import csv
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.rows import rows

ROOT = Path(__file__).parents[1]
NIJAR = str(Path(sys.executable).parent / "nijar")
_PROSE = """The department of farming counted wells, ploughs, seed, rain, cattle, orchards and the price of
millet near the river; its tables list roads, bridges, clinics, schools, lamps, pumps and the year they were
built, with notes on paint, timber, bolts and the width of each gate."""
WORDS = _PROSE.lower().replace(",", "").replace(";", "").replace(".", "").split()
MADE_PAGES = 10
MADE_LINES = 5


def repeated(folder: Path, pages: int, target: Path) -> int:
    """Copies of a folder's PDFs, each with a line of its own on every page; the number of pages."""
    count = 0
    for copy in range(pages):
        for file in sorted(folder.glob("*.pdf")):
            if count >= pages:
                return count
            with pikepdf.open(file) as pdf:
                for number, page in enumerate(pdf.pages):
                    _write(
                        pdf,
                        page,
                        [(40, 20, 6, f"Copy {copy} sheet {number} {_sentence(copy * 997 + number)}")],
                    )
                count += len(pdf.pages)
                pdf.save(target / f"{copy:05d}-{file.name}")
    return count


def made(pages: int, target: Path) -> int:
    """Documents of ten pages of plain sentences, one page in a hundred with a sentence to be tagged."""
    for document in range(-(-pages // MADE_PAGES)):
        pdf = pikepdf.new()
        for number in range(MADE_PAGES):
            page = pdf.add_blank_page(page_size=(595, 842))
            lines = [
                (72, 770 - 14 * line, 10, _sentence((document, number, line))) for line in range(MADE_LINES)
            ]
            if random.Random(document).random() < 0.1 and number == 0:  # noqa: S311
                lines[3] = (
                    72,
                    728,
                    10,
                    f"The rebels released {document % 9 + 2} hostages in Gao after talks.",
                )
            _write(pdf, page, lines)
        pdf.save(target / f"made-{document:06d}.pdf")
    return pages


def _sentence(seed: object) -> str:
    dice = random.Random(repr(seed))  # noqa: S311 - made words
    return " ".join(dice.choices(WORDS, k=13)).capitalize() + "."


def _write(pdf: pikepdf.Pdf, page: pikepdf.Page, lines: list[tuple[int, int, int, str]]) -> None:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    name = page.add_resource(font, pikepdf.Name.Font)
    text = "".join(f"BT {name} {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in lines)
    page.contents_add(text.encode("latin-1", "ignore"))


def nijar(folder: Path, work: Path, scheduler: str = "") -> dict[str, Any]:
    """`nijar run` in a project of its own, on a Dask scheduler where one is named."""
    work.mkdir(exist_ok=True)
    for name in ("corpus", "models", "flows"):
        if not (work / name).exists():
            (work / name).symlink_to(ROOT / name)
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    if scheduler:
        config["run"].update(task_runner="dask", dask_scheduler=scheduler)
    (work / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    environment = {**os.environ, "HOME": str(work)}
    done = subprocess.run(
        [NIJAR, "run", str(folder), "--json"], cwd=work, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def usual(folder: Path, work: Path) -> dict[str, int]:
    """What one would otherwise write; how many pages it lost, as pdfplumber gives up on some."""
    import pdfplumber
    import spacy
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    nlp = spacy.load(
        yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))["mentions"]["spacy"]["en"]
    )
    lines = [
        json.loads(line)
        for file in sorted((ROOT / "corpus" / "seed").glob("en_*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=500))
    model.fit([row["text"] for row in lines], [bool(row["tags"]) for row in lines])
    lost = 0
    with (work / "usual.csv").open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        for file in sorted(folder.glob("*.pdf")):
            with pdfplumber.open(file) as pdf:
                for number, page in enumerate(pdf.pages, start=1):
                    try:
                        text = page.extract_text() or ""
                    except Exception:  # whatever a damaged page makes of it
                        lost += 1
                        continue
                    for paragraph in text.split("\n\n"):
                        if paragraph.strip():
                            entities = [(e.text, e.label_) for e in nlp(paragraph).ents]
                            score = model.predict_proba([paragraph])[0, 1]
                            rows.writerow([file.name, number, paragraph, entities, score])
                    page.close()
    return {"pages lost": lost}


def floor(folder: Path, _: Path) -> None:
    """pdfium's plain text."""
    import pypdfium2

    for file in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(file)
        for page in document:
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
        document.close()


def measured(work: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Clock, processor seconds and peak memory (MB) of what `work` starts, in a process of its own."""
    reader, writer = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(reader)
        result = work()
        own, below = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        facts = {
            "cpu": own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime,
            "memory": max(own.ru_maxrss, below.ru_maxrss) / 1024,
        }
        with os.fdopen(writer, "w") as out:
            json.dump([facts, result], out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        content = said.read()
    os.waitpid(child, 0)
    facts, result = json.loads(content)
    return {"clock": time.perf_counter() - began, **facts}, result


def told(name: str, pages: int, facts: dict[str, float]) -> Iterator[str]:
    yield (
        f"{name:>8} {pages / facts['clock']:9.1f} pages/s {facts['cpu']:9.1f} s of processor "
        f"{1000 * facts['cpu'] / pages:8.1f} ms a page {facts['memory']:7.0f} MB"
    )


def side_by_side(folder: Path, pages: int, work: Path) -> None:
    documents = work / "documents"
    documents.mkdir()
    pages = repeated(folder, pages, documents)
    print(f"{pages} pages in {len(list(documents.iterdir()))} files; load average {os.getloadavg()[0]:.1f}")
    costs = {}
    for name, reader in (("floor", floor), ("usual", usual), ("nijar", nijar)):
        facts, summary = measured(
            lambda reader=reader: reader(documents, work / "project" if reader is nijar else work)
        )
        costs[name] = facts
        print(*told(name, pages, facts), flush=True)
        if reader is usual:
            print(f"{summary['pages lost']:>18} pages lost")
        if reader is nijar:
            for stage, taken in summary["stages"].items():
                print(f"{stage:>18} {taken['seconds']:9.1f} s on the clock, {taken['items']:.0f} items")
            print(f"{'database':>18} {_bytes(work / 'project') / pages / 1000:9.1f} kB a page")
    for name in ("usual", "floor"):
        ratio = costs[name]["cpu"] / costs["nijar"]["cpu"]
        clock = costs[name]["clock"] / costs["nijar"]["clock"]
        print(f"nijar against {name}: {ratio:.2f} times the pages by processor, {clock:.2f} by the clock")


def growth(sizes: list[int], work: Path) -> None:
    """A line a size. What one document costs is the start (models, registers, Prefect), more the pages."""
    start, _, _ = _grown(MADE_PAGES, work)
    print(f"The start, with one document of {MADE_PAGES} pages: {start['cpu']:.1f} s of processor.\n")
    print("        ms of processor a page            kB of          again, with nothing new")
    print("pages      whole  beyond start     MB  database a page   s on the clock  s of processor")
    for pages in sizes:
        facts, again, project = _grown(pages, work)
        beyond = (facts["cpu"] - start["cpu"]) / max(1, pages - MADE_PAGES)
        print(
            f"{pages:<8} {1000 * facts['cpu'] / pages:>7.1f} {1000 * beyond:>13.1f} {facts['memory']:>6.0f} "
            f"{_bytes(project) / pages / 1000:>16.1f} {again['clock']:>16.1f} {again['cpu']:>15.1f}",
            flush=True,
        )


def _grown(pages: int, work: Path) -> tuple[dict[str, float], dict[str, float], Path]:
    """What a run over so many made pages took, what a second one, and the project."""
    documents, project = work / f"made-{pages}", work / f"project-{pages}"
    documents.mkdir()
    made(pages, documents)
    facts, _ = measured(lambda: nijar(documents, project))
    again, _ = measured(lambda: nijar(documents, project))
    return facts, again, project


def on_dask(folder: Path, sizes: list[int], pages: int, work: Path) -> None:
    from distributed import LocalCluster

    documents = work / "documents"
    documents.mkdir()
    pages = repeated(folder, pages, documents)
    print(f"{pages} pages; load average {os.getloadavg()[0]:.1f}\nworkers   s on the clock, by stage")
    for size in sizes:
        with LocalCluster(n_workers=size, threads_per_worker=1, dashboard_address=None) as cluster:
            summary = nijar(documents, work / f"dask-{size}", cluster.scheduler_address)
        _tell_stages(str(size), summary)
    _tell_stages("plain", nijar(documents, work / "plain"))
    plain = rows(work / "plain")
    for size in sizes:
        found = rows(work / f"dask-{size}")
        differ = [table for table in plain if found[table] != plain[table]]
        print(f"{size:<9} {'other rows in ' + ', '.join(differ) if differ else 'the rows of the plain run'}")


def _tell_stages(name: str, summary: dict[str, Any]) -> None:
    stages = ", ".join(f"{stage} {taken['seconds']:.1f}" for stage, taken in summary["stages"].items())
    print(f"{name:<9} {stages}", flush=True)


def _bytes(project: Path) -> int:
    return (project / "var" / "nijar.sqlite3").stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--growth", type=int, nargs="+")
    parser.add_argument("--dask", type=int, nargs="+")
    parser.add_argument("--keep", type=Path, help="work here and leave it")
    chosen = parser.parse_args()
    work = chosen.keep or Path(tempfile.mkdtemp(prefix="nijar-run-"))
    work.mkdir(parents=True, exist_ok=True)
    try:
        if chosen.growth:
            growth(chosen.growth, work)
        elif chosen.dask:
            on_dask(chosen.folder, chosen.dask, chosen.pages, work)
        else:
            side_by_side(chosen.folder, chosen.pages, work)
    finally:
        if chosen.keep is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
