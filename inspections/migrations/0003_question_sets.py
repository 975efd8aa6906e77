import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("inspections", "0002_ofsted"), ("providers", "0003_people")]

    operations = [
        migrations.CreateModel(
            name="HistoricalQuestionSet",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("regulations", models.CharField(max_length=300, verbose_name="regulations")),
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
                "verbose_name": "historical question set",
                "verbose_name_plural": "historical question sets",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_8092d5_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="QuestionSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("code", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("regulations", models.CharField(max_length=300, verbose_name="regulations")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={"ordering": ["order", "name"], "abstract": False, "base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="HistoricalQuestionSetProvisionType",
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
                    "question_set",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.questionset",
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
                "verbose_name": "historical question set provision type",
                "verbose_name_plural": "historical question set provision types",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_8e21ba_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="QuestionSetProvisionType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "question_set",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="used_for", to="inspections.questionset"
                    ),
                ),
                (
                    "provision_type",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.provisiontype"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question_set", "provision_type"), name="question_set_once_a_provision_type"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalQuestionSetVersion",
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
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "question_set",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.questionset",
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
                "verbose_name": "historical question set version",
                "verbose_name_plural": "historical question set versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_ee20c1_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="QuestionSetVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "question_set",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="versions", to="inspections.questionset"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
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
                "ordering": ["question_set", "-number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question_set", "number"), name="question_set_version_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", None)),
                            models.Q(("from_on__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_set_version_published_when_and_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStandard",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("regulation_refs", models.CharField(blank=True, max_length=300, verbose_name="regulations")),
                ("is_limiting", models.BooleanField(default=False, verbose_name="limits the overall grade")),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                "verbose_name": "historical standard",
                "verbose_name_plural": "historical standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_312ba8_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Standard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="standards",
                        to="inspections.questionsetversion",
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("regulation_refs", models.CharField(blank=True, max_length=300, verbose_name="regulations")),
                ("is_limiting", models.BooleanField(default=False, verbose_name="limits the overall grade")),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["version", "order"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("version", "code"), name="standard_code_once_a_version"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1)), name="standard_weighs_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="questions", to="inspections.standard"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("prompt", models.TextField()),
                ("guidance", models.TextField(blank=True)),
                ("regulation_refs", models.CharField(blank=True, max_length=300, verbose_name="regulations")),
                ("evidence_expected", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grade", "Grade"),
                            ("yes_no", "Yes or no"),
                            ("number", "Whole number"),
                            ("date", "Date"),
                            ("choice", "One of a list"),
                            ("text", "Text"),
                            ("list", "List, one item a line"),
                        ],
                        default="grade",
                        max_length=10,
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list)),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                ("is_key", models.BooleanField(default=False, verbose_name="key question")),
                (
                    "shown_when",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="reveals",
                        to="inspections.question",
                    ),
                ),
                ("shown_when_value", models.CharField(blank=True, max_length=40)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["standard__order", "order"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("standard", "code"), name="question_code_once_a_standard"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["grade", "yes_no"]), ("weight__gte", 1)),
                            models.Q(
                                models.Q(("kind__in", ["grade", "yes_no"]), _negated=True),
                                ("is_key", False),
                                ("weight", 0),
                            ),
                            _connector="OR",
                        ),
                        name="question_weighs_when_scored",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shown_when", None), ("shown_when_value", "")),
                            models.Q(
                                ("shown_when__isnull", False),
                                models.Q(("shown_when_value", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="question_shown_when_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown_when", None),
                            models.Q(("shown_when", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="question_not_shown_by_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalQuestion",
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
                ("prompt", models.TextField()),
                ("guidance", models.TextField(blank=True)),
                ("regulation_refs", models.CharField(blank=True, max_length=300, verbose_name="regulations")),
                ("evidence_expected", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grade", "Grade"),
                            ("yes_no", "Yes or no"),
                            ("number", "Whole number"),
                            ("date", "Date"),
                            ("choice", "One of a list"),
                            ("text", "Text"),
                            ("list", "List, one item a line"),
                        ],
                        default="grade",
                        max_length=10,
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list)),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                ("is_key", models.BooleanField(default=False, verbose_name="key question")),
                ("shown_when_value", models.CharField(blank=True, max_length=40)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                (
                    "shown_when",
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
                "verbose_name": "historical question",
                "verbose_name_plural": "historical questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_a21fbe_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
