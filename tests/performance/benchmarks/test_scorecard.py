"""A region of 3,900 settings with two years of evidence, as at a day and 12 months before: time and memory,
side by side with its own SQL statements run raw and fetched, which is the least that it must do.
"""

import statistics
import time
import tracemalloc

import pytest
from django.db import connection

from inspections.scorecards.selectors import scorecard
from inspections.scorecards.sight import EVERYBODY
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


def whole():
    return scorecard(as_at=TODAY, sight=EVERYBODY, among=Setting.objects.all())


def middle(action) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def test_scorecard_of_a_region(clock, world, capsys):  # noqa: F811
    guard.unlock(connection)
    officer, manager = world.membership("contract_officer"), world.membership("team_manager")
    Region(world.north, officer, manager).fill(0, SETTINGS)
    guard.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    statements = Statements()
    with connection.execute_wrapper(statements):
        rows = len(whole().rows)
    fetched, ours, floor = statements.fetch(), middle(whole), middle(statements.fetch)
    tracemalloc.start()
    whole()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    with capsys.disabled():
        print(
            f"\nScorecard on {connection.vendor}, median of {ROUNDS}: {rows} settings on two days,"
            f" {len(statements.seen)} queries, {fetched} rows, {ours * 1000:.0f} ms,"
            f" floor {floor * 1000:.0f} ms, {ours / floor:.1f}x, peak {peak / 1e6:.0f} MB"
        )
