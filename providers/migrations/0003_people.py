import uuid

import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("providers", "0002_directory")]

    operations = [
        migrations.CreateModel(
            name="Organisation",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Council"),
                            ("provider", "Provider"),
                            ("agency", "Partner agency"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "authority",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="organisation",
                        to="providers.authority",
                    ),
                ),
                (
                    "provider",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="organisation",
                        to="providers.provider",
                    ),
                ),
                (
                    "agency_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("icb", "Integrated care board"),
                            ("police", "Police"),
                            ("lado", "LADO service"),
                            ("virtual_school", "Virtual School"),
                            ("safeguarding", "Safeguarding partnership"),
                            ("young_people", "Young people's group"),
                        ],
                        max_length=20,
                        verbose_name="kind of agency",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("kind"),
                        django.db.models.functions.text.Lower("name"),
                        name="organisation_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agency_kind", ""),
                                ("authority__isnull", False),
                                ("kind", "council"),
                                ("provider", None),
                            ),
                            models.Q(
                                ("agency_kind", ""),
                                ("authority", None),
                                ("kind", "provider"),
                                ("provider__isnull", False),
                            ),
                            models.Q(
                                ("authority", None),
                                ("kind", "agency"),
                                ("provider", None),
                                models.Q(("agency_kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="organisation_is_what_its_kind_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="memberships", to="providers.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="memberships", to="providers.organisation"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("contract_officer", "Contract officer"),
                            ("team_manager", "Team manager"),
                            ("head_of_service", "Head of service"),
                            ("placements_officer", "Placements officer"),
                            ("procurement_officer", "Procurement officer"),
                            ("social_worker", "Social worker or independent reviewing officer"),
                            ("safeguarding_lead", "Designated safeguarding lead or LADO"),
                            ("board_member", "QA board member"),
                            ("board_chair", "QA board chair"),
                            ("scrutiny_reader", "Scrutiny reader"),
                            ("partner_contributor", "Partner contributor"),
                            ("young_researcher", "Young researcher"),
                            ("provider_manager", "Provider manager"),
                            ("provider_contributor", "Provider contributor"),
                            ("council_administrator", "Council administrator"),
                            ("installation_administrator", "Installation administrator"),
                        ],
                        max_length=40,
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
            ],
            options={
                "ordering": ["person__details__full_name", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="membership_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("person", "organisation", "role"),
                        name="one_open_membership_of_a_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Council"),
                            ("provider", "Provider"),
                            ("agency", "Partner agency"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "agency_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("icb", "Integrated care board"),
                            ("police", "Police"),
                            ("lado", "LADO service"),
                            ("virtual_school", "Virtual School"),
                            ("safeguarding", "Safeguarding partnership"),
                            ("young_people", "Young people's group"),
                        ],
                        max_length=20,
                        verbose_name="kind of agency",
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.authority",
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
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_15d056_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPartnership",
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
                    "agency",
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
                "verbose_name": "historical partnership",
                "verbose_name_plural": "historical partnerships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_15298c_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="partnerships", to="providers.organisation"
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
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="partnership_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("agency", "council"),
                        name="one_open_partnership",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalShare",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("visits", "Monitoring visits"),
                            ("ratings", "Ofsted grades"),
                            ("issues", "Contract issues"),
                            ("applications", "Applications to purchasing systems"),
                            ("scorecards", "Scorecards"),
                        ],
                        max_length=20,
                        verbose_name="what is shared",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.organisation",
                        verbose_name="shared by",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.organisation",
                        verbose_name="shared with",
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
                "verbose_name": "historical share",
                "verbose_name_plural": "historical shares",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_a24761_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Share",
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
                    "owner",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="shares_given",
                        to="providers.organisation",
                        verbose_name="shared by",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="shares_received",
                        to="providers.organisation",
                        verbose_name="shared with",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visits", "Monitoring visits"),
                            ("ratings", "Ofsted grades"),
                            ("issues", "Contract issues"),
                            ("applications", "Applications to purchasing systems"),
                            ("scorecards", "Scorecards"),
                        ],
                        max_length=20,
                        verbose_name="what is shared",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
            ],
            options={
                "ordering": ["reader__name", "kind", "-from_on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="share_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("reader")), _negated=True),
                        name="share_with_another_council",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("owner", "reader", "kind"),
                        name="one_open_share_of_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("contract_officer", "Contract officer"),
                            ("team_manager", "Team manager"),
                            ("head_of_service", "Head of service"),
                            ("placements_officer", "Placements officer"),
                            ("procurement_officer", "Procurement officer"),
                            ("social_worker", "Social worker or independent reviewing officer"),
                            ("safeguarding_lead", "Designated safeguarding lead or LADO"),
                            ("board_member", "QA board member"),
                            ("board_chair", "QA board chair"),
                            ("scrutiny_reader", "Scrutiny reader"),
                            ("partner_contributor", "Partner contributor"),
                            ("young_researcher", "Young researcher"),
                            ("provider_manager", "Provider manager"),
                            ("provider_contributor", "Provider contributor"),
                            ("council_administrator", "Council administrator"),
                            ("installation_administrator", "Installation administrator"),
                        ],
                        max_length=40,
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
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
                (
                    "organisation",
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
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_ae6a8d_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="work email address")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="invitations", to="providers.organisation"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("contract_officer", "Contract officer"),
                            ("team_manager", "Team manager"),
                            ("head_of_service", "Head of service"),
                            ("placements_officer", "Placements officer"),
                            ("procurement_officer", "Procurement officer"),
                            ("social_worker", "Social worker or independent reviewing officer"),
                            ("safeguarding_lead", "Designated safeguarding lead or LADO"),
                            ("board_member", "QA board member"),
                            ("board_chair", "QA board chair"),
                            ("scrutiny_reader", "Scrutiny reader"),
                            ("partner_contributor", "Partner contributor"),
                            ("young_researcher", "Young researcher"),
                            ("provider_manager", "Provider manager"),
                            ("provider_contributor", "Provider contributor"),
                            ("council_administrator", "Council administrator"),
                            ("installation_administrator", "Installation administrator"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="providers.membership"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
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
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_withdrawn_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="invitation_ends_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSettingLead",
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
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer from")),
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
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="lead officer",
                    ),
                ),
                (
                    "deputy",
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
                "verbose_name": "historical lead officer",
                "verbose_name_plural": "historical lead officers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_0688d1_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SettingLead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.organisation"
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="leads", to="providers.setting"),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="settings_led",
                        to="providers.membership",
                        verbose_name="lead officer",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="settings_deputised",
                        to="providers.membership",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer from")),
            ],
            options={
                "verbose_name": "lead officer",
                "ordering": ["setting", "-from_on", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="setting_lead_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lead", models.F("deputy")), _negated=True),
                        name="setting_lead_is_not_the_deputy",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("council", "setting"),
                        name="one_lead_of_a_setting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAbsence",
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
                ("from_on", models.DateField(verbose_name="first day away")),
                ("to_on", models.DateField(verbose_name="back on")),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                "verbose_name": "historical absence",
                "verbose_name_plural": "historical absences",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_c255a9_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Absence",
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
                    "membership",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="absences", to="providers.membership"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day away")),
                ("to_on", models.DateField(verbose_name="back on")),
            ],
            options={
                "ordering": ["from_on", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="absence_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondFactorReset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="second_factor_resets", to="providers.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.organisation"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.person")),
                (
                    "by_organisation",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.organisation"
                    ),
                ),
                (
                    "known_by",
                    models.CharField(
                        choices=[
                            ("in_person", "In person, or I know their voice"),
                            ("called_back", "I called them back"),
                        ],
                        max_length=20,
                        verbose_name="how you know who asked",
                    ),
                ),
                (
                    "number_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract", "The contract or application file"),
                            ("register", "Ofsted's register or report"),
                            ("switchboard", "The organisation's published number"),
                        ],
                        max_length=20,
                        verbose_name="where the number came from",
                    ),
                ),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="when you called")),
                ("note", models.TextField(max_length=1000, verbose_name="what was said")),
            ],
            options={
                "ordering": ["-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_at__isnull", False),
                                ("known_by", "called_back"),
                                models.Q(("number_from", ""), _negated=True),
                            ),
                            models.Q(("called_at", None), ("known_by", "in_person"), ("number_from", "")),
                            _connector="OR",
                        ),
                        name="call_back_is_recorded",
                    )
                ],
            },
        ),
    ]
