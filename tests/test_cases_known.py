"""Known or new: every known case is recognised, and swallows no other case of its country and years."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nijar_nlp.cases import CaseSettings, candidates, compare
from nijar_nlp.cases.dating import dated
from nijar_nlp.corpus import load_actors, load_known_cases
from nijar_nlp.records import Evidence, Match, Mention
from tests.cases_evidence import day, evidence

REGISTER = Path(__file__).parents[1] / "corpus" / "register"
ACTORS = load_actors(REGISTER / "actors.yaml")
KNOWN = load_known_cases(REGISTER / "known_cases.yaml", ACTORS)


def nearest(text: str, kind: str, **values: Any) -> Match:
    match = compare([evidence(text, kind, **values)], KNOWN, ACTORS)
    assert match is not None
    return match


DESCRIPTIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "MRT-2009": (
        "In Nouakchott, scholars around Ould Deddew talked for weeks with jihadists in prison; most of them "
        "renounced violence and the president pardoned many.",
        "talks",
        {
            "when": day("2010-01-01", 364, "year"),
            "country": "MRT",
            "mediators": ["ould-deddew"],
            "counterparts": ["mauritania"],
        },
    ),
    "MLI-2012-HCI": (
        "The High Islamic Council sent imam Dicko to Gao to sound out those who held the north.",
        "talks",
        {
            "when": day("2012-01-01", 365, "year"),
            "place": "Gao",
            "groups": ["ansar-dine"],
            "mediators": ["mahmoud-dicko"],
        },
    ),
    "MLI-2012-BFA": (
        "President Compaoré received a delegation of Ansar Dine in Ouagadougou.",
        "mediation",
        {
            "when": day("2012-11-01", 29, "month"),
            "country": "MLI",
            "groups": ["ansar-dine"],
            "mediators": ["blaise-compaore"],
        },
    ),
    "MLI-2012-DZA": (
        "Algeria hosted talks with a delegation of Ansar Dine and pressed it to stop fighting.",
        "talks",
        {
            "when": day("2012-12-01", 30, "month"),
            "country": "MLI",
            "groups": ["ansar-dine"],
            "mediators": ["algeria"],
        },
    ),
    "MLI-2017-CNU": (
        "The Conference of National Understanding in Bamako asked for talks with Iyad ag Ghali and Kouffa.",
        "policy_statement",
        {
            "when": day("2017-04-02"),
            "place": "Bamako",
            "counterparts": ["mali"],
            "persons": ["iyad-ag-ghali", "amadou-kouffa"],
        },
    ),
    "MLI-2017-DICKO": (
        "The prime minister had asked imam Dicko for a good-offices mission to the jihadists of the north; "
        "it was called off.",
        "mediation",
        {
            "when": day("2017-01-01", 364, "year"),
            "country": "MLI",
            "mediators": ["mahmoud-dicko"],
            "counterparts": ["mali"],
        },
    ),
    "MLI-2019-DNI": (
        "Delegates to the Inclusive National Dialogue came out for talking to the jihadist leaders.",
        "policy_statement",
        {"when": day("2019-12-22"), "country": "MLI", "counterparts": ["mali"]},
    ),
    "MLI-2020-SWAP": (
        "Soumaïla Cissé and Sophie Pétronin came home after about 200 prisoners had been set free.",
        "swap",
        {
            "when": day("2020-10-08"),
            "country": "MLI",
            "groups": ["jnim"],
            "persons": ["soumaila-cisse", "sophie-petronin"],
            "number": 4,
        },
    ),
    "MLI-2020-SEGOU": (
        "Through the High Islamic Council, the hunters of Niono and Kouffa's men agreed on a truce.",
        "ceasefire_or_local_agreement",
        {
            "when": day("2021-03-01", 30, "month"),
            "country": "MLI",
            "groups": ["katiba-macina"],
            "counterparts": ["dozo"],
            "mediators": ["hcim"],
        },
    ),
    "NER-2022": (
        "President Bazoum said he had sent emissaries to nine terrorist leaders and freed prisoners.",
        "talks",
        {
            "when": day("2022-02-01", 27, "month"),
            "country": "NER",
            "counterparts": ["niger"],
            "persons": ["mohamed-bazoum"],
        },
    ),
    "NER-ZARMA": (
        "At Banibangou, Fulani and Zarma chiefs signed a peace that the government had encouraged.",
        "ceasefire_or_local_agreement",
        {
            "when": day("2023-01-01", 30, "month"),
            "country": "NER",
            "counterparts": ["fulani-community", "zarma-community"],
        },
    ),
    "BFA-LOCAL": (
        "Elders of Djibo met the fighters outside the town and obtained that people may fetch firewood.",
        "talks",
        {
            "when": day("2022-05-01", 30, "month"),
            "place": "Djibo",
            "groups": ["jnim"],
            "counterparts": ["elders-councils"],
        },
    ),
    "MLI-LOCAL": (
        "In the villages around Koro, leaders made local agreements with the fighters of Katiba Macina.",
        "ceasefire_or_local_agreement",
        {
            "when": day("2021-01-01", 364, "year"),
            "country": "MLI",
            "groups": ["katiba-macina"],
            "counterparts": ["elders-councils"],
        },
    ),
    "BFA-2022": (
        "In Ouagadougou, Damiba announced committees for dialogue with the armed groups.",
        "policy_statement",
        {
            "when": day("2022-04-01"),
            "country": "BFA",
            "counterparts": ["burkina-faso"],
            "persons": ["paul-henri-damiba"],
        },
    ),
    "AFG-2020": (
        "The United States and the Taliban signed their agreement in Doha; 5,000 prisoners were to be freed.",
        "ceasefire_or_local_agreement",
        {
            "when": day("2020-02-29"),
            "country": "AFG",
            "groups": ["taliban"],
            "counterparts": ["united-states"],
            "mediators": ["qatar"],
        },
    ),
}

LOOK_ALIKES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "another hostage of JNIM in Mali, a year later": (
        "The Colombian nun held by JNIM in Mali since 2017 was freed.",
        "hostage_release",
        {"when": day("2021-10-09"), "country": "MLI", "groups": ["jnim"], "persons": ["~nun"], "number": 1},
    ),
    "a hostage negotiation in Mali in 2015": (
        "Talks for the release of a South African and a Swede held in the north of Mali went on.",
        "hostage_release",
        {
            "when": day("2015-06-01", 29, "month"),
            "country": "MLI",
            "groups": ["aqim"],
            "status": "under_way",
        },
    ),
    "a swap in Mali of the same month two years later": (
        "The army and JNIM exchanged captives near Gao.",
        "swap",
        {"when": day("2022-10-12"), "place": "Gao", "groups": ["jnim"], "counterparts": ["mali-army"]},
    ),
    "prisoners freed in Niger in 2017": (
        "In Diffa the authorities let repentant fighters of Boko Haram go home.",
        "prisoner_release",
        {"when": day("2017-02-01", 27, "month"), "place": "Diffa", "groups": ["boko-haram"]},
    ),
    "hostages freed in Burkina Faso in 2023": (
        "The Australian doctor taken at Djibo seven years ago was set free.",
        "hostage_release",
        {"when": day("2023-05-19"), "country": "BFA", "groups": ["aqim"], "persons": ["~kenneth elliott"]},
    ),
    "an exchange of the Taliban before Doha": (
        "Two professors were exchanged for three Taliban commanders.",
        "swap",
        {"when": day("2019-11-19"), "country": "AFG", "groups": ["taliban", "haqqani-network"], "number": 2},
    ),
    "a truce of the Taliban after Doha": (
        "The Taliban announced a truce of three days for the feast with the government in Kabul.",
        "ceasefire_or_local_agreement",
        {
            "when": day("2020-07-31"),
            "country": "AFG",
            "groups": ["taliban"],
            "counterparts": ["afghanistan-republic"],
        },
    ),
    "a meeting of the Taliban, years later, with one who had signed at Doha": (
        "The leader of the Taliban met Baradar and others in Kandahar to speak of the aid organisations.",
        "talks",
        {
            "when": day("2024-12-17", 4, "range"),
            "published": "2025-02-21",
            "country": "AFG",
            "groups": ["taliban"],
            "persons": ["abdul-ghani-baradar"],
        },
    ),
    "a look back at Doha from another agreement, years later": (
        "In Doha, Qatar brought Americans and the Taliban to an exchange; the Doha agreement was renewed.",
        "ceasefire_or_local_agreement",
        {
            "when": day("2025-01-21"),
            "published": "2025-01-22",
            "country": "AFG",
            "groups": ["taliban"],
            "counterparts": ["united-states"],
            "mediators": ["qatar"],
        },
    ),
    "the accord of Algiers of 2015": (
        "The government of Mali and the armed movements of the north signed the peace accord of Algiers.",
        "ceasefire_or_local_agreement",
        {
            "when": day("2015-06-20"),
            "country": "MLI",
            "groups": ["cma"],
            "counterparts": ["mali"],
            "mediators": ["algeria"],
        },
    ),
    "pardons in Mauritania in 2020": (
        "A court in Nouakchott shortened the sentences of two men.",
        "prisoner_release",
        {"when": day("2020-05-01"), "country": "MRT"},
    ),
    "Boko Haram in Nigeria": (
        "The schoolgirls were freed after talks with Boko Haram.",
        "hostage_release",
        {"when": day("2017-05-06"), "country": "NGA", "groups": ["boko-haram"], "number": 82},
    ),
}


def test_every_known_case_is_described() -> None:
    assert set(DESCRIPTIONS) == {case.id for case in KNOWN}


@pytest.mark.parametrize("identity", DESCRIPTIONS)
def test_a_description_is_recognised(identity: str) -> None:
    match = nearest(*DESCRIPTIONS[identity][:2], **DESCRIPTIONS[identity][2])
    assert match.case_id == identity, match
    assert match.probability >= 0.6, match
    assert match.reasons_for


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_look_alike_is_not_swallowed(name: str) -> None:
    match = nearest(*LOOK_ALIKES[name][:2], **LOOK_ALIKES[name][2])
    assert match.probability < 0.4, match
    assert match.reasons_against


def test_without_known_cases_there_is_no_nearest() -> None:
    assert compare([evidence("A swap.", "swap")], (), ACTORS) is None


def settled(*items: Evidence) -> dict[str | None, set[str]]:
    """The passages' texts by known case (None: new); in their document they stand in this order."""
    numbers = {item.passage_id: number for number, item in enumerate(items)}
    found = candidates(items, KNOWN, ACTORS, CaseSettings(), {}, numbers)
    texts = {item.passage_id: item.text for item in items}
    by_case: dict[str | None, set[str]] = {}
    for one in found:
        by_case.setdefault(one.known_case, set()).update(texts[i] for i in one.passage_ids)
    return by_case


