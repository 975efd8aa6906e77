"""Self-assessments of the north: three of provider X, being answered, submitted, and returned.

What the provider writes is its own until it submits; what the council makes of it, until it tells.
"""

from inspections.self_assessments.models import SelfAssessment
from inspections.self_assessments.services import return_with_reason, submit
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.due import run_due
from tests.access.policy import SOUTH, STRANGERS, THIRD, Rule, X, Y, north_with
from tests.factories import self_assessments as making
from tests.factories.world import World
from tests.flows.driving import process_of, the_task
from workflows.self_assessments.flows import SelfAssessmentFlow
from workflows.self_assessments.services import OPENING
from workflows.shared.services import complete_task

LABELS = ("assessment-draft", "assessment-told", "assessment-view", "assessment-return")
READS = north_with(P.VIEW_CASES)
KNOWS: dict[str, set[str]] = {}
for _persona in READS:
    KNOWS[_persona] = {"assessment-told", "assessment-view", "assessment-return"}
for _persona in X:
    KNOWS[_persona] = {"assessment-draft", "assessment-told", "assessment-return"}

OPENS, LOOKS = north_with(P.MANAGE_CAMPAIGNS), north_with(P.VALIDATE_SELF_ASSESSMENTS)


def canary(label: str) -> str:
    return f"CANARY-{label}-"


def add_things(world: World) -> None:
    homes = [making.home_of(world.provider_x, working_name=f"Assessed home {n}") for n in range(3)]
    campaign = making.campaign(world, *homes)
    run_due(OPENING)
    draft, submitted, returned = campaign.assessments.select_related("campaign")
    making.say(world, draft, "1.1", grade="met", narrative=canary("assessment-draft"))
    for one in (submitted, returned):
        making.answer_all(world, one)
        making.say(world, one, "1.1", grade="met", narrative=canary("assessment-told"))
        step(world, one, "answer", "provider_manager_x", submit)
    disagrees = {"agrees": False, "council_grade": "not_met", "note": canary("assessment-view")}
    making.look_at_all(world, submitted, q1_1=disagrees)
    back = {"reason": canary("assessment-return"), "due_on": campaign.validation_due_on}
    step(world, returned, "validate", "contract_officer", return_with_reason, **back)
    world.things["campaign"] = campaign
    world.things |= {"assessment_draft": draft, "assessment_submitted": submitted}
    world.things["assessment_returned"] = returned


def step(world: World, assessment: SelfAssessment, node: str, persona: str, service, **told) -> None:
    """Does the open step of the flow, as its page would."""
    process, user = process_of(SelfAssessmentFlow, assessment), world.as_(persona)
    task = the_task(process, getattr(SelfAssessmentFlow, node))
    complete_task(task, user, lambda: service(by=user, assessment=assessment, **told))


def of(assessment: SelfAssessment, **more) -> dict:
    return {"public_id": assessment.public_id} | more


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    draft, submitted, returned = (
        things[f"assessment_{state}"] for state in ("draft", "submitted", "returned")
    )
    reads = Rule.page(READS | X)
    # nothing typed on a page of answers is a save of nothing; after submission it is refused
    answers = Rule(get=READS | X, post=X, post_status=302)
    closed = Rule(get=READS | X, post=X, post_status=422)
    return {
        "campaigns": [({}, Rule.page(READS | SOUTH | STRANGERS))],
        "choose_question_set": [({}, Rule.page(OPENS | {"officer_south"} | THIRD))],
        "open_campaign": [({"code": "small"}, Rule.form(OPENS | {"officer_south"} | THIRD))],
        "campaign": [({"public_id": things["campaign"].public_id}, Rule.page(READS))],
        "self_assessments": [({}, Rule.page(X | Y))],
        "self_assessment": [(of(one), reads) for one in (draft, submitted, returned)],
        "self_assessment_standard": [
            (of(draft, standard="care"), answers),
            (of(returned, standard="care"), answers),
            (of(submitted, standard="care"), closed),
        ],
        "review_standard": [
            # sent without a word, the hidden versions are missing
            (of(submitted, standard="care"), Rule.form(LOOKS)),
            # nothing to look at: sent on to the answers, and a form has nothing in it that could be wrong
            (of(draft, standard="care"), Rule(get=LOOKS, post=LOOKS, get_status=302, post_status=422)),
        ],
    }
