"""Who gets which messages: their reader, those who see the cases of the council that told it, and no others."""

from providers.notifications.kinds import DECISION, VISIT_ANNOUNCED, VISIT_UNANNOUNCED
from providers.notifications.models import Notification
from providers.notifications.services import About, notify
from qa_portal.core.access.permissions import Permission as P
from tests.access.policy import (
    ADMIN,
    DECLARING,
    INSTALLATION,
    MEMBERS,
    SOUTH,
    STRANGERS,
    Rule,
    X,
    Y,
    about,
    north_with,
)
from tests.factories.notifications import NotificationFactory
from tests.factories.world import World
from tests.unit.providers.notifications.test_calendar import visit

LABELS: tuple[str, ...] = ()
KNOWS: dict[str, set[str]] = {}

SEES_CASES = north_with(P.VIEW_CASES)
READS = {
    "message_north": SEES_CASES,
    "message_restricted": frozenset({"contract_officer"}),
    "message_x": SEES_CASES | X,
    "message_south": SOUTH,
    "message_y": SOUTH | Y,
}
TAKES_UP = {"message_x": frozenset({"provider_manager_x"}), "message_y": frozenset({"provider_manager_y"})}
ABOUT = {
    "home_north": SEES_CASES | SOUTH | STRANGERS | X,
    "home_south": SEES_CASES | SOUTH | STRANGERS | Y,
    "home_placed": SEES_CASES | SOUTH | STRANGERS,
}
LOOKS_AFTER_MAIL = frozenset({INSTALLATION, ADMIN, "administrator_south"}) | DECLARING
STARTS_AGAIN = frozenset({INSTALLATION})


def add_things(world: World) -> None:
    north = About(council=world.north, setting=world.things["home_north"])
    south = About(council=world.south, setting=world.things["home_south"])
    for name, persona, kind, told in (
        ("message_north", "contract_officer", DECISION, north),
        ("message_restricted", "contract_officer", VISIT_UNANNOUNCED, north),
        ("message_x", "provider_manager_x", VISIT_ANNOUNCED, north),
        ("message_south", "officer_south", DECISION, south),
        ("message_y", "provider_manager_y", VISIT_ANNOUNCED, south),
    ):
        appointment = {"appointment": visit()} if name in TAKES_UP else {}
        reader = world.membership(persona)
        world.things[name] = notify(to=reader, key=name, kind=kind, about=told, **appointment)
    world.things["message_dead"] = NotificationFactory(
        to=world.membership("officer_south"), state=Notification.State.DEAD, error="TimeoutError"
    )


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    return {
        "messages": [({}, Rule.page(MEMBERS))],
        "message": about(things, READS, Rule.page),
        "message_appointment": about(things, TAKES_UP, Rule.page),
        "message_preferences": [({}, Rule.form(MEMBERS))],
        "setting_messages": about(things, ABOUT, Rule.page),
        "mail": [({}, Rule.page(LOOKS_AFTER_MAIL))],
        "try_all_mail_again": [({}, Rule.form(STARTS_AGAIN, 302))],
        "try_mail_again": about(things, {"message_dead": STARTS_AGAIN}, lambda who: Rule.form(who, 302)),
    }
