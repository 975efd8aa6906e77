"""Every page a persona can open: axe finds nothing, nothing scrolls sideways, the page is small."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from providers.directory.models import GradeScale
from providers.people.services.invitations import token_for
from tests.access.policies import POLICIES
from tests.browser.conftest import picture, sign_in
from tests.factories.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 820, 390)
LARGEST = 45 * 1024


def faults_of(page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => JSON.stringify(result.violations))",
        RULES,
    )
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes']][:3]}" for v in json.loads(found)]


def pages_of(world) -> dict[str, list[tuple[str, str]]]:
    """(name of the picture, address) by the persona who opens it."""
    person = world.membership("provider_contributor_x").public_id
    officer = world.membership("contract_officer").public_id
    plain = ["home", "organisations", "shares", "add_share", "access_log", "add_provider", "add_agency"]
    plain += ["my_account", "my_details", "help", "accessibility", "privacy"]
    plain += ["account_change_password", "mfa_index", "usersessions_list"]
    things = world.things
    home = things["home_north"].public_id
    return {
        "council_administrator": [
            *((name, reverse(name)) for name in plain),
            ("organisation", reverse("organisation", args=[world.provider_x.public_id])),
            ("own-organisation", reverse("organisation", args=[world.north.public_id])),
            ("invite", reverse("invite", args=[world.provider_x.public_id])),
            ("rename", reverse("rename_organisation", args=[world.provider_x.public_id])),
            ("membership", reverse("membership", args=[person])),
            ("end-membership", reverse("end_membership", args=[officer])),
            ("hand-over", reverse("reassign_work", args=[officer])),
            ("reset", reverse("reset_second_factor", args=[person])),
            ("reset-record", reverse("second_factor_reset", args=[things["reset"].public_id])),
            ("send-again", reverse("send_invitation_again", args=[things["invitation_x"].public_id])),
            ("withdraw", reverse("withdraw_invitation", args=[things["invitation_x"].public_id])),
            ("end-share", reverse("end_share", args=[things["share"].public_id])),
            ("not-found", "/no/such/page/"),
        ],
        "installation_administrator": [
            ("authorities", reverse("authorities")),
            ("change-authority", reverse("change_authority", args=[world.north.authority.public_id])),
            ("new-import", reverse("new_import")),
            ("import-preview", reverse("import", args=[things["import_previewed"].public_id])),
            ("code-lists", reverse("code_lists")),
            ("grade-scales", reverse("code_list", args=["grade-scales"])),
            ("add-scale", reverse("add_code", args=["grade-scales"])),
            ("change-scale", reverse("change_code", args=["grade-scales", GradeScale.objects.first().pk])),
        ],
        "provider_manager_x": [
            ("provider-home", reverse("home")),
            ("documents", reverse("documents")),
            ("add-document", reverse("add_document")),
            ("document", reverse("document", args=[things["library_x"].public_id])),
            ("document-of-a-child", reverse("document", args=[things["child_x"].public_id])),
            ("document-emptied", reverse("document", args=[things["emptied_x"].public_id])),
            ("document-infected", reverse("download_document", args=[things["infected_x"].public_id])),
            ("replace-document", reverse("replace_document", args=[things["library_x"].public_id])),
            ("remove-document", reverse("remove_document", args=[things["library_x"].public_id])),
            ("name-reader", reverse("name_document_reader", args=[things["child_x"].public_id])),
        ],
        "team_manager": [
            ("register", reverse("register")),
            ("setting", reverse("setting", args=[home])),
            ("provider", reverse("provider", args=[things["owner_x"].public_id])),
            ("provider-group", reverse("provider_group", args=[things["group"].public_id])),
            ("working-details", reverse("change_working_details", args=[home])),
            ("contact", reverse("set_contact", args=[home])),
            ("premises", reverse("add_premises", args=[home])),
            ("contact-note", reverse("add_contact_note", args=[home])),
            ("count", reverse("record_placing_count", args=[home])),
            ("placing-counts", reverse("placing_counts")),
            ("upload-counts", reverse("upload_placing_counts")),
            ("imports", reverse("imports")),
            ("register-file", reverse("register_file", args=[things["register_file"].public_id])),
        ],
        "procurement_officer": [("merge", reverse("merge_provider", args=[things["owner_x"].public_id]))],
    }


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


def everything():
    world = build_world()
    for slice_policy in POLICIES:
        slice_policy.add_things(world)
    return world


PERSONAS = [
    "council_administrator",
    "installation_administrator",
    "provider_manager_x",
    "team_manager",
    "procurement_officer",
]


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_a_persona_are_accessible(persona, site, opened):
    world = everything()
    page = opened()
    sign_in(page, site, world.users[persona])
    faults = [fault for name, path in pages_of(world)[persona] for fault in check(page, site, name, path)]
    assert not faults, "\n".join(faults)


def test_pages_for_anybody_are_accessible(site, opened):
    world = build_world()
    page = opened()
    faults = [fault for name, path in public_pages(world) for fault in check(page, site, name, path)]
    assert not faults, "\n".join(faults)


def test_form_with_faults_is_accessible_and_says_what_to_do(site, opened):
    world = build_world()
    page = opened()
    sign_in(page, site, world.users["council_administrator"])
    page.goto(
        site + reverse("reset_second_factor", args=[world.membership("provider_contributor_x").public_id])
    )
    page.get_by_label("I called them back").check()
    page.get_by_role("button", name="Reset the second factor").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="Enter the day of the call").click()
    assert page.evaluate("document.activeElement.id").endswith("called_on_day")
    assert faults_of(page) == []
    picture(page, "form-with-faults-1280")
