# ruff: noqa: E501 - cases read better on one line
"""How far a name goes and what it is: bodies at full length, places told by the words beside them, "the group"."""

from collections.abc import Mapping
from datetime import date

import pytest

from nijar_nlp.mentions import Annotator, Input, spelt_out
from nijar_nlp.mentions.entities import find_entities
from nijar_nlp.mentions.long_names import find_long_names
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.records import DateInterval


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("en", "The Ministry of Trade, Public Works and Transport and Niger met.", None),
        ("en", "On Monday the Minister of Trade left.", []),
        ("en", "The Ministry of Interior and Hamas agreed.", ["Ministry of Interior"]),
        ("en", "A member of the Truth and Reconciliation Commission spoke.", ["Truth and Reconciliation Commission"]),
        ("en", "Chad's Ministry of Youth and Sports paid.", ["Ministry of Youth and Sports"]),
        ("en", "It is in the Pool Department.", []),
        ("en", "The Commission for the Reintegration of Refugees met.", ["Commission for the Reintegration of Refugees"]),
        ("fr", "Le ministère des Affaires étrangères et de la Coopération a dit.", None),
    ],
)  # fmt: skip
def test_a_body_is_named_at_full_length(language: str, text: str, bodies: list[str] | None) -> None:
    found = [text[start:end] for start, end in find_long_names(text, language)]
    expected = {
        "en": "Ministry of Trade, Public Works and Transport",
        "fr": "ministère des Affaires étrangères et de la Coopération",
    }
    assert found == (bodies if bodies is not None else [expected[language]])


@pytest.mark.parametrize(
    ("text", "written", "entity"),
    [
        ("He met the United Nations Development Programme.", "United Nations Development Programme", None),
        ("The UN High Commissioner for Human Rights came.", "UN High Commissioner for Human Rights", "ohchr"),
        ("The United Nations freed them.", "United Nations", "united-nations"),
        ("The United Nations Security Council met.", "United Nations Security Council", "un-security-council"),
    ],
)  # fmt: skip
def test_the_longest_name_of_a_body_wins(
    annotator: Annotator, text: str, written: str, entity: str | None
) -> None:
    (body,) = [m for m in annotator.annotate([Input(text, "en")])[0] if m.type == "ORG"]
    assert (body.text, body.entity) == (written, entity)


@pytest.mark.parametrize(
    ("text", "name", "kind", "expected"),
    [
        ("They met in the areas of Arab Luway and Bo.", "Arab Luway", "PERSON", [("Arab Luway", "PLACE")]),
        ("Men of Kolo Baraf district fled.", "Kolo Baraf", "PERSON", [("Kolo Baraf", "PLACE")]),
        ("They told Komnas HAM so.", "Komnas HAM", "PERSON", [("Komnas HAM", "ORG")]),
        ("An organization, Visible Children, said so.", "Visible Children", "PERSON", [("Visible Children", "ORG")]),
        ("The Minister of the Interior came.", "Interior", "ORG", []),
        ("The Maalin Wayo and Xo clans fought.", "Maalin Wayo", "PERSON", []),
        ("Kamil ‘Abbas al-Xo was freed.", "Abbas al-Xo", "PERSON", [("Kamil ‘Abbas al-Xo", "PERSON")]),
        ("It was led by MOY, XGS and others.", "MOY, XGS", "ORG", [("MOY", "ORG"), ("XGS", "ORG")]),
        ("Routes in Xadra and Yo.", "Xadra and", "ORG", [("Xadra", "ORG")]),
        ("The DDR went on.", "DDR", "ORG", []),
    ],
)  # fmt: skip
def test_the_words_beside_a_name_tell_what_it_is(
    text: str, name: str, kind: str, expected: list[tuple[str, str]]
) -> None:
    forms: Mapping[str, frozenset[str]] = {"DDR": frozenset({"disarmament demobilization reintegration"})}
    at = text.index(name)
    found = find_entities(text, [(at, at + len(name), kind)], [], Gazetteer([]), {}, forms)
    assert [(m.text, m.type) for m in found] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hamas eased the movement of weapons."),
        ("en", "Hamas met the group of experts."),
        ("en", "Hamas met the working group, an ethnic group and the Group of Five."),
        ("fr", "Le Hamas a reçu le groupe de travail et le groupe parlementaire."),
    ],
)
def test_not_every_group_is_the_one_named(annotator: Annotator, language: str, text: str) -> None:
    assert "coreference" not in {m.how for m in annotator.annotate([Input(text, language)])[0]}


def test_a_prison_or_airport_is_where_its_town_is(annotator: Annotator) -> None:
    gazetteer = Gazetteer([])
    prison, town = gazetteer.resolve("Peshawar Central Prison", {}), gazetteer.resolve("Peshawar", {})
    assert prison == town is not None


