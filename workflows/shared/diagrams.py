"""A flow drawn, as SVG or BPMN, with or without the state of one process."""

from viewflow.workflow import chart
from viewflow.workflow.models import Process, Task

FORMATS = ("svg", "bpmn")


def as_svg(flow_class, states: dict | None = None) -> str:
    return chart.grid_to_svg(_grid(flow_class, states))


def as_bpmn(flow_class) -> str:
    """BPMN 2.0 XML. Without gaps at the arrows' ends, which other tools would draw as loose."""
    return chart.grid_to_bpmn(_grid(flow_class, None, edge_start_gap_size=0, edge_end_gap_size=0))


def draw(flow_class, form: str) -> str:
    return as_svg(flow_class) if form == "svg" else as_bpmn(flow_class)


def _grid(flow_class, states: dict | None, **layout):
    grid = chart.calc_layout_data(flow_class, **layout)
    for node, status in (states or {}).items():
        if node in grid.nodes:
            grid[node].status = status
    return grid


def present_state(process: Process) -> dict:
    """Node -> status of its newest task; an open one counts before those that are over."""
    states: dict = {}
    for task in Task.objects.filter(process=process.pk).order_by("pk"):
        open_already = states.get(task.flow_task) in {"NEW", "ASSIGNED", "STARTED", "SCHEDULED"}
        if task.flow_task is not None and not (open_already and task.finished):
            states[task.flow_task] = task.status
    return states
