"""One box finds settings, providers, issues, visits, pages and guides, and nothing that a list would not show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qa_portal.portal.search import KINDS, MOST
from tests.factories import issues, visits
from tests.factories.people import ProviderFactory
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db
OFFICER = "contract_officer"


def asked(world, words: str, persona: str = OFFICER):
    answer = world.client(persona).get(reverse("search"), {"words": words})
    assert answer.status_code == 200
    return answer


def found(world, words: str, persona: str = OFFICER) -> dict[str, list[str]]:
    groups = asked(world, words, persona).context["groups"]
    return {group.label: [line.words for line in group.lines] for group in groups}


def test_nothing_asked_asks_for_nothing(world):
    page = asked(world, "").content.decode()
    assert "Nothing that you can open" not in page
    assert "Name, URN, postcode" in page


@pytest.mark.parametrize("words", ["a", "a" * 101])
def test_too_few_or_too_many_letters_are_said(world, words):
    page = asked(world, words).content.decode()
    assert "Enter between 2 and 100 characters" in page
    assert "<title>Error: Search" in page


@pytest.mark.parametrize("words", ["%", "_%_", "\\", "'; --", "<b>", "é" * 50, "\x00\x00"])
def test_odd_words_find_nothing_and_break_nothing(world, words):
    assert found(world, words + "no such thing") == {}


def test_urn_leads_to_its_setting(world):
    home = SettingFactory(urn="SC7788123")
    page = asked(world, "SC7788123").content.decode()
    assert reverse("setting", args=[home.public_id]) in page
    assert "URN SC7788123" in page


def test_provider_is_found_by_name_and_company_number(world):
    provider = ProviderFactory(name="Fellside Care Ltd", company_number="01234567")
    assert found(world, "fellside")["Providers"] == ["Fellside Care Ltd"]
    assert found(world, "01234567")["Providers"] == ["Fellside Care Ltd"]
    assert reverse("provider", args=[provider.public_id]) in asked(world, "fellside").content.decode()


def test_issue_is_found_by_title_for_its_council_and_not_for_another(world):
    issues.raised(world, title="Broken night staffing")
    assert found(world, "night staffing")["Contract issues"] == ["Broken night staffing"]
    assert "Contract issues" not in found(world, "night staffing", "officer_south")
    assert "Contract issues" not in found(world, "night staffing", "provider_manager_y")


def test_visit_is_found_by_its_setting_and_an_unannounced_one_is_hidden_from_the_provider(world):
    home = visits.home_of_x(world, working_name="Fell View")
    visits.unannounced(world, setting=home)
    assert len(found(world, "fell view")["Monitoring visits"]) == 1
    assert "Settings" in found(world, "fell view", "provider_manager_x")
    assert "Monitoring visits" not in found(world, "fell view", "provider_manager_x")


def test_hidden_name_of_a_home_is_not_confirmed_by_a_guess(world):
    visits.home_of_x(world, working_name="Fell View")
    assert "Settings" in found(world, "Fell View")
    assert "Settings" not in found(world, "Fell View", "provider_manager_y")


def test_pages_and_guides_are_found_by_what_they_are_for(world):
    assert "Access log" in found(world, "restricted", "team_manager")["Pages and guides"]
    assert "Access log" not in found(world, "restricted").get("Pages and guides", [])
    assert found(world, "glossary")["Pages and guides"] == ["Glossary"]


def test_more_than_ten_lead_to_the_list_with_the_same_words(world):
    SettingFactory.create_batch(MOST + 1, owner=ProviderFactory(name="Fellside & Sons"))
    page = asked(world, "Fellside & Sons").content.decode()
    assert "These are the first 10." in page
    assert reverse("directory") + "?search=Fellside+%26+Sons" in page


def test_each_list_that_search_leads_to_takes_the_words(world):
    visits.planned(world)
    issues.raised(world)
    client = world.client("team_manager")
    lists = [kind for kind in KINDS if kind.page]
    assert len(lists) == 4
    for kind in lists:
        answer = client.get(f"{reverse(kind.page)}?{kind.asks}nothing-is-called-this")
        assert answer.status_code == 200
        assert "nothing-is-called-this" in answer.content.decode(), kind.label


def test_search_asks_as_many_questions_for_ten_as_for_one(world):
    owner = ProviderFactory(name="Fellside")

    def queries() -> int:
        client = world.client(OFFICER)
        client.get(reverse("search"), {"words": "fellside"})
        with CaptureQueriesContext(connection) as asked_for:
            client.get(reverse("search"), {"words": "fellside"})
        return len(asked_for)

    SettingFactory(owner=owner)
    one = queries()
    SettingFactory.create_batch(9, owner=owner)
    assert queries() == one
