"""What the installation's administrator is told: counts, what to do, and nobody's data."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from inspections.ofsted.importer.import_requests import ImportRequest
from providers.notifications.models import Notification
from qa_portal.core import due
from qa_portal.portal.health import HealthCheck, checks
from tests.access.policy import INSTALLATION
from tests.factories.world import World

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def nothing_remembered(db):
    """The cache's table is no model's, so a test that commits leaves in it when work was last done."""
    cache.clear()


def check(name: str) -> HealthCheck:
    return next(one for one in checks() if one.name == name)


def message(world: World, state: str, *, ago: dt.timedelta, **facts) -> Notification:
    return Notification.objects.create(
        key=f"{state}-{ago}",
        to=world.membership("contract_officer"),
        kind="step",
        state=state,
        created_at=timezone.now() - ago,
        message_id="<a@localhost>",
        **facts,
    )


def request_for_import(world: World, state: str, **facts) -> ImportRequest:
    return ImportRequest.objects.create(
        filename="canary-file.csv", asked_by=world.membership(INSTALLATION), state=state, **facts
    )


def test_every_check_that_fails_says_what_remedy_for(world):
    for one in checks():
        assert one.ok is (one.to_do == ""), one


def test_background_work_that_never_ran_is_told():
    told = check("Background work")
    assert (told.ok, told.words) == (False, "Never done")
    assert "run_due --loop 60" in told.to_do


def test_background_work_is_well_after_a_pass_and_told_when_it_stops():
    with time_machine.travel(dt.datetime(2026, 7, 1, 11, 0, tzinfo=dt.UTC), tick=False):
        call_command("run_due")
    with time_machine.travel(dt.datetime(2026, 7, 1, 11, 5, tzinfo=dt.UTC), tick=False):
        assert check("Background work").ok
    with time_machine.travel(dt.datetime(2026, 7, 1, 11, 5, 1, tzinfo=dt.UTC), tick=False):
        told = check("Background work")
    assert (told.ok, told.words) == (False, "Last done on 1 July 2026 at 12:00")


def test_pass_over_one_kind_is_no_sign_that_all_is_done():
    due.run_due("send messages")
    assert due.last_pass() is None


def test_mail_that_has_just_been_written_is_no_fault(world):
    message(world, "waiting", ago=HOUR / 2, next_try_at=timezone.now())
    assert check("Mail").ok


def test_mail_that_waits_or_was_given_up_is_counted(world):
    message(world, "waiting", ago=2 * HOUR, next_try_at=timezone.now())
    message(world, "dead", ago=2 * HOUR)
    message(world, "dead", ago=24 * 30 * HOUR)
    told = check("Mail")
    assert not told.ok
    assert told.words == "1 waiting for more than an hour, 1 given up in the last 7 days"


def test_refused_import_is_told_until_one_is_taken(world):
    ended = timezone.now()
    request_for_import(world, "refused", refusal="No URN in it", ended_at=ended - HOUR)
    assert check("Imports") == HealthCheck(
        "Imports",
        ok=False,
        words="The last file was refused, 0 stuck",
        to_do="Open Ofsted files: the file’s page says what was wrong.",
    )
    request_for_import(world, "withdrawn", ended_at=ended)
    assert not check("Imports").ok


def test_import_that_nobody_reads_is_stuck(world):
    request_for_import(world, "waiting", asked_at=timezone.now() - 2 * HOUR)
    assert check("Imports").words == "The last file was imported, 1 stuck"


def test_nothing_of_anybody_is_told(world):
    message(world, "dead", ago=HOUR)
    request_for_import(world, "refused", refusal="No URN", ended_at=timezone.now())
    assert "canary" not in str(checks()).lower()


def test_checks_ask_as_many_queries_whatever_waits(world, django_assert_num_queries):
    for number in range(1, 12):
        message(world, "waiting", ago=number * 2 * HOUR, next_try_at=timezone.now())
        if number in {1, 11}:
            with django_assert_num_queries(7):
                checks()
