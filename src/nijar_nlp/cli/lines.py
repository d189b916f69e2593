"""Commands without a store: one file read, passages tagged and annotated line by line."""

from pathlib import Path

import click

from nijar_nlp import forms, jsonl, steps
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured
from nijar_nlp.errors import InputError

_BATCH = 512


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--output", help="Write one JSON line a passage here (- for standard output).")
@click.option("--text", is_flag=True, help="Print the plain reading text.")
@click.pass_obj
def extract(config_file: Path | None, file: Path, output: str | None, text: bool) -> None:
    """Read one PDF into passages, without a store."""
    if (output is None) != text:
        raise click.UsageError("Give either --output OUT.jsonl or --text.")
    config = configured(config_file)
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
    """Tag passages, line by line.

    {"id", "text", "language"?} in; probabilities, tags and reasons out, in the same order.
    """
    config = configured(config_file)
    jsonl.work(source, output, _BATCH, lambda lines: steps.tag_lines(lines, config))


@main.command()
@click.option("--input", "source", required=True, help="Reports, one JSON line each (- for standard input).")
@click.option("--output", required=True, help="Candidates, one JSON line each (- for standard output).")
@click.pass_obj
def group(config_file: Path | None, source: str, output: str) -> None:
    """Group short reports that tell of one case.

    {"id", "text", "date"?, "source"?} in, candidate and known case out, in the same order.
    """
    config = configured(config_file)
    jsonl.work_whole(source, output, lambda lines: steps.group_lines(lines, config))


@main.command()
@click.option("--input", "source", required=True, help="Passages, one JSON line each (- for standard input).")
@click.option("--output", required=True, help="Mentions and events (- for standard output).")
@click.pass_obj
def annotate(config_file: Path | None, source: str, output: str) -> None:
    """Find mentions and events, line by line.

    {"id", "text", "language"?, "date"?, "source"?} in; mentions and events out, in the same order.
    """
    config = configured(config_file)
    jsonl.work(source, output, _BATCH, lambda lines: steps.annotate_lines(lines, config))
