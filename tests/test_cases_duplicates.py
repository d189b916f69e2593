"""Near duplicates: which passages are copies of each other, and which only read alike."""

import pytest

from nijar_nlp.cases import near_duplicates

LEAD = (
    "The kidnappers freed the three teachers near {place} on {when} after elders from the town had spoken "
    "with the group's commander for several weeks about their fate and that of the school."
)


def test_copies_point_to_the_earliest() -> None:
    text = LEAD.format(place="Gao", when="4 May")
    edited = text.replace("for several weeks", "for weeks")
    assert near_duplicates([("a", text), ("b", edited), ("c", text.upper())]) == {"b": "a", "c": "a"}
    assert near_duplicates([("c", text), ("a", edited)]) == {"a": "c"}


def test_own_words_are_no_copy() -> None:
    other = (
        "Three teachers seized in March walked free on Tuesday close to Gao, according to the mayor, who "
        "credited the notables of his town and denied that any money had changed hands."
    )
    assert near_duplicates([("a", LEAD.format(place="Gao", when="4 May")), ("b", other)]) == {}


def test_a_sentence_repeated_with_other_numbers_is_no_copy() -> None:
    bulletin = (
        "During the month of {}, armed men in the region released {} of the {} persons whom they had "
        "taken, while {} remained in their hands at the end of the period under review."
    )
    texts = [("a", bulletin.format("May", 12, 40, 28)), ("b", bulletin.format("June", 5, 33, 19))]
    assert near_duplicates(texts) == {}


@pytest.mark.parametrize("text", ["", "…", "Gao"])
def test_short_texts_are_copies_only_where_equal(text: str) -> None:
    assert near_duplicates([("a", text), ("b", "Gao."), ("c", "Bamako")]) == (
        {"b": "a"} if text == "Gao" else {}
    )
