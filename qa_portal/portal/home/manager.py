"""Home page of managers who assign and decide: decisions to make, workload, coverage, overdue work."""

import datetime as dt

from django.urls import reverse

from providers.contracts.selectors import use
from providers.directory.models import Setting
from qa_portal.core.access.permissions import Permission as P
from qa_portal.portal.home.changes import changes
from qa_portal.portal.home.due import due_table, steps_due
from qa_portal.portal.home.panels import Figure, HomePage, Link, Table, counted
from qa_portal.portal.home.visits import (
    coverage,
    coverage_panel,
    next_visits,
    visits_figure,
    visits_panel,
)
from qa_portal.portal.home.workload import overdue_panel, workload_panel
from workflows.shared.selectors import count_overdue, open_tasks, organisations_work

DECISIONS = (
    P.SIGN_OFF_VISITS,
    P.DECIDE_APPLICATIONS,
    P.DECIDE_NOTICES,
    P.DECIDE_SUSPENSIONS,
    P.CHAIR_CONCERNS,
    P.DECIDE_TERMINATIONS,
)


def manager_home(user, on: dt.date) -> HomePage:
    decisions = open_tasks(user).filter(owner_permission__in=DECISIONS)
    waiting, work = count_overdue(decisions), count_overdue(organisations_work(user))
    visits, covered = list(next_visits(user, on).with_names()), coverage(user, on)
    used = Setting.objects.visible_to(user).filter(use(on, user.scope.authority_id)).values("pk")
    return HomePage(
        figures=[
            waiting_figure(user, waiting),
            late_figure(work["overdue"]),
            not_visited_figure(covered),
            visits_figure(len(visits)),
        ],
        main=[
            decisions_panel(user, steps_due(decisions, user), waiting["all"], on),
            workload_panel(user),
            overdue_panel(user, on),
        ],
        side=[
            coverage_panel(covered),
            visits_panel(user, visits),
            changes(user, on, used, title="Changed lately at settings in use"),
        ],
    )


def is_head(user) -> bool:
    return user.scope.may(P.DECIDE_SUSPENSIONS)


def waiting_figure(user, waiting: dict[str, int]) -> Figure:
    if is_head(user):
        words = "decision waits for you" if waiting["all"] == 1 else "decisions wait for you"
    else:
        words = "waits for your sign-off" if waiting["all"] == 1 else "wait for your sign-off"
    return Figure(waiting["all"], words, reverse("inbox"), is_alert=bool(waiting["overdue"]))


def late_figure(overdue: int) -> Figure:
    words = "step of the team overdue" if overdue == 1 else "steps of the team overdue"
    href = f"{reverse('inbox')}?whose=organisation&due=overdue"
    return Figure(overdue, words, href, is_alert=bool(overdue))


def not_visited_figure(covered: dict[str, int]) -> Figure:
    number = covered["planned"] + covered["neither"]
    words = (
        "setting in use not visited in 12 months"
        if number == 1
        else "settings in use not visited in 12 months"
    )
    return Figure(number, words, f"{reverse('directory')}?only=in_use&only=not_visited")


def decisions_panel(user, due: list, count: int, on: dt.date) -> Table:
    what = "decision" if is_head(user) else "sign-off"
    return due_table(
        due,
        on,
        title=f"{counted(count, what)} waiting for you" if count else f"Waiting for your {what}",
        nothing=f"No {what} waits for you. Reports, lots and stages of issues that need yours appear here.",
        to_do=Link("See all steps that you can do or take", reverse("inbox")),
        more=[Link("All steps that you can do or take", reverse("inbox"))],
    )
