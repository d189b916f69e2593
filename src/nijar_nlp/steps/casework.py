"""Evidence of the store into candidates, and candidates out of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from nijar_nlp import cases, mentions
from nijar_nlp.config import Config
from nijar_nlp.records import CandidateChange, CandidateLink, CaseCandidate, CaseRecord, Evidence, content_id
from nijar_nlp.steps import parts
from nijar_nlp.store import candidates, decisions, findings, grouped, history


def group(config: Config) -> tuple[CaseCandidate, ...]:
    """Group all evidence into candidates, compare them with the known cases, keep them and what changed.

    What people decided stays as they decided it.
    """
    begun = grouped.begin(_basis(config))
    before = candidates.candidate_of_passages()
    numbers = findings.numbers_of_evidence()
    found, questions = cases.regrouped(
        _in_chapters(findings.evidence(), numbers),
        parts.known_cases(config),
        parts.actors(config),
        parts.case_settings(config),
        before,
        numbers,
        decisions.fixed(),
    )
    after = {passage: one.id for one in found for passage in one.passage_ids}
    candidates.save_grouping(found, [*cases.changes(before, after), *_new_questions(questions)])
    grouped.finish(begun)
    return found


def is_grouped(config: Config) -> bool:
    """Whether nothing that grouping depends on has changed since the candidates were made."""
    return grouped.stands(_basis(config))


def _basis(config: Config) -> str:
    """What candidates depend on beside the evidence: decisions, registers, settings, this code."""
    return content_id(
        grouped.last_decision(),
        parts.actors(config),
        parts.known_cases(config),
        parts.case_settings(config),
        parts.code_version(),
    )


def _in_chapters(evidence: Sequence[Evidence], numbers: Mapping[str, int]) -> list[Evidence]:
    """The same evidence, with the country to whose chapter of its report each passage belongs."""
    headings = findings.headings_above_evidence()
    chapters = {
        document: mentions.Chapters(mentions.Heading(*h) for h in found)
        for document, found in headings.items()
    }
    return [
        replace(item, chapter=chapters[item.document_id].country(numbers[item.passage_id]))
        if item.document_id in chapters
        else item
        for item in evidence
    ]


def _new_questions(questions: Sequence[CandidateChange]) -> list[CandidateChange]:
    """Those that are not in the history already: a question is asked once."""
    asked = set(history.changes())
    return [question for question in questions if question not in asked]


def feed(after: int) -> list[dict[str, Any]]:
    """What became of the candidates after a number of the feed, the oldest first."""
    return history.feed(after)


def links(chosen: Sequence[CaseCandidate]) -> tuple[CandidateLink, ...]:
    """How these candidates bear on each other: what leads to what, follows it, contradicts it."""
    return cases.links(chosen)


def draft_record(candidate: CaseCandidate, config: Config) -> CaseRecord:
    """A candidate's case record by the study's schema, as far as its evidence fills it."""
    return cases.draft_record(
        candidate,
        findings.evidence(candidate.passage_ids),
        parts.case_schema(config),
        parts.actors(config),
    )


def ranked(status: candidates.Status = "all") -> list[CaseCandidate]:
    """The candidates by falling score: those not yet known, those known, or all."""
    return candidates.candidates(status)


def n_candidates() -> int:
    """How many candidates there are."""
    return candidates.count()


def evidence_of(chosen: list[CaseCandidate]) -> dict[str, dict[str, Any]]:
    """By passage id, where the candidates' evidence stands and what it says."""
    return candidates.locations([passage for candidate in chosen for passage in candidate.passage_ids])


def export_candidates(
    status: candidates.Status, form: str, target: Path | None, config: Config, *, mask: bool = False
) -> None:
    """Write the candidates with their evidence in a format; to standard output without a target.

    `mask` replaces the names of all persons.
    """
    chosen = candidates.candidates(status)
    hide = None
    if mask:
        told = findings.evidence([passage for one in chosen for passage in one.passage_ids])
        actors = {actor.id: actor for actor in parts.actors(config)}
        hide = cases.hiding(cases.mask_of_persons(told, actors))
    if target is None:
        _write(chosen, status, form, sys.stdout.buffer, config, hide)
        return
    with target.open("wb") as stream:
        _write(chosen, status, form, stream, config, hide)


def _write(
    chosen: list[CaseCandidate],
    status: candidates.Status,
    form: str,
    stream: BinaryIO,
    config: Config,
    hide: cases.Hide | None,
) -> None:
    if form == "html":
        from nijar_nlp.steps.publishing import candidates_page  # a second that a run need not wait for

        stream.write(candidates_page(chosen, status, config, hide).encode())
    else:
        cases.write(chosen, evidence_of(chosen), form, stream, hide)
