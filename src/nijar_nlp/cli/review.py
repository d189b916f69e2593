"""The command that opens the review room."""

import os
import sys
from pathlib import Path

import click

from nijar_nlp import steps
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured, load_flow

_DEMO = Path("var/demo/nijar.sqlite3")


@main.command()
@click.option("--demo", is_flag=True, help="Use the sample's results, in a database of their own.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Answer on this address.")
@click.option("--port", default=8321, show_default=True, help="Answer on this port (0: a free one).")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def review(config_file: Path | None, demo: bool, host: str, port: int, database: str | None) -> None:
    """Open the analysts' review room in a browser of this machine."""
    config = configured(config_file, database)
    if demo:
        config = configured(config.file, f"sqlite:///{config.path(_DEMO)}")
        # again each time: a run that was broken off goes on, one that is done has nothing to do
        click.echo("Reading the sample first; this takes some minutes, a second time seconds.")
        sample = [str(path) for path in steps.find_files([config.path(Path("corpus/sample"))])]
        load_flow(config, "corpus_run").start(sample, str(config.file), config.database_url)
    # a process of its own: the site needs Django's full settings, and none of the language models
    environment = {**os.environ, "NIJAR_CONFIG": str(config.file), "NIJAR_DATABASE": config.database_url}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "nijar_nlp.site.settings")
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "nijar_nlp.site", host, str(port)], environment)  # noqa: S606
