"""Passages given line by line, tagged, annotated or grouped without the store."""

import logging
from collections.abc import Sequence
from typing import Any

from nijar_nlp import cases, forms
from nijar_nlp.cases import events_of
from nijar_nlp.config import Config
from nijar_nlp.errors import InputError
from nijar_nlp.jsonl import PassageLine
from nijar_nlp.language import language_of
from nijar_nlp.mentions import Input, spelt_out
from nijar_nlp.records import TAGS, DateInterval, Evidence, Tagging, content_id
from nijar_nlp.steps import parts

log = logging.getLogger(__name__)
_NOT_OUT = 0.08  # a tag less probable than this is out of the question


def tag_lines(lines: Sequence[PassageLine], config: Config) -> list[dict[str, Any]]:
    """What the model that serves says of each passage, in the same order."""
    taggings = parts.tagger(config).tag([line.text for line in lines])
    return [
        forms.tagging(line.id, line.language or language_of(line.text), tagging)
        for line, tagging in zip(lines, taggings, strict=True)
    ]


def annotate_lines(lines: Sequence[PassageLine], config: Config) -> list[dict[str, Any]]:
    """Mentions of each passage, and events of those that carry a tag, in the same order."""
    dates = [_published(line) for line in lines]
    languages = [line.language or language_of(line.text) for line in lines]
    taggings = parts.tagger(config).tag([line.text for line in lines], reasons=False)
    found = parts.annotator(config).annotate(
        [_input(line, code, date) for line, code, date in zip(lines, languages, dates, strict=True)]
    )
    states = parts.annotator(config).states
    return [
        forms.annotation(
            line.id,
            mentions,
            events_of(
                str(line.id),
                line.text,
                code,
                tagging.tags,
                mentions,
                tagging.probabilities,
                line.source or "",
                states=states,
            ),
        )
        for line, code, tagging, mentions in zip(lines, languages, taggings, found, strict=True)
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
    told = {identity for identity, item in evidence.items() if cases.tells_of_a_case(item)}
    candidate_of = {i: one for one in found if told & set(one.passage_ids) for i in one.passage_ids}
    return [forms.grouping(line.id, candidate_of.get(identity_of(line))) for line in lines]


def evidence_of_lines(lines: Sequence[PassageLine], config: Config) -> dict[str, Evidence]:
    """By an id made of its content, each report that may tell of a case, with all that was found in it.

    A report that no tag was given to, though one was not out of the question, has its events and no tag: it
    may join a case, and makes none. So no event is left out for a tag's low probability.
    """
    once = list({identity_of(line): line for line in lines}.items())
    texts = list({line.text: None for _, line in once})  # wire copies are read once
    tagging_of = dict(zip(texts, parts.tagger(config).tag(texts, reasons=False), strict=True))
    likely = [(i, line, tagging_of[line.text]) for i, line in once if _labels(tagging_of[line.text])]
    dates = [_published(line) for _, line, _ in likely]
    languages = [line.language or language_of(line.text) for _, line, _ in likely]
    inputs = zip(likely, languages, dates, strict=True)
    annotator = parts.annotator(config)
    found = annotator.annotate([_input(line, code, day) for (_, line, _), code, day in inputs])
    return {
        identity: Evidence(
            passage_id=identity,
            document_id=identity,
            text=line.text,
            language=code,
            tags=tagging.tags,
            probabilities=tagging.probabilities,
            events=events_of(
                identity,
                line.text,
                code,
                _labels(tagging),
                mentions,
                outlet=line.source or "",
                states=annotator.states,
            ),
            mentions=mentions,
            outlet=line.source or "",
            published=day,
        )
        for (identity, line, tagging), code, mentions, day in zip(
            likely, languages, found, dates, strict=True
        )
    }


def _input(line: PassageLine, language: str, published: DateInterval | None) -> Input:
    """A line as the annotator reads it: an article of its own."""
    return Input(line.text, language, published, spelt_out([line.text]))


def _published(line: PassageLine) -> DateInterval | None:
    """When a line was published; a date that cannot be used is told of, and the line goes on without one."""
    try:
        return forms.publication_date(line.date)
    except InputError as error:
        log.warning("Line with id %s goes on without a date. %s", line.id, error)
        return None


def _labels(tagging: Tagging) -> tuple[str, ...]:
    """The tags given, or those that are not out of the question where none was."""
    return tagging.tags or tuple(tag for tag in TAGS if tagging.probabilities.get(tag, 0.0) >= _NOT_OUT)


def identity_of(line: PassageLine) -> str:
    """The id of a report, which depends on what its line says alone."""
    return content_id("report", line.id, line.text, line.date or "", line.source or "")
