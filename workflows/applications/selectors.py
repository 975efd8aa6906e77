"""Applications as the pages show them: stages, ages against limits, and a provider's library."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from viewflow.workflow.models import Task

from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document, DocumentQuerySet
from providers.people.models import User
from providers.purchasing.models import (
    Application,
    ApplicationLot,
    ApplicationLotSetting,
    Declaration,
    LotCheck,
    LotDecision,
)
from providers.purchasing.models.applications import ApplicationQuerySet
from providers.purchasing.selectors import decision_due_on, documents_asked_for
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today, working_days_between
from workflows.models import ApplicationCase, LotCase
from workflows.shared.selectors import open_tasks

DRAFT, COMPLETENESS, WITH_PROVIDER = "Draft", "Completeness", "With the provider"
CHECKS, DECISION, DECIDED = "Checks", "Decision", "Decided"
STAGES = (COMPLETENESS, WITH_PROVIDER, CHECKS, DECISION, DECIDED)
PARALLEL = frozenset(LotCheck.Kind) - {LotCheck.Kind.COMPLETENESS}
OF_CHECK: dict[str, tuple[DocumentKind, ...]] = {
    LotCheck.Kind.SAFEGUARDING: (
        DocumentKind.SAFEGUARDING_POLICY,
        DocumentKind.MISSING_POLICY,
        DocumentKind.BEHAVIOUR_POLICY,
        DocumentKind.COMPLAINTS_POLICY,
        DocumentKind.WHISTLEBLOWING_POLICY,
        DocumentKind.SAFER_RECRUITMENT_POLICY,
    ),
    LotCheck.Kind.REFERENCES: (DocumentKind.REFERENCE,),
    LotCheck.Kind.OFSTED: (
        DocumentKind.OFSTED_CERTIFICATE,
        DocumentKind.OFSTED_REPORT,
        DocumentKind.STATEMENT_OF_PURPOSE,
    ),
}
"""Which of the documents sent each check reads; insurance has a table of its own."""


def library_of(user: User) -> DocumentQuerySet:
    """Return the documents that the provider can send: in force, stored, and about no child."""
    own = Document.objects.visible_to(user).library_of(user.scope.organisation_id).current()
    return own.filter(identifies_child=False).order_by("kind", "-uploaded_at")


def documents_of_check(application: Application, kind: str) -> list[Document]:
    rows = application.documents.filter(document__kind__in=OF_CHECK.get(kind, ()))
    return [row.document for row in rows.select_related("document")]


def documents_sent(application: Application) -> list[Document]:
    """Every one, by kind: with the application, or with an answer since."""
    rows = application.documents.select_related("document").order_by("document__kind", "pk")
    return [row.document for row in rows]


def documents_not_asked_for(application: Application, asked_for: Iterable[tuple]) -> list[Document]:
    """Return documents of a kind that none of the lots names; `asked_for` is what `documents_asked_for` gives."""
    asked = {required.kind for required, _ in asked_for}
    return [document for document in documents_sent(application) if document.kind not in asked]


@dataclass
class LotLine:
    """One lot of an application and where it stands. `decision` is there for those who may read it."""

    applied: ApplicationLot
    stage: str
    decision: LotDecision | None = None
    checks: list[LotCheck] = field(default_factory=list)


@dataclass
class QueueLine:
    """One application in the queue. Days are working days since it was sent, without the stops of the clock."""

    application: Application
    stage: str
    lots: list[LotLine]
    age: int
    due_on: dt.date

    @property
    def is_overdue(self) -> bool:
        return self.stage != DECIDED and self.due_on < today()


def with_lots(applications: Any) -> ApplicationQuerySet:
    return applications.with_names().prefetch_related(
        "lots__lot", "lots__checks", "lots__decisions", "clarifications"
    )


def queue_of(user: User) -> ApplicationQuerySet:
    """Sent and not concluded, the oldest first."""
    return with_lots(Application.objects.visible_to(user).in_progress()).order_by("submitted_at", "pk")


def ended_of(user: User) -> ApplicationQuerySet:
    """Sent and over, the newest first."""
    over = Application.objects.visible_to(user).exclude(submitted_at=None)
    over = over.exclude(state=Application.State.SUBMITTED)
    return with_lots(over).order_by("-submitted_at", "-pk")


def lines(applications: Iterable[Application], on: dt.date) -> list[QueueLine]:
    return [line_of(application, on) for application in applications]


def line_of(application: Application, on: dt.date) -> QueueLine:
    lots = [LotLine(applied, stage_of_lot(application, applied)) for applied in application.lots.all()]
    sent_on = timezone.localdate(application.submitted_at)
    return QueueLine(
        application=application,
        stage=stage_of(application, lots),
        lots=lots,
        age=working_days_between(sent_on, on),
        due_on=decision_due_on(application, None, on),
    )


def stage_of(application: Application, lots: list[LotLine]) -> str:
    """Return the stage of the lot that is furthest behind."""
    if application.is_draft:
        return DRAFT
    if application.state != Application.State.SUBMITTED:
        return DECIDED
    return min((lot.stage for lot in lots), key=STAGES.index, default=COMPLETENESS)


def stage_of_lot(application: Application, applied: ApplicationLot) -> str:
    """Worked out from the facts: what was asked, checked and decided."""
    if application.is_draft:
        return DRAFT
    if applied.decisions.all():
        return DECIDED
    asked = [q for q in application.clarifications.all() if q.lot_id in (None, applied.pk)]
    if any(question.is_open for question in asked):
        return WITH_PROVIDER
    newest = {check.kind: check.outcome for check in applied.checks.all()}
    complete = newest.get(LotCheck.Kind.COMPLETENESS)
    if complete in (None, LotCheck.Outcome.UNCLEAR):
        return COMPLETENESS
    return DECISION if set(newest) >= PARALLEL else CHECKS


@dataclass(frozen=True)
class DraftTask:
    """One line of the list of what is left to do."""

    title: str
    url_name: str
    is_done: bool
    hint: str = ""


def tasks_of_draft(application: Application) -> list[DraftTask]:
    lots = list(application.lots.prefetch_related("settings"))
    asked = [
        (required, sent) for required, sent in documents_asked_for(application) if required.is_compulsory
    ]
    sent = sum(bool(documents) for _, documents in asked)
    declared = application.declarations.count() == len(Declaration.Question)
    return [
        DraftTask(
            "Choose lots and settings",
            "application_lots",
            bool(lots) and all(lot.settings.all() for lot in lots),
            f"{len(lots)} chosen" if lots else "",
        ),
        DraftTask(
            "Documents",
            "application_documents",
            bool(lots) and sent == len(asked),
            f"{sent} of {len(asked)} that must be sent" if asked else "",
        ),
        DraftTask("Exclusion", "application_declarations", declared),
    ]


def lots_of(application: Application) -> QuerySet[ApplicationLot]:
    return application.lots.select_related("lot").prefetch_related(
        Prefetch("settings", ApplicationLotSetting.objects.select_related("setting__provision_type"))
    )


def visible_lots(application: Application, user: User) -> list[LotLine]:
    """Return the lots with their stage; a provider sees a decision once the letters are issued."""
    decided = {
        decision.application_lot_id: decision
        for decision in LotDecision.objects.visible_to(user)
        .filter(application_lot__application=application)
        .select_related("decided_by__person__details")
        .order_by("pk")
    }
    lots = lots_of(application).prefetch_related("checks", "decisions", "exemptions")
    told = []
    for applied in lots:
        stage = stage_of_lot(application, applied)
        decision = decided.get(applied.pk)
        if scope_of(user).is_provider and stage == DECIDED and decision is None:
            stage = DECISION  # decided, and not told before every lot is
        told.append(LotLine(applied, stage, decision))
    return told


def with_replaced(checks: Iterable[LotCheck]) -> list[tuple[LotCheck, bool]]:
    """Each check, in the order given, and whether a later one of its kind on the same lot replaced it."""
    told = list(checks)
    newest = {(check.application_lot_id, check.kind): check.pk for check in told}
    return [(check, newest[check.application_lot_id, check.kind] != check.pk) for check in told]


def visible_checks(application: Application, user: User) -> list[LotCheck]:
    """Return checks, for councils.

    One that rests on an outcome not yet published is for the monitoring team alone.
    """
    checks = list(
        LotCheck.objects.visible_to(user)
        .filter(application_lot__application=application)
        .select_related("checked_by__person__details", "application_lot__lot")
        .order_by("application_lot__lot__code", "pk")
    )
    scope = scope_of(user)
    monitors = (
        scope.may(Permission.VIEW_PROVISIONAL) and scope.organisation_id == application.system.council_id
    )
    for check in checks:
        if not monitors and any(one["is_provisional"] for one in check.regulator_statuses or ()):
            check.note = ""
    return checks


def steps_for(application: Application, user: User) -> QuerySet[Task]:
    """Open steps of the application and its lots that the reader can do now."""
    of_lots = LotCase.objects.filter(subject__application=application).values("process")
    of_application = ApplicationCase.objects.filter(subject=application).values("process")
    return open_tasks(user).filter(Q(process__in=of_lots) | Q(process__in=of_application))
