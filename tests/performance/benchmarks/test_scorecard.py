"""A region of 3,900 settings with two years of evidence, as at a day and 12 months before: time and memory,
side by side with its own SQL statements run raw and fetched, which is the least that it must do.

Once with the evidence, as files tell it, and once without, as the page of the region and home pages list it.
"""

import statistics
import time
import tracemalloc

import pytest
from django.db import connection

from inspections.scorecards.inputs.visibility import EVERYBODY
from inspections.scorecards.selectors import scorecard
from providers.directory.models import Setting
from qa_portal.core.audit import guard
from tests.performance.region import TODAY, Region
from tests.unit.inspections.scorecards.conftest import clock  # noqa: F401  a fixture

pytestmark = [pytest.mark.bench, pytest.mark.django_db, pytest.mark.timeout(1800)]
SETTINGS, ROUNDS = 3_900, 5


class Statements:
    """Every statement that passes, with its parameters; `fetch` runs them again without the ORM."""

    def __init__(self) -> None:
        self.seen: list[tuple] = []

    def __call__(self, execute, sql, params, many, context):
        self.seen.append((sql, params))
        return execute(sql, params, many, context)

    def fetch(self) -> int:
        rows = 0
        with connection.cursor() as cursor:
            for sql, params in self.seen:
                cursor.execute(sql, params)
                rows += len(cursor.fetchall())
        return rows


def whole(with_evidence: bool):
    among = Setting.objects.all()
    return scorecard(as_at=TODAY, scope=EVERYBODY, among=among, with_evidence=with_evidence)


def middle(action) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def test_scorecard_of_a_region(clock, world, frozen, capsys):  # noqa: F811
    guard.unlock(connection)
    officer, manager = world.membership("contract_officer"), world.membership("team_manager")
    Region(world.north, officer, manager).fill(0, SETTINGS)
    guard.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for with_evidence in (True, False):
        with capsys.disabled():
            print(measured(with_evidence))


def measured(with_evidence: bool) -> str:
    statements = Statements()
    with connection.execute_wrapper(statements):
        rows = len(whole(with_evidence).rows)
    fetched, floor = statements.fetch(), middle(statements.fetch)
    ours = middle(lambda: whole(with_evidence))
    tracemalloc.start()
    whole(with_evidence)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (
        f"\nScorecard {'with' if with_evidence else 'without'} evidence on {connection.vendor},"
        f" median of {ROUNDS}: {rows} settings on two days, {len(statements.seen)} queries,"
        f" {fetched} rows, {ours * 1000:.0f} ms, floor {floor * 1000:.0f} ms, {ours / floor:.1f}x,"
        f" peak {peak / 1e6:.0f} MB"
    )
