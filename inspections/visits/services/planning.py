"""Services before a visit: plan it, move it, cancel it, give it to another lead."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from inspections.actions.models import Action, Source
from inspections.actions.services import withdraw_proposed
from inspections.question_sets.models import QuestionSetVersion, Standard
from inspections.question_sets.selectors import version_for
from inspections.visits import rules
from inspections.visits.models import Visit, VisitAssessor, VisitStandard
from inspections.visits.models.visits import VisitQuerySet
from inspections.visits.services import lock
from providers.directory.models import Provider, Setting
from providers.directory.selectors import owner_of
from providers.people.models import Membership, Organisation, User
from providers.people.rules import check_knows, check_may, own_organisation
from providers.people.selectors import holders
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.handover import HandoverType, register
from qa_portal.core.rules import Refused


@dataclass(frozen=True)
class VisitPlan:
    """Who visits what, when and how. `mode` stays empty for a desktop review."""

    setting: Setting
    kind: str
    notice: str
    on: dt.date
    lead: Membership
    standards: Iterable[Standard]
    mode: str = ""
    reason: str = ""
    assessors: Iterable[Membership] = ()
    revisit_of: Visit | None = None

    @property
    def is_desktop(self) -> bool:
        return self.kind == Visit.Kind.DESKTOP


@transaction.atomic
def plan_visit(*, by: User, plan: VisitPlan) -> Visit:
    """Plan a visit with the question set in force today; it is kept even if a newer one is published."""
    check_may(by, Permission.PLAN_VISITS)
    council = own_organisation(by)
    if plan.setting is None:
        raise Refused("Choose a setting.")
    check_knows(by, plan.setting)
    version, provider = check_plan(plan, version_for(plan.setting, today()), owner_of(plan.setting))
    check_team(council, plan.lead)
    standards = list(plan.standards)
    if not standards or any(standard.version_id != version.pk for standard in standards):
        raise Refused("Choose at least one standard from the question set for this setting.")
    visit = Visit.objects.create(
        council=council,
        provider=provider,
        setting=plan.setting,
        kind=plan.kind,
        mode="" if plan.is_desktop else plan.mode,
        notice=plan.notice,
        reason=plan.reason,
        planned_on=plan.on,
        question_set_version=version,
        lead=plan.lead,
        revisit_of=plan.revisit_of,
    )
    for standard in standards:
        VisitStandard.objects.create(visit=visit, standard=standard)
    for membership in plan.assessors:
        if membership != plan.lead:
            VisitAssessor.objects.create(visit=visit, membership=membership)
    return visit


def check_plan(
    plan: VisitPlan, version: QuestionSetVersion | None, provider: Provider | None
) -> tuple[QuestionSetVersion, Provider]:
    """Return what the plan needs from elsewhere, which is there once the plan is right."""
    if version is None:
        raise Refused(
            f"There is no question set for settings of this type: {plan.setting.provision_type or 'unknown'}."
        )
    if provider is None:
        raise Refused("We do not know who owns this setting, so nobody could respond to the report.")
    if plan.is_desktop and plan.notice == Visit.Notice.UNANNOUNCED:
        raise Refused("A desktop review needs documents from the provider, so it must be announced.")
    if not plan.is_desktop and not plan.mode:
        raise Refused("Choose whether the visit is on site or virtual.")
    if plan.on < today():
        raise Refused("The date of the visit cannot be in the past.")
    return version, provider


def check_team(council: Organisation, lead: Membership) -> None:
    if not holders(Permission.RECORD_VISITS, council).filter(pk=lead.pk).exists():
        raise Refused("Choose a lead who can record visits for your council.")


@transaction.atomic
def move_visit(*, by: User, visit: Visit, on: dt.date, reason: str) -> Visit:
    """Move a visit that has not started to another day."""
    visit = lock(visit)
    rules.check_can_change_plan(by, visit)
    if on < today():
        raise Refused("The date of the visit cannot be in the past.")
    visit.planned_on, visit._change_reason = on, reason
    visit.save()
    return visit


@transaction.atomic
def cancel_visit(*, by: User, visit: Visit, reason: str) -> Visit:
    """Cancel a visit. Its record is kept and its proposed actions are cancelled."""
    visit = lock(visit)
    rules.check_can_cancel(by, visit)
    visit.state, visit.cancelled_reason = Visit.State.CANCELLED, reason
    visit.cancelled_at, visit.cancelled_by = timezone.now(), by.membership
    visit._change_reason = reason
    visit.save()
    proposed = Action.objects.of(Source.VISIT, visit.public_id).filter(state=Action.State.PROPOSED)
    for action in proposed:
        withdraw_proposed(by=by, action=action, reason=reason)
    return visit


def led_by(membership: Membership) -> VisitQuerySet:
    """Return the visits that somebody leads and that are neither published nor cancelled."""
    over = [Visit.State.PUBLISHED, Visit.State.CANCELLED]
    return Visit.objects.filter(lead=membership).exclude(state__in=over)


def hand_over(visit: Visit, to: Membership, reason: str) -> None:
    """Make a colleague the lead of a visit."""
    visit.lead, visit._change_reason = to, reason
    visit.save()


register(HandoverType("monitoring visit", "monitoring visits", led_by, hand_over))