REPORT: dict[str, Any] = {"document": "report", "outlet": "Institute", "published": "2023-05-20"}
MRT = DESCRIPTIONS["MRT-2009"]


def test_a_passage_that_only_goes_on_with_a_known_case_is_not_new() -> None:
    first = evidence(MRT[0], MRT[1], **MRT[2], **REPORT)
    then = evidence(
        "The president signed for some of them, and others had their sentences cut.",
        "prisoner_release",
        persons=["mohamed-ould-abdelaziz"],
        **REPORT,
    )
    assert settled(first, then) == {"MRT-2009": {first.text, then.text}}


def test_another_matter_after_a_known_case_stays_new() -> None:
    first = evidence(MRT[0], MRT[1], **MRT[2], **REPORT)
    then = evidence(
        "Sixteen soldiers were exchanged near Arsal.",
        "swap",
        when=day("2015-12-01"),
        place="Arsal",
        groups=["nusra-front"],
        **REPORT,
    )
    assert settled(first, then) == {"MRT-2009": {first.text}, None: {then.text}}


def test_each_passage_of_a_retrospective_goes_to_its_own_case() -> None:
    names = ("MLI-2012-BFA", "MLI-2012-DZA", "NER-2022", "NER-ZARMA")
    items = {
        name: evidence(DESCRIPTIONS[name][0], DESCRIPTIONS[name][1], **DESCRIPTIONS[name][2], **REPORT)
        for name in names
    }
    assert settled(*items.values()) == {name: {item.text} for name, item in items.items()}


