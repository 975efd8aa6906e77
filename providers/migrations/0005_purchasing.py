import uuid

import django.core.validators
import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("providers", "0004_documents")]

    operations = [
        migrations.CreateModel(
            name="PurchasingSystem",
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
                        on_delete=models.PROTECT,
                        related_name="purchasing_systems",
                        to="providers.organisation",
                        verbose_name="owner council",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "reference",
                    models.CharField(
                        max_length=12,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[A-Z][A-Z0-9]{1,11}$")],
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("dps", "PCR 2015 dynamic purchasing system"),
                            ("light_touch_dps", "PCR 2015 light-touch (flexible) system"),
                            ("dynamic_market", "PA 2023 dynamic market"),
                            ("open_framework", "PA 2023 open framework"),
                            ("light_touch_framework", "PA 2023 light-touch framework"),
                            ("block", "Block contract"),
                            ("spot", "Spot purchase"),
                        ],
                        max_length=30,
                        verbose_name="legal regime",
                    ),
                ),
                ("external_reference", models.CharField(blank=True, max_length=60)),
                ("about", models.TextField(blank=True, verbose_name="what it is for")),
                ("opens_on", models.DateField(verbose_name="first day for applications")),
                (
                    "closes_on",
                    models.DateField(blank=True, null=True, verbose_name="last day for applications"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="system ends on")),
                (
                    "completeness_days",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="working days to check completeness"
                    ),
                ),
                (
                    "decision_days",
                    models.PositiveSmallIntegerField(default=10, verbose_name="working days to decide"),
                ),
                (
                    "clarification_days",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="working days to answer a question"
                    ),
                ),
                (
                    "reconsideration_days",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="working days to ask for reconsideration"
                    ),
                ),
                (
                    "pause_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="working days between outcome and effect"
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
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
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "name"), name="purchasing_system_name_once_a_council"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on", None), ("closes_on__gte", models.F("opens_on")), _connector="OR"
                        ),
                        name="purchasing_system_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", None)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="purchasing_system_published_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("clarification_days__gte", 1),
                            ("completeness_days__gte", 1),
                            ("decision_days__gte", 1),
                        ),
                        name="purchasing_system_limits_are_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
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
                    "system",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="lots", to="providers.purchasingsystem"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=200)),
                (
                    "provision_type",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.provisiontype"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 Self-contained"),
                            ("2", "2 Shared or group, looked-after children and care leavers only"),
                            ("3", "3 Shared or group, not limited to them"),
                            ("4", "4 Supported lodgings"),
                        ],
                        max_length=1,
                        verbose_name="supported accommodation category",
                    ),
                ),
            ],
            options={
                "ordering": ["system", "code"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("system", "code"), name="lot_code_once_a_system")
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionsVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="conditions", to="providers.purchasingsystem"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="conditions for membership")),
                ("from_on", models.DateField(verbose_name="in force from")),
            ],
            options={
                "verbose_name": "conditions version",
                "ordering": ["system", "-number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("system", "number"), name="conditions_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
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
                    "provider",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="applications", to="providers.provider"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="applications", to="providers.purchasingsystem"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Being considered"),
                            ("concluded", "Decided"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "conditions",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.conditionsversion",
                    ),
                ),
                (
                    "platform_supplier_id",
                    models.CharField(blank=True, max_length=60, verbose_name="central platform supplier id"),
                ),
                (
                    "platform_share_code",
                    models.CharField(blank=True, max_length=60, verbose_name="central platform share code"),
                ),
                ("started_at", models.DateTimeField()),
                (
                    "started_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                ("withdrawn_because", models.TextField(blank=True, verbose_name="why it was withdrawn")),
                (
                    "concluded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="letters issued at"),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "number"), name="application_number_once_a_system"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("system", "provider"),
                        name="one_draft_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at", None), ("submitted_by", None)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_submitted_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_withdrawn_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_at", None)),
                            models.Q(("state__in", ["submitted", "lapsed"]), ("submitted_at__isnull", False)),
                            models.Q(("concluded_at__isnull", False), ("state", "concluded")),
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_state_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationLot",
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
                    "application",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="lots", to="providers.application"
                    ),
                ),
                ("lot", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.lot")),
            ],
            options={
                "verbose_name": "lot applied for",
                "ordering": ["application", "lot__code"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "lot"), name="lot_once_an_application")
                ],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "application_lot",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="exemptions", to="providers.applicationlot"
                    ),
                ),
                ("reason", models.TextField()),
                ("covers", models.JSONField(default=list, verbose_name="obstacles it covers")),
                ("expires_on", models.DateField()),
                (
                    "approved_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("approved_on", models.DateField()),
            ],
            options={
                "ordering": ["application_lot", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LotDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "application_lot",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="decisions", to="providers.applicationlot"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("approved_with_conditions", "Approved with conditions"),
                            ("deferred", "Deferred"),
                            ("rejected", "Not approved"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        max_length=30,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("words", models.TextField(blank=True, verbose_name="reasons in words")),
                (
                    "exclusion_reason",
                    models.TextField(blank=True, verbose_name="why an excludable supplier is approved"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("decided_on", models.DateField()),
                ("effective_on", models.DateField(null=True, verbose_name="in effect from")),
                (
                    "conditions",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.conditionsversion",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="providers.exemption"
                    ),
                ),
                ("basis", models.JSONField(verbose_name="what it rested on")),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="superseded_by",
                        to="providers.lotdecision",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "ordering": ["application_lot", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes", None)),
                        fields=("application_lot",),
                        name="first_decision_once_a_lot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "approved"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="decision_gives_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ["approved", "approved_with_conditions"]), _negated=True
                            ),
                            ("effective_on__isnull", False),
                            _connector="OR",
                        ),
                        name="approval_has_first_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotMembership",
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
                    "provider",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="lot_memberships", to="providers.provider"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="memberships", to="providers.lot"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="memberships", to="providers.lotdecision"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="on the lot from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer from")),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resigned", "Provider left"),
                            ("removed", "Removed by the council"),
                            ("lapsed", "Not renewed"),
                            ("merged", "Merged into another provider"),
                            ("system_ended", "The system ended"),
                        ],
                        max_length=20,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "verify_again_on",
                    models.DateField(blank=True, null=True, verbose_name="to be verified again on"),
                ),
            ],
            options={
                "verbose_name": "place on a lot",
                "verbose_name_plural": "places on lots",
                "ordering": ["lot", "provider__name", "-from_on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="lot_membership_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)), fields=("provider", "lot"), name="on_a_lot_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_because", ""), ("to_on", None)),
                            models.Q(
                                ("to_on__isnull", False), models.Q(("ended_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="lot_membership_end_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPurchasingSystem",
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
                ("name", models.CharField(max_length=200)),
                (
                    "reference",
                    models.CharField(
                        max_length=12,
                        validators=[django.core.validators.RegexValidator("^[A-Z][A-Z0-9]{1,11}$")],
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("dps", "PCR 2015 dynamic purchasing system"),
                            ("light_touch_dps", "PCR 2015 light-touch (flexible) system"),
                            ("dynamic_market", "PA 2023 dynamic market"),
                            ("open_framework", "PA 2023 open framework"),
                            ("light_touch_framework", "PA 2023 light-touch framework"),
                            ("block", "Block contract"),
                            ("spot", "Spot purchase"),
                        ],
                        max_length=30,
                        verbose_name="legal regime",
                    ),
                ),
                ("external_reference", models.CharField(blank=True, max_length=60)),
                ("about", models.TextField(blank=True, verbose_name="what it is for")),
                ("opens_on", models.DateField(verbose_name="first day for applications")),
                (
                    "closes_on",
                    models.DateField(blank=True, null=True, verbose_name="last day for applications"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="system ends on")),
                (
                    "completeness_days",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="working days to check completeness"
                    ),
                ),
                (
                    "decision_days",
                    models.PositiveSmallIntegerField(default=10, verbose_name="working days to decide"),
                ),
                (
                    "clarification_days",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="working days to answer a question"
                    ),
                ),
                (
                    "reconsideration_days",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="working days to ask for reconsideration"
                    ),
                ),
                (
                    "pause_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="working days between outcome and effect"
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
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
                        verbose_name="owner council",
                    ),
                ),
                (
                    "published_by",
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
                "verbose_name": "historical purchasing system",
                "verbose_name_plural": "historical purchasing systems",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_10bdfd_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSystemParticipant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "system",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.purchasingsystem",
                    ),
                ),
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
                "verbose_name": "historical participating council",
                "verbose_name_plural": "historical participating councils",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_d32ac5_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SystemParticipant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="participants", to="providers.purchasingsystem"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.organisation"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
            ],
            options={
                "verbose_name": "participating council",
                "ordering": ["council__name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="participant_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("system", "council"),
                        name="participant_once_a_system",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConditionsVersion",
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
                ("text", models.TextField(verbose_name="conditions for membership")),
                ("from_on", models.DateField(verbose_name="in force from")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "system",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.purchasingsystem",
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
                "verbose_name": "historical conditions version",
                "verbose_name_plural": "historical conditions versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_ed95f5_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLot",
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
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=200)),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 Self-contained"),
                            ("2", "2 Shared or group, looked-after children and care leavers only"),
                            ("3", "3 Shared or group, not limited to them"),
                            ("4", "4 Supported lodgings"),
                        ],
                        max_length=1,
                        verbose_name="supported accommodation category",
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "system",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.purchasingsystem",
                    ),
                ),
                (
                    "provision_type",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.provisiontype",
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
                "verbose_name": "historical lot",
                "verbose_name_plural": "historical lots",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_13dc0d_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRequiredDocument",
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
                            ("employers_liability", "Employers’ liability insurance"),
                            ("public_liability", "Public liability insurance"),
                            ("professional_indemnity", "Professional indemnity insurance"),
                            ("cyber", "Cyber insurance"),
                            ("ofsted_certificate", "Ofsted registration certificate"),
                            ("statement_of_purpose", "Statement of purpose"),
                            ("safeguarding_policy", "Safeguarding policy"),
                            ("missing_policy", "Missing from care policy"),
                            ("behaviour_policy", "Behaviour policy"),
                            ("complaints_policy", "Complaints policy"),
                            ("whistleblowing_policy", "Whistleblowing policy"),
                            ("safer_recruitment_policy", "Safer recruitment and DBS policy"),
                            ("other_policy", "Another policy"),
                            ("ico", "ICO registration"),
                            ("accounts", "Accounts"),
                            ("reference", "Reference"),
                            ("business_continuity", "Business continuity plan"),
                            ("childrens_guide", "Children’s guide"),
                            ("location_assessment", "Location assessment"),
                            ("staffing", "Staffing list and qualifications"),
                            ("training", "Training matrix"),
                            ("ofsted_report", "Ofsted report"),
                            ("reg_44", "Regulation 44 report"),
                            ("reg_45", "Regulation 45 review"),
                            ("report", "Another report"),
                            ("photograph", "Photograph"),
                            ("evidence", "Evidence"),
                            ("letter", "Letter"),
                            ("other", "Something else"),
                        ],
                        max_length=30,
                        verbose_name="kind of document",
                    ),
                ),
                (
                    "minimum_cover",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="minimum cover in pounds"
                    ),
                ),
                ("is_compulsory", models.BooleanField(default=True, verbose_name="must be sent")),
                (
                    "valid_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="counts for months"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.lot",
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
                "verbose_name": "historical required document",
                "verbose_name_plural": "historical required documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_3498bd_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RequiredDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="required_documents", to="providers.lot"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("employers_liability", "Employers’ liability insurance"),
                            ("public_liability", "Public liability insurance"),
                            ("professional_indemnity", "Professional indemnity insurance"),
                            ("cyber", "Cyber insurance"),
                            ("ofsted_certificate", "Ofsted registration certificate"),
                            ("statement_of_purpose", "Statement of purpose"),
                            ("safeguarding_policy", "Safeguarding policy"),
                            ("missing_policy", "Missing from care policy"),
                            ("behaviour_policy", "Behaviour policy"),
                            ("complaints_policy", "Complaints policy"),
                            ("whistleblowing_policy", "Whistleblowing policy"),
                            ("safer_recruitment_policy", "Safer recruitment and DBS policy"),
                            ("other_policy", "Another policy"),
                            ("ico", "ICO registration"),
                            ("accounts", "Accounts"),
                            ("reference", "Reference"),
                            ("business_continuity", "Business continuity plan"),
                            ("childrens_guide", "Children’s guide"),
                            ("location_assessment", "Location assessment"),
                            ("staffing", "Staffing list and qualifications"),
                            ("training", "Training matrix"),
                            ("ofsted_report", "Ofsted report"),
                            ("reg_44", "Regulation 44 report"),
                            ("reg_45", "Regulation 45 review"),
                            ("report", "Another report"),
                            ("photograph", "Photograph"),
                            ("evidence", "Evidence"),
                            ("letter", "Letter"),
                            ("other", "Something else"),
                        ],
                        max_length=30,
                        verbose_name="kind of document",
                    ),
                ),
                (
                    "minimum_cover",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="minimum cover in pounds"
                    ),
                ),
                ("is_compulsory", models.BooleanField(default=True, verbose_name="must be sent")),
                (
                    "valid_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="counts for months"),
                ),
            ],
            options={
                "ordering": ["lot", "-is_compulsory", "kind"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("lot", "kind"), name="document_kind_once_a_lot")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalApplication",
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
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Being considered"),
                            ("concluded", "Decided"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "platform_supplier_id",
                    models.CharField(blank=True, max_length=60, verbose_name="central platform supplier id"),
                ),
                (
                    "platform_share_code",
                    models.CharField(blank=True, max_length=60, verbose_name="central platform share code"),
                ),
                ("started_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.TextField(blank=True, verbose_name="why it was withdrawn")),
                (
                    "concluded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="letters issued at"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                    "system",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.purchasingsystem",
                    ),
                ),
                (
                    "conditions",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.conditionsversion",
                    ),
                ),
                (
                    "started_by",
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
                    "submitted_by",
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
                    "withdrawn_by",
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
                "verbose_name": "historical application",
                "verbose_name_plural": "historical applications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_d71bfe_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SentCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="sent_copy", to="providers.application"
                    ),
                ),
                ("content", models.JSONField()),
            ],
            options={"verbose_name_plural": "sent copies"},
        ),
        migrations.CreateModel(
            name="HistoricalApplicationLot",
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
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.application",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.lot",
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
                "verbose_name": "historical lot applied for",
                "verbose_name_plural": "historical lot applied fors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_022e7d_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalApplicationLotSetting",
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
                    "application_lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.applicationlot",
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
                "verbose_name": "historical setting offered",
                "verbose_name_plural": "historical setting offereds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_32ed4b_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ApplicationLotSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "application_lot",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="settings", to="providers.applicationlot"
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.setting"),
                ),
            ],
            options={
                "verbose_name": "setting offered",
                "ordering": ["application_lot", "setting__urn"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("application_lot", "setting"), name="setting_once_a_lot")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalApplicationDocument",
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.application",
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
                "verbose_name": "historical document sent",
                "verbose_name_plural": "historical document sents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_2ccdd9_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ApplicationDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="documents", to="providers.application"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.document"),
                ),
            ],
            options={
                "verbose_name": "document sent",
                "ordering": ["application", "document__kind", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "document"), name="document_once_an_application"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDeclaration",
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
                    "question",
                    models.CharField(
                        choices=[
                            ("ground", "Does a mandatory or discretionary exclusion ground apply?"),
                            ("debarred", "Is anyone listed above on the debarment list?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.BooleanField(verbose_name="yes")),
                ("detail", models.TextField(blank=True, verbose_name="what happened and what was put right")),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.application",
                    ),
                ),
                (
                    "declared_by",
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
                "verbose_name": "historical declaration",
                "verbose_name_plural": "historical declarations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_f403b9_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="declarations", to="providers.application"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("ground", "Does a mandatory or discretionary exclusion ground apply?"),
                            ("debarred", "Is anyone listed above on the debarment list?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.BooleanField(verbose_name="yes")),
                ("detail", models.TextField(blank=True, verbose_name="what happened and what was put right")),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declared_by",
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
                "ordering": ["application", "-question"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "question"), name="declaration_once_an_application"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", False), models.Q(("detail", ""), _negated=True), _connector="OR"
                        ),
                        name="declared_ground_is_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declared_at", None), ("declared_by", None)),
                            models.Q(("declared_at__isnull", False), ("declared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="declaration_declared_when_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalClarification",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("question", models.TextField(verbose_name="what is asked")),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField(verbose_name="answer due on")),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed without an answer at"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.application",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.applicationlot",
                    ),
                ),
                (
                    "asked_by",
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
                "verbose_name": "historical clarification",
                "verbose_name_plural": "historical clarifications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_9f6851_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Clarification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="clarifications", to="providers.application"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="clarifications",
                        to="providers.applicationlot",
                    ),
                ),
                ("question", models.TextField(verbose_name="what is asked")),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("due_on", models.DateField(verbose_name="answer due on")),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed without an answer at"),
                ),
            ],
            options={
                "ordering": ["application", "asked_at", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clarification_answered_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at", None), ("answered_at", None), _connector="OR"),
                        name="clarification_ends_in_one_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExclusionAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="exclusion_assessments",
                        to="providers.application",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("no_ground", "No ground found"),
                            (
                                "self_cleaned",
                                "Self-cleaned: a ground applies and is not likely to occur again",
                            ),
                            ("excludable", "Excludable: a discretionary ground applies (Schedule 7)"),
                            ("excluded", "Excluded: a mandatory ground applies (Schedule 6)"),
                            ("listed_discretionary", "On the debarment list for a discretionary ground"),
                            ("listed_mandatory", "On the debarment list for a mandatory ground"),
                        ],
                        max_length=24,
                    ),
                ),
                ("grounds", models.TextField(blank=True, verbose_name="which grounds, and of whom")),
                ("reason", models.TextField(blank=True, verbose_name="reasons")),
                ("list_looked_on", models.DateField(verbose_name="debarment list looked at on")),
                ("list_finding", models.TextField(verbose_name="what the debarment list said")),
                ("review_on", models.DateField(verbose_name="to be reviewed on")),
                ("declared", models.JSONField(verbose_name="declarations it rests on")),
                ("assessed_at", models.DateTimeField()),
                (
                    "assessed_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
            ],
            options={
                "ordering": ["application", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "no_ground"),
                            models.Q(
                                models.Q(("grounds", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assessed_ground_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("list_finding", ""), _negated=True),
                        name="debarment_list_finding_is_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLotCheck",
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
                            ("completeness", "Completeness"),
                            ("ofsted", "Ofsted registration and grade"),
                            ("insurance", "Insurance"),
                            ("safeguarding", "Safeguarding"),
                            ("references", "References"),
                            ("exclusion", "Exclusion and debarment"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("passed", "Passed"),
                            ("failed", "Failed"),
                            ("unclear", "Needs clarification"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("checked_on", models.DateField()),
                (
                    "regulator_statuses",
                    models.JSONField(blank=True, null=True, verbose_name="regulator statuses as seen"),
                ),
                (
                    "excludes_abuse",
                    models.BooleanField(blank=True, null=True, verbose_name="the policy excludes abuse"),
                ),
                (
                    "has_inner_limit",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the policy has an inner limit for abuse"
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "application_lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.applicationlot",
                    ),
                ),
                (
                    "checked_by",
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
                    "evidence",
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
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.exclusionassessment",
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
                "verbose_name": "historical check",
                "verbose_name_plural": "historical checks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_620da5_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LotCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "application_lot",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="checks", to="providers.applicationlot"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("completeness", "Completeness"),
                            ("ofsted", "Ofsted registration and grade"),
                            ("insurance", "Insurance"),
                            ("safeguarding", "Safeguarding"),
                            ("references", "References"),
                            ("exclusion", "Exclusion and debarment"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("passed", "Passed"),
                            ("failed", "Failed"),
                            ("unclear", "Needs clarification"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "checked_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("checked_on", models.DateField()),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.document",
                    ),
                ),
                (
                    "regulator_statuses",
                    models.JSONField(blank=True, null=True, verbose_name="regulator statuses as seen"),
                ),
                (
                    "excludes_abuse",
                    models.BooleanField(blank=True, null=True, verbose_name="the policy excludes abuse"),
                ),
                (
                    "has_inner_limit",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the policy has an inner limit for abuse"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="checks",
                        to="providers.exclusionassessment",
                    ),
                ),
            ],
            options={
                "verbose_name": "check",
                "ordering": ["application_lot", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "passed"), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="check_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "exclusion"), _negated=True),
                            ("outcome", "unclear"),
                            ("assessment__isnull", False),
                            _connector="OR",
                        ),
                        name="exclusion_check_has_its_assessment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalExemption",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("reason", models.TextField()),
                ("covers", models.JSONField(default=list, verbose_name="obstacles it covers")),
                ("expires_on", models.DateField()),
                ("approved_on", models.DateField()),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "application_lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.applicationlot",
                    ),
                ),
                (
                    "approved_by",
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
                "verbose_name": "historical exemption",
                "verbose_name_plural": "historical exemptions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_5b77ad_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDecisionCondition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("text", models.TextField(verbose_name="condition")),
                ("due_on", models.DateField()),
                ("met_on", models.DateField(blank=True, null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.lotdecision",
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
                "verbose_name": "historical decision condition",
                "verbose_name_plural": "historical decision conditions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_26f9a7_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DecisionCondition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="approval_conditions",
                        to="providers.lotdecision",
                    ),
                ),
                ("text", models.TextField(verbose_name="condition")),
                ("due_on", models.DateField()),
                ("met_on", models.DateField(blank=True, null=True)),
            ],
            options={"ordering": ["decision", "due_on"], "abstract": False, "base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="HistoricalReconsideration",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("grounds", models.TextField()),
                ("requested_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(blank=True, verbose_name="reasons of the answer")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.lotdecision",
                    ),
                ),
                (
                    "requested_by",
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
                    "decided_by",
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
                    "new_decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.lotdecision",
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
                "verbose_name": "historical reconsideration",
                "verbose_name_plural": "historical reconsiderations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_cf7af1_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Reconsideration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="reconsideration", to="providers.lotdecision"
                    ),
                ),
                ("grounds", models.TextField()),
                ("requested_at", models.DateTimeField()),
                (
                    "requested_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
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
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="reasons of the answer")),
                (
                    "new_decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="reached_by",
                        to="providers.lotdecision",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reconsideration_decided_when_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLotMembership",
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
                ("from_on", models.DateField(verbose_name="on the lot from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer from")),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resigned", "Provider left"),
                            ("removed", "Removed by the council"),
                            ("lapsed", "Not renewed"),
                            ("merged", "Merged into another provider"),
                            ("system_ended", "The system ended"),
                        ],
                        max_length=20,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "verify_again_on",
                    models.DateField(blank=True, null=True, verbose_name="to be verified again on"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.lot",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.lotdecision",
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
                "verbose_name": "historical place on a lot",
                "verbose_name_plural": "historical places on lots",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_659743_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
