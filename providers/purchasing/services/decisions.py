"""The decision on a lot, the exemption it may need, and the letters that end an application."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from providers.directory.regulator_status import RegulatorStatus
from providers.people.models import User
from providers.people.rules import own_membership
from providers.purchasing.approval_blockers import approval_blockers
from providers.purchasing.exclusion import counting_assessments
from providers.purchasing.models import (
    APPROVALS,
    Application,
    ApplicationLot,
    ApprovalBlocker,
    DecisionCondition,
    ExclusionAssessment,
    Exemption,
    LotDecision,
    LotMembership,
    Override,
)
from providers.purchasing.rules import (
    check_can_approve,
    check_can_decide,
    check_can_exempt,
    check_outcome,
    exemption_of,
    left_over,
)
from providers.purchasing.selectors import newest_checks
from providers.purchasing.services.applications import documents_as_sent, locked_application
from qa_portal.core.dates import add_working_days, today
from qa_portal.core.rules import Refused

A_YEAR = 365
OVERTURNED = (
    "You were found to be an excluded supplier before this letter, so the council cannot approve the lot."
)


def locked_lot(application_lot: ApplicationLot) -> ApplicationLot:
    """Return the lot for a decision, its application locked first, so that two decisions take turns."""
    locked_application(application_lot.application)
    return ApplicationLot.objects.select_related(
        "lot__provision_type", "application__provider__merger__into", "application__system__council"
    ).get(pk=application_lot.pk)


@transaction.atomic
def decide_lot(
    *,
    by: User,
    application_lot: ApplicationLot,
    outcome: str,
    statuses: Sequence[RegulatorStatus],
    suspended: Sequence[str],
    reasons: Sequence[str] = (),
    words: str = "",
    exclusion_reason: str = "",
    effective_on: dt.date | None = None,
    condition: str = "",
    condition_due_on: dt.date | None = None,
) -> LotDecision:
    """`statuses` are those of the lot's settings now; they are frozen with everything else it rested on.

    `suspended` is as `obstacles` takes it; `exclusion_reason` says why an excludable supplier is approved.
    """
    applied = locked_lot(application_lot)
    check_can_decide(by, applied)
    check_outcome(outcome, reasons, words)
    approves = outcome in APPROVALS
    found = approval_blockers(applied, statuses, today(), suspended=suspended)
    if approves:
        check_can_approve(applied, found, today(), exclusion_reason)
        effective_on = first_day(applied, effective_on)
    conditional = outcome == LotDecision.Outcome.WITH_CONDITIONS
    if conditional and not (condition.strip() and condition_due_on):
        raise Refused("Write the condition and the day by which it must be met.")
    needs_exemption = approves and any(one.way == Override.EXEMPTION for one in found)
    used = exemption_of(applied, today()) if needs_exemption else None
    is_excludable = approves and any(one.way == Override.REASON for one in found)
    decision = LotDecision.objects.create(
        application_lot=applied,
        outcome=outcome,
        reasons=list(reasons),
        words=words,
        exclusion_reason=exclusion_reason if is_excludable else "",
        decided_by=own_membership(by),
        decided_on=today(),
        effective_on=effective_on if approves else None,
        conditions=applied.application.conditions,
        exemption=used,
        basis=basis_of(applied, statuses, found, used),
    )
    if conditional and condition_due_on:
        DecisionCondition.objects.create(decision=decision, text=condition, due_on=condition_due_on)
    return decision


def first_day(applied: ApplicationLot, effective_on: dt.date | None) -> dt.date:
    """Not before the system's pause between the outcome and its effect is over."""
    earliest = today()
    if pause := applied.application.system.pause_days:
        earliest = add_working_days(today(), pause)
    if effective_on and effective_on < earliest:
        raise Refused(f"The first day cannot be before {earliest:%-d %B %Y}.")
    return effective_on or earliest


