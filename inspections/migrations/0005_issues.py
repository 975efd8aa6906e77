import uuid

import django.utils.timezone
import simple_history.models
from django.db import migrations, models

import qa_portal.core.dates
from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("inspections", "0004_visits"), ("providers", "0003_people")]

    operations = [
        migrations.CreateModel(
            name="HistoricalIssueStage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("name_for_provider", models.CharField(blank=True, max_length=100)),
                ("meaning", models.TextField()),
                ("meaning_for_provider", models.TextField(blank=True)),
                (
                    "decider",
                    models.CharField(
                        choices=[
                            ("access.handle_issues", "Contract officer"),
                            ("access.decide_notices", "Team manager"),
                            ("access.decide_suspensions", "Head of service"),
                            ("access.chair_concerns", "Chair independent of the line"),
                            ("access.decide_terminations", "Head of service or director"),
                        ],
                        max_length=60,
                        verbose_name="who decides",
                    ),
                ),
                ("clock", models.CharField(blank=True, max_length=60)),
                (
                    "asks_for_plan",
                    models.BooleanField(default=False, verbose_name="the provider must give a plan"),
                ),
                (
                    "lapse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing automatically"),
                            ("move", "Moves up one stage"),
                            ("propose", "Goes to the person who decides on the next stage"),
                        ],
                        max_length=10,
                        verbose_name="at a missed deadline",
                    ),
                ),
                ("notify", models.JSONField(default=list, verbose_name="who else to tell")),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                "verbose_name": "historical issue stage",
                "verbose_name_plural": "historical issue stages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_941ddc_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IssueStage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("name_for_provider", models.CharField(blank=True, max_length=100)),
                ("meaning", models.TextField()),
                ("meaning_for_provider", models.TextField(blank=True)),
                (
                    "decider",
                    models.CharField(
                        choices=[
                            ("access.handle_issues", "Contract officer"),
                            ("access.decide_notices", "Team manager"),
                            ("access.decide_suspensions", "Head of service"),
                            ("access.chair_concerns", "Chair independent of the line"),
                            ("access.decide_terminations", "Head of service or director"),
                        ],
                        max_length=60,
                        verbose_name="who decides",
                    ),
                ),
                ("clock", models.CharField(blank=True, max_length=60)),
                (
                    "asks_for_plan",
                    models.BooleanField(default=False, verbose_name="the provider must give a plan"),
                ),
                (
                    "lapse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing automatically"),
                            ("move", "Moves up one stage"),
                            ("propose", "Goes to the person who decides on the next stage"),
                        ],
                        max_length=10,
                        verbose_name="at a missed deadline",
                    ),
                ),
                ("notify", models.JSONField(default=list, verbose_name="who else to tell")),
            ],
            options={"ordering": ["number"], "abstract": False, "base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="HistoricalContractIssue",
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
                    "service",
                    models.CharField(blank=True, max_length=200, verbose_name="service of the council"),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True, max_length=2000)),
                (
                    "staff_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="for the council only"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("raised", "Raised by a colleague"),
                            ("judgement", "Ofsted judgement"),
                            ("suspension", "Registration suspended"),
                            ("visit", "Monitoring visit"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source_ref",
                    models.CharField(blank=True, max_length=300, verbose_name="event that started it"),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("high", "Significant"), ("medium", "Moderate"), ("low", "Minor")],
                        max_length=10,
                        verbose_name="how serious",
                    ),
                ),
                ("stage_since", models.DateField(verbose_name="at this stage since")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="to be looked at by")),
                (
                    "suspended_on",
                    models.DateField(blank=True, null=True, verbose_name="new placements suspended since"),
                ),
                (
                    "told_provider_on",
                    models.DateField(blank=True, null=True, verbose_name="provider told on"),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("triaged_at", models.DateTimeField(blank=True, null=True, verbose_name="triaged at")),
                (
                    "triage_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="what triage found"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                (
                    "closing_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was closed"),
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
                    "visit_concern",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visitconcern",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.issuestage",
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
                        verbose_name="opened by",
                    ),
                ),
                (
                    "triaged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="triaged by",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="closed by",
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
                "verbose_name": "historical contract issue",
                "verbose_name_plural": "historical contract issues",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_79755d_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ContractIssue",
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
                        on_delete=models.PROTECT, related_name="issues", to="providers.organisation"
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="issues",
                        to="providers.setting",
                    ),
                ),
                (
                    "service",
                    models.CharField(blank=True, max_length=200, verbose_name="service of the council"),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="issues",
                        to="providers.provider",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True, max_length=2000)),
                (
                    "staff_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="for the council only"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("raised", "Raised by a colleague"),
                            ("judgement", "Ofsted judgement"),
                            ("suspension", "Registration suspended"),
                            ("visit", "Monitoring visit"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source_ref",
                    models.CharField(blank=True, max_length=300, verbose_name="event that started it"),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="issues",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "visit_concern",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="issue",
                        to="inspections.visitconcern",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("high", "Significant"), ("medium", "Moderate"), ("low", "Minor")],
                        max_length=10,
                        verbose_name="how serious",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="inspections.issuestage"
                    ),
                ),
                ("stage_since", models.DateField(verbose_name="at this stage since")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="to be looked at by")),
                (
                    "suspended_on",
                    models.DateField(blank=True, null=True, verbose_name="new placements suspended since"),
                ),
                (
                    "told_provider_on",
                    models.DateField(blank=True, null=True, verbose_name="provider told on"),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="opened by",
                    ),
                ),
                ("triaged_at", models.DateTimeField(blank=True, null=True, verbose_name="triaged at")),
                (
                    "triaged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="triaged by",
                    ),
                ),
                (
                    "triage_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="what triage found"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="closed by",
                    ),
                ),
                (
                    "closing_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was closed"),
                ),
            ],
            options={
                "ordering": ["-opened_on", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["council", "closed_at", "stage"], name="issue_list"),
                    models.Index(fields=["provider", "told_provider_on"], name="issue_of_provider"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_ref", ""), _negated=True),
                        fields=("council", "source_ref"),
                        name="issue_once_an_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "raised"), models.Q(("source_ref", ""), _negated=True), _connector="OR"
                        ),
                        name="issue_started_by_an_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("setting__isnull", False),
                            ("provider__isnull", False),
                            models.Q(("service", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="issue_is_about_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("triaged_at", None), ("triaged_by", None)),
                            models.Q(("triaged_at__isnull", False), ("triaged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="issue_triaged_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="issue_closed_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None),
                            models.Q(("closing_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="issue_closed_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConcern",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("text", models.TextField(max_length=2000, verbose_name="what is wrong")),
                ("standard", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.contractissue",
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
                "verbose_name": "historical concern",
                "verbose_name_plural": "historical concerns",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_bee2e7_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="concerns", to="inspections.contractissue"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what is wrong")),
                ("standard", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={"ordering": ["issue", "order", "pk"], "abstract": False, "base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="HistoricalStageProposal",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("reason", models.TextField(max_length=2000)),
                ("evidence", models.TextField(blank=True, max_length=2000)),
                (
                    "told",
                    models.TextField(blank=True, max_length=2000, verbose_name="what we tell the provider"),
                ),
                ("by_deadline", models.BooleanField(default=False, verbose_name="put by a missed deadline")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("approved", models.BooleanField(blank=True, null=True)),
                (
                    "decision_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="reason for the decision"),
                ),
                (
                    "overtaken_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="overtaken by another decision"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.contractissue",
                    ),
                ),
                (
                    "to_stage",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.issuestage",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="decided by",
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
                "verbose_name": "historical stage proposal",
                "verbose_name_plural": "historical stage proposals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_2853d0_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StageProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="proposals", to="inspections.contractissue"
                    ),
                ),
                (
                    "to_stage",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="inspections.issuestage"
                    ),
                ),
                ("reason", models.TextField(max_length=2000)),
                ("evidence", models.TextField(blank=True, max_length=2000)),
                (
                    "told",
                    models.TextField(blank=True, max_length=2000, verbose_name="what we tell the provider"),
                ),
                ("by_deadline", models.BooleanField(default=False, verbose_name="put by a missed deadline")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="proposed by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="decided by",
                    ),
                ),
                ("approved", models.BooleanField(blank=True, null=True)),
                (
                    "decision_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="reason for the decision"),
                ),
                (
                    "overtaken_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="overtaken by another decision"),
                ),
            ],
            options={
                "ordering": ["issue", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None), ("overtaken_at", None)),
                        fields=("issue",),
                        name="one_open_proposal_of_an_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_deadline", True), ("proposed_by", None)),
                            models.Q(("by_deadline", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_by_a_person_or_a_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", None), ("decided_at", None), ("decided_by", None)),
                            models.Q(
                                ("approved__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decided_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("proposed_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="moves", to="inspections.contractissue"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="move",
                        to="inspections.stageproposal",
                    ),
                ),
                (
                    "from_stage",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="inspections.issuestage"
                    ),
                ),
                (
                    "to_stage",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="inspections.issuestage"
                    ),
                ),
                ("on", models.DateField(default=qa_portal.core.dates.today)),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="decided by",
                    ),
                ),
                ("by_deadline", models.BooleanField(default=False)),
                ("reason", models.TextField(max_length=2000)),
                ("evidence", models.TextField(blank=True, max_length=2000)),
                (
                    "told",
                    models.TextField(blank=True, max_length=2000, verbose_name="what we tell the provider"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_deadline", True), ("decided_by", None)),
                            models.Q(("by_deadline", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="move_by_a_person_or_a_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_stage", models.F("to_stage")), _negated=True),
                        name="move_to_another_stage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalImprovementPlan",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("round", models.PositiveSmallIntegerField()),
                ("asked_on", models.DateField(verbose_name="asked for on")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="returned at")),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="what is missing"),
                ),
                (
                    "lapsed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ended without an answer at"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.contractissue",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="accepted by",
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
                        verbose_name="returned by",
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
                "verbose_name": "historical improvement plan",
                "verbose_name_plural": "historical improvement plans",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_80cc82_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ImprovementPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="plans", to="inspections.contractissue"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("asked_on", models.DateField(verbose_name="asked for on")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="submitted by",
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="accepted by",
                    ),
                ),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="returned at")),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="returned by",
                    ),
                ),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="what is missing"),
                ),
                (
                    "lapsed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ended without an answer at"),
                ),
            ],
            options={
                "ordering": ["issue", "round"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("issue", "round"), name="plan_round_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at", None), ("submitted_by", None)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_submitted_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_accepted_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("returned_by", None)),
                            models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_returned_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("returned_at", None), _connector="OR"),
                        name="plan_accepted_or_returned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", False),
                            models.Q(("accepted_at", None), ("returned_at", None)),
                            _connector="OR",
                        ),
                        name="plan_judged_once_submitted",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("lapsed_at", None), ("returned_at", None)),
                        fields=("issue",),
                        name="one_open_plan_of_an_issue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPlanStep",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("text", models.TextField(max_length=2000, verbose_name="what will be done")),
                ("owner_role", models.CharField(max_length=120, verbose_name="who is responsible")),
                ("due_on", models.DateField(verbose_name="will be done by")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.improvementplan",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.concern",
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
                "verbose_name": "historical plan step",
                "verbose_name_plural": "historical plan steps",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_6d2811_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="steps", to="inspections.improvementplan"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="steps", to="inspections.concern"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what will be done")),
                ("owner_role", models.CharField(max_length=120, verbose_name="who is responsible")),
                ("due_on", models.DateField(verbose_name="will be done by")),
            ],
            options={
                "ordering": ["plan", "concern__order", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HistoricalIssueNotice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("to_kind", models.CharField(max_length=60, verbose_name="for")),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField(max_length=20000)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "not_needed_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it is not needed"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.contractissue",
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.stagemove",
                    ),
                ),
                (
                    "to_organisation",
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
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="sent by",
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
                "verbose_name": "historical issue notice",
                "verbose_name_plural": "historical issue notices",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_31ee9a_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IssueNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="notices", to="inspections.contractissue"
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="notices", to="inspections.stagemove"
                    ),
                ),
                ("to_kind", models.CharField(max_length=60, verbose_name="for")),
                (
                    "to_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.organisation",
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField(max_length=20000)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="sent by",
                    ),
                ),
                (
                    "not_needed_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it is not needed"),
                ),
            ],
            options={
                "ordering": ["issue", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("move", "to_kind"), name="notice_once_a_move"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("sent_by", None)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_sent_when_and_by",
                    ),
                ],
            },
        ),
    ]
