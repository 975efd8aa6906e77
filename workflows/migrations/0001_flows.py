import django.utils.timezone
import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("inspections", "0007_self_assessments"),
        ("providers", "0005_purchasing"),
        ("viewflow", "0015_task_scheduled"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "process",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="case",
                        serialize=False,
                        to="viewflow.process",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.organisation"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="providers.provider"
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="providers.setting"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("share_kind", models.CharField(blank=True, max_length=20)),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("open_to_provider", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["council", "kind"], name="case_council_kind"),
                    models.Index(fields=["provider", "open_to_provider"], name="case_provider"),
                ]
            },
        ),
        migrations.CreateModel(
            name="TaskClock",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="clock",
                        serialize=False,
                        to="viewflow.task",
                    ),
                ),
                ("due_at", models.DateTimeField(db_index=True)),
                (
                    "near_told",
                    models.DateTimeField(null=True, verbose_name="due moment that was told as near"),
                ),
                (
                    "late_told",
                    models.DateTimeField(null=True, verbose_name="due moment that was told as passed"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalStandIn",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("partner", "Officer of a partner council"),
                            ("override", "Separation of duties overridden"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(max_length=1000)),
                ("allowed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="viewflow.task",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="who stands in",
                    ),
                ),
                (
                    "allowed_by",
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
                "verbose_name": "historical stand in",
                "verbose_name_plural": "historical stand ins",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="workflows_h_id_e1e1b5_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "task",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="stand_ins", to="viewflow.task"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("partner", "Officer of a partner council"),
                            ("override", "Separation of duties overridden"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="who stands in",
                    ),
                ),
                ("reason", models.TextField(max_length=1000)),
                (
                    "allowed_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("allowed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("task", "membership"), name="one_stand_in_of_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("process_id", models.BigIntegerField()),
                ("task_id", models.BigIntegerField()),
                ("flow", models.CharField(max_length=200)),
                ("node", models.CharField(max_length=100)),
                ("node_type", models.CharField(max_length=20)),
                ("from_status", models.CharField(blank=True, max_length=20)),
                ("to_status", models.CharField(max_length=20)),
                ("from_owner_id", models.BigIntegerField(null=True)),
                ("owner_id", models.BigIntegerField(null=True)),
                ("user_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("role", models.CharField(blank=True, max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("request_id", models.UUIDField(null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["process_id"], name="task_event_process")],
            },
        ),
        migrations.CreateModel(
            name="ApplicationCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="viewflow.process"),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="case", to="providers.application"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="IssueCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="viewflow.process"),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="case_link", to="inspections.contractissue"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="LotCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="viewflow.process"),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="case", to="providers.applicationlot"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="RecordedInspectionCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="viewflow.process"),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="case_link", to="inspections.inspection"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="SelfAssessmentCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="viewflow.process"),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="case_link", to="inspections.selfassessment"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="VisitCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="viewflow.process"),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="case", to="inspections.visit"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
