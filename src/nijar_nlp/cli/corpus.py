"""Commands on the corpus: a run, and the candidates that it found."""

import json
import os
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from nijar_nlp import jsonl, steps, terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import begin_server, configured, load_flow, open_store
from nijar_nlp.config import Config
from nijar_nlp.records import RETRIES

_SHOWN_AFTER_A_RUN = 20
_NEW_KNOWN_ALL = click.Choice(["new", "known", "all"])


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option(
    "--retry",
    type=click.Choice(RETRIES),
    help="Only do this again: what failed, one stage, or what an older extractor read (before VERSION, which "
    "then stands before the paths).",
)
@click.pass_obj
def run(
    config_file: Path | None,
    paths: tuple[Path, ...],
    database: str | None,
    as_json: bool,
    retry: str | None,
) -> None:
    """Read PDFs through to candidates.

    PATHS are files or folders; without any, the collections of config.yaml are read.
    """
    config = configured(config_file, database)
    if retry:
        named = _again(retry, paths, config)
        if not named:
            click.echo('{"skipped": true}' if as_json else "There is nothing to do again.")
            return
    else:
        named = paths or tuple(config.path(path) for path in config.corpus.paths)
        steps.find_files(named, [])
    summary = _run([str(path.resolve()) for path in named], config)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=1))
        return
    console = Console()
    open_store(config)
    _show_candidates("new", console, most=_SHOWN_AFTER_A_RUN)
    terminal.show_summary(summary, console)
    console.print(f"Report: {summary['report']}")
    console.print("Next: nijar candidates --format xlsx --output candidates.xlsx, or open the report.")


@main.command()
@click.option("--status", type=_NEW_KNOWN_ALL, default="new", show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "jsonl", "xlsx", "parquet", "html"]),
    default="table",
    show_default=True,
)
@click.option("--output", help="Write here instead of standard output; xlsx and parquet need it.")
@click.option("--masked", is_flag=True, help="Replace the names of persons, also in the passages.")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def candidates(
    config_file: Path | None, status: Any, form: str, output: str | None, masked: bool, database: str | None
) -> None:
    """Show the ranked candidates, or write them with their evidence.

    Each with its nearest known case, and the reasons for and against that.
    """
    if form in ("xlsx", "parquet") and output is None:
        raise click.UsageError(f"A file of {form} cannot go to the terminal: give --output FILE.{form}.")
    if masked and form == "table":
        raise click.UsageError("Names are masked in files: give --format too.")
    config = configured(config_file, database)
    open_store(config)
    if form == "table":
        _show_candidates(status, Console())
    else:
        steps.export_candidates(status, form, Path(output) if output else None, config, mask=masked)


@main.command()
@click.option("--after", type=click.IntRange(min=0), default=0, help="Only what came after this number.")
@click.option("--output", default="-", show_default=True, help="Write here, one JSON line each.")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def changes(config_file: Path | None, after: int, output: str, database: str | None) -> None:
    """Write what became of the candidates from run to run.

    What was opened, joined, merged, split, withdrawn or questioned, and why; a line has ids and counts alone.
    """
    open_store(configured(config_file, database))
    with jsonl.opened(output, "w") as stream:
        for change in steps.feed(after):
            jsonl.write_line(stream, change)


def _run(paths: list[str], config: Config) -> dict[str, Any]:
    """A run on Prefect; one that has nothing to do needs none, unless a server shows all runs."""
    where = (str(config.file), config.database_url)
    if not os.environ.get("PREFECT_API_URL") and (summary := steps.nothing_to_do(paths, *where)):
        return summary
    await_server = begin_server(config)  # it starts beside our own imports
    flow = load_flow(config, "corpus_run")
    await_server()
    try:
        done: dict[str, Any] = flow.start(paths, *where)
    except KeyboardInterrupt:
        click.echo("Nothing is lost: the same command goes on from here.", err=True)
        raise
    return done


def _again(retry: str, paths: tuple[Path, ...], config: Config) -> tuple[Path, ...]:
    """The files that a retry is about, their stage marked as not done."""
    version = ""
    if retry == "extractor-older-than":
        if not paths:
            raise click.UsageError("--retry extractor-older-than needs a VERSION, such as 2.")
        version, paths = str(paths[0]), paths[1:]
    open_store(config)
    files = steps.find_files(paths) if paths else None
    return tuple(steps.reopen(retry, files, config, version=version))


def _show_candidates(status: Any, console: Console, most: int | None = None) -> None:
    chosen = steps.ranked(status)
    terminal.show_candidates(chosen, steps.evidence_of(chosen[:most]), console, most)
