"""Alerts over real connections: a webhook and a mail server of the test's own take them."""

import errno
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import OperationalError

from nijar_nlp import steps
from nijar_nlp.config import Config, load_config
from nijar_nlp.errors import StoreError
from nijar_nlp.steps import alerting
from nijar_nlp.store import runs

SECRET = "the mediator's own words"


class Server(socketserver.ThreadingTCPServer):
    """A server that keeps what it was told."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, handler: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.told: list[str] = []

    @property
    def address(self) -> str:
        host, port = self.server_address[:2]
        return f"{host}:{port}"


class Webhook(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append(body)
        if "garbage" in self.path:
            self.wfile.write(b"no answer that HTTP knows\r\n")
            return
        self.send_response(500 if "refuse" in self.path else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a message needs."""

    server: Server

    def handle(self) -> None:
        self.answer("220 ready")
        while line := self.rfile.readline().decode().strip().upper():
            if line == "DATA":
                self.answer("354 go on")
                self.server.told.append(self.message())
            self.answer("221 bye" if line == "QUIT" else "250 yes")
            if line == "QUIT":
                return

    def message(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def answer(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler]) -> Iterator[Server]:
    with Server(handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def webhook() -> Iterator[Server]:
    with serving(Webhook) as server:
        yield server


@pytest.fixture
def mail() -> Iterator[Server]:
    with serving(Mail) as server:
        yield server


def configured(project: Path, **alerts: Any) -> Config:
    values = yaml.safe_load((project / "config.yaml").read_text(encoding="utf-8"))
    values["alerts"].update(alerts)
    (project / "config.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    return load_config(project / "config.yaml")


def test_a_failed_run_is_told_by_webhook_and_by_mail_without_its_words(
    project: Path, webhook: Server, mail: Server
) -> None:
    config = configured(
        project, webhook=f"http://{webhook.address}/told", email="keeper@example.org", smtp=mail.address
    )
    with pytest.raises(ValueError, match=SECRET), steps.sole_run(config.file, None, [], None):
        raise ValueError(SECRET)
    (posted,), (message,) = webhook.told, mail.told
    said = json.loads(posted)
    assert said["subject"] == "The run failed"
    assert said["reason"].startswith("ValueError at tests.test_alerts:")
    assert "Subject: nijar: The run failed" in message
    assert "To: keeper@example.org" in message
    assert said["reason"] in message
    assert SECRET not in posted + message


def test_an_alert_that_nobody_takes_is_a_line_in_the_log(project: Path, webhook: Server) -> None:
    with serving(Mail) as gone:
        smtp = gone.address
    config = configured(
        project, webhook=f"http://{webhook.address}/refuse", email="keeper@example.org", smtp=smtp
    )
    with pytest.raises(StoreError), steps.opened(config.file), steps.telling("The backup", config):
        raise StoreError("The backup was not made", "a folder", "It is full.", "Make room.")
    (line,) = [*(project / "var" / "logs").glob("*.jsonl")]
    problems = [json.loads(one)["problem"] for one in line.read_text(encoding="utf-8").splitlines()]
    assert problems == ["webhook: HTTPError", "e-mail: ConnectionRefusedError"]


def test_a_webhook_that_answers_nonsense_ends_no_run(project: Path, webhook: Server) -> None:
    config = configured(project, webhook=f"http://{webhook.address}/garbage", free_gb=10**9)
    with steps.sole_run(config.file, None, [], None) as run_id:
        assert run_id is not None
        steps.end_run(run_id, {"files": {"read": 1, "known": 0, "failed": 0}, "pages": 1}, config)
        assert [run.state for run in runs.latest(1)] == ["done"]


def test_a_database_that_is_not_there_at_the_tick_is_told(project: Path, webhook: Server) -> None:
    with serving(Mail) as gone:
        nowhere = gone.address
    config = configured(project, webhook=f"http://{webhook.address}/told")
    address = f"postgres://nijar@{nowhere}/nijar"
    with pytest.raises(OperationalError), steps.sole_run(config.file, address, [], datetime.now(UTC)):
        pass
    (posted,) = webhook.told
    assert json.loads(posted)["subject"] == "The run failed"
    assert "Connection refused" in json.loads(posted)["reason"]


def test_a_run_that_was_killed_is_told_at_the_next_one(project: Path, webhook: Server) -> None:
    config = configured(project, webhook=f"http://{webhook.address}/told")
    with steps.ready(config.file):
        runs.progress(runs.start([]), {"stage": "tag"})
    with steps.sole_run(config.file, None, [], None):
        assert [run.state for run in runs.latest(2)] == ["running", "broken_off"]
    (posted,) = webhook.told
    assert json.loads(posted)["subject"] == "The run before failed"
    assert "stage tag" in json.loads(posted)["reason"]


def test_what_the_system_said_is_told(project: Path, webhook: Server) -> None:
    config = configured(project, webhook=f"http://{webhook.address}/told")
    with pytest.raises(OSError, match="space"), steps.sole_run(config.file, None, [], None):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert json.loads(webhook.told[0])["reason"].endswith(": No space left on device")


def test_more_failed_files_than_usual_and_a_full_disk_are_told(project: Path, webhook: Server) -> None:
    config = configured(project, webhook=f"http://{webhook.address}/told", free_gb=10**9)
    usual = {"files": {"read": 19, "known": 0, "failed": 1}}
    with steps.ready(config.file):
        runs.end(runs.start([]), usual, "done")
        alerting.alert_after(config, usual)
        alerting.alert_after(config, {"files": {"read": 5, "known": 0, "failed": 5}})
    told = [json.loads(body) for body in webhook.told]
    assert [one["subject"] for one in told] == [
        "the disk fills up",
        "more files failed than usual",
        "the disk fills up",
    ]
    assert told[0]["place"] == "store.database"
    assert (told[1]["failed_share"], told[1]["usual_share"]) == (0.5, 0.05)
