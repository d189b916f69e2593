"""A finished project of three documents, for tests of operations."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nijar_nlp import steps
from nijar_nlp.config import Config, load_config
from nijar_nlp.store import documents, models, people
from nijar_nlp.store.connection import connect, disconnect, migrate
from tests.conftest import SAMPLE, link_project

FILES = (
    "2017-05-07_sahel-wire_chibok-eighty-two.pdf",
    "2010-09-24_depeche-des-dunes_dialogue-prison.pdf",
    "2020-10-09_sahel-wire_mali-captives-freed.pdf",
)


def made(folder: Path, **changes: Any) -> Config:
    """A project folder with three documents in its inbox; `changes` are settings by section."""
    link_project(folder, **changes)
    (folder / "corpus" / "inbox").mkdir()
    for name in FILES:
        shutil.copy(SAMPLE / name, folder / "corpus" / "inbox")
    return load_config(folder / "config.yaml")


def carry(config: Config) -> steps.Survey:
    """Every stage without an orchestrator."""
    survey = steps.survey([config.path(p) for p in config.corpus.paths if config.path(p).exists()], config)
    steps.read_files([Path(path) for path in survey.unread], config)
    steps.tag_documents(steps.untagged(config), config)
    steps.annotate_documents(steps.unannotated(config), config)
    steps.group(config)
    return survey


@pytest.fixture(scope="package")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose documents went through every stage; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("finished")
    config = made(folder)
    with steps.opened(config.file):
        migrate()
        carry(config)
    return folder


@pytest.fixture
def config(finished: Path, tmp_path: Path) -> Iterator[Config]:
    """A copy of it, with its store open."""
    folder = tmp_path / "project"
    shutil.copytree(finished, folder, symlinks=True)
    config = load_config(folder / "config.yaml")
    connect(config.database_url)
    # the copy lies elsewhere than the files that were found
    for row in models.Source.objects.all():
        row.path = row.path.replace(str(finished), str(folder))
        row.save()
    yield config
    disconnect()


# A restore that is killed between putting the database back and the first erasure.
_KILLED = """
import os, signal, sys
from pathlib import Path
from nijar_nlp import steps
from nijar_nlp.store import sources
sources.erase = lambda _: os.kill(os.getpid(), signal.SIGKILL)
with steps.opened(sys.argv[2]) as config:
    steps.restore(Path(sys.argv[1]), config)
"""


def restore_killed(backup: Path, config: Config) -> None:
    """A restore in a process of its own that is killed before it erases what was forgotten."""
    disconnect()
    done = subprocess.run([sys.executable, "-c", _KILLED, backup, config.file], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


def inbox(config: Config) -> Path:
    return config.root / "corpus" / "inbox"


def identity(name: str) -> str:
    return next(document.id for document in documents.documents() if document.file == name)


def decide(comment: str, shown: dict[str, Any]) -> None:
    """A decision of a person who is made for it."""
    person = people.create_person("reader", "analyst")
    models.Decision.objects.create(
        token="t" * 36,
        made_at="2026-01-01T00:00:00Z",
        by_id=people.user_id(person.name),
        kind="comment",
        subject_kind="candidate",
        subject_id="c" * 20,
        value={"comment": comment},
        shown=shown,
    )
