"""Whom a name means: by the office held at the time, the life of a government, and the country at hand."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from nijar_nlp import corpus
from nijar_nlp.errors import CorpusError
from nijar_nlp.mentions import Annotator, Chapters, Heading, Input, Surroundings
from nijar_nlp.records import Actor, Passage, Role
from tests.annotating import at

REGISTER = Path(__file__).parent.parent / "corpus" / "register"


def entities(annotator: Annotator, text: str, day: str = "", kind: str = "", country: str = "") -> list[str]:
    given = Input(text, "en", at(day) if day else None, MappingProxyType({}), country)
    return [m.entity for m in annotator.annotate([given])[0] if m.entity and kind in ("", m.type)]


@pytest.mark.parametrize(
    ("text", "day", "person"),
    [
        ("President Aoun received the envoys.", "2025-07-11", ["joseph-aoun"]),
        ("President Aoun received the envoys.", "2019-07-11", ["michel-aoun"]),
        ("President Aoun received the envoys.", "2024-07-11", []),
        ("In 2019, President Aoun received the envoys.", "2025-07-11", ["michel-aoun"]),
        ("Former President Aoun received the envoys.", "2024-07-11", ["michel-aoun"]),
        ("President Aoun received the envoys.", "", []),
        ("Prime Minister Sharif met them in Islamabad.", "1998-03-17", ["nawaz-sharif"]),
        ("Prime Minister Sharif met them in Islamabad.", "2022-06-01", ["shehbaz-sharif"]),
        ("President Saleh met them in Sanaa, Yemen.", "2009-06-01", ["ali-abdullah-saleh"]),
        ("The Iraqi President Saleh met them.", "2009-06-01", []),
        ("President Obama spoke of it again.", "2019-06-01", ["barack-obama"]),
        ("President Obama spoke of it.", "2004-06-01", []),
    ],
)
def test_a_title_is_the_one_s_who_holds_the_office(
    annotator: Annotator, text: str, day: str, person: list[str]
) -> None:
    assert entities(annotator, text, day, "PERSON") == person


@pytest.mark.parametrize(
    ("text", "day", "actor"),
    [
        ("The Afghan government freed them.", "2020-03-01", ["afghanistan-republic"]),
        ("The Afghan government freed them.", "2022-03-01", []),
        ("In 2019 the Afghan government freed them.", "2022-03-01", ["afghanistan-republic"]),
        ("The Assad government freed them.", "2018-03-01", ["syria"]),
        ("The Assad government freed them.", "2025-03-01", []),
        ("The Syrian government freed them.", "2025-03-01", ["syria"]),
    ],
)
def test_a_government_is_meant_while_it_governs(
    annotator: Annotator, text: str, day: str, actor: list[str]
) -> None:
    assert entities(annotator, text, day, "ORG") == actor


@pytest.mark.parametrize(
    ("text", "country", "named"),
    [
        ("The Government of National Unity met them.", "", []),
        ("The Government of National Unity met them.", "LBY", ["gnu-libya"]),
        ("The Government of National Unity met them in Tripoli, Libya.", "", ["gnu-libya"]),
        ("The Government of National Unity of South Sudan met them.", "", []),
        ("The Southern Front freed two men in Yemen.", "", []),
        ("The Southern Front freed two men in Syria.", "", ["southern-front"]),
    ],
)
def test_a_common_name_needs_its_country(
    annotator: Annotator, text: str, country: str, named: list[str]
) -> None:
    day = "2016-03-01" if "Front" in text else "2023-03-01"
    found = entities(annotator, text, day, country=country)
    assert [entity for entity in found if entity in ("gnu-libya", "southern-front")] == named


@pytest.mark.parametrize(
    ("text", "country", "actor"),
    [
        ("ASWJ freed two men.", "SOM", ["aswj"]),
        ("ASWJ freed two men.", "MOZ", ["ism"]),
        ("ASWJ freed two men.", "", []),
        ("ASWJ freed two men in Mozambique.", "SOM", ["ism"]),
        ("Al-Shabaab freed two men.", "", ["al-shabaab"]),
        ("Al-Shabaab freed two men in Mozambique.", "", ["ism"]),
        ("Al-Shabaab freed two men in Somalia.", "MOZ", ["al-shabaab"]),
    ],
)
def test_namesakes_of_two_countries_are_told_apart(
    annotator: Annotator, text: str, country: str, actor: list[str]
) -> None:
    assert entities(annotator, text, "2025-07-01", "ARMED_GROUP", country) == actor


def test_a_longer_name_takes_the_stretch_of_one_that_begins_before_it() -> None:
    actors = (
        Actor("un", "United Nations", "organisation", {}),
        Actor("force", "Nations River Force in Xanadu", "organisation", {}),
    )
    (found,) = Annotator(actors, (), {}).annotate([Input("The United Nations River Force in Xanadu.", "en")])
    assert [m.entity for m in found if m.entity] == ["force"]


def _passages(*texts: tuple[str, str]) -> list[Passage]:
    return [Passage(str(i), "d", i, kind, "en", text, (), ()) for i, (kind, text) in enumerate(texts)]


def test_a_passage_is_of_the_country_that_was_named_last_before_it() -> None:
    passages = _passages(
        ("body", "In Mozambique the fighters regrouped."),
        ("footer", "Niger page 3 of 9"),
        ("body", "They attacked a lodge."),
        ("heading", "The coast"),
        ("body", "It was quiet."),
    )
    around = Surroundings(Chapters([]), passages)
    assert [around.country(passage) for passage in passages] == ["", "MOZ", "MOZ", "", ""]


def test_a_passage_is_of_its_article_s_country_else() -> None:
    passages = _passages(
        ("body", "Mali freed them. Malian elders had asked for it."),
        ("heading", "More"),
        ("body", "It rained."),
    )
    assert Surroundings(Chapters([]), passages).country(passages[2]) == "MLI"
    in_chapter = Surroundings(Chapters([Heading(1, 1, "Niger")]), passages)
    assert in_chapter.country(passages[2]) == "NER"


def test_two_may_bear_a_title_one_after_the_other(tmp_path: Path) -> None:
    def register(first: str, then: str) -> Path:
        def one(who: str, start: str) -> str:
            return (
                f"- {{id: {who}, name: {who} Xo, type: person, source: press, "
                f"aliases: {{en: [President Xo]}}, "
                f"roles: [{{actor: land, role: president, from: {start}}}]}}\n"
            )

        path = tmp_path / "actors.yaml"
        path.write_text(
            "version: '1.0'\nsources: {press: newspapers}\nactors:\n"
            "- {id: land, name: Land, type: state, source: press}\n" + one("Ada", first) + one("Bo", then),
            encoding="utf-8",
        )
        return path

    assert len(corpus.load_actors(register("2001, to: 2004", "2005"))) == 3
    with pytest.raises(CorpusError, match="alias 'president xo' of entry Ada"):
        corpus.load_actors(register("2001, to: 2004", "2004"))


def test_two_share_a_name_at_one_time_only_where_it_is_said_and_no_country_is_of_both(tmp_path: Path) -> None:
    def register(country: str, said: str) -> Path:
        path = tmp_path / "actors.yaml"
        path.write_text(
            "version: '1.0'\nsources: {press: newspapers}\nactors:\n"
            "- {id: one, name: Ansar, type: armed_group, source: press, countries: [SOM]}\n"
            f"- {{id: two, name: Ansar, type: armed_group, source: press, countries: [{country}]{said}}}\n",
            encoding="utf-8",
        )
        return path

    assert len(corpus.load_actors(register("MOZ", ", namesakes: [one]"))) == 2
    for country, said in (("MOZ", ""), ("SOM", ", namesakes: [one]")):
        with pytest.raises(CorpusError, match="of entry one"):
            corpus.load_actors(register(country, said))
    with pytest.raises(CorpusError, match="'three'"):
        corpus.load_actors(register("MOZ", ", namesakes: [three]"))


def test_a_person_is_named_by_surname_in_public_life_only() -> None:
    role = Role("land", "leader", date(2015, 1, 1), None)
    person = Actor("xo", "Ada Xovi", "person", {"en": ("Xovi",)}, ("MLI",), roles=(role,))
    annotator = Annotator((person,), (), {})
    assert entities(annotator, "Then Xovi spoke.", "2012-01-01") == ["xo"]
    assert entities(annotator, "Then Xovi spoke.", "1998-01-01") == []
    assert entities(annotator, "Then Ada Xovi spoke.", "1998-01-01") == ["xo"]
