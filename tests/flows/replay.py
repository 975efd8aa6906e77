"""The log of steps replayed against the declared flow: is every step one that the flow allows?"""

from collections import defaultdict
from collections.abc import Iterable

from viewflow.workflow.nodes.boundary import BoundaryEventMixin
from viewflow.workflow.status import STATUS

from workflows.shared.flow import FLOWS
from workflows.shared.models import TaskEvent

MOVES = {
    "": {STATUS.NEW, STATUS.ASSIGNED, STATUS.SCHEDULED, STATUS.DONE, STATUS.STARTED},
    STATUS.NEW: {
        STATUS.ASSIGNED,
        STATUS.STARTED,
        STATUS.DONE,
        STATUS.CANCELED,
        STATUS.ERROR,
        STATUS.SCHEDULED,
        STATUS.NEW,
    },
    STATUS.ASSIGNED: {STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED, STATUS.DONE, STATUS.CANCELED},
    STATUS.STARTED: {STATUS.DONE, STATUS.CANCELED, STATUS.ERROR},
    STATUS.SCHEDULED: {STATUS.STARTED, STATUS.DONE, STATUS.CANCELED, STATUS.ERROR},
    STATUS.ERROR: {STATUS.REVIVED, STATUS.CANCELED},
    STATUS.CANCELED: {STATUS.REVIVED},
    STATUS.DONE: {STATUS.CANCELED},
    STATUS.REVIVED: set(),
}


def illegal_steps(events: Iterable[TaskEvent]) -> list[str]:
    """A sentence for each event that the declared flow does not allow; events in the order of the log."""
    by_process = defaultdict(list)
    for event in events:
        by_process[event.process_id].append(event)
    return [fault for log in by_process.values() for fault in _of_process(log)]


def _of_process(log: list[TaskEvent]) -> list[str]:
    flows = {str(flow_class): flow_class for flow_class in FLOWS.values()}
    faults, status, done = [], {}, set()
    for event in log:
        flow_class = flows.get(event.flow)
        if flow_class is None:
            continue  # a test's own flow
        before = status.get(event.task_id, "")
        if event.to_status not in MOVES[before] or event.from_status != before:
            faults.append(
                f"process {event.process_id}: {event.node} went from {before or '-'} to {event.to_status}"
            )
        if not before and not _may_appear(flow_class, event, done, status.values()):
            faults.append(
                f"process {event.process_id}: {event.node} appeared without a step that leads to it"
            )
        status[event.task_id] = event.to_status
        if event.to_status in {STATUS.DONE, STATUS.REVIVED, STATUS.ERROR}:
            done.add(event.node)
        if event.to_status == STATUS.REVIVED:
            done.add(f"revived {event.node}")
    return faults


def _may_appear(flow_class, event: TaskEvent, done: set[str], present) -> bool:
    """After a step that leads to it; as the deadline of an open step; or revived."""
    node = flow_class.instance.node(event.node)
    if node is None:
        return False
    if isinstance(node, BoundaryEventMixin):
        return bool(present)
    sources = {edge.src.name for edge in node._incoming() if edge.edge_class != "boundary"}
    revived = event.node in done or any(state in {STATUS.CANCELED, STATUS.ERROR} for state in present)
    return not sources or bool(sources & done) or revived
