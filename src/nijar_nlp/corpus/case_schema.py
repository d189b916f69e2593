"""The study's case schema, and case records checked against it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field

from nijar_nlp.corpus.forms import FormBase, Identifier, RuleError, Text, WordedForm, days_of
from nijar_nlp.corpus.loading import read_form, read_record, read_yaml, refusal
from nijar_nlp.records import CaseRecord, CaseSchema, CaseValue, CaseVariable, Choice

_MOST_PERSONS = 1_000_000


class ChoiceForm(FormBase):
    """A value that a variable may have."""

    value: Identifier
    label: WordedForm
    definition: Text


class SectionForm(FormBase):
    """A section of the case record."""

    id: Identifier
    label: WordedForm


class VariableForm(FormBase):
    """A variable of the case record."""

    id: Identifier
    section: Identifier
    label: WordedForm
    type: Literal["text", "choice", "date", "number", "actor", "place"]
    definition: WordedForm
    many: bool = False
    masked: bool = False
    choices: tuple[ChoiceForm, ...] = ()

    def record(self) -> CaseVariable:
        """The entry as a record, once its choices fit its type."""
        values = [choice.value for choice in self.choices]
        if (self.type == "choice" and len(values) < 2) or (self.type != "choice" and values):
            raise RuleError(
                "A choice has two choices or more, another type none.", "Correct `type` or `choices`."
            )
        if len(set(values)) < len(values):
            raise RuleError("A choice stands once in its variable.", "Remove the double.")
        return CaseVariable(
            id=self.id,
            section=self.section,
            label=self.label.model_dump(),
            type=self.type,
            definition=self.definition.model_dump(),
            many=self.many,
            masked=self.masked,
            choices=tuple(Choice(c.value, c.label.model_dump(), c.definition) for c in self.choices),
        )


class SchemaForm(FormBase):
    """case_schema.yaml; its variables are read one by one, so that a refusal names its entry."""

    version: Text
    sections: Annotated[tuple[SectionForm, ...], Field(min_length=1)]
    variables: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


class ValueForm(FormBase):
    """A value of a record, with its actor and the passages that say it."""

    value: Text
    actor: Identifier | None = None
    passages: tuple[Text, ...] = ()


class RecordForm(FormBase):
    """A case record as it is to be checked."""

    id: Identifier
    schema_version: Text
    values: dict[Identifier, tuple[ValueForm, ...]]


def load_case_schema(path: Path) -> CaseSchema:
    """The study's variables, in the file's order. Raises CorpusError on the first broken rule."""
    form = read_form(SchemaForm, read_yaml(path), path, "the schema")
    sections = {section.id: section.label.model_dump() for section in form.sections}
    if len(sections) < len(form.sections):
        raise refusal(path, "sections", "A section's id is its own.", "Merge or rename one.")
    variables: dict[str, CaseVariable] = {}
    for number, item in enumerate(form.variables, start=1):
        entry = f"entry {item.get('id') or number}"
        variable = read_record(read_form(VariableForm, item, path, entry).record, path, entry)
        if variable.id in variables:
            raise refusal(path, entry, "A variable's id is its own.", "Merge or rename one.")
        if variable.section not in sections:
            rule = f"A section is one of {', '.join(sections)}."
            raise refusal(path, f"{entry}, section = {variable.section!r}", rule, "Correct it, or add it.")
        variables[variable.id] = variable
    return CaseSchema(form.version, sections, tuple(variables.values()))


def check_value(variable: CaseVariable, value: str) -> None:
    """Raises RuleError, with rule and remedy, where a value is none that its variable may take."""
    if not value.strip():
        raise RuleError("A value is not empty.", "Leave the variable out.")
    choices = [choice.value for choice in variable.choices]
    if variable.type == "choice" and value not in choices:
        raise RuleError(f"{variable.id} is one of {', '.join(choices)}.", "Choose one.")
    if variable.type == "number" and not (value.isdecimal() and int(value) <= _MOST_PERSONS):
        raise RuleError(f"{variable.id} is a whole number up to {_MOST_PERSONS}.", "Write digits only.")
    if variable.type == "date":
        ends = [days_of(part) for part in value.split("/", maxsplit=1)]
        if ends[-1][1] < ends[0][0]:
            raise RuleError("The end is not before the start.", "Swap or correct the two dates.")


def check_values(schema: CaseSchema, values: Iterable[CaseValue]) -> None:
    """Raises RuleError on the first value that the schema does not allow."""
    variables = {variable.id: variable for variable in schema.variables}
    seen: set[str] = set()
    for value in values:
        variable = variables.get(value.variable)
        if variable is None:
            raise RuleError(f"The schema has no variable {value.variable}.", "Correct its spelling.")
        check_value(variable, value.value)
        if variable.id in seen and not variable.many:
            raise RuleError(f"{variable.id} holds one value.", "Keep one.")
        seen.add(variable.id)


def case_days(values: Iterable[CaseValue]) -> tuple[date, date] | None:
    """First and last day on which a case can have run by its begin and end; None where neither is noted."""
    told = [days_of(end) for v in values if v.variable in ("start", "end") for end in v.value.split("/", 1)]
    return (min(first for first, _ in told), max(last for _, last in told)) if told else None


def load_case_records(path: Path, schema: CaseSchema) -> tuple[CaseRecord, ...]:
    """Case records of a YAML file (`cases`: a list). Raises CorpusError on the first broken rule."""
    data = read_yaml(path)
    if unknown := sorted(set(data) - {"cases"}):
        raise refusal(path, f"key {unknown[0]}", "The file has the one key `cases`.", "Remove it.")
    records: dict[str, CaseRecord] = {}
    for number, item in enumerate(data.get("cases") or [], start=1):
        name = item.get("id") if isinstance(item, dict) else None
        entry = f"entry {name or number}"
        form = read_form(RecordForm, item, path, entry)
        record = CaseRecord(form.id, form.schema_version, tuple(_values(form)))
        if record.id in records:
            raise refusal(path, entry, "A case's id is its own.", "Merge or rename one.")
        if record.schema_version != schema.version:
            rule = f"A record is written by version {schema.version} of the schema."
            raise refusal(path, f"{entry}, schema_version = {record.schema_version!r}", rule, "Review it.")
        try:
            check_values(schema, record.values)
        except RuleError as error:
            raise refusal(path, entry, error.rule, error.remedy) from error
        records[record.id] = record
    return tuple(records.values())


def dump_case_records(records: Sequence[CaseRecord]) -> str:
    """The YAML that `load_case_records` reads."""
    cases = [
        {"id": record.id, "schema_version": record.schema_version, "values": _dumped(record)}
        for record in records
    ]
    return yaml.safe_dump({"cases": cases}, allow_unicode=True, sort_keys=False)


def _values(form: RecordForm) -> Iterable[CaseValue]:
    for variable, values in form.values.items():
        for value in values:
            yield CaseValue(variable, value.value, value.actor, value.passages)


def _dumped(record: CaseRecord) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for value in record.values:
        item: dict[str, Any] = {"value": value.value}
        if value.actor:
            item["actor"] = value.actor
        if value.passage_ids:
            item["passages"] = list(value.passage_ids)
        found.setdefault(value.variable, []).append(item)
    return found
