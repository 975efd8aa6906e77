"""A suspension holds referrals on the lots that rest on what is suspended; stepping down from it lifts its own hold."""

import datetime as dt

from django.db import transaction
from django.db.models import Min

from inspections.issues.models import ContractIssue
from providers.contracts.hold_services import hold_referrals, lift_hold
from providers.contracts.models import ReferralHold
from providers.directory.models import Provider
from providers.purchasing.models import ApplicationLotSetting, LotMembership
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from workflows.applications.lot_suspensions import suspends_lot

SOURCE = "issue "


def source_of(issue: ContractIssue) -> str:
    return f"{SOURCE}{issue.pk}"


def suspensions_without_hold() -> list[ContractIssue]:
    """Return suspensions without a hold; of one setting only where the lot has no setting left that is not suspended."""
    issues = ContractIssue.objects.suspending().filter(provider__isnull=False).select_related("council")
    return [issue for issue in issues if places_to_hold(issue)]


def places_to_hold(issue: ContractIssue) -> list[LotMembership]:
    held = ReferralHold.objects.filter(source=source_of(issue), to_on=None).values("membership")
    places = LotMembership.objects.in_force(today()).filter(
        provider__in=Provider.objects.every_name_of([issue.provider_id]),
        lot__system__council=issue.council_id,
    )
    places = places.exclude(pk__in=held).select_related("decision")
    return [place for place in places if rests_on_suspended(place, issue)]


def since(place: LotMembership, issue: ContractIssue) -> dt.date:
    """Return the day from which the suspension holds the lot, however late the background work runs.

    Where the lot rests on several settings it is the day of the last one.
    """
    days: list[dt.date | None] = [place.from_on, issue.suspended_on or today()]
    if issue.setting_id:
        others = ContractIssue.objects.suspending().filter(council=issue.council_id)
        first = (
            others.filter(setting__in=offered_on(place)).values("setting").annotate(day=Min("suspended_on"))
        )
        days += first.values_list("day", flat=True)
    lifted = ReferralHold.objects.filter(membership=place, source=source_of(issue))
    days += lifted.exclude(to_on=None).values_list("to_on", flat=True)
    return max(day for day in days if day)


def offered_on(place: LotMembership):
    offered = ApplicationLotSetting.objects.filter(application_lot=place.decision.application_lot_id)
    return offered.values_list("setting", flat=True)


def rests_on_suspended(place: LotMembership, issue: ContractIssue) -> bool:
    return suspends_lot(issue, set(offered_on(place)))


@transaction.atomic
def hold_for(issue: ContractIssue) -> None:
    issue = locked(issue)
    if issue.suspended_on is None:
        return
    for place in places_to_hold(issue):
        hold_referrals(
            by=None,
            membership=place,
            kind=ReferralHold.Kind.SUSPENSION,
            source=source_of(issue),
            from_on=since(place, issue),
            reason="Suspension of new placements",
        )


def holds_without_suspension() -> list[ReferralHold]:
    holds = ReferralHold.objects.filter(
        kind=ReferralHold.Kind.SUSPENSION, to_on=None, source__startswith=SOURCE
    )
    return [hold for hold in holds.select_related("membership__decision") if not is_needed(hold)]


def is_needed(hold: ReferralHold) -> bool:
    issue = ContractIssue.objects.suspending().filter(pk=hold.source.removeprefix(SOURCE)).first()
    return bool(issue and rests_on_suspended(hold.membership, issue))


@transaction.atomic
def lift_for_good(hold: ReferralHold) -> None:
    hold = locked(hold)
    if hold.to_on is None and not is_needed(hold):
        lift_hold(by=None, hold=hold, reason="Not suspended any more")
