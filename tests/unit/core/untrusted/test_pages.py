"""A hostile file at each page that takes one: a sentence, the answers kept, nothing stored."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import reverse

from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.importer.import_steps import PREVIEW, ask_for_import
from inspections.ofsted.models import RegisterFile
from inspections.ofsted.reader import reading as register
from providers.contracts import reading as counts
from providers.contracts.models import PlacingCount
from providers.documents.models import Document
from providers.documents.storage import stored_names
from providers.documents.validation import file_check
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from qa_portal.core.untrusted import PAGES, read_in_child
from qa_portal.core.untrusted.pool import BUSY
from tests.factories import files, hostile
from tests.unit.core.untrusted import strangers
from tests.unit.core.untrusted.conftest import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def nobody_reads(monkeypatch, settings, tmp_path):
    """Every budget is spent before the first byte is read; documents go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    none = {"cpu_seconds": 1, "wall_seconds": 20.0, "memory_bytes": 0}
    for module, name in (
        (file_check, "BUDGET"),
        (counts, "BUDGET"),
        (register, "A_LOOK"),
        (register, "A_FILE"),
    ):
        monkeypatch.setattr(module, name, replace(getattr(module, name), **none))
    # A child that has imported a reader already might read a small file in memory that it holds.
    PAGES.close()
    yield
    PAGES.close()


def answers(upload) -> dict:
    return {"kind": "accounts", "upload": upload, "identifies_child": "no"}


def kept() -> list[str]:
    return [name for _, names in stored_names() for name in names]


def test_document_over_its_budget_is_refused_and_not_stored(world, nobody_reads):
    client = world.client("provider_manager_x")
    answer = client.post(reverse("add_document"), answers(files.upload(files.pdf(), "a.pdf")))
    assert answer.status_code == 422
    assert file_check.TOO_COSTLY[file_check.Family.PDF] in answer.text
    assert 'value="accounts" selected' in answer.text
    assert not Document.objects.exists()
    assert kept() == []


def test_same_document_within_its_budget_is_stored(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    client = world.client("provider_manager_x")
    assert (
        client.post(reverse("add_document"), answers(files.upload(files.pdf(), "a.pdf"))).status_code == 302
    )
    assert Document.objects.count() == len(kept()) == 1


def test_large_document_is_read_from_the_disk_where_it_lies(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    upload = files.upload(files.jpeg((400, 300)) + bytes(5000), "a.jpg")
    assert (
        world.client("provider_manager_x").post(reverse("add_document"), answers(upload)).status_code == 302
    )
    assert len(kept()) == 1


def test_repeated_scans_are_refused_by_a_count(world):
    upload = files.upload(hostile.progressive_jpeg(80, side=200), "a.jpg")
    answer = world.client("provider_manager_x").post(reverse("add_document"), answers(upload))
    assert answer.status_code == 422
    assert "written in a way that takes too long to read" in answer.text


def test_counts_over_their_budget_are_refused_and_not_stored(world, nobody_reads):
    answer = world.client("contract_officer").post(
        reverse("upload_placing_counts"),
        {
            "upload": files.upload(b"SC123456,1\n", "a.csv"),
            "as_at_day": 1,
            "as_at_month": 2,
            "as_at_year": 2024,
        },
    )
    assert answer.status_code == 422
    assert counts.TOO_COSTLY in answer.text
    assert not PlacingCount.objects.exists()


def test_register_over_its_budget_is_refused_at_the_first_look(world, nobody_reads):
    content = hostile.csv_of_headings(10)
    answer = world.client("installation_administrator").post(
        reverse("new_ofsted_file"), {"upload": files.upload(content, "a.csv")}
    )
    assert answer.status_code == 422
    assert "keep only Ofsted’s own columns and rows" in answer.text
    assert not ImportRequest.objects.exists()


def test_register_over_its_budget_in_the_background_is_refused_and_not_imported(world, monkeypatch):
    asked = ask_for_import(
        by=world.as_("installation_administrator"),
        upload=files.upload(hostile.workbook_of_strings(400_000), "provider_at_march_2024.xlsx"),
    )
    monkeypatch.setattr(register, "A_FILE", SMALL)
    run_due(PREVIEW)
    asked.refresh_from_db()
    assert (asked.state, asked.refusal) == (ImportRequest.State.REFUSED, register.TOO_COSTLY)
    assert asked.content is None
    assert not RegisterFile.objects.exists()


def test_when_others_are_read_the_page_says_so_and_keeps_the_answers(world, monkeypatch):
    monkeypatch.setattr(PAGES, "patience", 0)
    for _ in range(PAGES.number):
        PAGES.places.acquire()
    try:
        answer = world.client("provider_manager_x").post(
            reverse("add_document"), answers(files.upload(files.pdf(), "a.pdf"))
        )
    finally:
        PAGES.places.release(PAGES.number)
    assert answer.status_code == 422
    assert BUSY in answer.text
    assert 'value="accounts" selected' in answer.text


def test_suite_sees_a_file_that_is_read_inside_a_transaction():
    with transaction.atomic(), pytest.raises(AssertionError, match="inside a transaction"):
        read_in_child(strangers.say, "a", budget=SMALL, refusal="")
    with pytest.raises(Refused):
        read_in_child(strangers.refuse, "Outside.", budget=SMALL, refusal="")
