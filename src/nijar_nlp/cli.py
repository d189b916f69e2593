"""The command line: options in, one step called, its result shown."""

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from rich.console import Console

import nijar_nlp
from nijar_nlp import doctor as examination
from nijar_nlp import forms, jsonl, steps, terminal
from nijar_nlp.config import Config, find_config, load_config
from nijar_nlp.errors import ConfigError, InputError, NijarError
from nijar_nlp.store.connection import connect, migrate

# A checkout serves also where the command is given from another folder.
_CHECKOUT = Path(__file__).resolve().parents[2]
_BATCH = 512
_SHOWN_AFTER_A_RUN = 20
# Prefect's defaults for us: nothing leaves the machine, its own server has time to start on a busy one.
PREFECT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}
_NEW_KNOWN_ALL = click.Choice(["new", "known", "all"])


class _Group(click.Group):
    """Shows the project's own errors as one line on standard error, with exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except NijarError as error:
            if context.params.get("debug"):
                raise
            click.echo(f"nijar: {error}", err=True)
            context.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(nijar_nlp.__version__, prog_name="nijar")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="The config.yaml to use.")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def main(context: click.Context, config_file: Path | None, debug: bool) -> None:
    """Read report and news PDFs and put candidate new cases of negotiation before a reviewer."""
    context.obj = config_file


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_obj
def run(config_file: Path | None, paths: tuple[Path, ...], database: str | None, as_json: bool) -> None:
    """Read PDFs (files or folders; default: the corpus of config.yaml) through to candidates."""
    config = _config(config_file, database)
    files = steps.find_files(paths or [config.path(path) for path in config.corpus.paths])
    flow = _flow(config, "corpus_run")
    summary = flow.start([str(file.resolve()) for file in files], str(config.file), config.database_url)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=1))
        return
    console = Console()
    _open_store(config)
    _show_candidates("new", console, most=_SHOWN_AFTER_A_RUN)
    terminal.show_summary(summary, console)
    console.print(f"Report: {summary['report']}")
    console.print("Next: nijar candidates --format xlsx --output candidates.xlsx, or open the report.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--output", help="Write one JSON line a passage here (- for standard output).")
@click.option("--text", is_flag=True, help="Print the plain reading text.")
@click.pass_obj
def extract(config_file: Path | None, file: Path, output: str | None, text: bool) -> None:
    """Read one PDF into passages."""
    if (output is None) != text:
        raise click.UsageError("Give either --output OUT.jsonl or --text.")
    config = _config(config_file)
    if not file.is_file():
        raise InputError("There is nothing to read", file, "It must be a file.", "Check the path.")
    reading = steps.extract(file, config)
    if reading.document.problem:
        problem = reading.document.problem
        raise InputError("The PDF was not read", file, f"{problem.code}: {problem.reason}", problem.remedy)
    if output is None:
        click.echo("\n\n".join(passage.text for passage in reading.passages))
        return
    with jsonl.opened(output, "w") as stream:
        for line in forms.passages(reading):
            jsonl.write_line(stream, line)


@main.command()
@click.option("--input", "source", required=True, help="Passages, one JSON line each (- for standard input).")
@click.option("--output", required=True, help="Tags, one JSON line each (- for standard output).")
@click.pass_obj
def tag(config_file: Path | None, source: str, output: str) -> None:
    """Tag passages: {"id", "text", "language"?} in, probabilities, tags and reasons out, order kept."""
    config = _config(config_file)
    jsonl.work(source, output, _BATCH, lambda lines: steps.tag_lines(lines, config))


@main.command()
@click.option("--input", "source", required=True, help="Passages, one JSON line each (- for standard input).")
@click.option("--output", required=True, help="Mentions and events (- for standard output).")
@click.pass_obj
def annotate(config_file: Path | None, source: str, output: str) -> None:
    """Find mentions and events: {"id", "text", "language"?, "date"?, "source"?} in."""
    config = _config(config_file)
    jsonl.work(source, output, _BATCH, lambda lines: steps.annotate_lines(lines, config))


@main.command()
@click.option("--status", type=_NEW_KNOWN_ALL, default="new", show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "jsonl", "xlsx"]),
    default="table",
    show_default=True,
)
@click.option("--output", help="Write here instead of standard output; xlsx needs it.")
@click.option("--database", help="Use this database, not the one of config.yaml.")
@click.pass_obj
def candidates(
    config_file: Path | None, status: Any, form: str, output: str | None, database: str | None
) -> None:
    """The ranked candidates with their nearest known case and their evidence."""
    if form == "xlsx" and output is None:
        raise click.UsageError("An XLSX file cannot go to the terminal: give --output FILE.xlsx.")
    config = _config(config_file, database)
    _open_store(config)
    if form == "table":
        _show_candidates(status, Console())
    else:
        steps.export_candidates(status, form, Path(output) if output else None)


@main.command()
@click.option("--gold", required=True, type=click.Path(path_type=Path), help="Labelled passages, JSON lines.")
@click.option(
    "--picture", type=click.Path(path_type=Path), help="Draw precision-recall and calibration (PNG)."
)
@click.pass_obj
def evaluate(config_file: Path | None, gold: Path, picture: Path | None) -> None:
    """Score the model that serves on labelled passages, beside a keyword search."""
    table = steps.evaluate(gold, _config(config_file), picture)
    terminal.show_frame(table, f"Scores on {gold.name}", Console())


@main.command()
@click.option("--promote/--keep-aside", default=True, help="Let the new model serve, or only keep it.")
@click.pass_obj
def retrain(config_file: Path | None, promote: bool) -> None:
    """Train a tagger on the seed, cross-validate it, and let it serve."""
    version, table = steps.retrain(_config(config_file), promote=promote)
    terminal.show_frame(table, f"Model {version}, out of fold", Console())


@main.command()
@click.pass_obj
def doctor(config_file: Path | None) -> None:
    """What is installed, what is missing, and how to get it."""
    findings = examination.examine(_config(config_file))
    terminal.show_findings(findings, Console())
    sys.exit(any(finding.needed and not finding.present for finding in findings))


def _config(config_file: Path | None, database: str | None = None) -> Config:
    if config_file is None:
        try:
            config_file = find_config(Path.cwd())
        except ConfigError:
            config_file = find_config(_CHECKOUT)
    return load_config(config_file, database=database)


def _show_candidates(status: Any, console: Console, most: int | None = None) -> None:
    chosen = steps.candidates(status)
    terminal.show_candidates(chosen, steps.evidence_of(chosen), console, most)


def _open_store(config: Config) -> None:
    connect(config.database_url)
    migrate()


def _flow(config: Config, name: str) -> ModuleType:
    """A flow's module, found by name in the project's flows folder: what a schedule runs, too."""
    for key, value in PREFECT.items():
        os.environ.setdefault(key, value)
    home = Path(os.environ.setdefault("PREFECT_HOME", str(config.root / "var" / "prefect")))
    home.mkdir(parents=True, exist_ok=True)
    file = config.root / "flows" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"flows.{name}", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise ConfigError(
            "There is no such flow", file, "It must lie beside config.yaml in flows/.", "Restore the folder."
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
