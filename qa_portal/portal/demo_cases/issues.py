"""Contract issues: logged, at stages 1, 2 and 4, with a plan or a notice to be decided on, and closed."""

from inspections.issues.models import ContractIssue, IssueStage, StageProposal
from inspections.issues.plans import Step, submit_plan
from inspections.issues.selectors import open_proposal
from inspections.issues.services import close_issue, decide_proposal, triage_to_stage
from providers.people.models import User
from qa_portal.portal.demo_cases.doing import as_, do, in_days, setting
from workflows.issues.flows import IssueFlow
from workflows.issues.services import move_stage, raise_case
from workflows.reactions.opening import open_from_concern, open_known, unopened_concerns

LATE = "Two notifications of serious events came a week late."
TOLD = {
    1: "We talked on the telephone about how soon we must hear of serious events.",
    2: "Please give us a plan with at least one step for each concern.",
    3: "A formal notice is being considered. You are heard before it is given.",
    4: "We place nobody with you until the review. Those who live there stay, and their social workers visit.",
}


def build() -> None:
    seen_at_a_visit()
    raised(
        "lado",
        "Heron Bank",
        "Complaint about a night worker",
        "low",
        ["A night worker was rude to a visitor."],
    )
    advised()
    plan_asked_for()
    plan_to_judge()
    notice_proposed()
    suspended()
    over()


def seen_at_a_visit() -> None:
    """Opened by the portal out of what the officer wrote there: it waits for triage today."""
    for concern in unopened_concerns():
        open_from_concern(concern)


def raised(by: str, name: str, title: str, severity: str, concerns: list[str], **words) -> ContractIssue:
    with as_(by) as user:
        return raise_case(
            by=user, setting=setting(name), title=title, severity=severity, concerns=concerns, **words
        )


def stage(number: int) -> IssueStage:
    return IssueStage.objects.get(number=number)


def triaged(
    issue: ContractIssue, to: int, note: str, *, login: str = "officer", severity: str = "medium"
) -> None:
    def act(user: User) -> None:
        triage_to_stage(by=user, issue=issue, to=stage(to), note=note, severity=severity, told=TOLD[to])

    do(login, IssueFlow.triage, issue, act)


def approved(issue: ContractIssue) -> None:
    def act(manager: User) -> None:
        proposal: StageProposal = open_proposal(issue)
        decide_proposal(by=manager, proposal=proposal, approved=True, reason="The concerns are borne out.")

    do("manager", IssueFlow.decide_notice, issue, act)


def advised() -> None:
    """Stage 1: talked about, and looked at again within weeks."""
    issue = raised("officer2", "Beck View", "Late notifications", "low", [LATE])
    triaged(issue, 1, "A first time, and the manager is new.", severity="low")


def plan_asked_for() -> None:
    """Stage 2, out of the register: Ofsted graded the home Inadequate before the portal watched it."""
    with as_("officer") as officer:
        issue = open_known(by=officer, setting=setting("Birk Rigg"))
    triaged(issue, 2, "Inadequate in every judgement; three of ours live there.", severity="high")
    approved(issue)


def plan_to_judge() -> None:
    """Stage 2: the provider has given its plan."""
    concerns = ["Medicines are signed for by one person.", "The controlled drugs book has gaps."]
    issue = raised("officer2", "Ghyll End", "Medicines records", "medium", concerns)
    triaged(issue, 2, "Found at the visit; no harm came of it.", login="officer2")
    approved(issue)

    def give(user: User) -> None:
        steps = [
            Step(concern, f"Two people sign. Checked daily: {concern.text}", "Deputy manager", in_days(20))
            for concern in issue.concerns.all()
        ]
        submit_plan(by=user, issue=issue, steps=steps)

    do("rowanthwaite", IssueFlow.plan, issue, give)


def notice_proposed() -> None:
    """Stage 3 is asked for: it waits for the manager."""
    issue = raised(
        "officer2", "Tarn Lodge", "Locks on bedroom doors", "medium", ["Two doors lock from outside."]
    )
    triaged(issue, 3, "Agreed twice before, and not done.", login="officer2")


def suspended() -> None:
    """Stage 4, by the head of service at once; letters to the others are drafted."""
    concerns = ["No staff were on site on two nights.", "Young people under 18 were left without support."]
    issue = raised("officer3", "Mill Rise", "Nights without staff", "high", concerns)
    with as_("head") as head:
        move_stage(
            by=head,
            issue=issue,
            to=stage(4),
            reason="Young people were alone at night; a lower stage does not protect them.",
            evidence="Rotas of the last two weeks, and what the police reported.",
            told=TOLD[4],
        )


def over() -> None:
    issue = raised("officer", "Fellside House", "Rota sent late", "low", [LATE])
    triaged(issue, 1, "Talked about with the manager.", severity="low")

    def act(user: User) -> None:
        close_issue(by=user, issue=issue, reason="The last two came on the same day.")

    do("officer", IssueFlow.watch, issue, act)
