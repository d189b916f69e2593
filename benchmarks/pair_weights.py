"""Labelled pairs of the grouping gold's build half into the weights by which two reports are one case.

python benchmarks/pair_weights.py [--write]

Prints B³ F1 and pairwise precision of plain and learned weights, cross-validated over cases, and with --write
puts the learned ones into src/nijar_nlp/cases/pair_weights.json. They are those of a logistic regression in
which what two reports share never speaks against one case, and what differs never for it: see SIGNS.
"""

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.grouping import b_cubed, evidence_of_gold, gold, pairwise
from nijar_nlp.cases.context import in_context
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.grouping import copies_of, group_profiles
from nijar_nlp.cases.pairs import PLAIN_WEIGHTS, WEIGHTS_FILE, Comparison
from nijar_nlp.cases.profiles import Profile, profiles
from nijar_nlp.config import load_config
from nijar_nlp.steps import parts

ROOT = Path(__file__).parents[1]
# Reports of the gold stand alone, so nothing is learned of articles; its copies share all else, too; and few
# of its cases have talks of weeks before.
KEPT = ("always", "same_article", "copy", "talks_before")
# The side that a feature may speak for: 1 for one case, -1 against. Without it features that go together take
# either sign between them: here other numbers spoke for one case.
SIGNS: Mapping[str, int] = {
    "same_country": 1,
    "other_country": -1,
    "same_group": 1,
    "other_group": -1,
    "same_others": 1,
    "same_mediator": 1,
    "other_mediator": -1,
    "same_person": 1,
    "other_person": -1,
    "same_place": 1,
    "other_place": -1,
    "other_town": -1,
    "same_name": 1,
    "other_name": -1,
    "shared_day": 1,
    "same_days": 1,
    "other_days": -1,
    "told_before": -1,
    "same_kind": 1,
    "other_kind": -1,
    "same_number": 1,
    "other_number": -1,
    "wording": 1,
    "wording_across": 1,
}
# Average linkage asks for the mean of all pairs of two clusters; follow-ups share little with most of them.
LENIENCE = 1.35


class Bench:
    """The build half as profiles, with the features and the truth of every pair."""

    def __init__(self) -> None:
        config = load_config(ROOT / "config.yaml")
        rows = gold("build")
        self.evidence = evidence_of_gold(rows, config)
        self.case = {row["id"]: row["case"] or row["id"] for row in rows}
        self.families, self.settings = Families(parts.actors(config)), parts.case_settings(config)
        self.profiles = in_context(profiles(self.evidence, self.families))
        self.copies = copies_of(self.evidence)
        self.names = [name for name in PLAIN_WEIGHTS if name not in KEPT]
        comparison = Comparison(
            self.profiles, self.families, same_event_days=self.settings.same_event_days, copies=self.copies
        )
        self.pairs = [(i, j) for j in range(len(self.profiles)) for i in range(j)]
        self.features = np.zeros((len(self.pairs), len(self.names)))
        for row, (i, j) in enumerate(self.pairs):
            found = comparison.features(self.profiles[i], self.profiles[j])
            self.features[row] = [found.get(name, 0.0) for name in self.names]
        self.same = np.array([self.case_of(i) == self.case_of(j) for i, j in self.pairs])

    def case_of(self, position: int) -> str:
        return self.case[self.profiles[position].id]

    def learned(self, without: frozenset[str] = frozenset()) -> dict[str, float]:
        """Weights from the pairs outside some cases."""
        use = [not {self.case_of(i), self.case_of(j)} & without for i, j in self.pairs]
        fitted, intercept = signed_logistic(
            self.features[use], self.same[use], [SIGNS[name] for name in self.names]
        )
        weights = {name: round(float(w), 3) for name, w in zip(self.names, fitted, strict=True)}
        always = round(intercept + LENIENCE, 3)
        return {**{name: PLAIN_WEIGHTS[name] for name in KEPT}, **weights, "always": always}

    def scores(self, cases: frozenset[str], weights: Mapping[str, float]) -> tuple[float, float]:
        """B³ F1 and pairwise precision of the reports of some cases."""
        some: list[Profile] = [p for p in self.profiles if self.case[p.id] in cases]
        groups = group_profiles(some, self.families, self.settings, self.copies, {}, weights)
        truth = {profile.id: self.case[profile.id] for profile in some}
        found = {identity: str(n) for n, members in enumerate(groups) for identity in members}
        return b_cubed(truth, found)[2], pairwise(truth, found)[0]


def signed_logistic(
    features: NDArray[np.float64], same: NDArray[np.bool_], signs: Sequence[int]
) -> tuple[NDArray[np.float64], float]:
    """The weights and the intercept of a logistic regression with a ridge of 1, each weight of its sign or 0.

    Raises RuntimeError where the fit does not end.
    """
    sides = np.where(same, 1.0, -1.0)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = sides * (features @ values[:-1] + values[-1])
        slopes = -sides * expit(-margins)
        ridge = 0.5 * float(values[:-1] @ values[:-1])
        gradient = np.append(features.T @ slopes + values[:-1], slopes.sum())
        return float(np.logaddexp(0.0, -margins).sum()) + ridge, gradient

    bounds = [(0.0, None) if sign > 0 else (None, 0.0) for sign in signs]
    fitted = minimize(
        loss,
        np.zeros(features.shape[1] + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
        options={"maxiter": 3000},
    )
    if not fitted.success:
        raise RuntimeError(fitted.message)
    return fitted.x[:-1], float(fitted.x[-1])


def folds(cases: Sequence[str], seed: int, parts_: int = 3) -> list[frozenset[str]]:
    """The cases dealt into parts."""
    dealt = random.Random(seed).sample(list(cases), len(cases))  # noqa: S311 - not for secrets
    return [frozenset(dealt[part::parts_]) for part in range(parts_)]


def main() -> None:
    """Print the scores, and write the weights with --write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    bench = Bench()
    cases = sorted(set(bench.case.values()))
    rows = [
        (*bench.scores(fold, PLAIN_WEIGHTS), *bench.scores(fold, bench.learned(fold)))
        for seed in range(4)
        for fold in folds(cases, seed)
    ]
    plain_f1, plain_precision, f1, precision = np.mean(rows, axis=0)
    print(f"plain   B³ F1 {plain_f1:.3f}  pairwise precision {plain_precision:.3f}")
    print(f"learned B³ F1 {f1:.3f}  pairwise precision {precision:.3f}")
    if options.write:
        weights = bench.learned()
        ordered = {name: weights[name] for name in PLAIN_WEIGHTS}
        WEIGHTS_FILE.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
