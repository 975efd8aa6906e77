import uuid

import django.utils.timezone
import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [("providers", "0004_documents")]

    operations = [
        migrations.CreateModel(
            name="HistoricalAction",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("visit", "Monitoring visit"),
                            ("self_assessment", "Self-assessment"),
                            ("issue", "Contract issue"),
                            ("rating", "Ofsted grade"),
                            ("application", "Application to a purchasing system"),
                            ("agreed", "Agreed with the provider"),
                        ],
                        max_length=20,
                        verbose_name="where it came from",
                    ),
                ),
                ("source_id", models.UUIDField(blank=True, editable=False, null=True)),
                ("source_label", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("standard", models.CharField(blank=True, max_length=200)),
                ("question", models.CharField(blank=True, max_length=500)),
                ("what", models.TextField(max_length=2000, verbose_name="what needs to change")),
                ("is_key", models.BooleanField(default=False, verbose_name="about a limiting question")),
                (
                    "priority",
                    models.CharField(
                        choices=[("urgent", "Urgent"), ("ordinary", "Ordinary")],
                        default="ordinary",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("open", "Open"),
                            ("returned", "Returned"),
                            ("done", "Done, to be verified"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "owner_role",
                    models.CharField(blank=True, max_length=120, verbose_name="who is responsible"),
                ),
                ("steps", models.TextField(blank=True, max_length=4000, verbose_name="what will be done")),
                (
                    "steps_on",
                    models.DateField(blank=True, null=True, verbose_name="planned for completion on"),
                ),
                ("done_note", models.TextField(blank=True, max_length=4000, verbose_name="what was done")),
                (
                    "verified_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="how it was verified"),
                ),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was returned"),
                ),
                (
                    "cancelled_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was cancelled"),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="opened at"),
                ),
                (
                    "steps_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="steps written at"
                    ),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="steps accepted at"
                    ),
                ),
                (
                    "done_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="reported done at"
                    ),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="returned at"),
                ),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified at"),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="cancelled at"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.organisation",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.provider",
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.setting",
                    ),
                ),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.organisation",
                        verbose_name="for",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="owner",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="opened by",
                    ),
                ),
                (
                    "steps_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="steps written by",
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="steps accepted by",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="reported done by",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="returned by",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="verified by",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="cancelled by",
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
                "verbose_name": "historical action",
                "verbose_name_plural": "historical actions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_485ae1_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="actions", to="providers.organisation"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="actions", to="providers.provider"
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="actions",
                        to="providers.setting",
                    ),
                ),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("visit", "Monitoring visit"),
                            ("self_assessment", "Self-assessment"),
                            ("issue", "Contract issue"),
                            ("rating", "Ofsted grade"),
                            ("application", "Application to a purchasing system"),
                            ("agreed", "Agreed with the provider"),
                        ],
                        max_length=20,
                        verbose_name="where it came from",
                    ),
                ),
                ("source_id", models.UUIDField(blank=True, editable=False, null=True)),
                ("source_label", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("standard", models.CharField(blank=True, max_length=200)),
                ("question", models.CharField(blank=True, max_length=500)),
                ("what", models.TextField(max_length=2000, verbose_name="what needs to change")),
                ("is_key", models.BooleanField(default=False, verbose_name="about a limiting question")),
                (
                    "priority",
                    models.CharField(
                        choices=[("urgent", "Urgent"), ("ordinary", "Ordinary")],
                        default="ordinary",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("open", "Open"),
                            ("returned", "Returned"),
                            ("done", "Done, to be verified"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.organisation",
                        verbose_name="for",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="owner",
                    ),
                ),
                (
                    "owner_role",
                    models.CharField(blank=True, max_length=120, verbose_name="who is responsible"),
                ),
                ("steps", models.TextField(blank=True, max_length=4000, verbose_name="what will be done")),
                (
                    "steps_on",
                    models.DateField(blank=True, null=True, verbose_name="planned for completion on"),
                ),
                ("done_note", models.TextField(blank=True, max_length=4000, verbose_name="what was done")),
                (
                    "verified_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="how it was verified"),
                ),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was returned"),
                ),
                (
                    "cancelled_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was cancelled"),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="opened at"),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="opened by",
                    ),
                ),
                (
                    "steps_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="steps written at"
                    ),
                ),
                (
                    "steps_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="steps written by",
                    ),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="steps accepted at"
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="steps accepted by",
                    ),
                ),
                (
                    "done_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="reported done at"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="reported done by",
                    ),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="returned at"),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="returned by",
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified at"),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="verified by",
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="cancelled at"),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="cancelled by",
                    ),
                ),
            ],
            options={
                "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["council", "state", "due_on"], name="action_register"),
                    models.Index(fields=["provider", "state", "due_on"], name="action_of_provider"),
                    models.Index(fields=["source_kind", "source_id"], name="action_of_source"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at", None), ("opened_by", None)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_opened_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("steps_at", None), ("steps_by", None)),
                            models.Q(("steps_at__isnull", False), ("steps_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_steps_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_accepted_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_done_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("returned_by", None)),
                            models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_returned_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at", None), ("verified_by", None)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_verified_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at", None), ("cancelled_by", None)),
                            models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_cancelled_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "cancelled"]),
                            models.Q(("due_on__isnull", False), ("opened_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_opens_with_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("done_at__isnull", False), ("verified_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_closes_when_verified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", None),
                            models.Q(
                                models.Q(("verified_by", models.F("done_by")), _negated=True),
                                models.Q(
                                    ("proposed_by", None),
                                    models.Q(("verified_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="action_verified_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="extensions", to="inspections.action"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="was due on")),
                ("to_on", models.DateField(verbose_name="now due on")),
                ("reason", models.TextField(max_length=2000)),
                ("extended_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "extended_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))),
                        name="extension_gives_more_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActionEvidence",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("what", models.TextField(max_length=1000, verbose_name="what it shows")),
                ("added_on", models.DateField(verbose_name="added on")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.action",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.document",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
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
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_b29b49_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ActionEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="evidence", to="inspections.action"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.document",
                    ),
                ),
                ("what", models.TextField(max_length=1000, verbose_name="what it shows")),
                ("added_on", models.DateField(verbose_name="added on")),
                (
                    "added_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("action", "document"), name="document_once_an_action")
                ],
            },
        ),
    ]
