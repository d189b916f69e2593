"""Who stands on which side: states without their name, onlookers, captives, convenors, and the country."""

from datetime import date
from pathlib import Path

import pytest

from nijar_nlp import corpus
from nijar_nlp.cases import events_of
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import DateInterval, Event

DIALOGUE, PRISONERS, HOSTAGES = ("dialogue",), ("prisoner_release",), ("hostage_exchange",)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """The annotator over the project's registers alone."""
    register = Path(__file__).parent.parent / "corpus" / "register"
    return Annotator(
        corpus.load_actors(register / "actors.yaml"), corpus.load_places(register / "places.yaml"), {}
    )


def first(annotator: Annotator, text: str, language: str, tags: tuple[str, ...], year: int = 2019) -> Event:
    mentions = annotator.annotate(
        [Input(text, language, DateInterval(date(year, 3, 1), date(year, 3, 1), "day"))]
    )[0]
    return events_of("p1", text, language, tags, mentions, states=annotator.states)[0]


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
