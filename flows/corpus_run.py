"""New PDFs into documents, passages, tags, events and candidates, and a report of the run."""

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from datetime import datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import cloudpickle
from django.db import OperationalError
from httpx import TransportError
from prefect import Task, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError
from prefect.futures import as_completed
from prefect.runtime import deployment, flow_run
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from nijar_nlp import report, steps
from nijar_nlp.config import FILE_NAME, RunConfig, find_config, load_config
from nijar_nlp.errors import NijarError

P = ParamSpec("P")
R = TypeVar("R")

HERE = Path(__file__).parents[1]  # the project's folder
# Only reading and writing is worth a second try; a fault of ours would only fail again.
RETRIES = 2
RETRY_SECONDS = [1.0, 5.0]


def _is_io(_task: object, _run: object, state: Any) -> bool:
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError | OperationalError) and not isinstance(error, TimeoutError)


def runner(settings: RunConfig) -> TaskRunner[Any]:
    """The task runner that the configuration names."""
    if settings.task_runner == "threads":
        return ThreadPoolTaskRunner(max_workers=settings.workers)
    # other processes know the package, not this file
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    if settings.task_runner == "processes":
        return ProcessPoolTaskRunner(max_workers=settings.workers)
    from prefect_dask.task_runners import DaskTaskRunner

    return DaskTaskRunner(address=settings.dask_scheduler)


