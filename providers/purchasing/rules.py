"""Who may run a system, apply to it, check and decide. Each rule raises Refused with the sentence the page shows."""

import datetime as dt
from collections.abc import Sequence

from providers.contracts.models import ReferralHold
from providers.directory.models import Provider
from providers.directory.standing import OfstedStanding
from providers.people.models import Membership, User
from providers.people.rules import check_may
from providers.purchasing.models import (
    APPROVALS,
    Application,
    ApplicationLot,
    Exemption,
    LotCheck,
    LotDecision,
    PurchasingSystem,
)
from providers.purchasing.selectors import names_of, newest_checks
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.standing import acts_at, is_kept_apart
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

NOT_APPLIED = frozenset({LotDecision.Outcome.WITHDRAWN, LotDecision.Outcome.LAPSED})
"""Outcomes that no officer chooses: the provider withdraws, and time lapses."""


def acting_as(user: User) -> Membership:
    """The membership that a row of this slice names as its author."""
    if user.membership is None:
        raise Refused("Choose whom you are acting for first.")
    return user.membership


def check_can_manage(user: User, system: PurchasingSystem) -> None:
    check_may(user, Permission.MANAGE_PURCHASING)
    if system.council_id != user.scope.organisation_id:
        raise Refused(f"{system.council} looks after this system.")


def check_can_apply(user: User, system: PurchasingSystem) -> None:
    check_may(user, Permission.APPLY)
    if not user.scope.is_provider:
        raise Refused("Only a provider applies to a purchasing system.")
    if not system.is_open(today()):
        raise Refused(f"{system} is not open for applications today.")


def check_can_prepare(user: User, application: Application) -> None:
    """A draft is the provider's to change; what was sent is locked."""
    check_own(user, application)
    if not application.is_draft:
        raise Refused("This application has been sent and can no longer be changed.")


def check_own(user: User, application: Application) -> None:
    check_may(user, Permission.APPLY)
    own = Provider.objects.one_with(user.scope.provider_id).filter(pk=application.provider_id)
    if not (user.scope.is_provider and own.exists()):
        raise Refused("This application is another provider's.")


def check_can_withdraw(user: User, application: Application) -> None:
    check_own(user, application)
    if not application.is_open:
        raise Refused("This application has ended, so there is nothing to withdraw.")


def check_at_council(user: User, application: Application, permission: Permission) -> None:
    check_may(user, permission)
    if not acts_at(user, application.system.council_id):
        raise Refused(f"{application.system.council} considers this application.")


def check_in_progress(application: Application) -> None:
    if application.state != Application.State.SUBMITTED:
        raise Refused(f"This application is not being considered: {application.get_state_display().lower()}.")


def check_undecided(application_lot: ApplicationLot) -> None:
    check_in_progress(application_lot.application)
    if application_lot.decisions.exists():
        raise Refused(f"{application_lot} has been decided already.")


def check_can_check(user: User, application_lot: ApplicationLot) -> None:
    check_at_council(user, application_lot.application, Permission.CHECK_APPLICATIONS)
    check_undecided(application_lot)


def check_can_decide(user: User, application_lot: ApplicationLot) -> None:
    """Separation of duties: whoever did a check of a lot, completeness included, does not decide that lot."""
    check_at_council(user, application_lot.application, Permission.DECIDE_APPLICATIONS)
    check_undecided(application_lot)
    if is_kept_apart(user, checkers(application_lot)):
        raise Refused("You did a check on this lot, so somebody else must decide it.")
    if application_lot.exemptions.filter(approved_by__person=user.person_id).exists():
        raise Refused("You allowed an exemption for this lot, so somebody else must decide it.")


def checkers(application_lot: ApplicationLot) -> set[int]:
    """Persons who did a check of the lot."""
    checks = LotCheck.objects.filter(application_lot=application_lot.pk)
    return set(checks.values_list("checked_by__person", flat=True))


def check_can_exempt(user: User, application_lot: ApplicationLot) -> None:
    """The head of service, who decides suspensions and exemptions; never somebody who checked the lot."""
    check_at_council(user, application_lot.application, Permission.DECIDE_SUSPENSIONS)
    check_undecided(application_lot)
    if user.person_id in checkers(application_lot):
        raise Refused("You did a check on this lot, so somebody else must decide on an exemption.")


def obstacles(application_lot: ApplicationLot, standings: Sequence[OfstedStanding], on: dt.date) -> list[str]:
    """Why the lot cannot be approved without an exemption, a sentence each; empty when it can."""
    checks = newest_checks(application_lot)
    missing = [kind for kind in LotCheck.Kind if kind not in checks]
    found = [f"The check of {kind.label.lower()} has not been done." for kind in missing]
    failed = [check for check in checks.values() if check.outcome != LotCheck.Outcome.PASSED]
    found += [f"{check.get_kind_display()}: {check.get_outcome_display().lower()}." for check in failed]
    found += [standing.failing for standing in standings if standing.failing]
    return found + suspensions_of(application_lot.application, on)


def suspensions_of(application: Application, on: dt.date) -> list[str]:
    """Why its provider cannot be taken on: a sentence for each lot of this council's on which it is suspended.

    Another council's suspension bars it too; on which lot, and since when, is for that council to share.
    """
    provider, council = application.provider, application.system.council_id
    holds = (
        ReferralHold.objects.suspensions().in_force(on).filter(membership__provider__in=names_of(provider))
    )
    holds = list(holds.select_related("membership__lot__system"))
    ours = [hold for hold in holds if hold.membership.lot.system.council_id == council]
    told = [
        f"{provider} is suspended on {hold.membership.lot} since {hold.from_on:%-d %B %Y}." for hold in ours
    ]
    return told + [f"{provider} is suspended by another council."] * (len(ours) < len(holds))


def exemption_of(application_lot: ApplicationLot, on: dt.date) -> Exemption | None:
    return application_lot.exemptions.filter(expires_on__gte=on).first()


def check_can_approve(
    application_lot: ApplicationLot, standings: Sequence[OfstedStanding], on: dt.date
) -> None:
    """Every check passed, every setting through the gateway and no suspension, or an exemption in force."""
    found = obstacles(application_lot, standings, on)
    if found and exemption_of(application_lot, on) is None:
        raise Refused(
            f"This lot cannot be approved. {' '.join(found)}"
            " Defer it, do not approve it, or ask the head of service for an exemption."
        )


def check_outcome(outcome: str, reasons: Sequence[str], words: str) -> None:
    if outcome in NOT_APPLIED:
        raise Refused("Choose approved, approved with conditions, deferred or not approved.")
    if outcome == LotDecision.Outcome.APPROVED:
        return
    if not words.strip():
        raise Refused("Give the reasons in your own words: the provider reads them.")
    if outcome not in APPROVALS and not reasons:
        raise Refused("Choose at least one reason from the list.")
