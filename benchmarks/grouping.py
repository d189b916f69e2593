"""The grouping gold through `nijar group`: B³, pairwise precision, known or new, reports of no case.

python benchmarks/grouping.py [--half build|held] [--show]

Beside the project's grouping stand three that one could make in an hour: one case a country and month of
publication, and one case for texts whose vectors lie near each other, by TF-IDF and by the encoder that the
tagger builds on. They are told which reports tell of a case, and cut where it is best on the build half.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.embedding import embedded
from nijar_nlp.config import Config, load_config
from nijar_nlp.jsonl import PassageLine
from nijar_nlp.records import Evidence
from nijar_nlp.steps import group_lines
from nijar_nlp.steps.lines import evidence_of_lines, identity_of

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpus" / "gold" / "grouping.jsonl"

DISTANCES = [number / 200 for number in range(1, 200)]

Grouping = Mapping[str, str]


def gold(half: str | None) -> list[dict[str, Any]]:
    """The reports of a half, or all."""
    with GOLD.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [row for row in rows if half in (None, row["half"])]


def evidence_of_gold(rows: Sequence[Mapping[str, Any]], config: Config) -> list[Evidence]:
    """The reports as `nijar group` sees them, under their own ids; those of nothing are left out."""
    lines = [PassageLine(id=r["id"], text=r["text"], date=r["date"], source=r["source"]) for r in rows]
    by_content = evidence_of_lines(lines, config)
    found = []
    for line in lines:
        item = by_content.get(identity_of(line))
        if item is not None:
            own = str(line.id)
            events = tuple(replace(event, passage_id=own) for event in item.events)
            found.append(replace(item, passage_id=own, document_id=own, events=events))
    return found


def b_cubed(truth: Grouping, found: Grouping) -> tuple[float, float, float]:
    """B³ precision, recall and F1 over the reports."""
    members_of, members_in = _members(truth), _members(found)
    precision = recall = 0.0
    for identity in truth:
        same = len(members_of[truth[identity]] & members_in[found[identity]])
        precision += same / len(members_in[found[identity]])
        recall += same / len(members_of[truth[identity]])
    precision, recall = precision / len(truth), recall / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(truth: Grouping, found: Grouping) -> tuple[float, float]:
    """Of the pairs put together, the share that belong together; of those that do, the share put together."""
    true = {pair for ids in _members(truth).values() for pair in combinations(sorted(ids), 2)}
    made = {pair for ids in _members(found).values() for pair in combinations(sorted(ids), 2)}
    return len(true & made) / max(1, len(made)), len(true & made) / max(1, len(true))


def most_parts(truth: Grouping, found: Grouping) -> int:
    """Into how many groups the most divided case fell."""
    return max(len({found[identity] for identity in ids}) for ids in _members(truth).values())


def by_country_and_month(evidence: Iterable[Evidence]) -> Grouping:
    """One case a country (of the first event) and month of publication."""
    return {
        item.passage_id: f"{next((e.country for e in item.events), '')} {item.published.start:%Y-%m}"
        for item in evidence
        if item.published and item.published.start
    }


def by_cosine(identities: Sequence[str], vectors: Any, distance: float) -> Grouping:
    """Average linkage of vectors, cut at a cosine distance."""
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=distance
    ).fit_predict(vectors)
    return dict(zip(identities, map(str, clusters), strict=True))


def best_distance(rows: Sequence[Mapping[str, Any]], vectors: Any) -> float:
    """The distance that gives the best B³ F1 on these reports."""
    truth = {row["id"]: row["case"] for row in rows}
    made = {distance: by_cosine(list(truth), vectors, distance) for distance in DISTANCES}
    return max(made, key=lambda distance: b_cubed(truth, made[distance])[2])


def main() -> None:
    """Print the table, and the wrong groups with --show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--half", choices=["build", "held"])
    parser.add_argument("--show", action="store_true", help="print each group that is not right")
    options = parser.parse_args()
    config = load_config(ROOT / "config.yaml")
    rows = gold(options.half)
    lines = [PassageLine(id=r["id"], text=r["text"], date=r["date"], source=r["source"]) for r in rows]
    began = time.process_time()
    found = {str(line["id"]): line for line in group_lines(lines, config)}
    seconds = time.process_time() - began
    truth = {row["id"]: row["case"] or row["id"] for row in rows}
    ours = {identity: line["candidate"] or identity for identity, line in found.items()}
    cases = {row["case"] for row in rows if row["case"]}
    print(f"{len(rows)} reports, {len(cases)} cases; {seconds:.0f} s of computing")
    print(f"{'':24} B³ P   R    F1   pairs P  R    parts")
    report("nijar", truth, ours)
    beside(rows, truth, config)
    known_or_new(rows, found)
    if options.show:
        show(truth, ours)


