"""The review room in several processes, as a team serves it: each decision is there once."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from nijar_nlp.store import candidates, models
from nijar_nlp.store.connection import connect, disconnect, migrate
from tests import postgres
from tests.conftest import ROOT, link_project
from tests.review_room import PASSWORD, fill

PROCESSES = 2


class Served(NamedTuple):
    """A room's address and the processes that answer there."""

    address: str
    processes: list[int]


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a filled store; the project's folder is the test's."""
    link_project(tmp_path)
    with ExitStack() as servers:
        address = f"sqlite:///{tmp_path / 'nijar.sqlite3'}"
        if request.param == "postgres":
            if postgres.programs() is None:
                pytest.skip("PostgreSQL's server is not installed")
            address = servers.enter_context(postgres.served()).address
        connect(address)
        migrate()
        fill(tmp_path)
        yield address
        disconnect()


@pytest.fixture
def served(database: str, tmp_path: Path) -> Iterator[Served]:
    """gunicorn over the filled store, with the words of docs/serving.md but for the address."""
    told = re.search(r"gunicorn (.*?) --bind \S+ (\S+)", (ROOT / "docs" / "serving.md").read_text("utf-8"))
    assert told
    command = [str(Path(sys.executable).parent / "gunicorn"), *told[1].split()]
    command[command.index("--workers") + 1] = str(PROCESSES)
    environment = os.environ | {
        "NIJAR_CONFIG": str(tmp_path / "config.yaml"),
        "NIJAR_DATABASE": database,
    }
    server = subprocess.Popen(
        [*command, "--bind", "127.0.0.1:0", told[2]],
        cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stderr
    try:
        address, processes = "", []
        for line in server.stderr:
            address = found[0] if (found := re.search(r"http://127\S+", line)) else address
            processes += [int(pid) for pid in re.findall(r"Booting worker with pid: (\d+)", line)]
            if len(processes) == PROCESSES:
                break
        yield Served(address, processes)
    finally:
        server.terminate()
        server.communicate()


def field(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text[page.text.find('<form id="verdict"') :])
    assert found, name
    return found[1]


def signed_in(address: str, name: str) -> httpx.Client:
    """A visitor with an open session; a connection each time, so that either process answers."""
    limits = httpx.Limits(max_keepalive_connections=0)
    visitor = httpx.Client(base_url=address, limits=limits, timeout=60, follow_redirects=True)
    door = visitor.get("/sign-in/")
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', door.text)[-1]
    sent = {"csrfmiddlewaretoken": token, "username": name, "password": PASSWORD}
    assert visitor.post("/sign-in/", data=sent).url.path == "/queue/"
    return visitor


def decide(visitor: httpx.Client, candidate: str) -> None:
    """Open a candidate and decide; where the connection breaks, send the same again."""
    page = visitor.get(f"/candidates/{candidate}/")
    names = ("csrfmiddlewaretoken", "token", "seen", "shown")
    form = {**{name: field(page, name) for name in names}, "kind": "not_a_case"}
    for _ in range(3):
        try:
            answer = visitor.post(f"/candidates/{candidate}/decide/", data=form)
            break
        except httpx.TransportError:
            continue
    assert answer.status_code == 200


def test_several_processes_record_each_decision_once_though_one_is_killed(served: Served) -> None:
    ids = [one.id for one in candidates.candidates()][:4]
    visitors = {name: signed_in(served.address, name) for name in ("amina", "brahim")}
    os.kill(served.processes[0], signal.SIGKILL)
    with ThreadPoolExecutor(4) as hands:
        sent = [hands.submit(decide, visitor, one) for one in ids for visitor in visitors.values()]
        assert all(hand.result() is None for hand in sent)
    made = models.Decision.objects.values_list("by__username", "subject_id")
    assert sorted(made) == sorted((name, one) for name in visitors for one in ids)
    for visitor in visitors.values():
        visitor.close()
