"""Ten minutes through the portal: what to look at, as whom. A test opens every stop as the person it names."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from inspections.issues.models import ContractIssue
from inspections.visits.models import Visit
from providers.directory.models import Provider
from providers.purchasing.models import PurchasingSystem
from qa_portal.portal.demo.people import PERSONAS, PROVIDERS, Persona
from qa_portal.portal.demo.story.doing import setting

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


def page(name: str) -> Callable[[], str]:
    return lambda: reverse(name)


def of_setting(name: str) -> Callable[[], str]:
    return lambda: reverse("setting", args=[setting(name).public_id])


def of_import_issue() -> str:
    issue = ContractIssue.objects.filter(setting__working_name="Beck View", source="judgement").latest("pk")
    return reverse("issue", args=[issue.public_id])


def of_report() -> str:
    visit = Visit.objects.published().filter(setting__working_name="Birk Rigg").latest("planned_on")
    return reverse("visit", args=[visit.public_id])


def of_provider() -> str:
    return reverse("provider", args=[Provider.objects.get(name=PROVIDERS[0][0]).public_id])


def of_system() -> str:
    return reverse("purchasing_system", args=[PurchasingSystem.objects.get(reference="NFRES").public_id])


STOPS = [
    Stop(
        "An officer’s morning",
        "officer",
        "What waits for Priya Shah today, and what changed. Late steps say so in words.",
        "Signed in as",
        page("home"),
    ),
    Stop(
        "A home that got worse",
        "officer",
        "Beck View: Ofsted’s grades over the years, the visits, and the issue that the last file opened.",
        "Beck View",
        of_setting("Beck View"),
    ),
    Stop(
        "An issue with its clock",
        "officer",
        "Opened by the portal in the night in which the file came; now the provider owes a plan, by the day shown.",
        "Inadequate",
        of_import_issue,
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
        "Applications at each stage, from draft to letter, and the lots that are on hold.",
        "North Fells",
        of_system,
    ),
    Stop(
        "The manager’s queue",
        "manager",
        "All steps of the team, most urgent first; a report waits for Helen Armstrong’s sign-off.",
        "Sign off the report",
        page("inbox"),
    ),
    Stop(
        "Everything that was asked for",
        "manager",
        "The register of actions: closed in time, closed late, under way, overdue.",
        "Overdue",
        page("actions"),
    ),
    Stop(
        "The other side",
        "provider",
        "What Carol Nixon’s company is asked for, and by when. She sees her own homes and nobody else’s.",
        "Signed in as",
        page("inbox"),
    ),
    Stop(
        "What the nurse may see",
        "nurse",
        "A partner finds the visits that she goes along to, and no more.",
        "Signed in as",
        page("home"),
    ),
    Stop(
        "A provider at a glance",
        "chair",
        "Fellside Homes: better and worse homes of one company, side by side.",
        "Fellside Homes",
        of_provider,
    ),
]


def stops() -> list[Stop]:
    return STOPS
