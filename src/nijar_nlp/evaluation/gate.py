"""What two models say of the locked passages and the gold into a verdict: may the challenger serve?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from nijar_nlp.evaluation.comparing import paired
from nijar_nlp.evaluation.scoring import Scored, scores

# Probabilities at which a model is sure. On text that it has not seen, it is wrong there in few cases.
SURE_ABSENT = 0.03
SURE_PRESENT = 0.9


@dataclass(frozen=True)
class Bounds:
    """What a challenger must keep.

    `floors` are the least values by part (all, or a language), tag and measure, on the gold;
    `most_calibration_error` is the bound of it there for each tag. `worse` is by how much average precision
    and F2, as means over the tags, may fall at most on the locked passages, at the lower end of the interval.
    `contradictions` is the largest share of labels that contradict what the champion is sure of.
    """

    floors: Mapping[str, Mapping[str, Mapping[str, float]]]
    most_calibration_error: float
    worse: float
    contradictions: float


@dataclass(frozen=True)
class Contest:
    """What champion and challenger say of the locked passages, and the challenger of the gold.

    Without a champion, the challenger is held against the floors alone. `groups` are the locked passages'
    groups. `contradicting` of `n_labels` new labels contradict what the champion is sure of.
    """

    champion: Sequence[Scored]
    challenger: Sequence[Scored]
    groups: Sequence[str]
    gold: Sequence[Scored]
    contradicting: int
    n_labels: int


@dataclass(frozen=True)
class Verdict:
    """Whether the challenger may serve; what was found, in sentences, and which of it stands against."""

    passed: bool
    found: tuple[str, ...]
    against: tuple[str, ...]


def judge(contest: Contest, bounds: Bounds, labels: Sequence[str]) -> Verdict:
    """The verdict: no worse on the locked passages, no floor broken, calibrated, labels to be trusted."""
    table = scores(contest.gold, labels).set_index(["part", "tag"])
    found = [
        *_no_worse(contest, bounds, labels),
        *_floors(table, bounds),
        *_calibration(table, bounds),
        *_labels(contest, bounds),
    ]
    against = tuple(sentence for good, sentence in found if not good)
    return Verdict(not against, tuple(sentence for _, sentence in found), against)


def contradictions(said: Sequence[Scored], labels: Sequence[str]) -> list[tuple[int, str]]:
    """Position and tag of every label that contradicts what a model is sure of: to be looked at again."""
    found = []
    for position, passage in enumerate(said):
        for label in passage.known or labels:
            probability, present = passage.probabilities[label], label in passage.tags
            if (present and probability < SURE_ABSENT) or (not present and probability > SURE_PRESENT):
                found.append((position, label))
    return found


def _no_worse(contest: Contest, bounds: Bounds, labels: Sequence[str]) -> list[tuple[bool, str]]:
    if not contest.challenger:
        return [(False, "Nothing is locked: there is nothing to measure on.")]
    if not contest.champion:
        return [(True, "No model serves yet: there is nothing to be worse than.")]
    table = paired(contest.champion, contest.challenger, labels, contest.groups)
    found = []
    for row in table[table["tag"] == "mean"].to_dict("records"):
        good = row["low"] >= -bounds.worse
        found.append(
            (
                good,
                f"Mean {row['measure'].replace('_', ' ')} on {row['passages']} locked passages: "
                f"{row['champion']:.3f} to {row['challenger']:.3f}, difference {row['difference']:+.3f} "
                f"({row['low']:+.3f} to {row['high']:+.3f}), "
                + (
                    f"not below -{bounds.worse:.3f}."
                    if good
                    else f"may be below -{bounds.worse:.3f}: the challenger is not shown to be no worse."
                ),
            )
        )
    return found


def _floors(table: pd.DataFrame, bounds: Bounds) -> list[tuple[bool, str]]:
    found, broken = 0, []
    for part, tags in bounds.floors.items():
        for tag, measures in tags.items():
            for measure, floor in measures.items():
                value = float(table[measure].get((part, tag), 0.0))
                found += 1
                if value < floor:
                    broken.append(
                        f"{measure.replace('_', ' ').capitalize()} of {tag} ({part}) on the gold is "
                        f"{value:.3f}, below its floor of {floor:.3f}."
                    )
    kept = f"{found - len(broken)} of {found} floors on the gold are kept."
    return [(True, kept), *((False, sentence) for sentence in broken)]


def _calibration(table: pd.DataFrame, bounds: Bounds) -> list[tuple[bool, str]]:
    return [
        (
            row["calibration_error"] <= bounds.most_calibration_error,
            f"Calibration error of {tag} on the gold is {row['calibration_error']:.3f}; "
            f"at most {bounds.most_calibration_error:.3f} is allowed.",
        )
        for tag, row in table.loc["all"].iterrows()
    ]


def _labels(contest: Contest, bounds: Bounds) -> list[tuple[bool, str]]:
    if not contest.n_labels:
        return []
    share = contest.contradicting / contest.n_labels
    return [
        (
            share <= bounds.contradictions,
            f"{contest.contradicting} of {contest.n_labels} labels ({share:.1%}) contradict what the serving "
            f"model is sure of; at most {bounds.contradictions:.0%} is allowed: have them adjudicated.",
        )
    ]
