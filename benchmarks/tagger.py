"""The tagger against what a user would build instead, and what each of its parts brings.

    python benchmarks/tagger.py --gold PASSAGES.jsonl [--mix PASSAGES.jsonl] [--ablations]

--gold: labelled passages that no model has seen ({"id", "text", "language", "tags"}). --ablations: with parts
of the seed. --mix: passages as real documents have them ({"text"}), for speed. One core, in one run, side by
side.
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_curve

from nijar_nlp import corpus, registry
from nijar_nlp.config import load_config
from nijar_nlp.evaluation import calibration_error, keyword_search, plain_tfidf
from nijar_nlp.records import TAGS
from nijar_nlp.tagger import Labelled, Tagger
from nijar_nlp.tagger.linear import counted, fit_linear

ROOT = Path(__file__).resolve().parents[1]
Scores = np.ndarray[Any, np.dtype[np.float64]]


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def table(name: str, gold: list[dict[str, Any]], said: Scores) -> None:
    """Average precision, precision at 95 % recall and calibration error by tag, and AP by language."""
    cells = []
    for column, label in enumerate(TAGS):
        truth = np.array([label in passage["tags"] for passage in gold])
        precision, recall, _ = precision_recall_curve(truth, said[:, column])
        by_language = []
        for code in ("en", "fr", "ar"):
            own = np.array([passage["language"] == code for passage in gold])
            if truth[own].sum() > 1:
                by_language.append(f"{average_precision_score(truth[own], said[own, column]):.2f}")
        cells.append(
            f"{average_precision_score(truth, said[:, column]):.3f} {precision[recall >= 0.95].max():.2f} "
            f"{calibration_error(truth, np.clip(said[:, column], 0, 1)):.2f} ({'/'.join(by_language)})"
        )
    print(f"{name:34}" + "   ".join(f"{cell:36}" for cell in cells), flush=True)


def labelled(folder: Path) -> Labelled:
    """Texts and tags of a folder of labelled passages."""
    passages = corpus.load_labelled(folder)
    return Labelled([p.text for p in passages], [p.tags for p in passages])


def probabilities(tagger: Tagger, texts: list[str]) -> Scores:
    """What the whole tagger says."""
    said = tagger.tag(texts, reasons=False)
    return np.array([[tagging.probabilities[label] for label in TAGS] for tagging in said])


def quality(gold: list[dict[str, Any]], tagger: Tagger, ablations: bool) -> None:
    """Every rival and every part alone, on the same passages."""
    texts = [passage["text"] for passage in gold]
    config = load_config(ROOT / "config.yaml")
    seed = labelled(config.path(config.corpus.seed))
    print(f"\n{len(gold)} passages; AP, precision at 95 % recall, calibration error (AP en/fr/ar)")
    print(f"{'':34}" + "   ".join(f"{label:36}" for label in TAGS))
    table("keyword search", gold, np.array([[float(keyword_search(t, x)) for x in TAGS] for t in texts]))
    table("TF-IDF, logistic regression", gold, plain_tfidf(seed.texts, seed.truth, texts))
    table("linear stage alone", gold, sigmoid(tagger.weights.linear.log_odds(texts)))
    encoded = tagger.encoder.log_odds(texts)
    table("encoder alone", gold, sigmoid(encoded))
    table("nijar tag", gold, probabilities(tagger, texts))
    if ablations:
        for name, part in parts(config.path(config.corpus.seed)):
            linear = fit_linear(counted(part.texts), part.truth, part.decided)
            table(f"linear stage alone, {name}", gold, sigmoid(linear.log_odds(texts)))


def parts(folder: Path) -> list[tuple[str, Labelled]]:
    """The seed in parts: random quarter and half, and English alone."""
    passages = corpus.load_labelled(folder)
    order = np.random.default_rng(0).permutation(len(passages))
    picked = {
        "1/4 seed": [passages[i] for i in order[: len(order) // 4]],
        "1/2 seed": [passages[i] for i in order[: len(order) // 2]],
        "English seed": [p for p in passages if p.language == "en"],
    }
    return [(name, Labelled([p.text for p in part], [p.tags for p in part])) for name, part in picked.items()]


def sigmoid(values: Scores) -> Scores:
    """Log-odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-values)))


def rate(name: str, texts: list[str], work: Callable[[list[str]], object]) -> None:
    """Passages and megabytes a second of processor time on one core."""
    began = time.process_time()
    work(texts)
    seconds = time.process_time() - began
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{name:34}{len(texts) / seconds:10.0f} passages/s{size / seconds:8.2f} MB/s")


def speed(mix: list[str], tagger: Tagger) -> None:
    """Through the whole tagger and through each stage, and how much the first stage lets through."""
    print(f"\n{len(mix)} passages as they come, one core")
    tagger.tag(mix[:20])
    rate("first stage", mix, tagger.passes)
    rate("nijar tag", mix, tagger.tag)
    some = mix[:: max(1, len(mix) // 600)]
    rate("encoder on every passage", some, tagger.encoder.log_odds)
    print(f"let through by the first stage: {tagger.passes(mix).mean():.1%}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {memory:.0f} MB")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--mix", type=Path)
    parser.add_argument("--ablations", action="store_true")
    options = parser.parse_args()
    os.sched_setaffinity(0, {0})
    config = load_config(ROOT / "config.yaml")
    tagger = registry.load(config.path(config.tagger.models))
    if options.mix:
        speed([row["text"] for row in rows(options.mix)], tagger)
    if options.gold:
        quality(rows(options.gold), tagger, options.ablations)


if __name__ == "__main__":
    main()
