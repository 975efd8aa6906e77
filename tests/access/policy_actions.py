"""Who gets what on the pages of the register of actions."""

from qa_portal.core.access.permissions import Permission as P
from tests.access.policy import NORTH, SOUTH, STRANGERS, THIRD, Rule, X, Y, about, north_with
from tests.factories import actions as made
from tests.factories.world import World

LABELS = ("action-draft", "action-open", "action-steps")
CASES = north_with(P.VIEW_CASES)
MANAGES = north_with(P.MANAGE_ACTIONS)

KNOWS: dict[str, set[str]] = {persona: {"action-open", "action-steps"} for persona in X | SOUTH}
for _persona in CASES:
    KNOWS[_persona] = {"action-draft", "action-open", "action-steps"}
for _persona in SOUTH:  # the north shares its visits with the south
    KNOWS[_persona] |= {"action-draft"}

SEES = {"action_draft": CASES | SOUTH, "action_opened": CASES | SOUTH | X}
OTHERS = NORTH | X | Y


def canary(label: str) -> str:
    return f"CANARY-{label}-"


def add_things(world: World) -> None:
    """A draft, and an action with steps that wait for the council, for the same home of provider X."""
    from inspections.actions import services
    from qa_portal.core.dates import today

    home = world.things["home_north"]
    texts = {"setting": home, "standard": canary("action-open")}
    world.things["action_draft"] = made.proposed(world, what=canary("action-draft"), setting=home)
    opened = made.opened(world, what=canary("action-open"), **texts)
    world.things["action_opened"] = services.write_steps(
        by=world.as_("provider_manager_x"),
        action=opened,
        steps=canary("action-steps"),
        owner_role=canary("action-steps"),
        on=today(),
    )


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    readers = CASES | SOUTH | STRANGERS | X | Y
    opened = {"action_opened": frozenset(MANAGES)}

    def sent_back(who: frozenset[str]) -> Rule:
        """Its time has not come, so the page leads back to the action and says why."""
        return Rule(get=who, post=who, get_status=302, post_status=422)

    return {
        "actions": [({}, Rule.page(readers))],
        "actions_csv": [({}, Rule.page(readers))],
        "record_action": [({}, Rule.form(MANAGES | {"officer_south"} | THIRD))],
        "action": about(things, SEES, Rule.page),
        "write_action_step": about(things, {"action_opened": X}, Rule.form),
        "accept_action_step": about(things, opened, Rule.form),
        "return_action": about(things, opened, Rule.form),
        "add_action_evidence": about(things, {"action_opened": MANAGES | X}, Rule.form),
        "report_action_done": about(things, {"action_opened": X}, sent_back),
        "verify_action": about(things, {"action_opened": north_with(P.VERIFY_ACTIONS)}, sent_back),
        "extend_action": about(things, opened, Rule.form),
        "cancel_action": about(things, opened, Rule.form),
    }
