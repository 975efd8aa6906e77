"""Contract issues: raised by people or opened by an import, taken from stage to stage, and closed."""

from collections.abc import Sequence

from inspections.actions.models import Action, Source
from inspections.issues.models import ContractIssue, IssueStage
from inspections.issues.plans import GivenStep, accept_plan, submit_plan
from inspections.issues.selectors import open_proposal
from inspections.issues.services import close_issue, decide_proposal, keep_watching, triage_to_stage
from providers.people.models import User
from qa_portal.core.present import present
from qa_portal.portal.demo.replay import Story, once
from qa_portal.portal.demo.story import actions
from qa_portal.portal.demo.story.story_steps import as_, day_of_story, do, in_days, setting
from workflows.issues.flows import IssueFlow
from workflows.issues.services import move_stage, raise_case
from workflows.reactions.open_issues import open_known

LATE = "Two notifications of serious events came a week late."
MEDICINES = ["Medicines are signed for by one person.", "The controlled drugs book has gaps."]
NIGHTS = ["No staff were on site on two nights.", "Young people under 18 were left without support."]
LOCKS = ["Two doors lock from outside."]
RUDE = ["A night worker was rude to a visitor."]
TOLD = {
    1: "We talked on the telephone about how soon we must hear of serious events.",
    2: "Please give us a plan with at least one step for each concern.",
    3: "A formal notice is being considered. You are heard before it is given.",
    4: "We place nobody with you until the review. Those who live there stay, and their social workers visit.",
}


@once
def raised(login: str, name: str, title: str, concerns: Sequence[str], severity: str = "low") -> None:
    raise_(login, name, title, concerns, severity)


def advised(login: str, name: str, title: str, concerns: Sequence[str], *, closed: bool) -> Story:
    """Stage 1: talked about, looked at again within weeks, and closed."""
    issue = raise_(login, name, title, concerns, "low")
    yield 1
    yield from talked_about(login, issue, closed=closed)


def talked_about(login: str, issue: ContractIssue, *, closed: bool) -> Story:
    triage(login, issue, 1, "A first time, and the manager is new.", severity="low")
    if closed:
        yield 12
        close(login, issue, "It is put right, and the officer has seen it.")


def fell_below_good(login: str, name: str) -> Story:
    """Tell of an issue opened by an import and closed after one talk."""
    issue = by_judgement(name)
    yield 1
    yield from talked_about(login, issue, closed=True)


def proposed(login: str, name: str, title: str, concerns: Sequence[str], to: int) -> Story:
    """Propose a stage, which waits for the manager."""
    issue = raise_(login, name, title, concerns, "medium")
    yield 1
    triage(login, issue, to, "Agreed twice before, and not done.")


def improved(login: str, name: str, title: str, concerns: Sequence[str], *, provider: str) -> Story:
    """Stage 2: a plan that was given, accepted and done; and the issue closed."""
    issue = raise_(login, name, title, concerns, "medium")
    yield from improving(login, issue, provider)


def known(login: str, name: str, *, provider: str) -> Story:
    """Out of the register: graded Inadequate before the council watched it; then it got better."""
    with as_(login) as officer:
        issue = open_known(by=officer, setting=setting(name))
    yield from improving(login, issue, provider)


def improving(login: str, issue: ContractIssue, provider: str) -> Story:
    yield from asked_for_plan(login, issue)
    yield 8
    give_plan(provider, issue)
    yield 4
    do(login, IssueFlow.review_plan, issue, lambda user: accept_plan(by=user, issue=issue))
    steps = Action.objects.of(Source.ISSUE, issue.public_id).order_by("pk")
    yield from actions.together([actions.in_time(action) for action in steps])
    yield 14
    close(login, issue, "Every step of the plan is done and was seen.")


def plan_to_judge(login: str, name: str, title: str, concerns: Sequence[str], *, provider: str) -> Story:
    """Stage 2: the provider has given its plan."""
    issue = raise_(login, name, title, concerns, "medium")
    yield from asked_for_plan(login, issue)
    yield 2
    give_plan(provider, issue)


def asked_for_plan(login: str, issue: ContractIssue) -> Story:
    yield 0
    triage(login, issue, 2, "The concerns are borne out by what we have read.", severity="high")
    yield 1
    approve("manager", issue)


def opened_by_import(login: str, name: str) -> Story:
    """Stage 2, opened by the portal in the night in which the file came: the plan is waited for."""
    yield from asked_for_plan(login, by_judgement(name))


def no_plan_came(login: str, name: str) -> Story:
    """Tell of an issue opened by an import: no plan in time, one stage up, suspended, stepped down, still monitored."""
    issue = by_judgement(name)
    yield from asked_for_plan(login, issue)
    yield 16
    yield 8
    suspend(issue, "No plan came, not even after the notice.", "Ofsted’s report, and the two letters.")
    yield 42
    with as_("head") as head:
        move_stage(
            by=head,
            issue=issue,
            to=stage(1),
            reason="A new manager has begun, and nights are covered.",
            evidence="Rotas of eight weeks, and the officer’s visit.",
            told="You may be asked for places again. We look at it again in a while.",
        )
    yield 9
    do(
        login,
        IssueFlow.watch,
        issue,
        lambda user: keep_watching(
            by=user, issue=issue, until=day_of_story(-8), note="The next visit will tell."
        ),
    )


def suspended(login: str, name: str, title: str, concerns: Sequence[str]) -> Story:
    """Stage 4, by the head of service at once; letters to the others are drafted, and the lot is on hold."""
    issue = raise_(login, name, title, concerns, "high")
    yield 0
    suspend(
        issue,
        "Young people were alone at night; a lower stage does not protect them.",
        "Rotas of the last two weeks, and what the police reported.",
    )


def raise_(login: str, name: str, title: str, concerns: Sequence[str], severity: str) -> ContractIssue:
    with as_(login) as user:
        return raise_case(
            by=user, setting=setting(name), title=title, severity=severity, concerns=list(concerns)
        )


def by_judgement(name: str) -> ContractIssue:
    source = ContractIssue.Source.JUDGEMENT
    return ContractIssue.objects.filter(setting__working_name=name, source=source).latest("opened_on", "pk")


def stage(number: int) -> IssueStage:
    return IssueStage.objects.get(number=number)


def triage(login: str, issue: ContractIssue, to: int, note: str, severity: str = "medium") -> None:
    def act(user: User) -> None:
        triage_to_stage(by=user, issue=issue, to=stage(to), note=note, severity=severity, told=TOLD[to])

    do(login, IssueFlow.triage, issue, act)


def approve(login: str, issue: ContractIssue) -> None:
    def act(user: User) -> None:
        proposal = present(open_proposal(issue))
        decide_proposal(by=user, proposal=proposal, approved=True, reason="The concerns are borne out.")

    do(login, IssueFlow.decide_notice, issue, act)


def give_plan(login: str, issue: ContractIssue) -> None:
    def act(user: User) -> None:
        steps = [
            GivenStep(
                concern,
                f"Two people are responsible. Checked daily: {concern.text}",
                "Deputy manager",
                in_days(40),
            )
            for concern in issue.concerns.all()
        ]
        submit_plan(by=user, issue=issue, steps=steps)

    do(login, IssueFlow.plan, issue, act)


def suspend(issue: ContractIssue, reason: str, evidence: str) -> None:
    with as_("head") as head:
        move_stage(by=head, issue=issue, to=stage(4), reason=reason, evidence=evidence, told=TOLD[4])


def close(login: str, issue: ContractIssue, reason: str) -> None:
    do(login, IssueFlow.watch, issue, lambda user: close_issue(by=user, issue=issue, reason=reason))
