"""A served review room over a filled store, and Chromium to look at it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from nijar_nlp.store.connection import connect, disconnect, migrate
from tests.conftest import NIJAR, link_project
from tests.review_room import PASSWORD, fill

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]
WAIT_MS = 60_000  # a busy machine is slow, and that is not what is tested
expect.set_options(timeout=WAIT_MS)


class Room(NamedTuple):
    """A running review room: its address, its project folder, the link it printed, and its process."""

    address: str
    folder: Path
    printed: str
    process: int

    @property
    def database(self) -> Path:
        return self.folder / "var" / "nijar.sqlite3"


def serve(folder: Path) -> Iterator[Room]:
    """`nijar review` on a free port, as a user starts it."""
    command = [NIJAR, "review", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        printed = process.stdout.readline()
        found = re.search(r"http://[\d.]+:\d+", printed)
        assert found, printed
        yield Room(found[0], folder, printed.split()[-1], process.pid)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope="package")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room with candidates and people."""
    folder = tmp_path_factory.mktemp("room")
    link_project(folder)
    connect(f"sqlite:///{folder / 'var' / 'nijar.sqlite3'}")
    migrate()
    fill(folder)
    disconnect()
    yield from serve(folder)


@pytest.fixture(scope="package")
def empty_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room as on a fresh machine."""
    folder = tmp_path_factory.mktemp("fresh")
    link_project(folder)
    yield from serve(folder)


@pytest.fixture(scope="package")
def browser(room: Room) -> Iterator[Browser]:
    """Debian's Chromium; the store is filled before it starts, as Django and its event loop do not mix."""
    if CHROMIUM is None:
        pytest.skip("These tests need a browser: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def visit(browser: Browser, room: Room, name: str = "") -> Page:
    """A page of a new visitor, signed in where named; what the page complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on("console", lambda m: complaints.append(m.text) if "Content Security" in m.text else None)
    if name:
        sign_in(page, room, name)
    return page


def sign_in(page: Page, room: Room, name: str) -> None:
    """Sign in, up to the queue."""
    page.goto(f"{room.address}/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue/")


complaints: list[str] = []


@pytest.fixture(autouse=True)
def no_complaint() -> Iterator[None]:
    """The content-security policy was never broken."""
    complaints.clear()
    yield
    assert complaints == []
