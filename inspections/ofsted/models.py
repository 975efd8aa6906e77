"""Tables of Ofsted's files as published, and of the inspections in them or recorded by a person."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from providers.directory.models import Grade, GradeScale, InspectionType, Setting
from providers.people.models import Organisation, Person
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import (
    AppendOnlyModel,
    AppendOnlyQuerySet,
    AuditedModel,
    AuditedQuerySet,
)

LONGEST_TEXT = 200


class PublicQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        return self if scope_of(user).organisation_id else self.none()


class RegisterFileQuerySet(PublicQuerySet):
    def in_order(self):
        """Sort by the day each file speaks for.

        Of two files of one day the later import is a correction and comes last.
        """
        return self.order_by("as_at", "pk")

    def active(self):
        """Return the files that were not withdrawn."""
        return self.filter(withdrawal=None)

    def in_force(self):
        """Return files neither withdrawn nor corrected by a later one of the same day and scope."""
        same_scope = Q(scope_kind=RegisterFile.ScopeKind.WHOLE) | Q(
            scope_kind=models.OuterRef("scope_kind"), scope_name=models.OuterRef("scope_name")
        )
        later = self.model.objects.active().filter(
            same_scope, as_at=models.OuterRef("as_at"), pk__gt=models.OuterRef("pk")
        )
        return self.active().filter(~models.Exists(later))

    def before(self, day: dt.date, pk: int | None = None):
        """Return the files that come before the day and `pk` in order; without `pk`, also all of that day."""
        same_day = Q(as_at=day) if pk is None else Q(as_at=day, pk__lt=pk)
        return self.filter(Q(as_at__lt=day) | same_day)

    def light(self):
        """Return files without the columns that hold a file's whole result."""
        return self.defer("result", "left_out")


