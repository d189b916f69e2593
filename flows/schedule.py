"""The deployments of prefect.yaml served on this machine, with a Prefect server where none is running."""

import contextlib
import importlib.util
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from nijar_nlp import logs, prefect_server, steps
from nijar_nlp.config import load_config
from nijar_nlp.errors import ConfigError

log = logging.getLogger("nijar_nlp.schedule")

_GRACE_SECONDS = 5.0


def serve(project: Path, config_file: Path, port: int) -> None:
    """Serve until ended by a signal.

    Ticks that were missed while nothing was served, and a run that broke off with what served it, make one
    run at once, not one each. `port` is for the server that is started where PREFECT_API_URL names none;
    both end together, whichever ends first: where it is the server, somebody is told.
    """
    with _server(port, config_file):
        from prefect import serve as serve_deployments

        made = [_deployment(entry, project, config_file) for entry in _entries(project)]
        missed = [name for name in map(_full_name, made) if _clear_missed(name) + _end_broken_off(name)]
        for deployment in made:
            deployment.apply()
        for name in missed:
            _run_now(name)
        signal.signal(signal.SIGTERM, _interrupt)
        serve_deployments(*made, print_starting_message=False)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _entries(project: Path) -> Sequence[Mapping[str, Any]]:
    file = project / "prefect.yaml"
    try:
        entries = list(map(dict, yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"]))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(
            "There is no schedule", file, "It must list deployments.", "Restore the shipped prefect.yaml."
        ) from error
    return entries


def _deployment(entry: Mapping[str, Any], project: Path, config_file: Path) -> Any:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig
    from prefect.client.schemas.schedules import CronSchedule

    file, _, function = entry["entrypoint"].partition(":")
    deployment = getattr(_module(project / file), function).to_deployment(
        name=entry["name"],
        description=entry["description"],
        parameters={**entry["parameters"], "config_file": str(config_file)},
        schedules=[CronSchedule(cron=s["cron"], timezone=s["timezone"]) for s in entry["schedules"]],
        concurrency_limit=ConcurrencyLimitConfig(**entry["concurrency_limit"]),
    )
    deployment.entrypoint = f"{project / file}:{function}"
    return deployment


def _module(file: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"flows.{file.stem}", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise ConfigError("There is no such flow", file, "prefect.yaml names it.", "Mend its entrypoint.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _full_name(deployment: Any) -> str:
    return f"{deployment.flow_name}/{deployment.name}"


def _clear_missed(name: str) -> int:
    """Delete the runs of a deployment whose time is past and that nobody began; how many there were."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilterExpectedStartTime
    from prefect.client.schemas.objects import StateType

    past = FlowRunFilterExpectedStartTime.model_validate({"before_": datetime.now(UTC)})
    count = 0
    with get_client(sync_client=True) as client:
        while runs := _runs(client, name, StateType.SCHEDULED, expected_start_time=past):
            for run in runs:
                client.delete_flow_run(run.id)
            count += len(runs)
    return count


def _end_broken_off(name: str) -> int:
    """End the runs of a deployment that a power cut left as running; how many there were.

    Nothing else would: such a run keeps its deployment's only place, and each later tick is cancelled.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed

    under_way = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)
    with get_client(sync_client=True) as client:
        runs = _runs(client, name, *under_way)
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message="It broke off with its schedule."), force=True)
    return len(runs)


def _runs(client: Any, name: str, *states: Any, **more: Any) -> list[Any]:
    """At most 200 runs of a deployment in one of these states; none where there is no such deployment."""
    from prefect.client.schemas.filters import (
        DeploymentFilter,
        DeploymentFilterId,
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.exceptions import ObjectNotFound

    try:
        deployment = client.read_deployment_by_name(name)
    except ObjectNotFound:
        return []
    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))), **more)
    own = DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))
    return list(client.read_flow_runs(flow_run_filter=wanted, deployment_filter=own, limit=200))


def _run_now(name: str) -> None:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(client.read_deployment_by_name(name).id)


@contextlib.contextmanager
def _server(port: int, config_file: Path) -> Iterator[None]:
    """A Prefect server on the loopback interface for as long as the block, unless one is named.

    ConfigError where one that is named does not answer, or ours ended before the block did.
    """
    if os.environ.get("PREFECT_API_URL"):
        prefect_server.must_answer()
        yield
        return
    _check_free(port)
    url = f"http://127.0.0.1:{port}/api"
    process = prefect_server.begin_lasting(port)
    prefect_server.wait(process, url)
    prefect_server.tell(url)
    ours = threading.Event()
    threading.Thread(target=_end_with_server, args=(process, ours, config_file), daemon=True).start()
    try:
        yield
    finally:  # also where Prefect, told to end, ends as if all were well
        if process.poll() is not None:
            raise ConfigError(
                "The schedule ended", url, "Prefect's server ended below it.", "Start it again."
            )
        ours.set()


def _end_with_server(process: "subprocess.Popen[bytes]", ours: threading.Event, config_file: Path) -> None:
    """Once the server is no more, say so and end this process: without it no run would ever begin."""
    process.wait()
    if ours.is_set():
        return
    config = load_config(config_file)
    logs.start(config.path(config.run.log))
    log.error("schedule ended", extra={"problem": "Prefect's server ended."})
    steps.alert_failed(config, "The schedule", "Prefect's server ended.")
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ConfigError(
                "The schedule was not started", f"port {port}", "Another program uses it.", "Give --port."
            ) from error
