"""What came about while the clock was wound, in words, each with the page that shows it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from providers.notifications.kinds import KINDS

PAGES = {
    "send messages": ("Mails sent", "demo_mail"),
    "collect daily digests": ("Daily digests put together", "demo_mail"),
    "fire timers": ("Deadlines that passed by themselves", "inbox"),
    "tell of steps due soon": ("Steps that are due soon", "inbox"),
    "tell of late steps": ("Steps that became late", "inbox"),
    "hand on the work of the absent": ("Steps handed to deputies", "inbox"),
    "open self-assessments": ("Self-assessments opened", "campaigns"),
    "hold referrals of the suspended": ("Lots put on hold", "purchasing_systems"),
    "lift holds of suspensions that ended": ("Lots off hold", "purchasing_systems"),
    "pause lots whose papers ran out": ("Lots paused because a paper ran out", "purchasing_systems"),
    "lift pauses of papers renewed": ("Lots that go on: the paper was renewed", "purchasing_systems"),
    "open issues from visit concerns": ("Issues opened from visits", "issues"),
}


@dataclass(frozen=True)
class Line:
    words: str
    count: int
    url: str


def lines_of(happened: dict) -> list[Line]:
    """Work first, then messages by kind."""
    done = [
        Line(words, happened["done"][name], reverse(page))
        for name, (words, page) in PAGES.items()
        if happened.get("done", {}).get(name)
    ]
    told = [
        Line(f"Messages: {KINDS[key].label}", count, reverse("demo_mail"))
        for key, count in sorted(happened.get("told", {}).items())
        if key in KINDS
    ]
    return done + told


def days_of(happened: dict) -> tuple[dt.date, dt.date] | None:
    if not happened:
        return None
    return dt.date.fromisoformat(happened["from"]), dt.date.fromisoformat(happened["to"])
