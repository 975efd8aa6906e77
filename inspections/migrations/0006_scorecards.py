import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("inspections", "0005_issues"), ("providers", "0003_people")]

    operations = [
        migrations.CreateModel(
            name="HistoricalScorecardDefinition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("version", models.PositiveSmallIntegerField()),
                ("from_on", models.DateField(verbose_name="in force from")),
                (
                    "coverage_floor",
                    models.PositiveSmallIntegerField(
                        verbose_name="coverage below which there is no rating, per cent"
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                (
                    "second_approved_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="approved by a second person at"
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                (
                    "second_approved_by",
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
                "verbose_name": "historical scorecard definition",
                "verbose_name_plural": "historical scorecard definitions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_4f70b2_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ScorecardDefinition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("version", models.PositiveSmallIntegerField(unique=True)),
                ("from_on", models.DateField(verbose_name="in force from")),
                (
                    "coverage_floor",
                    models.PositiveSmallIntegerField(
                        verbose_name="coverage below which there is no rating, per cent"
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                (
                    "second_approved_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="approved by a second person at"
                    ),
                ),
                (
                    "second_approved_by",
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
                "ordering": ["-version"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coverage_floor__lte", 100)), name="coverage_floor_in_per_cent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="definition_approved_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_approved_at", None), ("second_approved_by", None)),
                            models.Q(
                                ("second_approved_at__isnull", False), ("second_approved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="definition_second_approved_when_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_approved_by", None),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(("second_approved_by", models.F("approved_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="definition_approved_by_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalScorecardDomain",
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
                ("label", models.CharField(max_length=100)),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight in per cent")),
                ("stale_after_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("window_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("source", models.CharField(max_length=300)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.scorecarddefinition",
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
                "verbose_name": "historical scorecard domain",
                "verbose_name_plural": "historical scorecard domains",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_76fbbf_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ScorecardDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="domains", to="inspections.scorecarddefinition"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("label", models.CharField(max_length=100)),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight in per cent")),
                ("stale_after_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("window_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("source", models.CharField(max_length=300)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["definition", "order"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("definition", "code"), name="domain_once_a_definition"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__lte", 100)), name="domain_weight_in_per_cent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalScorecardBand",
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
                    "band",
                    models.CharField(
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")], max_length=15
                    ),
                ),
                ("from_points", models.PositiveSmallIntegerField()),
                ("to_points", models.PositiveSmallIntegerField()),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.scorecarddefinition",
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
                "verbose_name": "historical scorecard band",
                "verbose_name_plural": "historical scorecard bands",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_95843a_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ScorecardBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="bands", to="inspections.scorecarddefinition"
                    ),
                ),
                (
                    "band",
                    models.CharField(
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")], max_length=15
                    ),
                ),
                ("from_points", models.PositiveSmallIntegerField()),
                ("to_points", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["definition", "from_points"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("definition", "band"), name="band_once_a_definition"),
                    models.CheckConstraint(
                        condition=models.Q(("to_points__lte", 10000)), name="band_within_the_whole"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalGradePoints",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("points", models.PositiveSmallIntegerField()),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.scorecarddefinition",
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
                "verbose_name": "historical grade points",
                "verbose_name_plural": "historical grade pointss",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_21f7ec_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="GradePoints",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="grade_points",
                        to="inspections.scorecarddefinition",
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.grade"),
                ),
                ("points", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["definition", "grade"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("definition", "grade"), name="grade_points_once_a_definition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__lte", 10000)), name="grade_points_within_the_whole"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStagePoints",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("points", models.PositiveSmallIntegerField()),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.scorecarddefinition",
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
                "verbose_name": "historical stage points",
                "verbose_name_plural": "historical stage pointss",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_cf7d8e_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StagePoints",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="stage_points",
                        to="inspections.scorecarddefinition",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="inspections.issuestage"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["definition", "stage"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("definition", "stage"), name="stage_points_once_a_definition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__lte", 10000)), name="stage_points_within_the_whole"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalInspectionCycle",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                ("history_person_id", models.BigIntegerField(db_index=True, null=True)),
                ("history_organisation_id", models.BigIntegerField(null=True)),
                ("history_role", models.CharField(blank=True, max_length=40)),
                ("history_request_id", models.UUIDField(null=True)),
                ("history_process_id", models.BigIntegerField(null=True)),
                ("history_task_id", models.BigIntegerField(null=True)),
                ("stale_after_days", models.PositiveSmallIntegerField()),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.scorecarddefinition",
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
                "verbose_name": "historical inspection cycle",
                "verbose_name_plural": "historical inspection cycles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_330472_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="InspectionCycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="cycles", to="inspections.scorecarddefinition"
                    ),
                ),
                (
                    "provision_type",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="providers.provisiontype"
                    ),
                ),
                ("stale_after_days", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["definition", "provision_type"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("definition", "provision_type"), name="cycle_once_a_type")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalExpectedDocument",
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
                        verbose_name="what it is",
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.scorecarddefinition",
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
                "verbose_name": "historical expected document",
                "verbose_name_plural": "historical expected documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_a04954_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ExpectedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="documents",
                        to="inspections.scorecarddefinition",
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
                        verbose_name="what it is",
                    ),
                ),
            ],
            options={
                "ordering": ["definition", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("definition", "kind"), name="document_expected_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLimitingRule",
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
                    "rule",
                    models.CharField(
                        choices=[
                            ("inadequate", "The regulator gave its lowest judgement"),
                            ("outcome_3", "Serious or widespread weaknesses in supported accommodation"),
                            ("registration_suspended", "The registration is suspended"),
                            ("accommodation_restricted", "Accommodation is restricted"),
                            ("placements_suspended", "A council has suspended new placements"),
                            ("key_question", "A key question was not met"),
                            ("limiting_standard", "A limiting standard was not met"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "cap",
                    models.CharField(
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        max_length=15,
                        verbose_name="nothing better than",
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="inspections.scorecarddefinition",
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
                "verbose_name": "historical limiting rule",
                "verbose_name_plural": "historical limiting rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="inspections_id_2ea905_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LimitingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="rules", to="inspections.scorecarddefinition"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("inadequate", "The regulator gave its lowest judgement"),
                            ("outcome_3", "Serious or widespread weaknesses in supported accommodation"),
                            ("registration_suspended", "The registration is suspended"),
                            ("accommodation_restricted", "Accommodation is restricted"),
                            ("placements_suspended", "A council has suspended new placements"),
                            ("key_question", "A key question was not met"),
                            ("limiting_standard", "A limiting standard was not met"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "cap",
                    models.CharField(
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        max_length=15,
                        verbose_name="nothing better than",
                    ),
                ),
            ],
            options={
                "ordering": ["definition", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("definition", "rule"), name="limiting_rule_once_a_definition"
                    )
                ],
            },
        ),
    ]
