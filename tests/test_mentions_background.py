"""What a document says outside a passage: acronyms that it spells out, and the year that it reviews."""

from datetime import date

import pytest

from nijar_nlp.mentions import Annotator, Input, spelt_out, time_of_telling
from nijar_nlp.records import Actor, DateInterval, PlaceEntry


def month(year: int, number: int) -> DateInterval:
    return DateInterval(date(year, number, 1), date(year, number, 28), "month")


@pytest.mark.parametrize(
    ("head", "published", "year"),
    [
        ("Human Liberties Report 2007", month(2007, 5), 2006),
        ("Annual report for 2014", month(2015, 3), 2014),
        ("Rapport annuel 2015", month(2016, 3), 2015),
        ("2012 in review", month(2013, 1), 2012),
        ("Covering events from January to December 2009", None, 2009),
        ("Yearbook 2010", None, None),
        ("Yearbook 2010", month(2010, 9), None),
        ("Report of 12 March 2025", month(2025, 3), None),
        ("Monthly report, March 2025", month(2025, 4), None),
        ("Report 2014/15", month(2015, 2), None),
    ],
)
def test_a_title_tells_the_year_reviewed(head: str, published: DateInterval | None, year: int | None) -> None:
    end = year and DateInterval(date(year, 12, 1), date(year, 12, 31), "month", "heads")
    assert time_of_telling([], published, ["Prelims", head]) == (end or published)


def test_a_month_in_a_review_is_of_the_year_reviewed(annotator: Annotator) -> None:
    text = "In March the rebels freed two nurses; on Tuesday nobody could say why."
    told = time_of_telling([], month(2007, 5), ["World Report 2007"])
    found = annotator.annotate([Input(text, "en", told)])[0]
    dates = {m.text: m.interval for m in found if m.type == "DATE"}
    assert dates["March"] == DateInterval(date(2006, 3, 1), date(2006, 3, 31), "month", "March")
    assert dates["Tuesday"] is None


def test_acronyms_are_spelt_out_in_brackets() -> None:
    texts = [
        "The Comprehensive Peace Agreement (CPA) ended the war.",
        "The National Democratic Front (NDF) met the Coalition du peuple pour l'Azawad (CPX).",
        "The Networks of Dry Farming (NDF) sent seed.",
        "Hundreds walked home (see p. 4) (USA).",
    ]
    assert spelt_out(texts) == {
        "CPA": {"Comprehensive Peace Agreement"},
        "NDF": {"National Democratic Front", "Networks of Dry Farming"},
    }


@pytest.mark.parametrize(
    ("text", "long_forms", "actor"),
    [
        ("The CPA freed two men.", {}, "cpa"),
        ("The CPA freed two men.", {"CPA": {"Comprehensive Peace Agreement"}}, None),
        ("The CPA freed two men.", {"CPA": {"Coalition for the People of the Azawad"}}, "cpa"),
        ("The RSF freed two men.", {"RSF": {"Reporters sans frontières"}}, None),
        ("The RSF freed two men.", {"RSF": {"Reporters sans frontières", "Rapid Support Forces"}}, "rsf"),
        ("The ELN freed two men.", {"ELN": {"Ejército de Liberación Nacional"}}, "eln"),
        ("The SLA freed two men.", {"SLA": {"South Lebanon Army"}}, "sla"),
        ("The SLA freed two men.", {"SLA": {"Sudan Liberation Army"}}, "sla-darfur"),
        ("JNIM freed two men.", {"JNIM": {"Jama'at Nasr al-Islam wal Muslimin"}}, "jnim"),
    ],
)
def test_a_short_acronym_means_what_its_document_spells_out(
    annotator: Annotator, text: str, long_forms: dict[str, set[str]], actor: str | None
) -> None:
    forms = {acronym: frozenset(told) for acronym, told in long_forms.items()}
    found = annotator.annotate([Input(text, "en", None, forms)])[0]
    assert [m.entity for m in found if m.type == "ARMED_GROUP"] == ([actor] if actor else [])


def test_a_place_stays_where_the_actor_of_its_name_is_not_meant() -> None:
    group = Actor("gao", "Group of Armed Orphans", "armed_group", {"en": ("GAO",)}, ("MLI",))
    town = PlaceEntry("gao", "Gao", {}, "MLI", "Gao", 16.27, -0.04, "exact", "city")
    forms = spelt_out(["The Grain Audit Office (GAO) paid."])
    (found,) = Annotator([group], [town], {}).annotate([Input("The men went to GAO.", "en", None, forms)])
    assert [(m.text, m.type, m.country) for m in found] == [("GAO", "PLACE", "MLI")]
