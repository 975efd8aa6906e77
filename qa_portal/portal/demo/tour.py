"""The ten-minute tour: which page to open as which person. A test opens every stop as the person it names."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from inspections.issues.models import ContractIssue
from inspections.ofsted.models import Inspection
from inspections.visits.models import Visit
from qa_portal.core.dates import ONE_DAY
from qa_portal.core.present import present
from qa_portal.portal.demo.people import PERSONAS, Persona
from qa_portal.portal.demo.story.story_steps import setting

GOT_WORSE = "Beck View"
DAYS_BEFORE = 5
BY_LOGIN = {persona.login: persona for persona in PERSONAS}


@dataclass(frozen=True)
class TourStop:
    """One page of the tour. `shows` are words on that page, so that a test can check the tour is true."""

    title: str
    login: str
    says: str
    shows: str
    address: Callable[[], str]

    @property
    def persona(self) -> Persona:
        return BY_LOGIN[self.login]

    @property
    def url(self) -> str:
        return self.address()


def page(name: str, **query: str) -> Callable[[], str]:
    return lambda: reverse(name, query=query or None)


def of_scorecard() -> str:
    return reverse("scorecard_setting", args=[setting(GOT_WORSE).public_id])


def of_scorecard_before() -> str:
    """Return the scorecard some days before the report that made the home red: about a month before the demo is built."""
    reports = Inspection.objects.filter(setting__working_name=GOT_WORSE).select_related("setting")
    report = reports.latest("published_on")
    day = present(report.published_on) - DAYS_BEFORE * ONE_DAY
    return reverse("scorecard_setting", args=[report.setting.public_id], query={"as_at": day.isoformat()})


def of_import_issue() -> str:
    issues = ContractIssue.objects.filter(setting__working_name=GOT_WORSE, source="judgement")
    return reverse("issue", args=[issues.latest("pk").public_id])


def of_report() -> str:
    visit = Visit.objects.published().filter(setting__working_name="Birk Rigg").latest("planned_on")
    return reverse("visit", args=[visit.public_id])


STOPS = [
    TourStop(
        "The board’s one page",
        "chair",
        "The rating of every home the council monitors, the lowest and why, and what changed in the last month: "
        "Beck View became red.",
        "What changed since",
        page("home"),
    ),
    TourStop(
        "All warning signs in one place",
        "chair",
        "Ofsted, monitoring visits, contract issues, actions, self-assessment and documents in one row per home, "
        "lowest first. Missing information scores 0. If too much is missing we show “Insufficient evidence”, "
        "never green.",
        "Insufficient evidence",
        page("scorecards"),
    ),
    TourStop(
        "Why it is red",
        "officer",
        "Beck View, down to the evidence: each score shows its date, its source, who recorded it and a link to "
        "the record.",
        "Ofsted judged it Inadequate",
        of_scorecard,
    ),
    TourStop(
        "A month earlier it was not",
        "officer",
        "The same page on a day before Ofsted’s report, when the grade was Requires improvement. You can choose "
        "any past day.",
        "Requires improvement",
        of_scorecard_before,
    ),
    TourStop(
        "On paper, and in a spreadsheet",
        "chair",
        "Providers, lowest first. Choose PDF or CSV below the table to download the same figures.",
        "scorecard.pdf",
        page("scorecards", by="provider"),
    ),
    TourStop(
        "A contract issue with a deadline",
        "officer",
        "Opened automatically when the Ofsted file was imported. The provider now has to send an improvement "
        "plan by the date shown.",
        "Inadequate",
        of_import_issue,
    ),
    TourStop(
        "The provider’s view",
        "provider",
        "What Carol Nixon’s company has been asked for and by when, and the rating of each of her homes with "
        "the reasons. She cannot see other providers.",
        "Your ratings, and why",
        page("home"),
    ),
    TourStop(
        "A report and its actions",
        "officer",
        "Birk Rigg: the officer recorded the visit and sent the draft, the provider confirmed it, somebody else "
        "signed it off and it was published. Its actions are in progress.",
        "Birk Rigg",
        of_report,
    ),
    TourStop(
        "Who applied for what",
        "officer",
        "Applications at each stage: submitted, being checked, waiting for an answer, and decided with a letter.",
        "Larkrigg Homes Limited",
        page("applications"),
    ),
    TourStop(
        "A manager’s morning",
        "manager",
        "What Helen Armstrong has to sign off, how many tasks each officer has, and what is overdue.",
        "Sign off the report",
        page("home"),
    ),
    TourStop(
        "What a partner may see",
        "nurse",
        "The council shares its scorecard with health: scores and reasons, without the council’s own records.",
        "Ratings at a glance",
        page("home"),
    ),
    TourStop(
        "A week later",
        "manager",
        "Choose “A week”: reminders are sent, a deadline passes, and the page lists what the portal did.",
        "Move the clock forward",
        page("demo_clock"),
    ),
]


def stops() -> list[TourStop]:
    return STOPS
