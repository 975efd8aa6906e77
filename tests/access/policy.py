"""Who gets what at every address. An address that is not written here fails the walk.

A persona not named for a page gets 404 there, or when not signed in is sent to sign in; somebody without
any membership is sent to say whom they act for.
"""

from dataclasses import dataclass

from providers.people import roles
from qa_portal.core.access.permissions import Permission as P
from tests.factories.world import NORTH_ROLES, World

NORTH = frozenset(role.key for role in NORTH_ROLES)
SOUTH = frozenset({"officer_south", "administrator_south"})
THIRD, DECLARING = frozenset({"manager_third"}), frozenset({"administrator_declaring"})
STRANGERS = THIRD | DECLARING
"""Two more councils: one without any dealing, one that has declared a use which nobody there has confirmed."""
X = frozenset({"provider_manager_x", "provider_contributor_x"})
Y = frozenset({"provider_manager_y", "provider_contributor_y"})
AGENCY = frozenset({"partner_contributor", "young_researcher"})
FAR = frozenset({"far_partner"})
MEMBERS = NORTH | SOUTH | STRANGERS | X | Y | AGENCY | FAR
SIGNED_IN = MEMBERS | {"nobody"}
ANYBODY = SIGNED_IN | {"anon"}
NOBODY: frozenset[str] = frozenset()

ABSENT = "00000000-0000-4000-8000-000000000000"


def north_with(permission: P) -> frozenset[str]:
    return frozenset(role.key for role in NORTH_ROLES if permission in role.permissions)


STRANGERS_ROLES = {"manager_third": roles.TeamManager, "administrator_declaring": roles.CouncilAdministrator}


def strangers_with(permission: P) -> frozenset[str]:
    return frozenset(name for name, role in STRANGERS_ROLES.items() if permission in role.permissions)


EXTERNAL = north_with(P.VIEW_EXTERNAL_PEOPLE)
COLLEAGUES = north_with(P.VIEW_COLLEAGUES)
ADMIN, INSTALLATION = "council_administrator", "installation_administrator"
SOUTH_EXTERNAL = SOUTH


@dataclass(frozen=True)
class Rule:
    """Personas whom GET and POST (with nothing filled in) let through, and with which status."""

    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    get_status: int = 200
    post_status: int = 405
    anon: tuple[int, int] | None = None
    sent_on: frozenset[str] = NOBODY  # whom a GET leads to another page
    late: frozenset[str] = NOBODY  # whose POST is told that somebody else was first

    @classmethod
    def page(cls, who: frozenset[str]) -> "Rule":
        """Read only: those let in who POST get 405."""
        return cls(get=who, post=who)

    @classmethod
    def form(cls, who: frozenset[str], post_status: int = 422) -> "Rule":
        """An empty form comes back as 422 with what is missing; one without a question acts: 302."""
        return cls(get=who, post=who, post_status=post_status)


# allauth answers an unfilled form with 200, and asks first who it is for what guards the second factor.
OWN_FORM = Rule.form(SIGNED_IN, post_status=200)
SENT_ON = Rule(get=SIGNED_IN, post=SIGNED_IN, get_status=302, post_status=302)
NO_CODES = Rule(get=SIGNED_IN, post=SIGNED_IN, get_status=404)

PAGES: dict[str, Rule] = {
    "home": Rule.page(MEMBERS),
    "all_pages": Rule.page(MEMBERS),
    "search": Rule.page(MEMBERS),
    "help": Rule.page(ANYBODY),
    "accessibility": Rule.page(ANYBODY),
    "privacy": Rule.page(ANYBODY),
    "healthz": Rule.page(ANYBODY),
    "readyz": Rule.page(ANYBODY),
    "my_account": Rule.page(SIGNED_IN),
    "my_details": Rule.form(SIGNED_IN),
    "acting_for": Rule.form(SIGNED_IN),
    "organisations": Rule.page(MEMBERS),
    "add_provider": Rule.form(north_with(P.MANAGE_ORGANISATIONS) | SOUTH | STRANGERS),
    "add_agency": Rule.form(north_with(P.MANAGE_ORGANISATIONS) | SOUTH | STRANGERS),
    "shares": Rule.page(frozenset({ADMIN, "administrator_south"}) | DECLARING),
    "add_share": Rule.form(frozenset({ADMIN, "administrator_south"}) | DECLARING),
    "access_log": Rule.page(north_with(P.READ_ACCESS_LOG) | {"administrator_south"} | STRANGERS),
    "access_log_csv": Rule.page(north_with(P.READ_ACCESS_LOG) | {"administrator_south"} | STRANGERS),
    "authorities": Rule.page(frozenset({INSTALLATION})),
    # allauth's: signed in, one looks after one's own account
    # somebody signed in already is sent home; without a membership that leads to whom they act for
    "account_login": Rule(get=ANYBODY, post=ANYBODY, get_status=302, post_status=302, anon=(200, 200)),
    "account_logout": Rule.form(SIGNED_IN, post_status=302),
    "account_inactive": Rule.page(ANYBODY),
    "account_reauthenticate": OWN_FORM,
    "account_change_password": OWN_FORM,
    "account_reset_password": Rule.form(ANYBODY, post_status=200),
    "account_reset_password_done": Rule.page(ANYBODY),
    "account_reset_password_from_key_done": Rule.page(ANYBODY),
    "mfa_index": Rule.page(SIGNED_IN),
    "mfa_authenticate": SENT_ON,
    "mfa_reauthenticate": OWN_FORM,
    "mfa_activate_totp": SENT_ON,
    "mfa_deactivate_totp": SENT_ON,
    "mfa_view_recovery_codes": NO_CODES,
    "mfa_generate_recovery_codes": SENT_ON,
    "mfa_download_recovery_codes": Rule(get=SIGNED_IN, post=SIGNED_IN, get_status=404, post_status=404),
    "usersessions_list": Rule.form(SIGNED_IN, post_status=302),
}

