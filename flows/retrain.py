"""Decisions into labels, a challenger, the gate, and the model promoted or kept aside."""

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.flow_runs import pause_flow_run
from prefect.input import RunInput

from nijar_nlp import steps
from nijar_nlp.config import find_config, load_config

# A steward's word may take days.
PAUSE_SECONDS = 7 * 24 * 3600


class Confirmation(RunInput):
    """A steward's word on a challenger that passed the gate."""

    promote: bool
    why: str = ""


@task(persist_result=False)
def train(config_file: str, database: str) -> dict[str, Any]:
    """Train a challenger and hold it against the model that serves; what came of it."""
    with steps.ready(config_file, database) as config, steps.telling("The training", config):
        trained = steps.retrain(config)
        return {
            "version": trained.version,
            "passed": trained.verdict.passed,
            "serves": trained.serves,
            "found": [*trained.checks, *trained.verdict.found],
            "asks": trained.verdict.passed and config.learning.promotion == "pause",
        }


@task(persist_result=False)
def promote(version: str, why: str, config_file: str, database: str) -> None:
    """Let a version serve."""
    with steps.opened(config_file, database) as config:
        steps.promote_model(config, version, why)


@task(persist_result=False)
def tag_again(documents: list[str], config_file: str, database: str) -> int:
    """Tag a batch of documents with the model that serves; only what it changes is written."""
    with steps.opened(config_file, database) as config:
        return steps.tag_documents(documents, config)


@flow(name="retrain", persist_result=False)
def retrain(config_file: str | None = None, database: str | None = None) -> dict[str, Any]:
    """Retrain, promote where gate and configuration let it, and tag again what the new model changes."""
    config_file = config_file or str(find_config(Path.cwd()))
    database = load_config(Path(config_file), database=database).database_url
    came = train(config_file, database)
    if came["asks"]:
        asked = Confirmation.with_initial_data(description="\n".join(came["found"]), promote=False)
        word = pause_flow_run(wait_for_input=asked, timeout=PAUSE_SECONDS)
        if word.promote:
            promote(came["version"], word.why, config_file, database)
            came["serves"] = True
    if came["serves"]:
        with steps.opened(config_file, database) as config:
            untagged, size = steps.untagged(config), config.run.batch_documents
        batches = [untagged[i : i + size] for i in range(0, len(untagged), size)]
        came["passages_looked_at"] = sum(tag_again(batch, config_file, database) for batch in batches)
    lines = [f"# Model {came['version']}", "", *(f"- {sentence}" for sentence in came["found"])]
    create_markdown_artifact(key="retrain", markdown="\n".join(lines))
    return came
