"""The French of the pages: every text that they show has one, in the compiled catalogue too."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

import nijar_nlp.review

ROOM = Path(nijar_nlp.review.__file__).parent
CATALOGUE = gettext.translation("django", ROOM / "locale", ["fr"])
_NAMED = r"%\(\w+\)s"
_CALLS = {"_", "gettext", "gettext_lazy"}


def texts(file: Path) -> set[str]:
    """The texts of a template or a module that are to be translated."""
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        source = re.sub(r"[^\S\n]+", " ", templatize(source, origin=str(file)))
        found = re.findall(r"n?gettext\((?:u)?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", source)
        found += re.findall(r"\b_\((?:u)?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", source)
        return {ast.literal_eval(one) for one in found}
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    return {
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Name)
        and node.func.id in _CALLS
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


FILES = [
    f for f in sorted(ROOM.rglob("*")) if f.suffix in (".html", ".svg", ".py") and "locale" not in f.parts
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOM)))
def test_every_text_has_a_french_one(file: Path) -> None:
    known = {key if isinstance(key, str) else key[0] for key in CATALOGUE._catalog}  # type: ignore[attr-defined]
    assert texts(file) - known == set()


def test_placeholders_are_the_same_in_both_languages() -> None:
    for key, text in CATALOGUE._catalog.items():  # type: ignore[attr-defined]
        if isinstance(key, str) and key:
            assert set(re.findall(_NAMED, key)) == set(re.findall(_NAMED, text)), key


def test_the_templates_are_found_to_hold_texts() -> None:
    assert sum(len(texts(file)) for file in FILES) > 400
