# ruff: noqa: E501 - cases read better unbroken
"""The slots of an event come from its own sentence and those that bear on it, in three languages."""

from datetime import date

import pytest

from nijar_nlp.cases.event_bearing import bearing, siding
from nijar_nlp.cases.event_drafts import drafts
from nijar_nlp.cases.event_judge import judged
from nijar_nlp.cases.event_words import plain
from nijar_nlp.cases.events import read_as_judged
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import Event
from tests.annotating import DIALOGUE, HOSTAGES, PRISONERS, PUBLISHED, told


def only(annotator: Annotator, text: str, language: str, tags: tuple[str, ...], kind: str) -> Event:
    return next(e for e in told(annotator, text, language, tags) if e.type == kind)


TRUCE = "ceasefire_or_local_agreement"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Floods displaced thousands in Mopti in June 2019. The army repaired two bridges. JNIM and the elders signed a peace agreement.",
        ),
        (
            "fr",
            "En juin 2019, les pluies ont touché Mopti. Deux ponts ont été réparés par la voirie. Le JNIM et les notables ont signé un accord de paix.",
        ),
        (
            "ar",
            "ضربت الأمطار موبتي في يونيو 2019. وأعيد بناء جسرين. ووقعت جماعة نصرة الإسلام والمسلمين اتفاق سلام مع الوجهاء.",
        ),
    ],
)
def test_what_another_matter_is_about_fills_no_slot(annotator: Annotator, language: str, text: str) -> None:
    event = only(annotator, text, language, DIALOGUE, TRUCE)
    assert event.place is None and event.date is None


def test_a_sentence_that_tells_on_bears_on_the_event(annotator: Annotator) -> None:
    text = "JNIM released two nurses on Thursday. They arrived in Gao the same evening."
    event = only(annotator, text, "en", HOSTAGES, "hostage_release")
    assert event.place is not None and event.place.text == "Gao"


def test_both_sides_are_those_named_before(annotator: Annotator) -> None:
    text = (
        "Fighting between the government and the MFDC went on in Casamance. Roads were mined. "
        "Markets stayed shut. Both sides said that they kept to the ceasefire."
    )
    mentions = annotator.annotate([Input(text, "en", PUBLISHED)])[0]
    read = read_as_judged(text, "en", DIALOGUE, mentions)
    assert read is not None
    draft = next(d for d in judged(read) if d.type == TRUCE)
    assert read.sentences[0] in siding(read, draft)
    assert read.sentences[0] not in bearing(read, draft)
    event = only(annotator, text, "en", DIALOGUE, TRUCE)
    assert [party.text for party in event.counterpart] == ["the government"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On 3 May envoys of the Taliban held talks in Geneva, Switzerland, on Afghanistan.", "talks"),
        ("Fighters of JNIM released a nurse near a Malian army base.", "hostage_release"),
    ],
)
def test_neither_a_venue_nor_premises_are_a_side(annotator: Annotator, text: str, kind: str) -> None:
    tags = DIALOGUE if kind == "talks" else HOSTAGES
    assert only(annotator, text, "en", tags, kind).counterpart == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Mali freed a JNIM fighter who served a 12-year prison sentence.", None),
        ("Under article 14, Mali freed three JNIM prisoners after 20 months.", 3),
        ("Mali freed 14 JNIM prisoners held for 5 years.", 14),
    ],
)
def test_a_sentence_served_is_no_number_of_people(
    annotator: Annotator, text: str, number: int | None
) -> None:
    assert only(annotator, text, "en", PRISONERS, "prisoner_release").released_number == number


@pytest.mark.parametrize(
    "text",
    [
        "Fighters who signed the Algiers Accord met a JNIM envoy.",
        "JNIM met the former governor of Gao for talks.",
    ],
)
def test_neither_an_accord_s_name_nor_an_office_is_a_place(annotator: Annotator, text: str) -> None:
    found = told(annotator, text, "en", DIALOGUE)
    assert found and all(event.place is None for event in found)


@pytest.mark.parametrize(
    ("language", "tags", "text", "kind", "status"),
    [
        ("en", DIALOGUE, "JNIM said that if a peace deal was reached it would reopen the road.", TRUCE, "called_for"),
        ("en", DIALOGUE, "In July an accord was reached between the rebels and the state.", TRUCE, "agreed"),
        ("fr", HOSTAGES, "Les otages du JNIM n'ont toujours pas été libérés.", "hostage_release", "refused"),
        ("fr", DIALOGUE, "Un accord a été conclu entre le JNIM et les notables.", TRUCE, "agreed"),
        ("ar", HOSTAGES, "لم تفرج جماعة نصرة الإسلام والمسلمين عن الرهائن.", "hostage_release", "refused"),
    ],
)  # fmt: skip
def test_what_has_not_come_about_is_not_done(
    annotator: Annotator, language: str, tags: tuple[str, ...], text: str, kind: str, status: str
) -> None:
    assert only(annotator, text, language, tags, kind).status == status


@pytest.mark.parametrize(
    ("language", "tags", "text"),
    [
        ("en", DIALOGUE, "Rebels burnt an office of the Truth, Pardon and Reconciliation Commission."),
        ("en", DIALOGUE, "Rebels threatened members of the Peace and Dialogue Platform."),
        ("en", PRISONERS, "Rebels shot at the Ministry of Prisoner Releases and Justice."),
        ("fr", DIALOGUE, "Des rebelles ont incendié le ministère du Dialogue national."),
        ("ar", DIALOGUE, "هاجم المتمردون وزارة الحوار."),
    ],
)
def test_a_word_of_a_body_s_name_tells_no_event(language: str, tags: tuple[str, ...], text: str) -> None:
    assert drafts(plain(text), language, tags) == []


def test_a_chapter_s_country_counts_where_the_passage_tells_none(annotator: Annotator) -> None:
    for text, country in (
        ("The rebels signed a ceasefire in May.", "NPL"),
        ("The rebels signed a ceasefire in Mali.", "MLI"),
    ):
        found = told(annotator, text, "en", DIALOGUE, about="NPL")
        assert found and {event.country for event in found} == {country}


def test_a_quotation_s_speaker_and_day_are_told_before_it(annotator: Annotator) -> None:
    text = (
        "On 25 April the minister Ahmed Attaf said: “We keep the border shut. We shall not hold talks with JNIM."
        " Nobody has asked us to”."
    )
    event = only(annotator, text, "en", DIALOGUE, "policy_statement")
    assert event.date is not None and event.date.start == date(2020, 4, 25)


def test_one_named_among_those_released_is_one_of_them(annotator: Annotator) -> None:
    text = "JNIM released four hostages on Thursday. Among them was Sophie Pétronin."
    event = only(annotator, text, "en", HOSTAGES, "hostage_release")
    assert [party.id for party in event.persons] == ["sophie-petronin"]
