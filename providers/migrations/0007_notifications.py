import uuid

import django.utils.timezone
import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("providers", "0006_contracts")]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=200, unique=True)),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="messages", to="providers.membership"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.organisation",
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="messages",
                        to="providers.setting",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="messages",
                        to="providers.provider",
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=30, verbose_name="kind of record")),
                ("subject_id", models.UUIDField(blank=True, null=True, verbose_name="record")),
                ("path", models.CharField(blank=True, max_length=200, verbose_name="page it leads to")),
                ("facts", models.JSONField(default=dict)),
                ("invitation", models.TextField(blank=True, verbose_name="calendar entry")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "On its way"),
                            ("sent", "Mailed"),
                            ("digest", "For the daily digest"),
                            ("off", "Not mailed: switched off by its reader"),
                            ("left", "Not mailed: its reader is no longer in post"),
                            ("dead", "Could not be delivered"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="items",
                        to="providers.notification",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=60, verbose_name="kind of error")),
                ("message_id", models.CharField(editable=False, max_length=120, verbose_name="Message-ID")),
                (
                    "subject",
                    models.CharField(blank=True, max_length=200, verbose_name="subject line as mailed"),
                ),
                ("body", models.TextField(blank=True, verbose_name="text as mailed")),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "next_try_at"], name="messages_due"),
                    models.Index(fields=["to", "-created_at"], name="messages_of_somebody"),
                    models.Index(fields=["setting", "-created_at"], name="messages_of_a_setting"),
                    models.Index(fields=["subject_kind", "subject_id"], name="messages_of_a_record"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="message_sent_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            ("next_try_at__isnull", False),
                            _connector="OR",
                        ),
                        name="message_waits_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part_of", None), ("state", "digest"), _connector="OR"),
                        name="message_in_a_digest_for_the_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalNotificationPreference",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=40, verbose_name="kind of message")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("at_once", "By mail at once"),
                            ("digest", "In the daily digest"),
                            ("off", "No mail"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.person",
                    ),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical notification preference",
                "verbose_name_plural": "historical notification preferences",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_cbf568_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="NotificationPreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="message_preferences", to="providers.person"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind of message")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("at_once", "By mail at once"),
                            ("digest", "In the daily digest"),
                            ("off", "No mail"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind"), name="one_preference_of_a_kind")
                ],
            },
        ),
    ]
