"""Who may run a system, apply to it, check and decide. Each rule raises Refused with the sentence the page shows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from providers.people.models import User
from providers.people.rules import check_acts_for, check_acts_for_provider, check_may
from providers.purchasing.exclusion import has_declared_a_ground
from providers.purchasing.models import (
    APPROVALS,
    Application,
    ApplicationLot,
    ApprovalBlocker,
    ExclusionAssessment,
    Exemption,
    LotCheck,
    LotDecision,
    Override,
    PurchasingSystem,
)
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.stand_ins import is_conflicted
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

NOT_APPLIED = frozenset({LotDecision.Outcome.WITHDRAWN, LotDecision.Outcome.LAPSED})
"""Outcomes that no officer chooses: the provider withdraws, and time lapses."""
LIST_STAYS_FRESH = dt.timedelta(days=14)


@dataclass(frozen=True)
class ExclusionFinding:
    """What somebody found about exclusion: the columns of an `ExclusionAssessment` that a person fills in."""

    state: str
    list_looked_on: dt.date
    list_finding: str
    review_on: dt.date
    grounds: str = ""
    reason: str = ""


def check_can_manage(user: User, system: PurchasingSystem) -> None:
    sentence = f"{system.council} looks after this system."
    check_acts_for(user, system.council, Permission.MANAGE_PURCHASING, otherwise=sentence)


def check_can_apply(user: User, system: PurchasingSystem) -> None:
    check_may(user, Permission.APPLY)
    if not user.scope.is_provider:
        raise Refused("Only a provider applies to a purchasing system.")
    if not system.is_open(today()):
        raise Refused(f"{system} is not open for applications today.")


def check_can_prepare(user: User, application: Application) -> None:
    """Raise Refused unless the application is a draft of the user's own provider."""
    check_own(user, application)
    if not application.is_draft:
        raise Refused("This application has been sent and can no longer be changed.")


def check_own(user: User, application: Application) -> None:
    sentence = "This application is another provider's."
    check_acts_for_provider(user, application.provider_id, Permission.APPLY, otherwise=sentence)


def check_can_withdraw(user: User, application: Application) -> None:
    check_own(user, application)
    if not application.is_open:
        raise Refused("This application has ended, so there is nothing to withdraw.")


def check_at_council(user: User, application: Application, permission: Permission) -> None:
    council = application.system.council
    check_acts_for(user, council, permission, otherwise=f"{council} considers this application.")


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
    if is_conflicted(user, checkers(application_lot)):
        raise Refused("You did a check on this lot, so somebody else must decide it.")
    if application_lot.exemptions.filter(approved_by__person=user.person_id).exists():
        raise Refused("You allowed an exemption for this lot, so somebody else must decide it.")


def checkers(application_lot: ApplicationLot) -> set[int]:
    """Persons who did a check of the lot, or assessed exclusion for its application."""
    checks = LotCheck.objects.filter(application_lot=application_lot.pk)
    assessed = ExclusionAssessment.objects.filter(application=application_lot.application_id)
    return set(checks.values_list("checked_by__person", flat=True)) | set(
        assessed.values_list("assessed_by__person", flat=True)
    )


def check_can_exempt(user: User, application_lot: ApplicationLot) -> None:
    """Raise Refused unless the user may decide exemptions and did no check on the lot."""
    check_at_council(user, application_lot.application, Permission.DECIDE_SUSPENSIONS)
    check_undecided(application_lot)
    if user.person_id in checkers(application_lot):
        raise Refused("You did a check on this lot, so somebody else must decide on an exemption.")


def exemption_of(application_lot: ApplicationLot, on: dt.date) -> Exemption | None:
    """Return the newest exemption in force on the day, or None.

    It covers what an exemption could cover when it was allowed.
    """
    return application_lot.exemptions.filter(expires_on__gte=on).order_by("-pk").first()


def left_over(found: Sequence[ApprovalBlocker], exemption: Exemption | None) -> list[ApprovalBlocker]:
    """Return the obstacles that an exemption could cover and this one does not."""
    exemptible = [one for one in found if one.way == Override.EXEMPTION]
    return [one for one in exemptible if exemption is None or not exemption.covers_blocker(one)]


def check_can_approve(
    application_lot: ApplicationLot, found: Sequence[ApprovalBlocker], on: dt.date, exclusion_reason: str
) -> None:
    """Nothing stands against it but what an exemption in force covers, and what the decider gives a reason for."""
    if final := [one for one in found if one.way == Override.NONE]:
        raise Refused(f"This lot cannot be approved. {words_of(final)} No exemption covers this.")
    if left := left_over(found, exemption_of(application_lot, on)):
        raise Refused(
            f"This lot cannot be approved. {words_of(left)}"
            " Defer it, do not approve it, or ask the head of service for an exemption."
        )
    discretionary = [one for one in found if one.way == Override.REASON]
    if discretionary and not exclusion_reason.strip():
        raise Refused(
            f"{words_of(discretionary)} To approve the lot all the same, say why you do not exclude them."
        )


def words_of(found: Sequence[ApprovalBlocker]) -> str:
    return " ".join(one.words for one in found)


def check_can_assess(user: User, application: Application) -> None:
    """Raise Refused unless the application is considered, or the provider may be on a lot because of it."""
    check_at_council(user, application, Permission.CHECK_APPLICATIONS)
    if application.state not in (Application.State.SUBMITTED, Application.State.CONCLUDED):
        raise Refused(f"This application is not being considered: {application.get_state_display().lower()}.")


def check_assessment(application: Application, finding: ExclusionFinding, on: dt.date) -> None:
    """Raise Refused unless the debarment list was read of late, grounds are named and declared ones answered."""
    if finding.list_looked_on > on or finding.list_looked_on < on - LIST_STAYS_FRESH:
        raise Refused(
            f"Look at the debarment list now: what it said counts for {LIST_STAYS_FRESH.days} days."
        )
    if not finding.list_finding.strip():
        raise Refused("Say what the debarment list said, and where you looked.")
    if finding.review_on <= on:
        raise Refused("The review day must be after today.")
    if finding.state != ExclusionAssessment.State.NO_GROUND and not finding.grounds.strip():
        raise Refused("Name the grounds, and whom they concern.")
    needs_reason = finding.state != ExclusionAssessment.State.NO_GROUND or has_declared_a_ground(application)
    if needs_reason and not finding.reason.strip():
        raise Refused("Give your reasons: the provider declared a ground, or you found one.")


def check_outcome(outcome: str, reasons: Sequence[str], words: str) -> None:
    if outcome in NOT_APPLIED:
        raise Refused("Choose approved, approved with conditions, deferred or not approved.")
    if outcome == LotDecision.Outcome.APPROVED:
        return
    if not words.strip():
        raise Refused("Give the reasons in your own words: the provider reads them.")
    if outcome not in APPROVALS and not reasons:
        raise Refused("Choose at least one reason from the list.")
