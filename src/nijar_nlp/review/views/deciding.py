"""Decisions sent from the pages."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nijar_nlp.errors import StoreError
from nijar_nlp.records import CaseCandidate, Decision, Exhibit, Recorded, Subject
from nijar_nlp.review import casework, deciding, filters, showing, words
from nijar_nlp.review.people import for_role, may, person, refuse
from nijar_nlp.store import access, candidates, decisions, exhibits, queue, rounds


@require_POST
@for_role("analyst")
def verdict(request: HttpRequest, candidate_id: str) -> HttpResponse:
    """Record a verdict or a comment, and go on to the next candidate."""
    found = _candidate(request, candidate_id)
    form = deciding.VerdictForm(request.POST, found)
    stay = _page_of(request, candidate_id)
    if not form.is_valid():
        return _refused(request, form, stay)
    after = queue.neighbours(filters.asked(request.GET), person(request).name, candidate_id).after
    recorded = decisions.record(form.decision(person(request)), form.cleaned_data["seen"] or 0)
    casework.catch_up(candidate_id)
    told = _tell(request, recorded)
    if recorded.decision.kind == "comment" or told:
        return _go(request, stay)
    return _go(request, _page_of(request, after) if after else reverse("review:queue"))


@require_POST
@for_role("analyst")
def tag(request: HttpRequest, passage_id: str) -> HttpResponse:
    """Record whether a passage carries a tag; answer with the passage as it stands now."""
    item = _exhibit(request, passage_id)
    form = deciding.TagForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, reverse("review:passages"))
    label, present = form.tag()
    shown = {
        "probabilities": item.tagging.probabilities,
        "tags": item.tagging.tags,
        "model": item.tagging.model,
    }
    subject = Subject("tag", passage_id, label)
    made = deciding.correction(person(request), "correct_tag", subject, form, {"present": present}, shown)
    decisions.record(made)
    return _passage(request, passage_id)


@require_GET
@for_role("reader")
def entities(request: HttpRequest, passage_id: str) -> HttpResponse:
    """What a passage names, each with the form that corrects it."""
    return render(request, "review/_entities.html", {"item": _exhibit(request, passage_id)})


@require_POST
@for_role("analyst")
def entity(request: HttpRequest, passage_id: str) -> HttpResponse:
    """Record what a mention names; answer with the passage."""
    item = _exhibit(request, passage_id)
    form = deciding.EntityForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, reverse("review:passages"))
    given = form.cleaned_data
    start, end = given["start"], given["end"]
    mention = next((m for m in item.mentions if (m.start, m.end) == (start, end)), None)
    shown: dict[str, str | None] = {"text": item.passage.text[start:end]}
    if mention:
        shown |= {"type": mention.type, "entity": mention.entity, "how": mention.how}
    value = {key: given[key] for key in ("type", "entity", "name", "alias") if given[key]}
    subject = Subject("mention", passage_id, f"{start}:{end}")
    decisions.record(deciding.correction(person(request), "correct_entity", subject, form, value, shown))
    return _passage(request, passage_id)


@require_POST
@for_role("analyst")
def slot(request: HttpRequest, candidate_id: str) -> HttpResponse:
    """Record what a claim of a candidate should say."""
    found = _candidate(request, candidate_id)
    stay = _page_of(request, candidate_id)
    form = deciding.SlotForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, stay)
    name, value = form.cleaned_data["slot"], form.cleaned_data["value"]
    subject = Subject("slot", candidate_id, name)
    shown = {"value": str(getattr(found, name, ""))}
    made = deciding.correction(person(request), "correct_slot", subject, form, {"value": value}, shown)
    _tell(request, decisions.record(made))
    return _go(request, stay)


@require_POST
@for_role("analyst")
def undo(request: HttpRequest) -> HttpResponse:
    """Take back a decision by a further one: the named one, or the person's last."""
    who = person(request)
    given = request.POST.get("decision", "")
    try:
        last = decisions.decision(int(given)) if given.isdecimal() else decisions.last_of(who.name)
        if last is None:
            messages.info(request, _("There is nothing to undo."))
            return _go(request, reverse("review:queue"))
        if last.by != who.name and not may(who, "adjudicator"):
            refuse(request, f"undo {last.id}")
        decisions.record(
            Decision(
                kind="undo",
                subject=last.subject,
                by=who.name,
                token=str(uuid.uuid4()),
                undoes=last.id,
                round=last.round,
                reading=last.reading,
            )
        )
        casework.catch_up(last.subject.id)
    except StoreError as error:
        messages.error(request, f"{_(error.what)}. {_(error.rule)} {_(error.remedy)}")
        return _go(request, reverse("review:queue"))
    messages.success(request, _("Undone: %(what)s") % {"what": words.KINDS[last.kind]})
    back = request.POST.get("back", "")
    if last.subject.kind in ("candidate", "slot"):
        if candidates.candidate(last.subject.id) is None:  # grouping has withdrawn it since
            return _go(request, reverse("review:queue"))
        return _go(request, f"{reverse('review:candidate', args=[last.subject.id])}{_query(back)}")
    return _go(request, reverse("review:passages") + _query(back))


def _page_of(request: HttpRequest, candidate_id: str) -> str:
    """The address of a candidate's page in the queue that the person came from."""
    query = filters.query_string(filters.asked(request.GET))
    return reverse("review:candidate", args=[candidate_id]) + (f"?{query}" if query else "")


def _query(back: str) -> str:
    return back if back.startswith("?") and len(back) < 2000 else ""


def _candidate(request: HttpRequest, candidate_id: str) -> CaseCandidate:
    found = candidates.candidate(candidate_id)
    if found is None:
        raise Http404
    if not queue.may_see(found, person(request).name):
        refuse(request, request.path)
    return found


def _exhibit(request: HttpRequest, passage_id: str) -> Exhibit:
    found = exhibits.exhibits([passage_id])
    if not found:
        raise Http404
    if access.hidden_passages(person(request).name, [passage_id]):
        refuse(request, request.path)
    return found[0]


def alone(name: str, passage_id: str) -> str:
    """The person, where they read the candidate of a passage blind; else nobody."""
    assigned = rounds.waiting_for_passage(name, passage_id)
    return name if assigned and assigned.reading == "blind" else ""


def _passage(request: HttpRequest, passage_id: str) -> HttpResponse:
    (item,) = exhibits.exhibits([passage_id], alone(person(request).name, passage_id))
    return render(request, "review/_passage.html", {"item": item})


def _tell(request: HttpRequest, recorded: Recorded) -> bool:
    """Say what was recorded; True where others decided otherwise meanwhile and the person should look."""
    made = recorded.decision
    said = showing.said(made, person(request).name)
    what = f"{words.KINDS[made.kind]}{': ' + said if said else ''}"
    if not recorded.meanwhile:
        messages.success(request, what, extra_tags="undoable")
        return False
    other = recorded.meanwhile[-1]
    told = _("%(who)s decided “%(theirs)s” while you had this page open. Both are kept; yours: %(yours)s.")
    values = {"who": other.by, "theirs": words.KINDS[other.kind], "yours": what}
    messages.warning(request, told % values, extra_tags="undoable")
    return True


def _refused(request: HttpRequest, form: deciding._Sent, stay: str) -> HttpResponse:
    """Say why nothing was recorded, on the page or in its place."""
    reasons = [str(error) for errors in form.errors.values() for error in errors]
    if request.headers.get("HX-Request"):
        return render(request, "review/_refused.html", {"reasons": reasons}, status=422)
    for reason in reasons:
        messages.error(request, reason)
    return redirect(stay)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to an address: a redirection, or the header that htmx follows."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
