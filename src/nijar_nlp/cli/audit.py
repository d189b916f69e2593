"""Commands on how much is found: the audit of the store, the simulation of a labelled set."""

from pathlib import Path

import click
from rich.console import Console

from nijar_nlp import jsonl, steps, terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured, open_store
from nijar_nlp.screening import STRATEGIES


@main.command()
@click.option("--output", help="Write the passages that wait for people's word here, one JSON line each.")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def audit(config_file: Path | None, output: str | None, database: str | None) -> None:
    """Tell the recall of what was tagged, by a random sample.

    No model has a say in the sample: people judge its passages whatever was tagged.
    """
    config = configured(config_file, database)
    open_store(config)
    found = steps.audit(config)
    terminal.show_frame(found.table, f"Recall by an audit of {found.n_passages} passages", Console())
    click.echo(f"{len(found.waiting)} of {found.n_passages} passages wait for a word on every tag.", err=True)
    if output is not None:
        with jsonl.opened(output, "w") as stream:
            for passage in found.waiting:
                jsonl.write_line(
                    stream, {"id": passage.id, "text": passage.text, "language": passage.language}
                )


@main.command()
@click.argument("labels", type=click.Path(path_type=Path))
@click.option(
    "--strategy",
    type=click.Choice(sorted(STRATEGIES)),
    default="probability",
    show_default=True,
    help="What is read next.",
)
@click.option("--tag", help="Start from what the serving model says of this tag.")
@click.option("--seeds", type=click.IntRange(min=1), default=3, show_default=True, help="Simulations.")
@click.option("--picture", type=click.Path(path_type=Path), help="Draw the recall curves (PNG).")
@click.pass_obj
def simulate(
    config_file: Path | None, labels: Path, strategy: str, tag: str | None, seeds: int, picture: Path | None
) -> None:
    """Screen a labelled table as if nobody knew its labels.

    LABELS is a CSV with title and abstract, or text; and label_included, included or label: 1 or 0.
    """
    config = configured(config_file)
    table = steps.simulate_screening(labels, config, strategy=strategy, tag=tag, seeds=seeds, picture=picture)
    terminal.show_frame(table, f"Screening of {labels.name}", Console())
