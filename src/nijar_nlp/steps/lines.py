"""Passages given line by line, tagged or annotated without the store."""

from collections.abc import Sequence
from typing import Any

from nijar_nlp import forms
from nijar_nlp.cases import events_of
from nijar_nlp.config import Config
from nijar_nlp.jsonl import PassageLine
from nijar_nlp.language import language_of
from nijar_nlp.mentions import Input
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
