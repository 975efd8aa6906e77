import datetime
import uuid

import django.utils.timezone
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("user_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField(db_index=True)),
                ("organisation_id", models.BigIntegerField(db_index=True)),
                ("role", models.CharField(max_length=40)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("viewed", "Viewed"), ("downloaded", "Downloaded")], max_length=20
                    ),
                ),
                ("item", models.CharField(max_length=60, verbose_name="kind of item")),
                ("item_id", models.CharField(max_length=40)),
                ("request_id", models.UUIDField(null=True)),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
        migrations.CreateModel(
            name="Demonstration",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "wound",
                    models.DurationField(
                        default=datetime.timedelta, verbose_name="ahead of the real time by"
                    ),
                ),
                (
                    "happened",
                    models.JSONField(default=dict, verbose_name="what happened when it was last wound"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_demonstration"),
                    models.CheckConstraint(
                        condition=models.Q(("wound__gte", datetime.timedelta(0))),
                        name="demonstration_goes_forward",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FormReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.BigIntegerField()),
                ("token", models.UUIDField()),
                ("location", models.CharField(max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user_id", "token"), name="form_acted_on_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("identity", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adopted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="storage took its mark"),
                ),
                ("passes", models.PositiveBigIntegerField(default=0, verbose_name="passes begun")),
                (
                    "stored",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="newest pass found in the storage"
                    ),
                ),
                (
                    "storage_older_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="storage was found to be older"),
                ),
                (
                    "restored_ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="restored state ended"),
                ),
                (
                    "restored_ended_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who ended the restored state"),
                ),
                (
                    "restored_ended_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was ended"),
                ),
                (
                    "sweep",
                    models.JSONField(default=dict, verbose_name="what the last sweep of the storage found"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_installation"),
                    models.CheckConstraint(
                        condition=models.Q(("stored__lte", models.F("passes"))),
                        name="installation_counts_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("restored_ended_at", None),
                                ("restored_ended_by", ""),
                                ("restored_ended_reason", ""),
                            ),
                            models.Q(
                                ("restored_ended_at__isnull", False),
                                models.Q(("restored_ended_by", ""), _negated=True),
                                models.Q(("restored_ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="installation_restored_ended_when_by_and_why",
                    ),
                ]
            },
        ),
    ]
