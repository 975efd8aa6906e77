"""Who gets what on the register's pages. The register is public; where a home is, and who works there, is not.

Owners stand in the register under names that everybody may know, so those of the world's two providers are
changed before the walk; what only some may know carries a canary.
"""

import datetime as dt

from providers.directory.models import (
    Authority,
    ContactNote,
    Premises,
    ProviderGroup,
    Setting,
    SettingContact,
)
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.dates import today
from tests.access.policy import MEMBERS, NOBODY, NORTH, SOUTH, STRANGERS, Rule, X, Y, about, north_with
from tests.factories.people import PersonFactory, ProviderFactory
from tests.factories.register import PlacingCountFactory, SettingFactory
from tests.factories.world import World

LABELS = (
    *("north-home", "south-home", "placed-home", "north-note"),
    *("north-called", "south-called", "placed-called"),
)
SINCE = dt.date(2024, 4, 1)

KNOWS: dict[str, set[str]] = {}
for _persona in NORTH - {"scrutiny_reader"}:
    KNOWS[_persona] = {"north-home", "north-note", "north-called"}
for _persona in SOUTH:
    # the north shares its visits with the south: who reads of a visit knows where it was
    KNOWS[_persona] = {"south-home", "placed-home", "south-called", "placed-called", "north-called"}
for _persona in X:
    KNOWS[_persona] = {"north-home", "north-called"}
for _persona in Y:
    KNOWS[_persona] = {"south-home", "south-called"}
# the north shares its scorecards with its agency
KNOWS["partner_contributor"] = {"north-called"}

EDITS = {
    "home_north": north_with(P.EDIT_SETTINGS) | {"provider_manager_x"},
    "home_south": SOUTH | {"provider_manager_y"},
    # a council with a confirmed use keeps contacts and notes, and changes nothing that is shared
    "home_placed": SOUTH,
}
CHANGES_PLACE = EDITS | {"home_placed": NOBODY}
EVERYBODY = dict.fromkeys(EDITS, MEMBERS)
SEES_CASES = north_with(P.VIEW_CASES) | SOUTH | STRANGERS | X | Y
KNOWN_BY = {
    "home_north": NORTH - {"scrutiny_reader"} | X,
    "home_south": SOUTH | Y,
    "home_placed": SOUTH,
}
"""Whoever may see where a home is, whom to ring and what was changed."""
NOTES = {"home_north": north_with(P.EDIT_SETTINGS), "home_south": SOUTH, "home_placed": SOUTH}
COUNTS = dict.fromkeys(EDITS, north_with(P.RECORD_PLACING_COUNTS) | SOUTH | STRANGERS)
MERGES = north_with(P.MERGE_PROVIDERS) | {"administrator_south"}


def canary(label: str) -> str:
    return f"CANARY-{label}-"


def add_things(world: World) -> None:
    """Three homes: one in the north, one in the south, and one elsewhere where the south places children."""
    group = ProviderGroup.objects.create(name="Lakeland Group")
    for organisation, name in ((world.provider_x, "Fellside Care Ltd"), (world.provider_y, "Bay Care Ltd")):
        organisation.provider = ProviderFactory(name=name, group=group)
        organisation.save()
    elsewhere = Authority.objects.get(name="Leicestershire")
    world.things |= {"owner_x": world.provider_x.provider, "group": group}
    home(world, "north", world.north.authority, world.provider_x.provider)
    home(world, "south", world.south.authority, world.provider_y.provider)
    placed = home(world, "placed", elsewhere, ProviderFactory(name="Charnwood Care Ltd"))
    PlacingCountFactory(setting=placed, placing_authority=world.south.authority, as_at=today())
    PlacingCountFactory(
        setting=world.things["home_north"],
        placing_authority=world.declaring.authority,
        only_declared=True,
        declared_by=PersonFactory(details__full_name=canary("declaring-people")),
    )
    ContactNote.objects.create(
        setting=world.things["home_north"],
        authority=world.north.authority,
        on=SINCE,
        text=canary("north-note"),
    )


def home(world: World, where: str, authority: Authority, owner) -> Setting:
    private = canary(f"{where}-home")
    made = SettingFactory(
        authority=authority,
        owner=owner,
        working_name=canary(f"{where}-called"),
        working_address=private,
        working_postcode="CA11 7XY",
    )
    world.things[f"home_{where}"] = made
    world.things[f"contact_{where}"] = SettingContact.objects.create(
        setting=made, kind="registered_manager", name=private, telephone=private, from_on=SINCE
    )
    world.things[f"premises_{where}"] = Premises.objects.create(
        setting=made, address=private, postcode="CA11 7XY", from_on=SINCE
    )
    return made


def of(kind: str, sets: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The same people for the contact or the premises of each home."""
    return {name.replace("home", kind): who for name, who in sets.items()}


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    owner, group = {"owner_x": MEMBERS}, {"group": MEMBERS}
    return {
        "directory": [({}, Rule.page(MEMBERS))],
        "directory_csv": [({}, Rule.page(MEMBERS))],
        "directory_xlsx": [({}, Rule.page(MEMBERS))],
        "setting": about(things, EVERYBODY, Rule.page),
        "setting_inspections": about(things, EVERYBODY, Rule.page),
        "setting_owners": about(things, EVERYBODY, Rule.page),
        "setting_monitoring": about(things, dict.fromkeys(EDITS, SEES_CASES), Rule.page),
        "setting_contacts": about(things, KNOWN_BY, Rule.page),
        "setting_history": about(things, KNOWN_BY, Rule.page),
        # every answer may be left empty, so an empty form is one that saves
        "change_working_details": about(things, CHANGES_PLACE, lambda who: Rule.form(who, 302)),
        "set_contact": about(things, EDITS, Rule.form),
        "add_premises": about(things, CHANGES_PLACE, Rule.form),
        "add_contact_note": about(things, NOTES, Rule.form),
        "record_placing_count": about(things, COUNTS, Rule.form),
        "end_contact": about(things, of("contact", EDITS), Rule.form),
        "end_premises": about(things, of("premises", CHANGES_PLACE), Rule.form),
        "provider": about(things, owner, Rule.page),
        "merge_provider": about(things, {"owner_x": MERGES}, Rule.form),
        "provider_group": about(things, group, Rule.page),
    }
