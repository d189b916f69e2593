"""A mask finds a name however it is written, and leaves the words beside it."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nijar_nlp.cases import CaseSettings, Mask, candidates, hiding, mask_of_persons, write
from nijar_nlp.corpus import load_actors
from nijar_nlp.folding import fold
from nijar_nlp.records import Evidence, Mention
from tests.cases_evidence import day, evidence

ACTORS = load_actors(Path(__file__).parents[1] / "corpus" / "register" / "actors.yaml")
FULL = "Jeanne Prévôt-Untel"
ARABIC = "جان بريفو"


def named(*names: str, text: str = "", **changes: Any) -> Evidence:
    told = evidence(
        text or f"{' and '.join(names)} came home.", when=day("2021-05-04"), place="Gao", **changes
    )
    mentions = tuple(Mention(0, 0, name, "PERSON", how="pattern person") for name in names)
    return replace(told, mentions=mentions)


def hide(*names: str) -> Callable[[str], str]:
    return hiding(mask_of_persons([named(*names)], {actor.id: actor for actor in ACTORS}))


@pytest.mark.parametrize(
    "text",
    [
        "Jeanne Prévôt-Untel",
        "JEANNE PRÉVÔT-UNTEL",
        "Jeanne Prevot Untel",
        "Jeanne\nPrévôt-\nUntel",
        "Mme Prévôt-\nUntel",
        "PREVOT-\nUNTEL",
        "U N T E L",
        "Un-\ntel",
        "Jeanne  Pré\u00advôt‑Untel",
        "Jeanne Pre\u0301vo\u0302t-Untel",
        "Untel",
        "Mme Untel",
        "Prévôt",
        "UNTEL, Jeanne",
        "J. Untel",
        "J.-M. Prévôt",
        "Jeanne Marie Untel",
        "Untel's",
        "Untel’s",
        "d’Untel",
        "“Jeanne”",
        "2021/jeanne-prevot-untel_release.pdf",
        "jeanneprevotuntel.pdf",
        "https://example.org/news/Jeanne_Untel?ref=1",
        "https://example.org/Pr%C3%A9v%C3%B4t",
        "#FreeJeanneUntel",
        "CASE-2021-UNTEL",
    ],
)
def test_no_writing_of_a_name_is_left(text: str) -> None:
    left = fold(hide(FULL)(f"She, {text}, came."))
    assert "█" in hide(FULL)(text)
    assert not {"jeanne", "prevot", "untel", "j", "m", "marie"} & set(left.split())
    assert not [name for name in ("jeanne", "prevot", "untel", "c3") if name in left]


@pytest.mark.parametrize("text", [ARABIC, "وجان بريفو", "لبريفو", "جانَ بريفـو", "جَان"])
def test_a_name_in_arabic_is_found_with_what_is_written_on_to_it(text: str) -> None:
    left = hide(ARABIC)(f"عاد {text} أمس")
    assert "█" in left and "عاد" in left and "أمس" in left
    assert not [word for word in ("جان", "بريفو") if word in fold(left)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ali Untel", "Mali and Somalia"),
        ("President Untel", "The President and the president spoke."),
        ("Sheikh Moussa Aga", "A sheikh met the Sheikh."),
        ("Abu Untel", "Abu Bakr"),
        ("Lamine Untel", "La mine d’or, et la mine de sel"),
        ("Henri Dubois", "du bois de chauffe; du\nbois"),
    ],
)
def test_other_words_stay(name: str, text: str) -> None:
    assert hide(name)(text) == text


@given(st.binary(min_size=32, max_size=32).map(bytes.hex))
@example("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b")
def test_ids_stay_though_their_letters_spell_a_name(identity: str) -> None:
    hidden = hide("Ada Untel", "Baba Untel")
    assert hidden(identity) == identity and hidden(identity[:20]) == identity[:20]
    assert hidden("Ada") == "█1"


@pytest.mark.parametrize(
    ("name", "text"),
    [("Abdoulaziz", "Abdoul Aziz"), ("عبدالرحمن", "عبد الرحمن"), ("Abdoul Aziz", "Abdoulaziz")],
)
def test_a_name_is_found_written_in_one_word_or_two(name: str, text: str) -> None:
    assert hide(name)(f"{text}.") == "█1."


def test_a_go_between_of_the_register_is_hidden_though_only_a_slot_names_him() -> None:
    talks = evidence("The imam met them.", "mediation", when=day("2021-05-04"), mediators=["mahmoud-dicko"])
    hidden = hiding(mask_of_persons([talks], {actor.id: actor for actor in ACTORS}))
    assert "Dicko" not in hidden("Mahmoud Dicko, imam Dicko")
    assert hidden("mahmoud-dicko") == ""


def test_a_name_of_two_is_hidden_without_a_number_and_whole_names_keep_theirs() -> None:
    shown = hide("Amadou Koné", "Amadou Diarra")("Amadou Koné, Amadou Diarra, Amadou")
    assert shown == "█1, █2, █"


def test_a_name_of_a_place_is_not_hidden_for_one_whom_the_language_model_alone_calls_so() -> None:
    place = replace(named(), mentions=(Mention(0, 3, "Gao", "PLACE", how="geonames exact"),))
    person = replace(named(), mentions=(Mention(0, 0, "Untel Gao", "PERSON", how="spacy"),))
    assert hiding(mask_of_persons([place, person], {}))("Gao. Untel. Untel Gao") == "Gao. █1. █1"


@given(st.text(max_size=40), st.sampled_from([FULL, "Untel", "JEANNE", "jeanne-prevot-untel", ARABIC]))
def test_whatever_stands_around_a_name_nothing_of_it_is_left(around: str, name: str) -> None:
    left = fold(hide(FULL, ARABIC)(f"{around} {name} {around}"))
    beside = fold(around)
    assert not [w for w in ("jeanne", "prevot", "untel", "بريفو") if w in left and w not in beside]


@given(st.text(max_size=60))
def test_a_text_without_the_name_stays_as_it_is(text: str) -> None:
    assert Mask({"jeanne untel": 1}).text(text) == text


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_no_format_holds_a_name(form: str) -> None:
    item = named(FULL, text="Madame Untel was freed near Gao; J. Untel thanked them.", persons=[FULL])
    found = candidates([item], (), ACTORS, CaseSettings(), {})
    proof = {
        "document": "d",
        "file": "in/jeanne-prevot-untel.pdf",
        "outlet": "untel.example",
        "title": "The release of Jeanne Untel",
        "page": 1,
        "text": item.text,
    }
    stream = io.BytesIO()
    mask = mask_of_persons([item], {actor.id: actor for actor in ACTORS})
    write(found, {item.passage_id: proof}, form, stream, hiding(mask))
    content = stream.getvalue()
    if form == "parquet":
        told = pd.read_parquet(io.BytesIO(content)).to_csv()
    elif form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        told = str([[cell.value for cell in row] for sheet in book for row in sheet])
    else:
        told = content.decode()
    assert "Gao" in told and "█" in told
    assert not [name for name in ("jeanne", "untel", "prevot") if name in fold(told)]
