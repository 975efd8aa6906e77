"""An uploaded file is previewed, confirmed and imported once, whatever is delivered twice or killed midway."""

import threading
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from inspections.ofsted.importer import import_steps
from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.importer.import_steps import (
    APPLY,
    PREVIEW,
    ask_for_import,
    confirm_import,
    withdraw_import,
)
from inspections.ofsted.models import RegisterEntry, RegisterFile
from inspections.ofsted.reader.tables import MOST_BYTES
from providers.people.models import Membership
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.register import import_rows
from tests.factories.world import build_world
from tests.unit.inspections.ofsted.building import register, row
from workflows.reactions import imports as reactions

pytestmark = pytest.mark.django_db
INSTALLER = "installation_administrator"
MARCH, SEPTEMBER = date(2024, 3, 31), date(2024, 9, 30)
State = ImportRequest.State


def upload(content: bytes | None = None, name: str = "register_2024-09-30.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, register(row()) if content is None else content)


@pytest.fixture
def asked(world) -> ImportRequest:
    return ask_for_import(by=world.as_(INSTALLER), upload=upload(), as_at=SEPTEMBER)


@pytest.fixture
def confirmed(world, asked) -> ImportRequest:
    run_due(PREVIEW)
    confirm_import(by=world.as_(INSTALLER), request=asked)
    return asked


def test_administrator_imports_a_file_page_by_page(world):
    """Scenario 10: cp1252, an unknown status, a repeated URN; the preview says so, and again changes nothing."""
    import_rows(row(), row(urn="2590934"), as_at=MARCH)
    client = world.client(INSTALLER)
    content = register(
        row(grade="Inadequate", event="10999999"), row(), row(urn="2700001", owner="Café Care Ltd")
    )
    answer = client.post(
        reverse("new_ofsted_file"),
        {
            "upload": upload(content.decode().encode("cp1252")),
            "as_at_day": "30",
            "as_at_month": "9",
            "as_at_year": "2024",
        },
    )
    asked = ImportRequest.objects.get()
    assert answer.url == reverse("ofsted_file_import", args=[asked.public_id])
    page = client.get(answer.url).text
    assert "Waiting for its turn" in page
    assert "Import now" not in page

    run_due()
    page = client.get(answer.url).text
    assert "What would change" in page
    assert "Line 3: the URN SC009423 is already on line 2." in page
    assert "2700001" in page
    assert RegisterFile.objects.count() == 1, "a preview writes nothing"

    assert "1 of the 2 settings" in page
    assert "Import now" not in page
    refused = client.post(reverse("confirm_ofsted_file_import", args=[asked.public_id]))
    assert refused.status_code == 422
    assert "Confirm that these settings are to be removed" in refused.text
    with pytest.raises(Refused, match="Confirm first that 1 settings"):
        confirm_import(by=world.as_(INSTALLER), request=asked)
    confirmed = client.post(
        reverse("confirm_ofsted_file_import", args=[asked.public_id]), {"gone_confirmed": "on"}
    )
    assert confirmed.status_code == 302
    assert "Being imported" in client.get(answer.url).text
    run_due()
    asked.refresh_from_db()
    assert (asked.state, asked.content, asked.file.as_at) == (State.DONE, None, SEPTEMBER)
    assert (asked.gone_confirmed, asked.file.gone_confirmed) == (1, 1)
    assert asked.file.imported_by == world.users[INSTALLER].person
    assert asked.file.result["gone"] == ["2590934"]
    assert "What it changed" in client.get(answer.url).text

    kept = world.client("board_member").get(reverse("ofsted_file", args=[asked.file.public_id])).text
    assert "Newly inadequate" in kept
    assert "30 September 2024" in world.client("officer_south").get(reverse("ofsted_files")).text


def test_upload_is_read_in_this_process_without_waiting_for_the_next_pass(commits):
    asked = ask_for_import(by=build_world().as_(INSTALLER), upload=upload(), as_at=SEPTEMBER)
    for thread in threading.enumerate():
        if thread.name == f"due-{PREVIEW}":
            thread.join()
    asked.refresh_from_db()
    assert asked.state == State.PREVIEWED


def test_title_s_day_is_shown_before_anybody_confirms(world):
    content = register(row(), titles=["Social care providers as at 31 March 2024"])
    ask_for_import(by=world.as_(INSTALLER), upload=upload(content, "providers.csv"))
    run_due(PREVIEW)
    asked = ImportRequest.objects.get()
    assert (asked.state, asked.speaks_for) == (State.PREVIEWED, MARCH)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (
            b"PK\3\4",
            "register.ods",
            "OpenDocument (.ods) spreadsheet, which is not read: open it and save it as CSV",
        ),
        (b"%PDF", "register.pdf", "neither a CSV file nor an Excel workbook"),
        (b"URN\0", "register.csv", "holds NUL bytes"),
        (b"a" * (MOST_BYTES + 1), "register.csv", "over 20 MB"),
        (b"PK" + b"a" * MOST_BYTES, "register.xlsx", "over 20 MB"),
        (b"", "register.csv", "The file is empty"),
    ],
)
def test_file_that_is_no_register_is_refused_at_once(world, content, name, sentence):
    answer = world.client(INSTALLER).post(reverse("new_ofsted_file"), {"upload": upload(content, name)})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not ImportRequest.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"Name,Places\nA,1\n", "URN"), (register(), "no rows"), (b"PK\3\4 not a workbook", "")],
)
def test_fault_found_while_reading_refuses_the_request_in_the_reader_s_words(world, content, sentence):
    name = "register.xlsx" if content.startswith(b"PK") else "register.csv"
    asked = ask_for_import(by=world.as_(INSTALLER), upload=upload(content, name), as_at=SEPTEMBER)
    run_due()
    asked.refresh_from_db()
    assert (asked.state, asked.content) == (State.REFUSED, None)
    assert sentence in asked.refusal
    page = world.client(INSTALLER).get(reverse("ofsted_file_import", args=[asked.public_id])).text
    assert "Nothing was imported" in page
    assert not RegisterFile.objects.exists()


