"""Accepted cases as the pages show them: opened from candidates, filtered, visible to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict

from nijar_nlp import cases
from nijar_nlp.corpus import case_days
from nijar_nlp.folding import fold
from nijar_nlp.records import CaseCandidate, CaseRecord, CaseRevision, CaseSchema, Exhibit
from nijar_nlp.review import library
from nijar_nlp.store import access, candidates, casebook, exhibits, findings


class CaseFilterForm(forms.Form):
    """Every field may be empty; what is not understood is left out."""

    query = forms.CharField(max_length=200, required=False)
    country = forms.CharField(max_length=3, required=False)
    actor = forms.CharField(max_length=200, required=False)
    type = forms.CharField(max_length=64, required=False)
    status = forms.CharField(max_length=64, required=False)
    outcome = forms.CharField(max_length=64, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    withdrawn = forms.BooleanField(required=False)


@dataclass(frozen=True)
class CaseFilter:
    """Which cases; an empty field does not restrict, withdrawn ones show only when asked for."""

    query: str = ""
    country: str = ""
    actor: str = ""
    type: str = ""
    status: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    withdrawn: bool = False


def asked(query: QueryDict) -> CaseFilter:
    """What an address asks for."""
    form = CaseFilterForm(query)
    form.is_valid()
    return CaseFilter(**{name: value for name, value in form.cleaned_data.items() if value})


def draft(candidate: CaseCandidate) -> CaseRecord:
    """A candidate's record as far as its evidence fills it."""
    return cases.draft_record(
        candidate, findings.evidence(candidate.passage_ids), library.case_schema(), library.actors()
    )


def catch_up(candidate_id: str = "") -> None:
    """Open the cases that were accepted since, and mark those taken back; of one candidate where named."""
    casebook.catch_up(draft, candidate_id)


def visible(name: str) -> list[CaseRevision]:
    """The latest records of the cases that a person may see."""
    hidden = access.hidden_documents(name)
    return [revision for revision in casebook.cases() if not hidden & set(revision.document_ids)]


def may_see(revision: CaseRevision, name: str) -> bool:
    """Whether no document behind a record is hidden from a person."""
    return not access.hidden_documents(name) & set(revision.document_ids)


def chosen(revisions: Iterable[CaseRevision], filter_: CaseFilter) -> list[CaseRevision]:
    """Those that the filter asks for."""
    return [revision for revision in revisions if _asked_for(revision, filter_)]


def record(revision: CaseRevision) -> CaseRecord:
    """A revision's values as a case record."""
    return CaseRecord(revision.case_id, revision.schema, revision.values)


def passages(revision: CaseRevision) -> list[str]:
    """The passages behind a record: those that its values name, then the rest of its candidate's."""
    named = [identity for value in revision.values for identity in value.passage_ids]
    found = candidates.candidate(revision.candidate_id)
    return list(dict.fromkeys((*named, *(found.passage_ids if found else ()))))


def evidence(revision: CaseRevision, name: str) -> tuple[Exhibit, ...]:
    """The passages behind a record that a person may see."""
    hidden = access.hidden_documents(name)
    found = exhibits.exhibits(passages(revision))
    return tuple(item for item in found if item.passage.document_id not in hidden)


def mask(revisions: Sequence[CaseRevision]) -> cases.Mask:
    """The mask over the names in these records that the schema marks, and over all persons of their evidence.

    With their other names; the evidence is all that there is, whoever may see it.
    """
    found = candidates.candidates_by_id([revision.candidate_id for revision in revisions])
    named = (i for revision in revisions for value in revision.values for i in value.passage_ids)
    told = findings.evidence(list(dict.fromkeys((*named, *(i for one in found for i in one.passage_ids)))))
    aliases = {
        actor.id: [actor.name, *(name for names in actor.aliases.values() for name in names)]
        for actor in library.actors().values()
    }
    persons = {actor.id for actor in library.actors().values() if actor.type == "person"}
    records = [record(revision) for revision in revisions]
    noted = cases.mask_of(records, library.case_schema(), aliases, persons)
    return noted | cases.mask_of_persons(told, library.actors())


def days(revision: CaseRevision) -> tuple[date, date] | None:
    """First and last day on which a case can have run; None where neither is noted."""
    return case_days(revision.values)


def places(revisions: Iterable[CaseRevision]) -> dict[str, tuple[float, float]]:
    """By case id, degrees north and east of the candidate that it was opened from, where known."""
    by_candidate = {revision.candidate_id: revision.case_id for revision in revisions}
    found = candidates.candidates_by_id(list(by_candidate))
    return {
        by_candidate[one.id]: (one.place.lat, one.place.lon)
        for one in found
        if one.place and one.place.lat is not None and one.place.lon is not None
    }


def choices(revisions: Iterable[CaseRevision], schema: CaseSchema) -> dict[str, list[tuple[str, int]]]:
    """By field of the filter, the values that cases have with how many, the most first."""
    found: dict[str, dict[str, int]] = {}
    for revision in revisions:
        for field, variables in _FIELDS.items():
            for value in {v.actor or v.value for name in variables for v in revision.of(name)}:
                counts = found.setdefault(field, {})
                counts[value] = counts.get(value, 0) + 1
    return {
        name: sorted(counts.items(), key=lambda item: (-item[1], item[0])) for name, counts in found.items()
    }


_FIELDS = {
    "country": ("country",),
    "actor": ("armed_group", "counterpart", "mediator"),
    "type": ("type",),
    "status": ("status",),
    "outcome": ("outcome",),
}


def _asked_for(revision: CaseRevision, filter_: CaseFilter) -> bool:
    if revision.withdrawn != filter_.withdrawn:
        return False
    for field, variables in _FIELDS.items():
        wanted = getattr(filter_, field)
        if wanted and wanted not in {v.actor or v.value for name in variables for v in revision.of(name)}:
            return False
    if filter_.since or filter_.until:
        ran = days(revision)
        if ran is None or (filter_.since and ran[1] < filter_.since):
            return False
        if filter_.until and ran[0] > filter_.until:
            return False
    said = fold(" ".join((revision.case_id, *(value.value for value in revision.values))))
    return all(word in said for word in fold(filter_.query).split())
