"""Screening: what is read next, how much work it saves, when to stop, and what an audit finds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nijar_nlp import steps
from nijar_nlp.config import load_config
from nijar_nlp.labels import write_jsonl
from nijar_nlp.records import Example
from nijar_nlp.screening import (
    STOP_BELOW,
    STRATEGIES,
    enough,
    in_audit,
    recall,
    screened,
    simulate,
    time_to_discovery,
    work_saved,
)
from nijar_nlp.screening.learner import learner
from nijar_nlp.screening.strategies import RANDOM_SHARE, Unread
from nijar_nlp.store import models
from tests.stored import passage_id, stored

TEXTS = [f"The mediator met the rebels of valley {i % 7} for talks on the {i}th." for i in range(30)]
TEXTS += [f"Rain fell on field {i % 11} and the harvest of village {i} was good." for i in range(170)]
RELEVANT = [True] * 30 + [False] * 170


def test_work_saved_and_time_to_discovery_by_hand() -> None:
    found = [True] * 19 + [False] * 80 + [True]
    assert work_saved(found) == pytest.approx(0.95 - 19 / 100)
    assert work_saved(found, 1.0) == pytest.approx(0.0)
    assert time_to_discovery([False, True, False, True]) == pytest.approx(0.75)


@pytest.mark.parametrize("name", sorted(STRATEGIES))
def test_every_strategy_orders_all_that_is_unread(name: str) -> None:
    scores = np.random.default_rng(1).normal(0, 1, 50)
    groups = [f"conflict {i % 3}" for i in range(50)]
    order = STRATEGIES[name](Unread(scores, groups, np.random.default_rng(2).random((50, 2))))
    assert sorted(order.tolist()) == list(range(50))


def test_strategies_do_what_they_are_named_for() -> None:
    scores = np.array([3.0, 2.5, 2.0, 0.1, -1.0, 1.0])
    groups = ["a", "a", "a", "b", "b", "c"]
    unread = Unread(scores, groups, np.random.default_rng(0).random((6, 2)))
    assert STRATEGIES["probability"](unread).tolist() == [0, 1, 2, 5, 3, 4]
    assert STRATEGIES["uncertainty"](unread)[0] == 3
    assert STRATEGIES["diverse"](unread).tolist()[:3] == [0, 5, 3]


def test_mixed_reads_its_share_at_random_also_where_records_are_asked_for_one_by_one() -> None:
    dice = np.random.default_rng(0)
    many = Unread(np.arange(10_000.0), [""] * 10_000, dice.random((10_000, 2)))
    unlikely = sum(place < 5_000 for place in STRATEGIES["mixed"](many)[:1_000].tolist())
    assert 0.3 < unlikely / 1_000 / RANDOM_SHARE < 0.7
    few = [Unread(np.arange(50.0), [""] * 50, dice.random((50, 2))) for _ in range(1_000)]
    heads = [int(STRATEGIES["mixed"](one)[0]) for one in few]
    assert 0.7 < sum(head != 49 for head in heads) / 1_000 / RANDOM_SHARE < 1.3


@pytest.mark.parametrize("strategy", ["probability", "mixed", "diverse"])
def test_a_simulation_reads_everything_once_and_finds_the_relevant_soon(strategy: str) -> None:
    order = simulate(learner(TEXTS), RELEVANT, [0, 199], strategy=strategy, seed=1)
    assert sorted([*order, 0, 199]) == list(range(200))
    assert work_saved([RELEVANT[i] for i in order]) > 0.5


def test_what_a_model_says_beforehand_leads_at_the_start() -> None:
    prior = [0.9 if there else 0.05 for there in RELEVANT]
    order = simulate(
        learner([f"passage {i % 9} of file {i % 7}" for i in range(200)], prior), RELEVANT, [0, 199], seed=1
    )
    assert work_saved([RELEVANT[i] for i in order]) > 0.75


def test_the_rule_does_not_stop_where_much_may_be_missed_and_does_at_the_end() -> None:
    found = [True] * 20
    assert enough(found, 1000) > 0.5
    assert enough([*found, *[False] * 980], 1000) == 0.0
    assert enough([False] * 50, 1000) == 1.0
    p = [enough([*found, *[False] * n], 1000) for n in (50, 300, 800)]
    assert p == sorted(p, reverse=True)
    assert p[-1] < STOP_BELOW < p[0]


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(60, 200))
def test_a_p_value_lies_between_0_and_1(found: list[bool], n: int) -> None:
    assert 0 <= enough(found, n) <= 1


def test_the_audit_draws_its_share_by_the_id_alone() -> None:
    drawn = [i for i in range(20000) if in_audit(f"passage {i}", 0.01)]
    assert 140 < len(drawn) < 260
    assert set(drawn) < {i for i in range(20000) if in_audit(f"passage {i}", 0.02)}


def test_recall_has_an_exact_interval() -> None:
    found = recall("fr", "dialogue", [True] * 9 + [False])
    assert (found.present, found.tagged) == (10, 9)
    assert found.low == pytest.approx(0.555, abs=1e-3)
    assert found.high == pytest.approx(0.9975, abs=1e-3)
    assert recall("fr", "dialogue", [True] * 3).high == 1.0


def test_a_report_shows_the_recall_and_where_the_review_stands(store: None, project: Path) -> None:
    config = load_config(project / "config.yaml")
    in_sample = [
        (number, place)
        for number in range(200)
        for place in range(10)
        if in_audit(passage_id(number, place), config.learning.audit_share)
    ]
    for number in {number for number, _ in in_sample}:
        stored(number, tagged=5, group="A group")
    examples = [
        Example(passage_id(*where), "text", "en", {"dialogue": True}, source="brought") for where in in_sample
    ]
    outside = replace(examples[0], id="elsewhere")
    folder = config.path(config.learning.labels)
    folder.mkdir(parents=True)
    (folder / "some.jsonl").write_text(write_jsonl([*examples, outside]), encoding="utf-8")
    for n, state in enumerate(["accepted"] * 3 + ["rejected"] * 5 + ["unsure"]):
        models.Standing.objects.create(candidate_id=f"{n:020d}", state=state)
    found = steps.coverage(config)
    (recalled,) = found["recall"]
    tagged = sum(place < 5 for _, place in in_sample)
    assert (recalled["tag"], recalled["present"], recalled["tagged"]) == ("dialogue", len(in_sample), tagged)
    assert recalled["low"] < tagged / len(in_sample) < recalled["high"]
    assert found["screening"] == {"n_read": 8, "n_found": 3, "n_waiting": 0, "p": 0.0, "stop": True}
    assert set(steps.audit(config).table["part"]) == {"all", "en", "A"}


def test_where_a_review_stands() -> None:
    assert screened([True] * 5, 95)[:3] == (5, 5, 95)
    assert not screened([True] * 5, 95).stop
    assert screened([True] * 5 + [False] * 90, 5).stop
