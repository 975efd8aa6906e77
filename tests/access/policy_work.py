"""Who gets what of the queue, its steps and cases, over the smallest flow there is.

The north's case is shared with the south (the world shares visits) and open to provider X; a second one is
not open to the provider.
"""

from qa_portal.core.access.permissions import Permission as P
from tests.access.policy import SOUTH, STRANGERS, Rule, X, Y, north_with
from tests.factories.world import World
from tests.flows.driving import process_of, the_task
from tests.parcels.flows import ParcelFlow
from tests.parcels.models import Parcel
from workflows.shared.models import Case
from workflows.shared.services import take

LABELS = ("north-case",)
SEES = north_with(P.VIEW_CASES) | SOUTH
KNOWS: dict[str, set[str]] = {persona: {"north-case"} for persona in SEES | X}
KNOWS["head_of_service"] = {"north-case", "south-people"}  # who might stand in
DOES = north_with(P.RECORD_VISITS)


def add_things(world: World) -> None:
    for name, opened in (("step_open", True), ("step_closed", False)):
        parcel = Parcel.objects.create()
        ParcelFlow.start.run(
            parcel=parcel,
            council=world.north,
            provider=world.provider_x.provider,
            setting=None,  # nobody leads it
            open_to_provider=opened,
            detail="CANARY-north-case-",
        )
        process = process_of(ParcelFlow, parcel)
        world.things[name] = the_task(process, ParcelFlow.weigh)
        world.things[name.replace("step", "case")] = Case.objects.get(process=process)
    take(by=world.as_("contract_officer"), task=world.things["step_closed"])


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    def of(rules: dict[str, Rule]) -> list[tuple[dict, Rule]]:
        return [({"pk": world.things[thing].pk}, rule) for thing, rule in rules.items()]

    step, closed = "step_open", "step_closed"
    officer = frozenset({"contract_officer"})
    shares_out = north_with(P.REASSIGN_WORK) & SEES
    allows = north_with(P.ALLOW_STAND_IN)
    reads = SEES | X
    return {
        "inbox": [({}, Rule.page(SEES | STRANGERS | X | Y))],
        "task": of(
            {
                step: Rule(get=DOES, post=DOES, post_status=422, sent_on=reads - DOES),
                closed: Rule(
                    get=officer, post=officer, post_status=422, sent_on=SEES - officer, late=DOES - officer
                ),
            }
        ),
        "take_task": of({step: Rule.form(DOES, 302)}),
        "return_task": of({closed: Rule.form(officer)}),
        "reassign_task": of({step: Rule.form(shares_out), closed: Rule.form(shares_out)}),
        "allow_stand_in": of({step: Rule.form(allows), closed: Rule.form(allows)}),
        "case": of({"case_open": Rule.page(reads), "case_closed": Rule.page(SEES)}),
        "case_diagram": of({"case_open": Rule.page(SEES), "case_closed": Rule.page(SEES)}),
    }
