"""A document is a file and a row, or neither; its contents can go while its checksum stays."""

import hashlib
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from providers.documents import access_rules
from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.documents.selectors import expiring, expiry_words, same_contents
from providers.documents.services import (
    mark_identifies_child,
    remove_contents,
    remove_expired_contents,
    store_document,
)
from providers.documents.storage import document_storage
from providers.documents.validation.file_check import check_file
from qa_portal.core.audit.models import StaleObject
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories import files
from tests.factories.documents import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rules")]
COVER = {"cover_amount": 10_000_000, "from_on": date(2026, 4, 1), "expires_on": date(2027, 3, 31)}


def stored(document: Document) -> bytes:
    with document_storage().open(document.stored_name) as content:
        return content.read()


def test_document_keeps_what_was_uploaded_under_a_random_name(world, files_kept):
    content = files.pdf()
    manager = world.as_("provider_manager_x")
    document = store_document(
        by=manager,
        upload=files.upload(content, "../Liability 2026.pdf"),
        kind=DocumentKind.PUBLIC_LIABILITY,
        identifies_child=False,
        **COVER,
    )
    assert stored(document) == content
    assert (document.filename, document.content_type) == ("Liability 2026.pdf", "application/pdf")
    assert (document.size, document.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (document.organisation, document.uploaded_by) == (world.provider_x, manager.membership)
    assert document.scan_state == Document.Scan.NOT_SCANNED
    assert files_kept() == [document.public_id.hex]
    assert "Liability" not in document.stored_name
    assert document.history.count() == 1


def test_checksum_of_a_photograph_is_that_of_what_is_kept(world):
    document = store_document(
        by=world.as_("provider_contributor_x"),
        upload=check_file(files.upload(files.jpeg(located=True), "garden.jpg")),
        kind=DocumentKind.PHOTOGRAPH,
        identifies_child=False,
    )
    assert document.sha256 == hashlib.sha256(stored(document)).hexdigest()
    assert not Image.open(io.BytesIO(stored(document))).getexif()


def test_stored_file_is_readable_by_nobody_else_on_the_machine(world):
    document = a_document(world.as_("provider_manager_x"))
    assert Path(document_storage().path(document.stored_name)).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "persona", ["social_worker", "partner_contributor", "placements_officer", "board_chair"]
)
def test_role_that_reads_no_documents_stores_none(world, persona, files_kept):
    with pytest.raises(Refused, match="Your role does not allow this"):
        a_document(world.as_(persona))
    assert not files_kept()


def test_refused_file_leaves_nothing(world, files_kept):
    with pytest.raises(Refused, match="not taken"):
        a_document(world.as_("provider_manager_x"), name="policy.exe")
    assert not files_kept()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (DocumentKind.PUBLIC_LIABILITY, {}, "Enter the expiry date"),
        (DocumentKind.PUBLIC_LIABILITY, {"expires_on": today()}, "Enter the cover amount and the start date"),
        (DocumentKind.ICO, {}, "Enter the expiry date"),
        (DocumentKind.ACCOUNTS, {"cover_amount": 1}, "Accounts has no cover amount"),
        (
            DocumentKind.ACCOUNTS,
            {"from_on": date(2026, 2, 1), "expires_on": date(2026, 1, 31)},
            "before the start date",
        ),
    ],
)
def test_facts_that_the_kind_needs_are_asked_for(world, kind, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        a_document(world.as_("provider_manager_x"), kind=kind, **facts)


def test_row_that_cannot_be_written_takes_its_file_along(world, files_kept, monkeypatch):
    def fail(*_, **__):
        raise DatabaseError("gone")

    monkeypatch.setattr(Document, "save", fail)
    with pytest.raises(DatabaseError):
        a_document(world.as_("provider_manager_x"))
    assert not files_kept()


def test_name_that_identifies_a_child_is_not_kept(world):
    document = a_document(
        world.as_("provider_manager_x"),
        name="Sam Smith incident.txt",
        kind=DocumentKind.EVIDENCE,
        identifies_child=True,
    )
    assert document.filename == "Evidence.txt"
    assert (document.keep_until_on - today()).days == 365
    assert not document.history.filter(filename__contains="Sam").exists()


def test_contents_go_and_checksum_reason_and_who_stay(world, files_kept, django_capture_on_commit_callbacks):
    manager = world.as_("provider_manager_x")
    document = a_document(world.as_("provider_contributor_x"))
    with django_capture_on_commit_callbacks(execute=True):
        remove_contents(by=manager, document=document, reason="Wrong home")
        assert files_kept(), "the file stays until the row is certain"
    assert not files_kept()
    checksum = document.sha256
    document.refresh_from_db()
    assert (document.sha256, document.removal_reason) == (checksum, "Wrong home")
    assert document.removed_by == manager.membership
    assert document.history.first().history_change_reason == "Wrong home"
    with pytest.raises(Refused, match="removed already"):
        remove_contents(by=manager, document=document, reason="Again")


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("provider_manager_y", "Only the organisation that uploaded"),
        ("contract_officer", "Only the organisation that uploaded"),
        ("provider_contributor_x", "Only the person who uploaded this document, or a manager"),
    ],
)
def test_others_cannot_remove_contents(world, persona, sentence):
    document = a_document(world.as_("provider_manager_x"))
    with pytest.raises(Refused, match=sentence):
        remove_contents(by=world.as_(persona), document=document, reason="No")


