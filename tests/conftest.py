"""What several tests share: a project folder of their own, and the store."""

import atexit
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
import yaml
from django.test.utils import setup_test_environment
from hypothesis import settings

if TYPE_CHECKING:
    from nijar_nlp.mentions import Annotator

# a busy machine makes no test fail
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "sample"
# The command, as it is installed beside the interpreter.
NIJAR = str(Path(sys.executable).parent / "nijar")


# Files of few and long tests: begun first, so that no core waits for the other at the end.
LONG = ("test_flows.py", "test_scale.py", "test_learning.py", "test_schedule.py", "test_review_team.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first; the others in their order."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


def truth() -> dict[str, dict[str, Any]]:
    """What the sample's documents are and say, by file name."""
    documents = yaml.safe_load((SAMPLE / "truth.yaml").read_text(encoding="utf-8"))["documents"]
    return {document["file"]: document for document in documents}


def letters(text: str) -> str:
    """A text's letters alone: how it was broken into lines, hyphenated or quoted does not matter."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalpha())


def _set_up_site() -> None:
    """Django with the site's settings, from a folder of this process; subprocesses set up their own."""
    folder = Path(tempfile.mkdtemp(prefix="nijar-site-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    link_project(folder)
    given = {"DJANGO_SETTINGS_MODULE": "nijar_nlp.site.settings", "NIJAR_CONFIG": str(folder / "config.yaml")}
    os.environ.update(given)
    django.setup()
    setup_test_environment()
    for name in given:
        del os.environ[name]


def link_project(folder: Path, **changes: Any) -> None:
    """Make a folder a project: its own configuration, the repository's registers, models and flows.

    `changes` are settings by section.
    """
    values = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    for section, given in changes.items():
        values[section].update(given)
    (folder / "config.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    (folder / "corpus").mkdir()
    for name in ("codebook.yaml", "case_schema.yaml", "register", "seed"):
        (folder / "corpus" / name).symlink_to(ROOT / "corpus" / name)
    (folder / "models").symlink_to(ROOT / "models")
    (folder / "flows").symlink_to(ROOT / "flows")


_set_up_site()
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the project's configuration, registers, model and flows, and an empty database."""
    link_project(tmp_path)
    return tmp_path


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A real SQLite store; Django is configured once a process, so every test starts it empty."""
    from django.core.management import call_command

    from nijar_nlp.store.connection import connect, disconnect, migrate

    connect(f"sqlite:///{tmp_path_factory.getbasetemp() / 'store.sqlite3'}")
    migrate()
    call_command("flush", verbosity=0, interactive=False)
    yield
    disconnect()


@pytest.fixture(scope="session")
def annotator() -> "Annotator":
    """The annotator over the project's registers alone, so that no pipeline's taste decides a test."""
    from nijar_nlp.corpus import load_actors, load_places
    from nijar_nlp.mentions import Annotator

    register = ROOT / "corpus" / "register"
    return Annotator(load_actors(register / "actors.yaml"), load_places(register / "places.yaml"), {})


@pytest.fixture(scope="module")
def filled_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a store with candidates and people, once for a module."""
    from django.core.management import call_command

    from nijar_nlp.store.connection import connect, disconnect, migrate
    from tests.review_room import fill

    folder = tmp_path_factory.mktemp("room")
    link_project(folder)
    connect(f"sqlite:///{folder / 'nijar.sqlite3'}")
    migrate()
    call_command("flush", verbosity=0, interactive=False)
    fill(folder)
    yield folder
    disconnect()


@pytest.fixture
def clean_room(filled_room: Path) -> None:
    """That store, without anything that people did."""
    from tests.review_room import empty_again

    empty_again()
