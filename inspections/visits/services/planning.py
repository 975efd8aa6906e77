"""Before a visit: who goes where, when, to look at what."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inspections.actions.models import Action, Source
from inspections.actions.services import withdraw_proposed
from inspections.question_sets.models import Standard
from inspections.question_sets.selectors import version_for
from inspections.visits import rules
from inspections.visits.models import Visit, VisitAssessor, VisitStandard
from inspections.visits.models.visits import VisitQuerySet
from inspections.visits.services.locking import lock
from providers.directory.models import Setting
from providers.directory.selectors import owner_of
from providers.people.models import Membership, User
from providers.people.rules import check_knows, check_may, own_organisation
from providers.people.selectors import holders
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.handover import HandoverType, register
from qa_portal.core.rules import Refused


@transaction.atomic
def plan_visit(
    *,
    by: User,
    setting: Setting,
    kind: str,
    notice: str,
    on: dt.date,
    lead: Membership,
    standards: Iterable[Standard],
    mode: str = "",
    reason: str = "",
    assessors: Iterable[Membership] = (),
    revisit_of: Visit | None = None,
) -> Visit:
    """Asks the question set in force today, also if a newer one is published before the day of the visit."""
    check_may(by, Permission.PLAN_VISITS)
    council = own_organisation(by)
    standards, assessors = list(standards), list(assessors)
    if setting:
        check_knows(by, setting)
    version, provider = version_for(setting, today()), owner_of(setting)
    check_plan(
        setting=setting, kind=kind, notice=notice, mode=mode, on=on, version=version, provider=provider
    )
    check_team(council, lead)
    if not standards or any(standard.version_id != version.pk for standard in standards):
        raise Refused("Choose at least one standard of the question set that is asked here.")
    visit = Visit.objects.create(
        council=council,
        provider=provider,
        setting=setting,
        kind=kind,
        mode="" if kind == Visit.Kind.DESKTOP else mode,
        notice=notice,
        reason=reason,
        planned_on=on,
        question_set_version=version,
        lead=lead,
        revisit_of=revisit_of,
    )
    for standard in standards:
        VisitStandard.objects.create(visit=visit, standard=standard)
    for membership in assessors:
        if membership != lead:
            VisitAssessor.objects.create(visit=visit, membership=membership)
    return visit


def check_plan(*, setting, kind, notice, mode, on, version, provider) -> None:
    if not setting:
        raise Refused("Choose a setting.")
    if version is None:
        raise Refused(
            f"No question set asks about settings of this type: {setting.provision_type or 'unknown'}."
        )
    if provider is None:
        raise Refused("The register does not say who owns this setting, so nobody could answer the report.")
    if kind == Visit.Kind.DESKTOP and notice == Visit.Notice.UNANNOUNCED:
        raise Refused("A desktop review needs the provider's papers, so it is announced.")
    if kind != Visit.Kind.DESKTOP and not mode:
        raise Refused("Choose whether the visit is on site or virtual.")
    if on < today():
        raise Refused("A visit is planned for today or a later day.")


def check_team(council, lead: Membership) -> None:
    if not holders(Permission.RECORD_VISITS, council).filter(pk=lead.pk).exists():
        raise Refused("The lead must be one of your council's officers who record visits.")


@transaction.atomic
def move_visit(*, by: User, visit: Visit, on: dt.date, reason: str) -> Visit:
    """To another day, before it has begun."""
    visit = lock(visit)
    rules.check_can_change_plan(by, visit)
    if on < today():
        raise Refused("A visit is planned for today or a later day.")
    visit.planned_on, visit._change_reason = on, reason
    visit.save()
    return visit


@transaction.atomic
def cancel_visit(*, by: User, visit: Visit, reason: str) -> Visit:
    """What was recorded is kept; actions that stood in its draft are cancelled with it."""
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