def test_contents_that_a_decision_rests_on_stay_unless_a_child_is_identified(world):
    manager = world.as_("provider_manager_x")
    document = a_document(manager)
    access_rules.register_retention_hold(lambda: access_rules.Q(pk=document.pk))
    with pytest.raises(Refused, match="A decision rests on this document"):
        remove_contents(by=manager, document=document, reason="Hide it")
    with pytest.raises(Refused, match="A decision rests on this document"):
        mark_identifies_child(by=manager, document=document)
    access_rules.register_reader(lambda user: access_rules.Q(pk=document.pk))
    mark_identifies_child(by=world.as_("contract_officer"), document=document)
    remove_contents(by=manager, document=document, reason="A child is named on page 3")


def test_time_alone_empties_nothing_that_a_decision_rests_on(world, time_machine, files_kept):
    time_machine.move_to(timezone.now())
    document = a_document(world.as_("provider_manager_x"), identifies_child=True)
    access_rules.register_retention_hold(lambda: access_rules.Q(pk=document.pk))
    time_machine.shift(timedelta(days=400))
    assert run_due("documents past their time")[0].done == 0
    document.refresh_from_db()
    assert not document.is_removed


def test_document_of_a_child_is_emptied_when_its_time_is_over(
    world, time_machine, django_capture_on_commit_callbacks, files_kept
):
    manager = world.as_("provider_manager_x")
    time_machine.move_to(timezone.now())
    document = a_document(manager, identifies_child=True)
    a_document(manager)
    time_machine.shift(timedelta(days=365))
    assert run_due("documents past their time")[0].done == 0, "the last day is kept whole"
    time_machine.shift(timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert run_due("documents past their time")[0].done == 1
    document.refresh_from_db()
    assert document.is_removed
    assert document.removed_by is None
    assert "identifies a child" in document.removal_reason
    assert len(files_kept()) == 1
    before = document.history.count()
    remove_expired_contents(document)
    assert document.history.count() == before


def test_newer_document_replaces_an_older_one_once(world):
    manager = world.as_("provider_manager_x")
    old = a_document(manager, kind=DocumentKind.PUBLIC_LIABILITY, **COVER)
    new = a_document(manager, kind=DocumentKind.PUBLIC_LIABILITY, replaces=old, **COVER)
    assert list(Document.objects.current()) == [new]
    with pytest.raises(Refused, match="replaced already"):
        a_document(manager, kind=DocumentKind.PUBLIC_LIABILITY, replaces=old, **COVER)
    with pytest.raises(Refused, match="Only the organisation"):
        a_document(world.as_("provider_manager_y"), kind=DocumentKind.PUBLIC_LIABILITY, replaces=new, **COVER)
    assert Document.objects.count() == 2


def test_document_of_a_child_is_not_replaced(world):
    manager = world.as_("provider_manager_x")
    old = a_document(manager, identifies_child=True)
    with pytest.raises(Refused, match="is not replaced"):
        a_document(manager, replaces=old)


def test_removed_replacement_lets_the_older_one_count_again(world):
    manager = world.as_("provider_manager_x")
    old = a_document(manager)
    new = a_document(manager, replaces=old)
    remove_contents(by=manager, document=new, reason="Wrong file")
    assert list(Document.objects.current()) == [old]


def test_expiring_documents_are_told_soonest_first_without_replaced_and_removed_ones(world):
    manager = world.as_("provider_manager_x")

    def ends(on: date, **facts) -> Document:
        return a_document(manager, kind=DocumentKind.ICO, expires_on=on, **facts)

    day = date(2026, 3, 1)
    last, first = ends(date(2026, 4, 30)), ends(day)
    ends(date(2026, 5, 1)), ends(date(2026, 2, 28))
    replaced = ends(date(2026, 3, 5))
    ends(date(2027, 3, 5), replaces=replaced)
    remove_contents(by=manager, document=ends(date(2026, 3, 6)), reason="Wrong")
    assert list(expiring(day, 60)) == [first, last]


@pytest.mark.parametrize(
    ("expires_on", "told"),
    [
        (None, ("none", "No expiry date")),
        (date(2026, 3, 30), ("red", "Expired")),
        (date(2026, 3, 31), ("amber", "Expires today")),
        (date(2026, 4, 1), ("amber", "1 day left")),
        (date(2026, 5, 30), ("amber", "60 days left")),
        (date(2026, 5, 31), ("green", "In date")),
    ],
)
def test_last_day_is_told_in_words(expires_on, told, time_machine):
    time_machine.move_to("2026-03-31 23:30+01:00", tick=False)
    assert expiry_words(Document(expires_on=expires_on)) == told


def test_same_contents_given_twice_are_found_where_the_user_sees_both(world):
    one, other = (a_document(world.as_("provider_manager_x"), text="Same") for _ in range(2))
    a_document(world.as_("provider_manager_y"), text="Same")
    assert list(same_contents(one, world.as_("provider_contributor_x"))) == [other]
    page = world.client("provider_contributor_x").get(reverse("document", args=[one.public_id])).text
    assert "The same file as" in page
    assert reverse("document", args=[other.public_id]) in page


def test_stale_document_is_a_conflict(world):
    document = a_document(world.as_("provider_manager_x"))
    stale = Document.objects.get(pk=document.pk)
    document.save()
    with pytest.raises(StaleObject):
        stale.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"removed_at": "2026-01-01T00:00Z"},
        {"removal_reason": "Because"},
        {"scan_state": "clean"},
        {"scanned_at": "2026-01-01T00:00Z"},
        {"identifies_child": True},
        {"from_on": date(2026, 2, 1), "expires_on": date(2026, 1, 1)},
    ],
)
def test_database_refuses_half_facts(world, wrong):
    document = a_document(world.as_("provider_manager_x"))
    for name, value in wrong.items():
        setattr(document, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save()
