import uuid

import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("inspections", "0006_scorecards"), ("providers", "0003_people")]

    operations = [
        migrations.CreateModel(
            name="HistoricalCampaign",
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
                ("name", models.CharField(max_length=120)),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("due_on", models.DateField(verbose_name="answers due on")),
                ("validation_due_on", models.DateField(verbose_name="validation due on")),
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.questionsetversion",
                    ),
                ),
                (
                    "opened_by",
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
                "verbose_name": "historical campaign",
                "verbose_name_plural": "historical campaigns",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_8e3fef_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Campaign",
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
                        on_delete=models.PROTECT, related_name="campaigns", to="providers.organisation"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="campaigns",
                        to="inspections.questionsetversion",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("due_on", models.DateField(verbose_name="answers due on")),
                ("validation_due_on", models.DateField(verbose_name="validation due on")),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={
                "ordering": ["-opens_on", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("council", "name"), name="campaign_name_once_a_council"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__lt", models.F("validation_due_on")),
                            ("opens_on__lt", models.F("due_on")),
                        ),
                        name="campaign_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSelfAssessment",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("with_provider", "With the provider"),
                            ("submitted", "To validate"),
                            ("returned", "Returned to the provider"),
                            ("validated", "Completed"),
                            ("not_returned", "Never submitted"),
                        ],
                        default="with_provider",
                        max_length=20,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("due_on", models.DateField(verbose_name="due on")),
                ("overdue_at", models.DateTimeField(blank=True, null=True, verbose_name="marked as overdue")),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("return_reason", models.TextField(blank=True, verbose_name="reason for the return")),
                ("validated_at", models.DateTimeField(blank=True, null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.campaign",
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
                    "validated_by",
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
                "verbose_name": "historical self-assessment",
                "verbose_name_plural": "historical self-assessments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_3d1210_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SelfAssessment",
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
                    "campaign",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="assessments", to="inspections.campaign"
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="self_assessments", to="providers.setting"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="self_assessments", to="providers.provider"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("with_provider", "With the provider"),
                            ("submitted", "To validate"),
                            ("returned", "Returned to the provider"),
                            ("validated", "Completed"),
                            ("not_returned", "Never submitted"),
                        ],
                        default="with_provider",
                        max_length=20,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("due_on", models.DateField(verbose_name="due on")),
                ("overdue_at", models.DateTimeField(blank=True, null=True, verbose_name="marked as overdue")),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
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
                ("return_reason", models.TextField(blank=True, verbose_name="reason for the return")),
                ("validated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "validated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "self-assessment",
                "ordering": ["campaign", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "setting"), name="setting_once_a_campaign"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("return_reason", ""), ("returned_at", None), ("returned_by", None)),
                            models.Q(
                                ("returned_at__isnull", False),
                                ("returned_by__isnull", False),
                                models.Q(("return_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="self_assessment_returned_when_by_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "validated"),
                                ("validated_at__isnull", False),
                                ("validated_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "validated"), _negated=True),
                                ("validated_at", None),
                                ("validated_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="self_assessment_validated_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("round", 1)),
                            models.Q(("returned_at__isnull", False), ("round__gt", 1)),
                            _connector="OR",
                        ),
                        name="self_assessment_second_round_was_returned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSelfAssessmentAnswer",
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
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("not_applicable", "Not applicable"),
                            ("not_assessed", "Not assessed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.JSONField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(blank=True, verbose_name="why it does not apply or was not assessed"),
                ),
                ("narrative", models.TextField(blank=True)),
                ("good_practice", models.TextField(blank=True)),
                ("action_needed", models.TextField(blank=True)),
                ("answered_on", models.DateField()),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.question",
                    ),
                ),
                (
                    "answered_by",
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
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.selfassessment",
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
                "verbose_name": "historical answer",
                "verbose_name_plural": "historical answers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_6eea1c_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SelfAssessmentAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "question",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="inspections.question"),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("not_applicable", "Not applicable"),
                            ("not_assessed", "Not assessed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.JSONField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(blank=True, verbose_name="why it does not apply or was not assessed"),
                ),
                ("narrative", models.TextField(blank=True)),
                ("good_practice", models.TextField(blank=True)),
                ("action_needed", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("answered_on", models.DateField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="answers", to="inspections.selfassessment"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("grade__in", ("not_applicable", "not_assessed")),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("grade__in", ("not_applicable", "not_assessed")), _negated=True),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="selfassessmentanswer_reason_where_not_graded",
                    ),
                    models.UniqueConstraint(
                        fields=("assessment", "question"), name="self_assessment_answers_a_question_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="submissions", to="inspections.selfassessment"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("submitted_at", models.DateTimeField()),
                (
                    "submitted_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("due_on", models.DateField()),
                ("is_late", models.BooleanField(verbose_name="after the day it was due")),
            ],
            options={
                "ordering": ["assessment", "-round"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "round"), name="submitted_once_a_round")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCouncilValidation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("answer_version", models.PositiveIntegerField()),
                ("agrees", models.BooleanField(verbose_name="the council agrees")),
                (
                    "council_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("not_applicable", "Not applicable"),
                            ("not_assessed", "Not assessed"),
                        ],
                        max_length=20,
                        verbose_name="the council's grade",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("looked_at_on", models.DateField(verbose_name="looked at on")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.selfassessment",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.question",
                    ),
                ),
                (
                    "looked_at_by",
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
                "verbose_name": "historical council's view",
                "verbose_name_plural": "historical council's views",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_a9f5c6_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CouncilValidation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="validations", to="inspections.selfassessment"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="inspections.question"),
                ),
                ("answer_version", models.PositiveIntegerField()),
                ("agrees", models.BooleanField(verbose_name="the council agrees")),
                (
                    "council_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "Met"),
                            ("partly_met", "Partly met"),
                            ("not_met", "Not met"),
                            ("not_applicable", "Not applicable"),
                            ("not_assessed", "Not assessed"),
                        ],
                        max_length=20,
                        verbose_name="the council's grade",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("looked_at_on", models.DateField(verbose_name="looked at on")),
                (
                    "looked_at_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={
                "verbose_name": "council's view",
                "ordering": ["assessment", "question"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "question"), name="council_looks_at_a_question_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agrees", True), ("council_grade", "")),
                            models.Q(("agrees", False), models.Q(("note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="council_disagrees_with_a_note",
                    ),
                ],
            },
        ),
    ]
