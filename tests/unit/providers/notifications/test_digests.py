"""One digest a person and London day, after seven, only when there is something to tell; a late worker sends one."""

import datetime as dt

import pytest
import time_machine
from django.core import mail

from providers.notifications.kinds import DECISION, DIGEST, STEP_WAITS
from providers.notifications.models import Notification
from providers.notifications.rendering import LONGEST_DIGEST
from providers.notifications.sending import COLLECT, SEND, collect
from providers.notifications.services import About, notify
from providers.people import roles
from qa_portal.core.dates import at_london, today
from qa_portal.core.due import run_due
from tests.factories.people import MembershipFactory
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db
State = Notification.State
MONDAY = dt.date(2027, 3, 1)


def at(day: dt.date, hour: int, minute: int = 0):
    return time_machine.travel(at_london(day, dt.time(hour, minute)), tick=False)


def passes() -> list[int]:
    return [one.done for one in run_due(COLLECT, SEND)]


@pytest.fixture
def officer(world):
    return world.membership("contract_officer")


def tell(officer, key: str, kind=STEP_WAITS, **about):
    return notify(to=officer, key=key, kind=kind, about=About(**about))


def test_digest_leaves_after_seven_with_everything_that_waits(world, officer):
    home = SettingFactory(working_name="Ash House")
    with at(MONDAY, 6, 59):
        tell(officer, "one", path="/tasks/1/", setting=home)
        tell(officer, "two", path="/tasks/2/")
        assert passes() == [0, 0]
    with at(MONDAY, 7):
        assert passes() == [1, 1]
    [sent] = mail.outbox
    assert "/tasks/1/" in sent.body
    assert "/tasks/2/" in sent.body
    assert f"Setting: Ash House (URN {home.urn})" in sent.body
    digest = Notification.objects.get(kind=DIGEST.key)
    assert digest.key == f"digest:{officer.person_id}:2027-03-01"
    assert digest.items.count() == 2
    assert {row.told for row in digest.items.all()} == {"In the daily digest. Mailed"}


def test_nothing_to_tell_sends_nothing(world):
    with at(MONDAY, 8):
        assert passes() == [0, 0]
    assert not Notification.objects.exists()


def test_second_digest_of_a_day_waits_for_the_next(officer):
    with at(MONDAY, 7):
        tell(officer, "one")
        passes()
    with at(MONDAY, 15):
        tell(officer, "two")
        assert passes() == [0, 0]
    with at(MONDAY + dt.timedelta(days=1), 6):
        assert passes() == [0, 0]
    with at(MONDAY + dt.timedelta(days=1), 7):
        assert passes() == [1, 1]
    assert len(mail.outbox) == 2


def test_urgent_message_goes_at_once_and_is_in_no_digest(officer):
    with at(MONDAY, 3):
        tell(officer, "now", kind=DECISION)
        tell(officer, "later")
        assert passes() == [0, 1]
    with at(MONDAY, 7):
        passes()
    assert Notification.objects.get(kind=DIGEST.key).items.get().key.startswith("later")


def test_worker_that_stood_still_for_ten_days_sends_one_digest(officer):
    for n in range(10):
        with at(MONDAY + dt.timedelta(days=n), 12):
            tell(officer, f"day {n}")
    with at(MONDAY + dt.timedelta(days=10), 9):
        for _ in range(3):
            passes()
    [sent] = mail.outbox
    assert sent.body.count("You have a new task") == 10


@pytest.mark.parametrize(("day", "utc_hour"), [("2027-03-28", 6), ("2027-10-31", 7)])
def test_seven_is_seven_in_london_on_the_days_the_clocks_change(officer, day, utc_hour):
    before = dt.datetime.fromisoformat(day).replace(hour=utc_hour, tzinfo=dt.UTC) - dt.timedelta(minutes=1)
    with time_machine.travel(before, tick=False):
        tell(officer, "k")
        assert passes() == [0, 0]
    with time_machine.travel(before + dt.timedelta(minutes=1), tick=False):
        assert passes() == [1, 1]


def test_person_of_two_organisations_gets_one_digest(world, officer):
    other = MembershipFactory(person=officer.person, organisation=world.south, role=roles.BoardMember.key)
    with at(MONDAY, 8):
        tell(officer, "one")
        tell(other, "two")
        passes()
    [sent] = mail.outbox
    assert sent.body.count("You have a new task") == 2


def test_somebody_who_has_left_since_gets_none(officer):
    with at(MONDAY, 6):
        tell(officer, "k")
    with at(MONDAY, 8):
        officer.to_on = today()
        officer.save()
        assert passes() == [1, 0]
        assert passes() == [0, 0], "and is not looked at again"
    assert Notification.objects.get().state == State.LEFT


def test_same_digest_delivered_twice_is_one(officer):
    with at(MONDAY, 8):
        tell(officer, "one")
        collect(officer.person)
        tell(officer, "two")
        collect(officer.person)
    assert Notification.objects.get(kind=DIGEST.key).items.count() == 1


def test_digest_of_a_thousand_is_a_mail_one_can_read(officer):
    with at(MONDAY, 8):
        for n in range(LONGEST_DIGEST + 5):
            tell(officer, f"k{n}")
        passes()
    assert "And 5 more." in mail.outbox[0].body
    assert Notification.objects.get(kind=DIGEST.key).items.count() == LONGEST_DIGEST + 5


def test_hour_is_a_setting(officer, settings):
    settings.DIGEST_HOUR = 16
    with at(MONDAY, 8):
        tell(officer, "k")
        assert passes() == [0, 0]
    with at(MONDAY, 16):
        assert passes() == [1, 1]
