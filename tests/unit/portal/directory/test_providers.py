import datetime as dt

import pytest
from django.urls import reverse

from providers.directory.models import ProviderGroup
from tests.factories.people import ProviderFactory
from tests.factories.register import SettingFactory
from tests.unit.portal.directory.building import inspected

pytestmark = pytest.mark.django_db


def page(world, persona: str, name: str, thing) -> str:
    answer = world.client(persona).get(reverse(name, args=[thing.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def provider():
    return ProviderFactory(name="Fellside Care Ltd", company_number="01234567")


def test_provider_lists_its_settings_with_their_grades(world, provider):
    home = SettingFactory(owner=provider, working_name="Ravenscar Lodge")
    SettingFactory(working_name="Elsewhere")
    inspected(home, "Good", dt.date(2023, 3, 2))
    assert "Ravenscar Lodge" not in page(world, "young_researcher", "provider", provider)
    text = page(world, "contract_officer", "provider", provider)
    for words in ("01234567", "Ravenscar Lodge", "Good", "2 Mar 2023", "1 setting"):
        assert words in text
    assert "Elsewhere" not in text


def test_name_that_is_almost_the_same_is_hinted_to_those_who_may_merge(world, provider):
    ProviderFactory(name="Fellside Care Limited")
    assert "Fellside Care Limited" in page(world, "procurement_officer", "provider", provider)
    assert "Fellside Care Limited" not in page(world, "contract_officer", "provider", provider)


def test_merger_counts_one_name_s_settings_as_the_other_s(world, provider):
    other = ProviderFactory(name="Fellside Care Limited")
    SettingFactory(owner=other, working_name="Ravenscar Lodge")
    url = reverse("merge_provider", args=[other.public_id])
    client = world.client("procurement_officer")
    unknown = client.post(url, {"into": "No such name", "reason": "Same number"})
    assert unknown.status_code == 422
    assert "The register has no provider of this name" in unknown.content.decode()
    itself = client.post(url, {"into": other.name, "reason": "Same number"})
    assert "Choose two different providers." in itself.content.decode()
    assert client.post(url, {"into": "fellside  care LTD", "reason": "Same number"}).status_code == 302
    assert "Ravenscar Lodge" in page(world, "contract_officer", "provider", provider)
    assert "This name counts as" in page(world, "contract_officer", "provider", other)
    assert client.get(url).status_code == 404
    assert "Same number" in page(world, "officer_south", "provider", provider)
    assert "Same number" not in page(world, "provider_manager_y", "provider", provider)


def test_group_counts_by_grade_on_each_scale_and_averages_nothing(world, provider):
    provider.group = group = ProviderGroup.objects.create(name="Fellside Group")
    provider.save()
    for words in ("Good", "Good", "Inadequate"):
        inspected(SettingFactory(owner=provider), words, dt.date(2023, 3, 2))
    house = SettingFactory(owner=provider)
    inspected(house, "Serious or widespread weaknesses", dt.date(2025, 3, 2), scale="SA-3")
    SettingFactory(owner=provider)
    answer = world.client("young_researcher").get(reverse("provider_group", args=[group.public_id]))
    assert answer.context["providers"] == [(provider, 5, 1)]
    four, three = answer.context["scales"]
    assert dict(zip(four.grades, four.rows[0][1], strict=True)) == {
        "Outstanding": 0,
        "Good": 2,
        "Requires improvement to be good": 0,
        "Inadequate": 1,
    }
    assert three.rows[0][1] == [0, 0, 1]
