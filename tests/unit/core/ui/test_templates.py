"""What the content security policy and the house rules ask of every template."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates"
PAGES = sorted(FOLDER.rglob("*.html"))
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address of script": re.compile(r"javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(r"(?:src|<link[^>]*href)=\"https?:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape off"),
    "an unfinished thought": re.compile(r"\bTODO\b|\bFIXME\b"),
}


def name(path: Path) -> str:
    return str(path.relative_to(FOLDER))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_page_has(what):
    assert [name(path) for path in PAGES if FORBIDDEN[what].search(path.read_text())] == []


def test_every_page_is_short():
    assert [name(path) for path in PAGES if len(path.read_text().splitlines()) > 120] == []


def test_every_form_leaves_checking_to_the_server():
    forms = [(name(path), form) for path in PAGES for form in re.findall(r"<form\b.*>", path.read_text())]
    assert [form for form in forms if "novalidate" not in form[1]] == []


def test_every_form_that_is_sent_carries_its_token():
    for path in PAGES:
        text = path.read_text()
        assert len(re.findall(r'method="post"', text)) == text.count("{% csrf_token %}"), name(path)


def test_no_page_has_a_placeholder():
    assert [name(path) for path in PAGES if "placeholder=" in path.read_text()] == []


def test_no_mail_names_a_person_or_a_machine():
    told = re.compile(r"\b(user|username|name|email|ip|user_agent)\b\s*(\|[^}]*)?}}")
    mails = [path for path in FOLDER.rglob("*.txt") if "email" in path.parts]
    assert mails
    assert [name(path) for path in mails if told.search(path.read_text())] == []
