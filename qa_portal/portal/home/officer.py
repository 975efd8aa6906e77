"""Home page of officers who work with settings: what is due, the next visits, recent changes."""

import datetime as dt

from django.urls import reverse

from providers.contracts.selectors import use
from providers.directory.models import Setting
from qa_portal.portal.home.changes import changes
from qa_portal.portal.home.due import (
    Due,
    actions_due,
    actions_to_judge,
    count_actions,
    due_table,
    rest,
    settings_of,
    steps_due,
)
from qa_portal.portal.home.panels import Figure, HomePage, Lines, Link, Table, counted
from qa_portal.portal.home.visits import led_or_joined_by, next_visits, visits_figure, visits_panel
from workflows.shared.selectors import count_overdue, open_tasks


def officer_home(user, on: dt.date) -> HomePage:
    steps, actions = open_tasks(user), actions_to_judge(user, on)
    numbers, judged = count_overdue(steps), count_actions(actions, on)
    visits = list(next_visits(user, on).filter(led_or_joined_by(user)).distinct().with_names())
    due = [*steps_due(steps, user), *actions_due(actions)]
    return HomePage(
        figures=[*figures_of_steps(numbers), visits_figure(len(visits)), actions_figure(judged["all"])],
        main=[due_panel(due, numbers["all"] + judged["all"], on, rest(numbers["all"], judged["all"]))],
        side=[visits_panel(user, visits, whose=" of yours"), news(user, on)],
    )


def figures_of_steps(numbers: dict[str, int]) -> list[Figure]:
    inbox, overdue, every = reverse("inbox"), numbers["overdue"], numbers["all"]
    late = "overdue step" if overdue == 1 else "overdue steps"
    waiting = "step for you to do or take" if every == 1 else "steps for you to do or take"
    return [
        Figure(overdue, late, f"{inbox}?due=overdue", is_alert=bool(overdue)),
        Figure(every, waiting, inbox),
    ]


def actions_figure(count: int) -> Figure:
    words = "action to agree or verify" if count == 1 else "actions to agree or verify"
    return Figure(count, words, reverse("actions"))


def due_panel(due: list[Due], count: int, on: dt.date, more: list[Link]) -> Table:
    return due_table(
        due,
        on,
        title=f"{counted(count, 'thing')} for you to do" if count else "For you to do",
        nothing="You have no tasks. New tasks will appear here, the soonest first.",
        to_do=Link("See what your colleagues have in hand", reverse("inbox") + "?whose=organisation"),
        more=more,
    )


def news(user, on: dt.date) -> Lines:
    """Return recent changes.

    For a reader who leads no setting, at those in which the council has children.
    """
    own = settings_of(user, on)
    if own.exists():
        return changes(user, on, own, title="Changed lately at your settings")
    used = Setting.objects.visible_to(user).filter(use(on, user.scope.authority_id)).values("pk")
    return changes(user, on, used, title="Changed lately at settings in use")
