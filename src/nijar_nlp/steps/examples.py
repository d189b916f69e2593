"""Decisions, brought-in labels, seed and gold into the examples to learn from and those that are locked."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nijar_nlp import cases, corpus, labels
from nijar_nlp.config import Config
from nijar_nlp.errors import CorpusError
from nijar_nlp.records import TAGS, Disagreement, Example, Label, LabelledPassage, content_id
from nijar_nlp.store import decisions, documents


@dataclass(frozen=True)
class Material:
    """Everything to learn from and to measure on.

    `seed` is learned from, less what copies a locked passage; `gold` calibrates; `split` adds the field
    passages of the gold to what is locked, and divides `labelled` (decisions and brought-in labels) into what
    is learned from and what is locked. `leaks` are locked passages of which a copy is learned from: none, by
    construction, and checked.
    """

    seed: tuple[LabelledPassage, ...]
    gold: tuple[Example, ...]
    labelled: tuple[Example, ...]
    split: labels.Split
    leaks: tuple[str, ...]

    def learn(self, *, gold: bool) -> list[Example]:
        """The part to learn from that is of the gold, or the labels."""
        return [e for e in self.split.learn if (e.source == labels.LEARNED) is gold]

    @property
    def digest(self) -> str:
        """SHA-256 of all labels: the same passages and tags give the same, in whatever order."""
        rows = [(p.id, p.text, list(p.tags), list(TAGS)) for p in self.seed]
        rows += [(e.id, e.text, list(e.present), list(e.tags)) for e in (*self.gold, *self.labelled)]
        lines = sorted(json.dumps(row) for row in rows)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def material(config: Config) -> Material:
    """What there is to learn from now: seed, gold, the store's decisions, labels that were brought in."""
    seed = corpus.load_labelled(config.path(config.corpus.seed))
    folder = config.path(config.corpus.gold)
    gold = gold_examples(folder / "passages", labels.LEARNED)
    field = gold_examples(folder / "passages_field", labels.MEASURED)
    both = _once((*gold, *field, *decided(), *imported(config)))
    labelled = tuple(e for e in both if e.source not in (labels.LEARNED, labels.MEASURED))
    copies = cases.near_duplicates([*((e.id, e.text) for e in both), *((p.id, p.text) for p in seed)])
    split = labels.split(both, [p.id for p in seed], copies)
    seed = tuple(p for p in seed if p.id not in split.left_out)
    learned = {p.id for p in seed} | {e.id for e in split.learn}
    leaks = _leaks(split, copies, learned)
    return Material(seed, gold, labelled, split, leaks)


def gold_examples(gold: Path, source: str) -> tuple[Example, ...]:
    """The gold as examples; the two passages of a matched pair are of one document."""
    return tuple(
        Example(
            id=p.id,
            text=p.text,
            language=p.language,
            tags={tag: tag in p.tags for tag in TAGS},
            document=f"{p.id.split('-')[0]} {p.pair}" if p.pair else p.id,
            source=source,
        )
        for p in corpus.load_labelled(gold)
    )


def decided(*, implied: bool = True) -> tuple[Example, ...]:
    """The examples that the store's decisions amount to, with those that acceptances imply or without.

    Passages that are gone make none.
    """
    by_passage: dict[str, list[Label]] = {}
    for label in labels.adjudicate(decisions.decisions_since()).labels:
        if implied or label.source != "implied":
            by_passage.setdefault(label.passage_id, []).append(label)
    return tuple(
        Example(
            id=passage.id,
            text=passage.text,
            language=passage.language,
            tags={label.tag: label.present for label in by_passage[passage.id]},
            document=passage.document_id,
            at=max(label.at for label in by_passage[passage.id]),
            codebook=min(label.codebook for label in by_passage[passage.id]),
            source="decided",
        )
        for passage in documents.passages_by_id(by_passage)
    )


def disagreements() -> tuple[Disagreement, ...]:
    """What people differ on and nobody has settled."""
    return labels.adjudicate(decisions.decisions_since()).disagreements


def imported(config: Config) -> tuple[Example, ...]:
    """The examples that `nijar labels import` has put into the folder of labels."""
    folder = config.path(config.learning.labels)
    return tuple(example for file in sorted(folder.glob("*.jsonl")) for example in labels.read_examples(file))


def stale_labels(config: Config) -> list[Label]:
    """The labels of the store whose definition has changed since they were made: to be decided again."""
    made = labels.adjudicate(decisions.decisions_since()).labels
    codebook = corpus.load_codebook(config.path(config.corpus.codebook))
    return labels.stale(made, definitions(config), codebook.version)


def definitions(config: Config) -> dict[str, dict[str, str]]:
    """The content id of each tag's definition by codebook version, with the present version among them.

    CorpusError where a definition has changed and the version has not: labels could not be told apart.
    """
    path = config.path(config.corpus.codebook)
    codebook = corpus.load_codebook(path)
    now = {
        tag: content_id(rule.definition, *rule.include, "", *rule.exclude)
        for tag, rule in codebook.tags.items()
    }
    kept = corpus.codebook_versions(path)
    for tag, identity in kept.get(codebook.version, now).items():
        if identity != now[tag]:
            raise CorpusError(
                "The codebook's version does not fit",
                f"{path.name}, {tag}",
                f"Its definition has changed since version {codebook.version} was noted.",
                "Raise the version.",
            )
    return kept | {codebook.version: now}


def _once(examples: Iterable[Example]) -> list[Example]:
    """One example a passage: the first, gold before decisions before what was brought in."""
    found: dict[str, Example] = {}
    for example in examples:
        found.setdefault(example.id, example)
    return list(found.values())


def _leaks(split: labels.Split, copies: dict[str, str], learned: set[str]) -> tuple[str, ...]:
    """Locked passages of which a copy is among the learned, by the copies and not by the groups."""
    together: dict[str, set[str]] = {}
    for copy, original in copies.items():
        together.setdefault(original, {original}).add(copy)
    locked = {e.id for e in split.locked}
    return tuple(sorted(i for group in together.values() if group & learned for i in group & locked))
