"""Somebody stands in for a step, as the head of service's page lets them."""

from django.urls import reverse
from viewflow.workflow.models import Task

from providers.people import roles
from providers.people.models import Share
from qa_portal.core.dates import today
from tests.factories.world import World, join


def let_stand_in(world: World, task: Task, persona: str) -> None:
    answers = {"membership": world.membership(persona).pk, "reason": "Nobody else is left"}
    answer = world.client("head_of_service").post(reverse("allow_stand_in", args=[task.pk]), answers)
    assert answer.status_code == 302, answer.text


def partner(world: World, kind: str, persona: str = "manager_south") -> str:
    """A manager of the south, with which the north shares its cases of `kind`."""
    join(world, persona, world.south, roles.TeamManager, "south-people")
    Share.objects.get_or_create(owner=world.north, reader=world.south, kind=kind, from_on=today())
    return persona
