"""A look is written for whoever acts for an organisation, or not at all."""

import pytest

from providers.people.membership_context import activate_membership
from qa_portal.core.access.log import record_access
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.rules import Refused
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_whoever_acts_for_nobody_looks_at_nothing(world):
    before = AccessEvent.objects.count()
    user = UserFactory()
    activate_membership(user, None)
    with pytest.raises(Refused, match="Choose whom you are acting for first"):
        record_access(by=user, item="document", item_id="1")
    assert AccessEvent.objects.count() == before
    record_access(by=world.as_("contract_officer"), item="document", item_id="1")
    assert AccessEvent.objects.count() == before + 1
