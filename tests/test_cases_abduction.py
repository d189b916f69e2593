"""One mass abduction in three hundred reports: one candidate a matter, linked, whatever their order."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp import cases
from nijar_nlp.config import Config, load_config
from nijar_nlp.records import CaseCandidate, Evidence
from nijar_nlp.steps import parts
from nijar_nlp.steps.lines import evidence_of_lines, identity_of
from tests.mass_abduction import MATTERS, N_REPORTS, reports

ROOT = Path(__file__).parents[1]
Groups = set[frozenset[str]]


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(ROOT / "config.yaml")


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """The matter of each report, by the id that it gets."""
    return {identity_of(line): matter for matter, line in reports().values()}


@pytest.fixture(scope="module")
def evidence(config: Config) -> list[Evidence]:
    lines = [line for _, line in reports().values()]
    assert len(lines) == N_REPORTS
    return list(evidence_of_lines(lines, config).values())


def grouped(
    evidence: Sequence[Evidence], config: Config, previous: dict[str, str] | None = None
) -> tuple[CaseCandidate, ...]:
    known, actors = parts.known_cases(config), parts.actors(config)
    return cases.candidates(evidence, known, actors, parts.case_settings(config), previous or {})


def members(found: Iterable[CaseCandidate]) -> Groups:
    return {frozenset(one.passage_ids) for one in found}


def test_each_matter_is_one_candidate_with_every_source_and_linked(
    evidence: list[Evidence], config: Config, told: dict[str, str]
) -> None:
    found = grouped(evidence, config)
    by_matter: dict[str, list[CaseCandidate]] = defaultdict(list)
    for one in found:
        (matter,) = {told[passage] for passage in one.passage_ids}
        by_matter[matter].append(one)
    assert {matter: len(ones) for matter, ones in by_matter.items()} == {m.name: 1 for m in MATTERS}
    for matter in MATTERS:
        (one,) = by_matter[matter.name]
        sources = {item.outlet for item in evidence if told[item.passage_id] == matter.name}
        assert len(one.passage_ids) == one.n_documents == matter.reports
        assert {item.outlet for item in evidence if item.passage_id in one.passage_ids} == sources
    links = {(link.earlier, link.later) for link in cases.links(found)}
    identity = {matter: ones[0].id for matter, ones in by_matter.items()}
    for release in ("first release", "second release"):
        assert (identity["abduction"], identity[release]) in links
    assert (identity["talks"], identity["first release"]) in links


def test_the_order_of_arrival_is_of_no_account(evidence: list[Evidence], config: Config) -> None:
    some = evidence[::5]
    expected = members(grouped(some, config))
    assert members(grouped(some[::-1], config)) == expected
    assert members(grouped(random.Random(2).sample(some, len(some)), config)) == expected


def test_reports_that_come_day_by_day_end_in_the_same_candidates(
    evidence: list[Evidence], config: Config
) -> None:
    some = sorted(evidence[::10], key=lambda item: str(item.published and item.published.start))
    previous: dict[str, str] = {}
    for number in range(len(some)):
        found = grouped(some[: number + 1], config, previous)
        previous = {passage: one.id for one in found for passage in one.passage_ids}
    assert members(found) == members(grouped(some, config))


@settings(max_examples=5)
@given(data=st.data())
def test_any_arrival_ends_in_the_same_candidates(
    data: st.DataObject, evidence: list[Evidence], config: Config
) -> None:
    some = data.draw(st.permutations(evidence[::20]))
    half = grouped(some[: len(some) // 2], config)
    previous = {passage: one.id for one in half for passage in one.passage_ids}
    assert members(grouped(some, config, previous)) == members(grouped(evidence[::20], config))
