"""Who acts for an organisation: its own people, and a stand-in while the step is done."""

import pytest

from providers.people.rules import check_acts_for
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.stand_ins import standing_in
from qa_portal.core.rules import Refused

pytestmark = pytest.mark.django_db


def test_person_of_the_organisation_acts_for_it(world):
    check_acts_for(world.as_("contract_officer"), world.north, Permission.VIEW_CASES)


def test_person_of_another_organisation_does_not(world):
    with pytest.raises(Refused, match=f"Only {world.north} can do this"):
        check_acts_for(world.as_("officer_south"), world.north, Permission.VIEW_CASES)
    with pytest.raises(Refused, match="Only they"):
        check_acts_for(world.as_("officer_south"), world.north, Permission.VIEW_CASES, otherwise="Only they.")


def test_role_must_allow_it_too(world):
    with pytest.raises(Refused, match="Your role does not allow this"):
        check_acts_for(world.as_("contract_officer"), world.north, Permission.MANAGE_INSTALLATION)


def test_stand_in_acts_where_they_stand_in_and_nowhere_else(world):
    user = world.as_("officer_south")
    with standing_in(user, organisation_id=world.north.pk, overrides=False):
        check_acts_for(user, world.north, Permission.VIEW_CASES)
    with (
        standing_in(user, organisation_id=world.provider_x.pk, overrides=False),
        pytest.raises(Refused, match=f"Only {world.north} can do this"),
    ):
        check_acts_for(user, world.north, Permission.VIEW_CASES)