def test_an_acronym_may_stand_with_its_name_in_the_same_brackets() -> None:
    text = "The Action Group (Comité d'Action pour le Renouveau, CAR) refused."
    assert spelt_out([text]) == {"CAR": {"Comité d Action pour le Renouveau"}}


def test_a_name_that_is_not_meant_leaves_the_names_within_it(annotator: Annotator) -> None:
    text = "The Islamic State in Somalia did not exist."
    forms: Mapping[str, frozenset[str]] = {}
    from_1999 = annotator.annotate(
        [Input(text, "en", DateInterval(date(1999, 5, 1), date(1999, 5, 1), "day"), forms)]
    )[0]
    assert [(m.text, m.country) for m in from_1999 if m.type == "PLACE"] == [("Somalia", "SOM")]


@pytest.mark.parametrize(
    ("language", "text", "written", "entity"),
    [
        ("en", "Two soldiers and a cook were freed by Huthi rebels.", "Huthi rebels", "houthis"),
        ("fr", "La milice houthie a accepté une pause.", "milice houthie", "houthis"),
        ("en", "The raid hit al - Qaeda fighters.", "al - Qaeda", "al-qaeda"),
        ("en", "Officers of the 5+5 Joint Military Commission came.", "5+5 Joint Military Commission", "joint-committee-libya"),
    ],
)  # fmt: skip
def test_a_name_is_known_in_other_spellings(
    annotator: Annotator, language: str, text: str, written: str, entity: str
) -> None:
    assert (written, entity) in {(m.text, m.entity) for m in annotator.annotate([Input(text, language)])[0]}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("جرت المشاورات في إطار تفاهم جديد.", []),
        ("قال مفيدا بأنه لن يعود.", []),
        ("سلكوا طريقا من قنوات الري.", []),
        ("وصل الوفد إلى مأرب، ثم عاد.", ["مأرب"]),
        ("وصل الوفد إلى مدينة غاو مساء.", ["غاو"]),
        ("وصل وفد مالي إلى غاو مساء.", ["غاو"]),
        ("خرج الموكب من صنعاء القديمة.", ["صنعاء"]),
    ],
)
def test_a_short_arabic_word_is_a_place_only_where_one_can_stand(
    annotator: Annotator, text: str, places: list[str]
) -> None:
    found = annotator.annotate([Input(text, "ar")])[0]
    assert [m.text for m in found if m.type == "PLACE" and m.precision != "country"] == places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وفد مؤيد للرئيس هادي غادرت طائرته.", ["هادي"]),
        ("زار محمد رأفت المدينة.", ["محمد رأفت"]),
        ("منح الرئيس غني وقتًا أطول.", ["غني"]),
    ],
)
def test_an_arabic_person_ends_before_a_verb_or_an_object(
    annotator: Annotator, text: str, names: list[str]
) -> None:
    assert [m.text for m in annotator.annotate([Input(text, "ar")])[0] if m.type == "PERSON"] == names


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "Karim, 51, was let go with 3 others.", ["3"]),
        ("en", "A boy aged 12 and four men came back.", ["four"]),
        ("fr", "Deux filles âgées de 5 et 7 ans sont rentrées.", ["Deux"]),
        ("en", "In Kidal, 12 hostages were seen.", ["12"]),
    ],
)
def test_an_age_is_no_number(annotator: Annotator, language: str, text: str, numbers: list[str]) -> None:
    assert [m.text for m in annotator.annotate([Input(text, language)])[0] if m.type == "NUMBER"] == numbers


@pytest.mark.parametrize(
    ("language", "text", "offices"),
    [
        ("en", "In Lebanon the Cessation of Hostilities Monitoring Mechanism was told.", ["lebanon-mechanism"]),
        ("en", "In Sudan the Cessation of Hostilities Monitoring Mechanism was told.", []),
        ("en", "In Lebanon they want a cessation of hostilities monitoring mechanism.", []),
        ("en", "The Special Envoy for Syria arrived.", ["ose-syria"]),
        ("en", "The US Special Envoy for Syria arrived, as did Canada's Special Envoy for Syria.", []),
        ("fr", "L'émissaire des Nations unies pour la Syrie est arrivé.", ["ose-syria"]),
        ("ar", "عاد مبعوث الأمم المتحدة إلى سورية أمس.", ["ose-syria"]),
        ("ar", "عاد المبعوث التركي الخاص إلى سوريا.", []),
        ("ar", "شكر سكان اليمن المبعوث الأممي، ثم ودعوه.", ["osesgy"]),
        ("ar", "شكر سكان اليمن المبعوث الأممي يونس كريم.", []),
    ],
)  # fmt: skip
def test_an_office_is_known_by_its_parts_and_its_country(
    annotator: Annotator, language: str, text: str, offices: list[str]
) -> None:
    found = annotator.annotate([Input(text, language)])[0]
    assert [m.entity for m in found if m.type == "ORG" and m.entity] == offices
