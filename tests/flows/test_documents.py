"""A document that is infected, or that runs out: whoever answers for it is told, once, without its name."""

import datetime as dt

import pytest

from providers.documents import scanning
from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.notifications.models import Notification
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories.documents import a_document

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[int]:
    return sorted(Notification.objects.filter(kind=kind).values_list("to", flat=True))


def test_virus_is_told_once_to_whoever_uploaded_it_and_to_who_manages_documents_there(world):
    document = a_document(world.as_("provider_contributor_x"), name="Rota of Fell View.txt")
    run_due()
    assert told("document_infected") == []
    Document.objects.audited_update(scan_state=Document.Scan.WAITING)
    scanning.record(document, Document.Scan.INFECTED, why="Found Eicar.")
    run_due()
    uploader, manager = world.membership("provider_contributor_x"), world.membership("provider_manager_x")
    readers = told("document_infected")
    assert {uploader.pk, manager.pk} <= set(readers)
    assert not Notification.objects.exclude(to__organisation=world.provider_x).exists()
    run_due()
    assert told("document_infected") == readers
    assert "Rota" not in str(list(Notification.objects.values()))


@pytest.mark.parametrize(("days", "messages"), [(61, 0), (60, 1), (3, 1), (-1, 0)])
def test_document_that_runs_out_is_told_in_time_and_its_successor_ends_that(days, messages, world):
    manager = world.as_("provider_manager_x")
    facts = {"kind": DocumentKind.OTHER_POLICY, "expires_on": today() + dt.timedelta(days=days)}
    old = a_document(manager, from_on=today() - dt.timedelta(days=99), **facts)
    run_due()
    run_due()
    assert told("document_expires").count(world.membership("provider_manager_x").pk) == messages
    new = a_document(manager, text="Newer")
    Document.objects.filter(pk=new.pk).audited_update(replaces=old)
    Notification.objects.all().delete()
    run_due()
    assert told("document_expires") == []
