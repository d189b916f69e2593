"""What a person sent into a decision: checked, with what was shown when it was made."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from nijar_nlp.records import (
    MENTION_TYPES,
    TAGS,
    VERDICTS,
    CaseCandidate,
    Decision,
    Person,
    Subject,
)
from nijar_nlp.review import library, showing
from nijar_nlp.store import candidates, rounds

SLOTS = ("type", "status", "armed_groups", "counterparts", "mediators", "persons", "place", "date", "number")


class _Sent(forms.Form):
    """What every form of a decision carries."""

    token = forms.UUIDField(required=False)
    seen = forms.IntegerField(min_value=0, required=False)
    text = forms.CharField(max_length=4000, required=False)

    def token_given(self) -> str:
        """The token of the form, or a fresh one."""
        return str(self.cleaned_data.get("token") or uuid.uuid4())


class VerdictForm(_Sent):
    """A verdict on a candidate, or a comment."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in (*VERDICTS, "comment")])
    shown = forms.CharField(max_length=2_000_000)
    case = forms.CharField(max_length=64, required=False)
    candidate = forms.CharField(max_length=20, required=False)
    until = forms.DateField(required=False)
    part = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any, found: CaseCandidate) -> None:
        super().__init__(data)
        self._candidate = found
        self.fields["part"].choices = [(i, i) for i in found.passage_ids]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check what the kind of verdict asks for; `value` becomes what the decision says."""
        given = super().clean() or {}
        checks: dict[str, Callable[[], dict[str, Any]]] = {
            "accept_new": lambda: {"case": showing.case_id(self._candidate)},
            "same_as": lambda: {"case": self._needed("case", _("Choose the case that it is the same as."))},
            "merge": self._other,
            "duplicate": self._other,
            "split": self._parts,
            "comment": lambda: {"text": self._needed("text", _("Write the comment first."))},
            "unsure": self._day,
        }
        check = checks.get(given.get("kind", ""))
        value = check() if check else {}
        if given.get("kind") != "comment" and given.get("text"):
            value["reason"] = given["text"]
        try:
            given["snapshot"] = showing.what_was_shown(given.get("shown", ""))
        except signing.BadSignature as error:
            raise forms.ValidationError(_("The page was changed on its way. Load it again.")) from error
        if value.get("candidate"):
            target = candidates.candidate(value["candidate"])
            given["snapshot"]["target_passages"] = list(target.passage_ids) if target else []
        given["value"] = value
        return given

    def decision(self, who: Person) -> Decision:
        """The decision that was sent."""
        given = self.cleaned_data
        assigned = rounds.waiting_for(who.name, self._candidate.id)
        return Decision(
            kind=given["kind"],
            subject=Subject("candidate", self._candidate.id),
            by=who.name,
            token=self.token_given(),
            value=given["value"],
            shown=given["snapshot"],
            model=library.model_version(),
            codebook=library.codebook().version,
            until=given["until"] if given["kind"] == "unsure" else None,
            round=assigned.round if assigned else "",
            reading=assigned.reading if assigned else "open",
        )

    def _needed(self, field: str, otherwise: str) -> Any:
        value = self.cleaned_data.get(field)
        if not value:
            raise forms.ValidationError(otherwise)
        return value

    def _day(self) -> dict[str, Any]:
        self._needed("until", _("Say on which day it should come back."))
        return {}

    def _other(self) -> dict[str, Any]:
        other = self._needed("candidate", _("Choose the other candidate."))
        if other == self._candidate.id or candidates.candidate(other) is None:
            raise forms.ValidationError(_("There is no other candidate by this id."))
        return {"candidate": other}

    def _parts(self) -> dict[str, Any]:
        moved = self._needed("part", _("Choose the passages that belong to another case."))
        kept = [i for i in self._candidate.passage_ids if i not in moved]
        if not kept:
            raise forms.ValidationError(_("Leave at least one passage in this candidate."))
        return {"parts": [kept, list(moved)]}


class TagForm(_Sent):
    """Whether a passage carries a tag: `said` is the tag, then 1 where it does and 0 where not."""

    said = forms.ChoiceField(choices=[(f"{tag}:{n}", tag) for tag in TAGS for n in "10"])

    def tag(self) -> tuple[str, bool]:
        """The tag, and whether the passage carries it."""
        label, _, present = self.cleaned_data["said"].partition(":")
        return label, present == "1"


class EntityForm(_Sent):
    """What a mention names: its type, and an actor of the register, a new actor, or an alias."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    type = forms.ChoiceField(choices=[(kind, kind) for kind in (*MENTION_TYPES, "none")])
    entity = forms.CharField(max_length=64, required=False)
    name = forms.CharField(max_length=200, required=False)
    alias = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """An entity must be in the register; a new actor is given by its name."""
        given = super().clean() or {}
        if given.get("entity") and given["entity"] not in library.actors():
            raise forms.ValidationError(_("The register has no such actor; give a new actor's name instead."))
        return given


class SlotForm(_Sent):
    """What one of the claims should say."""

    slot = forms.ChoiceField(choices=[(slot, slot) for slot in SLOTS])
    value = forms.CharField(max_length=500)


def correction(
    who: Person, kind: str, subject: Subject, form: _Sent, value: dict[str, Any], shown: dict[str, Any]
) -> Decision:
    """A correction by what was sent, with what was shown; part of the round in which the person reads it."""
    about = rounds.waiting_for if subject.kind == "slot" else rounds.waiting_for_passage
    assigned = about(who.name, subject.id)
    return Decision(
        round=assigned.round if assigned else "",
        reading=assigned.reading if assigned else "open",
        kind=kind,
        subject=subject,
        by=who.name,
        token=form.token_given(),
        value=value | ({"reason": form.cleaned_data["text"]} if form.cleaned_data.get("text") else {}),
        shown=shown,
        model=library.model_version(),
        codebook=library.codebook().version,
    )
