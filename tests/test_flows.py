"""The corpus run, as a user starts it: whole, twice, killed in the middle, and without Prefect."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from nijar_nlp.pdf import EXTRACTOR
from tests.conftest import NIJAR, ROOT, SAMPLE, letters, link_project, truth
from tests.processes import children
from tests.rows import bare, opened, rows


def environment(project: Path) -> dict[str, str]:
    """A home of its own, as on a fresh machine."""
    return {**os.environ, "HOME": str(project)}


def nijar(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NIJAR, *arguments],
        cwd=project,
        env={**environment(project), **more},
        capture_output=True,
        text=True,
        timeout=600,
    )


def run(project: Path, *arguments: str, **more: str) -> dict[str, Any]:
    done = nijar(project, "run", *arguments, "--json", **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def count(project: Path, stage: str) -> int:
    file = project / "var" / "nijar.sqlite3"
    try:
        with opened(f"file:{file}?mode=ro") as database:
            query = "select count(*) from store_stage where name = ?"
            return int(database.execute(query, (stage,)).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def begun_until(project: Path, stage: str, documents: int, **more: str) -> subprocess.Popen[bytes]:
    """A run under way, in which `documents` are done by `stage`; what it says is in the file `said`."""
    with (project / "said").open("wb") as said:
        process = subprocess.Popen(
            [NIJAR, "run", str(project / "few")],
            cwd=project,
            env={**environment(project), **more},
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
    deadline = time.monotonic() + 300
    while count(project, stage) < documents:
        assert process.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return process


def kill_at(project: Path, stage: str, documents: int) -> None:
    """Start a run and kill it, with all its children, once `documents` are done by `stage`."""
    process = begun_until(project, stage, documents)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_server_at(project: Path, stage: str, documents: int) -> None:
    """Start a run and kill Prefect's server below it; the run says so and ends."""
    process = begun_until(project, stage, documents, PREFECT_CLIENT_MAX_RETRIES="0")
    (server,) = children(process.pid, "prefect_server")
    os.kill(server, signal.SIGKILL)
    assert process.wait(600) == 1
    assert "nijar: The run broke off" in (project / "said").read_text(encoding="utf-8")


