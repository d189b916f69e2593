"""A labelled table into how soon screening would have found its relevant records."""

from pathlib import Path

import numpy as np
import pandas as pd

from nijar_nlp.config import Config
from nijar_nlp.errors import InputError, rule_of
from nijar_nlp.records import TAGS
from nijar_nlp.report.curves import recall_curves
from nijar_nlp.screening import STOP_BELOW, enough, recall_curve, simulate, time_to_discovery, work_saved
from nijar_nlp.screening.learner import learner
from nijar_nlp.steps import parts

_LABELS = ("label_included", "included", "label")
_TEXTS = ("title", "abstract", "text")
_YES, _NO = {"1", "1.0"}, {"0", "0.0"}
# The stopping rule is asked after each fiftieth of the records.
_ASKED = 50


def simulate_screening(
    file: Path, config: Config, *, strategy: str, tag: str | None, seeds: int, picture: Path | None
) -> pd.DataFrame:
    """One row a seed: WSS@95, time to discovery, where the stopping rule stops and what was found by then.

    One relevant and one irrelevant record are known beforehand, drawn by the seed. With `tag`, screening
    starts from what the serving model says of it. InputError where the table has no texts or labels.
    """
    texts, relevant = _read(file)
    if tag is not None and tag not in TAGS:
        raise InputError("There is no such tag", tag, f"It is one of {', '.join(TAGS)}.", "Name one of them.")
    prior = None
    if tag is not None:
        said = parts.tagger(config).tag(texts, reasons=False)
        prior = [tagging.probabilities[tag] for tagging in said]
    taught = learner(texts, prior)
    rows, curves = [], []
    for seed in range(1, seeds + 1):
        dice = np.random.default_rng(seed)
        known = [int(dice.choice(np.flatnonzero(relevant == there))) for there in (True, False)]
        order = simulate(taught, relevant.tolist(), known, strategy=strategy, seed=seed)
        found = [bool(relevant[i]) for i in order]
        rows.append({"seed": seed, **_measured(found)})
        share = np.arange(1, len(found) + 1) / len(found)
        curves.append(pd.DataFrame({"seed": str(seed), "read": share, "recall": recall_curve(found)}))
    if picture is not None:
        parts.write_picture(picture, recall_curves(pd.concat(curves), f"{file.name}, {strategy}"))
    return pd.DataFrame(rows)


def _measured(found: list[bool]) -> dict[str, float]:
    step = max(len(found) // _ASKED, 1)
    asked = range(step, len(found), step)
    stop = next((n for n in asked if enough(found[:n], len(found)) < STOP_BELOW), len(found))
    return {
        "wss_95": work_saved(found),
        "time_to_discovery": time_to_discovery(found),
        "read_when_stopped": stop / len(found),
        "recall_when_stopped": sum(found[:stop]) / sum(found),
    }


def _read(file: Path) -> tuple[list[str], "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(
            "The table cannot be read", file, rule_of(error), "Give a CSV file in UTF-8."
        ) from error
    labels = [name for name in _LABELS if name in table.columns]
    texts = [name for name in _TEXTS if name in table.columns]
    said = table[labels[0]].str.strip() if labels else pd.Series(dtype=str)
    if odd := [f"row {i + 1}: {word!r}" for i, word in enumerate(said) if word not in _YES | _NO]:
        raise InputError(
            "A label is neither 1 nor 0", file, f"{odd[0]} ({len(odd)} such rows).", "Mend or remove them."
        )
    relevant = said.isin(_YES).to_numpy()
    if not texts or relevant.sum() < 2 or relevant.all():
        raise InputError(
            "The table cannot be screened",
            file,
            f"It has text ({', '.join(_TEXTS)}) and a label ({', '.join(_LABELS)}) of 1 or 0, two of them 1.",
            "Name its columns so.",
        )
    merged = table[texts].agg(" ".join, axis=1).str.strip().replace("", "-")
    return merged.tolist(), relevant
