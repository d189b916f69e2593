"""`nijar group`: reports line by line into candidates, whatever the order of the lines."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from nijar_nlp.cases.families import Families
from nijar_nlp.cases.names import names_of
from nijar_nlp.cases.pairs import Comparison
from nijar_nlp.cases.profiles import profiles
from nijar_nlp.cli import main
from nijar_nlp.config import load_config
from nijar_nlp.jsonl import PassageLine
from nijar_nlp.records import Mention
from nijar_nlp.steps import annotate_lines, group_lines
from tests.cases_evidence import evidence

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpus" / "gold" / "grouping.jsonl"
CASES = ("LBN-2015-ARSAL", "NGA-2018-DAPCHI", "MLI-2020-SWAP", "PHL-2014-BANGSAMORO")


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    """Some cases of the gold, and reports of none."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    none = [row for row in rows if row["case"] is None and row["half"] == "build"]
    return [row for row in rows if row["case"] in CASES] + none[3:9]


def grouped(rows: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    keys = ("id", "text", "date", "source")
    lines = (json.dumps({key: row[key] for key in keys}, ensure_ascii=False) for row in rows)
    source.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(main, ["group", "--input", str(source), "--output", str(target)])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_reports_of_one_case_share_a_candidate_in_any_order(
    reports: list[dict[str, Any]], tmp_path: Path
) -> None:
    found = grouped(reports, tmp_path)
    assert [line["id"] for line in found] == [row["id"] for row in reports]
    assert all(set(line) == {"id", "candidate", "known_case", "known_probability"} for line in found)
    by_case: dict[str | None, set[str | None]] = {}
    for row, line in zip(reports, found, strict=True):
        by_case.setdefault(row["case"], set()).add(line["candidate"])
        assert line["known_case"] == row["known_case"]
    assert by_case.pop(None) == {None}
    assert all(len(candidates) == 1 for candidates in by_case.values())
    assert len(set.union(*by_case.values())) == len(CASES)
    shuffled = random.Random(1).sample(reports, len(reports))
    again = {line["id"]: line for line in grouped(shuffled, tmp_path)}
    assert [again[row["id"]] for row in reports] == found


def test_equal_lines_are_one_report_and_none_is_no_error() -> None:
    config = load_config(ROOT / "config.yaml")
    line = PassageLine(id=1, text="Boko Haram freed three nurses near Diffa after talks.", date="2021-03-04")
    one, other = group_lines([line, line], config)
    assert one == other
    assert one["candidate"]
    assert group_lines([], config) == []


def test_a_line_spells_its_own_acronyms_out() -> None:
    texts = (
        "The Rural Schools Fund (RSF) paid the teachers. The RSF opened in May.",
        "The RSF opened the road in May.",
    )
    lines = [PassageLine(id=number, text=text, date="2024-05-03") for number, text in enumerate(texts)]
    found = annotate_lines(lines, load_config(ROOT / "config.yaml"))
    named = [{mention["id"] for mention in line["mentions"]} for line in found]
    assert ["rsf" in entities for entities in named] == [False, True]


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("Mahuta town", "في ماهوتا"), ("near Kankara", "كنكارا"), ("from Greenfield", "غرينفيلد")],
)
def test_names_agree_across_scripts(latin: str, arabic: str) -> None:
    one = evidence(f"They were let go {latin} yesterday.", None)
    other = evidence(f"أفرج عنهم {arabic} أمس.", None, language="ar")
    shared = names_of(one) & names_of(other)
    assert bool(shared) == (latin != "Mahuta town")  # two consonants are too few to tell


def test_places_on_the_map_are_no_names_and_a_town_beside_is_the_same_town() -> None:
    told = "Freed near Katsina after Governor Masari spoke"
    place = Mention(11, 18, "Katsina", "PLACE", name="Katsina", precision="exact")
    without = replace(evidence(told, None), mentions=(place,))
    assert names_of(evidence(told, None)) - names_of(without) == {"ktsn"}
    near, far = (evidence("They were freed.", place=name) for name in ("Gao", "Tessalit"))
    one, other, third = profiles([near, far, evidence("All are free.", place="Gao")], Families())
    comparison = Comparison([one, other, third], Families(), same_event_days=10, copies={})
    towns = {
        frozenset(spot.name for p in pair for spot in p.spots): comparison.features(*pair).get("other_town")
        for pair in ((one, other), (other, third), (one, third))
    }
    assert towns == {frozenset({"gao"}): None, frozenset({"gao", "tessalit"}): 1.0}
