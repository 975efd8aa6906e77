"""Actions in any state, made by the services that people use. All of it invented."""

import datetime as dt

from inspections.actions import services
from inspections.actions.models import Action, Source
from inspections.actions.services import ActionSource
from providers.people.models import Membership
from qa_portal.core.dates import today
from tests.factories.people import MembershipFactory
from tests.factories.register import SettingFactory
from tests.factories.world import World


def second_officer(world: World) -> None:
    """A colleague of the contract officer at the north council."""
    if "contract_officer_2" not in world.users:
        membership: Membership = MembershipFactory(organisation=world.north)
        world.users["contract_officer_2"] = membership.person.user


def proposed(world: World, **facts) -> Action:
    """By the contract officer of the north, for a home of provider X."""
    facts.setdefault("setting", SettingFactory(owner=world.provider_x.provider))
    return services.propose_action(
        by=world.as_("contract_officer"),
        provider=world.provider_x.provider,
        **{"what": "Two staff are awake every night.", "source": ActionSource(Source.VISIT)} | facts,
    )


def opened(world: World, *, due_in: int = 28, **facts) -> Action:
    due_on = today() + dt.timedelta(days=due_in)
    return services.open_action(by=world.as_("team_manager"), action=proposed(world, **facts), due_on=due_on)


def planned(world: World, **facts) -> Action:
    return services.write_steps(
        by=world.as_("provider_manager_x"),
        action=opened(world, **facts),
        steps="Recruit a second night worker.",
        owner_role="Registered manager",
        on=today() + dt.timedelta(days=7),
    )


def agreed(world: World, **facts) -> Action:
    return services.accept_steps(by=world.as_("contract_officer"), action=planned(world, **facts))


def evidenced(world: World, **facts) -> Action:
    action = agreed(world, **facts)
    second_officer(world)
    services.add_evidence(by=world.as_("contract_officer_2"), action=action, what="Rota of four weeks")
    return action


def done(world: World, **facts) -> Action:
    return services.report_done(
        by=world.as_("provider_manager_x"), action=evidenced(world, **facts), note="She began on Monday."
    )


def closed(world: World, **facts) -> Action:
    return services.verify_action(
        by=world.as_("team_manager"), action=done(world, **facts), note="Rotas checked."
    )
