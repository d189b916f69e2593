"""Commands on the models: scores, retraining."""

from pathlib import Path

import click
from rich.console import Console

from nijar_nlp import steps, terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured


@main.command()
@click.option("--gold", required=True, type=click.Path(path_type=Path), help="Labelled passages, JSON lines.")
@click.option(
    "--picture", type=click.Path(path_type=Path), help="Draw precision-recall and calibration (PNG)."
)
@click.pass_obj
def evaluate(config_file: Path | None, gold: Path, picture: Path | None) -> None:
    """Score the model that serves on labelled passages, beside a keyword search."""
    table = steps.evaluate(gold, configured(config_file), picture)
    terminal.show_frame(table, f"Scores on {gold.name}", Console())


@main.command()
@click.option("--promote/--keep-aside", default=True, help="Let the new model serve, or only keep it.")
@click.pass_obj
def retrain(config_file: Path | None, promote: bool) -> None:
    """Train a tagger on the seed, cross-validate it, and let it serve."""
    version, table = steps.retrain(configured(config_file), promote=promote)
    terminal.show_frame(table, f"Model {version}, out of fold", Console())
