"""factory_boy for settings, and imports of files made cell by cell. All of it invented."""

import datetime as dt
from collections.abc import Sequence

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from inspections.ofsted.importer.results import FeedResult
from inspections.ofsted.importer.services import ANY_NUMBER, apply_feed
from inspections.ofsted.reader.feed import read_feed
from providers.contracts.models import PlacingCount
from providers.contracts.services import record_placing_counts
from providers.directory.models import (
    Authority,
    Provider,
    ProvisionType,
    RegistrationState,
    Setting,
    SettingOwnership,
)
from qa_portal.core.dates import today
from tests.factories.people import PersonFactory, ProviderFactory
from tests.unit.inspections.ofsted.building import register


class SettingFactory(DjangoModelFactory):
    class Meta:
        model = Setting
        skip_postgeneration_save = True

    # far beyond Ofsted's own, which tests that read its real files bring beside these
    urn = factory.Sequence(lambda n: str(9_000_000 + n))
    provision_type = factory.LazyFunction(lambda: ProvisionType.objects.get(code="childrens_home"))
    registration_state = factory.LazyFunction(lambda: RegistrationState.objects.get(code="active"))
    authority = factory.LazyFunction(lambda: Authority.objects.get(name="Westmorland and Furness"))
    registered_on = dt.date(2020, 5, 1)
    places = 4

    @factory.post_generation
    def owner(self, create, provider: Provider | None, **_):
        SettingOwnership.objects.create(
            setting=self, provider=provider or ProviderFactory(), from_on=dt.date(2020, 5, 1)
        )


class PlacingCountFactory(DjangoModelFactory):
    class Meta:
        model = PlacingCount

    setting = factory.SubFactory(SettingFactory)
    placing_authority = factory.LazyFunction(lambda: Authority.objects.get(name="Lancashire"))
    count = 2
    as_at = factory.LazyFunction(today)
    declared_by = factory.SubFactory(PersonFactory)
    declared_at = factory.LazyFunction(timezone.now)
    # a 0 needs nobody's confirmation
    confirmed_by = factory.Maybe("count", factory.SubFactory(PersonFactory))
    confirmed_at = factory.Maybe("count", factory.LazyFunction(timezone.now))

    class Params:
        only_declared = factory.Trait(confirmed_by=None, confirmed_at=None)


def used_by(user, *settings: Setting, count: int = 1) -> None:
    """The council of `user` records children at the settings today, and a colleague confirms them."""
    used_at(user, [setting.urn for setting in settings], count)


def used_at(user, urns: Sequence[str], count: int = 1) -> None:
    record_placing_counts(by=user, counts=dict.fromkeys(urns, count), as_at=today())
    for row in PlacingCount.objects.waiting(today()).filter(setting__urn__in=urns):
        row.confirmed_by, row.confirmed_at = PersonFactory(), timezone.now()
        row.save()


def import_rows(*rows: Sequence[str], as_at: dt.date, **options) -> FeedResult:
    """A small file with these rows, imported; `options` go to `register` (header) and `apply_feed` (dry_run)."""
    header = {name: options.pop(name) for name in ("header",) if name in options}
    name = f"register_{as_at.isoformat()}.csv"
    feed = read_feed(register(*rows, **header), filename=name, as_at=as_at)
    return apply_feed(by=None, feed=feed, filename=name, **{"confirmed_gone": ANY_NUMBER} | options)