def _io_task(*tags: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task that is tried again; `prefect concurrency-limit create TAG N` says how many run at once."""
    return task(
        retries=RETRIES,
        retry_delay_seconds=RETRY_SECONDS,
        retry_condition_fn=_is_io,
        persist_result=False,
        tags=tags,
    )


@_io_task("reading", "database")
def read_batch(files: Sequence[str], config_file: str, database: str) -> list[dict[str, Any]]:
    """Read a batch of files; what became of each."""
    with steps.opened(config_file, database) as config:
        return [vars(outcome) for outcome in steps.read_files([Path(file) for file in files], config)]


@_io_task("database")
def tag_batch(documents: Sequence[str], config_file: str, database: str) -> int:
    """Tag a batch of documents; the number of passages looked at."""
    with steps.opened(config_file, database) as config:
        return steps.tag_documents(documents, config)


@_io_task("database")
def annotate_batch(documents: Sequence[str], config_file: str, database: str) -> int:
    """Find mentions and events in a batch of documents; the number of events."""
    with steps.opened(config_file, database) as config:
        return steps.annotate_documents(documents, config)


@_io_task("database")
def group_all(config_file: str, database: str) -> int:
    """Group all evidence into candidates, where something has changed; how many there are."""
    with steps.opened(config_file, database) as config:
        return steps.n_candidates() if steps.is_grouped(config) else len(steps.group(config))


@flow(name="corpus-run", persist_result=False, task_runner=runner(load_config(HERE / FILE_NAME).run))
def corpus_run(
    paths: Sequence[str] = (), config_file: str | None = None, database: str | None = None
) -> dict[str, Any]:
    """Carry what lies under these paths (none: all collections) through every stage.

    The store decides what is left to do at each. Returns the summary of the run, which is also kept in the
    store, in a markdown artifact and in an HTML report. A run that was killed goes on where the store says it
    stopped. A scheduled run whose work another one did returns {"skipped": True}.
    """
    where = config_file or str(find_config(Path.cwd()))
    config = load_config(Path(where), database=database)
    named = list(paths) or [str(config.path(path)) for path in config.corpus.paths]
    with steps.sole_run(where, database, named, _tick()) as run_id:
        if run_id is None:
            return {"skipped": True}
        return _Run(run_id, where, config.database_url).carry(named)


def start(paths: list[str], config_file: str, database: str) -> dict[str, Any]:
    """Run the flow on the task runner that the configuration names.

    Raises NijarError where the server or the scheduler that it depends on is gone before its end.
    """
    settings = load_config(Path(config_file)).run
    chosen = corpus_run.with_options(task_runner=runner(settings))
    try:
        return chosen(paths, config_file, database)
    except (TransportError, ConcurrencySlotAcquisitionError, CancelledError) as error:
        raise NijarError(
            "The run broke off",
            type(error).__name__,
            "Prefect's server, and the Dask scheduler where one is used, must answer to the end.",
            "See that they run, and begin it again: it goes on where it stopped.",
        ) from error


def _tick() -> datetime | None:
    """When a schedule wanted this run; None where a person started it."""
    return flow_run.scheduled_start_time if deployment.id else None


class _Run:
    """One run on its way through the stages."""

    def __init__(self, run_id: Any, config_file: str, database: str) -> None:
        self.run_id, self.where = run_id, (config_file, database)
        self.clock: dict[str, dict[str, float]] = {}
        self.bars = Progress(
            TextColumn("{task.description:>9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )

    def carry(self, paths: Sequence[str]) -> dict[str, Any]:
        began = time.perf_counter()
        with steps.opened(*self.where) as config:
            survey = steps.survey([Path(path) for path in paths], config)
            unread = steps.batches_of_files(survey.unread, config)
        self._took("survey", began, len(survey.unread) + len(survey.outcomes))
        with self.bars:
            read = self._through("read", read_batch, unread)
            outcomes = [vars(known) for known in survey.outcomes] + [one for batch in read for one in batch]
            with steps.opened(*self.where) as config:
                untagged = steps.batches_of_documents(steps.untagged(config), config)
            self._through("tag", tag_batch, untagged)
            with steps.opened(*self.where) as config:
                unannotated = steps.batches_of_documents(steps.unannotated(config), config)
            self._through("annotate", annotate_batch, unannotated)
            started = time.perf_counter()
            n_candidates = group_all(*self.where)
            self._took("group", started, n_candidates)
        self._took("all", began, len(outcomes))
        return self._finish(outcomes, survey)

    def _finish(self, outcomes: Sequence[dict[str, Any]], survey: steps.Survey) -> dict[str, Any]:
        with steps.opened(*self.where) as config:
            moved = steps.drift(outcomes)
            summary = steps.summarise(outcomes, self.clock, moved, config)
            summary["sources"] = {"moved": survey.moved, "gone": survey.gone, "erased": survey.erased}
            summary["metadata_problems"] = list(survey.problems)
            data = steps.report_data(summary, moved)
            summary["report"] = str(report.write(config.path(config.run.report), data))
            steps.end_run(self.run_id, summary, config)
        create_markdown_artifact(key="corpus-run", markdown=report.markdown(summary))
        return summary

    def _through(self, stage: str, work: Callable[..., Any], batches: list[list[str]]) -> list[Any]:
        """A stage's batches worked on; what each gave. A batch that took too long is given up."""
        started = time.perf_counter()
        with steps.opened(*self.where) as config:
            steps.progress(self.run_id, self.clock, stage)
            seconds = config.run.batch_minutes * 60
        n_items = sum(map(len, batches))
        bar = self.bars.add_task(stage, total=n_items)
        results, given_up = [], 0
        for result in _each(work, batches, self.where, seconds, lambda n: self.bars.advance(bar, n)):
            if isinstance(result, TimeoutError):
                given_up += 1
            else:
                results.append(result)
        self._took(stage, started, n_items, batches_given_up=given_up)
        return results

    def _took(self, stage: str, started: float, items: int, **more: float) -> None:
        self.clock[stage] = {"seconds": time.perf_counter() - started, "items": items, **more}


def _each(
    work: Any,
    batches: Sequence[list[str]],
    where: tuple[str, str],
    seconds: float,
    advance: Callable[[int], None],
) -> list[Any]:
    """Every batch worked on, results in order, a TimeoutError for one that took longer than `seconds`.

    A plain function (no Prefect) works on them one by one.
    """
    if not hasattr(work, "submit"):
        return [work(batch, *where) for batch in batches]
    limited = work.with_options(timeout_seconds=seconds)
    futures = [limited.submit(batch, *where) for batch in batches]
    size = {future.task_run_id: len(batch) for future, batch in zip(futures, batches, strict=True)}
    for future in as_completed(futures):
        advance(size[future.task_run_id])
    results = [future.result(raise_on_failure=False) for future in futures]
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, TimeoutError):
            raise result
    return results
