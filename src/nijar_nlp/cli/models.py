"""Commands on the models: scores, retraining, which of them serves."""

from pathlib import Path

import click
from rich.console import Console

from nijar_nlp import steps, terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured, open_store


@main.command()
@click.option("--gold", required=True, type=click.Path(path_type=Path), help="Labelled passages, JSON lines.")
@click.option(
    "--picture", type=click.Path(path_type=Path), help="Draw precision-recall and calibration (PNG)."
)
@click.pass_obj
def evaluate(config_file: Path | None, gold: Path, picture: Path | None) -> None:
    """Score the model that serves on labelled passages.

    Beside it stand a keyword search and plain TF-IDF.
    """
    table = steps.evaluate(gold, configured(config_file), picture, beside=True)
    terminal.show_frame(table, f"Scores on {gold.name}", Console())


@main.command()
@click.option(
    "--promote/--keep-aside",
    default=None,
    help="Let the new model serve where the gate lets it pass, or only keep it; default: learning.promotion.",
)
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def retrain(config_file: Path | None, promote: bool | None, database: str | None) -> None:
    """Train a tagger and hold it against the one that serves.

    It learns from the seed and from labels, and serves where the gate lets it pass.
    """
    config = configured(config_file, database)
    open_store(config)
    with terminal.progress() as told:
        trained = steps.retrain(config, promote=promote, progress=told)
    terminal.show_retrained(trained, Console())


@main.group()
def models() -> None:
    """See the models that there are, and choose which serves."""


@models.command("list")
@click.pass_obj
def list_models(config_file: Path | None) -> None:
    """List every version, oldest first, with what it learned from.

    A star marks the one that serves.
    """
    terminal.show_frame(steps.models(configured(config_file)), "Models", Console())


@models.command()
@click.argument("version", required=False)
@click.pass_obj
def show(config_file: Path | None, version: str | None) -> None:
    """Show the model card of a version, or of the one that serves."""
    click.echo(steps.model_card(configured(config_file), version))


@models.command()
@click.argument("version")
@click.argument("other", required=False)
@click.option("--gold", type=click.Path(path_type=Path), help="Labelled passages; default: the locked ones.")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def compare(
    config_file: Path | None, version: str, other: str | None, gold: Path | None, database: str | None
) -> None:
    """Show two versions side by side on the same passages.

    OTHER is by default the one that serves.
    """
    config = configured(config_file, database)
    open_store(config)
    table = steps.compare_models(config, version, other, gold)
    terminal.show_frame(table, "Differences, with 90 % intervals of a paired bootstrap", Console())


@models.command()
@click.argument("version")
@click.option("--why", default="", help="A reason to keep in the history.")
@click.pass_obj
def promote(config_file: Path | None, version: str, why: str) -> None:
    """Let a version serve from the next batch on."""
    click.echo(steps.promote_model(configured(config_file), version, why))


@models.command()
@click.option("--why", default="", help="A reason to keep in the history.")
@click.pass_obj
def rollback(config_file: Path | None, why: str) -> None:
    """Let the version serve again that served before."""
    click.echo(steps.rollback_model(configured(config_file), why))
