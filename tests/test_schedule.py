"""Schedules with a real Prefect server: what a power cut broke off and what was missed make one run."""

import contextlib
import json
import os
import shutil
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
from tests.conftest import NIJAR, ROOT, SAMPLE
from tests.operations.conftest import FILES, carry, made
from tests.processes import children
from tests.rows import bare, opened, rows

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


@pytest.fixture
def scheduled(project: Path) -> Path:
    """A project whose schedule has one hourly run over three documents."""
    shipped = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    entry = shipped["deployments"][0]
    entry["schedules"] = [{"cron": "0 * * * *", "timezone": "Africa/Bamako"}]
    (project / "corpus" / "inbox").mkdir()
    for name in FILES:
        shutil.copy(SAMPLE / name, project / "corpus" / "inbox")
    entry["parameters"] = {"paths": [str(project / "corpus" / "inbox")]}
    (project / "prefect.yaml").write_text(yaml.safe_dump({"deployments": [entry]}), encoding="utf-8")
    return project


class Machine:
    """The processes of a project: a Prefect server, the schedule, and what they begin."""

    def __init__(self, project: Path) -> None:
        self.project, self.port = project, free_port()
        self.url = f"http://127.0.0.1:{self.port}/api"
        home = project / "var" / "prefect"
        home.mkdir(parents=True)
        self.settings = {
            "PREFECT_HOME": str(home),
            "HOME": str(project),
            "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        }
        self.begun: list[subprocess.Popen[bytes]] = []

    def begin(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            cwd=self.project,
            env={**os.environ, **self.settings, **more},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.begun.append(process)
        return process

    def begin_server(self) -> None:
        where = ["--host", "127.0.0.1", "--port", str(self.port)]
        self.begin(sys.executable, "-m", "prefect", "server", "start", *where)
        until(lambda: self.asked("health") is not None, "the server")

    def begin_schedule(self) -> subprocess.Popen[bytes]:
        return self.begin(NIJAR, "schedule", PREFECT_API_URL=self.url)

    def asked(self, path: str, content: dict[str, Any] | None = None) -> Any:
        """Prefect's answer; None while it does not answer."""
        data = None if content is None else json.dumps(content).encode()
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/{path}", data, kind)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return json.loads(answer.read())
        except OSError:
            return None

    def cut_power(self) -> None:
        """Kill every process at once: the schedule, its run, the run's readers, the server."""
        home = f"PREFECT_HOME={self.settings['PREFECT_HOME']}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if home in (folder / "environ").read_bytes().split(b"\0"):
                    os.kill(int(folder.name), signal.SIGKILL)
        for process in self.begun:
            process.wait()


@pytest.fixture
def machine(scheduled: Path) -> Iterator[Machine]:
    """A machine on which nothing of the project is left at the end."""
    machine = Machine(scheduled)
    yield machine
    machine.cut_power()


def listed(project: Path, query: str) -> list[Any]:
    """The values that the store gives; none before it has its tables."""
    try:
        with opened(f"file:{project / 'var' / 'nijar.sqlite3'}?mode=ro") as database:
            return [value for (value,) in database.execute(query)]
    except sqlite3.OperationalError:
        return []


def runs(project: Path) -> list[str]:
    """The states of the store's runs, the first one first."""
    return listed(project, "select state from store_run order by started_at")


def test_after_a_power_cut_three_days_of_missed_ticks_are_one_run_to_the_same_rows(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = machine.project
    machine.begin_server()
    machine.begin_schedule()
    (deployment,) = until(lambda: machine.asked("deployments/filter", {}), "the deployment")
    assert deployment["schedules"][0]["schedule"]["timezone"] == "Africa/Bamako"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    create = f"deployments/{deployment['id']}/create_flow_run"
    broken = machine.asked(create, {"state": {"type": "SCHEDULED"}})
    until(lambda: listed(project, "select name from store_stage"), "a document")
    machine.cut_power()
    assert runs(project) == ["running"]
    machine.begin_server()
    assert machine.asked(f"flow_runs/{broken['id']}")["state_type"] == "RUNNING"  # and holds its place
    miss_ticks(machine, create)
    schedule = machine.begin_schedule()
    until(lambda: "done" in runs(project), "a run")
    late = {
        "flow_runs": {
            "state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}},
            "expected_start_time": {"before_": datetime.now(UTC).isoformat()},
        }
    }
    until(lambda: machine.asked("flow_runs/filter", late) == [], "the queue to be empty")
    schedule.terminate()
    schedule.wait(60)
    assert runs(project) == ["broken_off", "done"]
    assert machine.asked(f"flow_runs/{broken['id']}")["state_type"] == "CRASHED"
    alone = made(tmp_path_factory.mktemp("alone"))
    with steps.ready(alone.file):
        carry(alone)
    assert rows(project) == rows(alone.root)


def miss_ticks(machine: Machine, create: str) -> None:
    """Have a deployment wait for the runs of three days."""
    now = datetime.now(UTC)
    for hours in range(1, TICKS + 1):
        moment = (now - timedelta(hours=hours)).isoformat()
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": moment}}
        until(lambda: machine.asked(create, {"state": state}), "a late run")  # noqa: B023 - called at once


def test_a_schedule_ends_with_its_server_and_says_so(machine: Machine) -> None:
    """A service manager starts it again; without its server no run would ever begin."""
    process = served(machine)
    services = machine.asked("admin/settings")["server"]["services"]
    assert sorted(services["db_vacuum"]["enabled"]) == ["events", "flow_runs"]
    waiting = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    until(lambda: machine.asked("flow_runs/filter", waiting), "the next ticks")
    (server,) = children(process.pid, "server")
    os.kill(server, signal.SIGKILL)
    assert process.wait(SECONDS) == 1
    (log,) = (machine.project / "var" / "logs").iterdir()
    assert "schedule ended" in log.read_text(encoding="utf-8")


def served(machine: Machine) -> subprocess.Popen[bytes]:
    """A schedule with a server of its own, once it asks for runs."""
    as_in_a_terminal = ("env", "--default-signal=INT")  # whoever runs the tests may have it ignored
    process = machine.begin(*as_in_a_terminal, NIJAR, "schedule", "--port", str(machine.port))
    until(lambda: [d for d in machine.asked("deployments/filter", {}) or [] if d["last_polled"]], "serving")
    return process


def test_a_schedule_ended_from_the_keyboard_takes_its_server_along_and_nothing_failed(
    machine: Machine,
) -> None:
    process = served(machine)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all that it began
    assert process.wait(SECONDS) == 0
    assert machine.asked("health") is None
    assert not (machine.project / "var" / "logs").exists()


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
