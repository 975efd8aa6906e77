import datetime as dt

import factory
from factory.django import DjangoModelFactory

from providers.people.models import Absence, SettingLead
from qa_portal.core.dates import today
from tests.factories.register import SettingFactory


class SettingLeadFactory(DjangoModelFactory):
    """Give `lead`; the council is the lead's."""

    class Meta:
        model = SettingLead

    setting = factory.SubFactory(SettingFactory)
    council = factory.LazyAttribute(lambda row: row.lead.organisation)
    from_on = factory.LazyFunction(lambda: today() - dt.timedelta(days=30))


class AbsenceFactory(DjangoModelFactory):
    """A week from today; give `membership`."""

    class Meta:
        model = Absence

    from_on = factory.LazyFunction(today)
    to_on = factory.LazyFunction(lambda: today() + dt.timedelta(days=7))
