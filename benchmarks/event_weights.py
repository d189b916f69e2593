"""Seed passages with their events, as people read them, into the weights by which events are judged.

python benchmarks/event_weights.py [--write]

Prints how well types and statuses are told by the rules alone and by learned weights, cross-validated over
the passages of corpus/seed_events, and with --write puts the weights learned from all of them into
src/nijar_nlp/cases/event_weights.npz.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nijar_nlp import corpus
from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_judge import (
    N_SIGNS,
    WEIGHTS_FILE,
    Judge,
    Weights,
    column,
    drafted,
    judged,
    made,
    sentence_at,
    whole,
)
from nijar_nlp.cases.event_ruling import TYPES_OF_TAGS
from nijar_nlp.cases.event_signs import Reading, Signs, signs_of_status, signs_of_types
from nijar_nlp.cases.events import read_as_judged
from nijar_nlp.config import Config, load_config
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import EVENT_STATUSES, EVENT_TYPES, LANGUAGES, Mention

ROOT = Path(__file__).parents[1]
N_FOLDS = 5
# Inverse strength of regularisation; of 0.3, 1 and 3 the best or equal by cross-validation.
STRENGTH = 1.0


class Told(NamedTuple):
    """An event as it was read: its type, its status, and the stretch of words that tell it."""

    type: str
    status: str
    start: int
    end: int


class Passage(NamedTuple):
    """A labelled passage as it is judged, with its events."""

    id: str
    language: str
    read: Reading
    events: tuple[Told, ...]


def passages(config: Config) -> list[Passage]:
    """The passages of the seed whose events were read."""
    rows = [json.loads(line) for file in seed_files(config, "seed_events") for line in lines(file)]
    seed = [json.loads(line) for file in seed_files(config, "seed") for line in lines(file)]
    texts = {row["id"]: row for row in [*seed, *rows] if "text" in row}
    register = config.path(config.corpus.register_)
    annotator = Annotator(
        corpus.load_actors(register / "actors.yaml"),
        corpus.load_places(register / "places.yaml"),
        config.mentions.spacy,
    )
    seeds = [texts[row["id"]] for row in rows]
    found = annotator.annotate([Input(seed["text"], seed["language"]) for seed in seeds])
    made_of = [passage(seed, row, mentions) for seed, row, mentions in zip(seeds, rows, found, strict=True)]
    return [p for p in made_of if p is not None]


def seed_files(config: Config, folder: str) -> list[Path]:
    """The files of a folder beside the gold."""
    return sorted((config.path(config.corpus.gold).parent / folder).glob("*.jsonl"))


def lines(file: Path) -> list[str]:
    """The lines of a file."""
    return file.read_text(encoding="utf-8").splitlines()


def passage(
    seed: dict[str, str], row: dict[str, list[dict[str, str]]], mentions: Sequence[Mention]
) -> Passage | None:
    """A labelled passage as it is judged; None where it never is, as nothing armed is in sight."""
    text, language = seed["text"], seed["language"]
    read = read_as_judged(text, language, tuple(seed["tags"]), mentions)
    if read is None:
        return None
    events = [
        Told(e["type"], e["status"], *stretch_of(text, e["anchor"], e["type"], read)) for e in row["events"]
    ]
    return Passage(seed["id"], language, read, tuple(events))


def stretch_of(text: str, anchor: str, kind: str, read: Reading) -> tuple[int, int]:
    """Where an anchor stands; of several places the first at which the rules draft an event of its type.

    Whole words go before parts of longer ones.
    """
    whole_words = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(anchor)}(?!\w)", text)]
    places = whole_words or [m.span() for m in re.finditer(re.escape(anchor), text)]
    own = [draft for draft in read.drafts if draft.type == kind]
    return next((p for p in places if any(d.start < p[1] and p[0] < d.end for d in own)), places[0])


def matrix(rows: Iterable[Signs]) -> csr_matrix:
    """Hashed signs, a row each."""
    starts, columns, values = [0], [], []
    for row in rows:
        columns += [column(sign) for sign in row]
        values += row.values()
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(starts) - 1, N_SIGNS), dtype=np.float64)


class Table:
    """The signs of all passages, with the truth, from which the weights of any of them are learned."""

    def __init__(self, found: Sequence[Passage]) -> None:
        self.passages = found
        signs = [signs_of_types(p.read) for p in found]
        self.owner = np.repeat(np.arange(len(found)), [len(own) for own in signs])
        self.sentences = matrix(row for own in signs for row in own)
        self.wholes = matrix(map(whole, signs))
        told = [(n, event) for n, p in enumerate(found) for event in p.events]
        self.told_in = np.array([n for n, _ in told])
        self.statuses = np.array([EVENT_STATUSES.index(event.status) for _, event in told])
        self.status_signs = matrix(signs_of_status(found[n].read, where(found[n].read, e)) for n, e in told)
        self.allowed = np.array(
            [[any(kind in TYPES_OF_TAGS[t] for t in p.read.tags) for kind in EVENT_TYPES] for p in found]
        )
        self.tells = np.array(
            [[any(e.type == kind for e in p.events) for kind in EVENT_TYPES] for p in found]
        )
        first = np.searchsorted(self.owner, np.arange(len(found)))
        self.tells_here = np.zeros((len(self.owner), len(EVENT_TYPES)), dtype=bool)
        for n, event in told:
            at = first[n] + sentence_at(found[n].read, event.start)
            self.tells_here[at, EVENT_TYPES.index(event.type)] = True

    def learned(self, use: NDArray[np.bool_]) -> Judge:
        """The weights from some of the passages."""
        sentence, passage_, status = ([] for _ in range(3))
        for number in range(len(EVENT_TYPES)):
            may = use & self.allowed[:, number]
            here = may[self.owner]
            sentence.append(fitted(self.sentences[here], self.tells_here[here, number]))
            passage_.append(fitted(self.wholes[may], self.tells[may, number]))
        known = use[self.told_in]
        for number in range(len(EVENT_STATUSES)):
            status.append(fitted(self.status_signs[known], self.statuses[known] == number))
        return Judge(*(np.stack(rows).astype(np.float32) for rows in (sentence, passage_, status)))


def where(read: Reading, event: Told) -> Draft:
    """The rules' draft of an event in its sentence, or one made at its words."""
    number = sentence_at(read, event.start)
    return drafted(read, event.type, number) or made(read, event.type, number, (event.start, event.end), 1.0)


