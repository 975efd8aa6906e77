"""Who gets what of an inspection that the north has recorded and nobody has verified: provisional, too."""

import datetime as dt

from inspections.ofsted.models import Inspection
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import today
from tests.access.policy import Rule, about, north_with
from tests.factories.recorded_inspections import outcome, recorded
from tests.factories.world import World

LABELS = ("rating",)
SEES = north_with(P.VIEW_PROVISIONAL)
RECORDS = north_with(P.RECORD_INSPECTIONS)
KNOWS: dict[str, set[str]] = {persona: {"rating"} for persona in SEES}


def add_things(world: World) -> None:
    given = outcome("Good", status=Inspection.OutcomeStatus.PROVISIONAL, requirements=["CANARY-rating-"])
    world.things["inspection"] = recorded(
        world, world.things["home_north"], given, inspected_on=today() - dt.timedelta(days=3)
    )


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    south = frozenset({"officer_south"})
    records = {"home_north": RECORDS, "home_south": south, "home_placed": south}
    return {
        "record_inspection": about(things, records, Rule.form),
        "inspection": about(things, {"inspection": SEES}, Rule.page),
        "withdraw_inspection": about(things, {"inspection": SEES & RECORDS}, Rule.form),
    }
