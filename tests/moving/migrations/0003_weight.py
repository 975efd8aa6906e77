import os
from pathlib import Path

from django.db import migrations, models

from tests.faults.gate import Gate


def wait(apps, schema_editor):
    if "QA_MIGRATION_WAITS" in os.environ:
        Gate(Path(os.environ["QA_FAULT_GATE"])).wait()


class Migration(migrations.Migration):
    dependencies = [("moving", "0002_colour")]
    operations = [
        migrations.AddField("crate", "weight", models.IntegerField(default=1)),
        migrations.RunPython(wait, migrations.RunPython.noop),
    ]
