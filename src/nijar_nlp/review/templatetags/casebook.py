"""Filters of the templates of cases: the study's variables and values in words."""

from typing import Any

from django import template

from nijar_nlp.records import CaseRevision, CaseValue
from nijar_nlp.review import case_form, casework, library, words

register = template.Library()


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
    """A value in words: a choice by its label, a country or an actor by its name, a date with its month's."""
    if variable == "country":
        return words.country(value)
    if variable == "actor":
        return library.actor_name(value)
    for known in library.case_schema().variables:
        if known.id == variable:
            if known.type == "date":
                return words.noted_days(value)
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
