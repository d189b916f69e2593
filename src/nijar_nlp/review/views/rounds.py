"""Double coding: rounds opened, what is to be read alone, disagreements settled."""

import random
import uuid
from itertools import combinations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nijar_nlp.errors import StoreError
from nijar_nlp.records import Assignment, CaseCandidate, Decision, Filter, Pair, Subject
from nijar_nlp.review import agreement, casework, library, showing, words
from nijar_nlp.review.people import for_role, may, person
from nijar_nlp.store import access, candidates, decisions, people, queue, rounds

_MOST = 5000


class RoundForm(forms.Form):
    """What a round is made of."""

    name = forms.RegexField(r"^[\w .-]+$", max_length=64, label=gettext_lazy("Name"))
    share = forms.IntegerField(min_value=1, max_value=100, initial=10, label=gettext_lazy("Share, %"))
    readers = forms.MultipleChoiceField(label=gettext_lazy("Readers"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        names = [who.name for who in people.people() if may(who, "analyst")]
        self.fields["readers"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def clean_readers(self) -> list[str]:
        """Two at least."""
        chosen: list[str] = self.cleaned_data["readers"]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Choose two readers or more."))
        return chosen


@require_GET
@for_role("analyst")
def overview(request: HttpRequest) -> HttpResponse:
    """The rounds, and what waits in them for the person."""
    return render(request, "review/rounds.html", _context(request, RoundForm()))


@require_POST
@for_role("adjudicator")
def open_round(request: HttpRequest) -> HttpResponse:
    """Give a random share of the waiting queue to two readers each, who both may see it."""
    form = RoundForm(request.POST)
    if not form.is_valid():
        return render(request, "review/rounds.html", _context(request, form), status=422)
    given = form.cleaned_data
    try:
        readers = _given_out(given["readers"], given["share"])
        rounds.open_round(given["name"], readers)
        messages.success(request, _("%(n)s candidates are given out.") % {"n": len(readers)})
    except StoreError as error:
        messages.error(request, f"{_(error.rule)} {_(error.remedy)}")
    return redirect("review:rounds")


@require_GET
@for_role("adjudicator")
def one_round(request: HttpRequest, name: str) -> HttpResponse:
    """A round: agreement, and the candidates on which its readers differ."""
    pairs = _seen(request, name)
    found = {one.id: one for one in candidates.candidates_by_id([pair.candidate_id for pair in pairs])}
    who = person(request).name
    rows = [(pair, found.get(pair.candidate_id), _said(pair, who)) for pair in pairs]
    context = {
        "round": name,
        "agreements": agreement.agreements(pairs),
        "differing": [row for row in rows if row[0].differs],
        "agreed": [row for row in rows if row[0].to_confirm],
        "settled": [row for row in rows if row[0].settled],
        "unread": [row for row in rows if not row[0].read and not row[0].withdrawn],
        "withdrawn": [(pair, _heirs(pair, who), said) for pair, _, said in rows if pair.lost],
    }
    return render(request, "review/round.html", context)


@require_POST
@for_role("adjudicator")
def settle(request: HttpRequest, name: str) -> HttpResponse:
    """Take a candidate on which readers differ, and open its page to decide."""
    pair = next((p for p in _seen(request, name) if p.candidate_id == request.POST.get("candidate")), None)
    if pair is None:
        raise Http404
    if pair.withdrawn:
        messages.warning(request, _("A run has taken back this candidate: there is nothing left to settle."))
        return redirect("review:round", name)
    rounds.assign(Assignment(name, pair.candidate_id, person(request).name, "adjudication"))
    return redirect(reverse("review:candidate", args=[pair.candidate_id]) + "?state=assigned")


@require_POST
@for_role("adjudicator")
def confirm(request: HttpRequest, name: str) -> HttpResponse:
    """Confirm the verdicts on which the readers agree: the adjudicator's own act, one a candidate."""
    agreed = [pair for pair in _seen(request, name) if pair.to_confirm]
    for pair in agreed:
        said = pair.verdicts[pair.readers[0]]
        token = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {pair.candidate_id} {said.id}"))
        decisions.record(
            Decision(
                kind=said.kind,
                subject=Subject("candidate", pair.candidate_id),
                by=person(request).name,
                token=token,
                value=said.value,
                shown=said.shown,
                model=said.model,
                codebook=library.codebook().version,
                until=said.until,
                round=name,
                reading="adjudication",
            )
        )
    casework.catch_up()
    messages.success(request, _("%(n)s verdicts are confirmed.") % {"n": len(agreed)})
    return redirect("review:round", name)


def _context(request: HttpRequest, form: RoundForm) -> dict[str, object]:
    who = person(request)
    lines = []
    for name in rounds.rounds():
        pairs = rounds.pairs(name)
        lines.append(
            {
                "name": name,
                "size": sum(not pair.lost for pair in pairs),
                "read": sum(pair.read and not pair.lost for pair in pairs),
                "differing": sum(pair.differs for pair in pairs),
                "withdrawn": sum(pair.lost for pair in pairs),
                "readers": sorted({reader for pair in pairs for reader in pair.readers}),
            }
        )
    waiting = queue.candidates(Filter(state="assigned"), who.name, 0, 1)
    first = waiting.items[0].candidate.id if waiting.items else ""
    settles = may(who, "adjudicator")
    return {"form": form, "rounds": lines, "mine": waiting.total, "first": first, "settles": settles}


def _given_out(readers: list[str], share: int) -> dict[str, tuple[str, ...]]:
    """By candidate, the two readers of a random share; the pairs take turns, restricted ones left out."""
    waiting: set[str] | None = None
    for name in readers:
        found = queue.candidates(Filter(), name, 0, _MOST)
        seen = {item.candidate.id for item in found.items}
        waiting = seen if waiting is None else waiting & seen
    chosen = sorted(waiting or ())
    chance = random.SystemRandom()
    chosen = chance.sample(chosen, max(1, round(len(chosen) * share / 100))) if chosen else []
    pairs = list(combinations(readers, 2))
    return {candidate: pairs[n % len(pairs)] for n, candidate in enumerate(chosen)}


def _seen(request: HttpRequest, name: str) -> list[Pair]:
    """The pairs of a round that the person may see."""
    pairs = rounds.pairs(name)
    if not pairs:
        raise Http404
    found = candidates.candidates_by_id([pair.candidate_id for pair in pairs])
    who = person(request).name
    hidden = {one.id for one in found if not queue.may_see(one, who)}
    taken_back = (pair.withdrawn for pair in pairs if pair.withdrawn)
    hidden |= {one.candidate_id for one in taken_back if access.hidden_passages(who, one.passage_ids)}
    return [pair for pair in pairs if pair.candidate_id not in hidden]


def _heirs(pair: Pair, name: str) -> list[CaseCandidate]:
    """The candidates that have the passages of one that was taken back, those that a person may see."""
    found = candidates.candidates_by_id(pair.withdrawn.others if pair.withdrawn else ())
    return [one for one in found if queue.may_see(one, name)]


def _said(pair: Pair, name: str) -> list[tuple[str, str]]:
    """What each reader decided, in words for a person."""
    lines = []
    for reader in pair.readers:
        made = [d for d in pair.decisions if d.by == reader and d.kind != "comment"]
        said = [(words.KINDS[d.kind], showing.said(d, name)) for d in made]
        lines.append(
            (reader, "; ".join(f"{kind}: {what}" if what else str(kind) for kind, what in said) or "–")
        )
    return lines
