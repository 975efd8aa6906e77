"""A new colleague's first day: from the mail to the home page; with scripts and without."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from providers.people.models import Membership
from tests.browser.conftest import picture, sign_in
from tests.factories.people import fresh_code
from tests.factories.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
WORDS = "copper meadow whistle"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request) -> bool:
    return request.param


def test_invited_person_accepts_sets_up_the_second_factor_and_gets_in(site, opened, scripts, settings):
    settings.PORTAL_URL = site
    world = build_world()
    admin, newcomer = opened(scripts=scripts), opened(scripts=scripts)
    sign_in(admin, site, world.users["council_administrator"])
    admin.goto(site + reverse("invite", args=[world.north.public_id]))
    admin.get_by_label("Work email address").fill("new.officer@council.example")
    admin.get_by_label("Contract officer").check()
    admin.get_by_role("button", name="Send the invitation").click()
    expect(admin.get_by_text("The invitation is on its way to new.officer@council.example")).to_be_visible()

    [letter] = mail.outbox
    link = re.search(r"http://\S+", letter.body)[0]
    newcomer.goto(link)
    newcomer.get_by_label("Your name").fill("Nell Officer")
    newcomer.get_by_label("Choose a password").fill(WORDS)
    newcomer.get_by_role("button", name="Accept the invitation").click()
    newcomer.get_by_label("Email address").fill("new.officer@council.example")
    newcomer.get_by_label("Password", exact=True).fill(WORDS)
    newcomer.get_by_role("button", name="Sign in").click()
    newcomer.wait_for_url("**/two-factor/app/")
    newcomer.goto(site + reverse("organisations"))
    assert newcomer.url.endswith(reverse("mfa_activate_totp")), "a password alone opened a page"
    picture(newcomer, "second-factor-1280")
    secret = newcomer.locator(".qa-code").first.inner_text().strip()
    newcomer.get_by_label("Code").fill(fresh_code(secret))
    newcomer.get_by_role("button", name="Continue").click()
    newcomer.wait_for_url("**/recovery-codes/**")
    picture(newcomer, "recovery-codes-1280")
    newcomer.goto(site + "/")
    expect(newcomer.get_by_role("heading", name="Home")).to_be_visible()
    assert Membership.objects.filter(person__details__full_name="Nell Officer").count() == 1

    newcomer.goto(link)
    expect(newcomer.get_by_role("heading", name="This invitation cannot be used")).to_be_visible()


def test_leaver_s_open_page_stops_at_the_next_click(site, opened, scripts):
    world = build_world()
    admin, leaver = opened(scripts=scripts), opened(scripts=scripts)
    sign_in(leaver, site, world.users["contract_officer"])
    sign_in(admin, site, world.users["council_administrator"])
    admin.goto(site + reverse("end_membership", args=[world.membership("contract_officer").public_id]))
    admin.get_by_label("Reason").fill("Left the council")
    admin.get_by_role("button", name="End the membership").click()
    expect(admin.get_by_text("account is closed")).to_be_visible()
    leaver.goto(site + reverse("organisations"))
    expect(leaver).to_have_url(re.compile("/account/sign-in/"))
