"""The fault table: whatever breaks a run, the next one ends in the rows of an unbroken run.

Runs are forked from one process that has loaded models and registers, and carry the flow without Prefect.
"""

import errno
import importlib.util
import os
import resource
import shutil
import signal
import sqlite3
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError

from nijar_nlp import steps
from nijar_nlp.pdf import bounded
from nijar_nlp.steps import finding, reading
from nijar_nlp.store import candidates, connection, documents, findings
from nijar_nlp.tagger import Tagger
from tests.conftest import ROOT, SAMPLE, link_project
from tests.rows import bare, opened, rows

FILES = (
    "2010-09-24_depeche-des-dunes_dialogue-prison.pdf",
    "2017-05-07_sahel-wire_chibok-eighty-two.pdf",
    "2020-10-09_sahel-wire_mali-captives-freed.pdf",
)
OTHER = "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf"
STAGES = ("read", "tag", "annotate", "group")
# By stage, the function that computes and the one that writes, as the step calls them.
COMPUTES = {
    "read": (reading, "extract"),
    "tag": (Tagger, "tag"),
    "annotate": (finding.findings, "tagged_passages"),
    "group": (findings, "evidence"),
}
WRITES = {
    "read": (documents, "save_reading"),
    "tag": (findings, "save_taggings"),
    "annotate": (findings, "save_annotations"),
    "group": (candidates, "save_candidates"),
}
Fault = Callable[[Path], None]


class Project:
    """A folder with a store as it is before a stage, and the plain flow over it."""

    def __init__(self, folder: Path, flow: ModuleType) -> None:
        self.folder, self.flow = folder, flow

    def run(self, fault: Fault | None = None) -> int:
        """Run in a forked process, with a fault; its exit status, negative where a signal ended it."""
        pool = bounded._Worker._pool
        for worker in [worker for worker in pool if worker._process.poll() is not None]:
            pool.remove(worker)
            worker.end()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside idle threads
            child = os.fork()
        if child == 0:
            status = 3
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
                adopt(pool)
                if fault is not None:
                    fault(self.folder)
                self.carry()
                status = 0
            except BaseException as error:
                (self.folder / "error").write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
                status = 1
            finally:
                os._exit(status)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def carry(self) -> dict[str, Any]:
        database = f"sqlite:///{self.folder / 'var' / 'nijar.sqlite3'}"
        return dict(
            self.flow.corpus_run([str(self.folder / "few")], str(self.folder / "config.yaml"), database)
        )


