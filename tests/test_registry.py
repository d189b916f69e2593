"""The registry: a model goes in and comes out the same, and a foreign one stays out."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import skops.io as sio

from nijar_nlp import registry
from nijar_nlp.config import load_config
from nijar_nlp.errors import ModelError
from nijar_nlp.records import TAGS
from nijar_nlp.tagger import Encoder, Labelled, Tagger, Weights, fit
from tests.conftest import ROOT

TEXTS = [f"The rebels and the government opened talks in town {n}." for n in range(10)]
TEXTS += [f"Gunmen freed the hostage of village {n} for a ransom." for n in range(10)]
TEXTS += [f"The president pardoned militant prisoner {n}." for n in range(10)]
TEXTS += [f"Rain fell on the fields of district {n}." for n in range(10)]
LABELS = [["dialogue"]] * 10 + [["hostage_exchange"]] * 10 + [["prisoner_release"]] * 10 + [[]] * 10


ENCODER = load_config(ROOT / "config.yaml").tagger.encoder


@pytest.fixture(scope="module")
def weights() -> Weights:
    labelled = Labelled(TEXTS, LABELS)
    return fit(labelled, labelled, Encoder(ROOT / "models" / ENCODER), version="t1").weights


@pytest.fixture
def models(tmp_path: Path) -> Path:
    (tmp_path / ENCODER).symlink_to(ROOT / "models" / ENCODER)
    return tmp_path


def passport(version: str) -> registry.Passport:
    return registry.Passport(version, "2026-01-01T00:00:00+00:00", "1.2", "0" * 64, {}, {}, {}, {})


def test_a_model_comes_out_as_it_went_in(models: Path, weights: Weights) -> None:
    registry.save(models, weights, passport("t1"), "# card\n")
    registry.promote(models, "t1")
    again = registry.load(models)
    assert again.tag(TEXTS) == Tagger(weights, again.encoder).tag(TEXTS)
    assert registry.passport(models, "t1") == passport("t1")
    assert set(again.tag(TEXTS[:1])[0].probabilities) == set(TAGS)


def test_without_a_promoted_model_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nijar retrain"):
        registry.load(tmp_path)


def test_a_file_with_other_types_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    sio.dump(Path("/"), tmp_path / "bad" / registry.WEIGHTS_FILE)
    with pytest.raises(ModelError, match="not trusted"):
        registry.load(tmp_path, "bad")


@pytest.mark.parametrize("version", ["../x", "", "A", "a/b"])
def test_a_version_is_no_path(tmp_path: Path, version: str) -> None:
    with pytest.raises(ModelError):
        registry.promote(tmp_path, version)


def test_a_model_that_cannot_be_loaded_is_not_promoted(models: Path, weights: Weights) -> None:
    registry.save(models, weights, passport("t1"), "")
    registry.promote(models, "t1")
    (models / "t2").mkdir()
    (models / "t2" / registry.WEIGHTS_FILE).write_bytes(b"half a file")
    with pytest.raises(ModelError, match="damaged"):
        registry.promote(models, "t2")
    assert registry.current(models) == "t1"


def test_a_model_without_its_encoder_is_not_promoted(tmp_path: Path, weights: Weights) -> None:
    registry.save(tmp_path, weights, passport("t1"), "")
    with pytest.raises(ModelError, match="encoder"):
        registry.promote(tmp_path, "t1")


def two_models(models: Path, weights: Weights) -> None:
    for version in ("t1", "t2"):
        registry.save(models, replace(weights, version=version), passport(version), "# card\n")
    registry.promote(models, "t1")


def test_nothing_is_rolled_back_where_nothing_was_promoted(models: Path, weights: Weights) -> None:
    registry.save(models, weights, passport("t1"), "")
    (models / registry.CURRENT).write_text("t1\n", encoding="utf-8")
    with pytest.raises(ModelError, match="nothing to go back to"):
        registry.rollback(models)
    with pytest.raises(ModelError, match=r"no such model.*there are t1"):
        registry.passport(models, "t9")


def test_rollback_is_one_step_back_each_time(models: Path, weights: Weights) -> None:
    two_models(models, weights)
    registry.save(models, replace(weights, version="t3"), passport("t3"), "")
    registry.promote(models, "t2")
    registry.promote(models, "t3", "better in Arabic")
    assert registry.rollback(models, "worse in French") == registry.current(models) == "t2"
    assert registry.rollback(models) == registry.current(models) == "t1"
    with pytest.raises(ModelError, match="nothing to go back to"):
        registry.rollback(models)
    kinds = [(one.version, one.previous, one.kind, one.why) for one in registry.history(models)]
    assert kinds[2:4] == [
        ("t3", "t2", "promote", "better in Arabic"),
        ("t2", "t3", "rollback", "worse in French"),
    ]
    assert registry.versions(models) == ["t1", "t2", "t3"]


def test_a_model_put_in_place_by_hand_can_be_gone_back_from(models: Path, weights: Weights) -> None:
    two_models(models, weights)
    (models / registry.CURRENT).write_text("t2\n", encoding="utf-8")
    assert registry.rollback(models) == "t1"


# Every call of the system that a promotion makes on its way; the process is killed in its place.
STEPS = ["os.fsync:1", "os.fsync:3", "Path.replace:1", "Path.replace:2"]
KILLED = """
import os, signal, sys
from pathlib import Path
from nijar_nlp import registry
owner, name = (os, "fsync") if sys.argv[2].startswith("os") else (Path, "replace")
real, calls = getattr(owner, name), []
def die(*given):
    calls.append(1)
    if len(calls) == int(sys.argv[2][-1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given)
setattr(owner, name, die)
registry.promote(Path(sys.argv[1]), "t2")
"""


@pytest.mark.parametrize("step", STEPS)
def test_a_promotion_killed_in_the_middle_leaves_the_old_model_serving(
    models: Path, weights: Weights, step: str
) -> None:
    two_models(models, weights)
    done = subprocess.run([sys.executable, "-c", KILLED, str(models), step], check=False)
    assert done.returncode == -signal.SIGKILL
    assert registry.load(models).version == "t1"
    registry.promote(models, "t2")
    assert registry.rollback(models) == "t1"
