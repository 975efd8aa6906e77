"""The record of a visit: one row for each question, so that two people conflict by question only."""

from django.db import models
from django.db.models import Q

from inspections.question_sets.models import Answer
from inspections.visits.models.visits import OfVisitQuerySet, Visit
from providers.documents.models import Document
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel


class VisitAnswer(Answer):
    """An answer at a visit. A form or device sends back the `row_version` that it showed."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="answers")

    history = history()
    timeline_related = ("question__standard", "answered_by__organisation", "visit")
    objects = OfVisitQuerySet.as_manager()

    class Meta(Answer.Meta):
        constraints = [
            *Answer.Meta.constraints,
            models.UniqueConstraint(fields=["visit", "question"], name="visit_question_answered_once"),
        ]


class PeopleSpokenTo(AuditedModel):
    """How many people with one role somebody spoke to. Numbers only, never names."""

    class Role(models.TextChoices):
        YOUNG_PEOPLE = "young_people", "Children and young people"
        MANAGER = "manager", "Registered manager or deputy"
        STAFF = "staff", "Staff"
        FAMILY = "family", "Parents and family"
        PROFESSIONALS = "professionals", "Social workers and other professionals"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="people")
    role = models.CharField("who", max_length=15, choices=Role.choices)
    number = models.PositiveSmallIntegerField("how many", default=0)

    history = history()
    objects = OfVisitQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["pk"]
        verbose_name = "people spoken to"
        verbose_name_plural = "people spoken to"
        constraints = [
            models.UniqueConstraint(fields=["visit", "role"], name="people_once_a_role"),
            models.CheckConstraint(condition=Q(number__lte=200), name="people_fit_into_a_house"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.number}"

    @staticmethod
    def timeline_subject(row) -> str:
        return dict(PeopleSpokenTo.Role.choices)[row.role].lower()


class VisitEvidence(AuditedModel):
    """A document or photograph that supports one answer or the whole visit."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="evidence")
    answer = models.ForeignKey(VisitAnswer, models.PROTECT, null=True, blank=True, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    what = models.CharField("what it shows", max_length=500, blank=True)

    history = history()
    timeline_related = ("document",)
    timeline_quiet = ("visit", "answer")
    objects = OfVisitQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["pk"]
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["visit", "answer", "document"], name="visit_evidence_once"),
            models.UniqueConstraint(
                fields=["visit", "document"],
                condition=Q(answer=None),
                name="evidence_of_the_whole_visit_once",
            ),
        ]

    def __str__(self) -> str:
        return self.what or str(self.document)
