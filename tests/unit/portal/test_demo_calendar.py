"""The replay lets stories happen in date order, on working days, and never after today."""

import datetime as dt

import pytest

from inspections.actions.models import Action
from providers.notifications.models import Notification
from qa_portal.core.dates import is_working_day, today
from qa_portal.core.due import left_to_the_passes, run_soon
from qa_portal.portal.demo.replay import once, replay
from qa_portal.portal.demo.story import calendar as story
from qa_portal.portal.demo.story.actions import together

pytestmark = pytest.mark.django_db


def diary(days: list[tuple[int, list[int]]]) -> list[tuple[dt.date, str]]:
    """What stories that begin so many days from today, with such pauses, write down."""
    written = []

    def one(name: str, pauses: list[int]):
        written.append((today(), name))
        for pause in pauses:
            yield pause
            written.append((today(), name))

    replay([(begins, one(f"story {n}", pauses)) for n, (begins, pauses) in enumerate(days)], lambda _: None)
    return written


def test_stories_happen_in_date_order_and_between_each_other():
    written = diary([(-20, [10]), (-15, [1]), (-18, [])])
    assert [day for day, _ in written] == sorted(day for day, _ in written)
    assert [name for _, name in written] == ["story 0", "story 2", "story 1", "story 1", "story 0"]


def test_story_stays_open_before_what_would_come_after_today():
    assert len(diary([(-5, [3, 3])])) == 2
    assert diary([(-5, [2, 30, 1])])[-1][0] < today()


def test_nothing_happens_on_a_day_of_rest_but_today():
    days = {day for day, _ in diary([(-number, []) for number in range(30)])}
    assert all(is_working_day(day) for day in days - {today()})
    assert max(days) == today()


def test_moments_of_a_replay_lie_on_its_days_and_in_office_hours():
    seen = []
    replay([(-40, once(lambda: seen.append(Notification(key="x").created_at))())] * 1, lambda _: None)
    [moment] = seen
    assert dt.timedelta(days=30) < dt.datetime.now(dt.UTC) - moment < dt.timedelta(days=41)
    assert 8 <= moment.hour <= 17


def test_clock_is_given_back_when_a_story_fails():
    def failing():
        raise LookupError
        yield

    before = today()
    with pytest.raises(LookupError):
        replay([(-30, failing())], lambda _: None)
    assert today() == before


def test_several_stories_as_one_keep_their_own_pauses():
    seen = []

    def one(name, *pauses):
        for pause in pauses:
            yield pause
            seen.append(name)

    pauses = list(together([one("a", 5, 5), one("b", 7)]))
    assert (seen, sum(pauses)) == (["a", "b", "a"], 10)


def test_work_asked_for_soon_is_left_to_the_passes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as asked, left_to_the_passes():
        run_soon("send messages")
    assert asked == []
    with django_capture_on_commit_callbacks() as asked:
        run_soon("send messages")
    assert len(asked) == 1


def test_calendar_is_written_in_the_order_of_its_parts():
    parts = [story.opening_days(), story.two_years_ago(), story.last_year(), story.this_year()]
    parts += [story.these_months(), story.these_weeks(), story.today()]
    days = [[day for day, _ in part] for part in parts]
    assert all(part == sorted(part) for part in days)
    assert [part[0] for part in days] == sorted(part[0] for part in days)
    assert days[-1][-1] == 0
    assert -731 <= days[0][0] <= -730
    assert Action.objects.count() == 0  # stories that nobody replays do nothing