def test_talks_that_led_to_a_known_agreement_belong_to_it() -> None:
    talks = evidence(
        "Khalilzad travelled on to Doha, where the talks with the Taliban were to resume.",
        "talks",
        country="AFG",
        groups=["taliban"],
        persons=["zalmay-khalilzad"],
        mediators=["qatar"],
        published="2019-11-20",
        status="under_way",
    )
    swap = evidence(
        "Two professors were exchanged for three Taliban commanders.",
        "swap",
        when=day("2019-11-19"),
        country="AFG",
        groups=["taliban", "haqqani-network"],
        published="2019-11-20",
    )
    assert settled(talks) == {"AFG-2020": {talks.text}}
    assert settled(swap) == {None: {swap.text}}


def test_a_day_without_a_year_is_that_of_the_year_told() -> None:
    told = evidence("On 21 December they signed.", "talks", when=day("2022-12-21"), **REPORT)
    when = told.events[0].date
    assert when is not None
    around = evidence("In 2012 and on 3 January 2013.", "talks", when=day("2013-01-03"), **REPORT)
    mention = Mention(
        0, 14, "3 January 2013", "DATE", interval=replace(day("2013-01-03"), found="3 January 2013")
    )
    around = replace(around, mentions=(mention,))
    told = replace(told, events=(replace(told.events[0], date=replace(when, found="21 December")),))
    may = day("2023-05-01", 30, "month")
    told, around = replace(told, published=may), replace(around, published=may)
    numbers = {around.passage_id: 4, told.passage_id: 5}
    (moved,) = (item for item in dated([told, around], numbers) if item.text == told.text)
    assert moved.events[0].date is not None
    assert moved.events[0].date.start == date(2012, 12, 21)
    news = [replace(item, published=day("2013-01-04")) for item in (told, around)]
    assert dated(news, numbers) == news
