"""A real Chromium against a real server on a file database, two-factor sign-in on, loopback only."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import sync_playwright

from tests.factories.people import PASSWORD, fresh_code

BUILD = Path(__file__).resolve().parents[2] / "var" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("QA_CHROMIUM")
    if not path:
        pytest.fail("Run the browser tests with `make test-browser`: it finds or installs Chromium.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(live_server, commits, settings):
    """The server's address; the world of the access tests lives in its database."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    cache.clear()
    return live_server.url


@pytest.fixture
def opened(browser):
    """Opens pages that may reach nothing but this machine; fails on a policy violation or a script error."""
    contexts, faults = [], []

    def open_(width: int = 1280, *, scripts: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="en-GB"
        )
        context.route(lambda url: "//127.0.0.1" not in url and "//localhost" not in url, lambda r: r.abort())
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        contexts.append(context)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not [fault for fault in faults if "status of 4" not in fault], faults


def sign_in(page, site: str, user) -> None:
    """By the form, with the password and a code. A code works once: the cache that remembers it is emptied."""
    cache.clear()
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(fresh_code())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def picture(page, name: str) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=BUILD / f"{name}.png", full_page=True)
