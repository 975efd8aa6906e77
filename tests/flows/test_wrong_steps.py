"""At every human step of every flow, open or not yet: who may not do it finds no such form, and changes nothing."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from providers.people.models import Organisation
from tests.factories import recorded_inspections, self_assessments, visits
from tests.factories.issues import raised
from tests.factories.purchasing import a_sent_application, a_system
from tests.flows.driving import do, process_of
from workflows.applications.flows import ApplicationFlow, LotFlow
from workflows.issues.flows import IssueFlow
from workflows.recorded_inspections.flows import RecordedInspectionFlow
from workflows.self_assessments.flows import SelfAssessmentFlow
from workflows.shared.flow import human_nodes
from workflows.shared.models import Case
from workflows.visits.flows import VisitFlow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def application(world):
    return a_sent_application(world.as_("provider_manager_x"), a_system(world.as_("procurement_officer")))


BEGUN = {
    VisitFlow: lambda world: process_of(VisitFlow, visits.planned(world)),
    RecordedInspectionFlow: lambda world: process_of(
        RecordedInspectionFlow, recorded_inspections.recorded(world, visits.home_of_x(world))
    ),
    IssueFlow: lambda world: process_of(IssueFlow, raised(world)),
    SelfAssessmentFlow: lambda world: SelfAssessmentFlow.start.run(
        assessment=self_assessments.assessment(world)
    ),
    ApplicationFlow: lambda world: ApplicationFlow.start.run(application=application(world)),
    LotFlow: lambda world: LotFlow.start.run(applied=application(world).lots.get()),
}
STEPS = [(flow, node.name) for flow in BEGUN for node in human_nodes(flow)]


def test_every_flow_is_walked():
    from workflows.shared.flow import FLOWS

    ours = {flow for flow in FLOWS.values() if flow.__module__.startswith("workflows.")}
    assert set(BEGUN) == ours


def open_at(process: Process, node) -> Task:
    """As the engine makes it, but for the log: the process has not come there by its own way."""
    task = Task(
        process=process,
        flow_task=node,
        flow_task_type=node.task_type,
        status=STATUS.NEW,
        token=Token("start"),
        owner_permission=node.calc_owner_permission(None),
        owner_permission_content_type=ContentType.objects.get_for_model(Organisation),
        owner_permission_obj_pk=str(node._owner_permission_obj(process).pk),
    )
    [made] = Task.objects.bulk_create([task])
    return made


@pytest.mark.parametrize(("flow", "name"), STEPS, ids=lambda one: getattr(one, "kind", one))
def test_step_is_not_there_for_whoever_it_is_not_for(world, flow, name):
    process = BEGUN[flow](world)
    Case.objects.filter(process=process).update(open_to_provider=True)
    process = flow.process_class.objects.get(pk=process.pk)
    task = open_at(process, flow.instance.node(name))
    where, url = task.owner_permission_obj, reverse("task", args=[task.pk])
    users = [who for who, user in world.users.items() if user and user.person.memberships.count() == 1]
    personas = {who for who in users if not world.as_(who).has_perm(task.owner_permission, where)}
    assert len(personas) >= len(users) // 2
    for persona in sorted(personas):
        client = world.client(persona)
        assert do(client, task, decision="publish", outcome="approved").status_code == 404, persona
        shown = client.get(url)
        assert shown.status_code == 404 or shown.url == reverse("case", args=[process.pk]), persona
    task.refresh_from_db()
    assert (task.status, task.owner, task.finished) == (STATUS.NEW, None, None)
