"""Calendar entries as RFC 5545 and 5546 have them: one entry, moved and cancelled under its own name."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from providers.notifications.calendar import Appointment, entry, for_reader, method_of
from providers.notifications.kinds import DECISION, VISIT_ANNOUNCED, VISIT_CALLED_OFF
from providers.notifications.sending import SEND
from providers.notifications.services import About, appointment_uid, notify
from qa_portal.core.dates import LONDON, at_london
from qa_portal.core.due import run_due
from tests.factories.register import SettingFactory

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def visit(day=dt.date(2026, 12, 1), sequence=0, **changes) -> Appointment:
    return Appointment(
        uid="visit-1@portal.example",
        sequence=sequence,
        starts_at=at_london(day, dt.time(10)),
        ends_at=at_london(day, dt.time(13)),
        **changes,
    )


def text_of(appointment: Appointment) -> str:
    return entry(
        appointment, summary="Monitoring visit: Ash House", url="https://portal.example/x/", made_at=NOW
    )


def event_of(text: str):
    [event] = Calendar.from_ical(text).walk("VEVENT")
    return event


def test_request_names_its_day_in_london_and_where_to_read_on():
    event = event_of(text_of(visit()))
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("visit-1@portal.example", 0, "CONFIRMED")
    assert event.decoded("DTSTART") == dt.datetime(2026, 12, 1, 10, tzinfo=LONDON)
    assert event["CLASS"] == "PRIVATE"
    assert event["DESCRIPTION"] == "https://portal.example/x/"
    assert "LOCATION" not in event, "where a home is must not stand in a mail"
    assert method_of(text_of(visit())) == "REQUEST"


def test_change_and_cancellation_keep_the_name_and_count_up():
    moved = event_of(text_of(visit(dt.date(2026, 12, 8), sequence=1)))
    cancelled = text_of(visit(dt.date(2026, 12, 8), sequence=2, cancelled=True))
    assert moved["UID"] == event_of(cancelled)["UID"] == "visit-1@portal.example"
    assert [moved["SEQUENCE"], event_of(cancelled)["SEQUENCE"]] == [1, 2]
    assert (method_of(cancelled), event_of(cancelled)["STATUS"]) == ("CANCEL", "CANCELLED")
    assert not event_of(cancelled).walk("VALARM")


def test_entry_ends_its_lines_as_the_standard_asks():
    text = text_of(visit())
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@given(st.datetimes(dt.datetime(1997, 1, 1), dt.datetime(2037, 12, 31)))
def test_own_time_zone_tells_the_same_time_as_the_law(clock):
    """The two rules of the entry, worked out by hand, against the system's own table of time zones."""
    moment = clock.replace(tzinfo=dt.UTC)

    def last_sunday(month: int) -> dt.datetime:
        last = dt.datetime(clock.year, month, 31, 1, tzinfo=dt.UTC)
        return last - dt.timedelta(days=(last.weekday() + 1) % 7)

    in_summer = last_sunday(3) <= moment < last_sunday(10)
    assert moment.astimezone(LONDON).utcoffset() == dt.timedelta(hours=in_summer)


def test_time_zone_has_the_last_sundays_of_march_and_october():
    [zone] = Calendar.from_ical(text_of(visit())).walk("VTIMEZONE")
    told = {
        str(part["TZNAME"]): (part["RRULE"]["BYMONTH"], part["RRULE"]["BYDAY"], part["DTSTART"].dt.hour)
        for part in zone.subcomponents
    }
    assert told == {"BST": ([3], ["-1SU"], 1), "GMT": ([10], ["-1SU"], 2)}


def test_reader_and_sender_are_added_when_it_is_mailed_and_not_before():
    stored = text_of(visit())
    assert "@council.example" not in stored
    event = event_of(for_reader(stored, organiser="qa@council.example", reader="jo@council.example"))
    assert event["ORGANIZER"] == "mailto:qa@council.example"
    assert event["ATTENDEE"] == "mailto:jo@council.example"


@pytest.mark.django_db
def test_visit_comes_as_an_invitation_that_mail_programs_take_up(world):
    reader, home = world.membership("provider_manager_x"), SettingFactory(working_name="Ash House")
    uid = appointment_uid("visit", home.public_id)
    for key, kind, sequence in (("a", VISIT_ANNOUNCED, 0), ("b", VISIT_CALLED_OFF, 1)):
        appointment = Appointment(
            uid, sequence, timezone.now(), timezone.now() + dt.timedelta(hours=2), cancelled=bool(sequence)
        )
        notify(to=reader, key=key, kind=kind, about=About(setting=home), appointment=appointment)
    run_due(SEND)
    methods = []
    for sent in mail.outbox:
        parts = {part.get_content_type(): part for part in sent.message().walk()}
        calendar = parts["text/calendar"]
        methods.append(calendar.get_param("method"))
        text = calendar.get_payload(decode=True).decode()
        assert event_of(text)["SUMMARY"] == "Monitoring visit: Ash House"
        assert event_of(text)["UID"] == uid
        assert parts["application/ics"].get_filename() == "invitation.ics"
    assert methods == ["REQUEST", "CANCEL"]


@pytest.mark.django_db
def test_kind_without_a_place_in_a_calendar_carries_no_invitation(world):
    with pytest.raises(ValueError, match="no place in a calendar"):
        notify(to=world.membership("team_manager"), key="k", kind=DECISION, appointment=visit())