def basis_of(
    applied: ApplicationLot,
    statuses: Sequence[RegulatorStatus],
    found: Sequence[ApprovalBlocker],
    exemption: Exemption | None,
) -> dict:
    """Plain values: what was sent, found and assessed, the `obstacles`, and the `exemption` that covered them."""
    application = applied.application
    sent = application.sent_copy.content
    checks = newest_checks(applied).values()
    return {
        "standings": [status.as_json() for status in statuses],
        "checks": [
            {"kind": c.kind, "outcome": c.outcome, "note": c.note, "on": c.checked_on.isoformat()}
            for c in checks
        ],
        "documents": documents_as_sent(application),
        "declarations": sent["declarations"],
        "platform": sent.get("platform"),
        "exclusion": [assessment_as_json(one) for one in counting_assessments(application)],
        "obstacles": [one.as_json() | {"way": one.way.value} for one in found],
        "exemption": exemption_as_json(exemption) if exemption else None,
        "conditions_version": application.conditions.number if application.conditions else None,
    }


def assessment_as_json(assessment: ExclusionAssessment) -> dict:
    columns = ("state", "grounds", "reason", "list_finding")
    days = ("list_looked_on", "review_on")
    return {
        "id": str(assessment.public_id),
        **{name: getattr(assessment, name) for name in columns},
        **{name: getattr(assessment, name).isoformat() for name in days},
        "assessed_at": assessment.assessed_at.isoformat(),
    }


def exemption_as_json(exemption: Exemption) -> dict:
    expires_on = exemption.expires_on.isoformat()
    return {"reason": exemption.reason, "expires_on": expires_on, "covers": exemption.covers}


@transaction.atomic
def allow_exemption(
    *,
    by: User,
    application_lot: ApplicationLot,
    reason: str,
    expires_on: dt.date,
    statuses: Sequence[RegulatorStatus],
    suspended: Sequence[str],
) -> Exemption:
    """Lets the lot be approved by somebody else although obstacles stand. It names those that it covers."""
    applied = locked_lot(application_lot)
    check_can_exempt(by, applied)
    if expires_on <= today():
        raise Refused("The exemption must end after today.")
    found = approval_blockers(applied, statuses, today(), suspended=suspended)
    covered = [one for one in found if one.way == Override.EXEMPTION]
    if not covered:
        raise Refused("There is nothing today that an exemption could cover.")
    if not left_over(found, exemption_of(applied, today())):
        raise Refused("An exemption for all of this is in force for this lot already.")
    return Exemption.objects.create(
        application_lot=applied,
        covers=[one.as_json() for one in covered],
        reason=reason,
        expires_on=expires_on,
        approved_by=own_membership(by),
        approved_on=today(),
    )


@transaction.atomic
def conclude_application(*, application: Application) -> Application:
    """Issues the letters once every lot is decided, and puts the provider on the lots that were approved."""
    application = locked_application(application)
    if application.state != Application.State.SUBMITTED:
        return application
    lots = application.lots.count()
    decisions = list(
        LotDecision.objects.filter(
            application_lot__application=application, superseded_by=None
        ).select_related("application_lot__lot", "conditions")
    )
    if len(decisions) < lots:
        raise Refused("Not every lot has been decided.")
    application.state, application.concluded_at = Application.State.CONCLUDED, timezone.now()
    application.save()
    barring = next((one for one in counting_assessments(application) if one.bars), None)
    for decision in decisions:
        if decision.effective_on and barring:
            overturn(decision, barring)
        elif decision.effective_on:
            join(application, decision, decision.effective_on)
    return application


def overturn(decision: LotDecision, barring: ExclusionAssessment) -> LotDecision:
    """Reject a lot that was approved before the provider was found to be excluded.

    No letter may admit an excluded supplier.
    """
    return LotDecision.objects.create(
        application_lot=decision.application_lot,
        outcome=LotDecision.Outcome.REJECTED,
        reasons=[LotDecision.Reason.EXCLUSION.value],
        words=f"{OVERTURNED} {barring}: {barring.grounds}",
        decided_by=barring.assessed_by,
        decided_on=today(),
        conditions=decision.conditions,
        basis=decision.basis | {"exclusion": [assessment_as_json(barring)]},
        supersedes=decision,
    )


def join(application: Application, decision: LotDecision, effective_on: dt.date) -> LotMembership:
    """Put the provider on the lot from the first day decided, and never before the letter.

    Check again after a year (facts 2.3).
    """
    from_on = max(effective_on, today())
    return LotMembership.objects.create(
        provider=application.provider,
        lot=decision.application_lot.lot,
        decision=decision,
        from_on=from_on,
        verify_again_on=from_on + dt.timedelta(days=A_YEAR),
    )
