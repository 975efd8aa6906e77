"""The decision on a lot, the exemption it may need, and the letters that end an application."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from providers.directory.standing import OfstedStanding
from providers.people.models import User
from providers.purchasing.models import (
    APPROVALS,
    Application,
    ApplicationLot,
    DecisionCondition,
    Exemption,
    LotDecision,
    LotMembership,
)
from providers.purchasing.rules import (
    acting_as,
    check_can_approve,
    check_can_decide,
    check_can_exempt,
    check_outcome,
    exemption_of,
    obstacles,
)
from providers.purchasing.selectors import newest_checks
from providers.purchasing.services.applications import documents_as_sent, held
from qa_portal.core.dates import add_working_days, today
from qa_portal.core.rules import Refused

A_YEAR = 365


def held_lot(application_lot: ApplicationLot) -> ApplicationLot:
    """The application is locked first, so that two decisions on its lots take turns."""
    held(application_lot.application)
    return ApplicationLot.objects.select_related(
        "lot__provision_type", "application__provider__merger__into", "application__system__council"
    ).get(pk=application_lot.pk)


@transaction.atomic
def decide_lot(
    *,
    by: User,
    application_lot: ApplicationLot,
    outcome: str,
    standings: Sequence[OfstedStanding],
    reasons: Sequence[str] = (),
    words: str = "",
    effective_on: dt.date | None = None,
    condition: str = "",
    condition_due_on: dt.date | None = None,
) -> LotDecision:
    """`standings` are those of the lot's settings now; they are frozen with everything else it rested on."""
    applied = held_lot(application_lot)
    check_can_decide(by, applied)
    check_outcome(outcome, reasons, words)
    approves = outcome in APPROVALS
    if approves:
        check_can_approve(applied, standings, today())
        effective_on = first_day(applied, effective_on)
    conditional = outcome == LotDecision.Outcome.WITH_CONDITIONS
    if conditional and not (condition.strip() and condition_due_on):
        raise Refused("Write the condition and the day by which it must be met.")
    used = exemption_of(applied, today()) if approves and obstacles(applied, standings, today()) else None
    decision = LotDecision.objects.create(
        application_lot=applied,
        outcome=outcome,
        reasons=list(reasons),
        words=words,
        decided_by=acting_as(by),
        decided_on=today(),
        effective_on=effective_on if approves else None,
        conditions=applied.application.conditions,
        exemption=used,
        basis=basis_of(applied, standings),
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


def basis_of(applied: ApplicationLot, standings: Sequence[OfstedStanding]) -> dict:
    """Plain values: `standings`, `checks`, `documents` by checksum, `declarations`, `conditions_version`."""
    application = applied.application
    checks = newest_checks(applied).values()
    return {
        "standings": [standing.as_json() for standing in standings],
        "checks": [
            {"kind": c.kind, "outcome": c.outcome, "note": c.note, "on": c.checked_on.isoformat()}
            for c in checks
        ],
        "documents": documents_as_sent(application),
        "declarations": application.sent_copy.content["declarations"],
        "conditions_version": application.conditions.number if application.conditions else None,
    }


@transaction.atomic
def allow_exemption(
    *, by: User, application_lot: ApplicationLot, reason: str, expires_on: dt.date
) -> Exemption:
    """Lets the lot be approved by somebody else although a gateway failed or a suspension stands."""
    applied = held_lot(application_lot)
    check_can_exempt(by, applied)
    if expires_on <= today():
        raise Refused("The exemption must end after today.")
    if exemption_of(applied, today()):
        raise Refused("An exemption is in force for this lot already.")
    return Exemption.objects.create(
        application_lot=applied,
        reason=reason,
        expires_on=expires_on,
        approved_by=acting_as(by),
        approved_on=today(),
    )


@transaction.atomic
def conclude_application(*, application: Application) -> Application:
    """Issues the letters once every lot is decided, and puts the provider on the lots that were approved."""
    application = held(application)
    if application.state != Application.State.SUBMITTED:
        return application
    lots = application.lots.count()
    decisions = list(
        LotDecision.objects.filter(
            application_lot__application=application, superseded_by=None
        ).select_related("application_lot__lot")
    )
    if len(decisions) < lots:
        raise Refused("Not every lot has been decided.")
    application.state, application.concluded_at = Application.State.CONCLUDED, timezone.now()
    application.save()
    for decision in decisions:
        if decision.effective_on:
            join(application, decision, decision.effective_on)
    return application


def join(application: Application, decision: LotDecision, effective_on: dt.date) -> LotMembership:
    """From the first day decided, and never before the letter. Verified again after a year (facts 2.3)."""
    from_on = max(effective_on, today())
    return LotMembership.objects.create(
        provider=application.provider,
        lot=decision.application_lot.lot,
        decision=decision,
        from_on=from_on,
        verify_again_on=from_on + dt.timedelta(days=A_YEAR),
    )
