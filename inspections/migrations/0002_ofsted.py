import uuid

import django.utils.timezone
import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("inspections", "0001_actions"), ("providers", "0003_people")]

    operations = [
        migrations.CreateModel(
            name="RegisterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("as_at", models.DateField(db_index=True, verbose_name="speaks for")),
                (
                    "as_at_source",
                    models.CharField(
                        choices=[
                            ("given", "Given with the file"),
                            ("title", "The file's title"),
                            ("file name", "The file's name"),
                        ],
                        max_length=10,
                        verbose_name="where that day was found",
                    ),
                ),
                ("filename", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("encoding", models.CharField(max_length=20)),
                ("headings", models.JSONField()),
                ("fields", models.JSONField(default=dict)),
                (
                    "scope_kind",
                    models.CharField(
                        choices=[
                            ("whole", "The whole register"),
                            ("authority", "One council’s part of the register"),
                            ("region", "One region’s part of the register"),
                            ("owner", "One owner’s part of the register"),
                        ],
                        default="whole",
                        max_length=10,
                        verbose_name="speaks of",
                    ),
                ),
                ("scope_name", models.CharField(blank=True, max_length=500, verbose_name="speaks of")),
                ("scope", models.JSONField(default=dict)),
                ("turn", models.PositiveSmallIntegerField(default=0, verbose_name="times withdrawn before")),
                (
                    "gone_confirmed",
                    models.PositiveIntegerField(
                        null=True, verbose_name="confirmed that so many leave the list"
                    ),
                ),
                ("left_out", models.JSONField(verbose_name="sheets left out")),
                ("result", models.JSONField(verbose_name="what it changed")),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="providers.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-as_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("sha256", "as_at", "turn"), name="register_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scope_kind", "whole"), ("scope_name", "")),
                            models.Q(
                                models.Q(("scope_kind", "whole"), _negated=True),
                                models.Q(("scope_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="register_file_part_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterFileWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="withdrawal", to="inspections.registerfile"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="providers.person"
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="why")),
                ("result", models.JSONField(verbose_name="what it changed")),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="entries", to="inspections.registerfile"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("sheet", models.CharField(blank=True, max_length=200)),
                ("urn", models.CharField(db_index=True, max_length=20, verbose_name="URN")),
                (
                    "setting",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="entries", to="providers.setting"
                    ),
                ),
                ("provision_type", models.CharField(blank=True, max_length=200)),
                ("registration_status", models.CharField(blank=True, max_length=200)),
                ("registered_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("local_authority", models.CharField(blank=True, max_length=200)),
                ("owner", models.CharField(blank=True, max_length=200)),
                ("places", models.PositiveIntegerField(null=True)),
                ("scale", models.CharField(max_length=20)),
                ("grade", models.CharField(blank=True, max_length=200)),
                (
                    "not_graded",
                    models.CharField(blank=True, max_length=200, verbose_name="in place of a grade"),
                ),
                ("event_number", models.CharField(blank=True, max_length=200)),
                ("inspected_on", models.DateField(null=True)),
                ("published_on", models.DateField(null=True)),
                ("breaks_limiting_rules", models.BooleanField(default=False)),
                ("inspections", models.JSONField()),
                ("enforcement", models.JSONField()),
                ("cells", models.JSONField()),
            ],
            options={
                "ordering": ["file", "line"],
                "constraints": [models.UniqueConstraint(fields=("file", "urn"), name="urn_once_a_file")],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
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
                    "setting",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="inspections", to="providers.setting"
                    ),
                ),
                ("event_number", models.CharField(blank=True, max_length=200)),
                (
                    "inspection_type",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.inspectiontype"
                    ),
                ),
                (
                    "event_type",
                    models.CharField(blank=True, max_length=200, verbose_name="type as published"),
                ),
                ("inspected_on", models.DateField(blank=True, null=True, verbose_name="date of inspection")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="date of publication")),
                (
                    "scale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.gradescale",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("imported", "Ofsted's file"), ("recorded", "Recorded by a person")],
                        max_length=10,
                    ),
                ),
                (
                    "outcome_status",
                    models.CharField(
                        choices=[("provisional", "Provisional"), ("published", "Published")],
                        default="published",
                        max_length=12,
                    ),
                ),
                (
                    "report_link",
                    models.URLField(blank=True, max_length=500, verbose_name="link to the report"),
                ),
                ("flags", models.TextField(blank=True, verbose_name="limiting rules broken")),
                (
                    "recorded_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.organisation",
                        verbose_name="recorded by council",
                    ),
                ),
                (
                    "confirmed_as_published",
                    models.BooleanField(default=False, verbose_name="the report itself breaks the rule"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was sent back"),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.person",
                    ),
                ),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                (
                    "withdrawn_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was withdrawn"),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="supersedes",
                        to="inspections.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["setting", "-inspected_on", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("event_number", ""), _negated=True),
                        fields=("setting", "event_number"),
                        name="inspection_event_once_a_setting",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("event_number", ""), ("source", "imported")),
                        fields=("setting", "inspection_type", "inspected_on"),
                        name="inspection_without_number_once_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("source", "recorded"), ("superseded_by", None), ("withdrawn_on", None)
                        ),
                        fields=("setting", "inspection_type", "inspected_on", "recorded_for"),
                        name="inspection_recorded_once_by_a_council",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "imported"),
                            models.Q(
                                ("recorded_at__isnull", False),
                                ("recorded_by__isnull", False),
                                ("recorded_for__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recorded_inspection_has_council",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "imported"),
                            ("outcome_status", "provisional"),
                            ("published_on__isnull", False),
                            _connector="OR",
                        ),
                        name="recorded_inspection_published_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_as_published", False),
                            models.Q(("report_link", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="limiting_rule_broken_by_a_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at", None), ("verified_by", None)),
                            models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inspection_verified_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at", None), ("recorded_by", None)),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inspection_recorded_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("returned_by", None)),
                            models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inspection_returned_when_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInspection",
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
                ("event_number", models.CharField(blank=True, max_length=200)),
                (
                    "event_type",
                    models.CharField(blank=True, max_length=200, verbose_name="type as published"),
                ),
                ("inspected_on", models.DateField(blank=True, null=True, verbose_name="date of inspection")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="date of publication")),
                (
                    "source",
                    models.CharField(
                        choices=[("imported", "Ofsted's file"), ("recorded", "Recorded by a person")],
                        max_length=10,
                    ),
                ),
                (
                    "outcome_status",
                    models.CharField(
                        choices=[("provisional", "Provisional"), ("published", "Published")],
                        default="published",
                        max_length=12,
                    ),
                ),
                (
                    "report_link",
                    models.URLField(blank=True, max_length=500, verbose_name="link to the report"),
                ),
                ("flags", models.TextField(blank=True, verbose_name="limiting rules broken")),
                (
                    "confirmed_as_published",
                    models.BooleanField(default=False, verbose_name="the report itself breaks the rule"),
                ),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was sent back"),
                ),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                (
                    "withdrawn_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was withdrawn"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                    "inspection_type",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.inspectiontype",
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.gradescale",
                    ),
                ),
                (
                    "recorded_for",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.organisation",
                        verbose_name="recorded by council",
                    ),
                ),
                (
                    "recorded_by",
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
                (
                    "returned_by",
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
                (
                    "verified_by",
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
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.inspection",
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
                "verbose_name": "historical inspection",
                "verbose_name_plural": "historical inspections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_399c66_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalJudgement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("subject", models.CharField(max_length=60)),
                ("words", models.CharField(max_length=200, verbose_name="grade as published")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.grade",
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
                "verbose_name": "historical judgement",
                "verbose_name_plural": "historical judgements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_40e285_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="judgements", to="inspections.inspection"
                    ),
                ),
                ("subject", models.CharField(max_length=60)),
                (
                    "grade",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.grade",
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="grade as published")),
            ],
            options={
                "ordering": ["inspection_id", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "subject"), name="judgement_once_an_inspection"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInspectionItem",
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
                        choices=[("requirement", "Requirement"), ("recommendation", "Recommendation")],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("regulation", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be met by")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.inspection",
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
                "verbose_name": "historical inspection item",
                "verbose_name_plural": "historical inspection items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_146bcc_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="InspectionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="items", to="inspections.inspection"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("requirement", "Requirement"), ("recommendation", "Recommendation")],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("regulation", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be met by")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["inspection_id", "-kind", "order"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("filename", models.CharField(max_length=255)),
                ("content", models.BinaryField(null=True)),
                ("as_at", models.DateField(null=True, verbose_name="day given with the file")),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being read"),
                            ("previewed", "Ready to confirm"),
                            ("applying", "Being imported"),
                            ("done", "Imported"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("progress", models.CharField(blank=True, max_length=100)),
                ("speaks_for", models.DateField(null=True)),
                ("result", models.JSONField(null=True)),
                ("previewed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="providers.membership"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "gone_confirmed",
                    models.PositiveIntegerField(
                        null=True, verbose_name="confirmed that so many leave the list"
                    ),
                ),
                ("refusal", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="requests",
                        to="inspections.registerfile",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previewed_at", None), ("speaks_for", None)),
                            models.Q(("previewed_at__isnull", False), ("speaks_for__isnull", False)),
                            _connector="OR",
                        ),
                        name="import_previewed_for_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "refused", "withdrawn"]),
                            ("previewed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_previewed_before_it_is_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="import_confirmed_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gone_confirmed", None), ("confirmed_at__isnull", False), _connector="OR"
                        ),
                        name="import_gone_confirmed_with_the_import",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "previewed", "refused", "withdrawn"]),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_confirmed_before_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["waiting", "previewed", "applying"])),
                            models.Q(
                                ("content", None),
                                ("ended_at__isnull", False),
                                ("state__in", ["done", "refused", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="import_ended_without_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("file", None)),
                            _connector="OR",
                        ),
                        name="import_done_has_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                            _connector="OR",
                        ),
                        name="import_refused_says_why",
                    ),
                ],
            },
        ),
    ]
