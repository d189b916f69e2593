"""Grouping: one case once, two cases apart, whatever the order in which the passages come."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp.cases import CaseSettings, candidates, group
from nijar_nlp.cases.blocking import pairs
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.pairs import Comparison
from nijar_nlp.cases.profiles import profiles
from nijar_nlp.corpus import load_actors
from nijar_nlp.records import Evidence, Fixed, Mention
from tests.cases_evidence import day, evidence

ACTORS = load_actors(Path(__file__).parents[1] / "corpus" / "register" / "actors.yaml")
SETTINGS = CaseSettings(same_event_days=21, focus_countries=("MLI", "BFA"))


def grouped(*items: Evidence) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in group(items, SETTINGS, ACTORS)}


def together(*items: Evidence) -> bool:
    return len(group(items, SETTINGS, ACTORS)) == 1


def gao_release(report: int, **changes: object) -> Evidence:
    values: dict[str, object] = {
        "when": day("2021-05-04"),
        "published": "2021-05-05",
        "place": "Gao",
        "groups": ["jnim"],
        "number": 3,
        "outlet": f"outlet {report}",
    }
    return evidence(f"Report {report}: three teachers were freed near Gao.", **(values | changes))  # type: ignore[arg-type]


def test_reports_of_one_release_in_three_languages_are_one_case() -> None:
    assert together(
        gao_release(1),
        gao_release(2, groups=["katiba-serma"]),
        evidence(
            "Trois enseignants libérés près de Gao.",
            when=day("2021-05-03", 4, "week"),
            place="Gao",
            groups=["jnim"],
            number=3,
            language="fr",
        ),
        evidence(
            "الإفراج عن ثلاثة معلمين قرب غاو.",
            when=day("2021-05-04"),
            place="Gao",
            number=3,
            language="ar",
        ),
    )


def test_two_swaps_of_one_year_are_two_cases() -> None:
    spring = [
        evidence(
            f"A swap of {n}.", "swap", when=day("2021-03-10"), country="NGA", groups=["boko-haram"], number=n
        )
        for n in (20, 21)
    ]
    autumn = [
        evidence(
            f"A swap of {n}.", "swap", when=day("2021-10-02"), country="NGA", groups=["boko-haram"], number=n
        )
        for n in (20, 9)
    ]
    assert grouped(*spring, *autumn) == {
        frozenset(item.passage_id for item in spring),
        frozenset(item.passage_id for item in autumn),
    }


def test_same_day_in_two_countries_is_two_cases() -> None:
    here = gao_release(1)
    there = gao_release(2, place="Diffa", groups=["iswap"])
    assert not together(here, there)


def test_a_weak_link_does_not_chain_two_cases() -> None:
    march = [
        gao_release(n, when=day(f"2021-03-0{n}"), published="2021-03-10", persons=["a-priest"])
        for n in (1, 2, 3)
    ]
    june = [
        gao_release(n, when=day(f"2021-06-0{n}"), published="2021-06-10", persons=["a-nurse"])
        for n in (4, 5, 6)
    ]
    link = gao_release(
        7, when=day("2021-03-01", 100, "range"), published="2021-07-10", persons=["a-priest", "a-nurse"]
    )
    found = grouped(*march, *june, link)
    ids = frozenset(item.passage_id for item in march), frozenset(item.passage_id for item in june)
    assert not any(ids[0] & one and ids[1] & one for one in found)
    assert sum(bool(one & ids[0]) for one in found) == 1
    assert sum(bool(one & ids[1]) for one in found) == 1


def test_a_later_report_does_not_join_what_was_told_before_it_happened() -> None:
    earlier = gao_release(1, when=None, published="2020-05-05")
    later = gao_release(2)
    assert not together(earlier, later)


def test_passages_of_one_article_stay_together() -> None:
    lead = gao_release(1, document="article", outlet="daily", published="2021-05-05")
    tail = evidence(
        "Mediators from the town had met the commander twice.",
        "mediation",
        document="article",
        outlet="daily",
        published="2021-05-05",
        status="done",
    )
    assert together(lead, tail)


def test_a_report_of_many_cases_is_not_one_case() -> None:
    months = [f"2021-{month:02}-10" for month in range(1, 13)]
    parts = [
        evidence(
            f"Incident {n}.",
            when=day(month),
            country="NGA",
            persons=[f"person-{n}"],
            document="yearbook",
            published="2022-02-01",
        )
        for n, month in enumerate(months)
    ]
    assert len(grouped(*parts)) == len(parts)


def yearbook() -> list[Evidence]:
    """Two cases of one report, each told in a passage with names and in one that leaves them out."""
    values = {"document": "yearbook", "published": "2022-02-01"}
    return [
        evidence("Freed near Gao.", when=day("2019-03-05"), place="Gao", groups=["jnim"], **values),  # type: ignore[arg-type]
        evidence("Elders had walked to the camp twice.", **values),  # type: ignore[arg-type]
        evidence("Freed near Diffa.", when=day("2021-08-05"), place="Diffa", groups=["iswap"], **values),  # type: ignore[arg-type]
        evidence("A ransom was denied.", **values),  # type: ignore[arg-type]
    ]


def test_in_a_report_neighbours_speak_of_one_matter() -> None:
    parts = yearbook()
    numbers = {part.passage_id: 20 + 8 * (n // 2) + n % 2 for n, part in enumerate(parts)}
    ids = [part.passage_id for part in parts]
    found = group(parts, SETTINGS, ACTORS, numbers)
    assert found == tuple(sorted((tuple(sorted(ids[:2])), tuple(sorted(ids[2:])))))
    assert group(parts[::-1], SETTINGS, ACTORS, numbers) == found


def test_old_dates_in_a_news_article_are_background() -> None:
    lead = gao_release(1, document="article", outlet="daily")
    background = evidence(
        "Talks had begun and broken off in that town.",
        "talks",
        when=day("2020-09-01"),
        document="article",
        outlet="daily",
        published="2021-05-05",
    )
    assert together(lead, background)


def test_order_is_of_no_account() -> None:
    items = corpus()
    expected = group(items, SETTINGS, ACTORS)
    for seed in range(4):
        random.Random(seed).shuffle(items)
        assert group(items, SETTINGS, ACTORS) == expected
    assert group(items[::-1], SETTINGS, ACTORS) == expected


@settings(max_examples=30)
@given(st.data())
def test_any_subset_groups_the_same_in_any_order(data: st.DataObject) -> None:
    items = data.draw(st.lists(st.sampled_from(CORPUS), unique_by=lambda item: item.passage_id, max_size=12))
    expected = group(items, SETTINGS, ACTORS)
    assert group(data.draw(st.permutations(items)), SETTINGS, ACTORS) == expected
    assert sorted(i for ids in expected for i in ids) == sorted(item.passage_id for item in items)


def corpus() -> list[Evidence]:
    """Four cases of three to five reports each, and two passages with nothing to hold on to."""
    items = [gao_release(n) for n in range(5)]
    items += [gao_release(n, when=day("2021-06-20"), published="2021-06-21", number=2) for n in range(3)]
    items += [
        evidence(f"Swap {n}", "swap", when=day("2020-10-08"), place="Tessalit", groups=["jnim"], number=4)
        for n in range(3)
    ]
    items += [
        evidence(f"Talks {n}", "talks", when=day("2020-10-01", 30, "month"), place="Djibo", groups=["jnim"])
        for n in range(3)
    ]
    return [*items, evidence("Talks were called for.", None), evidence("A stand.", None)]


CORPUS = corpus()


def month_of_news(cases: int) -> list[Evidence]:
    """Releases of one month and country, each elsewhere and told by two reports on two days."""
    return [
        evidence(
            f"Release {n} told on day {late}.",
            when=day(f"2021-05-{1 + (n + late) % 28:02}"),
            published="2021-06-01",
            country="MLI",
            persons=[f"captive-{n}"],
        )
        for n in range(cases)
        for late in (0, 1)
    ]


@settings(max_examples=5)
@given(st.integers(20, 60), st.randoms(use_true_random=False))
def test_a_crowded_month_groups_the_same_in_any_order(cases: int, dice: random.Random) -> None:
    items = month_of_news(cases)
    expected = grouped(*items)
    dice.shuffle(items)
    assert grouped(*items) == expected


def test_in_a_long_block_a_country_alone_brings_no_two_together() -> None:
    found = profiles(month_of_news(200), Families(ACTORS))
    met = list(pairs(found, {}))
    assert len(met) < 2 * len(found)
    assert {(found[a].persons == found[b].persons) for a, b in met} == {True}


def test_in_a_long_block_a_town_on_the_map_alone_brings_no_two_together() -> None:
    items = [
        evidence(f"Release {n}.", when=day(f"{1981 + n}-05-04"), place="Gao", persons=[f"captive-{n}"])
        for n in range(40)
    ]
    assert not list(pairs(profiles(items, Families(ACTORS)), {}))


@pytest.mark.parametrize("texts", [("…", "***"), ("", ""), ("…", "Freed near Gao.")])
def test_texts_without_a_word_are_not_alike_in_wording(texts: tuple[str, str]) -> None:
    one, other = profiles([evidence(text) for text in texts], Families(ACTORS))
    compared = Comparison([one, other], Families(ACTORS), same_event_days=21, copies={})
    assert "wording" not in compared.features(one, other)


def test_no_evidence_makes_no_group() -> None:
    assert group([], SETTINGS) == ()


def ceasefire(number: int, month: str, **changes: object) -> Evidence:
    values: dict[str, object] = {
        "when": day(f"{month}-10"),
        "country": "LBN",
        "groups": ["hezbollah"],
        "counterparts": ["israel"],
        "status": "agreed",
        "document": f"report of {month[:4]}",
    }
    text = f"Paragraph {number} on the cessation of hostilities in {month}."
    item = evidence(text, "ceasefire_or_local_agreement", **(values | changes))  # type: ignore[arg-type]
    return replace(item, published=day(f"{month[:4]}-12-01", 30, "month"))


def standing(*items: Evidence) -> list[int]:
    """The sizes of the candidates of paragraphs that stand far from each other in their reports."""
    numbers = {item.passage_id: 20 * number for number, item in enumerate(items)}
    return sorted(len(one.passage_ids) for one in candidates(items, (), ACTORS, SETTINGS, {}, numbers))


def test_a_standing_agreement_is_one_candidate_with_its_breaches() -> None:
    months = ("2024-11", "2024-12", "2025-02", "2025-03", "2025-06")
    assert standing(*(ceasefire(n, month) for n, month in enumerate(months))) == [5]


def test_distinct_negotiations_of_one_group_stay_apart() -> None:
    assert standing(ceasefire(1, "2024-11"), ceasefire(2, "2025-02", counterparts=["lebanon"])) == [1, 1]
    assert standing(ceasefire(1, "2006-08"), ceasefire(2, "2025-02")) == [1, 1]
    mediated = ceasefire(2, "2025-02", mediators=["qatar"])
    assert standing(ceasefire(1, "2024-11", mediators=["united-states"]), mediated) == [1, 1]


def test_what_a_report_says_of_its_one_agreement_without_naming_it_goes_with_it() -> None:
    def told(month: str, chapter: str = "LBN", **changes: object) -> Evidence:
        item = ceasefire(1, month, **changes)
        own_words = f"paragraph{month.replace('-', '')}{len(changes)}"
        return replace(item, text=own_words, document_id="report", chapter=chapter)

    agreed, echo = told("2024-11"), told("2024-12", groups=[])
    assert standing(agreed, echo) == [2]
    assert standing(agreed, told("2022-12", groups=[])) == [1, 1]
    assert standing(agreed, told("2024-12", groups=[], counterparts=["syria"])) == [1, 1]
    assert standing(agreed, told("2024-12", "SYR", groups=[])) == [1, 1]
    assert standing(agreed, told("2024-12", groups=[], place="Arsal")) == [1, 1]


def test_a_passage_of_a_country_s_chapter_is_of_that_country() -> None:
    item = replace(evidence("The ceasefire held.", "talks", when=day("2006-08-26")), chapter="UGA")
    (found,) = candidates([item], (), ACTORS, SETTINGS, {})
    assert found.country == "UGA"
    kaba = Mention(0, 4, "Kaba", "PLACE", country="MLI", precision="exact")
    (found,) = candidates([replace(item, mentions=(kaba,))], (), ACTORS, SETTINGS, {})
    assert found.country == "UGA"


def test_paragraphs_that_tell_of_no_case_make_no_candidate_unless_people_said_so() -> None:
    said = ceasefire(1, "2024-11")
    patrol = evidence("A patrol was stopped near the village.", None, published="2025-06-20")
    (found,) = candidates([said, patrol], (), ACTORS, SETTINGS, {})
    assert found.passage_ids == (said.passage_id,)
    for fixed in (
        Fixed(accepted={"accepted": frozenset({patrol.passage_id})}),
        Fixed(apart=((frozenset({said.passage_id}), frozenset({patrol.passage_id})),)),
        Fixed(looked_at=frozenset({patrol.passage_id})),
    ):
        found = candidates([said, patrol], (), ACTORS, SETTINGS, {}, None, fixed)[-1]
        assert found.passage_ids == (patrol.passage_id,)
        assert found.score < 0.05
        assert "unassigned evidence" in " ".join(found.score_reasons)


@pytest.mark.parametrize(
    ("status", "when", "opens"),
    [("done", "2025-04-13", True), ("called_for", "2025-04-13", False), ("done", None, False)],
)
def test_what_was_plainly_done_opens_a_case_though_nobody_in_it_is_known(
    status: str, when: str | None, opens: bool
) -> None:
    text = "Pirates boarded a tanker in the gulf and took ten sailors, who were reportedly let go in April."
    told = evidence(text, "hostage_release", status=status, when=when and day(when))
    assert bool(candidates([told], (), ACTORS, SETTINGS, {})) is opens


def test_an_unsure_tag_hides_no_release_that_names_a_place() -> None:
    told = evidence("Some of the girls came home to the town.", place="Maiduguri", when=day("2018-03-22"))
    doubtful = replace(told, events=tuple(replace(event, confidence=0.4) for event in told.events))
    (found,) = candidates([replace(doubtful, probabilities={})], (), ACTORS, SETTINGS, {})
    assert found.score < 0.05


@pytest.mark.parametrize(
    ("country", "sure", "bears"), [("MLI", 0.97, True), ("MLI", 0.6, False), (None, 0.97, False)]
)
def test_a_sure_passage_of_talks_bears_a_candidate_where_only_its_country_is_told(
    country: str | None, sure: float, bears: bool
) -> None:
    told = evidence("The authorities have opened talks with the insurgents.", "talks", country=country)
    told = replace(told, probabilities=dict.fromkeys(told.tags, sure))
    assert bool(candidates([told], (), ACTORS, SETTINGS, {})) is bears


def test_a_deal_of_two_groups_is_one_whichever_a_report_tells_as_the_other_side() -> None:
    """Also where only a people of a whole country is named in both: that is no name."""

    def told(document: str, number: int, groups: list[str], others: list[str], text: str) -> Evidence:
        return evidence(
            text,
            "ceasefire_or_local_agreement",
            country="NER",
            groups=groups,
            counterparts=others,
            document=document,
        )

    truce = "Its survival was helped by a tacit truce in the three border areas, report {} found."
    one = told("a", 1, ["islamic-state"], ["jnim"], truce.format("one"))
    other = told("b", 1, ["jnim"], [], truce.format("two"))
    assert together(one, other)
    apart = told(
        "c", 1, ["boko-haram"], [], "The Nigerien army was said to have held local talks in the east."
    )
    assert not together(one, apart)
