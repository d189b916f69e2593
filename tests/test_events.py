# ruff: noqa: E501 - cases read better unbroken
"""Events in three languages: every type and status, every slot, and the conventions that part them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp import corpus
from nijar_nlp.cases import EVENTS_VERSION
from nijar_nlp.cases.event_capitals import CAPITALS
from nijar_nlp.cases.event_codes import codes_of
from nijar_nlp.cases.event_drafts import drafts
from nijar_nlp.cases.substance import is_told_in_words
from nijar_nlp.mentions import Annotator
from nijar_nlp.records import EVENT_SOURCES, EVENT_STATUSES, EVENT_TYPES, TAGS
from tests.annotating import DIALOGUE, HOSTAGES, PRISONERS, REGISTER, told


@pytest.mark.parametrize(
    ("language", "tags", "text", "kind", "status"),
    [
        ("en", HOSTAGES, "JNIM released four hostages on Thursday.", "hostage_release", "done"),
        ("en", HOSTAGES, "The family demanded that the group release the hostages.", "hostage_release", "called_for"),
        ("en", HOSTAGES, "The hostages will be released on Friday.", "hostage_release", "agreed"),
        ("en", HOSTAGES, "The kidnappers refused to release the hostages.", "hostage_release", "refused"),
        ("en", HOSTAGES, "The gunmen asked for a ransom of two million dollars.", "ransom", "called_for"),
        ("en", HOSTAGES, "A ransom was paid to the kidnappers.", "ransom", "done"),
        ("en", HOSTAGES, "The ministry denied that a ransom had been paid.", "ransom", "denied"),
        ("en", PRISONERS, "Niger freed six jihadist prisoners.", "prisoner_release", "done"),
        ("en", PRISONERS, "The group called for the release of its prisoners.", "prisoner_release", "called_for"),
        ("en", PRISONERS + HOSTAGES, "The army and the rebels exchanged prisoners.", "swap", "done"),
        ("en", DIALOGUE, "Talks between Mali and JNIM collapsed.", "talks", "failed"),
        ("en", DIALOGUE, "Talks between the state and the MFDC, which fights for the south, were again put off and then were once more postponed.", "talks", "failed"),
        ("en", DIALOGUE, "In May, talks between the state and the rebels (the army's old foes), who hold the hills, were again suspended.", "talks", "failed"),
        ("en", DIALOGUE, "Talks between the government and the rebels have been called off.", "talks", "failed"),
        ("en", DIALOGUE, "Talks with the Taliban led to a ceasefire in the south, and air strikes on the northern provinces were suspended.", "ceasefire_or_local_agreement", "agreed"),
        ("en", DIALOGUE, "Emissaries are negotiating with JNIM.", "talks", "under_way"),
        ("en", DIALOGUE, "A one-month ceasefire between the army and Hamas was signed.", "ceasefire_or_local_agreement", "agreed"),
        ("en", DIALOGUE, "The truce with the rebels collapsed.", "ceasefire_or_local_agreement", "failed"),
        ("en", DIALOGUE, "Qatar is mediating with the Taliban.", "mediation", "under_way"),
        ("en", DIALOGUE, "The minister said that France would never negotiate with terrorists.", "policy_statement", "refused"),
        ("en", DIALOGUE, "The imam called for dialogue with Iyad ag Ghali.", "policy_statement", "called_for"),
        ("fr", HOSTAGES, "Quatre otages ont été libérés jeudi par le Jnim.", "hostage_release", "done"),
        ("fr", HOSTAGES, "Les ravisseurs réclament une rançon de dix millions.", "ransom", "called_for"),
        ("fr", PRISONERS, "Le Niger a libéré six djihadistes détenus à Koutoukalé.", "prisoner_release", "done"),
        ("fr", PRISONERS + HOSTAGES, "Un échange de prisonniers a eu lieu entre l'armée et les rebelles.", "swap", "done"),
        ("fr", DIALOGUE, "Les pourparlers avec les rebelles ont échoué.", "talks", "failed"),
        ("fr", DIALOGUE, "Un cessez-le-feu d'un mois a été signé avec le groupe.", "ceasefire_or_local_agreement", "agreed"),
        ("fr", DIALOGUE, "Paris exclut de négocier avec les djihadistes.", "policy_statement", "refused"),
        ("fr", DIALOGUE, "L'imam appelle à dialoguer avec le Jnim.", "policy_statement", "called_for"),
        ("en", PRISONERS, "The fourteen rebels were not released but taken to another prison.", "prisoner_release", "refused"),
        ("en", HOSTAGES, "Hezbollah would trade the captives for its own men.", "swap", "offered"),
        ("en", DIALOGUE, "The resolution called for an end to the fighting and a ceasefire with the rebels.", "ceasefire_or_local_agreement", "called_for"),
        ("en", DIALOGUE, "The ministry saw no reason to sit down with the rebels.", "policy_statement", "refused"),
        ("en", DIALOGUE, "The rebels declared a “ceasefire” in March.", "ceasefire_or_local_agreement", "done"),
        ("en", DIALOGUE, "Talks with the rebels, held in Juba, ended with an accord.", "talks", "done"),
        ("en", DIALOGUE, "Niger is negotiating with Boko Haram. The government denied it.", "talks", "denied"),
        ("en", DIALOGUE, "The elders facilitated a dialogue with the militia.", "mediation", "done"),
        ("fr", DIALOGUE, "Le Niger n'exclut plus de parler avec Boko Haram.", "policy_statement", "called_for"),
        ("fr", DIALOGUE, "Pourquoi discuter avec les djihadistes ?", "policy_statement", "refused"),
        ("fr", DIALOGUE, "Le pacte avec la katiba est resté lettre morte.", "ceasefire_or_local_agreement", "failed"),
        ("ar", DIALOGUE, "دخل الوجهاء للتوسط مع المسلحين.", "mediation", "done"),
        ("ar", HOSTAGES, "أعادت بوكو حرام تلميذات خطفتهن.", "hostage_release", "done"),
        ("ar", HOSTAGES, "أفرجت حماس عن أربع رهائن يوم الخميس.", "hostage_release", "done"),
        ("ar", HOSTAGES, "طلب الخاطفون فدية قدرها مليون دولار.", "ransom", "called_for"),
        ("ar", PRISONERS, "أفرجت السلطات عن خمسين سجينا من السلفيين.", "prisoner_release", "done"),
        ("ar", DIALOGUE, "فشلت المفاوضات مع المتمردين.", "talks", "failed"),
        ("ar", DIALOGUE, "تم توقيع هدنة مع الحوثيين.", "ceasefire_or_local_agreement", "agreed"),
        ("ar", DIALOGUE, "رفضت الحكومة التفاوض مع الإرهابيين.", "policy_statement", "refused"),
    ],
)  # fmt: skip
def test_type_and_status(
    annotator: Annotator, language: str, tags: tuple[str, ...], text: str, kind: str, status: str
) -> None:
    assert (kind, status) in {(e.type, e.status) for e in told(annotator, text, language, tags)}


@pytest.mark.parametrize(
    "text",
    [
        "Talks with the Taliban resumed in Doha after flights to Kabul were briefly suspended.",
        "The envoy said that peace talks are under way in Doha and that attacks on cities were now suspended by the Taliban.",
        "Talks with the Taliban led to a ceasefire in the south, and air strikes on the northern provinces were suspended.",
        "Talks with the Taliban were not suspended.",
        "The talks with the Taliban, which began in May, were not suspended.",
        "Talks with the Taliban were not called off.",
        "Talks with the Taliban were never postponed.",
        "Talks with the Taliban have not collapsed.",
    ],
)  # fmt: skip
def test_talks_that_go_on_have_not_failed(annotator: Annotator, text: str) -> None:
    statuses = {e.status for e in told(annotator, text, "en", DIALOGUE) if e.type == "talks"}
    assert statuses and statuses <= {"under_way", "done"}


@pytest.mark.parametrize(
    ("language", "tags", "text", "kind", "status"),
    [
        ("en", PRISONERS, "The president offered an amnesty to jailed fighters.", "amnesty", "offered"),
        ("fr", DIALOGUE, "Des notables servent d'intermédiaires avec les djihadistes.", "mediation", "under_way"),
    ],
)  # fmt: skip
def test_what_the_rules_alone_read(
    language: str, tags: tuple[str, ...], text: str, kind: str, status: str
) -> None:
    assert (kind, status) in {(d.type, d.status) for d in drafts(text, language, tags)}


def test_every_slot_of_a_release(annotator: Annotator) -> None:
    text = "JNIM freed five hostages near Gao, in Mali, on 6 October 2020 through the mediation of Qatar."
    (event,) = told(annotator, text, "en", HOSTAGES)
    assert [p.id for p in event.armed_group] == ["jnim"]
    assert [p.id for p in event.mediator] == ["qatar"]
    assert (event.country, event.released_number) == ("MLI", 5)
    assert event.place is not None and event.place.name == "Gao"
    assert event.date is not None and event.date.start == date(2020, 10, 6)
    assert {text[a:b] for a, b in event.spans["released_number"]} == {"five"}


def test_a_swap_counts_both_sides(annotator: Annotator) -> None:
    text = "Hamas exchanged 50 hostages for 150 prisoners held by Israel."
    (swap,) = told(annotator, text, "en", PRISONERS + HOSTAGES)
    assert (swap.type, swap.released_number, swap.released_number_other_side) == ("swap", 50, 150)
    assert [p.id for p in swap.counterpart] == ["israel"]


def test_the_date_of_the_abduction_is_not_the_date_of_the_release(annotator: Annotator) -> None:
    text = "The nurse, kidnapped on 3 May 2019, was released on 6 October 2020."
    (event,) = told(annotator, text, "en", HOSTAGES)
    assert event.date is not None and event.date.start == date(2020, 10, 6)


def test_two_groups_stand_on_two_sides(annotator: Annotator) -> None:
    (event,) = told(annotator, "JNIM and Ansaroul Islam concluded a truce.", "en", DIALOGUE)
    assert [p.id for p in event.armed_group + event.counterpart] == ["jnim", "ansaroul-islam"]


def test_no_tag_means_no_event(annotator: Annotator) -> None:
    assert told(annotator, "JNIM released four hostages.", "en", ()) == ()


def test_a_release_without_a_word_for_it_still_gives_its_event(annotator: Annotator) -> None:
    (event,) = told(annotator, "JNIM let the four hostages walk home.", "en", HOSTAGES)
    assert (event.type, event.confidence < 0.5) == ("hostage_release", True)


@pytest.mark.parametrize(
    "text",
    [
        "They sat under the tree until dawn.",
        "The ministers held talks with donors on the budget in Geneva.",
        "The opposition parties called for dialogue on the calendar.",
    ],
)
def test_nothing_is_told_where_no_armed_side_is_in_sight(annotator: Annotator, text: str) -> None:
    assert told(annotator, text, "en", DIALOGUE) == ()


def test_a_release_of_which_no_word_tells_stands_for_its_tag_alone(annotator: Annotator) -> None:
    found = told(annotator, "Eleven fighters were sentenced to prison.", "en", PRISONERS)
    assert not any(map(is_told_in_words, found))


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "In Burkina Faso, JNIM released two teachers.", "BFA"),
        ("en", "JNIM released two teachers.", ""),
        ("en", "The Salvadoran guerrillas released two mayors.", "SLV"),
        ("en", "Two French hostages were released.", ""),
        ("fr", "Deux otages enlevés à Djibo par l'Émirat du Sahara ont été libérés.", "BFA"),
        ("fr", "La junte malienne a mis fin à l'accord d'Alger conclu avec les rebelles.", "MLI"),
        ("ar", "أفرج المسلحون عن الرهائن السوريين.", "SYR"),
    ],
)
def test_the_country_is_where_the_case_is(
    annotator: Annotator, language: str, text: str, country: str
) -> None:
    tags = HOSTAGES if language != "fr" or "otages" in text else DIALOGUE
    (event, *_) = told(annotator, text, language, tags)
    assert event.country == country


def test_since_when_is_not_when(annotator: Annotator) -> None:
    text = "Hamas and Israel, which have fought three wars since 2008, agreed on a truce."
    assert told(annotator, text, "en", DIALOGUE)[0].date is None


def test_years_in_office_are_no_date_of_an_event(annotator: Annotator) -> None:
    text = "Talks with the Taliban will begin, former president Hamid Karzai (2001-2014) said."
    assert told(annotator, text, "en", DIALOGUE)[0].date is None


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Of the seven hostages abducted by AQIM, three were released.", 3),
        ("fr", "Le père Léon Dougnon et quatre autres otages ont été libérés.", 5),
        ("ar", "أفرجت حماس عن 12 رهينة.", 12),
    ],
)
def test_who_is_released_is_counted(annotator: Annotator, language: str, text: str, number: int) -> None:
    assert told(annotator, text, language, HOSTAGES)[0].released_number == number


def test_who_stands_nearest_takes_part(annotator: Annotator) -> None:
    text = (
        "The attack was laid to Islamic State. The Taliban denied a part in it. "
        "The insurgents called on the government for talks."
    )
    event = told(annotator, text, "en", DIALOGUE)[-1]
    assert [p.id for p in event.armed_group] == ["taliban"]


def test_a_list_of_groups_stands_on_one_side(annotator: Annotator) -> None:
    text = "The envoy met with leaders of the MNLA, the HCUA and the MAA in Kidal on Monday."
    event = told(annotator, text, "en", DIALOGUE)[0]
    assert [party.id for party in event.armed_group] == ["mnla", "hcua", "maa-azawad"] or len(
        event.armed_group
    ) == 3


def test_what_was_brokered_by_another_was_not_brokered_by_the_party(annotator: Annotator) -> None:
    text = "Talks between Boko Haram and the Nigerian government brokered by Switzerland went on in Abuja."
    event = told(annotator, text, "en", DIALOGUE)[0]
    assert [party.id for party in event.mediator] == ["switzerland"]
    assert [party.id for party in event.counterpart] == ["nigeria"]


@pytest.mark.parametrize(
    "text",
    [
        "The office facilitated a workshop on preventing terrorism and violent extremism.",
        "A financial facilitator of ISIL was killed near Homs.",
        "The army complained to the Cessation of Hostilities Monitoring Mechanism about Hezbollah.",
    ],
)
def test_what_only_looks_like_mediation_or_a_ceasefire_is_not_told(annotator: Annotator, text: str) -> None:
    assert not any(map(is_told_in_words, told(annotator, text, "en", DIALOGUE)))


def test_people_named_by_their_country_are_counted(annotator: Annotator) -> None:
    event = told(annotator, "Around 35 Afghans held as Taliban were released from jail.", "en", PRISONERS)[0]
    assert event.released_number == 35


def test_who_merely_watches_does_not_mediate(annotator: Annotator) -> None:
    text = "Les talibans réclament la libération de 44 prisonniers surveillés par les États-Unis."
    assert told(annotator, text, "fr", PRISONERS)[0].mediator == ()


@pytest.mark.parametrize(
    ("language", "text", "mediator"),
    [
        ("en", "The mediator Blaise Compaoré received a delegation of Ansar Dine.", "blaise-compaore"),
        (
            "fr",
            "Une délégation d'Ansar Dine a été reçue par le médiateur Blaise Compaoré.",
            "blaise-compaore",
        ),
    ],
)
def test_a_mediator_by_title(annotator: Annotator, language: str, text: str, mediator: str) -> None:
    assert mediator in {p.id for e in told(annotator, text, language, DIALOGUE) for p in e.mediator}


def test_a_mediation_without_a_word_before_its_mediator_is_by_who_is_known_as_one(
    annotator: Annotator,
) -> None:
    text = "The Taliban flew to Doha, where the emirate of Qatar spent a week on mediation between the sides."
    assert "qatar" in {p.id for e in told(annotator, text, "en", DIALOGUE) for p in e.mediator}


def test_captives_are_handed_over_to_the_other_side(annotator: Annotator) -> None:
    text = "Le Hezbollah a remis les corps de deux soldats à Israël."
    assert [p.id for p in told(annotator, text, "fr", HOSTAGES)[0].counterpart] == ["israel"]


def test_arabic_is_read_with_and_without_its_hamzas(annotator: Annotator) -> None:
    (event,) = told(annotator, "اطلق الخاطفون سراح الرهينة بعد ان اكدت الحكومة ذلك.", "ar", HOSTAGES)
    assert (event.type, event.status) == ("hostage_release", "done")
    assert event.source == "official"


def test_safe_passage_is_no_amnesty(annotator: Annotator) -> None:
    text = "The army and the rebels agreed on safe passage for the civilians."
    assert "amnesty" not in {d.type for d in drafts(text, "en", DIALOGUE)}


def test_capitals_are_states_of_the_register() -> None:
    states = {a.id for a in corpus.load_actors(REGISTER / "actors.yaml") if a.type == "state"}
    assert set(CAPITALS.values()) <= states


def test_the_version_is_one_hash() -> None:
    assert len(EVENTS_VERSION) == 20


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            [
                "JNIM ",
                "freed ",
                "five hostages ",
                "in Gao. ",
                "otages ",
                "négociations ",
                "الإفراج عن ",
                "هدنة ",
                "Qatar ",
                "refused to ",
                "on 6 May 2012",
                "; ",
            ]
        ),
        max_size=16,
    ).map("".join),
    st.sampled_from(("en", "fr", "ar")),
    st.sets(st.sampled_from(TAGS)),
)
def test_events_hold_to_their_forms(annotator: Annotator, text: str, language: str, tags: set[str]) -> None:
    events = told(annotator, text, language, tuple(sorted(tags)))
    assert len(events) <= 3
    assert len({e.id for e in events}) == len(events)
    for event in events:
        assert event.type in EVENT_TYPES and event.status in EVENT_STATUSES
        assert event.source in EVENT_SOURCES and 0 < event.confidence < 1
        assert all(0 <= a < b <= len(text) for spans in event.spans.values() for a, b in spans)


PLOVER = {"", "AGREE", "CONSULT", "CONCEDE", "RETREAT", "REQUEST", "REJECT"}


def test_every_type_and_status_has_its_codes() -> None:
    for kind in EVENT_TYPES:
        for status in EVENT_STATUSES:
            codes = codes_of(kind, status)
            assert codes.plover in PLOVER and (codes.cameo == "" or codes.cameo.isdigit())


def test_plover_keeps_what_is_promised_from_what_is_done() -> None:
    assert codes_of("prisoner_release", "offered").plover == "CONCEDE"
    assert codes_of("prisoner_release", "done").plover == "RETREAT"
    assert codes_of("amnesty", "offered").plover == "CONCEDE"
    assert codes_of("ceasefire_or_local_agreement", "agreed").acled == "Agreement"
