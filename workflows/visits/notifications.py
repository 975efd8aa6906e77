"""Messages about a visit. A provider gets none about an unannounced visit before the arrival."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from inspections.visits.models import Visit
from providers.notifications.calendar import Appointment
from providers.notifications.kinds import (
    COUNCIL,
    PROVIDER,
    VISIT_ANNOUNCED,
    VISIT_CALLED_OFF,
    VISIT_UNANNOUNCED,
    MessageKind,
    register,
)
from providers.notifications.services import About, appointment_uid, notify_all
from providers.people.models import Membership
from providers.people.selectors import who_answers_for
from qa_portal.core.dates import at_london

BEGINS, ENDS = dt.time(9, 30), dt.time(16, 30)
"""The visit's day is planned, not its hours: these stand in the calendar [P]."""

DRAFT_READY = register(
    MessageKind(
        key="visit_draft_ready",
        label="Draft report with the provider",
        text="A draft report of a monitoring visit is with the provider.",
        provider_label="Draft report: your comments are needed",
        provider_text="Comment on any finding that is wrong in the draft report of a monitoring visit, by the date shown.",
        urgent=True,
        compulsory=True,
        audience=PROVIDER,
    )
)
REPORT_PUBLISHED = register(
    MessageKind(
        key="visit_report_published",
        label="A monitoring report is published",
        text="The report of a monitoring visit is published. Its actions now have due dates.",
        urgent=True,
        compulsory=True,
        audience=COUNCIL | PROVIDER,
    )
)


def team_members(visit: Visit) -> list[Membership]:
    """Return the lead and the others from councils who go."""
    going = visit.assessors.select_related("membership__organisation")
    return [visit.lead, *(one.membership for one in going if one.membership.organisation.kind in COUNCIL)]


def provider_recipients(visit: Visit) -> Iterable[Membership]:
    """Return those who answer for the provider, once it can see the visit."""
    if visit.provider is None or not visit.is_known_to_provider:
        return []
    return who_answers_for(visit.provider)


def notify_visit_planned(visit: Visit) -> None:
    """Notify of a planned or moved visit; a move updates the same calendar event."""
    kind = VISIT_ANNOUNCED if visit.notice != Visit.Notice.UNANNOUNCED else VISIT_UNANNOUNCED
    tell(
        visit,
        [*team_members(visit), *provider_recipients(visit)],
        kind,
        on=visit.planned_on,
        appointment=True,
    )


def notify_visit_cancelled(visit: Visit) -> None:
    to = [*team_members(visit), *provider_recipients(visit)]
    tell(visit, to, VISIT_CALLED_OFF, on=visit.planned_on, appointment=True)


def notify_draft_ready(visit: Visit) -> None:
    """Notify the provider of the draft, and again when it gets more time."""
    tell(visit, provider_recipients(visit), DRAFT_READY, due_on=visit.accuracy_due_on)


def notify_report_published(visit: Visit) -> None:
    tell(visit, [*team_members(visit), *provider_recipients(visit)], REPORT_PUBLISHED, on=visit.on)


def tell(
    visit: Visit, to: Iterable[Membership], kind: MessageKind, *, appointment: bool = False, **facts
) -> None:
    """Send one message to each person. The row's version is part of the key: each change is sent once."""
    notify_all(
        to=to,
        key=f"{kind.key}:{visit.public_id}:{visit.row_version}",
        kind=kind,
        about=About(
            path=reverse("visit", args=[visit.public_id]),
            council=visit.council,
            setting=visit.setting,
            provider=visit.provider,
            subject_kind="visit",
            subject_id=visit.public_id,
        ),
        facts=facts,
        appointment=appointment_of(visit) if appointment else None,
    )


def appointment_of(visit: Visit) -> Appointment:
    return Appointment(
        uid=appointment_uid("visit", visit.public_id),
        sequence=visit.row_version,
        starts_at=at_london(visit.planned_on, BEGINS),
        ends_at=at_london(visit.planned_on, ENDS),
        cancelled=visit.state == Visit.State.CANCELLED,
    )
