"""Schedules with a real Prefect server: what was missed while nothing was served makes one run."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from nijar_nlp import steps
from nijar_nlp.errors import ModelError
from tests.conftest import NIJAR, ROOT
from tests.rows import bare

TICKS = 72  # three days of hours
SECONDS = 400  # for the slowest machine
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited in vain for {what}")


def asked(url: str, content: dict[str, Any] | None = None) -> Any:
    """Prefect's answer; None while it does not answer."""
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return json.loads(answer.read())
    except OSError:
        return None


@pytest.fixture
def scheduled(project: Path) -> Path:
    """A project whose schedule has one hourly run over an empty folder."""
    shipped = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    entry = shipped["deployments"][0]
    entry["schedules"] = [{"cron": "0 * * * *", "timezone": "Africa/Bamako"}]
    (project / "empty").mkdir()
    entry["parameters"] = {"paths": [str(project / "empty")]}
    (project / "prefect.yaml").write_text(yaml.safe_dump({"deployments": [entry]}), encoding="utf-8")
    return project


@pytest.fixture
def environment(scheduled: Path) -> dict[str, str]:
    home = scheduled / "var" / "prefect"
    home.mkdir(parents=True)
    settings = {"PREFECT_HOME": str(home), "HOME": str(scheduled), "PREFECT_RUNNER_POLL_FREQUENCY": "2"}
    return {**os.environ, **settings}


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    url = f"http://127.0.0.1:{port}/api"
    try:
        until(lambda: asked(f"{url}/health") is not None, "the server")
        yield url
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def served(project: Path, environment: dict[str, str], url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [NIJAR, "schedule"],
        cwd=project,
        env={**environment, "PREFECT_API_URL": url},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
    os.killpg(process.pid, number)
    process.wait(60)


def runs(project: Path) -> list[str]:
    """The states of the store's runs."""
    try:
        with sqlite3.connect(f"file:{project / 'var' / 'nijar.sqlite3'}?mode=ro", uri=True) as database:
            return [state for (state,) in database.execute("select state from store_run")]
    except sqlite3.OperationalError:
        return []


def test_three_days_of_missed_ticks_make_one_run(
    scheduled: Path, environment: dict[str, str], server: str
) -> None:
    first = served(scheduled, environment, server)
    (deployment,) = until(lambda: asked(f"{server}/deployments/filter", {}), "the deployment")
    assert deployment["schedules"][0]["schedule"]["timezone"] == "Africa/Bamako"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    end(first)
    before = runs(scheduled)
    now = datetime.now(UTC)
    for hours in range(1, TICKS + 1):
        state = {
            "type": "SCHEDULED",
            "state_details": {"scheduled_time": (now - timedelta(hours=hours)).isoformat()},
        }
        url = f"{server}/deployments/{deployment['id']}/create_flow_run"
        late_run = until(lambda: asked(url, {"state": state}), "a late run")  # noqa: B023 - called at once
    leave_running(server, late_run["id"])
    second = served(scheduled, environment, server)
    try:
        until(lambda: "done" in runs(scheduled)[len(before) :], "a run")
        late = {
            "flow_runs": {
                "state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}},
                "expected_start_time": {"before_": datetime.now(UTC).isoformat()},
            }
        }
        until(lambda: asked(f"{server}/flow_runs/filter", late) == [], "the queue to be empty")
    finally:
        end(second, signal.SIGTERM)
    assert runs(scheduled)[len(before) :] == ["done"]
    assert asked(f"{server}/flow_runs/{late_run['id']}")["state_type"] == "CRASHED"


def leave_running(server: str, flow_run: str) -> None:
    """As a power cut leaves a run: nobody works on it, and it holds its deployment's only place."""
    for state in ("PENDING", "RUNNING"):
        answer = asked(f"{server}/flow_runs/{flow_run}/set_state", {"state": {"type": state}})
        assert answer["status"] == "ACCEPT", answer


def test_a_schedule_ends_with_its_server_and_says_so(scheduled: Path, environment: dict[str, str]) -> None:
    """A service manager starts it again; without its server no run would ever begin."""
    port = free_port()
    process = subprocess.Popen(
        [NIJAR, "schedule", "--port", str(port)],
        cwd=scheduled,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    until(lambda: asked(f"http://127.0.0.1:{port}/api/deployments/filter", {}), "the deployment")
    server = next(pid for pid in processes() if is_server(pid, process.pid))
    os.kill(server, signal.SIGKILL)
    try:
        assert process.wait(SECONDS) == 1
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    (log,) = (scheduled / "var" / "logs").iterdir()
    assert "schedule ended" in log.read_text(encoding="utf-8")


def processes() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def is_server(pid: int, parent: int) -> bool:
    """Whether a process is Prefect's server, begun by `parent`."""
    with contextlib.suppress(OSError):
        above = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        return above == parent and "server" in Path(f"/proc/{pid}/cmdline").read_text()
    return False


def test_a_run_a_backup_the_training_and_the_audit_go_by_themselves() -> None:
    assert {entry["entrypoint"] for entry in DEPLOYMENTS} == {
        f"flows/{name}.py:{flow}"
        for name, flow in (
            ("corpus_run", "corpus_run"),
            ("backup", "backup"),
            ("retrain", "retrain"),
            ("audit", "audit"),
        )
    }


@pytest.mark.parametrize("name", ["audit", "backup", "retrain"])
def test_a_flow_works_as_the_first_thing_in_a_project(project: Path, name: str) -> None:
    """Without Prefect, and without an encoder: a training fails for that, not for want of tables."""
    module = ModuleType(f"plain_{name}")
    source = bare((ROOT / "flows" / f"{name}.py").read_text(encoding="utf-8"))
    exec(source, module.__dict__)  # noqa: S102 - our own code
    settings = yaml.safe_load((project / "config.yaml").read_text(encoding="utf-8"))
    settings["tagger"]["encoder"] = "absent"
    settings["corpus"]["seed"] = "corpus/few"
    for folder, origin in {"few": "seed", "gold/passages": "gold/passages"}.items():
        lines = [file.read_text("utf-8") for file in sorted((ROOT / "corpus" / origin).glob("*.jsonl"))]
        (project / "corpus" / folder).mkdir(parents=True)
        some = "\n".join("".join(lines).splitlines()[::40]) + "\n"
        (project / "corpus" / folder / "some.jsonl").write_text(some, "utf-8")
    field = "corpus/gold/passages_field"
    (project / field).symlink_to(ROOT / field)
    (project / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    if name == "retrain":
        with pytest.raises(ModelError, match="absent"):
            module.retrain(str(project / "config.yaml"))
    elif name == "audit":
        assert module.audit(str(project / "config.yaml"))["passages"] == 0
    else:
        assert steps.check_backup(Path(module.backup(str(project / "config.yaml"))))["files"]
    assert (project / "var" / "nijar.sqlite3").is_file()
