"""What officers do with an application that was sent: complete or not, questions, and the checks of each lot."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from providers.directory.regulator_status import RegulatorStatus
from providers.documents.models import Document
from providers.people.models import User
from providers.people.rules import own_membership
from providers.purchasing.insurance import insurance_faults, wording_faults
from providers.purchasing.models import Application, ApplicationLot, Clarification, LotCheck
from providers.purchasing.rules import (
    check_at_council,
    check_can_check,
    check_in_progress,
    check_own,
)
from providers.purchasing.selectors import (
    MOST_QUESTIONS,
    may_be_asked_again,
    open_clarification,
    unclear_checks,
)
from providers.purchasing.services.applications import attach, locked_application
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import add_working_days, today
from qa_portal.core.rules import Refused


@transaction.atomic
def record_completeness(*, by: User, application: Application, outcome: str, note: str = "") -> None:
    """Record one finding of completeness for every lot.

    “Needs clarification” also asks the provider, with `note` as the question.
    """
    application = locked_application(application)
    check_at_council(by, application, Permission.CHECK_APPLICATIONS)
    check_in_progress(application)
    if outcome == LotCheck.Outcome.UNCLEAR:
        ask_provider(by=by, application=application, question=note)
    for applied in application.lots.all():
        write_check(by, applied, LotCheck.Kind.COMPLETENESS, outcome, note)


@transaction.atomic
def record_check(
    *,
    by: User,
    application_lot: ApplicationLot,
    kind: str,
    outcome: str,
    note: str = "",
    evidence: Document | None = None,
    statuses: Sequence[RegulatorStatus] = (),
    excludes_abuse: bool | None = None,
    has_inner_limit: bool | None = None,
) -> LotCheck:
    """`statuses` of the lot's settings are what the Ofsted check rests on; the two last are read in a policy."""
    locked_application(application_lot.application)
    application_lot = ApplicationLot.objects.select_related("application__system__council").get(
        pk=application_lot.pk
    )
    check_can_check(by, application_lot)
    if kind == LotCheck.Kind.EXCLUSION:
        raise Refused("Exclusion is assessed with its grounds and a look at the debarment list.")
    if outcome == LotCheck.Outcome.PASSED:
        faults = []
        if kind == LotCheck.Kind.OFSTED:
            faults = [one.failing for one in statuses if one.failing]
        if kind == LotCheck.Kind.INSURANCE:
            faults = insurance_faults(application_lot, today())
            faults += wording_faults(excludes_abuse=excludes_abuse, has_inner_limit=has_inner_limit)
        if faults:
            raise Refused(f"This check cannot pass. {' '.join(faults)}")
    return write_check(
        by,
        application_lot,
        kind,
        outcome,
        note,
        evidence=evidence,
        regulator_statuses=[one.as_json() for one in statuses] or None,
        excludes_abuse=excludes_abuse,
        has_inner_limit=has_inner_limit,
    )


def write_check(
    by: User, applied: ApplicationLot, kind: str, outcome: str, note: str, **values: Any
) -> LotCheck:
    if outcome != LotCheck.Outcome.PASSED and not note.strip():
        raise Refused("Say what is wrong or missing.")
    return LotCheck.objects.create(
        application_lot=applied,
        kind=kind,
        outcome=outcome,
        note=note,
        checked_by=own_membership(by),
        checked_on=today(),
        **values,
    )


@transaction.atomic
def ask_provider(
    *, by: User, application: Application, question: str, lot: ApplicationLot | None = None
) -> Clarification:
    """Ask about one lot, or about the application as a whole. The council's clock stops until the answer."""
    application = locked_application(application)
    check_at_council(by, application, Permission.CHECK_APPLICATIONS)
    check_in_progress(application)
    if not question.strip():
        raise Refused("Say what is wrong or missing.")
    if open_clarification(application, lot):
        raise Refused("The provider has a question of yours to answer already.")
    if not may_be_asked_again(application, lot):
        raise Refused(
            f"The provider has been asked {MOST_QUESTIONS} times already:"
            " record what you found with what you have."
        )
    return Clarification.objects.create(
        application=application,
        lot=lot,
        question=question,
        asked_at=timezone.now(),
        asked_by=own_membership(by),
        due_on=add_working_days(today(), application.system.clarification_days),
    )


@transaction.atomic
def ask_about_checks(*, application_lot: ApplicationLot) -> Clarification:
    """One question out of every check that was unclear, asked by whoever did the last of them."""
    application = locked_application(application_lot.application)
    unclear = unclear_checks(application_lot)
    return Clarification.objects.create(
        application=application,
        lot=application_lot,
        question="\n".join(f"{check.get_kind_display()}: {check.note}" for check in unclear),
        asked_at=timezone.now(),
        asked_by=unclear[-1].checked_by,
        due_on=add_working_days(today(), application.system.clarification_days),
    )


@transaction.atomic
def answer_question(
    *, by: User, clarification: Clarification, answer: str, documents: Sequence[Document] = ()
) -> None:
    """Answer, with more documents of the library where they help. What was sent before stays as it was."""
    application = locked_application(clarification.application)
    clarification = locked(clarification)
    check_own(by, application)
    check_in_progress(application)
    if not clarification.is_open:
        raise Refused("This question has been answered or closed already.")
    if not answer.strip():
        raise Refused("Enter your answer.")
    attach(by, application, documents)
    clarification.answer = answer
    clarification.answered_at, clarification.answered_by = timezone.now(), own_membership(by)
    clarification.save()


@transaction.atomic
def close_question(*, clarification: Clarification) -> None:
    """Close a question whose time has passed: the council continues with what it has."""
    clarification = locked(clarification)
    if clarification.is_open:
        clarification.closed_at = timezone.now()
        clarification.save()
