"""Every state a flow can reach, and whether the end can be reached from each.

A state is the multiset of active steps, each with the split it came through, and of armed deadlines. What
the walk assumes is what the engine does: If and Switch take any one branch, Split takes all, Join waits for
every active step of its split, a deadline may pass at any moment while its step is open.
"""

from collections import deque
from collections.abc import Iterator

from viewflow.workflow import flow
from viewflow.workflow.nodes.boundary import BoundaryEventMixin

from workflows.shared.nodes import Retired

MOST_STATES = 20_000
Place = tuple[str, tuple[str, ...]]  # (node, splits it came through)
State = tuple[Place, ...]


def states_of(flow_class) -> dict[State, set[State]]:
    """Each state that can be reached, with those that may follow it. Raises OverflowError beyond 20,000."""
    found: dict[State, set[State]] = {}
    waiting = deque([((start.name, ()),) for start in starts(flow_class)])
    while waiting:
        state = waiting.popleft()
        if state in found:
            continue
        found[state] = set(following(flow_class, state))
        waiting.extend(found[state])
        if len(found) > MOST_STATES:
            raise OverflowError(f"{flow_class.__name__} has more than {MOST_STATES} states")
    return found


def dead_ends(flow_class) -> list[State]:
    """States from which the end cannot be reached; the end is the state with nothing active."""
    graph = states_of(flow_class)
    before: dict[State, set[State]] = {state: set() for state in graph}
    for state, after in graph.items():
        for one in after:
            before[one].add(state)
    reaches, waiting = set(), deque([()] if () in graph else [])
    while waiting:
        state = waiting.popleft()
        if state not in reaches:
            reaches.add(state)
            waiting.extend(before[state])
    return sorted(set(graph) - reaches)


def unreachable(flow_class) -> list[str]:
    """Steps that no path arrives at, retired ones apart."""
    reached = {name for state in states_of(flow_class) for name, _ in state}
    nodes = flow_class.instance.nodes()
    return sorted(node.name for node in nodes if node.name not in reached and not isinstance(node, Retired))


def starts(flow_class) -> list:
    return [node for node in flow_class.instance.nodes() if not list(node._incoming()) and not over(node)]


def over(node) -> bool:
    return isinstance(node, Retired)


def following(flow_class, state: State) -> Iterator[State]:
    for place in dict.fromkeys(state):
        node, splits = flow_class.instance.node(place[0]), place[1]
        if isinstance(node, BoundaryEventMixin):
            yield from passed(node, splits, state)
        elif isinstance(node, flow.Join):
            if not any(others_of_split(state, place)):
                yield moved(state, [place], enter(node._next, splits[:-1]))
        elif isinstance(node, flow.End):
            yield moved(state, [place], [])
        elif isinstance(node, flow.Split):
            after = [at for edge in node._outgoing() for at in enter(edge.dst, (*splits, node.name))]
            yield moved(state, [place], after)
        else:
            for edge in node._outgoing():
                yield moved(state, [place, *armed_at(node, splits, state)], enter(edge.dst, splits))


def passed(node, splits: tuple[str, ...], state: State) -> Iterator[State]:
    """A deadline passes: an interrupting one ends its step and the step's other deadlines."""
    host = (node._attached_to.name, splits)
    gone = [(node.name, splits)]
    if node._interrupting:
        gone = [host, *armed_at(node._attached_to, splits, state)]
    yield moved(state, gone, enter(node._next, splits))


def armed_at(node, splits: tuple[str, ...], state: State) -> list[Place]:
    armed = [(boundary.name, splits) for boundary in node._boundary_events]
    return [place for place in armed if place in state]


def others_of_split(state: State, place: Place) -> Iterator[bool]:
    """Active places that came through the same split as the waiting join."""
    _, splits = place
    for other in state:
        yield other != place and other[1][: len(splits)] == splits and bool(splits)


def enter(node, splits: tuple[str, ...]) -> list[Place]:
    return [(node.name, splits)] + [(boundary.name, splits) for boundary in node._boundary_events]


def moved(state: State, gone: list[Place], come: list[Place]) -> State:
    """A join that waits already takes the new branch in; deadlines of one step are armed once."""
    left = list(state)
    for place in gone:
        left.remove(place)
    for place in come:
        if place not in left:
            left.append(place)
    return tuple(sorted(left))
