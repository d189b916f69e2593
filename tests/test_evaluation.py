"""Scores, differences between models with their intervals, and the gate's verdict."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, fbeta_score

from nijar_nlp.evaluation import (
    PLACES,
    Bounds,
    Contest,
    Scored,
    contradictions,
    judge,
    paired,
    placed,
    plain_tfidf,
    scores,
)
from nijar_nlp.evaluation.drawing import average_precisions
from nijar_nlp.records import TAGS, LabelledPassage
from nijar_nlp.report.curves import curves, recall_curves

LOOSE = Bounds(
    {"all": {"dialogue": {"recall": 0.9}}}, most_calibration_error=0.3, worse=0.02, contradictions=0.1
)


def said(noise: float, n: int = 240, seed: int = 0) -> list[Scored]:
    """What a model says of the same n passages: the more noise, the worse."""
    random = np.random.default_rng(5)
    truth = random.random((n, len(TAGS))) < 0.3
    blur = np.random.default_rng(seed).normal(0, 1, truth.shape) * noise
    probability = 1 / (1 + np.exp(-(6 * truth - 3 + blur)))
    return [
        Scored(
            f"passage {i}",
            ("en", "fr", "ar")[i % 3],
            [tag for tag, there in zip(TAGS, truth[i], strict=True) if there],
            dict(zip(TAGS, probability[i].tolist(), strict=True)),
            [tag for tag, p in zip(TAGS, probability[i], strict=True) if p >= 0.3],
        )
        for i in range(n)
    ]


def contest(champion: list[Scored], challenger: list[Scored], **values: int) -> Contest:
    groups = [f"document {i // 4}" for i in range(len(challenger))]
    return Contest(champion, challenger, groups, challenger, **{"contradicting": 0, "n_labels": 100} | values)


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.integers(0, 3)), min_size=2)
)
def test_weighted_average_precision_is_scikit_learns(rows: list[tuple[bool, float, int]]) -> None:
    truth, probability, weight = (np.array(column) for column in zip(*rows, strict=True))
    if (truth * weight).sum():
        expected = average_precision_score(truth, probability, sample_weight=weight)
        assert average_precisions(truth, probability, weight[None, :].astype(float))[0] == pytest.approx(
            expected
        )


def test_the_difference_is_measured_on_the_same_draws() -> None:
    one = said(1.0)
    table = paired(one, one, TAGS, [p.text for p in one])
    assert (table[["difference", "low", "high"]] == 0).all().all()
    row = table[(table["tag"] == "dialogue") & (table["measure"] == "f2")].iloc[0]
    truth, guess = (np.array(["dialogue" in getattr(p, name) for p in one]) for name in ("tags", "predicted"))
    assert row["champion"] == pytest.approx(fbeta_score(truth, guess, beta=2))


def test_a_tag_that_was_not_decided_does_not_count() -> None:
    one = said(1.0)
    half = [replace(p, known=("dialogue",)) if i % 2 else p for i, p in enumerate(one)]
    table = paired(half, half, TAGS, [p.text for p in one]).set_index(["tag", "measure"])
    assert table.loc[("dialogue", "f2"), "passages"] == len(one)
    assert table.loc[("hostage_exchange", "f2"), "passages"] == len(one) // 2


def test_an_equal_challenger_passes_and_a_worse_one_is_refused_in_words() -> None:
    good, bad = said(1.0), said(6.0, seed=1)
    assert judge(contest(good, good), LOOSE, TAGS).passed
    verdict = judge(contest(good, bad), LOOSE, TAGS)
    assert not verdict.passed
    assert any("not shown to be no worse" in sentence for sentence in verdict.against)
    assert any("below its floor of 0.900" in sentence for sentence in verdict.against)


def test_a_better_challenger_passes() -> None:
    assert judge(contest(said(4.0, seed=1), said(1.0)), LOOSE, TAGS).passed


def test_labels_that_contradict_what_is_sure_refuse_the_challenger() -> None:
    one = said(0.5)
    flipped = [replace(p, tags=[t for t in TAGS if t not in p.tags]) for p in one]
    assert not contradictions(one, TAGS)
    assert len(contradictions(flipped, TAGS)) > 0.3 * len(flipped) * len(TAGS)
    verdict = judge(contest(one, one, contradicting=30), LOOSE, TAGS)
    assert [s for s in verdict.against if "have them adjudicated" in s] == list(verdict.against)


def test_calibration_has_its_bound() -> None:
    verdict = judge(contest(said(1.0), said(1.0)), replace(LOOSE, most_calibration_error=0.0), TAGS)
    assert any("Calibration error" in sentence for sentence in verdict.against)


def test_without_a_champion_the_floors_decide() -> None:
    assert judge(contest([], said(1.0)), LOOSE, TAGS).passed
    assert not judge(contest([], said(8.0)), LOOSE, TAGS).passed


def test_a_placed_passage_stands_among_untagged_ones_of_its_language() -> None:
    passages = [
        LabelledPassage(f"{code}-{i}", code, f"{code} text {i}.", ("dialogue",) if i % 3 == 0 else ())
        for code in ("en", "ar")
        for i in range(9)
    ]
    tags = {passage.text: passage.tags for passage in passages}
    found = placed(passages)
    assert {p.register for p in found} == set(PLACES)
    for passage in found:
        parts = [f"{part}." for part in passage.text.removesuffix(".").split(". ")]
        place = PLACES.index(passage.register)
        assert tags[parts[place]] == passage.tags
        assert all(not tags[part] for i, part in enumerate(parts) if i != place)
        assert len(set(parts)) == len(parts) and all(part.startswith(passage.language) for part in parts)


def test_plain_tfidf_stands_beside_the_model() -> None:
    learn = ["talks with the rebels", "rain in the hills"] * 5
    truth = np.array([[True] * len(TAGS), [False] * len(TAGS)] * 5)
    plain = plain_tfidf(learn, truth, ["talks with the gunmen", "rain in the north"])
    assert (plain[0] > 0.5).all() and (plain[1] < 0.5).all()
    passages = [
        replace(passage, plain=dict.fromkeys(TAGS, float(TAGS[0] in passage.tags))) for passage in said(1.0)
    ]
    table = scores(passages, TAGS).set_index(["part", "tag"])
    assert table.loc[("all", TAGS[0]), "tfidf_average_precision"] == 1
    assert "tfidf_average_precision" not in scores(said(1.0), TAGS)


def test_the_curves_of_many_passages_are_drawn() -> None:
    share = np.linspace(0, 1, 9_000)
    curve = pd.DataFrame({"tag": ["dialogue"] * 9_000, "recall": share, "precision": 1 - share})
    frequencies = pd.DataFrame({"tag": ["dialogue"], "stated": [0.5], "true": [0.4], "passages": [3]})
    assert curves(curve, frequencies).startswith(b"\x89PNG")
    read = pd.DataFrame({"seed": ["1"] * 9_000, "read": share, "recall": share})
    assert recall_curves(read, "a set").startswith(b"\x89PNG")
