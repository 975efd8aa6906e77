"""What holds for every flow: titles, permissions, sound paths, drawn diagrams, legal traces."""

from pathlib import Path

import pytest

from tests.flows.replay import illegal_steps
from tests.flows.soundness import dead_ends, states_of, unreachable
from tests.parcels.flows import ParcelFlow
from workflows.shared.diagrams import FORMATS, draw
from workflows.shared.flow import FLOWS, human_nodes
from workflows.shared.models import TaskEvent

DRAWN = Path(__file__).parents[2] / "docs" / "flows"
OURS = {kind: flow for kind, flow in FLOWS.items() if flow.__module__.startswith("workflows.")}
every_flow = pytest.mark.parametrize("kind", sorted(FLOWS))


@every_flow
def test_every_human_step_has_a_permission_an_organisation_a_page_and_a_title(kind):
    for node in human_nodes(FLOWS[kind]):
        assert node._owner_permission, node.name
        assert node._owner_permission_obj, node.name
        assert node.page, node.name
        assert node.task_title != "", node.name


@every_flow
def test_from_every_state_the_end_can_be_reached(kind):
    assert dead_ends(FLOWS[kind]) == []


@every_flow
def test_every_step_can_be_reached(kind):
    assert unreachable(FLOWS[kind]) == []


def test_walk_finds_a_join_that_waits_for_ever():
    """The control: a branch that goes back to before its split leaves the join waiting."""
    from viewflow import this
    from viewflow.workflow import flow

    class Stuck(flow.Flow):
        start = flow.StartHandle().Next(this.split)
        split = flow.Split().Next(this.a).Next(this.b)
        a = flow.If(lambda activation: True).Then(this.join).Else(this.a)
        b = flow.Function(lambda activation: None).Next(this.b)
        join = flow.Join().Next(this.end)
        end = flow.End()

    assert dead_ends(Stuck)


def test_walk_of_the_parcel_flow_meets_its_parallel_and_late_states():
    states = {tuple(name for name, _ in state) for state in states_of(ParcelFlow)}
    assert ("label", "pack") in states
    assert ("weigh", "weigh__timeout", "weigh__timeout_2") in states
    assert () in states


@pytest.mark.parametrize("kind", sorted(OURS))
@pytest.mark.parametrize("form", FORMATS)
def test_drawn_diagram_is_the_flow_of_the_code(kind, form):
    drawn = DRAWN / f"{kind}.{form}"
    assert drawn.exists(), "run: manage.py flow_diagram --all docs/flows"
    assert drawn.read_text() == draw(OURS[kind], form), "run: manage.py flow_diagram --all docs/flows"


def event(node, before, after, task=1):
    return TaskEvent(
        process_id=1, task_id=task, flow=str(ParcelFlow), node=node, from_status=before, to_status=after
    )


def test_replay_finds_a_step_that_nothing_led_to():
    """The control of the replay that runs after every test."""
    began = event("start", "", "DONE")
    assert illegal_steps([began, event("weigh", "", "NEW", 2)]) == []
    assert illegal_steps([began, event("check", "", "NEW", 2)]) == [
        "process 1: check appeared without a step that leads to it"
    ]


def test_replay_finds_a_state_that_cannot_follow():
    log = [event("start", "", "DONE"), event("weigh", "", "NEW", 2), event("weigh", "NEW", "SCHEDULED", 2)]
    log.append(event("weigh", "SCHEDULED", "NEW", 2))
    assert illegal_steps(log) == ["process 1: weigh went from SCHEDULED to NEW"]
