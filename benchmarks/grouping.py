"""The grouping gold through the annotator into candidates: B³, pairwise precision, known or new.

python benchmarks/grouping.py [--half build|held] [--show]

Beside the project's grouping stand two that one could make in an hour: one case a country and month of
publication, and one case for texts whose TF-IDF cosine links them.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from nijar_nlp import forms
from nijar_nlp.cases import candidates, events_of
from nijar_nlp.config import load_config
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import CaseCandidate, Evidence
from nijar_nlp.steps import parts

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpus" / "gold" / "grouping.jsonl"

Grouping = Mapping[str, str]


def gold(half: str | None) -> list[dict[str, Any]]:
    """The reports of a half, or all."""
    with GOLD.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [row for row in rows if half in (None, row["half"])]


def evidence_of(rows: Sequence[Mapping[str, Any]], annotator: Annotator) -> list[Evidence]:
    """The reports as the cases room gets them: true tags, the annotator's mentions and events."""
    dates = [forms.publication_date(row["date"]) for row in rows]
    found = annotator.annotate(
        [Input(row["text"], row["language"], day) for row, day in zip(rows, dates, strict=True)]
    )
    return [
        Evidence(
            passage_id=row["id"],
            document_id=row["id"],
            text=row["text"],
            language=row["language"],
            tags=tuple(row["tags"]),
            probabilities=dict.fromkeys(row["tags"], 0.9),
            events=events_of(row["id"], row["text"], row["language"], tuple(row["tags"]), mentions, day),
            mentions=mentions,
            outlet=row["source"],
            published=day,
        )
        for row, day, mentions in zip(rows, dates, found, strict=True)
    ]


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


def by_cosine(evidence: Sequence[Evidence], distance: float) -> Grouping:
    """Average linkage of the texts' TF-IDF vectors, cut at a cosine distance."""
    matrix = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode").fit_transform(
        e.text for e in evidence
    )
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=distance
    ).fit_predict(matrix.toarray())
    return {item.passage_id: str(label) for item, label in zip(evidence, clusters, strict=True)}


def main() -> None:
    """Print the table, and the wrong groups with --show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--half", choices=["build", "held"])
    parser.add_argument("--show", action="store_true", help="print each group that is not right")
    options = parser.parse_args()
    config = load_config(ROOT / "config.yaml")
    rows = gold(options.half)
    evidence = evidence_of(rows, parts.annotator(config))
    began = time.perf_counter()
    found = candidates(
        evidence, parts.known_cases(config), parts.actors(config), parts.case_settings(config), {}
    )
    seconds = time.perf_counter() - began
    truth = {row["id"]: row["case"] or row["id"] for row in rows}
    ours = {identity: one.id for one in found for identity in one.passage_ids}
    print(
        f"{len(rows)} reports of {len({row['case'] for row in rows if row['case']})} cases; {seconds:.1f} s"
    )
    print(f"{'':22} B³ P   R    F1   pairs P  R    parts")
    report("nijar", truth, ours)
    report("country and month", truth, by_country_and_month(evidence))
    best = max((0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95), key=lambda d: b_cubed(truth, by_cosine(evidence, d))[2])
    report(f"TF-IDF cosine < {best}", truth, by_cosine(evidence, best))
    known_or_new(rows, found)
    if options.show:
        show(rows, found)


def report(name: str, truth: Grouping, found: Grouping) -> None:
    """One line of the table."""
    precision, recall, f1 = b_cubed(truth, found)
    pair_precision, pair_recall = pairwise(truth, found)
    print(
        f"{name:22} {precision:.3f} {recall:.3f} {f1:.3f}  {pair_precision:.3f} {pair_recall:.3f}  "
        f"{most_parts(truth, found)}"
    )


def known_or_new(rows: Sequence[Mapping[str, Any]], found: Sequence[CaseCandidate]) -> None:
    """The share of reports whose candidate is rightly known (as the right case) or new."""
    case_of = {identity: one.known_case for one in found for identity in one.passage_ids}
    wrong = [row for row in rows if case_of[row["id"]] != row["known_case"]]
    print(f"known or new: {1 - len(wrong) / len(rows):.3f} of {len(rows)} reports right")
    for row in wrong:
        print(f"  {row['id']}: {case_of[row['id']]}, should be {row['known_case']}")


def show(rows: Sequence[Mapping[str, Any]], found: Sequence[CaseCandidate]) -> None:
    """The candidates that hold more than one case, or not the whole of one."""
    truth = {row["id"]: row["case"] or row["id"] for row in rows}
    sizes = {case: len(ids) for case, ids in _members(truth).items()}
    for one in found:
        cases = {truth[identity] for identity in one.passage_ids}
        if len(cases) > 1 or len(one.passage_ids) < sizes[next(iter(cases))]:
            print(f"{one.score:.2f} {one.title}: {' '.join(one.passage_ids)}")


def _members(grouping: Grouping) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for identity, group in grouping.items():
        members[group].add(identity)
    return members


if __name__ == "__main__":
    sys.exit(main())
