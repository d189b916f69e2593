"""Passages given line by line, tagged, annotated or grouped without the store."""

from collections.abc import Sequence
from typing import Any

from nijar_nlp import cases, forms
from nijar_nlp.cases import events_of
from nijar_nlp.config import Config
from nijar_nlp.jsonl import PassageLine
from nijar_nlp.language import language_of
from nijar_nlp.mentions import Input
from nijar_nlp.records import Evidence, content_id
from nijar_nlp.steps import parts


def tag_lines(lines: Sequence[PassageLine], config: Config) -> list[dict[str, Any]]:
    """What the model that serves says of each passage, in the same order."""
    taggings = parts.tagger(config).tag([line.text for line in lines])
    return [
        forms.tagging(line.id, line.language or language_of(line.text), tagging)
        for line, tagging in zip(lines, taggings, strict=True)
    ]


def annotate_lines(lines: Sequence[PassageLine], config: Config) -> list[dict[str, Any]]:
    """Mentions of each passage, and events of those that carry a tag, in the same order."""
    dates = [forms.publication_date(line.date) for line in lines]
    languages = [line.language or language_of(line.text) for line in lines]
    tags = [
        tagging.tags for tagging in parts.tagger(config).tag([line.text for line in lines], reasons=False)
    ]
    found = parts.annotator(config).annotate(
        [Input(line.text, code, date) for line, code, date in zip(lines, languages, dates, strict=True)]
    )
    return [
        forms.annotation(line.id, mentions, events_of(str(line.id), line.text, code, given, mentions, date))
        for line, code, given, mentions, date in zip(lines, languages, tags, found, dates, strict=True)
    ]


def group_lines(lines: Sequence[PassageLine], config: Config) -> list[dict[str, Any]]:
    """The candidate and the known case of each report, in the same order; the order changes no candidate.

    A report that tells of no case has no candidate. Equal lines are one report.
    """
    evidence = evidence_of_lines(lines, config)
    found = cases.candidates(
        list(evidence.values()),
        parts.known_cases(config),
        parts.actors(config),
        parts.case_settings(config),
        {},
    )
    candidate_of = {passage: one for one in found for passage in one.passage_ids}
    return [forms.grouping(line.id, candidate_of.get(_identity(line))) for line in lines]


def evidence_of_lines(lines: Sequence[PassageLine], config: Config) -> dict[str, Evidence]:
    """By an id made of its content, each report that tells of a case, with all that was found in it."""
    once = list({_identity(line): line for line in lines}.items())
    taggings = parts.tagger(config).tag([line.text for _, line in once], reasons=False)
    tagged = [(i, line, tagging) for (i, line), tagging in zip(once, taggings, strict=True) if tagging.tags]
    dates = [forms.publication_date(line.date) for _, line, _ in tagged]
    languages = [line.language or language_of(line.text) for _, line, _ in tagged]
    found = parts.annotator(config).annotate(
        [
            Input(line.text, code, day)
            for (_, line, _), code, day in zip(tagged, languages, dates, strict=True)
        ]
    )
    evidence = {
        identity: Evidence(
            passage_id=identity,
            document_id=identity,
            text=line.text,
            language=code,
            tags=tagging.tags,
            probabilities=tagging.probabilities,
            events=events_of(identity, line.text, code, tagging.tags, mentions, day),
            mentions=mentions,
            outlet=line.source or "",
            published=day,
        )
        for (identity, line, tagging), code, mentions, day in zip(
            tagged, languages, found, dates, strict=True
        )
    }
    return {identity: item for identity, item in evidence.items() if cases.tells_of_a_case(item)}


def _identity(line: PassageLine) -> str:
    return content_id("report", line.id, line.text, line.date or "", line.source or "")
