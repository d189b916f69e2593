# ruff: noqa: E501 - cases read better unbroken
"""Events judged by learned weights: what the weights were learned from, and what holds for every passage."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp.cases import events_of
from nijar_nlp.cases.event_aspects import clause
from nijar_nlp.cases.event_drafts import drafts
from nijar_nlp.cases.event_judge import N_SIGNS, chosen_types, column, judge, log_odds
from nijar_nlp.cases.event_ruling import TYPES_OF_TAGS
from nijar_nlp.cases.event_signs import reading
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import EVENT_STATUSES, EVENT_TYPES, LANGUAGES, TAGS, Event, Mention

CORPUS = Path(__file__).parents[1] / "corpus"


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def seeds() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for file in sorted((CORPUS / "seed").glob("*.jsonl")) for row in rows(file)}


def told(annotator: Annotator, text: str, language: str, tags: tuple[str, ...]) -> tuple[Event, ...]:
    return events_of("p1", text, language, tags, annotator.annotate([Input(text, language)])[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_labelled_events_stand_in_their_passages(language: str, seeds: dict[str, dict[str, Any]]) -> None:
    of_seed, dense = (rows(CORPUS / "seed_events" / f"{name}{language}.jsonl") for name in ("", "dense_"))
    for labelled in (of_seed, dense):
        assert [row["id"] for row in labelled] == sorted({row["id"] for row in labelled})
    for row in [*of_seed, *dense]:
        seed = row if "text" in row else seeds[row["id"]]
        types = {kind for tag in seed["tags"] for kind in TYPES_OF_TAGS[tag]}
        assert seed["language"] == language and len(row["events"]) <= 3
        for event in row["events"]:
            assert event["type"] in types and event["status"] in EVENT_STATUSES
            assert event["anchor"] and event["anchor"] in seed["text"]


def test_weights_have_a_row_each_and_are_finite() -> None:
    weights = judge()
    assert weights.sentence.shape == weights.passage.shape == (len(EVENT_TYPES), N_SIGNS + 1)
    assert weights.status.shape == (len(EVENT_STATUSES), N_SIGNS + 1)
    assert all(np.isfinite(rows_).all() and rows_.any() for rows_ in weights)
    assert 0 <= column("ruled talks") < N_SIGNS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tag_of_a_labelled_passage_is_explained(
    annotator: Annotator, seeds: dict[str, dict[str, Any]], language: str
) -> None:
    for row in islice(rows(CORPUS / "seed_events" / f"{language}.jsonl"), 0, None, 40):
        seed = seeds[row["id"]]
        found = {event.type for event in told(annotator, seed["text"], language, tuple(seed["tags"]))}
        if found:
            assert all(found & set(TYPES_OF_TAGS[tag]) for tag in seed["tags"]), row["id"]


@pytest.mark.parametrize(
    ("language", "tags", "text", "kind"),
    [
        ("en", ("hostage_exchange",), "The rebels have sent back to their kin the nine drivers whom they had kept in a school.", "hostage_release"),
        ("fr", ("hostage_exchange",), "La katiba a rendu à leurs parents les neuf chauffeurs qu'elle gardait en brousse.", "hostage_release"),
        ("en", ("dialogue",), "The elders walked to the camp of the rebels and came back with their word that the wells would be spared.", "ceasefire_or_local_agreement"),
    ],
)  # fmt: skip
def test_what_no_trigger_tells_has_its_event_and_its_words(
    annotator: Annotator, language: str, tags: tuple[str, ...], text: str, kind: str
) -> None:
    event = next(event for event in told(annotator, text, language, tags) if event.type == kind)
    ((start, end),) = event.spans["type"]
    assert text[start:end].strip()


@given(
    st.dictionaries(st.sampled_from(EVENT_TYPES), st.floats(-9, 9), min_size=len(EVENT_TYPES)),
    st.lists(st.sampled_from(TAGS), unique=True, min_size=1),
)
def test_at_most_three_types_and_the_likeliest_of_each_tag(odds: dict[str, float], tags: list[str]) -> None:
    chosen = chosen_types(odds, tags)
    assert len(chosen) <= 3
    assert all(any(kind in TYPES_OF_TAGS[tag] for tag in tags) for kind in chosen)
    for tag in tags:
        best = max(odds[kind] for kind in TYPES_OF_TAGS[tag])
        assert best <= 0 or best in [odds[kind] for kind in chosen if kind in TYPES_OF_TAGS[tag]]


WORDS = (
    "JNIM ", "freed ", "five hostages ", "in Gao. ", "otages ", "négociations ", "الإفراج عن ", "هدنة ",
    "Qatar ", "refused to ", "rançon ", "prisoners, ", "\n", "Ag Ghali ", "1 000 ", "و", "۞ ", "on 6 May 2012. ",
)  # fmt: skip


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(WORDS), max_size=20).map("".join),
    st.sampled_from(LANGUAGES),
    st.sets(st.sampled_from(TAGS)),
)
def test_events_are_few_under_their_tags_in_order_and_the_same_again(
    annotator: Annotator, text: str, language: str, tags: set[str]
) -> None:
    given_tags = tuple(sorted(tags))
    events = told(annotator, text, language, given_tags)
    assert events == told(annotator, text, language, given_tags)
    assert len(events) <= 3 and len({event.type for event in events}) == len(events)
    for event in events:
        assert any(event.type in TYPES_OF_TAGS[tag] for tag in tags)
        assert all(0 <= a < b <= len(text) for spans in event.spans.values() for a, b in spans)


def test_a_tag_that_the_types_do_not_know_tells_nothing(annotator: Annotator) -> None:
    text = "The army clashed with JNIM fighters near Gao."
    mentions = annotator.annotate([Input(text, "en")])[0]
    assert events_of("p", text, "en", ("arms_trade",), mentions) == ()


def test_a_name_that_begins_with_an_apostrophe_is_a_sign() -> None:
    text = "Then 'Abd al-Rahman spoke."
    name = Mention(5, 19, "'Abd al-Rahman", "PERSON", how="spacy")
    read = reading(text, "en", ("dialogue",), [name], [], [])
    assert [token.sign for own in read.tokens for token in own] == ["then", "@person", "spoke"]


def test_a_newspapers_own_correspondent_mediates_nothing(annotator: Annotator) -> None:
    text = "De notre envoyé spécial à Gao. Une médiation se poursuit entre le gouvernement et le JNIM."
    mentions = annotator.annotate([Input(text, "fr")])[0]
    found = events_of("p", text, "fr", ("dialogue",), mentions)
    assert found
    assert not any("envoyé" in party.text for event in found for party in event.mediator)


def test_a_doubtful_tag_tells_nothing_that_no_word_tells(annotator: Annotator) -> None:
    text = "JNIM fighters and men of the army passed each other on the road near Gao without a shot."
    mentions = annotator.annotate([Input(text, "en")])[0]
    sure = events_of("p", text, "en", ("dialogue",), mentions, {"dialogue": 0.95})
    assert sure == events_of("p", text, "en", ("dialogue",), mentions)
    assert sure
    assert events_of("p", text, "en", ("dialogue",), mentions, {"dialogue": 0.4}) == ()


@given(st.dictionaries(st.text(max_size=8), st.floats(0, 2), min_size=2, max_size=60))
def test_the_order_of_signs_changes_nothing(signs: dict[str, float]) -> None:
    turned = dict(reversed(signs.items()))
    for weights in judge():
        assert np.array_equal(log_odds(weights, signs), log_odds(weights, turned))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The government freed 300 rebel prisoners on Monday. It refused to release the other forty prisoners."),
        ("fr", "Le gouvernement a libéré lundi 300 prisonniers rebelles. Il a refusé de libérer les quarante autres détenus."),
    ],
)  # fmt: skip
def test_what_is_refused_beside_a_release_is_an_event_of_its_own(
    annotator: Annotator, language: str, text: str
) -> None:
    found = told(annotator, text, language, ("prisoner_release",))
    assert [(event.type, event.status) for event in found] == [
        ("prisoner_release", "done"),
        ("prisoner_release", "refused"),
    ]
    assert len({event.id for event in found}) == 2


def test_a_word_that_only_begins_like_a_mediator_tells_no_mediation() -> None:
    text = "وسيطرت القوات على التلال بعد معارك مع المتمردين."
    assert not [d for d in drafts(text, "ar", ("dialogue",)) if d.type == "mediation"]
    assert [d for d in drafts("نقل وسيطان رسالة المتمردين.", "ar", ("dialogue",)) if d.type == "mediation"]


@pytest.mark.parametrize(
    ("language", "text", "word", "expected"),
    [
        ("en", "The talks failed, but the mediator said that the truce would hold.", "truce", "but the mediator said that the truce would hold."),
        ("fr", "La trêve tient, tandis que les pourparlers piétinent.", "pourparlers", "tandis que les pourparlers piétinent."),
        ("ar", "انهارت الهدنة وقد انتظر الناس مفاوضات", "مفاوضات", "وقد انتظر الناس مفاوضات"),
    ],
)  # fmt: skip
def test_a_clause_ends_where_something_else_is_told(
    language: str, text: str, word: str, expected: str
) -> None:
    draft = next(d for d in drafts(text, language, ("dialogue",)) if text[d.start : d.end] == word)
    start, end = clause(text, draft)
    assert text[start:end].strip(" ,") == expected
