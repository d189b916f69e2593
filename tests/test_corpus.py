"""The corpus room: the real files load, and every broken rule is refused with file, entry and rule."""

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from nijar_nlp.corpus import (
    load_actors,
    load_codebook,
    load_known_cases,
    load_labelled,
    load_places,
    manifest,
)
from nijar_nlp.errors import CorpusError
from nijar_nlp.records import ACTOR_TYPES, PLACE_PRECISIONS, RELATION_KINDS, TAGS, Actor

CORPUS = Path(__file__).parents[1] / "corpus"
REGISTER = CORPUS / "register"
FOCUS = {"MLI", "NER", "BFA", "MRT", "SOM", "LBN", "SYR"}
SOURCES = "sources: {press: newspapers}\n"
ONE = "{id: one, name: One, type: armed_group, source: press}"


@pytest.fixture(scope="module")
def actors() -> tuple[Actor, ...]:
    return load_actors(REGISTER / "actors.yaml")


def by_id(actors: tuple[Actor, ...]) -> dict[str, Actor]:
    return {actor.id: actor for actor in actors}


# The real files


def test_the_register_of_actors_has_its_size_and_all_three_languages(actors: tuple[Actor, ...]) -> None:
    types = Counter(actor.type for actor in actors)
    assert set(types) == set(ACTOR_TYPES)
    assert len(actors) - types["person"] >= 250
    assert types["person"] >= 120
    assert sum(actor.mediator for actor in actors) >= 60
    groups = [actor for actor in actors if actor.type == "armed_group"]
    assert all("ar" in actor.aliases for actor in groups)
    assert {country for actor in groups for country in actor.countries} >= FOCUS


def test_alliances_carry_their_dates(actors: tuple[Actor, ...]) -> None:
    known = by_id(actors)
    assert known["ansar-dine"].end == date(2017, 3, 31)
    assert ("merged_into", "jnim") in [(link.kind, link.actor) for link in known["ansar-dine"].relations]
    inside = {link.actor: link for link in known["katiba-macina"].relations}
    assert inside["jnim"].start == date(2017, 3, 1)
    assert inside["ansar-dine"].end == date(2017, 3, 31)
    assert all(link.kind in RELATION_KINDS for actor in actors for link in actor.relations)


def test_a_person_has_roles_over_time(actors: tuple[Actor, ...]) -> None:
    roles = by_id(actors)["mohamed-bazoum"].roles
    assert [(role.role, role.start, role.end) for role in roles if role.role == "president"] == [
        ("president", date(2021, 4, 1), date(2023, 7, 31))
    ]


def test_all_known_cases_load(actors: tuple[Actor, ...]) -> None:
    cases = load_known_cases(REGISTER / "known_cases.yaml", actors)
    assert len(cases) == 15
    assert len({case.id for case in cases}) == 15
    assert all(case.terms and case.start <= case.end and case.summary and case.outcome for case in cases)
    swap = next(case for case in cases if case.id == "MLI-2020-SWAP")
    assert set(swap.tags) == set(TAGS)
    assert "soumaila-cisse" in swap.persons
    assert "5,000 Taliban prisoners" in next(case for case in cases if case.id == "AFG-2020").terms


def test_the_register_of_places_covers_the_focus_countries() -> None:
    places = load_places(REGISTER / "places.yaml")
    own = [place for place in places if place.source != "geonames" and place.country in FOCUS]
    assert len(own) >= 300
    assert {place.country for place in places} >= FOCUS
    assert {place.precision for place in places} <= set(PLACE_PRECISIONS)
    farabougou = next(place for place in places if place.name == "Farabougou")
    assert (farabougou.id, farabougou.kind) == ("MLI/Ségou/Farabougou", "village")
    assert "فارابوغو" in farabougou.aliases["ar"]
    tripolis = {place.country for place in places if place.name == "Tripoli"}
    assert tripolis == {"LBN", "LBY"}