def fitted(signs: csr_matrix, truth: NDArray[np.bool_]) -> Weights:
    """A logistic regression's weights, and its constant behind them."""
    model = LogisticRegression(C=STRENGTH, solver="liblinear").fit(signs, truth)
    return np.append(model.coef_[0], model.intercept_[0])


def score(
    found: Sequence[Passage], tell: Callable[[Passage], Sequence[Draft]], counts: dict[str, Counter[str]]
) -> None:
    """Count types told, true and right, and right statuses of these, by language."""
    for p in found:
        count = counts.setdefault(p.language, Counter())
        truth = {event.type: event.status for event in reversed(p.events)}
        told = {draft.type: draft.status for draft in tell(p)}
        count.update(told=len(told), true=len(truth), type=len(told.keys() & truth.keys()))
        count.update(status=sum(truth.get(kind) == status for kind, status in told.items()))
        count.update(f"{kind} true" for kind in truth)
        count.update(f"{kind} told" for kind in told)
        count.update(f"{kind} right" for kind in told.keys() & truth.keys())


def show(name: str, counts: dict[str, Counter[str]]) -> None:
    """Print precision, recall and F1 of types, and the share of right statuses, by language."""
    for language, count in counts.items():
        precision, recall = count["type"] / count["told"], count["type"] / count["true"]
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"{name} {language}: type P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
            f"  status {count['status'] / count['type']:.3f}"
        )
    whole_ = sum(counts.values(), Counter())
    for kind in EVENT_TYPES:
        f1 = 2 * whole_[f"{kind} right"] / max(1, whole_[f"{kind} told"] + whole_[f"{kind} true"])
        print(f"  {kind:30} F1 {f1:.3f} (n {whole_[f'{kind} true']})")


def write(weights: Judge) -> None:
    """Put the weights where the package reads them."""
    halves = {name: rows.astype(np.float16) for name, rows in weights._asdict().items()}
    np.savez_compressed(WEIGHTS_FILE, **halves)


def main() -> None:
    """Print the scores, and write the weights with --write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = passages(load_config(ROOT / "config.yaml"))
    print(f"{len(found)} passages, {sum(len(p.events) for p in found)} events of {', '.join(LANGUAGES)}")
    table = Table(found)
    cross_validate(table)
    if options.write:
        write(table.learned(np.ones(len(found), dtype=bool)))


def cross_validate(table: Table) -> None:
    """Print the scores of the rules, and of the judge by weights that have not seen the passage."""
    by_rules: dict[str, Counter[str]] = {}
    by_judge: dict[str, Counter[str]] = {}
    score(table.passages, lambda p: p.read.ruled, by_rules)
    fold = np.array([crc32(p.id.encode()) % N_FOLDS for p in table.passages])
    for number in range(N_FOLDS):
        weights = table.learned(fold != number)
        held = [p for p, own in zip(table.passages, fold, strict=True) if own == number]
        score(held, lambda p, weights=weights: judged(p.read, weights), by_judge)
    show("rules", by_rules)
    show("judge", by_judge)


if __name__ == "__main__":
    main()
