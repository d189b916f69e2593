"""Commands on labels: brought in, taken out, and what is open about them."""

from pathlib import Path

import click
from rich.console import Console

from nijar_nlp import jsonl, steps, terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured, open_store
from nijar_nlp.errors import InputError
from nijar_nlp.labels import FORMS


@main.group()
def labels() -> None:
    """Bring labels in, take them out, see what is open."""


@labels.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--codebook", help="The codebook's version that they were made by; default: the present one.")
@click.pass_obj
def import_(config_file: Path | None, file: Path, codebook: str | None) -> None:
    """Bring in labels from a file.

    JSONL, JSON or CSV of this project, Prodigy, Label Studio, doccano or spaCy.
    """
    brought = steps.import_labels(file, configured(config_file), codebook)
    click.echo(f"{len(brought.examples)} labelled texts kept, {len(brought.refused)} rows left out.")
    for refused in brought.refused:
        click.echo(f"{file.name}, row {refused.row}: {refused.reason}", err=True)
    if brought.refused and not brought.examples:
        raise InputError(
            "No label was brought in", file, "Every row of it was refused.", "Mend the rows that are named."
        )


@labels.command("export")
@click.option("--format", "form", type=click.Choice(sorted(FORMS)), default="jsonl", show_default=True)
@click.option("--output", default="-", show_default=True, help="Write here (- for standard output).")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def export(config_file: Path | None, form: str, output: str, database: str | None) -> None:
    """Take out all labels with their texts."""
    config = configured(config_file, database)
    open_store(config)
    with jsonl.opened(output, "w") as stream:
        stream.write(steps.export_labels(form, config))


@labels.command("open")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def open_(config_file: Path | None, database: str | None) -> None:
    """Show what should be decided again.

    Disagreements, and labels of a definition that has changed.
    """
    config = configured(config_file, database)
    open_store(config)
    terminal.show_frame(steps.open_labels(config), "To be decided again", Console())
