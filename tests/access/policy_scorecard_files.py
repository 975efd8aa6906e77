"""Who gets the files of scorecards: whoever gets the page, where there is a scorecard to put in a file."""

from inspections.scorecards.presentation.exports import FORMATS, PROFILE_FORMATS
from tests.access.policy import Rule, X, Y, about
from tests.access.policy_scorecards import LOOKERS, PROVIDERS, SETTINGS
from tests.factories.world import World

LABELS: tuple[str, ...] = ()
KNOWS: dict[str, set[str]] = {}


def add_things(world: World) -> None:
    """The homes and their owners stand in the register's world, and what is shared in that of the pages."""


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    region = [({}, Rule.page(LOOKERS | X | Y))]
    settings = about(world.things, SETTINGS, Rule.page)
    providers = about(world.things, PROVIDERS, Rule.page)
    return (
        {f"scorecards_{name}": region for name in FORMATS}
        | {f"scorecard_setting_{name}": settings for name in PROFILE_FORMATS}
        | {f"scorecard_provider_{name}": providers for name in PROFILE_FORMATS}
    )
