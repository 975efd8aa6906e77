"""Who gets what on the scorecards: a council of every setting, a provider of its own, a partner what is shared.

The north shares its scorecards with its agency; the south shares its own with nobody.
"""

from providers.people.models import Share
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import today
from tests.access.policy import FAR, SOUTH, STRANGERS, Rule, X, Y, about, north_with
from tests.factories.world import World

LABELS: tuple[str, ...] = ()
KNOWS: dict[str, set[str]] = {
    # who recorded a document of a home: its provider, whose name the register tells as well
    "partner_contributor": {"x-name"}
}

COUNCILS = north_with(P.VIEW_SCORECARDS) | SOUTH | STRANGERS
PARTNER = frozenset({"partner_contributor"})
"""Of the agency's two people the young researcher reads no scorecards."""
LOOKERS = COUNCILS | PARTNER

SETTINGS = {"home_north": LOOKERS | X, "home_south": LOOKERS | Y, "home_placed": LOOKERS}
PROVIDERS = {"owner_x": LOOKERS | X, "owner_y": LOOKERS | Y}


def add_things(world: World) -> None:
    Share.objects.create(owner=world.north, reader=world.agency, kind=Share.Kind.SCORECARDS, from_on=today())
    world.things["owner_y"] = world.provider_y.provider


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    return {
        # a partner with whom nobody shares is told so
        "scorecards": [({}, Rule.page(LOOKERS | X | Y | FAR))],
        "scorecard_setting": about(world.things, SETTINGS, Rule.page),
        "scorecard_provider": about(world.things, PROVIDERS, Rule.page),
    }
