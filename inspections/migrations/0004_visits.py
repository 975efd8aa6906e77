import uuid

import django.utils.timezone
import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("inspections", "0003_question_sets"), ("providers", "0004_documents")]

    operations = [
        migrations.CreateModel(
            name="Visit",
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
                        on_delete=models.PROTECT, related_name="visits", to="providers.organisation"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="visits",
                        to="providers.provider",
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="visits",
                        to="providers.setting",
                    ),
                ),
                (
                    "service",
                    models.CharField(blank=True, max_length=200, verbose_name="service of the council"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("full", "Full visit"),
                            ("focused", "Focused visit"),
                            ("desktop", "Desktop review"),
                            ("responsive", "Responsive visit"),
                            ("revisit", "Re-visit"),
                        ],
                        max_length=12,
                        verbose_name="kind of visit",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_site", "On site"),
                            ("virtual", "Virtual"),
                            ("hybrid", "Partly on site"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "notice",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("short", "Short notice"),
                            ("unannounced", "Unannounced"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="reason for the visit"),
                ),
                ("planned_on", models.DateField(verbose_name="planned for")),
                (
                    "question_set_version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="visits", to="inspections.questionsetversion"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="lead",
                    ),
                ),
                (
                    "revisit_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="revisits",
                        to="inspections.visit",
                        verbose_name="re-visit of",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("recording", "Being recorded"),
                            ("with_provider", "With the provider"),
                            ("answering", "Comments to answer"),
                            ("sign_off", "Waiting for sign-off"),
                            ("amending", "Returned to the officer"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=15,
                    ),
                ),
                ("visited_on", models.DateField(blank=True, null=True, verbose_name="day of the visit")),
                (
                    "verbal_feedback",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="verbal feedback given on the day"
                    ),
                ),
                (
                    "accuracy_due_on",
                    models.DateField(blank=True, null=True, verbose_name="comments due by the end of"),
                ),
                (
                    "accuracy_ended_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="factual accuracy ended at"
                    ),
                ),
                (
                    "accuracy_end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed as accurate"),
                            ("comments", "Comments sent"),
                            ("lapsed", "No answer by the deadline"),
                        ],
                        max_length=10,
                        verbose_name="how factual accuracy ended",
                    ),
                ),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was returned"),
                ),
                (
                    "cancelled_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was cancelled"),
                ),
                (
                    "held_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why nothing can be shared"),
                ),
                (
                    "held_until_on",
                    models.DateField(blank=True, null=True, verbose_name="nothing can be shared until"),
                ),
                (
                    "arrived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="arrived at"),
                ),
                (
                    "arrived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="arrived",
                    ),
                ),
                (
                    "draft_sent_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="draft sent at"),
                ),
                (
                    "draft_sent_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="draft sent by",
                    ),
                ),
                (
                    "ready_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="sent for sign-off at"
                    ),
                ),
                (
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="sent for sign-off by",
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
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="signed off by",
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
                (
                    "held_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="held at"),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="held by",
                    ),
                ),
                (
                    "narrative_locked_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="narrative locked at"
                    ),
                ),
                (
                    "narrative_locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="narrative locked by",
                    ),
                ),
            ],
            options={
                "ordering": ["planned_on", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["council", "state", "planned_on"], name="visit_programme"),
                    models.Index(fields=["provider", "planned_on"], name="visit_of_provider"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrived_at", None), ("arrived_by", None)),
                            models.Q(("arrived_at__isnull", False), ("arrived_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_arrived_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draft_sent_at", None), ("draft_sent_by", None)),
                            models.Q(("draft_sent_at__isnull", False), ("draft_sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_draft_sent_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ready_at", None), ("ready_by", None)),
                            models.Q(("ready_at__isnull", False), ("ready_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_ready_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("returned_by", None)),
                            models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_returned_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", None)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_published_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at", None), ("cancelled_by", None)),
                            models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_cancelled_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("held_by", None)),
                            models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_held_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("narrative_locked_at", None), ("narrative_locked_by", None)),
                            models.Q(
                                ("narrative_locked_at__isnull", False), ("narrative_locked_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="visit_narrative_locked_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("provider__isnull", False), ("service", "")),
                            models.Q(
                                ("provider", None),
                                ("setting", None),
                                models.Q(("service", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_has_a_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "desktop"), ("mode", "")),
                            models.Q(
                                models.Q(("kind", "desktop"), _negated=True),
                                models.Q(("mode", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_is_somewhere_unless_desktop",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "desktop"), _negated=True),
                            models.Q(("notice", "unannounced"), _negated=True),
                            _connector="OR",
                        ),
                        name="desktop_review_is_announced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accuracy_due_on", None), ("draft_sent_at", None)),
                            models.Q(
                                ("accuracy_due_on__isnull", False),
                                ("draft_sent_at__isnull", False),
                                ("visited_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="visit_draft_has_its_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accuracy_end", ""), ("accuracy_ended_at", None)),
                            models.Q(
                                ("accuracy_ended_at__isnull", False),
                                models.Q(("accuracy_end", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_accuracy_ends_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="visit_published_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            ("cancelled_at__isnull", False),
                            _connector="OR",
                        ),
                        name="visit_cancelled_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalVisit",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("full", "Full visit"),
                            ("focused", "Focused visit"),
                            ("desktop", "Desktop review"),
                            ("responsive", "Responsive visit"),
                            ("revisit", "Re-visit"),
                        ],
                        max_length=12,
                        verbose_name="kind of visit",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_site", "On site"),
                            ("virtual", "Virtual"),
                            ("hybrid", "Partly on site"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "notice",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("short", "Short notice"),
                            ("unannounced", "Unannounced"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="reason for the visit"),
                ),
                ("planned_on", models.DateField(verbose_name="planned for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("recording", "Being recorded"),
                            ("with_provider", "With the provider"),
                            ("answering", "Comments to answer"),
                            ("sign_off", "Waiting for sign-off"),
                            ("amending", "Returned to the officer"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=15,
                    ),
                ),
                ("visited_on", models.DateField(blank=True, null=True, verbose_name="day of the visit")),
                (
                    "verbal_feedback",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="verbal feedback given on the day"
                    ),
                ),
                (
                    "accuracy_due_on",
                    models.DateField(blank=True, null=True, verbose_name="comments due by the end of"),
                ),
                (
                    "accuracy_ended_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="factual accuracy ended at"
                    ),
                ),
                (
                    "accuracy_end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed as accurate"),
                            ("comments", "Comments sent"),
                            ("lapsed", "No answer by the deadline"),
                        ],
                        max_length=10,
                        verbose_name="how factual accuracy ended",
                    ),
                ),
                (
                    "returned_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was returned"),
                ),
                (
                    "cancelled_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was cancelled"),
                ),
                (
                    "held_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why nothing can be shared"),
                ),
                (
                    "held_until_on",
                    models.DateField(blank=True, null=True, verbose_name="nothing can be shared until"),
                ),
                (
                    "arrived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="arrived at"),
                ),
                (
                    "draft_sent_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="draft sent at"),
                ),
                (
                    "ready_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="sent for sign-off at"
                    ),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="returned at"),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="cancelled at"),
                ),
                (
                    "held_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="held at"),
                ),
                (
                    "narrative_locked_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="narrative locked at"
                    ),
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
                    "question_set_version",
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
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="lead",
                    ),
                ),
                (
                    "revisit_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visit",
                        verbose_name="re-visit of",
                    ),
                ),
                (
                    "arrived_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="arrived",
                    ),
                ),
                (
                    "draft_sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="draft sent by",
                    ),
                ),
                (
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="sent for sign-off by",
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
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="signed off by",
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
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="held by",
                    ),
                ),
                (
                    "narrative_locked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="narrative locked by",
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
                "verbose_name": "historical visit",
                "verbose_name_plural": "historical visits",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_b366b3_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalVisitStandard",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visit",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.standard",
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
                "verbose_name": "historical visit standard",
                "verbose_name_plural": "historical visit standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_80c008_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="VisitStandard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "visit",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="scope", to="inspections.visit"),
                ),
                (
                    "standard",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="inspections.standard"),
                ),
            ],
            options={
                "ordering": ["standard__order"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "standard"), name="standard_once_a_visit")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalVisitAssessor",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visit",
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
                "verbose_name": "historical visit assessor",
                "verbose_name_plural": "historical visit assessors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_79c55d_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="VisitAssessor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="assessors", to="inspections.visit"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "membership"), name="assessor_once_a_visit")
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitConcern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="concerns", to="inspections.visit"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what you saw")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "raised_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="HistoricalVisitAnswer",
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
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visit",
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
                "verbose_name": "historical visit answer",
                "verbose_name_plural": "historical visit answers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_0658d0_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="VisitAnswer",
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
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="answers", to="inspections.visit"
                    ),
                ),
            ],
            options={
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
                        name="visitanswer_reason_where_not_graded",
                    ),
                    models.UniqueConstraint(
                        fields=("visit", "question"), name="visit_question_answered_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPeopleSpokenTo",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("young_people", "Children and young people"),
                            ("manager", "Registered manager or deputy"),
                            ("staff", "Staff"),
                            ("family", "Parents and family"),
                            ("professionals", "Social workers and other professionals"),
                        ],
                        max_length=15,
                        verbose_name="who",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="how many")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visit",
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
                "verbose_name": "historical people spoken to",
                "verbose_name_plural": "historical people spoken to",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_8be11c_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PeopleSpokenTo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="people", to="inspections.visit"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("young_people", "Children and young people"),
                            ("manager", "Registered manager or deputy"),
                            ("staff", "Staff"),
                            ("family", "Parents and family"),
                            ("professionals", "Social workers and other professionals"),
                        ],
                        max_length=15,
                        verbose_name="who",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="how many")),
            ],
            options={
                "verbose_name": "people spoken to",
                "verbose_name_plural": "people spoken to",
                "ordering": ["pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "role"), name="people_once_a_role"),
                    models.CheckConstraint(
                        condition=models.Q(("number__lte", 200)), name="people_fit_into_a_house"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalVisitEvidence",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("what", models.CharField(blank=True, max_length=500, verbose_name="what it shows")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visit",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visitanswer",
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
                        fields=["id", "history_id", "history_date"], name="inspections_id_56871d_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="VisitEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="evidence", to="inspections.visit"
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="evidence",
                        to="inspections.visitanswer",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.document"),
                ),
                ("what", models.CharField(blank=True, max_length=500, verbose_name="what it shows")),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "answer", "document"), name="visit_evidence_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None)),
                        fields=("visit", "document"),
                        name="evidence_of_the_whole_visit_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="versions", to="inspections.visit"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("for_provider", "Draft for the provider"),
                            ("for_sign_off", "Draft for sign-off"),
                            ("published", "Published report"),
                        ],
                        max_length=15,
                    ),
                ),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={
                "ordering": ["visit", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "number"), name="report_version_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "published")),
                        fields=("visit",),
                        name="report_published_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAccuracyComment",
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
                ("finding", models.CharField(blank=True, max_length=40, verbose_name="finding")),
                ("remark", models.TextField(max_length=4000, verbose_name="what is not right")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("upheld", "Upheld"), ("rejected", "Not upheld")], max_length=10
                    ),
                ),
                ("decision_reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.visit",
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
                        to="inspections.reportversion",
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
                        verbose_name="evidence",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
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
                "verbose_name": "historical accuracy comment",
                "verbose_name_plural": "historical accuracy comments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_73b190_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="AccuracyComment",
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
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="comments", to="inspections.visit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="comments", to="inspections.reportversion"
                    ),
                ),
                ("finding", models.CharField(blank=True, max_length=40, verbose_name="finding")),
                ("remark", models.TextField(max_length=4000, verbose_name="what is not right")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.document",
                        verbose_name="evidence",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False, on_delete=models.PROTECT, related_name="+", to="providers.membership"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("upheld", "Upheld"), ("rejected", "Not upheld")], max_length=10
                    ),
                ),
                ("decision_reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_withdrawn_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_decided_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decision", ""), ("decision_reason", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comment_decided_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccuracyExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="extensions", to="inspections.visit"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="was")),
                ("to_on", models.DateField(verbose_name="now")),
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
                        name="accuracy_extension_gives_more_time",
                    )
                ],
            },
        ),
    ]
