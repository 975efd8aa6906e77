"""Due work of one person: steps of the queue, actions and documents in one list, soonest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from inspections.actions.models import Action
from providers.directory.models import Setting
from providers.documents.models import Document
from providers.documents.selectors import SOON as DOCUMENTS_SOON
from providers.people.models import SettingLead
from qa_portal.core.dates import day_of
from qa_portal.portal.home.panels import Cell, Link, Table, counted, day_words, due_mark
from workflows.shared.inbox_rows import inbox_row

MOST = 8


@dataclass(frozen=True)
class Due:
    """One piece of due work. `kind` is the sort of work, `whom` the person who has it."""

    what: str
    href: str
    kind: str
    about: str
    on: dt.date | None
    whom: str


def step_due(task, user) -> Due:
    line = inbox_row(task, user)
    return Due(
        what=line["title"],
        href=reverse("task", args=[task.pk]),
        kind=line["flow"],
        about=str(line["case"]),
        on=day_of(line["due_at"]) if line["due_at"] else None,
        whom=line["whom"],
    )


def steps_due(tasks, user) -> list[Due]:
    return [step_due(task, user) for task in tasks[:MOST]]


def action_due(action: Action) -> Due:
    return Due(
        what=str(action),
        href=reverse("action", args=[action.public_id]),
        kind=f"Action, {action.stage[:1].lower()}{action.stage[1:]}",
        about=action.about,
        on=action.due_on,
        whom=str(action.owner_organisation or action.provider),
    )


def actions_due(actions) -> list[Due]:
    return [action_due(action) for action in actions.with_names()[:MOST]]


def actions_to_judge(user, on: dt.date):
    """Return actions whose steps or evidence wait for the reader's council.

    Leaves out those a colleague leads.
    """
    ours = Action.objects.visible_to(user).filter(council=user.scope.organisation_id)
    led = SettingLead.objects.visible_to(user).in_force(on).exclude(mine(user))
    own = Action.objects.waiting_for_its_owner().filter(owner_organisation=user.scope.organisation_id)
    waiting = ours.to_agree() | ours.to_verify() | ours.filter(pk__in=own.order_by().values("pk"))
    return waiting.exclude(setting__isnull=False, setting__in=led.values("setting"))


def mine(user) -> Q:
    """Return a condition on SettingLead for the user's own settings."""
    return Q(lead=user.membership) | Q(deputy=user.membership, deputy__isnull=False)


def settings_of(user, on: dt.date):
    """Return keys of the settings that the reader leads, or stands in for."""
    led = SettingLead.objects.visible_to(user).in_force(on).filter(mine(user))
    return Setting.objects.visible_to(user).filter(pk__in=led.values("setting")).values("pk")


def documents_due(user, on: dt.date) -> list[Due]:
    """Return documents in the library that have expired or soon will."""
    library = Document.objects.visible_to(user).library_of(user.scope.organisation_id).current()
    found = library.filter(expires_on__lte=on + DOCUMENTS_SOON).soonest_first()
    return [
        Due(
            what=f"Replace: {document.get_kind_display()}",
            href=reverse("document", args=[document.public_id]),
            kind="Document expired" if document.expires_on < on else "Document expires soon",
            about=document.filename,
            on=document.expires_on,
            whom="",
        )
        for document in found[:MOST]
    ]


def count_actions(actions, on: dt.date) -> dict[str, int]:
    """Return `all`, the number of actions, and `overdue`, the number that are overdue."""
    overdue = Count("pk", filter=Q(due_on__lt=on))
    return actions.order_by().aggregate(all=Count("pk"), overdue=overdue)


def due_table(due: Iterable[Due], on: dt.date, *, with_whom: bool = True, most: int = MOST, **panel) -> Table:
    """Return a table of the soonest; work without a due day comes last."""
    soonest = sorted(due, key=lambda one: one.on or dt.date.max)[:most]
    columns = ["What", "About", "Due", *(["With"] if with_whom else [])]
    return Table(columns=columns, cells=[row_of(one, on, with_whom=with_whom) for one in soonest], **panel)


def row_of(due: Due, on: dt.date, *, with_whom: bool) -> list[Cell]:
    return [
        Cell(due.what, due.href, due.kind),
        Cell(due.about),
        Cell(day_words(due.on) or "No date", is_day=True, mark=due_mark(due.on, on)),
        *([Cell(due.whom)] if with_whom else []),
    ]


def rest(steps: int, actions: int, most: int = MOST) -> list[Link]:
    """Return links, by kind, to the work that the table has no room for."""
    if steps + actions <= most:
        return []
    links = [(steps, "step", reverse("inbox")), (actions, "action", reverse("actions"))]
    return [Link(f"All {counted(count, one)}", page) for count, one, page in links if count]
