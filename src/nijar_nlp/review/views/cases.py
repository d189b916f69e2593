"""Accepted cases: list, timeline, map, one record, its editing, and export."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from nijar_nlp import drawing
from nijar_nlp.cases import write_records
from nijar_nlp.errors import StoreError
from nijar_nlp.records import AuditEntry, CaseRevision, CaseVariable
from nijar_nlp.review import casework, library, naming, publishing, showing
from nijar_nlp.review.case_form import RecordForm
from nijar_nlp.review.people import for_role, may, person, refuse
from nijar_nlp.store import access, candidates, casebook

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/jsonl; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
# Fields of the filter that choose among values
_FIELDS = (
    ("country", gettext_lazy("Country")),
    ("actor", gettext_lazy("Actor")),
    ("type", gettext_lazy("Type")),
    ("status", gettext_lazy("Status")),
    ("outcome", gettext_lazy("Outcome")),
)


@require_GET
@for_role("reader")
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the filter asks for, as a list."""
    return render(request, "review/cases.html", _listing(request) | {"view": "cases"})


@require_GET
@for_role("reader")
def timeline(request: HttpRequest) -> HttpResponse:
    """The cases over the years."""
    context = _listing(request)
    dated = [(r, days) for r in context["revisions"] if (days := casework.days(r))]
    context |= {"timeline": drawing.timeline(dated), "view": "timeline", "undated": _without(context, dated)}
    return render(request, "review/case_timeline.html", context)


@require_GET
@for_role("reader")
def case_map(request: HttpRequest) -> HttpResponse:
    """The cases on a map."""
    context = _listing(request)
    places = casework.places(context["revisions"])
    seen = drawing.frame(places.values())
    points = [
        (r, *places[r.case_id], *seen.point(*places[r.case_id]))
        for r in context["revisions"]
        if r.case_id in places
    ]
    context |= {
        "view": "map",
        "frame": seen,
        "paths": drawing.paths(seen),
        "points": points,
        "names": drawing.names([(x, y, _place(r)) for r, _lat, _lon, x, y in points]),
        "unplaced": [r for r in context["revisions"] if r.case_id not in places],
    }
    return render(request, "review/case_map.html", context)


@require_GET
@for_role("analyst")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """A file of the cases that the filter shows, masked unless the person may see and asks for names."""
    if form not in _TYPES:
        raise Http404
    context = _listing(request)
    revisions = context["revisions"]
    masked = "names" not in request.GET
    content = io.BytesIO()
    if form == "html":
        page = publishing.page(revisions, person(request).name, masked=masked)
        content.write(page.encode())
    else:
        records = [casework.record(revision) for revision in revisions]
        mask = casework.mask(revisions) if masked else None
        write_records(records, library.case_schema(), form, content, mask)
    ids = [revision.case_id for revision in revisions]
    detail = {"format": form, "masked": masked, "filter": context["query"], "cases": ids}
    access.write_down(AuditEntry("export", person(request).name, "cases", detail=detail))
    name = f"cases-{datetime.now(UTC):%Y%m%d-%H%M}{'-masked' if masked else ''}.{form}"
    response = HttpResponse(content.getvalue(), content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@for_role("reader")
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case: its record, the evidence of each value, its revisions."""
    revisions = _revisions(request, case_id)
    now = next((r for r in revisions if str(r.number) == request.GET.get("revision")), revisions[0])
    access.write_down(AuditEntry("read", person(request).name, "case", case_id))
    items = casework.evidence(now, person(request).name)
    numbers = {item.passage.id: n for n, item in enumerate(items, 1)}
    context = {
        "revision": now,
        "latest": revisions[0],
        "sections": _sections(now, numbers),
        "items": items,
        "revisions": _changes(revisions),
        "still_there": candidates.candidate(now.candidate_id) is not None,
        **showing.frame(items[0].passage if items else None),
    }
    return render(request, "review/case.html", context)


@require_http_methods(["GET", "POST"])
@for_role("analyst")
def edit(request: HttpRequest, case_id: str) -> HttpResponse:
    """The form of a case's record; sending it adds a revision."""
    now = _revisions(request, case_id)[0]
    items = casework.evidence(now, person(request).name)
    ids = [item.passage.id for item in items]
    form = RecordForm(request.POST or None, library.case_schema(), now, ids)
    if request.method == "POST" and form.is_valid():
        revision = form.revision(person(request).name)
        if revision.values == now.values and revision.number == now.number + 1:
            messages.info(request, _("Nothing was changed."))
            return redirect("review:case", case_id)
        try:
            made = casebook.revise(revision)
            messages.success(request, _("Revision %(n)s is recorded.") % {"n": made.number})
            return redirect("review:case", case_id)
        except StoreError:
            told = _(
                "%(who)s saved revision %(n)s while you were writing. Yours is not lost: compare, save again."
            )
            messages.warning(request, told % {"who": now.by, "n": now.number})
            again = request.POST.copy()
            again["number"] = str(now.number)
            form = RecordForm(again, library.case_schema(), now, ids)
    context = {"form": form, "revision": now, "items": items, "sections": _fields_by_section(form)}
    return render(request, "review/case_edit.html", context, status=422 if form.errors else 200)


def _listing(request: HttpRequest) -> dict[str, Any]:
    casework.catch_up()
    asked = casework.asked(request.GET)
    seen = casework.visible(person(request).name)
    found = casework.chosen(seen, asked)
    query = {k: v for k, v in request.GET.items() if v and k in asked.__dataclass_fields__}
    schema = library.case_schema()
    return {
        "asked": asked,
        "query": urlencode(query),
        "revisions": found,
        "all": len([r for r in seen if not r.withdrawn]),
        "fields": _FIELDS,
        "choices": casework.choices(seen, schema),
        "formats": tuple(_TYPES),
        "may_export": may(person(request), "analyst"),
    }


def _place(revision: CaseRevision) -> str:
    return next((naming.place_named(value.value) for value in revision.of("place")), "")


def _without(context: dict[str, Any], dated: Sequence[tuple[CaseRevision, object]]) -> list[CaseRevision]:
    shown = {revision.case_id for revision, _ in dated}
    return [r for r in context["revisions"] if r.case_id not in shown]


def _revisions(request: HttpRequest, case_id: str) -> list[CaseRevision]:
    revisions = casebook.revisions(case_id)
    if not revisions:
        raise Http404
    if not all(casework.may_see(revision, person(request).name) for revision in revisions):
        refuse(request, request.path)
    return revisions


def _sections(revision: CaseRevision, numbers: dict[str, int]) -> list[tuple[Any, list[Any]]]:
    schema = library.case_schema()
    found = []
    for section, labels in schema.sections.items():
        rows: list[Any] = []
        for variable in schema.variables:
            if variable.section == section:
                values = [
                    (value, [(numbers[i], i) for i in value.passage_ids if i in numbers])
                    for value in revision.of(variable.id)
                ]
                rows.append((variable, values))
        found.append((labels, rows))
    return found


def _fields_by_section(form: RecordForm) -> list[tuple[Any, list[Any]]]:
    rows = list(form.rows())
    return [
        (labels, [row for row in rows if row[0].section == section])
        for section, labels in library.case_schema().sections.items()
    ]


def _changes(revisions: Sequence[CaseRevision]) -> list[tuple[CaseRevision, list[CaseVariable]]]:
    """Each revision with the variables that it changed, the latest first."""
    variables = library.case_schema().variables
    found = []
    for newer, older in zip(revisions, (*revisions[1:], None), strict=True):
        changed = [v for v in variables if older and newer.of(v.id) != older.of(v.id)]
        found.append((newer, changed))
    return found
