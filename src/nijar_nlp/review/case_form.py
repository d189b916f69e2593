"""The study's schema into a form for a case's record, and what was sent into its next revision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext

from nijar_nlp.corpus.case_schema import check_value
from nijar_nlp.corpus.forms import RuleError
from nijar_nlp.folding import fold
from nijar_nlp.records import CaseRevision, CaseSchema, CaseValue, CaseVariable
from nijar_nlp.review import library

_LONG = ("terms", "outcome_notes", "notes")
_MOST_VALUES = 100


class RecordForm(forms.Form):
    """A field a variable of the schema, and beside each the passages that say it."""

    number = forms.IntegerField(min_value=1)

    def __init__(self, data: Any, schema: CaseSchema, now: CaseRevision, passages: Sequence[str]) -> None:
        super().__init__(data)
        self._schema, self._now = schema, now
        numbered = [(identity, str(n)) for n, identity in enumerate(passages, 1)]
        self.initial["number"] = now.number
        for variable in schema.variables:
            values = now.of(variable.id)
            self.fields[variable.id] = _field(variable)
            self.initial[variable.id] = _initial(variable, values)
            told = f"{variable.id}__passages"
            self.fields[told] = forms.MultipleChoiceField(
                choices=numbered, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.initial[told] = list(dict.fromkeys(i for value in values for i in value.passage_ids))

    def rows(self) -> Iterator[tuple[CaseVariable, forms.BoundField, forms.BoundField]]:
        """Each variable with its field and the field of its passages."""
        for variable in self._schema.variables:
            yield variable, self[variable.id], self[f"{variable.id}__passages"]

    def clean(self) -> dict[str, Any]:
        """Check every value by the schema; `values` becomes the record's."""
        given = super().clean() or {}
        values: list[CaseValue] = []
        for variable in self._schema.variables:
            if variable.id not in given:
                continue
            try:
                values += self._values(variable, _texts(given[variable.id], variable.many))
            except RuleError as error:
                self.add_error(variable.id, f"{gettext(error.rule)} {gettext(error.remedy)}")
        given["values"] = tuple(values)
        return given

    def revision(self, by: str) -> CaseRevision:
        """The next state of the record."""
        return replace(
            self._now,
            number=self.cleaned_data["number"] + 1,
            values=self.cleaned_data["values"],
            schema=self._schema.version,
            by=by,
            made_at=None,
            decision_id=None,
        )

    def _values(self, variable: CaseVariable, texts: Sequence[str]) -> list[CaseValue]:
        """Kept values keep their passages as far as they are ticked; new ones get those newly ticked."""
        if len(texts) > _MOST_VALUES:
            raise RuleError(f"{variable.id} holds {_MOST_VALUES} values at most.", "Leave some out.")
        before = {value.value: value for value in self._now.of(variable.id)}
        ticked: list[str] = self.cleaned_data.get(f"{variable.id}__passages", [])
        known = {identity for value in before.values() for identity in value.passage_ids}
        fresh = tuple(identity for identity in ticked if identity not in known)
        found = []
        for text in texts:
            check_value(variable, text)
            old = before.get(text)
            if not variable.many:
                told = tuple(ticked)
            elif old:
                told = tuple(identity for identity in old.passage_ids if identity in ticked)
            else:
                told = fresh
            value = CaseValue(variable.id, text, old.actor if old else None, told)
            found.append(value if old or variable.type != "actor" else _known_actor(value))
        return found


def label(labels: Mapping[str, str]) -> str:
    """A label of the schema in the language of the page."""
    return labels.get((get_language() or "en")[:2], labels["en"])


def _field(variable: CaseVariable) -> forms.Field:
    common: dict[str, Any] = {
        "required": False,
        "label": label(variable.label),
        "help_text": label(variable.definition),
    }
    choices = [(choice.value, label(choice.label)) for choice in variable.choices]
    if variable.type == "choice" and variable.many:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if variable.type == "choice":
        return forms.ChoiceField(choices=[("", "–"), *choices], **common)
    if variable.many or variable.id in _LONG:
        rows = 4 if variable.id in _LONG else 2
        return forms.CharField(max_length=20_000, widget=forms.Textarea({"rows": rows}), **common)
    return forms.CharField(max_length=2000, **common)


def _initial(variable: CaseVariable, values: Sequence[CaseValue]) -> Any:
    texts = [value.value for value in values]
    if variable.type == "choice" and variable.many:
        return texts
    return "\n".join(texts) if variable.many else next(iter(texts), "")


def _texts(given: Any, many: bool) -> list[str]:
    """The values of a field: those ticked, the lines written, or the whole text; each once."""
    text = "" if isinstance(given, list) else str(given).replace("\r\n", "\n")
    lines = given if isinstance(given, list) else text.split("\n") if many else [text]
    return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _known_actor(value: CaseValue) -> CaseValue:
    """An actor given by id or by a name of the register, as the register has it."""
    actors = library.actors()
    if value.value in actors:
        return value._replace(value=actors[value.value].name, actor=value.value)
    wanted = fold(value.value)
    same = [actor.id for actor in actors.values() if fold(actor.name) == wanted]
    return value._replace(actor=same[0]) if len(same) == 1 else value
