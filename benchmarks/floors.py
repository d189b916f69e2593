"""Pin the floors of the gate: what the serving model reaches on the gold, less a margin.

    python benchmarks/floors.py [--write]

The margin is .02 of average precision and .03 of recall, or what one passage weighs where the tagged passages
of a language are so few that it weighs more. On the same gold no floor is lowered. Without --write the floors
are printed beside those in force.
"""

import argparse
import json
from pathlib import Path

import pandas as pd

from nijar_nlp import steps
from nijar_nlp.config import load_config
from nijar_nlp.records import LANGUAGES
from nijar_nlp.steps.evaluating import gold_sha256

ROOT = Path(__file__).resolve().parents[1]
MARGINS = {"average_precision": 0.02, "recall": 0.03}
# Above it no floor is set: what a threshold is asked for at least, less its margin.
MOST_RECALL = 0.92
NOTE = (
    "Floors of the serving model on corpus/gold/passages, by benchmarks/floors.py: measured less .02 of "
    "average precision and .03 of recall (at most .92), or less one passage. The stack and the thresholds "
    "are fitted on this gold; the floors guard against regressions, they are no estimate for real documents."
)


def floors(scores: pd.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """The floors by part (all, or a language), tag and measure."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for row in scores[scores["part"].isin(["all", *LANGUAGES])].to_dict("records"):
        own = {
            measure: round(row[measure] - max(margin, 1 / row["tagged"]), 3)
            for measure, margin in MARGINS.items()
        }
        own["recall"] = min(own["recall"], MOST_RECALL)
        found.setdefault(row["part"], {})[row["tag"]] = own
    return found


def main() -> None:
    """Measure, print, write where asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    config = load_config(ROOT / "config.yaml")
    gold = config.path(config.corpus.gold)
    file = gold / "floors.json"
    before = json.loads(file.read_text(encoding="utf-8"))
    found = floors(steps.evaluate(gold / "passages", config))
    for part, tags in found.items():
        for tag, own in tags.items():
            for measure, floor in own.items():
                print(
                    f"{part:4}{tag:18}{measure:18}{before['floors'][part][tag][measure]:7.3f} -> {floor:.3f}"
                )
    if options.write:
        pinned = {
            "note": NOTE,
            "gold_sha256": gold_sha256(gold),
            "most_calibration_error": before["most_calibration_error"],
            "floors": found,
        }
        file.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
