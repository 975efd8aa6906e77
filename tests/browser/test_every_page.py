"""Every page a persona can open: axe finds nothing, nothing scrolls sideways, the page is small."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from providers.people.services.invitations import token_for
from qa_portal.core import demonstration
from tests.access.policies import build_table
from tests.browser.conftest import picture, sign_in
from tests.factories.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 820, 390)
LARGEST = 45 * 1024
FILES = (".csv", ".xlsx", ".json", ".pdf", ".svg", ".ics", ".css", "/download/")
NOT_LOOKED_AT = {"account_logout", "brand", "mfa_download_recovery_codes", "healthz", "readyz"}
LOOKERS = [
    "contract_officer",
    "team_manager",
    "provider_manager_x",
    "head_of_service",
    "procurement_officer",
    "council_administrator",
    "installation_administrator",
    "board_chair",
    "partner_contributor",
]
DEMO_PAGES = ("demo_front", "demo_tour", "demo_mail", "demo_clock")


def faults_of(page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => JSON.stringify(result.violations))",
        RULES,
    )
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes']][:3]}" for v in json.loads(found)]


def is_page(name: str, url: str) -> bool:
    """Not a file, and not what ends the session of whoever looks."""
    return not (url.endswith(FILES) or name in NOT_LOOKED_AT)


def pages_of(table: dict, persona: str) -> list[tuple[str, str]]:
    """(name of the picture, address): each page of the access table is looked at by the first who may.

    Everybody has a home of their own, and the boards a region of their own.
    """
    found = []
    for name, cases in table.items():
        for kwargs, rule in cases:
            looker = next((one for one in LOOKERS if one in rule.get and rule.get_status == 200), None)
            url = reverse(name, kwargs=kwargs)
            if looker == persona and is_page(name, url) and name not in dict(found):
                found.append((name, url))
    own = [(f"home-of-{persona}", "/"), ("not-found", "/no/such/page/")]
    return [*found, *own]


def public_pages(world) -> list[tuple[str, str]]:
    token = token_for(world.things["invitation_open"])
    return [
        ("sign-in", reverse("account_login")),
        ("forgotten-password", reverse("account_reset_password")),
        ("accept-invitation", reverse("accept_invitation", args=[token])),
        ("invitation-void", reverse("accept_invitation", args=["forged"])),
    ]


def check(page, site: str, name: str, path: str) -> list[str]:
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(site + path)
        size = len(gzip.compress(answer.body()))
        faults += [f"{name} at {width}: {fault}" for fault in faults_of(page)]
        if size > LARGEST:
            faults.append(f"{name}: {size} bytes gzipped")
        if width in (1280, 390):
            picture(page, f"{name}-{width}")
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth > 320"):
        faults.append(f"{name}: scrolls sideways at 320")
    return faults


@pytest.mark.parametrize("persona", LOOKERS)
def test_pages_of_a_persona_are_accessible(persona, site, opened):
    world = build_world()
    table = build_table(world)
    page = opened()
    sign_in(page, site, world.users[persona])
    faults = [fault for name, path in pages_of(table, persona) for fault in check(page, site, name, path)]
    assert not faults, "\n".join(faults)


def test_pages_for_anybody_are_accessible(site, opened):
    world = build_world()
    page = opened()
    faults = [fault for name, path in public_pages(world) for fault in check(page, site, name, path)]
    assert not faults, "\n".join(faults)


def test_pages_of_the_demo_are_accessible(site, opened, demo_mode):
    demonstration.Demonstration.objects.create()
    page = opened()
    faults = [fault for name in DEMO_PAGES for fault in check(page, site, name, reverse(name))]
    assert not faults, "\n".join(faults)


def test_form_with_faults_is_accessible_and_says_what_to_do(site, opened):
    world = build_world()
    page = opened()
    sign_in(page, site, world.users["council_administrator"])
    page.goto(
        site + reverse("reset_second_factor", args=[world.membership("provider_contributor_x").public_id])
    )
    page.get_by_label("I called them back").check()
    page.get_by_role("button", name="Reset two-step verification").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="Enter the day of the call").click()
    assert page.evaluate("document.activeElement.id").endswith("called_on_day")
    assert faults_of(page) == []
    picture(page, "form-with-faults-1280")
