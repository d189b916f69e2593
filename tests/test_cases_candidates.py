"""Candidates: filled from independent passages, scored, known or new, with ids that last."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from nijar_nlp.cases import CaseSettings, candidates, hiding, mask_of_persons, table, write
from nijar_nlp.cases.tables import COLUMNS, EVIDENCE_COLUMNS
from nijar_nlp.corpus import load_actors, load_known_cases
from nijar_nlp.errors import InputError
from nijar_nlp.records import CaseCandidate, Evidence, Mention
from tests.cases_evidence import day, evidence

REGISTER = Path(__file__).parents[1] / "corpus" / "register"
ACTORS = load_actors(REGISTER / "actors.yaml")
KNOWN = load_known_cases(REGISTER / "known_cases.yaml", ACTORS)
SETTINGS = CaseSettings(focus_countries=("MLI", "NER", "BFA", "MRT", "SOM", "LBN", "SYR"))

WIRE = (
    "Sixteen soldiers held near Arsal by the Nusra Front went home on Tuesday after Qatar had brokered an "
    "exchange in which Lebanon set free thirteen prisoners, among them several women."
)


def made(*items: Evidence, previous: dict[str, str] | None = None) -> tuple[CaseCandidate, ...]:
    return candidates(items, KNOWN, ACTORS, SETTINGS, previous or {})


def arsal(text: str = WIRE, outlet: str = "wire", **changes: Any) -> Evidence:
    values: dict[str, Any] = {
        "when": day("2015-12-01"),
        "place": "Arsal",
        "groups": ["nusra-front"],
        "counterparts": ["lebanon"],
        "mediators": ["qatar"],
        "number": 16,
        "published": "2015-12-02",
        "outlet": outlet,
    }
    return evidence(text, "swap", **(values | changes))


def test_wire_copies_count_once() -> None:
    other = (
        "Qatar's go-betweens had won the freedom of the sixteen captive soldiers, relatives said in Beirut."
    )
    (one,) = made(arsal(), arsal(WIRE + " Reuters", "daily"), arsal(WIRE, "radio"), arsal(other, "weekly"))
    assert (one.n_documents, one.n_outlets) == (4, 2)


def test_slots_are_filled_under_the_names_of_the_register() -> None:
    (one,) = made(arsal(), arsal(number=13, outlet="other", text="Thirteen soldiers are free, says another."))
    assert one.types == ("swap",)
    assert one.status == "done"
    assert [party.id for party in one.armed_groups] == ["nusra-front"]
    assert one.mediators[0].text == "Qatar"
    assert one.country == "LBN"
    assert one.place is not None and one.place.name == "Arsal"
    assert one.date is not None and str(one.date.start) == "2015-12-01"
    assert one.released_number == 16
    assert "December 2015" in one.title
    assert one.known_case is None


def test_more_independent_outlets_score_higher() -> None:
    texts = [
        "The soldiers of Arsal came home after an exchange.",
        "Sixteen men, prisoners of the Nusra Front for over a year, met their families in Beirut.",
        "Doha's go-between brought the two sides to a deal near the border town.",
    ]
    (alone,) = made(arsal(texts[0], "a"))
    (three,) = made(*(arsal(text, text) for text in texts))
    assert three.score > alone.score
    assert any("3 independent outlets" in reason for reason in three.score_reasons)


def test_a_stand_ranks_last_and_without_a_group_is_no_candidate() -> None:
    vague = evidence("One does not talk to such people.", "policy_statement", status="refused")
    stand = evidence("JNIM does not talk.", "policy_statement", status="refused", groups=["jnim"])
    found = made(vague, stand, arsal())
    assert [one.passage_ids for one in found[1:]] == [(stand.passage_id,)]
    assert found[-1].score < 0.3 < 0.6 < found[0].score


def test_groups_of_one_known_case_are_one_candidate_and_not_new() -> None:
    spring = evidence(
        "Elders of Djibo met the fighters and the market opened.",
        "talks",
        when=day("2020-10-01", 30, "month"),
        place="Djibo",
        groups=["jnim"],
        counterparts=["elders-councils"],
    )
    later = evidence(
        "Elders of Djibo walked out again and obtained that the road reopen.",
        "talks",
        when=day("2023-04-01", 29, "month"),
        place="Djibo",
        groups=["jnim"],
        counterparts=["elders-councils"],
    )
    found = made(spring, later, arsal())
    assert [one.known_case for one in found if one.country == "BFA"] == ["BFA-LOCAL"]
    assert {one.known_case for one in found} == {"BFA-LOCAL", None}


def test_ids_last_when_passages_join_or_leave() -> None:
    first = [arsal(f"Report {n} on the soldiers of Arsal.", f"outlet {n}") for n in range(4)]
    (before,) = made(*first[:3])
    previous = dict.fromkeys(before.passage_ids, before.id)
    (after,) = made(*first, previous=previous)
    assert after.id == before.id
    (less,) = made(*first[1:], previous=dict.fromkeys(after.passage_ids, after.id))
    assert less.id == before.id


def test_a_split_leaves_the_id_with_the_larger_part() -> None:
    large = [arsal(f"Report {n} on Arsal.", f"outlet {n}") for n in range(3)]
    small = arsal("Talks on Diffa.", when=day("2021-03-01"), place="Diffa", groups=["iswap"], mediators=[])
    previous = {item.passage_id: "earlier" for item in (*large, small)}
    found = {len(one.passage_ids): one.id for one in made(*large, small, previous=previous)}
    assert found[3] == "earlier" != found[1]


def test_the_same_evidence_makes_the_same_candidates() -> None:
    items = [arsal(f"Report {n} on Arsal.", f"outlet {n}") for n in range(3)]
    items.append(evidence("A stand.", "policy_statement"))
    assert made(*items) == made(*reversed(items))


def test_no_evidence_makes_no_candidate() -> None:
    assert made() == ()


def written(form: str, found: tuple[CaseCandidate, ...], text: str = WIRE) -> bytes:
    proofs = {
        passage: {
            "document": "d1",
            "file": "=cmd.pdf",
            "outlet": "wire",
            "title": "@title",
            "page": 3,
            "text": text,
        }
        for one in found
        for passage in one.passage_ids
    }
    stream = io.BytesIO()
    write(found, proofs, form, stream)
    return stream.getvalue()


def test_the_table_has_the_documented_columns() -> None:
    frame = table(made(arsal()))
    assert list(frame.columns) == list(COLUMNS)
    assert frame.loc[0, "released_number"] == 16
    assert list(table(()).columns) == list(COLUMNS)


def test_csv_has_a_row_a_passage_and_no_formula() -> None:
    content = written("csv", made(arsal(), arsal("A second report.", "x")), "\t=HYPERLINK(1)\x00").decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert len(rows) == 2
    assert list(rows[0]) == [*COLUMNS, *EVIDENCE_COLUMNS]
    assert rows[0]["file"] == "'=cmd.pdf"
    assert rows[0]["document_title"] == "'@title"
    assert rows[0]["passage"] == "'\t=HYPERLINK(1)"
    assert rows[0]["page"] == "3"


def test_jsonl_keeps_the_candidate_whole() -> None:
    found = made(arsal())
    (line,) = map(json.loads, written("jsonl", found, "=text").decode().splitlines())
    assert line["id"] == found[0].id
    assert line["date"]["start"] == "2015-12-01"
    assert line["armed_groups"][0]["id"] == "nusra-front"
    assert line["nearest"]["case_id"] in {case.id for case in KNOWN}
    assert line["evidence"][0] | {"passage": "=text", "page": 3} == line["evidence"][0]


def test_xlsx_has_candidates_evidence_and_columns() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", made(arsal()), "-1+1|A0")))
    assert book.sheetnames == ["candidates", "evidence", "columns"]
    header, row = book["evidence"].iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True))["passage"] == "'-1+1|A0"
    assert book["columns"].max_row == len(COLUMNS) + len(EVIDENCE_COLUMNS) + 1


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_nothing_found_is_still_a_file(form: str) -> None:
    assert (written(form, ()) != b"") == (form != "jsonl")


def test_parquet_has_the_rows_of_csv() -> None:
    frame = pd.read_parquet(io.BytesIO(written("parquet", made(arsal()))))
    assert list(frame.columns) == [*COLUMNS, *EVIDENCE_COLUMNS]
    assert frame.loc[0, "released_number"] == 16


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_masked_file_holds_no_name_of_a_person(form: str) -> None:
    text = "Iyad Ag Ghali let Jeanne Untel go near Arsal."
    item = arsal(text, persons=["iyad-ag-ghali"])
    item = replace(item, mentions=(*item.mentions, Mention(18, 30, "Jeanne Untel", "PERSON")))
    found = made(item)
    mask = mask_of_persons([item], {actor.id: actor for actor in ACTORS})
    proofs = {
        item.passage_id: dict.fromkeys(("document", "file", "outlet", "title", "page"), "") | {"text": text}
    }
    stream = io.BytesIO()
    write(found, proofs, form, stream, hiding(mask))
    content = stream.getvalue().decode()
    assert "Arsal" in content and "█" in content
    assert not [name for name in ("Jeanne", "Untel", "Ghali", "ag-ghali") if name in content]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Gender was raised; the gender adviser and her gender plan stayed.", "Gender"),
        ("Le Gouvernement a reçu les otages ; ce gouvernement, un gouvernement neuf.", "Gouvernement"),
        ("The High Islamic Council let Jeanne Untel speak.", "High Islamic Council"),
        ("تحدثت الأمم المتحدة مع الوسيط.", "الأمم المتحدة"),
    ],
)
def test_a_noun_or_an_institution_taken_for_a_person_is_not_masked(text: str, noun: str) -> None:
    start = text.index(noun)
    wrong = Mention(start, start + len(noun), noun, "PERSON")
    item = replace(arsal(text), mentions=(wrong, Mention(0, 0, "Jeanne Untel", "PERSON")))
    hide = hiding(mask_of_persons([item], {actor.id: actor for actor in ACTORS}))
    assert hide(text) == text.replace("Jeanne Untel", "█1")


def koro(kind: str, how: str, text: str = "Koro.", **changes: Any) -> Evidence:
    return replace(arsal(text, **changes), mentions=(Mention(0, 4, "Koro", kind, how=how),))


KORO_AS_A_PLACE = [koro("PLACE", "geonames", f"Koro {n}.") for n in range(4)]


def masked(*items: Evidence, text: str = "Koro") -> str:
    return hiding(mask_of_persons(items, {actor.id: actor for actor in ACTORS}))(text)


def test_a_name_that_is_a_place_elsewhere_in_the_evidence_is_not_masked() -> None:
    person = koro("PERSON", "spacy")
    assert masked(*KORO_AS_A_PLACE, person) == "Koro"
    assert masked(*KORO_AS_A_PLACE[:3], person) == "█1"
    assert masked(person) == "█1"


@pytest.mark.parametrize(
    "person",
    [
        koro("PERSON", "spacy", persons=["Koro"]),
        koro("PERSON", "spacy", persons=["Amadou Koro"]),
        koro("PERSON", "spacy", persons=["Koro Amadou"]),
        koro("PERSON", "pattern"),
        koro("PERSON", "register person ambiguous"),
    ],
)
def test_a_person_of_an_event_or_of_the_register_is_masked_whatever_others_say(person: Evidence) -> None:
    assert "Koro" not in masked(*KORO_AS_A_PLACE, person)


def test_a_person_of_an_event_whose_name_is_a_noun_too_is_masked() -> None:
    noun = arsal("Some koro, koro and koro.")
    assert masked(noun, koro("PERSON", "spacy")) == "Koro"
    assert "Koro" not in masked(noun, koro("PERSON", "spacy", persons=["Koro"]))


def test_the_language_model_and_copies_outvote_no_person() -> None:
    person = koro("PERSON", "spacy")
    assert masked(*(koro("ORG", "spacy", f"Koro {n}.") for n in range(5)), person) == "█1"
    copies = [koro("PLACE", "geonames", f"Koro. {WIRE}{end}") for end in ("", " Reuters", " AFP", " dpa")]
    assert masked(*copies, person) == "█1"


def test_a_name_whose_word_is_a_noun_too_stays_masked() -> None:
    text = "Grace Untel and Grace were freed by the grace of the mediator."
    named = [Mention(0, 11, "Grace Untel", "PERSON"), Mention(16, 21, "Grace", "PERSON")]
    hide = hiding(mask_of_persons([replace(arsal(text), mentions=tuple(named))], {}))
    assert "Grace" not in hide(text) and "grace" not in hide(text)


def test_another_format_is_refused() -> None:
    with pytest.raises(InputError, match="csv, jsonl, parquet, xlsx"):
        written("ods", ())
