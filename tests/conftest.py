"""What several tests share: a project folder of their own, and the store."""

import os
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "sample"


def truth() -> dict[str, dict[str, Any]]:
    """What the sample's documents are and say, by file name."""
    documents = yaml.safe_load((SAMPLE / "truth.yaml").read_text(encoding="utf-8"))["documents"]
    return {document["file"]: document for document in documents}


def letters(text: str) -> str:
    """A text's letters alone: how it was broken into lines, hyphenated or quoted does not matter."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalpha())


os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the project's configuration, registers, model and flows, and an empty database."""
    shutil.copy(ROOT / "config.yaml", tmp_path)
    (tmp_path / "corpus").mkdir()
    for name in ("codebook.yaml", "register", "seed"):
        (tmp_path / "corpus" / name).symlink_to(ROOT / "corpus" / name)
    (tmp_path / "models").symlink_to(ROOT / "models")
    (tmp_path / "flows").symlink_to(ROOT / "flows")
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
