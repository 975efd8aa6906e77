"""What the portal did while the demo clock was moved forward, each line with the page that shows it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from providers.notifications.kinds import KINDS

PAGES = {
    "send messages": ("Emails sent", "demo_mail"),
    "collect daily digests": ("Daily digests prepared", "demo_mail"),
    "fire timers": ("Deadlines that passed", "inbox"),
    "tell of steps due soon": ("Tasks due soon", "inbox"),
    "tell of late steps": ("Tasks that became overdue", "inbox"),
    "hand on the work of the absent": ("Tasks passed to deputies", "inbox"),
    "open self-assessments": ("Self-assessments opened", "campaigns"),
    "hold referrals of the suspended": ("Lots put on hold", "purchasing_systems"),
    "lift holds of suspensions that ended": ("Lots taken off hold", "purchasing_systems"),
    "pause lots whose papers ran out": (
        "Lots paused because a required document expired",
        "purchasing_systems",
    ),
    "lift pauses of papers renewed": ("Lots resumed because the document was renewed", "purchasing_systems"),
    "open issues from visit concerns": ("Contract issues opened from visits", "issues"),
}


@dataclass(frozen=True)
class ActivityLine:
    words: str
    count: int
    url: str


def lines_of(happened: dict) -> list[ActivityLine]:
    """Return what was done, then messages by kind, from `Demonstration.happened`."""
    done = [
        ActivityLine(words, happened["done"][name], reverse(page))
        for name, (words, page) in PAGES.items()
        if happened.get("done", {}).get(name)
    ]
    told = [
        ActivityLine(f"Messages: {KINDS[key].label}", count, reverse("demo_mail"))
        for key, count in sorted(happened.get("told", {}).items())
        if key in KINDS
    ]
    return done + told


def days_of(happened: dict) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of the move; None before any."""
    if not happened:
        return None
    return dt.date.fromisoformat(happened["from"]), dt.date.fromisoformat(happened["to"])
