"""Dates and numbers of a passage: intervals, precision and values in three languages."""

from datetime import date

import pytest

from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import DateInterval
from tests.annotating import found


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
