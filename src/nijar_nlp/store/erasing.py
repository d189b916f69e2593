"""A document out of every table of a database, whatever rooms made them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from nijar_nlp.store.chunks import chunks

ERASED = "[erased]"
# A stretch of text shorter than this could be anybody's.
LEAST_CHARACTERS = 20
_ROOT = "store_document"


@dataclass(frozen=True)
class Traces:
    """What could be left of a document: ids, names of its file, its texts that no other document shares."""

    ids: frozenset[str]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    pages: str

    def __bool__(self) -> bool:
        return bool(self.ids)

    @property
    def needles(self) -> tuple[str, ...]:
        """All of it as strings to look for."""
        return (*sorted(self.ids), *self.names, *self.texts)

    def is_quoted(self, text: str) -> bool:
        """Whether a string is a stretch of the document, as its pages or its passages have it."""
        places = (self.pages, *self.texts)
        return len(text) >= LEAST_CHARACTERS and any(text in place for place in places)

    def clean(self, text: str) -> str:
        """A string without any of it; a quotation of the document goes whole."""
        if self.is_quoted(text):
            return ERASED
        for needle in self.needles:
            if needle in text:
                text = text.replace(needle, ERASED)
        return text


def traces(connection: BaseDatabaseWrapper, document_id: str) -> Traces:
    """What to look for once the document is erased; nothing where the database does not hold it."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if _ROOT not in tables:
            return Traces(frozenset(), (), (), "")
        passages = _all(cursor, "select id, text from store_passage where document_id = %s", document_id)
        events = _all(
            cursor,
            "select e.id from store_event e join store_passage p on p.id = e.passage_id "
            "where p.document_id = %s",
            document_id,
        )
        pages = _all(cursor, "select text from store_page where document_id = %s", document_id)
        files = [
            file for (file,) in _all(cursor, "select file from store_document where id = %s", document_id)
        ]
        for table in tables & {"store_source", "store_documentfile"}:
            found = f"select path from {table} where document_id = %s"  # noqa: S608 - one of two names
            files += [path for (path,) in _all(cursor, found, document_id)]
        if not files:
            return Traces(frozenset(), (), (), "")
        files += [Path(file).name for file in files]
        ids = {document_id, *(row[0] for row in passages), *(row[0] for row in events)}
        texts = {text for _, text in passages if len(text) >= LEAST_CHARACTERS}
        shared = _shared(cursor, [identity for identity, _ in passages], texts, document_id)
        names = [name for name in dict.fromkeys(files) if not _is_shared(cursor, name, document_id)]
    text = "\n".join(row[0] for row in pages)
    return Traces(frozenset(ids), tuple(names), tuple(sorted(texts - shared, key=len, reverse=True)), text)


def erase(connection: BaseDatabaseWrapper, found: Traces, document_id: str) -> int:
    """Delete the document with every row that leads to it, and its traces in all others; rows changed.

    Rows are found by the database's own foreign keys and columns, so that no table is missed. Triggers that
    refuse changes are set aside for it.
    """
    with _atomic(connection), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("PRAGMA defer_foreign_keys=ON")
        tables = _ordinary_tables(connection, cursor)
        own = _descendants(connection, cursor, tables)
        with _without_triggers(connection, cursor):
            count = _delete_with_children(connection, cursor, tables, _ROOT, "id", [document_id])
            for table in tables:
                if table not in own:
                    count += _clean_table(connection, cursor, tables, table, found, document_id)
    shrink(connection)
    return count


def shrink(connection: BaseDatabaseWrapper) -> None:
    """Leave nothing of deleted rows in the database's files."""
    with connection.cursor() as cursor:
        for index in _virtual_tables(connection, cursor):
            cursor.execute(f"insert into {index}({index}) values ('optimize')")  # noqa: S608 - introspected
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _clean_table(
    connection: BaseDatabaseWrapper,
    cursor: Any,
    tables: Sequence[str],
    table: str,
    found: Traces,
    document_id: str,
) -> int:
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    if "document_id" in columns:
        return _delete_with_children(connection, cursor, tables, table, "document_id", [document_id])
    keys = connection.introspection.get_primary_key_columns(cursor, table) or columns[:1]
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    cursor.execute(f"select {quoted} from {connection.ops.quote_name(table)}")  # noqa: S608 - introspected
    count = 0
    for row in cursor.fetchall():
        values = dict(zip(columns, row, strict=True))
        changed = {name: new for name, value in values.items() if (new := _cleaned(value, found)) != value}
        if not changed:
            continue
        count += 1
        where = [values[key] for key in keys]
        if table == "store_candidate" or set(changed) & set(keys):
            _delete_with_children(connection, cursor, tables, table, keys[0], [where[0]])
        else:
            _update(connection, cursor, table, changed, dict(zip(keys, where, strict=True)))
    return count


def _cleaned(value: Any, found: Traces) -> Any:
    """A column's value without traces, in its own form."""
    if not isinstance(value, str):
        return value if not isinstance(value, dict | list) else _walked(value, found)
    if value[:1] in "{[" and value[-1:] in "}]":
        try:
            parsed = json.loads(value)
        except ValueError:
            return found.clean(value)
        walked = _walked(parsed, found)
        return value if walked == parsed else json.dumps(walked)
    return found.clean(value)


