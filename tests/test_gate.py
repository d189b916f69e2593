"""The gate: the model that serves stays above the floors that are pinned for it."""

import hashlib
import json

import pandas as pd
import pytest

from nijar_nlp import steps
from nijar_nlp.config import load_config
from tests.conftest import ROOT

GOLD = ROOT / "corpus" / "gold"
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


def gold_sha256() -> str:
    digest = hashlib.sha256()
    for file in sorted((GOLD / "passages").glob("*.jsonl")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    return steps.evaluate(GOLD / "passages", load_config(ROOT / "config.yaml")).set_index(["part", "tag"])


def test_the_floors_are_those_of_this_gold() -> None:
    assert FLOORS["gold_sha256"] == gold_sha256(), "the gold has changed: measure and pin the floors anew"


@pytest.mark.parametrize("part", ["all", "en", "fr", "ar"])
@pytest.mark.parametrize("tag", ["dialogue", "prisoner_release", "hostage_exchange"])
def test_no_score_is_below_its_floor(scores: pd.DataFrame, part: str, tag: str) -> None:
    row = scores.loc[(part, tag)]
    for measure, floor in FLOORS["floors"][part][tag].items():
        assert row[measure] >= floor, measure
    if part == "all":
        assert row["calibration_error"] <= FLOORS["most_calibration_error"]


def test_the_model_is_far_ahead_of_a_keyword_search(scores: pd.DataFrame) -> None:
    for tag in ("dialogue", "prisoner_release", "hostage_exchange"):
        row = scores.loc[("all", tag)]
        assert row["recall"] > row["keyword_recall"]


def test_the_models_folder_is_small() -> None:
    files = [file for file in (ROOT / "models").rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 80e6
