"""Who gets what of contract issues: one that the provider has been told of, and one that it has not."""

from inspections.issues.models import IssueNotice, IssueStage
from qa_portal.core.access.permissions import Permission as P
from tests.access.policy import SOUTH, STRANGERS, THIRD, Rule, X, Y, about, north_with
from tests.factories.world import World
from workflows.issues.services import move_stage, raise_case

LABELS = ("issue", "issue-note", "issue-quiet")
READS = north_with(P.VIEW_CASES)
RAISES = north_with(P.RAISE_ISSUES) | {"officer_south"} | THIRD
DECIDES = {
    "issue_told": north_with(P.DECIDE_SUSPENSIONS) | north_with(P.CHAIR_CONCERNS),
    "issue_quiet": north_with(P.HANDLE_ISSUES) | north_with(P.DECIDE_NOTICES) | north_with(P.CHAIR_CONCERNS),
}
KNOWS: dict[str, set[str]] = {persona: {"issue", "issue-note", "issue-quiet"} for persona in READS}
KNOWS |= {persona: {"issue"} for persona in X}


def add_things(world: World) -> None:
    for name, label in (("issue_told", "issue"), ("issue_quiet", "issue-quiet")):
        words = f"CANARY-{label}-"
        world.things[name] = raise_case(
            by=world.as_("contract_officer"),
            setting=world.things["home_north"],
            title=words,
            summary=words,
            staff_note="CANARY-issue-note-",
            severity="high",
            concerns=[words],
        )
    world.things["issue_told"] = move_stage(
        by=world.as_("head_of_service"),
        issue=world.things["issue_told"],
        to=IssueStage.objects.get(number=4),
        reason="CANARY-issue-note-",
        told="CANARY-issue-",
    )
    world.things["letter"] = IssueNotice.objects.filter(issue=world.things["issue_told"]).first()


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    handles = north_with(P.HANDLE_ISSUES)
    known = dict.fromkeys(("home_north", "home_south", "home_placed"), RAISES)
    return {
        "issues": [({}, Rule.page(READS | SOUTH | STRANGERS | X | Y))],
        "raise_issue": [({}, Rule.form(RAISES))],
        "issue": about(things, {"issue_told": READS | X, "issue_quiet": READS}, Rule.page),
        "move_issue": about(things, DECIDES, Rule.form),
        "add_concern": about(things, dict.fromkeys(DECIDES, handles), Rule.form),
        "issue_notice": [({"pk": things["letter"].pk}, Rule.form(handles)), ({"pk": 0}, Rule())],
        "known_inadequate": [({}, Rule.page(RAISES))],
        # none of these homes is Inadequate, which the page says when it is sent
        "open_known": about(things, known, Rule.form),
    }
