"""What the engine's own services refuse, whatever a page has let through."""

import pytest

from qa_portal.core.access.scope import OrganisationKind
from qa_portal.core.rules import Refused
from tests.flows.driving import done, the_task
from tests.parcels.flows import ParcelFlow
from workflows.shared.models import StandIn
from workflows.shared.services import allow_stand_in, cancel_process, locked, reassign, return_task

pytestmark = pytest.mark.django_db
OFFICER, MANAGER, HEAD = "contract_officer", "team_manager", "head_of_service"


@pytest.fixture
def process(start):
    return start()


@pytest.fixture
def task(process):
    return the_task(process, ParcelFlow.weigh)


def test_stand_in_is_allowed_at_one_s_own_organisation_alone(world, task):
    with pytest.raises(Refused, match="your own organisation only"):
        allow_stand_in(
            by=world.as_("administrator_south"),
            task=task,
            membership=world.membership("officer_south"),
            reason="Leave",
        )
    assert not StandIn.objects.exists()


def test_stand_in_is_allowed_for_an_open_step_alone(world, process, task):
    done(world.client(OFFICER), task, weight=1)
    task.refresh_from_db()
    with pytest.raises(Refused, match="has been done already"):
        allow_stand_in(
            by=world.as_(HEAD), task=task, membership=world.membership("officer_south"), reason="Leave"
        )
    assert not StandIn.objects.exists()


def test_nobody_of_an_agency_stands_in_whatever_their_role_allows(world, task):
    membership = world.membership("officer_south")
    membership.organisation.kind = OrganisationKind.AGENCY
    with pytest.raises(Refused, match="Only an officer of another council can stand in"):
        allow_stand_in(by=world.as_(HEAD), task=task, membership=membership, reason="Leave")
    assert not StandIn.objects.exists()


def test_step_that_the_process_no_longer_has_is_not_done(task):
    task.flow_task_type = "HUMAN"
    task.__dict__["flow_task"] = None
    task.flow_task = None
    with pytest.raises(Refused, match="no longer part of the process"), locked(task):
        pass


def test_task_is_returned_by_whoever_has_it(world, task):
    with pytest.raises(Refused, match="Only the person who has a task can return it"):
        return_task(by=world.as_(OFFICER), task=task, reason="Not mine")


def test_task_is_not_given_twice_to_one_person_nor_after_its_end(world, process, task):
    to = world.membership(OFFICER)
    reassign(by=world.as_(MANAGER), task=task, to=to, reason="Yours")
    with pytest.raises(Refused, match="They have this step already"):
        reassign(by=world.as_(MANAGER), task=task, to=to, reason="Yours")
    cancel_process(process)
    task.refresh_from_db()
    with pytest.raises(Refused, match="This step has"):
        reassign(by=world.as_(MANAGER), task=task, to=to, reason="Yours")
