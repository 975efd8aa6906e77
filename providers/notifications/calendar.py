"""Calendar entries by mail (RFC 5545, 5546): the same entry is sent again to move it, and once more to cancel it."""

import datetime as dt
from dataclasses import dataclass

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from qa_portal.core.dates import LONDON

MADE_BY = "-//Placements quality assurance//EN"
REMINDED = dt.timedelta(days=-1)
SUMMER, WINTER = dt.timedelta(hours=1), dt.timedelta(0)


@dataclass(frozen=True)
class Appointment:
    """`uid` names the entry for ever; `sequence` grows with every change, and a cancellation is a change."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    cancelled: bool = False


def entry(appointment: Appointment, *, summary: str, url: str, made_at: dt.datetime) -> str:
    """Return the calendar entry without its reader, who is added when it is mailed (`for_reader`)."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.cancelled else "REQUEST")
    calendar.add_component(_london())
    calendar.add_component(_event(appointment, summary, url, made_at))
    return calendar.to_ical().decode()


def _event(appointment: Appointment, summary: str, url: str, made_at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", made_at.astimezone(dt.UTC))
    event.add("dtstart", appointment.starts_at.astimezone(LONDON))
    event.add("dtend", appointment.ends_at.astimezone(LONDON))
    event.add("summary", summary)
    event.add("description", url)
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if not appointment.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", REMINDED)
        event.add_component(alarm)
    return event


def _london() -> Timezone:
    """Return London's time zone as the law has it since 1996, by hand: the library's list of changes is an hour off."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for part, name, month, begins, before, after in (
        (TimezoneDaylight(), "BST", 3, dt.datetime(1996, 3, 31, 1), WINTER, SUMMER),  # noqa: DTZ001
        (TimezoneStandard(), "GMT", 10, dt.datetime(1996, 10, 27, 2), SUMMER, WINTER),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def method_of(text: str) -> str:
    return str(Calendar.from_ical(text)["method"])


def for_reader(text: str, *, organiser: str, reader: str) -> str:
    """Add both mail addresses, which an entry needs so that a mail program offers to take it up."""
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    event.add("organizer", _address(organiser, cn="Placements quality assurance"), encode=False)
    event.add("attendee", _address(reader, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION"), encode=False)
    return calendar.to_ical().decode()


def _address(email: str, **parameters: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    for name, value in parameters.items():
        address.params[name] = vText(value)
    return address