class RegisterFile(AppendOnlyModel):
    """One file of Ofsted's register as it was read.

    `headings` maps each sheet to its headings, and `fields` to our names for them: what no column of a file
    tells is unknown from it, never blank. Files imported before `fields` was kept have none (`spoken`).
    `scope` narrows what the file speaks for; its keys are those of `feed_shapes.FileScope`.
    `result` has the keys of `results.FeedResult`. The same bytes may come again after they were
    withdrawn: `turn` counts how often they were before.
    """

    class DateSource(models.TextChoices):
        GIVEN = "given", "Given with the file"
        TITLE = "title", "The file's title"
        NAME = "file name", "The file's name"

    class ScopeKind(models.TextChoices):
        WHOLE = "whole", "The whole register"
        AUTHORITY = "authority", "One council’s part of the register"
        REGION = "region", "One region’s part of the register"
        OWNER = "owner", "One owner’s part of the register"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    as_at = models.DateField("speaks for", db_index=True)
    as_at_source = models.CharField("where that day was found", max_length=10, choices=DateSource.choices)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    headings = models.JSONField()
    fields = models.JSONField(default=dict)
    scope_kind = models.CharField(
        "speaks of", max_length=10, choices=ScopeKind.choices, default=ScopeKind.WHOLE
    )
    scope_name = models.CharField("speaks of", max_length=500, blank=True)
    scope = models.JSONField(default=dict)
    turn = models.PositiveSmallIntegerField("times withdrawn before", default=0)
    gone_confirmed = models.PositiveIntegerField("confirmed that so many leave the list", null=True)
    left_out = models.JSONField("sheets left out")
    result = models.JSONField("what it changed")
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = RegisterFileQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256", "as_at", "turn"], name="register_file_once"),
            models.CheckConstraint(
                condition=Q(scope_kind="whole", scope_name="") | (~Q(scope_kind="whole") & ~Q(scope_name="")),
                name="register_file_part_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename}, as at {self.as_at:%-d %B %Y}"

    @property
    def is_whole(self) -> bool:
        return self.scope_kind == self.ScopeKind.WHOLE

    @property
    def speaks_of(self) -> str:
        """Return the scope as a page shows it: "Lancashire only"; "" for the whole register."""
        return f"{self.scope_name} only" if self.scope_name else ""

    def covers(self, authority: str, owner: str) -> bool:
        """Return whether a setting of this authority and owner, both folded, would be in the file."""
        authorities, owned = self.scope.get("authorities"), self.scope.get("owner")
        return (not authorities or authority in authorities) and (not owned or owner == owned)


class RegisterFileWithdrawal(AppendOnlyModel):
    """The withdrawal of a file: it no longer counts on any day. `result` has the changes that followed."""

    file = models.OneToOneField(RegisterFile, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField("why", max_length=2000)
    result = models.JSONField("what it changed")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Withdrawal of {self.file}"


class RegisterEntry(AppendOnlyModel):
    """One row of a file. `cells` are its cells as published, under the headings of its file and sheet.

    `inspections` keeps this file's version of every inspection the row tells of. `scale` and `grade` are
    those of the latest full one; where it has no grade, `scale` is the one it would be graded on.
    """

    file = models.ForeignKey(RegisterFile, models.PROTECT, related_name="entries")
    line = models.PositiveIntegerField()
    sheet = models.CharField(max_length=200, blank=True)
    urn = models.CharField("URN", max_length=20, db_index=True)
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="entries")
    provision_type = models.CharField(max_length=LONGEST_TEXT, blank=True)
    registration_status = models.CharField(max_length=LONGEST_TEXT, blank=True)
    registered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    local_authority = models.CharField(max_length=LONGEST_TEXT, blank=True)
    owner = models.CharField(max_length=LONGEST_TEXT, blank=True)
    places = models.PositiveIntegerField(null=True)
    scale = models.CharField(max_length=20)
    grade = models.CharField(max_length=LONGEST_TEXT, blank=True)
    not_graded = models.CharField("in place of a grade", max_length=LONGEST_TEXT, blank=True)
    event_number = models.CharField(max_length=LONGEST_TEXT, blank=True)
    inspected_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    breaks_limiting_rules = models.BooleanField(default=False)
    inspections = models.JSONField()
    enforcement = models.JSONField()
    cells = models.JSONField()

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["file", "line"]
        constraints = [models.UniqueConstraint(fields=["file", "urn"], name="urn_once_a_file")]

    def __str__(self) -> str:
        return f"{self.urn} in {self.file}"

    def said(self, kind: str) -> dict | None:
        """Return this file's version of the latest, previous, interim, assurance or monitoring inspection."""
        return next((one for one in self.inspections if one["kind"] == kind), None)


IMPORTED = Q(source="imported")
CHECKED = IMPORTED | Q(verified_at__isnull=False)
"""Inspections that count: imported ones, and recorded ones that a second person has verified."""


class InspectionQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Show published inspections that are imported or verified to everybody, the rest to the recording council's team.

        Of two records of one event only the one that counts, except to that team. What no file of Ofsted's
        tells any more is seen by nobody.
        """
        scope = scope_of(user)
        if not scope.organisation_id:
            return self.none()
        seen = Q(CHECKED, outcome_status=Inspection.OutcomeStatus.PUBLISHED, superseded_by=None)
        if scope.is_council and scope.may(Permission.VIEW_PROVISIONAL):
            seen |= Q(recorded_for=scope.organisation_id)
        return self.filter(seen).exclude(IMPORTED, withdrawn_on__isnull=False)

    def published_by(self, on):
        """Return inspections published by a day; where no publication date is given, the inspection's day counts."""
        return self.filter(
            CHECKED,
            outcome_status=Inspection.OutcomeStatus.PUBLISHED,
            withdrawn_on=None,
            superseded_by=None,
        ).filter(Q(published_on__lte=on) | Q(published_on=None, inspected_on__lte=on))

    def of_event(self, setting, inspection_type, inspected_on):
        """Return every record of one event at a setting, from any source, that is not withdrawn."""
        return self.active_at(setting, inspection_type).filter(inspected_on=inspected_on)

    def active_at(self, setting, inspection_type):
        return self.filter(
            setting=setting, inspection_type=inspection_type, withdrawn_on=None, superseded_by=None
        )

    def recorded_by_hand(self):
        return self.filter(source=Inspection.Source.RECORDED)

    def newest_first(self):
        day = Coalesce("published_on", "inspected_on")
        return self.order_by(
            F("inspected_on").desc(nulls_last=True), day.desc(nulls_last=True), "source", "-pk"
        )


class Inspection(AuditedModel):
    """One event at one setting. An imported one is the version of the newest file that has it.

    `flags` holds a sentence a line for each limiting rule that its grades break. A recorded one belongs to
    the council it is `recorded_for`; when Ofsted's file has the event too, the file's record supersedes it.
    """

    class Source(models.TextChoices):
        IMPORTED = "imported", "Ofsted's file"
        RECORDED = "recorded", "Recorded by a person"

    class OutcomeStatus(models.TextChoices):
        PROVISIONAL = "provisional", "Provisional"
        PUBLISHED = "published", "Published"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="inspections")
    event_number = models.CharField(max_length=LONGEST_TEXT, blank=True)
    inspection_type = models.ForeignKey(InspectionType, models.PROTECT, related_name="+")
    event_type = models.CharField("type as published", max_length=LONGEST_TEXT, blank=True)
    inspected_on = models.DateField("date of inspection", null=True, blank=True)
    published_on = models.DateField("date of publication", null=True, blank=True)
    scale = models.ForeignKey(GradeScale, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    outcome_status = models.CharField(
        max_length=12, choices=OutcomeStatus.choices, default=OutcomeStatus.PUBLISHED
    )
    report_link = models.URLField("link to the report", max_length=500, blank=True)
    flags = models.TextField("limiting rules broken", blank=True)
    recorded_for = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="recorded by council",
    )
    confirmed_as_published = models.BooleanField("the report itself breaks the rule", default=False)
    recorded_by = by_field(editable=True)
    recorded_at = at_field(editable=True)
    returned_by = by_field(editable=True)
    returned_at = at_field(editable=True)
    returned_reason = models.TextField("why it was sent back", max_length=2000, blank=True)
    verified_by = by_field(to="providers.Person", editable=True)
    verified_at = at_field(editable=True)
    withdrawn_on = models.DateField("withdrawn on", null=True, blank=True)
    withdrawn_reason = models.TextField("why it was withdrawn", max_length=2000, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    history = history()
    timeline_related = (
        *("setting__provision_type", "inspection_type", "scale", "recorded_for", "verified_by__details"),
        *("recorded_by__organisation", "returned_by__organisation"),
        *("superseded_by__inspection_type", "superseded_by__setting__provision_type"),
    )
    objects = InspectionQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["setting", "-inspected_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "event_number"],
                condition=~Q(event_number=""),
                name="inspection_event_once_a_setting",
            ),
            models.UniqueConstraint(
                fields=["setting", "inspection_type", "inspected_on"],
                condition=Q(event_number="", source="imported"),
                name="inspection_without_number_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["setting", "inspection_type", "inspected_on", "recorded_for"],
                condition=Q(source="recorded", withdrawn_on=None, superseded_by=None),
                name="inspection_recorded_once_by_a_council",
            ),
            models.CheckConstraint(
                condition=IMPORTED
                | Q(recorded_for__isnull=False, recorded_by__isnull=False, recorded_at__isnull=False),
                name="recorded_inspection_has_council",
            ),
            models.CheckConstraint(
                condition=IMPORTED | Q(outcome_status="provisional") | Q(published_on__isnull=False),
                name="recorded_inspection_published_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_as_published=False) | ~Q(report_link=""),
                name="limiting_rule_broken_by_a_report",
            ),
            *(paired_constraint("inspection", what) for what in ("verified", "recorded", "returned")),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_type} of {self.setting}"

    @staticmethod
    def timeline_subject(row) -> str:
        return f"{row.inspection_type}, {row.inspected_on:%-d %B %Y}" if row.inspected_on else ""

    @property
    def counts(self) -> bool:
        """Return whether it is published, verified if recorded here, and neither withdrawn nor superseded."""
        return bool(
            self.outcome_status == self.OutcomeStatus.PUBLISHED
            and (self.source == self.Source.IMPORTED or self.verified_at)
            and not self.withdrawn_on
            and not self.superseded_by_id
        )

    @property
    def event_ref(self) -> str:
        """Return a key of the event that is the same from any source: files lack numbers now and then."""
        return f"{self.setting.urn} {self.inspection_type.code} {self.inspected_on or self.event_number}"

    @property
    def headline(self) -> "Judgement | None":
        """Return the overall judgement on the inspection's own scale; reads `judgements` as prefetched."""
        wanted = self.scale.headline if self.scale else ""
        return next((one for one in self.judgements.all() if one.subject == wanted), None)


class JudgementQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(inspection__in=Inspection.objects.visible_to(user))

    def headlines(self):
        return self.filter(subject=F("inspection__scale__headline"))


class Judgement(AuditedModel):
    """One judgement. `subject` is its code on the scale. `grade` is None if its words are no grade."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="judgements")
    subject = models.CharField(max_length=60)
    grade = models.ForeignKey(Grade, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField("grade as published", max_length=LONGEST_TEXT)

    history = history()
    objects = JudgementQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["inspection_id", "pk"]  # by its row alone: the inspection's own order would join it
        constraints = [
            models.UniqueConstraint(fields=["inspection", "subject"], name="judgement_once_an_inspection")
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.words}"


class InspectionItemQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        return self.filter(inspection__in=Inspection.objects.visible_to(user))


class InspectionItem(AuditedModel):
    """An item in the report. A requirement is a breach of regulation, a recommendation good practice."""

    class Kind(models.TextChoices):
        REQUIREMENT = "requirement", "Requirement"
        RECOMMENDATION = "recommendation", "Recommendation"

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField(max_length=2000)
    regulation = models.CharField(max_length=LONGEST_TEXT, blank=True)
    due_on = models.DateField("to be met by", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    history = history()
    objects = InspectionItemQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["inspection_id", "-kind", "order"]

    def __str__(self) -> str:
        return self.text
