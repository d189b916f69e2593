# ruff: noqa: E501 - cases read better unbroken
"""Who stands on which side: states without their name, onlookers, captives, convenors, and the country."""

import pytest

from nijar_nlp.cases import events_of
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import Event, Mention
from tests.annotating import DIALOGUE, HOSTAGES, at, told


def first(annotator: Annotator, text: str, language: str, tags: tuple[str, ...], year: int = 2019) -> Event:
    return told(annotator, text, language, tags, at(f"{year}-03-01"))[0]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "On 3 May 2018 talks between Al-Shabaab and the government opened in Baidoa.", "somalia"),
        ("fr", "Des pourparlers entre le Jnim et les autorités ont débuté à Djenné.", "mali"),
        ("ar", "بدأت محادثات بين طالبان والحكومة في قندهار.", "afghanistan-republic"),
        ("en", "On 3 May 2023 talks between the Taliban and the government opened in Kandahar.", None),
        ("en", "Talks between the rebels and the government opened on Monday.", None),
    ],
)
def test_a_state_without_its_name_is_that_of_the_country_at_the_time(
    annotator: Annotator, language: str, text: str, wanted: str | None
) -> None:
    event = first(annotator, text, language, DIALOGUE)
    assert [party.id for party in event.counterpart] == [wanted]
    assert event.counterpart[0].text in text


@pytest.mark.parametrize(
    ("language", "tags", "text", "wanted"),
    [
        ("en", HOSTAGES, "The 12 villagers abducted in Zinder by gunmen were released on Monday.", []),
        (
            "fr",
            HOSTAGES,
            "Les 12 villageois enlevés par des hommes armés à Zinder ont été libérés lundi.",
            [],
        ),
        (
            "fr",
            HOSTAGES,
            "Douze otages enlevés dans le village de Tarka, au Niger, ont été libérés lundi.",
            [],
        ),
        ("en", DIALOGUE, "A truce with the Taliban was announced, said his family.", []),
        ("en", DIALOGUE, "Al-Shabaab agreed to a truce with elders in Baidoa.", ["elders"]),
        ("en", DIALOGUE, "Taliban authorities agreed to a ceasefire in Kunduz.", []),
        (
            "en",
            DIALOGUE,
            "Talks with Al-Shabaab opened in Baidoa, supported by several partners, including Kenya, Ethiopia and Uganda.",
            [],
        ),
        (
            "en",
            HOSTAGES,
            "The Taliban released two hostages; a third died in a rescue by French special forces.",
            [],
        ),
    ],
)
def test_captives_onlookers_and_rescuers_are_no_side(
    annotator: Annotator, language: str, tags: tuple[str, ...], text: str, wanted: list[str]
) -> None:
    assert [party.text for party in first(annotator, text, language, tags).counterpart] == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "Talks between the Taliban and the Afghan government were organized jointly by Norway and Qatar in Oslo.",
            {"norway", "qatar"},
        ),
        (
            "fr",
            "Des pourparlers entre le Jnim et le Mali, organisés conjointement par la Mauritanie et l'Algérie, ont débuté.",
            {"mauritania", "algeria"},
        ),
    ],
)
def test_those_who_convene_talks_mediate(
    annotator: Annotator, language: str, text: str, wanted: set[str]
) -> None:
    event = first(annotator, text, language, DIALOGUE)
    assert {party.id for party in event.mediator} == wanted
    assert not wanted & {party.id for party in event.counterpart}


@pytest.mark.parametrize(
    ("language", "tags", "text", "wanted"),
    [
        (
            "en",
            HOSTAGES,
            "All hostages were released by the gunmen after mediation by Libya, and their chief went into exile to Libya.",
            "",
        ),
        (
            "en",
            DIALOGUE,
            "Rebels in Mopti agreed to a truce, said a commander based in Algeria.",
            "MLI",
        ),
        (
            "fr",
            DIALOGUE,
            "Les rebelles de Mopti acceptent une trêve, selon un commandant basé en Algérie.",
            "MLI",
        ),
        (
            "fr",
            HOSTAGES,
            "Douze otages enlevés à Rivas, dans le nord-ouest du Nigeria, ont été libérés lundi.",
            "NGA",
        ),
        ("en", DIALOGUE, "Rebels agreed to a truce, and hundreds crossed the Kenyan border.", ""),
    ],
)
def test_where_somebody_lives_or_flees_to_is_not_where_the_case_is(
    annotator: Annotator, language: str, tags: tuple[str, ...], text: str, wanted: str
) -> None:
    assert first(annotator, text, language, tags).country == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Taliban agreed to a ceasefire, said Zabihullah Mujahid, a spokesman for the movement."),
        (
            "fr",
            "Les talibans ont accepté un cessez-le-feu, a dit Zabihullah Mujahid, porte-parole du mouvement.",
        ),
    ],
)
def test_who_is_named_before_he_is_called_a_spokesman_only_announces(
    annotator: Annotator, language: str, text: str
) -> None:
    assert first(annotator, text, language, DIALOGUE).persons == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Taliban began talks with the government, noted Zahir Karimi, an analyst in Kabul."),
        ("fr", "Les talibans ont entamé des pourparlers, estime l'analyste Zahir Karimi."),
        ("en", "The Taliban began talks with the government, said resident Zahir Karimi."),
    ],
)
def test_who_gives_an_opinion_is_no_person_of_the_event(
    annotator: Annotator, language: str, text: str
) -> None:
    at = text.index("Zahir")
    person = Mention(at, at + len("Zahir Karimi"), "Zahir Karimi", "PERSON")
    mentions = [m for m in annotator.annotate([Input(text, language)])[0] if m.type != "PERSON"]
    told = events_of("p", text, language, DIALOGUE, sorted([*mentions, person], key=lambda m: m.start))
    assert told and all(event.persons == () for event in told)
