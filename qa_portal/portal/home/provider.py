"""Home page of a provider's people: requests with their due days, referral status, recent changes."""

import datetime as dt

from django.urls import reverse

from inspections.actions.models import Action
from providers.contracts.holds import ReferralState, referral_states
from providers.directory.models import Setting
from providers.purchasing.models import LotMembership
from qa_portal.core.access.permissions import Permission
from qa_portal.portal.home.changes import changes
from qa_portal.portal.home.due import (
    actions_due,
    count_actions,
    documents_due,
    due_table,
    rest,
    steps_due,
)
from qa_portal.portal.home.panels import (
    Cell,
    Figure,
    HomePage,
    Link,
    Panel,
    PanelTag,
    Table,
    counted,
    day_words,
)
from qa_portal.portal.home.scorecards import own_panel
from qa_portal.portal.home.visits import next_visits, visits_figure, visits_panel
from workflows.shared.selectors import count_overdue, open_tasks


def provider_home(user, on: dt.date) -> HomePage:
    steps, actions = open_tasks(user), Action.objects.visible_to(user).waiting_for_its_owner()
    numbers, acts = count_overdue(steps), count_actions(actions, on)
    papers, visits = documents_due(user, on), list(next_visits(user, on).with_names())
    asked = numbers["all"] + acts["all"] + len(papers)
    overdue = numbers["overdue"] + acts["overdue"] + sum(bool(one.on and one.on < on) for one in papers)
    owned = Setting.objects.visible_to(user).owned_by(user.scope.provider_id, on).values("pk")
    return HomePage(
        figures=[
            Figure(overdue, "overdue", "#asked", is_alert=bool(overdue)),
            Figure(asked, "task for you" if asked == 1 else "tasks for you", "#asked"),
            visits_figure(len(visits)),
        ],
        main=[
            due_table(
                [*steps_due(steps, user), *actions_due(actions), *papers],
                on,
                name="asked",
                title=f"{counted(asked, 'task')} for you" if asked else "Tasks for you",
                nothing="You have no tasks. Self-assessments, draft reports, improvement plans, actions and"
                " documents that expire appear here, the soonest first.",
                more=rest(numbers["all"], acts["all"]),
                with_whom=False,
            ),
            own_panel(user, on, Setting.objects.visible_to(user).filter(pk__in=owned)),
            referrals_panel(user, on),
        ],
        side=[
            visits_panel(user, visits),
            changes(user, on, owned, title="What happened lately"),
        ],
    )


def referrals_panel(user, on: dt.date) -> Panel:
    """Return whether councils refer children to the provider, for each lot that it is on."""
    places = list(LotMembership.objects.visible_to(user).in_force(on).with_names())
    states = referral_states(places, on)
    may_apply = user.scope.may(Permission.APPLY)
    return Table(
        title="Referrals, lot by lot",
        columns=["Lot", "State", "Since"],
        cells=[referral_row(place, states[place.pk]) for place in places],
        nothing="You are on no lot yet, so no council refers children to you through a purchasing system.",
        to_do=Link("See the purchasing systems and apply", reverse("purchasing_systems"))
        if may_apply
        else None,
    )


def referral_row(place: LotMembership, state: ReferralState) -> list[Cell]:
    colour = "green" if state.is_open else "red" if state.is_suspended else "yellow"
    system = place.lot.system
    return [
        Cell(
            str(place.lot),
            reverse("purchasing_system", args=[system.public_id]),
            f"{system}, {system.council}",
        ),
        Cell(
            state_words(state),
            mark=PanelTag(
                "Open" if state.is_open else "Suspended" if state.is_suspended else "Paused", colour
            ),
        ),
        Cell(day_words(state.since or place.from_on), is_day=True),
    ]


def state_words(state: ReferralState) -> str:
    """Return a sentence on what the status means for the provider, and what ends a pause."""
    if state.is_open:
        return "The council may refer children to you."
    if state.is_suspended:
        return "The council places no new children with you until it lifts the suspension."
    return f"{state.words}. New referrals come again when the reason has ended."
