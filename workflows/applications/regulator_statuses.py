"""What Ofsted says of the settings that a lot rests on, as the slice of purchasing takes it."""

import datetime as dt
from typing import Any

from inspections.ofsted.models import Inspection
from inspections.ofsted.selectors import NOT_YET_INSPECTED, current_judgements
from providers.directory.models import Setting
from providers.directory.regulator_status import RegulatorStatus
from providers.purchasing.models import ApplicationLot
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.present import present

NO_OVERALL_GRADE = "No overall grade"


def regulator_statuses(applied: ApplicationLot, user, on: dt.date) -> list[RegulatorStatus]:
    """One for each setting: the provisional outcome where `user` may know it, else the newest published one."""
    settings = list(Setting.objects.filter(pk__in=applied.settings.values("setting")).with_names())
    known = current_judgements(settings, on) | provisional_outcomes(settings, user)
    return [status_of(setting, known.get(setting.pk)) for setting in settings]


def provisional_outcomes(settings: list[Setting], user) -> dict[int, Inspection]:
    """Return, by setting, what Ofsted has told the council and not yet published.

    For the monitoring team alone.
    """
    if not scope_of(user).may(Permission.VIEW_PROVISIONAL):
        return {}
    told = (
        Inspection.objects.visible_to(user)
        .filter(
            setting__in=settings,
            outcome_status=Inspection.OutcomeStatus.PROVISIONAL,
            scale__sets_rating=True,
            withdrawn_on=None,
            superseded_by=None,
        )
        .select_related("scale")
        .prefetch_related("judgements__grade")
        .order_by("inspected_on", "pk")
    )
    return {inspection.setting_id: inspection for inspection in told}


def status_of(setting: Setting, inspection: Inspection | None) -> RegulatorStatus:
    registration = setting.registration_state
    about: dict[str, Any] = {
        "setting_id": setting.pk,
        "urn": setting.urn,
        "name": setting.display_name,
        "registration": registration.label if registration else "",
        "is_registered": bool(registration and registration.is_open) and setting.closed_on is None,
    }
    if inspection is None:
        return RegulatorStatus(**about, grade=NOT_YET_INSPECTED)
    headline = next(
        (one for one in inspection.judgements.all() if one.subject == present(inspection.scale).headline),
        None,
    )
    return RegulatorStatus(
        **about,
        grade=headline.words if headline and headline.words else NO_OVERALL_GRADE,
        scale=present(inspection.scale).label,
        inspected_on=inspection.inspected_on,
        is_worst=bool(headline and headline.grade and headline.grade.is_worst),
        is_provisional=inspection.outcome_status == Inspection.OutcomeStatus.PROVISIONAL,
    )
