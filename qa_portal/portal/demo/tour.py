"""Ten minutes through the portal: what to look at, as whom. A test opens every stop as the person it names."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from inspections.issues.models import ContractIssue
from inspections.ofsted.models import Inspection
from inspections.visits.models import Visit
from qa_portal.core.dates import ONE_DAY
from qa_portal.portal.demo.people import PERSONAS, Persona
from qa_portal.portal.demo.story.doing import setting

GOT_WORSE = "Beck View"
DAYS_BEFORE = 5
BY_LOGIN = {persona.login: persona for persona in PERSONAS}


@dataclass(frozen=True)
class Stop:
    """`shows` are words that stand on the page, by which the test knows that the tour is true."""

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
    """Some days before the report that made it red: a month ago, on the day on which the demo is built."""
    reports = Inspection.objects.filter(setting__working_name=GOT_WORSE).select_related("setting")
    report = reports.latest("published_on")
    day = report.published_on - DAYS_BEFORE * ONE_DAY
    return reverse("scorecard_setting", args=[report.setting.public_id], query={"as_at": day.isoformat()})


def of_import_issue() -> str:
    issues = ContractIssue.objects.filter(setting__working_name=GOT_WORSE, source="judgement")
    return reverse("issue", args=[issues.latest("pk").public_id])


def of_report() -> str:
    visit = Visit.objects.published().filter(setting__working_name="Birk Rigg").latest("planned_on")
    return reverse("visit", args=[visit.public_id])


STOPS = [
    Stop(
        "The board’s one page",
        "chair",
        "Where every home stands that the council watches, which are worst and why, and what changed since "
        "a month ago: Beck View became red.",
        "What changed since",
        page("home"),
    ),
    Stop(
        "Warnings put together",
        "chair",
        "Ofsted, council visits, issues, actions, self-assessment and documents in one row a home, the worst "
        "first. What is not known counts as nothing: too little of it is “Insufficient evidence”, not green.",
        "Insufficient evidence",
        page("scorecards"),
    ),
    Stop(
        "Why it is red",
        "officer",
        "Beck View, down to the evidence: each figure has its date, its source, who recorded it, and the way "
        "to its record.",
        "Ofsted judged it Inadequate",
        of_scorecard,
    ),
    Stop(
        "A month earlier it was not",
        "officer",
        "The same page as at a day before Ofsted’s report: the grade was Requires improvement. Any past day can "
        "be asked for.",
        "Requires improvement",
        of_scorecard_before,
    ),
    Stop(
        "On paper, and in a spreadsheet",
        "chair",
        "The companies, the worst first. Press PDF or CSV below the table: the files hold the same figures.",
        "scorecard.pdf",
        page("scorecards", by="provider"),
    ),
    Stop(
        "An issue with its clock",
        "officer",
        "Opened by the portal in the night in which Ofsted’s file came. Now the provider owes a plan, by the "
        "day shown.",
        "Inadequate",
        of_import_issue,
    ),
    Stop(
        "The other side",
        "provider",
        "What Carol Nixon’s company is asked for, and by when; where each of her homes stands, and why. She "
        "sees nobody else’s.",
        "Where you stand, and why",
        page("home"),
    ),
    Stop(
        "A report and its actions",
        "officer",
        "Birk Rigg: recorded, sent, confirmed, signed off by somebody else, published; the actions run.",
        "Birk Rigg",
        of_report,
    ),
    Stop(
        "Who applied for what",
        "officer",
        "Applications at each stage: sent, in checks, waiting for an answer, decided with a letter.",
        "Larkrigg Homes Limited",
        page("applications"),
    ),
    Stop(
        "A manager’s morning",
        "manager",
        "What waits for Helen Armstrong’s sign-off, who has how much to do, and what is late at which stage.",
        "Sign off the report",
        page("home"),
    ),
    Stop(
        "What a partner may see",
        "nurse",
        "The council shares its scorecard with health: figures and reasons, without the council’s records.",
        "Where settings stand",
        page("home"),
    ),
    Stop(
        "A week later",
        "manager",
        "Press “A week”: reminders leave, a deadline passes, and the page says what the portal did by itself.",
        "Wind it forward",
        page("demo_clock"),
    ),
]


def stops() -> list[Stop]:
    return STOPS