def test_file_without_a_day_is_refused(world):
    asked = ask_for_import(by=world.as_(INSTALLER), upload=upload(name="register.csv"))
    run_due()
    asked.refresh_from_db()
    assert asked.state == State.REFUSED


def test_day_in_the_future_is_refused(world):
    with pytest.raises(Refused, match="future"):
        ask_for_import(by=world.as_(INSTALLER), upload=upload(), as_at=today().replace(year=2999))


def test_same_item_delivered_twice_has_one_effect(asked, world):
    stale = ImportRequest.objects.get()
    run_due(PREVIEW)
    previewed = ImportRequest.objects.get()
    import_steps.preview_import(stale)
    assert ImportRequest.objects.get().previewed_at == previewed.previewed_at
    confirm_import(by=world.as_(INSTALLER), request=asked)
    stale = ImportRequest.objects.get()
    run_due(APPLY)
    done = ImportRequest.objects.get()
    import_steps.apply_import(stale)
    assert ImportRequest.objects.get().ended_at == done.ended_at
    assert (RegisterFile.objects.count(), RegisterEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("module", "killed_at"), [(reactions, "apply_feed"), (reactions, "open_from_file"), (import_steps, "end")]
)
def test_import_killed_midway_has_written_nothing_and_runs_again(confirmed, monkeypatch, module, killed_at):
    """Before the first row, between the rows and the cases, and before the word that it is done."""

    def killed(*args, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(module, killed_at, killed)
        run_due(APPLY)
    assert ImportRequest.objects.get().state == State.APPLYING
    assert not RegisterFile.objects.exists()
    run_due(APPLY)
    run_due(APPLY)
    assert ImportRequest.objects.get().state == State.DONE
    assert (RegisterFile.objects.count(), RegisterEntry.objects.count()) == (1, 1)


def test_same_file_asked_for_again_changes_nothing(world, confirmed):
    run_due(APPLY)
    again = ask_for_import(by=world.as_(INSTALLER), upload=upload(), as_at=SEPTEMBER)
    run_due(PREVIEW)
    again.refresh_from_db()
    assert (again.result["unchanged"], again.result["new"]) == (["SC009423"], [])
    confirm_import(by=world.as_(INSTALLER), request=again)
    run_due(APPLY)
    again.refresh_from_db()
    assert again.file == RegisterFile.objects.get()
    assert (again.result["unchanged"], again.result["new"]) == (["SC009423"], [])


def test_somebody_who_left_after_confirming_imports_nothing(world, confirmed):
    membership = Membership.objects.get(pk=confirmed.asked_by_id)
    membership.to_on = today()
    membership.save()
    run_due(APPLY)
    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.refusal) == (
        State.REFUSED,
        "Your role does not allow this. Ask your administrator.",
    )
    assert not RegisterFile.objects.exists()