WHO_SEES = {
    "north": NORTH | SOUTH | STRANGERS | AGENCY,
    "south": NORTH | SOUTH | STRANGERS | FAR,
    "provider_x": NORTH | SOUTH | STRANGERS | X,
    "provider_y": NORTH | SOUTH | STRANGERS | Y,
    "agency": NORTH | AGENCY,
    "far_agency": {INSTALLATION} | SOUTH | FAR,
}
INVITES = {
    "north": {ADMIN, INSTALLATION},
    "south": {INSTALLATION, "administrator_south"},
    # a council looks after the people of providers it deals with: X owns homes in both areas, Y in the south
    "provider_x": north_with(P.INVITE_PROVIDER_PEOPLE) | SOUTH | {"provider_manager_x"},
    "provider_y": SOUTH | {"provider_manager_y"},
    "agency": north_with(P.INVITE_AGENCY_PEOPLE),
    "far_agency": {"administrator_south"},
}
RENAMES = {
    "north": NOBODY,
    "south": NOBODY,
    # its own manager, the council that hosts one of its homes or works with it, whoever looks after the installation
    "provider_x": north_with(P.MANAGE_ORGANISATIONS) | SOUTH | {"provider_manager_x", INSTALLATION},
    "provider_y": SOUTH | {"provider_manager_y", INSTALLATION},
    "agency": north_with(P.MANAGE_ORGANISATIONS) | {INSTALLATION},
    "far_agency": SOUTH | {INSTALLATION},
}
"""Personas by the membership they look at. Another council's people are seen by nobody but its own."""
SEES_PERSON = {
    roles.ContractOfficer.key: COLLEAGUES,
    ADMIN: COLLEAGUES,
    "officer_south": SOUTH,
    "administrator_south": SOUTH | {INSTALLATION},
    "provider_contributor_x": EXTERNAL | SOUTH | STRANGERS | X,
    "provider_contributor_y": EXTERNAL | SOUTH | STRANGERS | Y,
    "partner_contributor": EXTERNAL | {"partner_contributor"},
    "far_partner": SOUTH | FAR,
}
ENDS = {
    roles.ContractOfficer.key: {ADMIN, INSTALLATION},
    ADMIN: {INSTALLATION},
    "officer_south": {"administrator_south"},
    "administrator_south": NOBODY,
    "provider_contributor_x": {ADMIN, "administrator_south", "provider_manager_x"},
    "provider_contributor_y": {"administrator_south", "provider_manager_y"},
    "partner_contributor": north_with(P.INVITE_AGENCY_PEOPLE),
    "far_partner": {"administrator_south"},
}
REASSIGNS = {
    roles.ContractOfficer.key: north_with(P.REASSIGN_WORK),
    ADMIN: north_with(P.REASSIGN_WORK),
    "officer_south": {"administrator_south"},
    "administrator_south": {"administrator_south"},
    "provider_contributor_x": {"provider_manager_x"},
    "provider_contributor_y": {"provider_manager_y"},
    "partner_contributor": NOBODY,
    "far_partner": NOBODY,
}
RESETS = {
    roles.ContractOfficer.key: {ADMIN},
    ADMIN: NOBODY,
    "officer_south": {"administrator_south"},
    "administrator_south": NOBODY,
    "provider_contributor_x": {ADMIN, "administrator_south", "provider_manager_x"},
    "provider_contributor_y": {"administrator_south", "provider_manager_y"},
    "partner_contributor": {ADMIN},
    "far_partner": {"administrator_south"},
}


