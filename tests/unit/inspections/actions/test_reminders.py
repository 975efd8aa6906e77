"""Whoever an action is for is reminded once for each threshold, and told once that it is late."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from inspections.actions import services
from providers.notifications.models import Notification
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories import actions as made

pytestmark = pytest.mark.django_db
WORK = "remind of actions"


def told(membership) -> list[str]:
    return list(Notification.objects.filter(to=membership).order_by("pk").values_list("kind", flat=True))


def test_provider_is_reminded_once_for_each_threshold_and_once_when_late(world):
    made.opened(world, due_in=20)
    manager = world.membership("provider_manager_x")
    run_due(WORK)
    assert told(manager) == []
    for days, expected in ((6, 1), (7, 1), (18, 2), (20, 3), (21, 4), (40, 4)):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            run_due(WORK)
            run_due(WORK)
        assert len(told(manager)) == expected, days
    assert told(manager) == ["action_due"] * 3 + ["action_overdue"]
    assert told(world.membership("provider_manager_y")) == []


def test_whoever_follows_it_alone_is_reminded(world):
    follower = world.membership("provider_contributor_x")
    services.write_steps(
        by=world.as_("provider_manager_x"),
        action=made.opened(world, due_in=3),
        steps="Recruit",
        owner_role="Manager",
        owner=follower,
        on=today(),
    )
    run_due(WORK)
    assert told(follower) == ["action_due"]
    assert told(world.membership("provider_manager_x")) == []


def test_council_is_reminded_of_its_own_action(world):
    action = made.opened(world, due_in=1)
    action.owner_organisation = world.north
    action.save()
    run_due(WORK)
    assert told(world.membership("contract_officer")) == ["action_due"]
    assert told(world.membership("provider_manager_x")) == []


def test_what_waits_for_the_council_is_not_chased(world):
    action = made.done(world, due_in=10)
    action.due_on = today() - dt.timedelta(days=1)
    action.save()
    run_due(WORK)
    assert told(world.membership("provider_manager_x")) == []
