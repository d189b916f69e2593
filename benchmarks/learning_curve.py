"""What an analyst's first days bring: the model that serves, then with 50 to 400 labelled passages of a file.

    python benchmarks/learning_curve.py FILE.jsonl [--draws 5]

The passages that were not given as labels measure, by average precision; each draw gives others. Nothing of
the file is kept but what the encoder says of its texts, by hash, in learning.cache.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from nijar_nlp import corpus, registry, tagger
from nijar_nlp.config import load_config
from nijar_nlp.records import TAGS

ROOT = Path(__file__).parents[1]
SIZES = (50, 100, 200, 400)


def measured(model: tagger.Tagger, passages: Sequence[dict[str, Any]]) -> NDArray[np.float64]:
    """Average precision by tag."""
    said = model.tag([passage["text"] for passage in passages], reasons=False)
    return np.array(
        [
            average_precision_score(
                [tag in passage["tags"] for passage in passages],
                [tagging.probabilities[tag] for tagging in said],
            )
            for tag in TAGS
        ]
    )


def labelled(texts: Sequence[str], tags: Sequence[Sequence[str]]) -> tagger.Labelled:
    """Texts with tags, each a group of its own."""
    return tagger.Labelled(texts, tags, [TAGS] * len(texts), list(texts))


def main() -> None:
    """Print one row a size: the mean over the draws, before and after."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--draws", type=int, default=5)
    arguments = parser.parse_args()
    config = load_config(ROOT / "config.yaml")
    served = registry.load(config.path(config.tagger.models))
    encoder = tagger.CachedEncoder(served.encoder.folder, cache=config.path(config.learning.cache))
    served = replace(served, encoder=encoder)
    passages = [json.loads(line) for line in arguments.file.read_text(encoding="utf-8").splitlines()]
    parts = (config.path(config.corpus.seed), config.path(config.corpus.gold) / "passages")
    seed, gold = (
        labelled([p.text for p in some], [p.tags for p in some]) for some in map(corpus.load_labelled, parts)
    )
    print(f"{served.version}; {len(passages)} passages, {arguments.draws} draws", flush=True)
    print("| labels | " + " | ".join(TAGS) + " | mean gain | its spread |\n|" + " --- |" * 6, flush=True)
    for size in SIZES:
        before, after = [], []
        for draw in range(arguments.draws):
            order = np.random.default_rng(draw).permutation(len(passages))
            given = [passages[i] for i in order[:size]]
            rest = [passages[i] for i in order[size:]]
            own = labelled([p["text"] for p in given], [p["tags"] for p in given])
            weights = tagger.fit(seed, gold, encoder, version="curve", both=own).weights
            before.append(measured(served, rest))
            after.append(measured(tagger.Tagger(weights, encoder), rest))
        gains = (np.array(after) - np.array(before)).mean(axis=1)
        pairs = zip(np.mean(before, axis=0), np.mean(after, axis=0), strict=True)
        cells = " | ".join(f"{b:.3f} to {a:.3f}" for b, a in pairs)
        print(f"| {size} | {cells} | {gains.mean():+.3f} | {gains.std():.3f} |", flush=True)


if __name__ == "__main__":
    main()