def about(things: dict[str, object], sets: dict[str, object], rule) -> list[tuple[dict, Rule]]:
    """The same page for each thing, and for one that does not exist."""
    rows = [({"public_id": things[name].public_id}, rule(frozenset(sets[name]))) for name in sets]
    return [*rows, ({"public_id": ABSENT}, rule(NOBODY))]


def addresses(world: World, token: str) -> dict[str, list[tuple[dict, Rule]]]:
    """Every address with what fills it in, and its rule."""
    organisations = {name: getattr(world, name) for name in WHO_SEES}
    people = {name: world.membership(name) for name in SEES_PERSON}
    invited = {"invitation_north": INVITES["north"], "invitation_x": INVITES["provider_x"]}
    things = world.things
    known = {name: [({}, rule)] for name, rule in PAGES.items()}
    return known | {
        "brand_css": [({"colour": "1f4e5f"}, Rule(get=ANYBODY, post=ANYBODY, post_status=200))],
        "guide": [
            ({"slug": "officer"}, Rule.page(ANYBODY)),
            ({"slug": "glossary"}, Rule.page(ANYBODY)),
            ({"slug": "nobody-s"}, Rule(get=ANYBODY, post=ANYBODY, get_status=404, post_status=405)),
        ],
        "accept_invitation": [
            # somebody signed in cannot open another address's new account
            (
                {"token": token},
                Rule(get=ANYBODY, post=ANYBODY, get_status=409, post_status=409, anon=(200, 422)),
            ),
            ({"token": "forged"}, Rule(get=ANYBODY, post=ANYBODY, get_status=404, post_status=404)),
        ],
        "account_reset_password_from_key": [
            ({"uidb36": "1", "key": "set-password"}, Rule(get=ANYBODY, post=ANYBODY, post_status=200))
        ],
        "organisation": about(organisations, WHO_SEES, Rule.page),
        "invite": about(organisations, INVITES, Rule.form),
        "rename_organisation": about(organisations, RENAMES, Rule.form),
        "membership": about(people, SEES_PERSON, Rule.page),
        "end_membership": about(people, ENDS, Rule.form),
        "reassign_work": about(people, REASSIGNS, Rule.form),
        "reset_second_factor": about(people, RESETS, Rule.form),
        "send_invitation_again": about(things, invited, lambda who: Rule.form(who, 302)),
        "withdraw_invitation": about(things, invited, lambda who: Rule.form(who, 302)),
        "second_factor_reset": about(things, {"reset": {ADMIN, "provider_manager_x"}}, Rule.page),
        "end_share": about(things, {"share": {ADMIN}}, Rule.form),
        "change_authority": about(
            {"authority": world.north.authority}, {"authority": {INSTALLATION}}, Rule.form
        ),
    }


"""Canaries that each persona may meet. Names of councils are public and carry none."""
KNOWS: dict[str, set[str]] = {persona: set() for persona in ANYBODY}
for _persona in NORTH:
    KNOWS[_persona] |= {"x-name", "y-name", "agency-name"}
for _persona in COLLEAGUES:
    KNOWS[_persona] |= {"north-people", "scrutiny-own"}
for _persona in EXTERNAL:
    KNOWS[_persona] |= {"x-people", "y-people", "agency-people", "young-own"}
for _persona in SOUTH:
    KNOWS[_persona] |= {"x-name", "y-name", "x-people", "y-people", "south-people", "south-admin"}
    KNOWS[_persona] |= {"far-agency-name", "far-people"}
for _persona in STRANGERS:
    KNOWS[_persona] |= {"x-name", "y-name", "x-people", "y-people"}
KNOWS["manager_third"] |= {"third-people"}
KNOWS["administrator_declaring"] |= {"declaring-people"}
for _persona in X:
    KNOWS[_persona] |= {"x-name", "x-people"}
for _persona in Y:
    KNOWS[_persona] |= {"y-name", "y-people"}
for _persona in AGENCY:
    KNOWS[_persona] |= {"agency-name"}
KNOWS["partner_contributor"] |= {"agency-people", "young-own"}
KNOWS["young_researcher"] |= {"young-own"}
KNOWS["scrutiny_reader"] |= {"scrutiny-own"}
KNOWS["far_partner"] |= {"far-agency-name", "far-people"}
KNOWS[INSTALLATION] |= {"far-agency-name", "south-admin", "north-invited"}
KNOWS[ADMIN] |= {"north-invited", "share-reason", "reset-note", "north-log"}
KNOWS["provider_manager_x"] |= {"reset-note", "north-people", "x-invited"}
for _persona in INVITES["provider_x"]:
    KNOWS[_persona] |= {"x-invited"}
for _persona in north_with(P.READ_ACCESS_LOG):
    KNOWS[_persona] |= {"north-log"}
