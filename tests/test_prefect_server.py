"""A run's own Prefect server: reached past a proxy, and gone with the run however that ends."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from nijar_nlp import prefect_server
from tests.conftest import NIJAR, ROOT

SECONDS = 60
RUN = """
import os, signal
from nijar_nlp import prefect_server
wait = prefect_server.begin()
wait()
print(os.environ["PREFECT_API_URL"], flush=True)
signal.pause()
"""


def answers(url: str) -> bool:
    ours = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with ours.open(f"{url}/health", timeout=5):
            return True
    except OSError:
        return False


def test_a_server_behind_a_proxy_is_reached_and_ends_with_a_run_that_was_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path), "http_proxy": "http://127.0.0.1:9"}
    with subprocess.Popen(
        [sys.executable, "-c", RUN], env=environment, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        url = run.stdout.readline().strip()
        run.send_signal(signal.SIGKILL)
    assert url.startswith("http://127.0.0.1:")
    deadline = time.monotonic() + SECONDS
    while answers(url):
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("spared", "then"),
    [("", "127.0.0.1"), ("a.org", "a.org,127.0.0.1"), ("127.0.0.1,a.org", "127.0.0.1,a.org"), ("*", "*")],
)
def test_no_proxy_stands_before_a_server_of_this_machine(
    spared: str, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("no_proxy", spared)
    prefect_server.tell("http://127.0.0.1:4200/api")
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert os.environ["no_proxy"] == then


@pytest.mark.parametrize("command", [("run", "corpus/inbox"), ("schedule",)])
def test_a_server_that_is_named_and_does_not_answer_is_told_in_one_line(
    project: Path, command: tuple[str, ...]
) -> None:
    (project / "corpus" / "inbox").mkdir()
    shutil.copy(ROOT / "prefect.yaml", project)
    environment = {**os.environ, "PREFECT_HOME": str(project), "PREFECT_API_URL": "http://127.0.0.1:9/api"}
    done = subprocess.run([NIJAR, *command], cwd=project, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        "nijar: Prefect's server does not answer: http://127.0.0.1:9"
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("address", "here"),
    [("tcp://127.0.0.1:8786", True), ("localhost:8786", True), ("tcp://machine:8786", False), ("", False)],
)
def test_which_scheduler_is_on_this_machine(address: str, here: bool) -> None:
    assert prefect_server.is_here(address) is here
