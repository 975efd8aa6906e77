"""A council's counts come as a file: all of it is recorded, or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from providers.contracts.models import PlacingCount
from qa_portal.core.dates import today
from tests.factories.register import PlacingCountFactory, SettingFactory

pytestmark = pytest.mark.django_db


def send(client, text: str):
    day = today()
    return client.post(
        reverse("upload_placing_counts"),
        {
            "upload": SimpleUploadedFile("counts.csv", text.encode()),
            "as_at_day": day.day,
            "as_at_month": day.month,
            "as_at_year": day.year,
        },
    )


def test_officer_uploads_counts_and_sees_who_gave_them(world):
    SettingFactory(urn="SC123456"), SettingFactory(urn="2590934")
    PlacingCountFactory(setting__urn="2611111", count=7)  # Lancashire's own
    client = world.client("placements_officer")
    assert send(client, "URN,count\nSC123456,2\n2590934,0\n").url == reverse("placing_counts")
    page = client.get(reverse("placing_counts")).text
    assert "2 counts recorded." in page
    assert "SC123456" in page
    assert world.users["placements_officer"].person.name in page
    assert "2611111" not in page
    assert "Never a row for a child, and no names" in page
    send(client, "SC123456,2\n2590934,0\n")
    assert "nothing has changed" in client.get(reverse("placing_counts")).text


def test_one_wrong_line_records_nothing_and_is_named(world):
    SettingFactory(urn="SC123456")
    client = world.client("contract_officer")
    answer = send(client, "SC123456,2\nSC654321,many\n")
    assert answer.status_code == 422
    assert "Line 2: the count “many” is not a whole number" in answer.text
    answer = send(client, "SC123456,2\nSC654321,1\n")
    assert "The register has no setting with the URN SC654321" in answer.text
    assert not PlacingCount.objects.exists()


def test_file_over_a_megabyte_is_refused(world):
    answer = send(world.client("contract_officer"), "a" * (1024 * 1024 + 1))
    assert "over 1 MB" in answer.text


@pytest.mark.parametrize("persona", ["social_worker", "installation_administrator", "provider_manager_x"])
def test_others_have_no_such_page(world, persona):
    assert world.client(persona).get(reverse("placing_counts")).status_code == 404
