"""The documentation: every command, option, setting and room is in it."""

import re
from pathlib import Path

import click
import pytest
import yaml

from nijar_nlp.cli import main
from nijar_nlp.records import MENTION_TYPES, PASSAGE_KINDS
from tests.test_layers import LAYERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CONFIG = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))

COMMANDS = {
    f"{name} {sub}".strip(): own
    for name, command in main.commands.items()
    for sub, own in (command.commands.items() if isinstance(command, click.Group) else [("", command)])
}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `nijar ")]
    (row,) = [line for line in rows if f"`nijar {name} " in line or f"`nijar {name}`" in line]
    command = COMMANDS[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help or option.opts == ["--status"] or option.opts == ["--format"]
            assert option.opts[0] in row


def test_the_list_of_commands_cuts_no_sentence() -> None:
    for group in (main, *(one for one in main.commands.values() if isinstance(one, click.Group))):
        commands = group.get_help(click.Context(group, terminal_width=80)).split("Commands:")[1]
        assert "..." not in commands


@pytest.mark.parametrize("key", [f"{section}.{key}" for section in CONFIG for key in CONFIG[section]])
def test_every_setting_is_in_the_readme(key: str) -> None:
    assert f"`{key}`" in README


def test_the_readme_names_no_setting_that_is_gone() -> None:
    named = set(re.findall(rf"`((?:{'|'.join(CONFIG)})\.\w+)`", README))
    assert named == {f"{section}.{key}" for section in CONFIG for key in CONFIG[section]}


def test_every_setting_has_its_reason_beside_it() -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    for section, keys in CONFIG.items():
        block = text.split(f"\n{section}:\n")[1].split("\n\n")[0]
        assert block.count("#") >= 1, section
        assert all(f"  {key}:" in block for key in keys)


@pytest.mark.parametrize("room", sorted(LAYERS))
def test_every_room_is_in_contributing(room: str) -> None:
    assert f"`{room}/`" in CONTRIBUTING or f"`{room}.py`" in CONTRIBUTING


def test_every_benchmark_is_in_contributing_with_what_it_shows() -> None:
    told = re.findall(r"^\| `(\w+\.py)` \| \S", CONTRIBUTING.split("## Benchmarks")[1], re.MULTILINE)
    assert sorted(told) == sorted(file.name for file in (ROOT / "benchmarks").glob("*.py"))


def test_passage_kinds_and_mention_types_are_in_the_readme() -> None:
    for name in (*PASSAGE_KINDS, *MENTION_TYPES):
        assert name in README
