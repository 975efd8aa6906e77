"""What the guides tell people to open, press and type is there."""

import re

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from tests.deploy.production import ROOT

GUIDES = sorted((ROOT / "docs/first-hour").glob("*.md"))
EVERY_GUIDE = pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
PACKAGES = ("qa_portal", "providers", "inspections", "workflows")
AN_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def words_of_the_portal() -> str:
    sources = [*(ROOT / "templates").rglob("*.html")]
    sources += [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return "\n".join(path.read_text() for path in sources)


def test_there_is_a_guide_for_each_kind_of_reader():
    assert [path.stem for path in GUIDES] == ["board", "officer", "operator", "provider"]
    linked = (ROOT / "docs/operating.md").read_text()
    assert {path.name for path in GUIDES} == set(re.findall(r"\(first-hour/(\S+)\)", linked))


def leads_somewhere(address: str) -> bool:
    try:
        return bool(resolve(address))
    except Resolver404:
        return False


@EVERY_GUIDE
def test_addresses_lead_to_pages(path):
    told = re.findall(r"`(/[\w/…-]*/)`", path.read_text())
    assert [address for address in told if not leads_somewhere(address.replace("…", AN_ID))] == []


@EVERY_GUIDE
def test_what_stands_in_bold_is_a_word_of_the_portal(path, words_of_the_portal):
    names = set(re.findall(r"\*\*(.+?)\*\*", path.read_text()))
    assert {name for name in names if name not in words_of_the_portal} == set()


@pytest.mark.parametrize("path", [*GUIDES, ROOT / "docs/operating.md"], ids=lambda path: path.stem)
def test_commands_exist(path):
    named = set(re.findall(r"manage\.py (\w+)", path.read_text()))
    assert named <= set(get_commands())


def test_every_file_that_a_guide_copies_is_there():
    told = "".join(path.read_text() for path in [*GUIDES, ROOT / "docs/operating.md"])
    named = set(re.findall(r"deploy/[\w./-]*\w", told))
    made = {"deploy/production.env"}
    assert {name for name in named - made if not (ROOT / name).exists()} == set()
