"""A row is read again before a rule is asked, and a page that showed an older one is told so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qa_portal.core.audit.locking import locked
from qa_portal.core.audit.models import StaleObject
from tests.lossy.models import KeptHome

pytestmark = pytest.mark.django_db


def test_row_is_read_again():
    shown = KeptHome.objects.create(name="Beck House", beds=2)
    saved = KeptHome.objects.get(pk=shown.pk)
    saved.beds = 3
    saved.save()
    assert locked(shown).beds == 3


def test_row_is_locked_until_the_transaction_ends():
    row = KeptHome.objects.create(name="Beck House")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        locked(row)
    assert len(queries) == 1
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in queries[0]["sql"]


def test_version_that_the_page_showed_is_still_the_one():
    row = KeptHome.objects.create(name="Beck House")
    assert locked(row, version=row.row_version) == row


def test_version_that_somebody_changed_since_is_a_conflict():
    shown = KeptHome.objects.create(name="Beck House")
    saved = KeptHome.objects.get(pk=shown.pk)
    saved.save()
    with pytest.raises(StaleObject, match="was changed by somebody else while you had it open"):
        locked(shown, version=shown.row_version)


def test_row_that_is_gone_is_not_found():
    row = KeptHome.objects.create(name="Beck House")
    KeptHome(pk=row.pk, name="Beck House").delete()
    with pytest.raises(KeptHome.DoesNotExist):
        locked(row)
