"""A random sample of passages into the recall of what was tagged, whatever the model thinks of them."""

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from nijar_nlp import steps
from nijar_nlp.config import find_config


@flow(name="audit", persist_result=False)
def audit(config_file: str | None = None, database: str | None = None) -> dict[str, Any]:
    """The audit as it stands: how many passages were drawn, how many wait, recall with its interval."""
    where = config_file or str(find_config(Path.cwd()))
    with steps.ready(where, database) as config, steps.telling("The audit", config):
        found = steps.audit(config)
    rows = found.table.to_dict("records")
    lines = [
        "# Audit",
        "",
        f"{found.n_passages} passages drawn at random, {len(found.waiting)} wait for people's word.",
        "",
        "| part | tag | present | tagged | recall, 95 % interval |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {row['part']} | {row['tag']} | {row['present']} | {row['tagged']} "
            f"| {row['low']:.2f} to {row['high']:.2f} |"
            for row in rows
        ),
    ]
    create_markdown_artifact(key="audit", markdown="\n".join(lines))
    return {"passages": found.n_passages, "waiting": len(found.waiting), "recall": rows}
