"""New PDFs into documents, passages, tags, events and candidates, and a report of the run."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import OperationalError
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.futures import as_completed
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from nijar_nlp import report, steps
from nijar_nlp.config import load_config

# Only reading and writing is worth a second try; a fault of ours would only fail again.
RETRIES = 2
RETRY_SECONDS = [1.0, 5.0]


def _is_io(_task: object, _run: object, state: Any) -> bool:
    return isinstance(state.result(raise_on_failure=False), OSError | OperationalError)


_io_task = task(
    retries=RETRIES, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=_is_io, persist_result=False
)


@_io_task
def read_batch(files: Sequence[str], config_file: str, database: str) -> list[dict[str, Any]]:
    """Read a batch of files; what became of each."""
    with steps.opened(config_file, database) as config:
        return [vars(outcome) for outcome in steps.read_files([Path(file) for file in files], config)]


@_io_task
def tag_batch(documents: Sequence[str], config_file: str, database: str) -> int:
    """Tag a batch of documents; the number of passages looked at."""
    with steps.opened(config_file, database) as config:
        return steps.tag_documents(documents, config)


@_io_task
def annotate_batch(documents: Sequence[str], config_file: str, database: str) -> int:
    """Find mentions and events in a batch of documents; the number of events."""
    with steps.opened(config_file, database) as config:
        return steps.annotate_documents(documents, config)


@_io_task
def group_all(config_file: str, database: str) -> int:
    """Group all evidence into candidates; how many there are."""
    with steps.opened(config_file, database) as config:
        return len(steps.group(config))


@flow(name="corpus-run", persist_result=False)
def corpus_run(files: list[str], config_file: str, database: str) -> dict[str, Any]:
    """Carry these files through every stage; the store decides what is left to do at each.

    Returns the summary of the run, which is also kept in the store, in a markdown artifact and in an HTML
    report. A run that was killed goes on where the store says it stopped.
    """
    began = time.perf_counter()
    clock: dict[str, float] = {}
    with steps.opened(config_file, database) as config:
        run_id = steps.begin_run()
        size = config.run.batch_documents
    with _progress() as progress:

        def through(name: str, work: Callable[..., Any], items: Sequence[str]) -> list[Any]:
            started = time.perf_counter()
            batches = [items[i : i + size] for i in range(0, len(items), size)]
            results = _each(work, batches, (config_file, database), progress, name)
            clock[name] = time.perf_counter() - started
            return results

        outcomes = [outcome for batch in through("read", read_batch, files) for outcome in batch]
        with steps.opened(config_file, database) as config:
            untagged = steps.untagged(config)
        through("tag", tag_batch, untagged)
        with steps.opened(config_file, database) as config:
            unannotated = steps.unannotated(config)
        through("annotate", annotate_batch, unannotated)
        started = time.perf_counter()
        group_all(config_file, database)
        clock["group"] = time.perf_counter() - started
    clock["all"] = time.perf_counter() - began
    with steps.opened(config_file, database) as config:
        summary = steps.summarise(outcomes, len(untagged), clock)
        summary["report"] = str(report.write(config.path(config.run.report), steps.report_data(summary)))
        steps.end_run(run_id, summary)
    create_markdown_artifact(key="corpus-run", markdown=report.markdown(summary))
    return summary


def start(files: list[str], config_file: str, database: str) -> dict[str, Any]:
    """Run the flow on the task runner that the configuration names."""
    settings = load_config(Path(config_file)).run
    runner = {"threads": ThreadPoolTaskRunner, "processes": ProcessPoolTaskRunner}[settings.task_runner]
    chosen = corpus_run.with_options(task_runner=runner(max_workers=settings.workers))
    return chosen(files, config_file, database)


def _each(
    work: Callable[..., Any],
    batches: Sequence[Sequence[str]],
    where: tuple[str, str],
    progress: Progress,
    name: str,
) -> list[Any]:
    """Every batch worked on, results in order; a plain function (no Prefect) works on them one by one."""
    bar = progress.add_task(name, total=sum(map(len, batches)))
    submit = getattr(work, "submit", None)
    if submit is None:
        return [work(batch, *where) for batch in batches]
    futures = [submit(batch, *where) for batch in batches]
    size = {future.task_run_id: len(batch) for future, batch in zip(futures, batches, strict=True)}
    for future in as_completed(futures):
        progress.advance(bar, size[future.task_run_id])
    return [future.result() for future in futures]


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:>9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
