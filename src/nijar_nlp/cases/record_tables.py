"""Case records into files for analysts: CSV, XLSX, Parquet and JSON Lines, masked or not."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pandas as pd

from nijar_nlp.cases.cells import JOIN, safe
from nijar_nlp.cases.mask import Mask, parts_of
from nijar_nlp.errors import InputError
from nijar_nlp.folding import fold
from nijar_nlp.records import CaseRecord, CaseSchema, CaseValue, CaseVariable

RECORD_FORMATS = ("csv", "xlsx", "parquet", "jsonl")
_FREE = ("text", "place", "actor")


def mask_of(
    records: Sequence[CaseRecord],
    schema: CaseSchema,
    aliases: Mapping[str, Iterable[str]],
    persons: Collection[str] = (),
) -> Mask:
    """The mask over the names in the masked variables, with their other names by register id.

    `persons` are the register ids of those who are persons: they are masked in every variable, also where a
    text names them in full. Parts of a name are masked too, unless it is that of an actor who is no person.
    """
    masked = {variable.id for variable in schema.variables if variable.masked}
    numbers: dict[str, int] = {}
    keys: dict[str, int] = {}
    parts: dict[str, set[int]] = {}
    values = [value for record in records for value in record.values]
    for value in (v for v in values if v.variable in masked or v.actor in persons):
        number = keys.setdefault(value.actor or value.value.lower(), len(keys) + 1)
        for name in (value.value, *aliases.get(value.actor or "", ())):
            if name.strip():
                numbers.setdefault(name.strip().lower(), number)
                for part in parts_of(name) if value.actor is None or value.actor in persons else ():
                    parts.setdefault(part, set()).add(number)
    for identity, name in _told_in_full(values, aliases, persons):
        numbers.setdefault(name.strip().lower(), keys.setdefault(identity, len(keys) + 1))
    numbers = {**{part: min(of) if len(of) == 1 else 0 for part, of in parts.items()}, **numbers}
    return Mask(numbers, frozenset(keys) & frozenset(aliases))


def _told_in_full(
    values: Iterable[CaseValue], aliases: Mapping[str, Iterable[str]], persons: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Ids and names of the register's persons in the texts of records; no name that is in that of a group."""
    said = fold(" . ".join(value.value for value in values if value.actor is None))
    groups = fold(" . ".join(name for i, names in aliases.items() if i not in persons for name in names))
    for identity in persons:
        for name in aliases.get(identity, ()):
            words = f" {fold(name)} "
            if " " in words.strip() and words in f" {said} " and words not in f" {groups} ":
                yield identity, name


def write_records(
    records: Sequence[CaseRecord],
    schema: CaseSchema,
    form: str,
    stream: BinaryIO,
    mask: Mask | None = None,
) -> None:
    """Write case records, a row or line a case, names replaced where a mask is given.

    A table has a column a variable, several values joined, and the register ids of actors beside them. JSON
    Lines keep every value with its passages. Text that a spreadsheet would take for a formula is prefixed
    with an apostrophe in CSV and XLSX. Raises InputError for another format.
    """
    if form == "jsonl":
        for record in records:
            stream.write(json.dumps(_line(record, schema, mask), ensure_ascii=False).encode() + b"\n")
    elif form == "csv":
        stream.write(safe(record_table(records, schema, mask)).to_csv(index=False).encode())
    elif form == "parquet":
        record_table(records, schema, mask).to_parquet(stream, index=False)
    elif form == "xlsx":
        with pd.ExcelWriter(stream, engine="openpyxl") as book:
            for name, frame in (
                ("cases", record_table(records, schema, mask)),
                ("columns", _columns(schema)),
            ):
                safe(frame).to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
    else:
        formats = ", ".join(RECORD_FORMATS)
        raise InputError("There is no such format", form, f"A format is one of {formats}.", "Choose one.")


def record_table(records: Sequence[CaseRecord], schema: CaseSchema, mask: Mask | None = None) -> pd.DataFrame:
    """One row a case, in the order given, a column a variable."""
    rows = [_row(record, schema, mask) for record in records]
    columns = ["case", "schema_version", *(name for v in schema.variables for name in _names(v, mask))]
    numbers = {v.id: "Int64" for v in schema.variables if v.type == "number" and not v.many}
    return pd.DataFrame(rows, columns=columns).astype(numbers)


def _row(record: CaseRecord, schema: CaseSchema, mask: Mask | None) -> dict[str, Any]:
    row: dict[str, Any] = {"case": record.id, "schema_version": record.schema_version}
    for variable in schema.variables:
        values = record.of(variable.id)
        if variable.type == "number" and not variable.many:
            row[variable.id] = int(values[0].value) if values else None
            continue
        row[variable.id] = JOIN.join(_masked(variable, value.value, mask) for value in values)
        row[f"{variable.id}_ids"] = JOIN.join(filter(None, (_actor(value, mask) for value in values)))
    return row


def _line(record: CaseRecord, schema: CaseSchema, mask: Mask | None) -> dict[str, Any]:
    values: dict[str, list[dict[str, Any]]] = {}
    for variable in schema.variables:
        for value in record.of(variable.id):
            item: dict[str, Any] = {"value": _masked(variable, value.value, mask)}
            if actor := _actor(value, mask):
                item["actor"] = actor
            item["passages"] = list(value.passage_ids)
            values.setdefault(variable.id, []).append(item)
    return {"case": record.id, "schema_version": record.schema_version, "values": values}


def _masked(variable: CaseVariable, text: str, mask: Mask | None) -> str:
    return mask.text(text) if mask and variable.type in _FREE else text


def _actor(value: CaseValue, mask: Mask | None) -> str | None:
    return None if mask and value.actor in mask.actors else value.actor


def _names(variable: CaseVariable, mask: Mask | None) -> list[str]:
    """A variable's columns; ids would name what a mask hides."""
    with_ids = variable.type == "actor" and not (mask and variable.masked)
    return [variable.id, *([f"{variable.id}_ids"] if with_ids else [])]


def _columns(schema: CaseSchema) -> pd.DataFrame:
    """What each variable is called and holds, in both languages of the room."""
    rows = [
        (v.id, v.type, v.label["en"], v.definition["en"], v.label.get("fr", ""), v.definition.get("fr", ""))
        for v in schema.variables
    ]
    return pd.DataFrame(rows, columns=["column", "type", "label", "holds", "libellé", "contient"])
