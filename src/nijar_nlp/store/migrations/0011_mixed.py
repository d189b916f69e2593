"""Gives each candidate its place in a reading of which some is drawn at random."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("store", "0010_queue_index")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="candidateentry",
            name="mixed",
            # null and without a default: SQLite then adds a column and keeps the table with its triggers
            field=models.IntegerField(db_index=True, null=True),
        ),
    ]
