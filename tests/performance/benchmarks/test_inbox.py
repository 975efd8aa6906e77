"""The queue over 100,000 tasks, of which a tenth are open, for 200 people of four councils.

Side by side with Viewflow's stock queue page over the same rows. It has no organisations, so its reader sees
the open steps of all four; its filter lists every process that waits. Targets of the house: 8 queries beyond
the fixed ones, and a fifth of the stock page's time.
"""

import statistics
import time
import tracemalloc

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qa_portal.core.audit import guard
from tests.factories.register import SettingFactory
from tests.parcels.flows import ParcelFlow
from tests.performance.loading import councils, load_queue, officers
from tests.performance.stock import stock_settings

pytestmark = [pytest.mark.bench, pytest.mark.django_db, pytest.mark.timeout(900)]
FIXED = 6  # session, user, memberships, second factor, person, details
TASKS, OPEN, COUNCILS, PEOPLE, SETTINGS, ROUNDS = 100_000, 10_000, 4, 50, 100, 7


@pytest.fixture
def officer(world):
    """One of the 200, with the queue loaded."""
    guard.unlock(connection)
    staff = {place: officers(place, PEOPLE) for place in councils(world, COUNCILS)}
    settings = [SettingFactory() for _ in range(SETTINGS)]
    load_queue(staff, settings, tasks=TASKS, still_open=OPEN)
    yield staff[world.north][7]
    guard.install(connection)


def measured(client: Client, address: str) -> tuple[int, float, float]:
    """Queries, seconds (median) and peak memory in MiB of the page."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked, times = len(queries), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    tracemalloc.start()
    client.get(address)
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    return asked, statistics.median(times), peak


def signed_in(user, backend: str) -> Client:
    client = Client()
    client.force_login(user, backend=backend)
    return client


def test_queue_beside_the_stock_queue(officer, settings, monkeypatch, capsys):
    # Neither page pays for what only tests do: looking for repeated queries, keeping every template's context.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    client = signed_in(officer, "providers.people.backends.SignInBackend")
    ours = {
        whose: measured(client, f"{reverse('inbox')}?whose={whose}")
        for whose in ("mine", "organisation", "all")
    }
    monkeypatch.setattr(ParcelFlow, "has_view_permission", lambda *_: True)
    with override_settings(**stock_settings()):
        stock_client = signed_in(officer, "tests.performance.stock.EverybodyMayRecord")
        asked, stock, peak = measured(stock_client, "/parcel/queue/")
    lines = [
        f"  ours, {whose:<13} {seconds * 1000:7.0f} ms  {stock / seconds:5.1f} times as fast"
        f"  {queries - FIXED} queries beyond the fixed {FIXED}  {memory:5.1f} MiB"
        for whose, (queries, seconds, memory) in ours.items()
    ]
    lines.append(
        f"  stock queue         {stock * 1000:7.0f} ms {'':21} {asked} queries in all {peak:11.1f} MiB"
    )
    with capsys.disabled():
        print(f"\nQueue of {TASKS:,} tasks on {connection.vendor}, median of {ROUNDS}:", *lines, sep="\n")
