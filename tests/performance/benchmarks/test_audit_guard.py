"""What the guard costs: an update in its own transaction, side by side with plain simple-history.

Both models have the same columns; rounds alternate, medians are compared. Target of the house: 1.3 or less.
"""

import statistics
import time
import tracemalloc

import pytest
from django.db import connection, transaction

from qa_portal.core.audit import guard
from tests.lossy.models import Home, KeptHome

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
ROUNDS, UPDATES = 9, 150


def updates(row) -> float:
    start = time.perf_counter()
    for number in range(UPDATES):
        row.beds = number
        with transaction.atomic():
            row.save()
    return (time.perf_counter() - start) / UPDATES


def row_of(model):
    return model.objects.get_or_create(name="Beck House")[0]


def test_guard_cost_of_an_update(commits, capsys):
    plain, under_guard, whole = [], [], []
    for _ in range(ROUNDS):
        guard.unlock(connection)
        plain.append(updates(row_of(Home)))
        guard.install(connection)
        under_guard.append(updates(row_of(Home)))
        whole.append(updates(row_of(KeptHome)))
    tracemalloc.start()
    updates(row_of(KeptHome))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    floor = statistics.median(plain)
    with capsys.disabled():
        print(f"\nAudit guard on {connection.vendor}, update in its own transaction, median of {ROUNDS}:")
        for name, times in (
            ("plain simple-history", plain),
            ("with the guard", under_guard),
            ("our base model with the guard", whole),
        ):
            middle = statistics.median(times)
            print(f"  {name:<32} {middle * 1e6:7.0f} us  {middle / floor:4.2f}x")
        print(f"  memory of {UPDATES} updates: {peak / 1024:.0f} KiB")