def beside(rows: Sequence[Mapping[str, Any]], truth: Grouping, config: Config) -> None:
    """The lines of the table for what one could make in an hour."""
    told = [row for row in rows if row["case"]]
    texts, ids = [row["text"] for row in told], [row["id"] for row in told]
    some = {identity: truth[identity] for identity in ids}
    evidence = [item for item in evidence_of_gold(told, config) if item.passage_id in some]
    report("country and month", some, {i: i for i in ids} | dict(by_country_and_month(evidence)))
    build = [row for row in gold("build") if row["case"]]
    learned = [row["text"] for row in build]
    encoder = config.tagger.models / config.tagger.encoder
    for name, vectors in {"TF-IDF": of_words, "embedding": partial(embedded, folder=encoder)}.items():
        distance = best_distance(build, vectors(learned))
        report(f"{name} cosine < {distance}", some, by_cosine(ids, vectors(texts), distance))


def of_words(texts: Sequence[str]) -> NDArray[np.float64]:
    """The TF-IDF vectors of texts."""
    vectors: NDArray[np.float64] = (
        TfidfVectorizer(sublinear_tf=True, strip_accents="unicode").fit_transform(texts).toarray()
    )
    return vectors


def report(name: str, truth: Grouping, found: Grouping) -> None:
    """One line of the table."""
    precision, recall, f1 = b_cubed(truth, found)
    pair_precision, pair_recall = pairwise(truth, found)
    print(
        f"{name:24} {precision:.3f} {recall:.3f} {f1:.3f}  {pair_precision:.3f} {pair_recall:.3f}  "
        f"{most_parts(truth, found)}"
    )


def known_or_new(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]) -> None:
    """The share of reports that are rightly known (as the right case) or new, and of no case without one."""
    wrong = [row for row in rows if found[row["id"]]["known_case"] != row["known_case"]]
    print(f"known or new: {1 - len(wrong) / len(rows):.3f} of {len(rows)} reports right")
    for row in wrong:
        print(f"  {row['id']}: {found[row['id']]['known_case']}, should be {row['known_case']}")
    none = [row for row in rows if row["case"] is None]
    taken = [row["id"] for row in none if found[row["id"]]["candidate"]]
    lost = [row["id"] for row in rows if row["case"] and not found[row["id"]]["candidate"]]
    print(f"of no case: {len(none) - len(taken)} of {len(none)} without a candidate; taken {taken}")
    print(f"of a case, without a candidate: {lost}")


def show(truth: Grouping, ours: Grouping) -> None:
    """The groups that hold more than one case, and the cases in more than one group."""
    for ids in _members(ours).values():
        if len({truth[identity] for identity in ids}) > 1:
            print("mixed:", *sorted(ids))
    for case, ids in _members(truth).items():
        groups = {ours[identity] for identity in ids}
        if len(groups) > 1:
            print("split:", case, [sorted(i for i in ids if ours[i] == one) for one in sorted(groups)])


def _members(grouping: Grouping) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for identity, group in grouping.items():
        members[group].add(identity)
    return members


if __name__ == "__main__":
    sys.exit(main())
