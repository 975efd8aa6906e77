"""A reminder is never missed by a late run, never sent twice, and only the most urgent one is told."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from providers.notifications.kinds import DOCUMENT_EXPIRES
from providers.notifications.models import Notification
from providers.notifications.reminders import THRESHOLDS, due_threshold, reminder_key
from providers.notifications.services import remind
from qa_portal.core.dates import at_london, today

ENDS = dt.date(2027, 6, 30)


def before(n: int) -> dt.date:
    return ENDS - dt.timedelta(days=n)


@pytest.mark.parametrize(
    ("left", "threshold"),
    [(61, None), (60, 60), (31, 60), (30, 30), (29, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, None)],
)
def test_most_urgent_threshold_that_has_come(left, threshold):
    assert due_threshold(ENDS, before(left)) == threshold


def sent(run_days: set[int]) -> list[tuple[int, int]]:
    """(days left, threshold) of each reminder that a worker would have written that runs on these days."""
    keys, written = set(), []
    for left in sorted(run_days, reverse=True):
        threshold = due_threshold(ENDS, before(left))
        if threshold and (key := reminder_key("document:1", ENDS, threshold)) not in keys:
            keys.add(key)
            written.append((left, threshold))
    return written


@given(st.sets(st.integers(0, 100)))
def test_worker_with_any_gaps_sends_what_is_due_once_and_never_an_older_one_later(run_days):
    written = sent(run_days)
    thresholds = [threshold for _, threshold in written]
    assert thresholds == sorted(set(thresholds), reverse=True)
    for threshold, next_one in zip(THRESHOLDS, (*THRESHOLDS[1:], -1), strict=True):
        in_time = [left for left in run_days if next_one < left <= threshold]
        assert (threshold in thresholds) == bool(in_time)
        if in_time:
            assert (max(in_time), threshold) in written, "on the first day on which it could"


@given(st.sets(st.integers(0, 100)))
def test_no_two_reminders_of_one_document_on_one_day(run_days):
    days = [left for left, _ in sent(run_days)]
    assert len(days) == len(set(days))


def exact_day(left: int) -> int | None:
    return left if left in THRESHOLDS else None


def test_reminder_that_fires_on_the_exact_day_alone_is_missed():
    """The control: what the house forbids says nothing when the worker stands still on the 30th day."""
    run_days = [day for day in range(100, -1, -1) if day not in {29, 30, 31}]
    assert [exact_day(left) for left in run_days if exact_day(left)] == [60, 7]
    assert sent(set(run_days)) == [(60, 60), (28, 30), (7, 7)]


@pytest.mark.django_db
def test_two_passes_a_day_for_a_hundred_days_write_three_messages_a_reader(world):
    to = [world.membership("provider_manager_x"), world.membership("contract_officer")]
    for left in range(100, -5, -1):
        with time_machine.travel(at_london(before(left), dt.time(8)), tick=False):
            for _ in range(2):
                remind(to=to, subject="document:1", kind=DOCUMENT_EXPIRES, ends_on=ENDS)
    rows = Notification.objects.filter(to=to[0]).order_by("created_at")
    assert [row.facts["days_left"] for row in rows] == [60, 30, 7]
    assert Notification.objects.count() == 6


@pytest.mark.django_db
def test_renewed_document_is_reminded_of_anew(world):
    to = [world.membership("provider_manager_x")]
    with time_machine.travel(at_london(dt.date(2027, 1, 4), dt.time(8)), tick=False):
        first = remind(to=to, subject="d", kind=DOCUMENT_EXPIRES, ends_on=today() + dt.timedelta(days=5))
        second = remind(to=to, subject="d", kind=DOCUMENT_EXPIRES, ends_on=today() + dt.timedelta(days=6))
        assert not remind(to=to, subject="d", kind=DOCUMENT_EXPIRES, ends_on=today() + dt.timedelta(days=90))
    assert first != second
    assert Notification.objects.count() == 2
