import uuid

import django.core.validators
import django.db.models.functions.text
import simple_history.models
from django.db import migrations, models

import providers.directory.fields
from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    # The tables of other apps are altered while there are few of ours: each change goes over all related models.
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("providers", "0001_accounts"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("usersessions", "0001_initial"),
        ("viewflow", "0015_task_scheduled"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalAuthority",
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
                ("name", models.CharField(max_length=100)),
                ("council_name", models.CharField(max_length=120, verbose_name="name of the council")),
                (
                    "ons_code",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        null=True,
                        validators=[django.core.validators.RegexValidator("^E\\d{8}$")],
                        verbose_name="ONS code",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=40)),
                (
                    "colour",
                    models.CharField(
                        default="#1f4e5f",
                        help_text="Shown behind white text at the top of every page.",
                        max_length=7,
                        validators=[django.core.validators.RegexValidator("^#[0-9a-f]{6}$")],
                    ),
                ),
                ("started_on", models.DateField(default="1974-04-01", verbose_name="first day")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="day it ended")),
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
                "verbose_name": "historical authority",
                "verbose_name_plural": "historical authorities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_a6527f_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("council_name", models.CharField(max_length=120, verbose_name="name of the council")),
                (
                    "ons_code",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        null=True,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^E\\d{8}$")],
                        verbose_name="ONS code",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=40)),
                (
                    "colour",
                    models.CharField(
                        default="#1f4e5f",
                        help_text="Shown behind white text at the top of every page.",
                        max_length=7,
                        validators=[django.core.validators.RegexValidator("^#[0-9a-f]{6}$")],
                    ),
                ),
                ("started_on", models.DateField(default="1974-04-01", verbose_name="first day")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="day it ended")),
            ],
            options={
                "verbose_name_plural": "authorities",
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="authority_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gt", models.F("started_on")), _connector="OR"
                        ),
                        name="authority_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAuthoritySuccession",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("on", models.DateField(verbose_name="day of the change")),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "predecessor",
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
                    "successor",
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
                "verbose_name": "historical authority succession",
                "verbose_name_plural": "historical authority successions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_dc0bc6_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="AuthoritySuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="successions", to="providers.authority"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="inheritances", to="providers.authority"
                    ),
                ),
                ("on", models.DateField(verbose_name="day of the change")),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_between_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalGradeScale",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("headline", models.CharField(blank=True, max_length=60)),
                ("sets_rating", models.BooleanField(default=False)),
                ("limiting", models.BooleanField(default=False, verbose_name="has limiting judgements")),
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
                "verbose_name": "historical grade scale",
                "verbose_name_plural": "historical grade scales",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_60017c_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="GradeScale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("headline", models.CharField(blank=True, max_length=60)),
                ("sets_rating", models.BooleanField(default=False)),
                ("limiting", models.BooleanField(default=False, verbose_name="has limiting judgements")),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="gradescale_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="gradescale_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)), fields=("code",), name="gradescale_one_open_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalScaleJudgement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                "verbose_name": "historical scale judgement",
                "verbose_name_plural": "historical scale judgements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_a08026_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ScaleJudgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="judgements", to="providers.gradescale"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["order"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("scale", "code"), name="judgement_once_a_scale")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalGrade",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=200)),
                ("also_written", models.CharField(blank=True, max_length=200)),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("is_worst", models.BooleanField(default=False, verbose_name="the worst of its scale")),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                "verbose_name": "historical grade",
                "verbose_name_plural": "historical grades",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_2c1dd9_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="grades", to="providers.gradescale"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=200)),
                ("also_written", models.CharField(blank=True, max_length=200)),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("is_worst", models.BooleanField(default=False, verbose_name="the worst of its scale")),
            ],
            options={
                "ordering": ["scale", "rank"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("scale", "code"), name="grade_once_a_scale")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProvisionType",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("ofsted_name", models.CharField(max_length=200, verbose_name="as Ofsted's files name it")),
                (
                    "inspected_at",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("establishment", "Establishment"),
                            ("provider", "Provider"),
                            ("school", "School"),
                        ],
                        max_length=20,
                    ),
                ),
                ("framework", models.CharField(blank=True, max_length=40)),
                ("address_withheld", models.BooleanField(default=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                "verbose_name": "historical provision type",
                "verbose_name_plural": "historical provision types",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_9f04eb_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProvisionType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("ofsted_name", models.CharField(max_length=200, verbose_name="as Ofsted's files name it")),
                (
                    "inspected_at",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("establishment", "Establishment"),
                            ("provider", "Provider"),
                            ("school", "School"),
                        ],
                        max_length=20,
                    ),
                ),
                ("framework", models.CharField(blank=True, max_length=40)),
                (
                    "scale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="provision_types",
                        to="providers.gradescale",
                    ),
                ),
                ("address_withheld", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="provisiontype_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="provisiontype_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("code",),
                        name="provisiontype_one_open_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRegistrationState",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("ofsted_name", models.CharField(max_length=200, verbose_name="as Ofsted's files name it")),
                ("is_open", models.BooleanField(default=False, verbose_name="the service may run")),
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
                "verbose_name": "historical registration state",
                "verbose_name_plural": "historical registration states",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_3574ac_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RegistrationState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("ofsted_name", models.CharField(max_length=200, verbose_name="as Ofsted's files name it")),
                ("is_open", models.BooleanField(default=False, verbose_name="the service may run")),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="registrationstate_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="registrationstate_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("code",),
                        name="registrationstate_one_open_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInspectionType",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("regime", models.CharField(blank=True, max_length=40)),
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
                "verbose_name": "historical inspection type",
                "verbose_name_plural": "historical inspection types",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_db04e4_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="InspectionType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("regime", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="inspectiontype_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="inspectiontype_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("code",),
                        name="inspectiontype_one_open_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEnforcementType",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("starts_a_case", models.BooleanField(default=False)),
                ("review_weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
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
                "verbose_name": "historical enforcement type",
                "verbose_name_plural": "historical enforcement types",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_1de53f_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="EnforcementType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("starts_a_case", models.BooleanField(default=False)),
                ("review_weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="enforcementtype_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="enforcementtype_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("code",),
                        name="enforcementtype_one_open_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalForum",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
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
                "verbose_name": "historical forum",
                "verbose_name_plural": "historical forums",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_a7c5ac_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Forum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="forum_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="forum_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)), fields=("code",), name="forum_one_open_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgencyKind",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
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
                "verbose_name": "historical agency kind",
                "verbose_name_plural": "historical agency kinds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_8a53da_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="AgencyKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="agencykind_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="agencykind_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)), fields=("code",), name="agencykind_one_open_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalClock",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("working_days", "working days"),
                            ("days", "calendar days"),
                            ("weeks", "weeks"),
                            ("months", "months"),
                        ],
                        max_length=20,
                    ),
                ),
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
                "verbose_name": "historical clock",
                "verbose_name_plural": "historical clocks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_1fe152_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.CharField(max_length=600)),
                ("label", models.CharField(max_length=200)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in force from")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("working_days", "working days"),
                            ("days", "calendar days"),
                            ("weeks", "weeks"),
                            ("months", "months"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["order", "label"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="clock_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("code", "from_on"), name="clock_starts_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)), fields=("code",), name="clock_one_open_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProviderGroup",
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
                "verbose_name": "historical provider group",
                "verbose_name_plural": "historical provider groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_aa25e3_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProviderGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="provider_group_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProvider",
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
                ("name_key", providers.directory.fields.NameKeyField(editable=False, max_length=600)),
                (
                    "company_number",
                    models.CharField(
                        blank=True,
                        max_length=8,
                        validators=[django.core.validators.RegexValidator("^([A-Z]{2}\\d{6}|\\d{8})$")],
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.providergroup",
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
                "verbose_name": "historical provider",
                "verbose_name_plural": "historical providers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_36fe50_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "name_key",
                    providers.directory.fields.NameKeyField(editable=False, max_length=600, unique=True),
                ),
                (
                    "company_number",
                    models.CharField(
                        blank=True,
                        max_length=8,
                        validators=[django.core.validators.RegexValidator("^([A-Z]{2}\\d{6}|\\d{8})$")],
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="providers",
                        to="providers.providergroup",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("company_number", ""), _negated=True),
                        fields=("company_number",),
                        name="company_number_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProviderMerger",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("on", models.DateField(verbose_name="confirmed on")),
                ("reason", models.TextField()),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "merged",
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
                    "into",
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
                "verbose_name": "historical provider merger",
                "verbose_name_plural": "historical provider mergers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_27b7ae_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProviderMerger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "merged",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="merger", to="providers.provider"
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="mergers", to="providers.provider"
                    ),
                ),
                ("on", models.DateField(verbose_name="confirmed on")),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("merged", models.F("into")), _negated=True),
                        name="merger_of_two_providers",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSetting",
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
                ("urn", models.CharField(max_length=20, verbose_name="URN")),
                (
                    "regulator",
                    models.CharField(
                        choices=[
                            ("ofsted", "Ofsted"),
                            ("cqc", "Care Quality Commission"),
                            ("scotland", "Care Inspectorate (Scotland)"),
                            ("wales", "Care Inspectorate Wales"),
                        ],
                        default="ofsted",
                        max_length=10,
                    ),
                ),
                (
                    "education_urn",
                    models.CharField(blank=True, max_length=200, verbose_name="linked education URN"),
                ),
                ("registered_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("sector", models.CharField(blank=True, max_length=200)),
                ("places", models.PositiveIntegerField(blank=True, null=True)),
                ("premises_count", models.PositiveIntegerField(blank=True, null=True)),
                ("short_break_only", models.BooleanField(default=False)),
                ("multi_building", models.BooleanField(default=False)),
                ("conditions", models.TextField(blank=True)),
                (
                    "ofsted_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name as published"),
                ),
                ("ofsted_address", models.TextField(blank=True, verbose_name="address as published")),
                (
                    "ofsted_postcode",
                    models.CharField(blank=True, max_length=200, verbose_name="postcode as published"),
                ),
                ("working_name", models.CharField(blank=True, max_length=200)),
                ("working_address", models.TextField(blank=True)),
                ("working_postcode", models.CharField(blank=True, max_length=10)),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                (
                    "registration_state",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.registrationstate",
                    ),
                ),
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
                        verbose_name="host authority",
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
                "verbose_name": "historical setting",
                "verbose_name_plural": "historical settings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_12a729_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("urn", models.CharField(max_length=20, unique=True, verbose_name="URN")),
                (
                    "regulator",
                    models.CharField(
                        choices=[
                            ("ofsted", "Ofsted"),
                            ("cqc", "Care Quality Commission"),
                            ("scotland", "Care Inspectorate (Scotland)"),
                            ("wales", "Care Inspectorate Wales"),
                        ],
                        default="ofsted",
                        max_length=10,
                    ),
                ),
                (
                    "education_urn",
                    models.CharField(blank=True, max_length=200, verbose_name="linked education URN"),
                ),
                (
                    "provision_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="settings",
                        to="providers.provisiontype",
                    ),
                ),
                (
                    "registration_state",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="settings",
                        to="providers.registrationstate",
                    ),
                ),
                ("registered_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="settings",
                        to="providers.authority",
                        verbose_name="host authority",
                    ),
                ),
                ("sector", models.CharField(blank=True, max_length=200)),
                ("places", models.PositiveIntegerField(blank=True, null=True)),
                ("premises_count", models.PositiveIntegerField(blank=True, null=True)),
                ("short_break_only", models.BooleanField(default=False)),
                ("multi_building", models.BooleanField(default=False)),
                ("conditions", models.TextField(blank=True)),
                (
                    "ofsted_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name as published"),
                ),
                ("ofsted_address", models.TextField(blank=True, verbose_name="address as published")),
                (
                    "ofsted_postcode",
                    models.CharField(blank=True, max_length=200, verbose_name="postcode as published"),
                ),
                ("working_name", models.CharField(blank=True, max_length=200)),
                ("working_address", models.TextField(blank=True)),
                ("working_postcode", models.CharField(blank=True, max_length=10)),
            ],
            options={"ordering": ["urn"], "abstract": False, "base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="HistoricalSettingOwnership",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("from_on", models.DateField(verbose_name="first day known")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer from")),
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
                "verbose_name": "historical setting ownership",
                "verbose_name_plural": "historical setting ownerships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_836f7e_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SettingOwnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "setting",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="ownerships", to="providers.setting"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="ownerships", to="providers.provider"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day known")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer from")),
            ],
            options={
                "ordering": ["setting", "-from_on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="ownership_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("setting",),
                        name="one_owner_of_a_setting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPremises",
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
                ("name", models.CharField(blank=True, max_length=200)),
                ("address", models.TextField()),
                ("postcode", models.CharField(max_length=10)),
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
                    ),
                ),
                ("from_on", models.DateField(verbose_name="in use from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in use from")),
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
                "verbose_name": "historical premises",
                "verbose_name_plural": "historical premises",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_6d5e76_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Premises",
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
                        on_delete=models.PROTECT, related_name="premises", to="providers.setting"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("address", models.TextField()),
                ("postcode", models.CharField(max_length=10)),
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
                    ),
                ),
                ("from_on", models.DateField(verbose_name="in use from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="no longer in use from")),
            ],
            options={
                "verbose_name_plural": "premises",
                "ordering": ["setting", "postcode"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="premises_end_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSettingContact",
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
                            ("registered_manager", "Registered manager"),
                            ("responsible_individual", "Responsible individual"),
                            ("out_of_hours", "Out-of-hours number"),
                        ],
                        max_length=30,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("telephone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                ("from_on", models.DateField(verbose_name="since")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                "verbose_name": "historical setting contact",
                "verbose_name_plural": "historical setting contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_326ed1_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SettingContact",
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
                        on_delete=models.PROTECT, related_name="contacts", to="providers.setting"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registered_manager", "Registered manager"),
                            ("responsible_individual", "Responsible individual"),
                            ("out_of_hours", "Out-of-hours number"),
                        ],
                        max_length=30,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("telephone", models.CharField(blank=True, max_length=30)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                ("from_on", models.DateField(verbose_name="since")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ["setting", "kind", "-from_on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="contact_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalContactNote",
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
                ("on", models.DateField(verbose_name="day of the contact")),
                ("text", models.TextField()),
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
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="providers.authority",
                        verbose_name="council",
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
                "verbose_name": "historical contact note",
                "verbose_name_plural": "historical contact notes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_312029_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ContactNote",
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
                        on_delete=models.PROTECT, related_name="contact_notes", to="providers.setting"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.authority",
                        verbose_name="council",
                    ),
                ),
                ("on", models.DateField(verbose_name="day of the contact")),
                ("text", models.TextField()),
            ],
            options={"ordering": ["-on", "-pk"], "abstract": False, "base_manager_name": "objects"},
        ),
    ]
