"""Who gets the files of scorecards: whoever gets the page, where there is a scorecard to put in a file."""

from inspections.scorecards.exports import FORMATS, PROFILE_FORMATS
from qa_portal.core.access.permissions import Permission as P
from tests.access.policy import SOUTH, Rule, X, Y, about, north_with
from tests.factories.world import World

LABELS: tuple[str, ...] = ()
KNOWS: dict[str, set[str]] = {}

COUNCILS = north_with(P.VIEW_SCORECARDS) | SOUTH
SETTINGS = {"home_north": COUNCILS | X, "home_south": COUNCILS | Y, "home_placed": COUNCILS}


def add_things(world: World) -> None:
    """The homes and their owners stand in the register's world."""


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    region = [({}, Rule.page(COUNCILS | X | Y))]
    settings = about(world.things, SETTINGS, Rule.page)
    providers = about(world.things, {"owner_x": COUNCILS | X}, Rule.page)
    return (
        {f"scorecards_{name}": region for name in FORMATS}
        | {f"scorecard_setting_{name}": settings for name in PROFILE_FORMATS}
        | {f"scorecard_provider_{name}": providers for name in PROFILE_FORMATS}
    )
