"""Commands on this machine: what is installed and what is missing."""

import sys
from pathlib import Path

import click
from rich.console import Console

from nijar_nlp import terminal
from nijar_nlp.cli.command import main
from nijar_nlp.cli.common import configured


@main.command()
@click.pass_obj
def doctor(config_file: Path | None) -> None:
    """Tell what is installed, what is missing, and how to get it."""
    # Looking at the models imports seconds' worth, which no other command should pay for.
    from nijar_nlp import doctor as examination

    findings = examination.examine(configured(config_file))
    terminal.show_findings(findings, Console())
    sys.exit(any(finding.needed and not finding.present for finding in findings))
