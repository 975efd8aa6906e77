"""Two who confirm, refuse, record or leave at the same moment: one after the other, and each is told the truth."""

import threading

import pytest
from django.db import connection, transaction

from providers.contracts import use_services
from providers.contracts.models import PlacingCount
from providers.contracts.services import record_placing_counts
from providers.contracts.use_services import confirm_use, refuse_use
from providers.people.services.memberships import end_membership
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.register import SettingFactory
from tests.faults.at_once import at_once

HOLD = 0.6


@pytest.fixture
def row(people) -> PlacingCount:
    home = SettingFactory(authority=None)
    record_placing_counts(by=people.as_("contract_officer"), counts={home.urn: 2}, as_at=today())
    return PlacingCount.objects.get(setting=home)


def told(call) -> str:
    try:
        call()
        return "done"
    except Refused:
        return "refused"


def confirms(people, row, persona: str = "placements_officer"):
    user = people.as_(persona)
    return lambda: told(lambda: confirm_use(by=user, seen={row.pk: row.row_version}))


def test_two_who_confirm_at_once_confirm_once(people, row):
    answers = at_once(confirms(people, row), confirms(people, row, "team_manager"))
    assert sorted(answers) == ["done", "refused"]
    row.refresh_from_db()
    assert (row.is_confirmed, row.history.count()) == (True, 2)


def test_confirmed_and_refused_at_once_is_one_of_the_two(people, row):
    manager = people.as_("team_manager")
    refuses = lambda: told(lambda: refuse_use(by=manager, seen={row.pk: row.row_version}, reason="No"))  # noqa: E731
    assert sorted(at_once(confirms(people, row), refuses)) == ["done", "refused"]
    row.refresh_from_db()
    assert row.is_confirmed == (row.refused_at is None)


def test_confirmed_and_taken_back_at_once_is_taken_back(people, row):
    officer = people.as_("contract_officer")
    counts = {row.setting.urn: 0}
    takes_back = lambda: told(lambda: record_placing_counts(by=officer, counts=counts, as_at=today()))  # noqa: E731
    assert at_once(confirms(people, row), takes_back)[1] == "done"
    row.refresh_from_db()
    assert (row.count, row.confirmed_at) == (0, None)


@pytest.fixture
def leaving(people, row, monkeypatch):
    """The declarer's membership is ended while a colleague is in the middle of confirming: what happened, in order."""
    checked, happened = threading.Event(), []
    asked = use_services.check_can_confirm

    def check_and_wait(*args):
        asked(*args)
        checked.set()
        ended.wait(timeout=HOLD)

    ended = threading.Event()
    monkeypatch.setattr(use_services, "check_can_confirm", check_and_wait)
    administrator, confirm = people.as_("council_administrator"), confirms(people, row)
    membership = people.membership("contract_officer")

    def leaves():
        checked.wait(timeout=10)
        with transaction.atomic():
            end_membership(by=administrator, membership=membership, reason="Left")
            happened.append("left")
        ended.set()

    def confirmed():
        with transaction.atomic():
            happened.append(confirm())

    def run() -> list[str]:
        at_once(confirmed, leaves)
        return happened

    return run


def test_declarer_who_leaves_meanwhile_leaves_after_the_confirmation(leaving):
    assert leaving() == ["done", "left"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_control_without_the_lock_it_is_confirmed_on_the_word_of_who_has_left(leaving, monkeypatch):
    monkeypatch.setattr(use_services, "council_locked", lambda by: by.membership.organisation)
    assert leaving() == ["left", "done"]