def test_the_codebook_is_whole() -> None:
    codebook = load_codebook(CORPUS / "codebook.yaml")
    assert codebook.version == "1.3"
    assert tuple(codebook.tags) == TAGS
    assert [ruling.number for ruling in codebook.rulings] == list(range(1, 23))
    assert len(codebook.hard_cases) == 15


def test_the_codebook_says_in_french_what_it_says_in_english() -> None:
    english, french = (load_codebook(CORPUS / "codebook.yaml", language) for language in ("en", "fr"))
    assert french.version == english.version
    assert french.tags["dialogue"].definition.startswith("Communication entre un groupe armé")
    for tag, rule in english.tags.items():
        own = french.tags[tag]
        assert (len(own.include), len(own.exclude)) == (len(rule.include), len(rule.exclude))
        assert own.definition != rule.definition
    assert [case.tags for case in french.hard_cases] == [case.tags for case in english.hard_cases]
    for ours, theirs in zip(french.rulings, english.rulings, strict=True):
        assert ours.number == theirs.number
        assert set(re.findall("`[a-z_]+`", ours.text)) == set(re.findall("`[a-z_]+`", theirs.text))


def test_the_seed_loads_when_there_is_one() -> None:
    assert all(set(passage.tags) <= set(TAGS) for passage in load_labelled(CORPUS / "seed"))


# Broken rules


def refusal(path: Path, text: str, load: object) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load(path)  # type: ignore[operator]
    assert path.name in str(caught.value)
    assert caught.value.rule
    assert caught.value.remedy
    return str(caught.value)


def actors_of(*entries: str) -> str:
    return SOURCES + "actors:\n" + "".join(f"- {entry}\n" for entry in entries)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([ONE, ONE], "entry one"),
        (["{id: one, name: One, type: tribe, source: press}"], "entry one, type = 'tribe'"),
        (["{id: one, name: One, type: armed_group, source: rumour}"], "source = 'rumour'"),
        (["{id: one, name: One, type: armed_group}"], "entry one, source"),
        (["{id: one, nam: One, type: armed_group, source: press}"], "entry one, nam"),
        (["{id: one two, name: One, type: armed_group, source: press}"], "entry one two, id"),
        (["{name: One, type: armed_group, source: press}"], "entry One, id"),
        (["{id: one, name: One, type: armed_group, source: press, countries: [XXX]}"], "countries.0 = 'XXX'"),
        (["{id: one, name: One, type: armed_group, source: press, aliases: {de: [Eins]}}"], "aliases.de"),
        (["{id: one, name: One, type: armed_group, source: press, active: {from: 2012-13}}"], "'2012-13'"),
        (
            ["{id: one, name: One, type: armed_group, source: press, active: {from: 2012-02-30}}"],
            "2012-02-30",
        ),
        (["{id: one, name: One, type: armed_group, source: press, active: {from: soon}}"], "'soon'"),
        (
            ["{id: one, name: One, type: armed_group, source: press, active: {from: 2013, to: 2012}}"],
            "entry one",
        ),
        ([ONE, "{id: p, name: P, type: person, source: press, roles: [{actor: x, role: r}]}"], "actor = 'x'"),
        (["{id: one, name: One, type: armed_group, source: press, part_of: [{actor: no}]}"], "actor = 'no'"),
        (["{id: one, name: One, type: armed_group, source: press, ids: {wikidata: q1}}"], "ids.wikidata"),
        (["one"], "entry 1"),
    ],
)
def test_a_bad_actor_is_refused(tmp_path: Path, entries: list[str], said: str) -> None:
    assert said in refusal(tmp_path / "actors.yaml", actors_of(*entries), load_actors)


@pytest.mark.parametrize("kind", ["merged_into", "part_of"])
def test_a_cycle_is_refused(tmp_path: Path, kind: str) -> None:
    entries = [
        f"{{id: {at}, name: {at}, type: armed_group, source: press, {kind}: [{{actor: {to}}}]}}"
        for at, to in (("one", "two"), ("two", "three"), ("three", "one"))
    ]
    assert f"entry one, {kind}" in refusal(tmp_path / "actors.yaml", actors_of(*entries), load_actors)


