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
    assert "Never list individual children or names" in page
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


def confirm(client, *rows: PlacingCount, **answers):
    versions = [f"{row.pk}-{row.row_version}" for row in rows]
    return client.post(reverse("confirm_use"), {"rows": versions} | answers)


def test_colleague_confirms_an_uploaded_file_with_one_press(world):
    homes = [SettingFactory(urn=urn, authority=world.south.authority) for urn in ("SC123456", "2590934")]
    send(world.client("placements_officer"), "SC123456,2\n2590934,1\n")
    own = world.client("placements_officer").get(reverse("confirm_use")).text
    assert "Recorded by you, waiting for a colleague" in own
    theirs = world.client("placements_officer").get(reverse("placing_counts")).text
    assert "2 numbers that you recorded wait for a colleague" in theirs
    assert "numbers to confirm" not in theirs  # they cannot confirm their own
    assert "2 numbers to confirm" in world.client("contract_officer").get(reverse("placing_counts")).text
    assert world.users["contract_officer"].person.name in own  # who may confirm
    client = world.client("contract_officer")
    assert "placing counts to confirm" in client.get("/").text
    page = client.get(reverse("confirm_use")).text
    assert page.count("checked") == 2  # ticked, so that one press confirms the file
    assert "SC123456" in page
    rows = list(PlacingCount.objects.all())
    answer = confirm(client, *rows)
    assert answer.status_code == 422
    assert "Choose whether you confirm or refuse" in answer.text
    assert confirm(client, *rows, answer="confirm").url == reverse("placing_counts")
    page = client.get(reverse("placing_counts")).text
    assert "2 numbers confirmed" in page
    assert page.count(world.users["contract_officer"].person.name) >= len(homes)
    assert (
        "Your colleagues have recorded no numbers for you to confirm"
        in client.get(reverse("confirm_use")).text
    )


def test_refusing_a_number_needs_a_reason_that_its_author_reads(world):
    SettingFactory(urn="SC123456")
    send(world.client("placements_officer"), "SC123456,2\n")
    client, row = world.client("contract_officer"), PlacingCount.objects.get()
    answer = confirm(client, row, answer="refuse")
    assert answer.status_code == 422
    assert "Say what is wrong" in answer.text
    confirm(client, row, answer="refuse", reason="One of them left in May.")
    page = world.client("placements_officer").get(reverse("placing_counts")).text
    assert "Refused" in page
    assert "One of them left in May." in page


def test_number_that_changed_under_an_open_page_is_not_confirmed(world):
    SettingFactory(urn="SC123456")
    send(world.client("placements_officer"), "SC123456,2\n")
    row = PlacingCount.objects.get()
    send(world.client("placements_officer"), "SC123456,9\n")
    answer = confirm(world.client("contract_officer"), row, answer="confirm")
    assert answer.status_code == 422
    assert "Check the list again" in answer.text
    assert not PlacingCount.objects.get().is_confirmed


def test_council_with_one_such_person_is_told_whom_to_ask(world):
    for persona in ("contract_officer", "team_manager", "council_administrator"):
        membership = world.membership(persona)
        membership.to_on = today()
        membership.save()
    SettingFactory(urn="SC123456")
    client = world.client("placements_officer")
    send(client, "SC123456,2\n")
    assert "Nobody else at your council records placing counts" in client.get(reverse("confirm_use")).text


def test_own_council_reads_the_withheld_name_until_its_use_is_confirmed(world):
    home = SettingFactory(urn="SC123456", working_name="Beck House", authority=world.south.authority)
    send(world.client("placements_officer"), "SC123456,2\n")
    client = world.client("contract_officer")
    for page in ("placing_counts", "confirm_use", "directory"):
        text = client.get(reverse(page)).text
        assert "SC123456" in text
        assert "Beck House" not in text
    assert "has not confirmed it yet" in client.get(reverse("setting", args=[home.public_id])).text
    confirm(client, PlacingCount.objects.get(), answer="confirm")
    assert "Beck House" in client.get(reverse("placing_counts")).text
