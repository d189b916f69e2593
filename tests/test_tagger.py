"""The tagger that the project ships: what it says, why, and that no word of a long passage is lost."""

import random
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp import registry
from nijar_nlp.config import load_config
from nijar_nlp.corpus import load_labelled
from nijar_nlp.records import TAGS
from nijar_nlp.stems import fold
from nijar_nlp.tagger import Tagger
from nijar_nlp.tagger.encoder import quiet
from nijar_nlp.tagger.finetune.mixing import mixed
from nijar_nlp.tagger.windows import WINDOW_WORDS, windows, words
from tests.conftest import ROOT

SWAP = (
    "The rebels freed four hostages on Thursday after weeks of secret talks, and the government let two "
    "hundred suspected fighters out of prison in return, a mediator said."
)
RAIN = (
    "Heavy rain destroyed sorghum fields in three districts, and the price of millet doubled at the market."
)
TAGGED = {
    "en": SWAP,
    "fr": "Les jihadistes ont libéré quatre otages jeudi après des semaines de négociations secrètes, et "
    "l'État a relâché deux cents combattants présumés en échange, selon un médiateur.",
    "ar": "أفرج المسلحون يوم الخميس عن أربع رهائن بعد أسابيع من المفاوضات السرية، وأطلقت الحكومة في "
    "المقابل سراح مئتي سجين يشتبه في انتمائهم إلى الجماعة، بحسب وسيط.",
}


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return registry.load(ROOT / load_config(ROOT / "config.yaml").tagger.models)


@pytest.mark.parametrize("language", TAGGED)
def test_a_swap_after_talks_has_every_tag(tagger: Tagger, language: str) -> None:
    (tagging,) = tagger.tag([TAGGED[language]])
    assert tagging.tags == TAGS


def test_the_weather_has_none(tagger: Tagger) -> None:
    (tagging,) = tagger.tag([RAIN])
    assert tagging.tags == ()
    assert max(tagging.probabilities.values()) < 0.05


def test_no_texts_no_tags(tagger: Tagger) -> None:
    assert tagger.tag([]) == []


@pytest.mark.parametrize("text", ["", " ", "\u200f", "—", "a" * 3000])
def test_odd_texts_have_no_tag(tagger: Tagger, text: str) -> None:
    assert tagger.tag([text])[0].tags == ()


def test_company_changes_nothing(tagger: Tagger) -> None:
    alone = tagger.tag([SWAP])[0]
    among = tagger.tag([RAIN, SWAP, *TAGGED.values()])[1]
    assert among == alone


def test_a_clause_at_the_end_of_a_long_passage_is_found(tagger: Tagger) -> None:
    long = " ".join([RAIN] * 20 + [SWAP])
    assert len(words(long)) > WINDOW_WORDS
    (tagging,) = tagger.tag([long])
    assert tagging.tags == TAGS
    for reason in tagging.reasons["hostage_exchange"]:
        assert reason.start >= len(long) - len(SWAP) - 400


@pytest.mark.parametrize("label", TAGS)
def test_the_reasons_drive_the_tag(tagger: Tagger, label: str) -> None:
    """Without the words given as reasons a tag falls further than without as many others (four draws)."""
    dice = random.Random(0)
    gold = [p for p in load_labelled(ROOT / "corpus" / "gold" / "passages") if label in p.tags]
    fallen, by_chance = [], []
    for passage in [p for p in gold if len(words(p.text)) > 50][:12]:
        (whole,) = tagger.tag([passage.text])
        if label not in whole.tags:
            continue
        given = {(reason.start, reason.end) for reason in whole.reasons[label]}
        assert given <= set(words(passage.text))
        draws = [set(dice.sample(words(passage.text), len(given))) for _ in range(4)]
        without = tagger.tag([_without(passage.text, gone) for gone in [given, *draws]], reasons=False)
        falls = [whole.probabilities[label] - said.probabilities[label] for said in without]
        fallen.append(falls[0])
        by_chance.append(mean(falls[1:]))
    assert mean(fallen) > mean(by_chance) + 0.1


@settings(max_examples=60)
@given(st.text())
def test_windows_hold_every_word(text: str) -> None:
    long = text * 60
    spans = windows(long)
    for start, end in words(long):
        assert any(first <= start and end <= last for first, last in spans)
    assert all(len(words(long[start:end])) <= WINDOW_WORDS for start, end in spans)


@given(st.text())
def test_quiet_keeps_offsets(text: str) -> None:
    assert len(quiet(text)) == len(text)


def test_capitals_lost_accents_and_arabic_variants_fold_together() -> None:
    assert fold("LIBÉRATION DES OTAGES") == fold("liberation des otages")
    assert fold("إطلاق سراح الأسرى") == fold("اطلاق سراح الاسري")


@given(st.text(min_size=1), st.integers())
def test_a_passage_mixed_with_others_stays_whole(text: str, seed: int) -> None:
    others = {"en": [RAIN, "One. Two! Three?"]}
    assert text.casefold() in mixed(text, "en", others, random.Random(seed)).casefold()


def _without(text: str, spans: set[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])
