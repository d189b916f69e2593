"""Commands on operations: status, backup, restore, forget, schedule."""

import json
from pathlib import Path

import click
from rich.console import Console

from nijar_nlp import steps, terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured, open_store


@main.command()
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def status(config_file: Path | None, database: str | None, as_json: bool) -> None:
    """What runs, waits and failed, and how long the rest would take."""
    config = configured(config_file, database)
    open_store(config)
    found = steps.status(config)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        terminal.show_status(found, Console())
