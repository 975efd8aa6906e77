"""Reminders before an action is due and once it is overdue."""

import datetime as dt

from django.urls import reverse

from inspections.actions.models import Action
from providers.notifications.kinds import MessageKind, register
from providers.notifications.services import About, notify_again, remind
from providers.people.models import Membership
from providers.people.selectors import holders
from qa_portal.core import due
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today

THRESHOLDS = (14, 3, 0)
"""Days before an action is due [P]."""

ACTION_DUE = register(
    MessageKind(
        key="action_due",
        label="An action is due soon",
        text="An action is due on the date shown.",
        urgent=True,
    )
)
ACTION_OVERDUE = register(
    MessageKind(
        key="action_overdue",
        label="An action is overdue",
        text="An action was due on the date shown and has not been reported done.",
        urgent=True,
    )
)


def to_remind():
    last = today() + dt.timedelta(days=max(THRESHOLDS))
    return (
        Action.objects.waiting_for_its_owner()
        .filter(due_on__lte=last)
        .select_related("owner_organisation", "council", "setting", "provider")
    )


def remind_of(action: Action) -> None:
    """Remind once for each threshold and once when overdue, however often this runs."""
    about = About(
        path=reverse("action", args=[action.public_id]),
        council=action.council,
        setting=action.setting,
        provider=action.provider,
        subject_kind="action",
        subject_id=action.public_id,
    )
    subject, due_on = f"action:{action.public_id}", action.due_on
    if due_on is None:
        return
    if action.is_overdue:
        key = f"overdue:{subject}:{due_on.isoformat()}"
        notify_again(
            to=readers_of(action), key=key, kind=ACTION_OVERDUE, about=about, facts={"due_on": due_on}
        )
    else:
        remind(
            to=readers_of(action),
            subject=subject,
            kind=ACTION_DUE,
            ends_on=due_on,
            thresholds=THRESHOLDS,
            about=about,
        )


def readers_of(action: Action) -> list[Membership]:
    """Return the person who follows the action; if nobody is named, everyone who may act on it."""
    if action.owner and action.owner.is_in_force:
        return [action.owner]
    of_provider = action.owner_organisation_id != action.council_id
    permission = Permission.ANSWER_FOR_PROVIDER if of_provider else Permission.MANAGE_ACTIONS
    return list(holders(permission, action.owner_organisation or action.council))


due.register(due.DueWork("remind of actions", to_remind, remind_of))
