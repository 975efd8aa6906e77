"""PostgreSQL is restarted under the portal: nothing is half-written, nothing typed is lost, and it goes on.

On a server of the test's own, whatever database the suite runs on.
"""

import contextlib
import json
import subprocess
import sys
import uuid

import pytest
from django.conf import settings

from tests.faults.cluster import Cluster, cluster_of_its_own, tools
from tests.faults.site import Visitor, environment, served
from tests.needed import missing

STATE = "SELECT weight, (SELECT count(*) FROM viewflow_task WHERE status = 'DONE') FROM parcels_parcel"
UNTOUCHED, WEIGHED = (0, 1), (57, 3)  # the start is done; then the step and the split after it

pytestmark = pytest.mark.slow


@pytest.fixture
def cluster():
    found = tools()
    if found is None:
        missing("initdb and pg_ctl are not on this machine: install PostgreSQL's server to run this")
    with cluster_of_its_own(found) as cluster:
        yield cluster


@pytest.fixture
def visit(cluster: Cluster, gate, tmp_path):
    """Serves the cluster with a fault; gives the waiting step's address and a visitor who may do it."""
    prepared = subprocess.run(
        [sys.executable, "-m", "tests.faults.prepared"],
        cwd=settings.BASE_DIR,
        env=environment(cluster.url, "none", gate),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(prepared.stdout)
    with contextlib.ExitStack() as sites:

        def visit(fault: str) -> tuple[str, Visitor]:
            env, log = environment(cluster.url, fault, gate), tmp_path / f"{fault}.log"
            return told["step"], Visitor(sites.enter_context(served(env, log)), told["session"])

        yield visit


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_restart_in_a_step_answers_503_and_the_retry_has_one_effect(mode, cluster, visit, gate, aside):
    step, visitor = visit("wait in the step")
    form = {"weight": 57, "form_token": uuid.uuid4()}
    sent = aside(visitor.post, step, **form)
    gate.reached_by(1)
    cluster.restart(mode)
    gate.open()
    answer = sent.result()
    assert (answer.status, "Your answers were not saved" in answer.text) == (503, True)
    assert ">57<" in "".join(answer.text.split())
    assert cluster.ask(STATE) == UNTOUCHED
    assert [visitor.get(step).status for _ in range(6)] == [200] * 6
    assert {visitor.post(step, **form).status for _ in range(2)} == {302}
    assert cluster.ask(STATE) == WEIGHED


def test_restart_between_two_pages_is_not_noticed_and_without_health_checks_it_is(cluster, visit):
    """The second half is the control."""
    step, visitor = visit("none")
    _, unchecked = visit("no health checks")
    assert {visitor.get(step).status, unchecked.get(step).status} == {200}
    cluster.restart("fast")
    assert [visitor.get(step).status for _ in range(2)] == [200, 200]
    assert [unchecked.get(step).status for _ in range(2)] == [503, 200]