def test_two_actors_of_one_type_share_no_alias_at_one_time(tmp_path: Path) -> None:
    first = "{id: one, name: Ansar, type: armed_group, source: press, active: {from: 2010, to: 2012}}"
    second = "{id: two, name: Two, type: armed_group, source: press, aliases: {fr: [Ansâr]}"
    path = tmp_path / "actors.yaml"
    said = refusal(path, actors_of(first, second + ", active: {from: 2012}}"), load_actors)
    assert "entry two, alias 'ansar' of entry one" in said
    path.write_text(actors_of(first, second + ", active: {from: 2013}}"), encoding="utf-8")
    assert len(load_actors(path)) == 2
    other_type = second.replace("armed_group", "person") + "}"
    path.write_text(actors_of(first, other_type), encoding="utf-8")
    assert len(load_actors(path)) == 2


def test_arabic_spellings_of_one_name_are_one_alias(tmp_path: Path) -> None:
    entries = [
        "{id: one, name: One, type: armed_group, source: press, aliases: {ar: [أنصار الدين]}}",
        "{id: two, name: Two, type: armed_group, source: press, aliases: {ar: [انصار الدين]}}",
    ]
    assert "of entry one" in refusal(tmp_path / "actors.yaml", actors_of(*entries), load_actors)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actors: [", "not YAML"),
        ("- one", "no keys"),
        ("actors: []\nactors: []\n", "'actors' twice"),
        ("actores: []\n", "key actores"),
        ("actors: {id: one}\n", "key actors. It is a list"),
        ("actors: [one]\n", "entry 1 = 'one'. An entry is a mapping"),
        ("actors:\n", "key actors. It is a list"),
    ],
)
def test_a_file_out_of_form_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path / "actors.yaml", text, load_actors)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        load_actors(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("actors: [é]".encode("latin-1"))
    with pytest.raises(CorpusError, match="UTF-8"):
        load_actors(tmp_path / "latin.yaml")


PLACE = {
    "name": "Boni",
    "country": "MLI",
    "lat": "15.1",
    "lon": "-2.2",
    "precision": "near",
    "kind": "village",
    "source": "press",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"country": "ML"}, "country = 'ML'"),
        ({"also_in": ["XXX"]}, "also_in.0"),
        ({"lat": "95"}, "lat = '95'"),
        ({"lon": "east"}, "lon = 'east'"),
        ({"precision": "about"}, "precision"),
        ({"source": "rumour"}, "rumour"),
        ({"village": "yes"}, "village"),
    ],
)
def test_a_bad_place_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    text = SOURCES + "places: [" + json.dumps(PLACE | change) + "]"
    assert said in refusal(tmp_path / "places.yaml", text, load_places)


def test_one_place_is_entered_once(tmp_path: Path) -> None:
    entry = json.dumps(PLACE)
    text = SOURCES + f"places: [{entry}, {entry}]"
    assert "MLI/Boni" in refusal(tmp_path / "places.yaml", text, load_places)


