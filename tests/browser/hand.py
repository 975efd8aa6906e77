"""Somebody at a browser: goes to pages, fills in what a form asks, presses its button."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import picture


def date(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


class Hand:
    """`pictures` begins the names of the screenshots; each is numbered in the order it was taken."""

    def __init__(self, page: Page, site: str, pictures: str) -> None:
        self.page, self.site, self.pictures = page, site, pictures

    def go(self, name: str, *args) -> None:
        answer = self.page.goto(self.site + reverse(name, args=args))
        assert answer is not None and answer.status == 200, (name, args, answer and answer.status)

    def open(self, link: str) -> None:
        self.page.locator("main").get_by_role("link", name=link).first.click()

    def write(self, **answers: str | bool | Iterable[str] | Path) -> None:
        for name, value in answers.items():
            self._write(name, value)

    def _write(self, name: str, value) -> None:
        fields = self.page.locator(f'main [name="{name}"]')
        kind = fields.first.evaluate("field => field.type")
        if kind == "file":
            fields.set_input_files(value)
        elif value is True:
            fields.check()
        elif kind in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                self.page.locator(f'main [name="{name}"][value="{one}"]').check()
        elif kind == "select-one":
            fields.select_option(value)
        else:
            fields.fill(value)

    def press(self, button: str) -> None:
        """Presses it, and insists that the form was taken."""
        self._click(self.page.locator("main").get_by_role("button", name=button, exact=True).first)

    def send(self) -> None:
        """Presses the main button of the page's form, whatever it says."""
        self._click(self.page.locator("main form button.govuk-button").first)

    def _click(self, button: Locator) -> None:
        with self.page.expect_navigation():
            button.click()
        faults = self.page.locator(".govuk-error-summary")
        assert not faults.count(), faults.inner_text()

    def reads(self, words: str) -> None:
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def take_picture(self, what: str) -> None:
        picture(self.page, f"{self.pictures}-{what}")
