from typing import Any

from django.db import migrations

# What the passages of a candidate say is searched with its title and parties.
_SAID = (
    "UPDATE store_candidateentry SET folded = folded || ' ' || coalesce((SELECT {join}(e.folded, ' ') "
    "FROM store_candidate_passages l JOIN store_passageentry e ON e.passage_id = l.passage_id "
    "WHERE l.candidate_id = store_candidateentry.candidate_id), '')"
)
# SQLite: a table of FTS5, kept in step by triggers, as that of the passages.
_ENTRY_ROW = "INSERT INTO store_candidatesearch(rowid, folded) VALUES (new.id, new.folded)"
_OLD_ROW = (
    "INSERT INTO store_candidatesearch(store_candidatesearch, rowid, folded) "
    "VALUES ('delete', old.id, old.folded)"
)
_ON = "ON store_candidateentry"
FTS5 = (
    "CREATE VIRTUAL TABLE store_candidatesearch USING fts5("
    "folded, content='store_candidateentry', content_rowid='id', tokenize='unicode61')",
    _SAID.format(join="group_concat"),
    "INSERT INTO store_candidatesearch(store_candidatesearch) VALUES ('rebuild')",
    f"CREATE TRIGGER store_candidatesearch_added AFTER INSERT {_ON} BEGIN {_ENTRY_ROW}; END",
    f"CREATE TRIGGER store_candidatesearch_gone AFTER DELETE {_ON} BEGIN {_OLD_ROW}; END",
    f"CREATE TRIGGER store_candidatesearch_changed AFTER UPDATE OF folded {_ON} "
    f"WHEN old.folded <> new.folded BEGIN {_OLD_ROW}; {_ENTRY_ROW}; END",
)
# PostgreSQL: the words as a column, so that a row is asked for its words without cutting its text anew.
_WORDS = (
    "ALTER TABLE {0} ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED"
)
# Rows without a value come last, also in the index.
_ORDERS = {
    "entry_probability": "top_probability DESC NULLS LAST, id",
    "entry_uncertainty": "uncertainty DESC NULLS LAST, id",
    "entry_published": "published DESC NULLS LAST, id",
    "entry_country": "country, top_probability DESC NULLS LAST, id",
    "entry_language": "language, top_probability DESC NULLS LAST, id",
    "entry_outlet": "outlet, top_probability DESC NULLS LAST, id",
}
POSTGRESQL = (
    _SAID.format(join="string_agg"),
    "DROP INDEX store_passagesearch",
    _WORDS.format("store_passageentry"),
    _WORDS.format("store_candidateentry"),
    "CREATE INDEX store_passagesearch ON store_passageentry USING gin (words)",
    "CREATE INDEX store_candidatesearch ON store_candidateentry USING gin (words)",
    *(f"DROP INDEX {name}" for name in _ORDERS),
    *(f"CREATE INDEX {name} ON store_passageentry ({columns})" for name, columns in _ORDERS.items()),
)


def make_search(apps: Any, schema_editor: Any) -> None:
    """Full text search of the candidates, and of the passages by a column of words."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else FTS5:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0008_one_truth"),
    ]

    operations = [
        migrations.RunPython(make_search, migrations.RunPython.noop),
    ]
