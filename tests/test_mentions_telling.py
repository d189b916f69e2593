"""From when a document's words are read, and the chapters of its countries."""

from datetime import date

import pytest

from nijar_nlp.mentions import Annotator, Chapters, Heading, Input, time_of_telling
from nijar_nlp.records import DateInterval
from tests.annotating import PUBLISHED, at


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


@pytest.mark.parametrize("text", ["Congo", "Mali and Niger", "The situation in Mali", "", "IV."])
def test_only_the_name_of_one_country_opens_its_chapter(text: str) -> None:
    assert Chapters([Heading(1, 1, text)]).country(2) == ""