CASE = {
    "id": "MLI-1",
    "title": "Talks",
    "kind": "dialogue",
    "tags": ["dialogue"],
    "countries": ["MLI"],
    "start": "2012",
    "end": "2013",
    "armed_groups": ["jnim"],
    "summary": "Talks.",
    "outcome": "None.",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tags": ["talks"]}, "tags.0 = 'talks'"),
        ({"tags": []}, "tags"),
        ({"countries": ["MAL"]}, "countries.0"),
        ({"armed_groups": ["nobody"]}, "actor = 'nobody'"),
        ({"mediators": ["nobody"]}, "actor = 'nobody'"),
        ({"persons": ["nobody"]}, "actor = 'nobody'"),
        ({"armed_groups": ["mali"]}, "armed_groups: 'mali'. It is an actor of type armed_group"),
        ({"persons": ["jnim"]}, "persons: 'jnim'. It is an actor of type person"),
        ({"places": "Gao"}, "places = 'Gao'. A list"),
        ({"id": "MLI 1"}, "id = 'MLI 1'. A character"),
        ({"start": "2014"}, "entry MLI-1"),
        ({"end": "2012-31"}, "end = '2012-31'"),
        ({"completed": ["weather"]}, "weather is none"),
        ({"where": "Mopti"}, "where"),
        ({"summary": ""}, "summary"),
    ],
)
def test_a_bad_known_case_is_refused(
    tmp_path: Path, actors: tuple[Actor, ...], change: dict[str, object], said: str
) -> None:
    text = "cases: [" + json.dumps(CASE | change) + "]"
    assert said in refusal(tmp_path / "known_cases.yaml", text, lambda path: load_known_cases(path, actors))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  dialogue:", "  talks:", "talks"),
        ("  hostage_exchange:", "  extra: {}\n  hostage_exchange:", "extra"),
        ("- number: 3", "- number: 4", "numbered 1, 2, 3"),
        ("- number: 3", "- number: three", "number"),
        ("tags: [dialogue]", "tags: [chat]", "chat"),
        ("scope:", "reach:", "scope"),
        ("    fr: >-\n", "    de: >-\n", "tags.dialogue.definition.fr. The format requires this key"),
        ("  title: {en: ", "  title: {de: ", "rulings.0.title.en"),
    ],
)
def test_a_bad_codebook_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (CORPUS / "codebook.yaml").read_text(encoding="utf-8").replace(old, new, 1)
    assert said in refusal(tmp_path / "codebook.yaml", text, load_codebook)


def test_a_tag_without_its_definition_is_refused(tmp_path: Path) -> None:
    both = "{en: d, fr: d}"
    rule = f"{{definition: {both}, include: [{both}], exclude: [{both}]}}"
    text = f"version: '1'\nscope: []\nhard_cases: []\nrulings: []\ntags: {{dialogue: {rule}}}\n"
    assert "prisoner_release has none" in refusal(tmp_path / "codebook.yaml", text, load_codebook)


LINE = {"id": "a-1", "language": "en", "tags": ["dialogue"], "text": "They talked.\u2028Again."}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tags": ["talks"]}, "line 1, tags.0"),
        ({"language": "de"}, "line 1, language"),
        ({"text": ""}, "line 1, text"),
        ({"label": 1}, "line 1, label"),
        ({"id": ""}, "line 1, id"),
    ],
)
def test_a_bad_labelled_passage_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    assert said in refusal(tmp_path / "a.jsonl", json.dumps(LINE | change), load_labelled)


def test_a_line_that_is_not_json_is_refused(tmp_path: Path) -> None:
    assert "line 2" in refusal(tmp_path / "a.jsonl", json.dumps(LINE) + "\n{", load_labelled)


def test_labelled_passages_of_a_folder_come_by_file_and_have_ids_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text(json.dumps(LINE | {"id": "b-1"}) + "\n\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE, ensure_ascii=False) + "\n", encoding="utf-8")
    passages = load_labelled(tmp_path)
    assert [passage.id for passage in passages] == ["a-1", "b-1"]
    assert passages[0].text == LINE["text"]
    assert "a-1" in refusal(tmp_path / "c.jsonl", json.dumps(LINE), lambda path: load_labelled(path.parent))


def test_the_manifest_lists_the_corpus_without_the_inbox(tmp_path: Path) -> None:
    for name in ("seed/a.jsonl", "codebook.yaml", "inbox/report.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    files = manifest(tmp_path)
    assert [file.path for file in files] == ["codebook.yaml", "seed/a.jsonl"]
    assert files[0].sha256 == hashlib.sha256(b"codebook.yaml").hexdigest()
    assert files[0].n_bytes == len(b"codebook.yaml")