def put(project: Path, count: int) -> None:
    """The first files of the sample into a folder of the project."""
    (project / "few").mkdir()
    for file in sorted(SAMPLE.glob("*.pdf"))[:count]:
        shutil.copy(file, project / "few")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for a run over the whole sample."""
    folder = tmp_path_factory.mktemp("whole")
    link_project(folder)
    return folder


@pytest.fixture(scope="module")
def summary(whole: Path) -> dict[str, Any]:
    return run(whole, str(SAMPLE))


def test_every_file_of_the_sample_is_read_or_named(summary: dict[str, Any]) -> None:
    files = sorted(SAMPLE.glob("*.pdf"))
    broken = {name for name, facts in truth().items() if facts["problem"]}
    assert summary["files"] == {"read": len(files) - len(broken), "known": 0, "failed": len(broken)}
    assert {failure["file"] for failure in summary["failures"]} == broken
    assert all(failure["reason"] for failure in summary["failures"])


def test_every_known_case_is_recognised(whole: Path, summary: dict[str, Any]) -> None:
    known = yaml.safe_load((ROOT / "corpus/register/known_cases.yaml").read_text(encoding="utf-8"))["cases"]
    assert summary["candidates"]["known"] == len(known) == 15
    right = {case for candidate in offered(whole, "known") for case in told(candidate)} & {
        c["id"] for c in known
    }
    assert right == {case["id"] for case in known}


def test_no_passage_on_a_known_case_is_offered_as_new(whole: Path, summary: dict[str, Any]) -> None:
    """Also those that leave out place or day; hardly one stands with another known case than its own."""
    assert not [case for one in offered(whole, "new") for case in told(one) if case[:4] != "NEW-"]
    known = [(case, one["known_case"]) for one in offered(whole, "known") for case in told(one)]
    assert not [case for case, _ in known if case[:4] == "NEW-"]
    assert sum(case != found for case, found in known) * 20 <= len(known)


def offered(project: Path, status: str) -> list[dict[str, Any]]:
    done = nijar(project, "candidates", "--status", status, "--format", "jsonl")
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(candidate: dict[str, Any]) -> list[str]:
    """The cases that a candidate's passages tell of, by the sample's truth."""
    cases = {letters(p["text"]): p["case"] for facts in truth().values() for p in facts["passages"]}
    of_passages = [cases.get(letters(proof["passage"])) for proof in candidate["evidence"]]
    return [case for case in of_passages if case]


def test_a_second_run_adds_nothing(whole: Path, summary: dict[str, Any]) -> None:
    before = rows(whole)
    again = run(whole, str(SAMPLE), PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="false")  # nor does it ask Prefect
    assert again["files"]["read"] == again["files"]["failed"] == 0
    assert {failure["file"] for failure in again["failures"]} == {f["file"] for f in summary["failures"]}
    assert again["report"] == summary["report"]
    assert rows(whole) == before


def test_the_report_stands_alone(summary: dict[str, Any]) -> None:
    page = Path(summary["report"]).read_text(encoding="utf-8")
    assert "<svg" in page
    assert "<script" not in page
    assert "src=" not in page
    assert "default-src 'none'" in page


@pytest.fixture
def few(project: Path) -> Path:
    """A project with some of the sample, so that a run is short."""
    put(project, 10)
    return project


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    folder = tmp_path_factory.mktemp("unbroken")
    link_project(folder)
    put(folder, 10)
    run(folder, str(folder / "few"))
    return rows(folder)


def test_a_run_that_lost_its_server_and_then_was_killed_goes_on_to_the_same_rows(
    few: Path, unbroken: dict[str, list[tuple[Any, ...]]]
) -> None:
    kill_server_at(few, "read", 1)
    assert count(few, "tag") == 0
    assert json.loads(nijar(few, "status", "--json").stdout)["runs"][0]["state"] == "failed"
    for stage in ("tag", "annotate"):
        kill_at(few, stage, 3)
        assert count(few, stage) < 10 or stage == "annotate"
    run(few, str(few / "few"))
    assert rows(few) == unbroken


def test_processes_give_the_rows_of_threads(few: Path, unbroken: dict[str, list[tuple[Any, ...]]]) -> None:
    config = yaml.safe_load((few / "config.yaml").read_text(encoding="utf-8"))
    config["run"]["task_runner"] = "processes"
    (few / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    run(few, str(few / "few"))
    assert rows(few) == unbroken


def test_a_retry_does_again_only_what_it_names(project: Path) -> None:
    put(project, 2)  # the first is encrypted
    run(project, str(project / "few"))
    before = rows(project)
    assert run(project, "--retry", "failed")["files"] == {"read": 0, "known": 0, "failed": 1}
    assert run(project, "--retry", "tag")["files"]["known"] == 1
    older = run(project, "--retry", "extractor-older-than", str(int(EXTRACTOR) + 1))
    assert older["files"] == {"read": 1, "known": 0, "failed": 1}
    assert rows(project) == before


def test_without_prefect_the_flow_is_plain_functions_that_work(
    few: Path, unbroken: dict[str, list[tuple[Any, ...]]]
) -> None:
    source = (ROOT / "flows" / "corpus_run.py").read_text(encoding="utf-8")
    plain = bare(source)
    call = f"""
corpus_run([{str(few / "few")!r}], {str(few / "config.yaml")!r},
           "sqlite:///{few / "var" / "nijar.sqlite3"}")
"""
    (few / "bare").mkdir()
    (few / "bare" / "corpus_run.py").write_text(plain + call, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "bare/corpus_run.py"], cwd=few, env=environment(few), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert rows(few) == unbroken


def test_a_folder_that_is_not_there_is_an_error_in_one_line(project: Path) -> None:
    done = nijar(project, "run", str(project / "absent"))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "absent" in done.stderr
    assert "Traceback" not in done.stderr
