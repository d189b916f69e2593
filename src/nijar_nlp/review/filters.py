"""The query string of an address into what is asked of the queue, and back."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from nijar_nlp.records import CANDIDATE_SORTS, PASSAGE_SORTS, SHOWN_STATES, STATES, TAGS, Filter

_WORDS = ("query", "country", "actor", "tag", "type", "language", "outlet", "state", "sort")


class FilterForm(forms.Form):
    """Every field may be empty; what is not understood is left out, as an address may be old."""

    query = forms.CharField(max_length=200, required=False)
    country = forms.CharField(max_length=3, required=False)
    actor = forms.CharField(max_length=200, required=False)
    tag = forms.ChoiceField(choices=[(tag, tag) for tag in TAGS], required=False)
    type = forms.CharField(max_length=32, required=False)
    language = forms.CharField(max_length=8, required=False)
    outlet = forms.CharField(max_length=200, required=False)
    state = forms.ChoiceField(choices=[(s, s) for s in (*SHOWN_STATES, *STATES)], required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    least = forms.IntegerField(min_value=0, max_value=100, required=False)
    most = forms.IntegerField(min_value=0, max_value=100, required=False)
    sort = forms.ChoiceField(choices=[(s, s) for s in (*CANDIDATE_SORTS, *PASSAGE_SORTS)], required=False)


def asked(query: QueryDict, sorts: tuple[str, ...] = CANDIDATE_SORTS) -> Filter:
    """What an address asks for; bounds of probability are given in percent."""
    form = FilterForm(query)
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    words = {name: given.get(name) or "" for name in _WORDS}
    words["state"] = words["state"] or "waiting"
    words["sort"] = words["sort"] if words["sort"] in sorts else sorts[0]
    return Filter(
        **words,
        since=given.get("since"),
        until=given.get("until"),
        least=_share(given.get("least")),
        most=_share(given.get("most")),
    )


def query_string(filter_: Filter, **other: object) -> str:
    """The query string that asks for the same; `other` replaces or adds."""
    values: dict[str, object] = {name: getattr(filter_, name) for name in (*_WORDS, "since", "until")}
    for name in ("least", "most"):
        share = getattr(filter_, name)
        values[name] = "" if share is None else round(share * 100)
    values |= other
    usual = {"state": "waiting", "sort": "probability"}
    return urlencode({k: v for k, v in values.items() if v not in ("", None) and usual.get(k) != v})


def _share(value: int | None) -> float | None:
    return None if value is None else value / 100