def _walked(value: Any, found: Traces) -> Any:
    if isinstance(value, str):
        return found.clean(value)
    if isinstance(value, list):
        return [_walked(item, found) for item in value]
    if isinstance(value, dict):
        return {found.clean(key): _walked(item, found) for key, item in value.items()}
    return value


def _delete_with_children(
    connection: BaseDatabaseWrapper,
    cursor: Any,
    tables: Sequence[str],
    table: str,
    column: str,
    values: Iterable[Any],
) -> int:
    """Delete rows whose `column` is among the values, and before them every row that points to them."""
    values = list(values)
    count = 0
    quote = connection.ops.quote_name
    for child in tables:
        relations = connection.introspection.get_relations(cursor, child)
        for own, (other, parent, *_) in relations.items():
            if parent != table or not values:
                continue
            pointed = values
            if other != column:
                pointed = [row[0] for row in _where(cursor, quote, table, other, column, values)]
            count += _delete_with_children(connection, cursor, tables, child, own, pointed)
    for chunk in chunks(values):
        marks = ", ".join(["%s"] * len(chunk))
        cursor.execute(f"delete from {quote(table)} where {quote(column)} in ({marks})", chunk)  # noqa: S608
        count += max(cursor.rowcount, 0)
    return count


def _where(
    cursor: Any, quote: Any, table: str, wanted: str, column: str, values: list[Any]
) -> Iterator[tuple[Any, ...]]:
    for chunk in chunks(values):
        marks = ", ".join(["%s"] * len(chunk))
        query = f"select {quote(wanted)} from {quote(table)} where {quote(column)} in ({marks})"  # noqa: S608
        cursor.execute(query, chunk)
        yield from cursor.fetchall()


def _update(
    connection: BaseDatabaseWrapper, cursor: Any, table: str, changed: dict[str, Any], key: dict[str, Any]
) -> None:
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(name)} = %s" for name in changed)
    where = " and ".join(f"{quote(name)} = %s" for name in key)
    values = [json.dumps(v) if isinstance(v, dict | list) else v for v in changed.values()]
    cursor.execute(f"update {quote(table)} set {sets} where {where}", [*values, *key.values()])  # noqa: S608


def _descendants(connection: BaseDatabaseWrapper, cursor: Any, tables: Sequence[str]) -> set[str]:
    """The tables whose every row belongs to one document: what is left there is of others."""
    own = {_ROOT}
    parents = {
        table: {relation[1] for relation in connection.introspection.get_relations(cursor, table).values()}
        for table in tables
    }
    while more := {table for table in tables if table not in own and parents[table] & own}:
        own |= more
    return own


def _ordinary_tables(connection: BaseDatabaseWrapper, cursor: Any) -> list[str]:
    """All tables but full-text indexes, which change with the rows that they are of."""
    virtual = tuple(_virtual_tables(connection, cursor))
    return [name for name in connection.introspection.table_names(cursor) if not name.startswith(virtual)]


def _virtual_tables(connection: BaseDatabaseWrapper, cursor: Any) -> list[str]:
    if connection.vendor != "sqlite":
        return []
    cursor.execute("select name from sqlite_master where type = 'table' and sql like 'CREATE VIRTUAL%'")
    return [name for (name,) in cursor.fetchall()]


@contextmanager
def _without_triggers(connection: BaseDatabaseWrapper, cursor: Any) -> Iterator[None]:
    """Triggers that refuse a change of rows are off inside the block, and back at its end."""
    if connection.vendor == "sqlite":
        cursor.execute(
            "select name, sql from sqlite_master where type = 'trigger' and sql like '%BEFORE UPDATE%'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"drop trigger {connection.ops.quote_name(name)}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)
        return
    cursor.execute(
        "select distinct tgrelid::regclass::text from pg_trigger "
        "where not tgisinternal and (tgtype & 18) = 18"
    )
    tables = [name for (name,) in cursor.fetchall()]
    for name in tables:
        cursor.execute(f"alter table {name} disable trigger user")
    yield
    for name in tables:
        cursor.execute(f"alter table {name} enable trigger user")


@contextmanager
def _atomic(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One transaction on a connection that Django does not know by name."""
    connection.ensure_connection()
    connection.set_autocommit(False)
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.set_autocommit(True)


def _shared(cursor: Any, own: list[str], texts: set[str], document_id: str) -> set[str]:
    """The texts that a passage of another document has, too."""
    shared: set[str] = set()
    for chunk in chunks(texts):
        marks = ", ".join(["%s"] * len(chunk))
        query = f"select text from store_passage where document_id <> %s and text in ({marks})"  # noqa: S608
        cursor.execute(query, [document_id, *chunk])
        shared.update(text for (text,) in cursor.fetchall())
    return shared


def _is_shared(cursor: Any, name: str, document_id: str) -> bool:
    return bool(
        _all(cursor, "select 1 from store_document where file = %s and id <> %s limit 1", name, document_id)
    )


def _all(cursor: Any, query: str, *values: Any) -> list[tuple[Any, ...]]:
    cursor.execute(query, values)
    return list(cursor.fetchall())
