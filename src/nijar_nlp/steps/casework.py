"""Evidence of the store into candidates, and candidates out of it."""

import sys
from pathlib import Path
from typing import Any

from nijar_nlp import cases
from nijar_nlp.config import Config
from nijar_nlp.records import CaseCandidate, CaseRecord
from nijar_nlp.steps import parts
from nijar_nlp.store import candidates, findings


def group(config: Config) -> tuple[CaseCandidate, ...]:
    """Group all evidence into candidates, compare them with the known cases, and keep them."""
    found = cases.candidates(
        findings.evidence(),
        parts.known_cases(config),
        parts.actors(config),
        parts.case_settings(config),
        candidates.candidate_of_passages(),
        findings.numbers_of_evidence(),
    )
    candidates.save_candidates(found)
    return found


def draft_record(candidate: CaseCandidate, config: Config) -> CaseRecord:
    """A candidate's case record by the study's schema, as far as its evidence fills it."""
    return cases.draft_record(
        candidate,
        findings.evidence(candidate.passage_ids),
        parts.case_schema(config),
        parts.actors(config),
    )


def evidence_of(chosen: list[CaseCandidate]) -> dict[str, dict[str, Any]]:
    """By passage id, where the candidates' evidence stands and what it says."""
    return candidates.locations([passage for candidate in chosen for passage in candidate.passage_ids])


def export_candidates(status: candidates.Status, form: str, target: Path | None) -> None:
    """Write the candidates with their evidence as csv, jsonl or xlsx; to standard output without a target."""
    chosen = candidates.candidates(status)
    if target is None:
        cases.write(chosen, evidence_of(chosen), form, sys.stdout.buffer)
        return
    with target.open("wb") as stream:
        cases.write(chosen, evidence_of(chosen), form, stream)
