"""Who gets what on the pages of visits: one announced with its draft out, one unannounced, one for sign-off."""

from inspections.visits.models import Visit
from inspections.visits.services import recording, reporting
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import today
from tests.access.policy import NOBODY, SOUTH, STRANGERS, THIRD, Rule, X, Y, about, north_with
from tests.factories import visits as made
from tests.factories.world import World
from workflows.models import VisitCase
from workflows.shared.selectors import waiting

LABELS = ("visit-secret", "visit-papers", "visit-report", "visit-comment")
CASES = north_with(P.VIEW_CASES)
READERS = CASES | SOUTH
PLANS, RECORDS = north_with(P.PLAN_VISITS), north_with(P.RECORD_VISITS)

KNOWS: dict[str, set[str]] = {
    # what the provider has not yet sent is its own
    persona: {"visit-secret", "visit-papers", "visit-report"}
    for persona in READERS
}
for _persona in X:
    KNOWS[_persona] = {"visit-report", "visit-comment"}

SEES = {"visit_drafted": READERS | X, "visit_secret": READERS}


def canary(label: str) -> str:
    return f"CANARY-{label}-"


def add_things(world: World) -> None:
    home = world.things["home_north"]
    secret = made.unannounced(world, setting=home, reason=canary("visit-secret"))
    made.answer(world, secret, made.questions(secret)[0], narrative=canary("visit-secret"))
    drafted = made.planned(world, setting=home, reason=canary("visit-papers"))
    officer = world.as_("contract_officer")
    for question in made.questions(drafted):
        made.answer(world, drafted, question, narrative=canary("visit-report"))
    recording.save_record(by=officer, visit=drafted, details={"visited_on": (today(), 0)})
    recording.raise_concern(by=officer, visit=drafted, text=canary("visit-papers"))
    reporting.send_draft(by=officer, visit=drafted)
    standard = secret.question_set_version.standards.first()
    proposal = made.propose(world, secret, standard, what=canary("visit-secret"))
    comment = reporting.comment_on_draft(
        by=world.as_("provider_manager_x"), visit=drafted, remark=canary("visit-comment")
    )
    world.things |= {
        "visit_secret": Visit.objects.get(pk=secret.pk),
        "visit_drafted": Visit.objects.get(pk=drafted.pk),
        "visit_comment": comment,
        "visit_proposal": proposal,
    }


def step_of(visit: Visit):
    return waiting().get(process__in=VisitCase.objects.filter(subject=visit).values("process"))


def of_version(world: World, rule) -> list[tuple[dict, Rule]]:
    drafted, secret = world.things["visit_drafted"], world.things["visit_secret"]
    return [
        ({"public_id": drafted.public_id, "number": 1}, rule(READERS | X)),
        ({"public_id": drafted.public_id, "number": 2}, rule(NOBODY)),
        ({"public_id": secret.public_id, "number": 1}, rule(NOBODY)),
    ]


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    secret, drafted = {"visit_secret": None}, {"visit_drafted": None}

    def of(visit: dict, who: frozenset[str], rule) -> list[tuple[dict, Rule]]:
        return about(things, dict.fromkeys(visit, who), rule)

    def too_late(who: frozenset[str]) -> Rule:
        return Rule(get=who, post=who, get_status=302, post_status=422)

    home = {"home_north": PLANS}
    planners = PLANS | {"officer_south"} | THIRD
    plans = Rule(get=planners, post=planners)
    record = [
        *of(secret, RECORDS, lambda who: Rule(get=who, post=who, post_status=422)),
    ]
    of_proposal = [
        (
            {
                "public_id": things["visit_secret"].public_id,
                "action_id": things["visit_proposal"].public_id,
            },
            Rule.form(north_with(P.MANAGE_ACTIONS)),
        )
    ]
    return {
        "visits": [({}, Rule.page(READERS | STRANGERS | X | Y))],
        "visits_csv": [({}, Rule.page(READERS | STRANGERS | X | Y))],
        "plan_visit": [({}, plans)],
        "plan_visit_of": about(things, home, Rule.form),
        "visit": about(things, SEES, Rule.page),
        "move_visit": [*of(secret, PLANS, too_late), *of(drafted, PLANS, too_late)],
        "cancel_visit": [*of(secret, PLANS, Rule.form), *of(drafted, PLANS, too_late)],
        "arrive": of(secret, RECORDS, lambda who: Rule.form(who, 302)),
        "raise_visit_concern": of(secret, RECORDS | north_with(P.RAISE_ISSUES), Rule.form),
        "propose_action": of(secret, north_with(P.MANAGE_ACTIONS), Rule.form),
        "change_proposal": of_proposal,
        "withdraw_proposal": of_proposal,
        "add_visit_evidence": of(secret, RECORDS, Rule.form),
        "extend_accuracy": of(drafted, RECORDS, Rule.form),
        "comment_on_draft": [*of(drafted, X, Rule.form), *of(secret, NOBODY, Rule.form)],
        "withdraw_comment": [
            (
                {
                    "public_id": things["visit_drafted"].public_id,
                    "comment_id": things["visit_comment"].public_id,
                },
                Rule.form(X, 302),
            )
        ],
        "visit_report": of_version(world, Rule.page),
        "visit_report_pdf": of_version(world, Rule.page),
        "record_visit": record,
    }