def test_confirmed_twice_or_after_withdrawing_is_refused(world, asked):
    by, client = world.as_(INSTALLER), world.client(INSTALLER)
    with pytest.raises(Refused, match="being read"):
        confirm_import(by=by, request=asked)
    run_due(PREVIEW)
    assert client.post(reverse("withdraw_ofsted_file_import", args=[asked.public_id])).url == reverse(
        "ofsted_files"
    )
    asked.refresh_from_db()
    assert (asked.state, asked.content) == (State.WITHDRAWN, None)
    answer = client.post(reverse("confirm_ofsted_file_import", args=[asked.public_id]))
    assert answer.status_code == 422
    assert "The import is withdrawn by now" in answer.text
    run_due()
    assert not RegisterFile.objects.exists()


def test_import_under_way_cannot_be_withdrawn(world, confirmed):
    with pytest.raises(Refused, match="being imported"):
        withdraw_import(by=world.as_(INSTALLER), request=confirmed)


@pytest.mark.parametrize("persona", ["council_administrator", "contract_officer", "provider_manager_x"])
def test_others_neither_see_requests_nor_import(world, asked, persona):
    client = world.client(persona)
    assert client.get(reverse("new_ofsted_file")).status_code == 404
    assert client.get(reverse("ofsted_file_import", args=[asked.public_id])).status_code == 404
    with pytest.raises(Refused, match="Your role does not allow this"):
        ask_for_import(by=world.as_(persona), upload=upload())


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "done"},
        {"state": "refused"},
        {"confirmed_by_id": 1},
        {"content": None, "state": "previewed"},
    ],
)
def test_table_holds_no_half_told_request(asked, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRequest.objects.filter(pk=asked.pk).update(**facts)


def test_list_that_has_changed_since_the_preview_is_asked_about_again(world):
    """The number is looked at again under the lock: what was confirmed was another list."""
    import_rows(*[row(urn=f"SC{100000 + number}") for number in range(4)], as_at=MARCH)
    content = register(*[row(urn=f"SC{100000 + number}") for number in range(4)])
    asked = ask_for_import(by=world.as_(INSTALLER), upload=upload(content), as_at=SEPTEMBER)
    run_due(PREVIEW)
    confirm_import(by=world.as_(INSTALLER), request=asked)
    import_rows(*[row(urn=f"SC{100000 + number}") for number in range(9)], as_at=date(2024, 6, 30))
    run_due(APPLY)
    asked.refresh_from_db()
    assert asked.state == State.REFUSED
    assert "has changed since the preview. 5 of the 9 settings" in asked.refusal
    assert not RegisterFile.objects.filter(as_at=SEPTEMBER).exists()


def test_file_is_withdrawn_on_its_page_after_seeing_what_that_changes(world):
    import_rows(row(), row(urn="2590934"), as_at=MARCH)
    import_rows(row(places="9"), as_at=SEPTEMBER)
    client, file = world.client(INSTALLER), RegisterFile.objects.get(as_at=SEPTEMBER)
    url = reverse("withdraw_ofsted_file", args=[file.public_id])
    plan = client.get(url).text
    assert "Back on Ofsted’s list" in plan
    assert "Not in the withdrawn file, and on the list without it." in plan  # what the number means
    assert "Only the withdrawn file listed them." not in plan  # of none
    assert "Say why you are withdrawing the file" in client.post(url, {"reason": ""}).text
    assert client.post(url, {"reason": "Three rows alone"}).status_code == 302
    page = world.client("board_member").get(reverse("ofsted_file", args=[file.public_id])).text
    assert "Three rows alone" in page
    assert "Withdraw this file" not in page
    assert "Withdrawn" in client.get(reverse("ofsted_files")).text
    assert "You can withdraw a file" in client.get(reverse("ofsted_files")).text
    assert "You can withdraw a file" not in world.client("board_member").get(reverse("ofsted_files")).text
    assert "This file was withdrawn" in client.get(url).text
