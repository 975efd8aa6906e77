"""Takes the README's pictures from the demo as it stands: `make pictures`, after `make demo SERVE=0`."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "lantern-river-acorn"  # the demo's, printed by `make demo`
HOME = "Beck View"  # which the story lets turn red this month
SECONDS_TO_START = 60


def main() -> int:
    with served() as site, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 1500}, locale="en-GB")
        sign_in(page, site, "officer@demo.example")
        page.goto(f"{site}/scorecards/")
        page.screenshot(path=PICTURES / "scorecard.png")
        page.locator("main").get_by_role("link", name=HOME, exact=True).click()
        page.screenshot(path=PICTURES / "scorecard-of-a-home.png")
    return 0


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/" not in url)


@contextmanager
def served():
    """Yield the demo's address, on a port that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "qa_portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    environment = os.environ | {"QA_ENV": "demo", "PORTAL_URL": site}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as web:
        try:
            wait_for(f"{site}/account/sign-in/")
            yield site
        finally:
            web.terminate()


def wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urllib.request.urlopen(address).close()
            return
        except URLError:
            if time.monotonic() > until:
                raise SystemExit("The demo did not start. Build it first: make demo SERVE=0") from None
            time.sleep(0.2)


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["QA_CHROMIUM"],
            args=["--no-sandbox"],
            env=os.environ | {"LANGUAGE": "en_GB"},  # a date field follows the browser, not the page
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
