"""config.yaml: the shipped file loads, and a wrong key is named."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from nijar_nlp.config import FORMS, Config, find_config, load_config
from nijar_nlp.errors import ConfigError

ROOT = Path(__file__).parents[1]
_ADDRESSES = ("webhook", "email", "smtp")


def written(folder: Path, change: Any) -> Path:
    values = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    change(values)
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump(values), encoding="utf-8")
    return file


def test_the_shipped_configuration_loads() -> None:
    config = load_config(ROOT / "config.yaml")
    assert config.root == ROOT
    assert config.database_url == f"sqlite:///{ROOT}/var/nijar.sqlite3"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda values: values["run"].update(worker=3), "run.worker"),
        (lambda values: values["run"].pop("workers"), "run.workers"),
        (lambda values: values["run"].update(workers=0), "run.workers"),
        (lambda values: values["run"].update(task_runner="desk"), "run.task_runner"),
        (lambda values: values.update(tager={}), "tager"),
        (lambda values: values["store"].update(database="mysql://x"), "store.database"),
        (lambda values: values["store"].update(database="sqlite://x.sqlite3"), "store.database"),
        (lambda values: values["run"].update(workers=True), "run.workers"),
        (lambda values: values["run"].update(batch_minutes=float("inf")), "run.batch_minutes"),
        (lambda values: values["run"].update(log=" "), "run.log"),
        (lambda values: values["run"].update(dask_scheduler="machine"), "run.dask_scheduler"),
        (lambda values: values["extraction"].update(memory_mb=10**30), "extraction.memory_mb"),
        (lambda values: values["corpus"].update(seed=None), "corpus.seed"),
        (lambda values: values["cases"].update(focus_countries=["Mali"]), "cases.focus_countries"),
        (lambda values: values["corpus"]["collections"]["inbox"].update(remote="a"), "corpus.collections"),
        (lambda values: values["mentions"]["spacy"].update(en="a b"), "mentions.spacy"),
        *((lambda values, k=key: values["alerts"].update({k: "a"}), f"alerts.{key}") for key in _ADDRESSES),
        (lambda values: values["review"].update(sign_on_header="a b"), "review.sign_on_header"),
        (lambda values: values["review"].update(trusted_proxy="proxy.example.org"), "review.trusted_proxy"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, change: Any, key: str) -> None:
    with pytest.raises(ConfigError, match=f"config.yaml: {key}\\b") as refused:
        load_config(written(tmp_path, change))
    assert "pattern" not in str(refused.value)


def keys_with_a_pattern(schema: Any, key: str = "") -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield key
        for name, part in schema.items():
            own = part.items() if name in ("properties", "$defs") else [(key, part)]
            for below, child in own:
                yield from keys_with_a_pattern(child, below)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys_with_a_pattern(part, key)


def test_every_pattern_is_told_in_words() -> None:
    assert set(keys_with_a_pattern(Config.model_json_schema())) == set(FORMS)


@pytest.mark.parametrize("scheduler", ["", "tcp://machine:8786", "tls://machine", "machine:8786"])
def test_every_address_that_dask_takes_is_taken(tmp_path: Path, scheduler: str) -> None:
    file = written(tmp_path, lambda values: values["run"].update(dask_scheduler=scheduler))
    assert load_config(file).run.dask_scheduler == scheduler


@pytest.mark.parametrize(
    "email", ["", "a@example.org", "a@example.org, b@example.org", "Data <a@example.org>"]
)
def test_whoever_a_message_can_be_addressed_to_is_taken(tmp_path: Path, email: str) -> None:
    file = written(tmp_path, lambda values: values["alerts"].update(email=email))
    assert load_config(file).alerts.email == email


@pytest.mark.parametrize("folder", [".", "..", "corpus", "models", "corpus/inbox"])
@pytest.mark.parametrize(("section", "key"), [("run", "log"), ("learning", "cache"), ("store", "backups")])
def test_what_is_read_is_not_written_over(tmp_path: Path, folder: str, section: str, key: str) -> None:
    file = written(tmp_path, lambda values: values[section].update({key: folder}))
    with pytest.raises(ConfigError, match=rf"config.yaml: {section}\.{key}. .* lies in it"):
        load_config(file)


def test_a_misspelt_key_is_told_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"run\.worker\. .* Did you mean workers\?"):
        load_config(written(tmp_path, lambda values: values["run"].update(worker=3)))


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "just words", "store: 3", "a: 1\na: 2", "? [1]\n: 2", ""])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_config(file, database="sqlite:///x.sqlite3")


def test_the_nearest_configuration_is_found(tmp_path: Path) -> None:
    written(tmp_path, lambda values: None)
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_config(deep) == tmp_path / "config.yaml"


def test_no_configuration_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--config"):
        find_config(tmp_path)


def test_another_database_can_be_named() -> None:
    config = load_config(ROOT / "config.yaml", database="postgres://nijar@localhost/nijar")
    assert config.database_url == "postgres://nijar@localhost/nijar"
