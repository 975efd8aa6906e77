"""Who owns a setting on a day."""

import datetime as dt

import pytest

from providers.directory.models import ProviderMerger, SettingOwnership
from providers.directory.selectors import owner_of
from qa_portal.core.dates import today
from tests.factories.people import ProviderFactory
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db


def test_owner_is_the_one_of_that_day():
    first, second = ProviderFactory(), ProviderFactory()
    home = SettingFactory(owner=first)
    sold_on = today() - dt.timedelta(days=10)
    ownership = SettingOwnership.objects.get(setting=home)
    ownership.to_on = sold_on
    ownership.save()
    SettingOwnership.objects.create(setting=home, provider=second, from_on=sold_on)
    assert owner_of(home) == second
    assert owner_of(home, sold_on - dt.timedelta(days=1)) == first


def test_owner_goes_by_the_name_it_was_merged_into():
    merged, into = ProviderFactory(), ProviderFactory()
    home = SettingFactory(owner=merged)
    ProviderMerger.objects.create(merged=merged, into=into, on=today(), reason="One company")
    assert owner_of(home) == into


def test_nobody_owns_what_is_not_there_or_not_registered_yet():
    home = SettingFactory()
    assert owner_of(None) is None
    assert owner_of(home, dt.date(2019, 1, 1)) is None
