"""One table leads to every list page: the menu, the bar of an area, "Where to find things" and search."""

import re

import pytest
from django.urls import resolve, reverse
from django.views.generic.edit import FormMixin

from providers.people import roles
from qa_portal.core.access.scope import OrganisationKind, Scope
from qa_portal.portal.navigation import (
    AREAS,
    HELP,
    MENU,
    QUALITY,
    area_of,
    pages_open_to,
)
from tests.access.policy import MEMBERS
from tools.draw_map import pages

pytestmark = pytest.mark.django_db
ENTRIES = [entry for area in AREAS for entry in area.entries]
NO_LIST = {
    "search": "the answer to the box at the top",
    "accessibility": "at the foot of every page",
    "privacy": "at the foot of every page",
    "plan_visit": "the first page of planning a visit, behind a button of the list",
    "choose_question_set": "the first page of a campaign, behind a button of the list",
    "healthz": "for machines",
    "readyz": "for machines",
    "acting_for": "asked after signing in",
}
"""Pages without an object of their own that are in no area, and why."""


def acting(world, persona: str):
    """Return the persona's user, with the scope that pages give it, and a client that is signed in."""
    return world.as_(persona), world.client(persona)


def scope(role, kind: OrganisationKind) -> Scope:
    return Scope(
        organisation_id=1,
        kind=kind,
        role=role.key,
        permissions=frozenset(role.permissions),
    )


@pytest.mark.parametrize(
    ("role", "kind"),
    [(role, kind) for role in roles.ALL for kind in sorted(role.kinds)],
    ids=lambda one: getattr(one, "key", one),
)
def test_no_role_has_more_than_seven_entries_in_its_menu(role, kind):
    shown = [area.label for area, _ in pages_open_to(scope(role, kind)) if area in MENU]
    assert shown[0] == "Home"
    assert shown[-1] == "Help"
    assert 3 <= len(shown) <= 7


def test_each_title_is_there_once():
    titles = [entry.label for entry in ENTRIES]
    assert len(titles) == len(set(titles))
    pages = [entry.page for entry in ENTRIES]
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize("persona", sorted(MEMBERS))
def test_a_page_is_offered_to_whoever_can_open_it_and_to_nobody_else(world, persona):
    user, client = acting(world, persona)
    offered = {entry.page for _, entries in pages_open_to(user.scope) for entry in entries}
    assert {"home", "help", "organisations"} <= offered
    for entry in ENTRIES:
        answer = client.get(entry.url)
        assert answer.status_code == (200 if entry.page in offered else 404), entry.page


@pytest.mark.parametrize("persona", ["team_manager", "provider_manager_x", "installation_administrator"])
def test_a_page_bears_the_name_that_the_menu_gives_it(world, persona):
    user, client = acting(world, persona)
    opened = [entry for _, entries in pages_open_to(user.scope) for entry in entries if entry.page != "home"]
    assert len(opened) > 8
    for entry in opened:
        page = client.get(entry.url).content.decode()
        assert re.search(rf"<title>\s*{re.escape(entry.label)} –", page), entry.label


def test_every_page_of_ours_lies_in_an_area():
    addresses = {page.name: re.sub(r"<[^>]+>", "1", page.address) for page in pages()}
    assert len(addresses) > 150
    outside = {
        address
        for name, address in addresses.items()
        if area_of(address) is None
        and name not in NO_LIST
        and not address.startswith(("/invitations/accept", "/brand/"))
    }
    assert outside == set()


def test_every_list_page_is_in_the_table():
    """A page of its own template that needs no object, and is no form, is one that people look for in the menu."""
    asked = [page for page in pages() if page.template and "<" not in page.address]
    known = {entry.page for entry in ENTRIES}
    lists = {page.name for page in asked if not issubclass(resolve(page.address).func.view_class, FormMixin)}
    assert len(lists & known) > 15
    assert lists - known - set(NO_LIST) == set()


def test_menu_says_where_the_reader_is(world):
    client = world.client("team_manager")
    page = client.get(reverse("visits")).content.decode()
    [current] = re.findall(r'aria-current="true">\s*<strong[^>]*>([^<]+)<', page)
    assert current == QUALITY.label
    [here] = re.findall(r'aria-current="page">([^<]+)</a>', page)
    assert here == "Monitoring visits"


def test_bar_of_an_area_is_not_on_a_page_below_a_list(world):
    client = world.client("team_manager")
    assert "qa-beside" in client.get(reverse("visits")).content.decode()
    assert "qa-beside" not in client.get(reverse("plan_visit")).content.decode()


def test_whoever_acts_for_nobody_has_no_menu_and_no_search(world):
    client = world.client("nobody")
    page = client.get(reverse("help")).content.decode()
    assert "header-search" not in page
    assert 'aria-label="Menu"' not in page


def test_where_to_find_things_lists_every_page_with_what_it_is_for(world):
    user, client = acting(world, "team_manager")
    page = client.get(reverse("all_pages")).content.decode()
    for _, entries in pages_open_to(user.scope):
        for entry in entries:
            assert f'href="{entry.url}"' in page
            assert entry.why in page.replace("&#x27;", "'")


def test_longest_address_decides_the_area():
    assert area_of("/tasks/5/").label == "Work"
    assert area_of("/account/messages/").label == "Your account"
    assert area_of(reverse("guide", args=["officer"])) is HELP
    assert area_of("/accounts/login/") is None
