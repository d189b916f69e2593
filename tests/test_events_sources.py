# ruff: noqa: E501 - cases read better unbroken
"""Who says so: the group, an official, a local, an organisation or the medium itself."""

import pytest

from nijar_nlp.cases import events_of
from nijar_nlp.cases.event_sources import voice_of
from nijar_nlp.mentions import Annotator, Input
from tests.annotating import HOSTAGES, PUBLISHED


@pytest.mark.parametrize(
    ("language", "text", "outlet", "source"),
    [
        ("en", "JNIM released four hostages on Thursday.", "Reuters", "media"),
        ("en", "JNIM released four hostages on Thursday.", "United Nations Security Council", "organisation"),
        ("en", "JNIM released four hostages, a resident said.", "International Crisis Group", "local"),
        ("en", "My Special Representative met JNIM, which released four hostages.", "", "organisation"),
        ("fr", "17. Le Jnim a libéré quatre otages le 3 mars 2021. Ils ont été remis à leurs familles.", "", "organisation"),
        ("fr", "17. Le Jnim a libéré quatre otages le 3 mars 2021. Ils ont été remis à leurs familles.", "Le Monde", "media"),
        ("fr", "Dans mon rapport précédent figurent les quatre otages libérés par le Jnim.", "", "organisation"),
        ("en", "My Special Representative met JNIM, which released four hostages.", "Reuters", "media"),
        ("en", "My last captors from Boko Haram let me go.", "", "media"),
        ("en", "After two years my new guards from Boko Haram released the hostages.", "", "media"),
        ("en", "10. Boko Haram freed ten hostages.", "", "media"),
        ("en", "34. Hostages were freed near Gao.", "", "media"),
        ("en", "1. Boko Haram freed ten hostages. 2. JNIM freed two.", "", "media"),
        ("fr", "Mon rapport avec mes ravisseurs a changé avant que le Jnim libère les otages.", "", "media"),
        ("fr", "Quatre otages ont été remis au Jnim, a annoncé la présidence.", "", "official"),
        ("fr", "Le ministre de la Défense, le colonel Sadio Camara, a annoncé la libération de dix otages détenus par le JNIM.", "", "official"),
        ("en", "The governor of Borno, Babagana Zulum, said that Boko Haram had freed ten hostages.", "", "official"),
        ("en", "The governor of Borno, Babagana Zulum, said Boko Haram had freed ten hostages.", "", "official"),
        ("en", "JNIM freed the hostages according to a resident of Gao.", "", "local"),
        ("en", "“JNIM freed ten hostages,” said the governor of Gao.", "", "official"),
        ("en", "“We freed ten hostages,” a commander of JNIM said.", "", "group"),
        ("ar", "قال المحافظ إن بوكو حرام أفرجت عن عشر رهائن.", "", "official"),
    ],
)  # fmt: skip
def test_who_says_so(annotator: Annotator, language: str, text: str, outlet: str, source: str) -> None:
    mentions = annotator.annotate([Input(text, language, PUBLISHED)])[0]
    assert {e.source for e in events_of("p", text, language, HOSTAGES, mentions, outlet=outlet)} == {source}


def test_a_footnote_with_its_number_is_nobodys_report() -> None:
    text = "34. Hostages were freed near Gao. They had been held for a year."
    assert (voice_of("", text), voice_of("", text, "footnote")) == ("organisation", "")


@pytest.mark.parametrize(
    "outlet",
    [
        "MINUSMA", "MONUSCO", "AMISOM", "un.org", "news.un.org", "UNITED NATIONS", "UN News", "RAND Corporation",
        "Centre for Humanitarian Dialogue", "Fondation pour la recherche stratégique", "مركز الجزيرة للدراسات",
    ],
)  # fmt: skip
def test_publishers_that_are_organisations(outlet: str) -> None:
    assert voice_of(outlet) == "organisation"


@pytest.mark.parametrize(
    "outlet",
    [
        "La Nouvelle République du Centre-Ouest", "Centre Presse", "UNION, L'", "UNIAN", "UNE", "RANDOM Times",
        "PAMBAZUKA", "Thomson Reuters Foundation", "Rand Daily Mail", "مركز الأنباء",
    ],
)  # fmt: skip
def test_publishers_that_only_look_like_organisations(outlet: str) -> None:
    assert voice_of(outlet) == "media"
