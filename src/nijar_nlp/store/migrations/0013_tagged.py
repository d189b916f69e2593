from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def note_tags(apps: Any, schema_editor: Any) -> None:
    """Note in the rows of passages which carry a tag."""
    entries, tags = (apps.get_model("store", name).objects for name in ("PassageEntry", "Tag"))
    carried = tags.filter(passage_id=OuterRef("passage_id"), chosen=True)
    entries.filter(Exists(carried)).update(tagged=True)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0012_grouping"),
    ]

    operations = [
        migrations.AddField("passageentry", "tagged", models.BooleanField(null=True)),
        migrations.RunPython(note_tags, migrations.RunPython.noop),
    ]
