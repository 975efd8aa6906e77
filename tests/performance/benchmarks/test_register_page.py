"""The register page at 4,000 and 40,000 settings: queries and time of a page, side by side with fetching its
50 rows with their owners by hand, which is the least that any page must do.
"""

import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from providers.directory.models import Provider, Setting, SettingOwnership
from qa_portal.core.audit import guard
from tests.factories.register import SettingFactory

pytestmark = [pytest.mark.bench, pytest.mark.django_db, pytest.mark.timeout(600)]
FIXED = 6  # session, user, memberships, second factor, person, details
ROUNDS = 7


def fill(upto: int) -> None:
    """With their history; the guard would compare 40,000 rows at a commit that never comes."""
    pattern = Setting.objects.first() or SettingFactory()
    provider = Provider.objects.first()
    start = Setting.objects.count()
    facts = {
        "provision_type_id": pattern.provision_type_id,
        "registration_state_id": pattern.registration_state_id,
        "authority_id": pattern.authority_id,
    }
    rows = [Setting(urn=f"SC{number:06}", places=4, **facts) for number in range(start, upto)]
    made = Setting.objects.audited_create(rows)
    SettingOwnership.objects.audited_create(
        [SettingOwnership(setting=row, provider=provider, from_on="2020-05-01") for row in made]
    )


def by_hand() -> None:
    list(Setting.objects.order_by("urn").prefetch_related("ownerships__provider")[:50])


def middle(action) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def test_register_page_at_two_sizes(world, capsys):
    guard.unlock(connection)
    client, address = world.client("contract_officer"), reverse("directory")
    lines = []
    for size in (4_000, 40_000):
        fill(size)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked = len(queries)  # now: the next request empties the log
        page, floor = middle(lambda: client.get(address)), middle(by_hand)
        lines.append(
            f"  {size:>6} settings: {asked - FIXED} queries beyond the fixed {FIXED}, "
            f"{page * 1000:.0f} ms, floor {floor * 1000:.0f} ms, {page / floor:.1f}x"
        )
    guard.install(connection)
    with capsys.disabled():
        print(f"\nRegister page on {connection.vendor}, median of {ROUNDS}:", *lines, sep="\n")
