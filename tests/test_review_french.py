"""The French of the pages: every text that they show has one, in the compiled catalogue too."""

import ast
import gettext
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from django.utils.translation.template import templatize

import nijar_nlp.report
import nijar_nlp.review
from nijar_nlp.cases import known, scoring
from nijar_nlp.records import DateInterval, Party, Place
from nijar_nlp.review import naming, reasons, words

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


PAGE = Path(nijar_nlp.report.__file__).parent / "templates" / "cases.html"
FILES = [
    f for f in sorted(ROOM.rglob("*")) if f.suffix in (".html", ".svg", ".py") and "locale" not in f.parts
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOM)))
def test_every_text_has_a_french_one(file: Path) -> None:
    known = {key if isinstance(key, str) else key[0] for key in CATALOGUE._catalog}  # type: ignore[attr-defined]
    assert texts(file) - known == set()


def test_every_text_of_the_page_of_cases_has_a_french_one() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = set(re.findall(r'\b_\("([^"]+)"\)', page))
    assert len(told) > 25
    assert told <= {key for key in CATALOGUE._catalog if isinstance(key, str)}  # type: ignore[attr-defined]
    rest = re.sub(r"{[{%#].*?[}%#]}|<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert not re.search(r"[^\W\d_]{3}", rest)


def test_placeholders_are_the_same_in_both_languages() -> None:
    for key, text in CATALOGUE._catalog.items():  # type: ignore[attr-defined]
        if isinstance(key, str) and key:
            assert set(re.findall(_NAMED, key)) == set(re.findall(_NAMED, text)), key


def test_the_templates_are_found_to_hold_texts() -> None:
    assert sum(len(texts(file)) for file in FILES) > 400


@pytest.mark.usefixtures("clean_room")
@pytest.mark.parametrize(
    ("identity", "name", "french"),
    [
        ("islamic-state", "Islamic State", "État islamique"),
        ("boko-haram", "Boko Haram", "Boko Haram"),
        ("mali-army", "Malian Army", "armée malienne"),
        ("lebanon", "Lebanon", "Liban"),
        ("mali", "Mali", "Mali"),
        ("african-union", "African Union", "Union africaine"),
        ("no actor", "no actor", "no actor"),
    ],
)
def test_an_actor_stands_by_the_french_name_that_the_register_gives(
    identity: str, name: str, french: str
) -> None:
    with override("en"):
        assert (naming.actor(identity), naming.recorded_actor(name)) == (name, name)
    with override("fr"):
        assert (naming.actor(identity), naming.recorded_actor(name)) == (french, french)
        assert naming.party(Party("words of the text", identity)) == (
            french if identity != "no actor" else "words of the text"
        )


@pytest.mark.usefixtures("clean_room")
@pytest.mark.parametrize(
    ("name", "country", "french"),
    [
        ("Timbuktu", "MLI", "Tombouctou"),
        ("Djenné", "MLI", "Djenné"),
        ("Ouagadougou", "BFA", "Ouagadougou"),
        ("Aleppo", "SYR", "Alep"),
        ("Aleppo", "CAN", "Aleppo"),
        ("nowhere", "", "nowhere"),
    ],
)
def test_a_place_stands_by_the_french_name_that_the_register_gives(
    name: str, country: str, french: str
) -> None:
    found = Place("words of the text", name, country)
    with override("en"):
        assert naming.place(found) == name
    with override("fr"):
        assert naming.place(found) == french


def test_the_first_of_a_month_has_its_own_word_in_french() -> None:
    days = [(date(2006, 5, 1), date(2006, 5, 1)), (date(2006, 5, 1), date(2006, 5, 3))]
    days += [(date(2006, 5, 1), date(2006, 8, 31)), (date(2006, 5, 2), date(2006, 9, 1))]
    said = [DateInterval(start, end, "day") for start, end in days]
    with override("fr"):
        assert [words.day_words(one) for one in said] == [
            "1er mai 2006",
            "1er–3 mai 2006",
            "1er mai – 31 août 2006",
            "2 mai – 1er septembre 2006",
        ]
        assert words.noted_days("2006-05-01/2006-06-02") == "1er mai 2006 – 2 juin 2006"
    with override("en"):
        assert words.day_words(said[0]) == "1 May 2006"


def worded(module: Any) -> Iterator[str]:
    """Every reason that a module can word, with a 1 for what it fills in."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or len(node.args) < 3:
            continue
        if node.func.id in ("_Part", "_Finding"):
            told = node.args[2].body if isinstance(node.args[2], ast.Lambda) else node.args[2]
            for branch in (told.body, told.orelse) if isinstance(told, ast.IfExp) else (told,):
                pieces = branch.values if isinstance(branch, ast.JoinedStr) else [branch]
                yield "".join(str(p.value) if isinstance(p, ast.Constant) else "1" for p in pieces)


_FILLED = {"1: 1": "armed group: 1", "1 away from 1": "3 days away from 1"}
_PAIRS = re.compile(r"(related|other) armed groups \(1\)")


@pytest.mark.parametrize("reason", sorted({*worded(scoring), *worded(known)}))
def test_every_reason_has_a_french_one(reason: str) -> None:
    text = _FILLED.get(reason, _PAIRS.sub(r"\1 armed groups (1; 1)", reason))
    with override("fr"):
        assert reasons.reason(text) != text
    with override("en"):
        assert reasons.reason(text) == text


@pytest.mark.usefixtures("clean_room")
@pytest.mark.parametrize(
    ("reason", "french"),
    [
        ("place: Timbuktu (+0.6)", "lieu : Tombouctou (+0,6)"),
        (
            "tagged dialogue with probability 0.93 (+2.1)",
            "étiqueté Dialogue avec une probabilité de 0,93 (+2,1)",
        ),
        ("no armed group is named (-1.2)", "aucun groupe armé n’est nommé (-1,2)"),
        (
            "related armed groups (Boko Haram; Islamic State, Taliban …)",
            "groupes armés apparentés (Boko Haram ; État islamique, talibans …)",
        ),
        ("14 months away from 2012–2013", "à 14 mois de 2012–2013"),
        ("worded by an earlier version", "worded by an earlier version"),
    ],
)
def test_a_reason_is_told_in_french_with_what_it_names(reason: str, french: str) -> None:
    with override("fr"):
        assert reasons.reason(reason) == french
