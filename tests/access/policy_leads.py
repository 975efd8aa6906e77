"""Who gets what on the pages of lead officers and absences: a council's own, named to that council alone."""

import datetime as dt

from providers.people.models import Absence, SettingLead
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import today
from tests.access.policy import MEMBERS, STRANGERS, Rule, about, north_with
from tests.factories.leads import AbsenceFactory, SettingLeadFactory
from tests.factories.world import World

LABELS: tuple[str, ...] = ()
KNOWS: dict[str, set[str]] = {}

NAMES_LEADS = north_with(P.MANAGE_LEADS)
SOUTH_LEADS = frozenset({"administrator_south"})
NAMES = {"home_north": NAMES_LEADS, "home_south": SOUTH_LEADS, "home_placed": SOUTH_LEADS}
ABSENCES = {
    "absence_north": NAMES_LEADS | {"contract_officer"},
    "absence_south": SOUTH_LEADS | {"officer_south"},
    "absence_x": frozenset({"provider_manager_x"}),
}
PEOPLE = {
    "contract_officer": NAMES_LEADS | {"contract_officer"},
    "officer_south": SOUTH_LEADS | {"officer_south"},
    "provider_manager_x": frozenset({"provider_manager_x"}),
}


def add_things(world: World) -> None:
    """Each home has a lead, whose name is a canary of their council, and each of them is away soon."""
    soon = today() + dt.timedelta(days=20)
    for home, absence, persona in (
        ("home_north", "absence_north", "contract_officer"),
        ("home_south", "absence_south", "officer_south"),
        ("home_placed", "absence_x", "provider_manager_x"),
    ):
        membership = world.membership(persona)
        world.things[absence] = AbsenceFactory(
            membership=membership, from_on=soon, to_on=soon + dt.timedelta(days=5)
        )
        if membership.organisation.kind == "council":
            SettingLeadFactory(setting=world.things[home], lead=membership)
    assert (SettingLead.objects.count(), Absence.objects.count()) == (2, 3)


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    people = {name: world.membership(name) for name in PEOPLE}
    return {
        "leads": [({}, Rule.form(NAMES_LEADS | SOUTH_LEADS | STRANGERS))],
        "set_lead": about(things, NAMES, Rule.form),
        "end_lead": about(things, NAMES, Rule.form),
        "my_absences": [({}, Rule.form(MEMBERS))],
        "absences_of": about(people, PEOPLE, Rule.form),
        "end_absence": about(things, ABSENCES, lambda who: Rule.form(who, 302)),
    }
