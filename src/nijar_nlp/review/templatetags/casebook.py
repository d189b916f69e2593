"""Filters of the templates of cases: the study's variables and values in words."""

from collections.abc import Callable
from typing import Any

from django import template

from nijar_nlp.records import CaseRevision, CaseValue
from nijar_nlp.review import case_form, casework, library, naming, words

register = template.Library()

_BY_TYPE: dict[str, Callable[[str], str]] = {
    "date": words.noted_days,
    "actor": naming.recorded_actor,
    "place": naming.place_named,
}


@register.filter
def label(labels: dict[str, str]) -> str:
    """A label of the schema in the language of the page."""
    return case_form.label(labels)


@register.filter
def values(revision: CaseRevision, variable: str) -> tuple[CaseValue, ...]:
    """The values of a variable."""
    return revision.of(variable)


@register.filter
def value_words(value: str, variable: str) -> str:
    """A value in words: a choice by its label, a country, actor or place by name, a date as it is written.

    `variable` is one of the schema, or `actor` where the value is a register id.
    """
    if variable == "country":
        return words.country(value)
    if variable == "actor":
        return naming.actor(value)
    for known in library.case_schema().variables:
        if known.id == variable:
            if in_words := _BY_TYPE.get(known.type):
                return in_words(value)
            return next((case_form.label(c.label) for c in known.choices if c.value == value), value)
    return value


@register.filter
def ran(revision: CaseRevision) -> str:
    """First and last day of a case, as sharp as they are noted."""
    ends = [words.noted_days(value.value) for name in ("start", "end") for value in revision.of(name)]
    return " – ".join(dict.fromkeys(ends))


@register.filter
def field(asked: casework.CaseFilter, name: str) -> Any:
    """A field of a filter."""
    return getattr(asked, name)
