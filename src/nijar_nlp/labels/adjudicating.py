"""Decisions into labels, and into the disagreements that make none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nijar_nlp.records import TAGS, Decision, Disagreement, Label

# An accepted candidate speaks for a tag that was shown on its passage with at least this probability.
IMPLIED_PROBABILITY = 0.5
_ACCEPTING = ("accept_new", "same_as")


@dataclass(frozen=True)
class Adjudicated:
    """Labels by passage and tag, and what people differ on."""

    labels: tuple[Label, ...]
    disagreements: tuple[Disagreement, ...]


def adjudicate(decisions: Iterable[Decision]) -> Adjudicated:
    """The labels that decisions, in the order of their recording, amount to.

    What was undone does not count. Of each person the last word on a tag counts. An adjudicator's last word
    settles it; without one, people who agree make a label, and people who differ make a disagreement. Where
    nobody spoke of a tag, the acceptance of a candidate implies the tags that were shown on its passages.
    """
    in_force = _in_force(decisions)
    words: dict[tuple[str, str], dict[str, Decision]] = defaultdict(dict)
    implied: dict[tuple[str, str], Decision] = {}
    for decision in in_force:
        if decision.kind == "correct_tag":
            said = words[decision.subject.id, decision.subject.part]
            said.pop(decision.by, None)
            said[decision.by] = decision
        elif decision.kind in _ACCEPTING:
            implied |= dict.fromkeys(_shown(decision), decision)
    labels, disagreements = [], []
    for key, said in words.items():
        settled = _settled(key, list(said.values()))
        if isinstance(settled, Label):
            labels.append(settled)
        else:
            disagreements.append(settled)
    labels += [
        _label(key, True, "implied", [decision]) for key, decision in implied.items() if key not in words
    ]
    return Adjudicated(
        tuple(sorted(labels, key=lambda label: (label.passage_id, label.tag))), tuple(sorted(disagreements))
    )


def _in_force(decisions: Iterable[Decision]) -> list[Decision]:
    everything = list(decisions)
    undone = {decision.undoes for decision in everything if decision.kind == "undo"}
    return [decision for decision in everything if decision.id not in undone]


def _shown(decision: Decision) -> list[tuple[str, str]]:
    return [
        (passage, tag)
        for passage, probabilities in decision.shown.get("passages", {}).items()
        for tag, probability in probabilities.items()
        if tag in TAGS and probability >= IMPLIED_PROBABILITY
    ]


def _settled(key: tuple[str, str], said: Sequence[Decision]) -> Label | Disagreement:
    adjudications = [decision for decision in said if decision.reading == "adjudication"]
    if adjudications:
        last = max(adjudications, key=lambda decision: decision.id)
        return _label(key, bool(last.value["present"]), "adjudicated", [last])
    present, absent = (
        tuple(sorted(decision.by for decision in said if bool(decision.value["present"]) is there))
        for there in (True, False)
    )
    if present and absent:
        return Disagreement(*key, present, absent)
    return _label(key, bool(present), "decided", said)


def _label(key: tuple[str, str], present: bool, source: str, said: Sequence[Decision]) -> Label:
    last = max(said, key=lambda decision: decision.id)
    return Label(
        *key,
        present=present,
        source=source,
        by=tuple(sorted(decision.by for decision in said)),
        codebook=min(decision.codebook for decision in said),
        at=last.made_at.date().isoformat() if last.made_at else "",
    )
