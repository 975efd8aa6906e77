"""Contract issues at each point of their way, made by the services that people use. All of it invented."""

import datetime as dt

from django.urls import reverse

from inspections.actions.models import Action, Source
from inspections.actions.services import cancel_action
from inspections.issues.models import ContractIssue
from qa_portal.core.dates import today
from tests.factories.people import ProviderFactory
from tests.factories.register import SettingFactory
from tests.factories.world import World
from workflows.issues.flows import IssueFlow
from workflows.issues.services import open_case, raise_case

CONCERNS = ["Medicines are not recorded", "Two posts are vacant"]
TOLD = "Your medicines records have gaps."


def home_of(world: World, **values):
    """A home in the north, owned by provider X."""
    return SettingFactory(
        authority=world.north.authority, owner=world.provider_x.provider or ProviderFactory(), **values
    )


def raised(world: World, by: str = "contract_officer", **values) -> ContractIssue:
    facts = {
        "setting": values.pop("setting", None) or home_of(world),
        "title": "Medicines records",
        "severity": "medium",
        "concerns": CONCERNS,
    }
    return raise_case(by=world.as_(by), **facts | values)


def opened_by_file(world: World, home) -> ContractIssue:
    issue, _ = open_case(
        by=None,
        council=world.north,
        setting=home,
        source=ContractIssue.Source.JUDGEMENT,
        source_ref="inspection 1",
        title="Requires improvement",
        severity="medium",
        concerns=["Leadership"],
    )
    return issue


def process_of(issue: ContractIssue):
    return IssueFlow.link.objects.select_related("process").get(subject=issue).process


def date_parts(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def plan_answers(issue: ContractIssue, *, leave_out: int = 0, due: dt.date | None = None) -> dict[str, str]:
    """The provider's form with one step for each concern, but for the last `leave_out`."""
    due = due or today() + dt.timedelta(days=30)
    answers: dict[str, str] = {}
    concerns = list(issue.concerns.all())
    for concern in concerns[: len(concerns) - leave_out]:
        key = f"c{concern.pk}_1"
        answers |= {f"{key}_text": f"Put right: {concern}", f"{key}_owner": "Registered manager"}
        answers |= date_parts(f"{key}_due", due)
    return answers


def page_of(issue: ContractIssue) -> str:
    return reverse("issue", args=[issue.public_id])


def let_go_of_actions(world: World, issue: ContractIssue, by: str = "team_manager") -> None:
    """The actions of its plans are cancelled, so that the issue can be closed."""
    for action in Action.objects.of(Source.ISSUE, issue.public_id).live():
        cancel_action(by=world.as_(by), action=action, reason="Overtaken")
