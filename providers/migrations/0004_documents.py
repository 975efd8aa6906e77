import uuid

import simple_history.models
from django.db import migrations, models

from qa_portal.core.new_tables import NewTables


class Migration(NewTables):
    dependencies = [("providers", "0003_people")]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="documents", to="providers.organisation"
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
                ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="checksum (SHA-256)")),
                (
                    "uploaded_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("uploaded_at", models.DateTimeField()),
                ("identifies_child", models.BooleanField(verbose_name="identifies a child")),
                (
                    "keep_until_on",
                    models.DateField(
                        blank=True, db_index=True, null=True, verbose_name="contents kept until"
                    ),
                ),
                (
                    "cover_amount",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="cover amount in pounds"
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="start date")),
                (
                    "expires_on",
                    models.DateField(blank=True, db_index=True, null=True, verbose_name="expiry date"),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="replacements",
                        to="providers.document",
                    ),
                ),
                (
                    "scan_state",
                    models.CharField(
                        choices=[
                            ("not_scanned", "Not scanned"),
                            ("waiting", "Waiting to be scanned"),
                            ("clean", "No virus found"),
                            ("infected", "Virus found"),
                            ("failed", "Could not be scanned"),
                        ],
                        db_index=True,
                        max_length=12,
                        verbose_name="virus scan",
                    ),
                ),
                ("scanned_at", models.DateTimeField(blank=True, null=True, verbose_name="scanned")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="contents removed")),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                    ),
                ),
                (
                    "removal_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why the contents were removed"
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on", None),
                            ("expires_on", None),
                            ("expires_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="document_expires_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scan_state__in", ["not_scanned", "waiting"]), ("scanned_at", None)),
                            models.Q(
                                ("scan_state__in", ["clean", "infected", "failed"]),
                                ("scanned_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="document_scanned_when_its_state_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("identifies_child", False), ("keep_until_on__isnull", False), _connector="OR"
                        ),
                        name="document_of_a_child_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removal_reason", ""), ("removed_at", None), ("removed_by", None)),
                            models.Q(
                                ("removed_at__isnull", False),
                                ("removed_by__isnull", False),
                                models.Q(("removal_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("keep_until_on__isnull", False),
                                ("removed_at__isnull", False),
                                ("removed_by", None),
                                models.Q(("removal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_removed_when_by_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDocument",
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
                ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum (SHA-256)")),
                ("uploaded_at", models.DateTimeField()),
                ("identifies_child", models.BooleanField(verbose_name="identifies a child")),
                (
                    "keep_until_on",
                    models.DateField(blank=True, null=True, verbose_name="contents kept until"),
                ),
                (
                    "cover_amount",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="cover amount in pounds"
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="start date")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expiry date")),
                (
                    "scan_state",
                    models.CharField(
                        choices=[
                            ("not_scanned", "Not scanned"),
                            ("waiting", "Waiting to be scanned"),
                            ("clean", "No virus found"),
                            ("infected", "Virus found"),
                            ("failed", "Could not be scanned"),
                        ],
                        max_length=12,
                        verbose_name="virus scan",
                    ),
                ),
                ("scanned_at", models.DateTimeField(blank=True, null=True, verbose_name="scanned")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="contents removed")),
                (
                    "removal_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why the contents were removed"
                    ),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                (
                    "uploaded_by",
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
                    "replaces",
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
                    "removed_by",
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
                "verbose_name": "historical document",
                "verbose_name_plural": "historical documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_167cc3_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocumentReader",
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
                ("named_at", models.DateTimeField(verbose_name="named")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                        verbose_name="reader",
                    ),
                ),
                (
                    "named_by",
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
                    "ended_by",
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
                "verbose_name": "historical reader",
                "verbose_name_plural": "historical readers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["id", "history_id", "history_date"], name="providers_h_id_7f18fb_idx"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DocumentReader",
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
                    "document",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="readers", to="providers.document"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="providers.membership",
                        verbose_name="reader",
                    ),
                ),
                ("named_at", models.DateTimeField(verbose_name="named")),
                (
                    "named_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="providers.membership"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ended_by",
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
                "verbose_name": "reader",
                "ordering": ["membership__person__details__full_name", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="document_reader_ended_when_and_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("document", "membership"),
                        name="document_reader_once",
                    ),
                ],
            },
        ),
    ]
