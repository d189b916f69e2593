"""A report of the project's own making, from its PDF through the store to candidates."""

from pathlib import Path

import pytest

from nijar_nlp import steps
from nijar_nlp.config import load_config
from nijar_nlp.records import CaseCandidate, Evidence
from nijar_nlp.store import findings
from tests.test_passages import set_pdf

pytestmark = pytest.mark.usefixtures("store")

REPORT = """
#align(right)[S/2005/140]

4 March 2005

= Report on the mediation of local conflicts

The present report tells of talks between communities and armed groups, and of those who held them.

== MALI

After weeks of talks, both sides signed a ceasefire agreement on 14 February 2005. The armed groups
promised that the ceasefire would hold, and the mediators welcomed the agreement.

== LEBANON

Old files were opened. The South Lebanon Army (SLA) had kept its prisoners in one place.

The SLA released six hostages on 3 February 2005 after negotiations, and the hostages were handed over to
their families.
"""


def carried(folder: Path) -> dict[str, tuple[Evidence, CaseCandidate]]:
    """By the first words of each passage that tells of something, its evidence and its candidate."""
    config = load_config(folder / "config.yaml")
    outcomes = steps.read_files([set_pdf(folder, REPORT)], config)
    assert [outcome.state for outcome in outcomes] == ["read"]
    steps.tag_documents(steps.untagged(config), config)
    steps.annotate_documents(steps.unannotated(config), config)
    of_passage = {i: one for one in steps.group(config) for i in one.passage_ids}
    return {
        " ".join(item.text.split()[:2]): (item, of_passage[item.passage_id])
        for item in findings.evidence()
        if item.passage_id in of_passage
    }


def test_a_report_s_chapter_its_acronyms_and_its_publisher_reach_the_candidates(project: Path) -> None:
    found = carried(project)
    _, in_mali = found["After weeks"]
    assert in_mali.country == "MLI"
    item, in_lebanon = found["The SLA"]
    assert {m.entity for m in item.mentions if m.type == "ARMED_GROUP"} == {"sla"}
    assert in_lebanon.country == "LBN"
    assert item.outlet == "United Nations"
    assert {event.source for event in item.events} == {"organisation"}
