"""A file is what its page shows: the same filters, the same day, or a page that says why there is none."""

import json

import pytest
from django.urls import reverse

from qa_portal.core.dates import ONE_DAY, today
from tests.factories.register import SettingFactory
from tests.unit.inspections.scorecards.presentation.exports import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(world):
    return SettingFactory(authority=world.north.authority, working_name="Fellside House")


@pytest.fixture
def other(world):
    return SettingFactory(authority=world.south.authority, working_name="Beck Hall")


@pytest.fixture
def get(world, home, other):
    client = world.client("team_manager")
    return lambda name, *args, **query: client.get(reverse(name, args=args), query)


def names(answer) -> list[str]:
    return sorted(row["name"] for row in json.loads(answer.content)["rows"])


def test_file_has_the_settings_that_the_page_shows(get, other):
    assert names(get("scorecards_json")) == ["Fellside House"]
    withheld = f"Children's home {other.urn} (name withheld by Ofsted)"
    assert names(get("scorecards_json", only="all")) == [withheld, "Fellside House"]
    assert names(get("scorecards_json", only="all", band="green")) == []


def test_page_leads_to_each_file_with_what_was_asked(get):
    page = get("scorecards", only="all").content.decode()
    for name in ("pdf", "csv", "xlsx", "json"):
        assert f'href="{reverse(f"scorecards_{name}")}?only=all"' in page


@pytest.mark.parametrize("name", ["pdf", "csv", "json"])
def test_profile_leads_to_its_files_and_they_are_named_after_it(get, home, name):
    address = reverse(f"scorecard_setting_{name}", args=[home.public_id])
    assert f'href="{address}"' in get("scorecard_setting", home.public_id).content.decode()
    answer = get(f"scorecard_setting_{name}", home.public_id)
    told = f'attachment; filename="scorecard-fellside-house-{today()}.{name}"'
    assert answer.headers["Content-Disposition"] == told
    assert answer.headers["Cache-Control"] == "no-store"


def test_file_of_a_provider_is_over_its_settings(get, home):
    provider = home.ownerships.get().provider
    [row] = json.loads(get("scorecard_provider_json", provider.public_id).content)["rows"]
    assert (row["kind"], row["name"], row["settings"]) == ("provider", provider.name, 1)


def test_pdf_says_its_filters_and_leads_to_the_page_with_them(get, world):
    text = reading.text_of_pdf(get("scorecards_pdf", only="all", band="red").content)
    assert "Settings:Allregistered;Rating:Red" in text
    assert "/scorecards/?only=all&band=red" in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"as_at": str(today() + ONE_DAY)}, "The day must be today or in the past"),
        ({"as_at": "31/02/2026"}, "The day must be a real date"),
        ({"band": "purple"}, "Choose “Rating” from the list"),
    ],
)
def test_wrong_filter_makes_no_file_that_would_pass_for_another_day_s(get, asked, sentence):
    answer = get("scorecards_csv", **asked)
    assert answer.status_code == 422
    assert "Content-Disposition" not in answer.headers
    assert sentence in answer.content.decode()


def test_setting_without_a_score_that_day_has_no_file_and_a_sentence(get, home):
    answer = get("scorecard_setting_pdf", home.public_id, as_at="2019-01-01")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is no score on 1 January 2019: it was not in the register that day." in page
    assert f'href="{reverse("scorecard_setting", args=[home.public_id])}?as_at=2019-01-01"' in page