def adopt(pool: list[Any]) -> None:
    """Take the reading processes of the parent, which is what makes a run short: only one has to start."""
    for worker in pool:
        worker._owner = os.getpid()
        worker._process.poll = lambda: None


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    file = tmp_path_factory.mktemp("plain") / "flows" / "plain_corpus_run.py"
    file.parent.mkdir()
    file.write_text(bare((ROOT / "flows" / "corpus_run.py").read_text(encoding="utf-8")), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("plain_corpus_run", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    # drawing charts needs threads, which a fork does not take along
    module.report = SimpleNamespace(write=lambda folder, data: folder, markdown=str)  # type: ignore[attr-defined]
    return module


@pytest.fixture(scope="module")
def unbroken(flow: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project after an unbroken run; `before-STAGE` are its stores on the way."""
    folder = tmp_path_factory.mktemp("unbroken")
    link_project(folder)
    (folder / "few").mkdir()
    for name in FILES:
        shutil.copy(SAMPLE / name, folder / "few")
    project = Project(folder, flow)

    def kept(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def first_keep(*arguments: Any, **options: Any) -> Any:
            target = folder / f"before-{stage}.sqlite3"
            if not target.exists():
                with (
                    opened(folder / "var" / "nijar.sqlite3") as live,
                    opened(target) as copy,
                ):
                    live.backup(copy)
            return work(*arguments, **options)

        return first_keep

    with pytest.MonkeyPatch.context() as patch:
        for stage, (room, name) in COMPUTES.items():
            patch.setattr(room, name, kept(stage, getattr(room, name)))
        project.carry()
    return folder


@pytest.fixture
def project(unbroken: Path, flow: ModuleType, tmp_path: Path) -> Callable[[str], Project]:
    """A project in which a stage is the next one."""

    def before(stage: str) -> Project:
        folder = tmp_path / "project"
        shutil.copytree(unbroken, folder, symlinks=True, ignore=shutil.ignore_patterns("var", "before-*"))
        (folder / "var").mkdir()
        database = folder / "var" / "nijar.sqlite3"
        shutil.copy(unbroken / f"before-{stage}.sqlite3", database)
        with opened(database) as copy:
            copy.execute("update store_source set path = replace(path, ?, ?)", (str(unbroken), str(folder)))
            copy.execute("delete from store_run")
            copy.execute("delete from store_attempt")
        return Project(folder, flow)

    return before


def at(which: tuple[Any, str], happens: Callable[[], None], call: int = 2, after: bool = False) -> None:
    """Have something happen at the n-th call of a function (the first of those that are called once)."""
    room, name = which
    work = getattr(room, name)
    calls = 0

    def wrapped(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            happens()
        result = work(*arguments, **options)
        if calls == call and after:
            happens()
        return result

    setattr(room, name, wrapped)


def raises(error: BaseException) -> Callable[[], None]:
    def happens() -> None:
        raise error

    return happens


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# What happens, where (computing or writing), and how the run ends: 0 done, 1 failed, -9 killed.
FAULTS: dict[str, tuple[Callable[[], None], dict[str, tuple[Any, str]], int | None]] = {
    "killed before it computes": (killed, COMPUTES, -9),
    "killed before it writes": (killed, WRITES, -9),
    "an exception of ours": (raises(RuntimeError("words")), COMPUTES, None),
    "a time-out": (raises(TimeoutError()), COMPUTES, 1),
    "out of memory": (raises(MemoryError()), COMPUTES, None),
    "disk full": (raises(OSError(errno.ENOSPC, "No space left on device")), WRITES, 1),
    "database locked": (raises(OperationalError("database is locked")), WRITES, 1),
    "ended at the keyboard": (raises(KeyboardInterrupt()), WRITES, 1),
}
# What `nijar status` shows of the broken run: its state, and in words why.
SEEN = {
    "killed before it computes": ("broken_off", ""),
    "killed before it writes": ("broken_off", ""),
    "an exception of ours": ("failed", "RuntimeError at "),
    "a time-out": ("failed", "TimeoutError at "),
    "out of memory": ("failed", "MemoryError at "),
    "disk full": ("failed", ": No space left on device"),
    "database locked": ("failed", ": database is locked"),
    "ended at the keyboard": ("broken_off", "ended from outside: KeyboardInterrupt."),
}


def seen(folder: Path) -> tuple[str, str]:
    """The state and the reason of the first run, as `nijar status` shows them."""
    with steps.opened(folder / "config.yaml") as config:
        first = steps.status(config)["runs"][-1]
    return first["state"], first["reason"]


def waits_with(folder: Path) -> list[str]:
    """The reasons that the store keeps of broken attempts."""
    with opened(folder / "var" / "nijar.sqlite3") as database:
        return [reason for (reason,) in database.execute("select reason from store_attempt")]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", FAULTS)
def test_the_next_run_ends_in_the_same_rows(
    name: str, stage: str, project: Callable[[str], Project], unbroken: Path
) -> None:
    happens, where, ends = FAULTS[name]
    broken = project(stage)
    call = 1 if stage == "group" else 2
    status = broken.run(lambda _: at(where[stage], happens, call))
    # a fault of ours in one document ends no run; in the grouping it does
    assert status == (ends if ends is not None else 1 if stage == "group" else 0)
    state, reason = seen(broken.folder)
    if status == 0:
        error = SEEN[name][1].removesuffix(" at ")
        assert (state, waits_with(broken.folder)) == ("done", [f"{error} in stage {stage}."])
    else:
        assert state == SEEN[name][0]
        assert SEEN[name][1] in reason
    assert "words" not in reason
    assert broken.run() == 0
    assert rows(broken.folder) == rows(unbroken)


def truncated(folder: Path) -> None:
    def happens() -> None:
        os.truncate(folder / "few" / FILES[0], 1000)

    at((reading, "extract"), happens, call=1, after=True)


def replaced(folder: Path) -> None:
    def happens() -> None:
        shutil.copy(SAMPLE / OTHER, folder / "few" / FILES[0])

    at((reading, "extract"), happens, call=1)


def vanished(folder: Path) -> None:
    at((reading, "extract"), (folder / "few" / FILES[0]).unlink, call=1)


def reader_killed(_: Path) -> None:
    """The reading process of the first file dies by a signal, as the kernel ends it for want of memory."""
    work = bounded._Worker.run
    seen: list[int] = []

    def run(self: Any, *arguments: Any) -> Any:
        if not seen:
            self._process.kill()
        seen.append(1)
        return work(self, *arguments)

    bounded._Worker.run = run  # type: ignore[method-assign]


@pytest.mark.parametrize("fault", [truncated, replaced, vanished, reader_killed])
def test_a_file_that_changes_below_its_reader(
    fault: Fault, project: Callable[[str], Project], unbroken: Path
) -> None:
    broken = project("read")
    assert broken.run(fault) == 0
    assert rows(broken.folder) != rows(unbroken)
    shutil.copy(SAMPLE / FILES[0], broken.folder / "few")
    assert broken.run() == 0
    assert rows(broken.folder) == rows(unbroken)


def no_room(folder: Path) -> None:
    """A disk that really takes no more: files may not grow past this."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = (folder / "var" / "nijar.sqlite3").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, resource.RLIM_INFINITY))


def locked_by_another(folder: Path) -> None:
    """Another program really holds the database."""
    connection.SQLITE_OPTIONS["timeout"] = 0.1
    other = sqlite3.connect(folder / "var" / "nijar.sqlite3", isolation_level=None)
    at(WRITES["tag"], lambda: other.execute("begin exclusive") and None, call=1)


def gone(folder: Path) -> None:
    """The database is moved away below the run, with its journal."""
    database = folder / "var" / "nijar.sqlite3"

    def happens() -> None:
        from nijar_nlp.store.connection import disconnect

        disconnect()
        for file in database.parent.glob("nijar.sqlite3*"):
            file.rename(folder / file.name.replace("nijar", "kept", 1))

    at(COMPUTES["tag"], happens, call=1)


@pytest.mark.parametrize("fault", [no_room, locked_by_another, gone])
def test_a_database_that_really_fails(
    fault: Fault, project: Callable[[str], Project], unbroken: Path
) -> None:
    broken = project("tag")
    assert broken.run(fault) == 1
    if fault is gone:
        for left in (broken.folder / "var").glob("nijar.sqlite3*"):
            left.unlink()
        for file in broken.folder.glob("kept.sqlite3*"):
            file.rename(broken.folder / "var" / file.name.replace("kept", "nijar", 1))
    assert broken.run() == 0
    assert rows(broken.folder) == rows(unbroken)


def test_two_runs_at_once(project: Callable[[str], Project], unbroken: Path) -> None:
    one = project("tag")
    with steps.opened(one.folder / "config.yaml"), steps.sole_run(one.folder / "config.yaml", None, [], None):
        assert one.run() == 1
    assert "another one is under way" in (one.folder / "error").read_text(encoding="utf-8")
    assert one.run() == 0
    assert rows(one.folder) == rows(unbroken)


def test_a_clock_that_jumped_ahead_holds_no_tick_up(project: Callable[[str], Project]) -> None:
    from datetime import UTC, datetime

    one = project("group")
    with opened(one.folder / "var" / "nijar.sqlite3") as database:
        database.execute(
            "insert into store_run (id, started_at, ended_at, state, reason, paths, summary) "
            "values (?, '2099-01-01', '2099-01-01', 'done', '', '[]', '{}')",
            ("a" * 32,),
        )
    config = one.folder / "config.yaml"
    with steps.sole_run(config, None, [], datetime.now(UTC)) as run_id:
        assert run_id is not None
