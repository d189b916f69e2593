"""A model's passport and scores into its card, in Markdown."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from nijar_nlp.registry import PICTURE_FILE, Passport

_COLUMNS = ["part", "tag", "tagged", "average_precision", "precision", "recall", "calibration_error"]


def card(passport: Passport, gold: pd.DataFrame, locked: pd.DataFrame, checks: Sequence[str]) -> str:
    """What the model is, what it learned from, how it does where it did not learn, and what the gate said."""
    counts, verdict = passport.counts, passport.verdict
    return "\n".join(
        [
            f"# Tagger {passport.version}",
            "",
            f"Tags passages by codebook {passport.codebook}: a linear model over words and their pairs, the "
            f"encoder {passport.settings['encoder']}, and a calibrated logistic regression over both.",
            "",
            f"Learned from {_learned(counts)}; calibrated on {counts['gold']['passages']} passages of the "
            f"gold ({_by_language(counts['gold'])}) and on the labelled ones. Seed and gold are the "
            "project's own writing: scores on real reports and news are lower.",
            "",
            f"## On {counts['locked']['passages']} locked passages, from which nothing was learned",
            "",
            *_table(locked),
            "",
            f"![Precision and recall, calibration]({PICTURE_FILE})",
            "",
            "## On the gold that calibrated it: for the floors, no estimate",
            "",
            *_table(gold[gold["part"].isin(["all", "en", "fr", "ar"])]),
            "",
            "Thresholds, chosen for recall: "
            + ", ".join(f"{k} {v:.3f}" for k, v in passport.settings["thresholds"].items())
            + ".",
            "",
            "## Checks and gate",
            "",
            *(f"- {sentence}" for sentence in checks),
            f"- Held against {passport.champion or 'no model'}: "
            + ("passed." if verdict["passed"] else "refused."),
            *(f"- {sentence}" for sentence in verdict["found"]),
            "",
        ]
    )


def _learned(counts: dict[str, Any]) -> str:
    """How many passages of which kind and language the model learned from."""
    learned = f"{counts['seed']['passages']} passages of the seed ({_by_language(counts['seed'])})"
    if counts["labelled"]["passages"]:
        learned += f" and {counts['labelled']['passages']} labelled ones ({_by_language(counts['labelled'])})"
    return learned


def _table(table: pd.DataFrame) -> list[str]:
    return [
        f"| {' | '.join(_COLUMNS)} |",
        "|" + " --- |" * len(_COLUMNS),
        *(
            "| " + " | ".join(f"{v:.3f}" if isinstance(v, float) else str(v) for v in row) + " |"
            for row in table[_COLUMNS].itertuples(index=False)
        ),
    ]


def _by_language(counts: dict[str, Any]) -> str:
    return ", ".join(f"{code} {n}" for code, n in counts["by_language"].items())
