"""How the tests of areas ask: one area's reading of one setting, its limits, its whole score."""

import datetime as dt

from inspections.scorecards.inputs.visibility import EVERYBODY, EvidenceScope
from inspections.scorecards.scoring.arithmetic import DomainCell, Limit, Score
from inspections.scorecards.selectors import scorecard
from inspections.visits.models import ReportVersion, Visit
from inspections.visits.services import reporting
from providers.directory.models import Setting
from qa_portal.core.dates import today
from tests.factories.visits import recorded
from tests.factories.world import World


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def score_of(setting: Setting, on: dt.date | None = None, scope: EvidenceScope = EVERYBODY) -> Score:
    among = Setting.objects.filter(pk=setting.pk)
    [row] = scorecard(as_at=on or today(), scope=scope, among=among, before=False).rows
    return row.score


def cell_of(
    area: str, setting: Setting, on: dt.date | None = None, scope: EvidenceScope = EVERYBODY
) -> DomainCell:
    return next(cell for cell in score_of(setting, on, scope).cells if cell.domain.code == area)


def limits_of(
    setting: Setting, on: dt.date | None = None, scope: EvidenceScope = EVERYBODY
) -> tuple[Limit, ...]:
    return score_of(setting, on, scope).limits


def rules_of(setting: Setting, on: dt.date | None = None, scope: EvidenceScope = EVERYBODY) -> list[str]:
    return [limit.rule for limit in limits_of(setting, on, scope)]


def published(world: World, **plan) -> ReportVersion:
    """A visit of today by the north, with its report."""
    return publish(world, recorded(world, **plan))


def publish(world: World, visit: Visit) -> ReportVersion:
    """Confirmed by the provider, signed off by the manager."""
    confirmed(world, visit)
    return reporting.sign_off(by=world.as_("team_manager"), visit=visit)


def confirmed(world: World, visit: Visit) -> None:
    reporting.send_draft(by=world.as_("contract_officer"), visit=visit)
    reporting.end_accuracy(by=world.as_("provider_manager_x"), visit=visit, nothing_to_correct=True)
