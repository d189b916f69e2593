"""The project's state into a checked backup."""

from pathlib import Path

from prefect import flow

from nijar_nlp import steps
from nijar_nlp.config import find_config


@flow(name="backup", persist_result=False)
def backup(config_file: str | None = None) -> str:
    """Back up and check; the backup's folder. Whoever looks after the machine is told where it fails."""
    where = config_file or str(find_config(Path.cwd()))
    with steps.ready(where) as config, steps.telling("The backup", config):
        return str(steps.back_up(config))
