"""A council's own word opens nothing: a second person there confirms that it uses a setting."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from providers.contracts.models import PlacingCount
from providers.contracts.selectors import in_use, to_confirm, with_declarers
from providers.contracts.services import record_placing_counts
from providers.contracts.use_services import OPENED, confirm_use, refuse_use
from providers.directory.models import Setting, SettingContact
from providers.people import roles
from providers.people.membership_context import activate_membership
from providers.people.models import Membership, User
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.access.stand_ins import standing_in
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.dates import today
from qa_portal.core.rules import Conflict, Refused
from tests.factories.people import MembershipFactory
from tests.factories.register import PlacingCountFactory, SettingFactory

pytestmark = pytest.mark.django_db
YESTERDAY = today() - dt.timedelta(days=1)


@pytest.fixture
def home(world) -> Setting:
    """Hosted by the south; the north declares children there."""
    return SettingFactory(
        owner=world.provider_x.provider, authority=world.south.authority, working_name="Beck House"
    )


def declare(world, home, count=1, by="contract_officer", as_at=None) -> PlacingCount:
    user = world.as_(by)
    with audit_as(activate_membership(user, user.membership)):
        record_placing_counts(by=user, counts={home.urn: count}, as_at=as_at or today())
    return PlacingCount.objects.filter(setting=home, as_at=as_at or today()).get()


def seen(*rows: PlacingCount) -> dict[int, int]:
    return {row.pk: row.row_version for row in rows}


def knows(world, home, persona="contract_officer") -> bool:
    return Setting.objects.known_to(world.as_(persona)).filter(pk=home.pk).exists()


def test_declared_count_opens_nothing_and_a_confirmed_one_opens_the_setting(world, home):
    SettingContact.objects.create(setting=home, kind="registered_manager", from_on=YESTERDAY)
    officer = world.as_("contract_officer")
    row = declare(world, home)
    assert not knows(world, home)
    assert home not in in_use(today())
    assert not SettingContact.objects.visible_to(officer).exists()
    assert confirm_use(by=world.as_("placements_officer"), seen=seen(row)) == 1
    assert knows(world, home)
    assert home in in_use(today(), world.north.authority.pk)
    assert SettingContact.objects.visible_to(officer).exists()
    row.refresh_from_db()
    assert row.confirmed_by == world.users["placements_officer"].person
    assert row.history.count() == 2


def test_opening_is_in_the_access_log_and_what_was_open_is_not(world, home):
    here = SettingFactory(authority=world.north.authority)
    rows = declare(world, home), declare(world, here)
    confirm_use(by=world.as_("placements_officer"), seen=seen(*rows))
    [event] = AccessEvent.objects.filter(item=OPENED)
    assert (event.item_id, event.organisation_id) == (str(home.public_id), world.north.pk)
    assert event.person_id == world.users["placements_officer"].person_id


def test_nobody_confirms_their_own_number_in_whatever_role(world, home):
    row = declare(world, home)
    with pytest.raises(Refused, match=r"You recorded the number .* yourself"):
        confirm_use(by=world.as_("contract_officer"), seen=seen(row))
    person = world.users["contract_officer"].person
    other = MembershipFactory(person=person, organisation=world.north, role=roles.TeamManager.key)
    user = User.objects.get(person=person)
    activate_membership(user, other)
    for answer in (confirm_use, lambda **asked: refuse_use(**asked, reason="No")):
        with pytest.raises(Refused, match="yourself"):
            answer(by=user, seen=seen(row))
    with (
        standing_in(user, organisation_id=world.north.pk, overrides=True),
        pytest.raises(Refused, match="yourself"),
    ):
        confirm_use(by=user, seen=seen(row))
    assert not knows(world, home, "team_manager")


def test_table_refuses_a_count_confirmed_by_who_declared_it(world, home):
    row = declare(world, home)
    row.confirmed_at, row.confirmed_by = row.declared_at, row.declared_by
    with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
        row.save()
    row.confirmed_by = world.users["placements_officer"].person
    row.save()  # the control: another person may


@pytest.mark.parametrize("persona", ["social_worker", "head_of_service", "provider_manager_x"])
def test_confirming_needs_the_role_that_records(world, home, persona):
    row = declare(world, home)
    with pytest.raises(Refused, match="role does not allow"):
        confirm_use(by=world.as_(persona), seen=seen(row))


def test_another_council_confirms_nothing_of_ours(world, home):
    row = declare(world, home)
    with pytest.raises(Refused, match="that your council has recorded"):
        confirm_use(by=world.as_("administrator_south"), seen=seen(row))
    assert not to_confirm(world.as_("administrator_south")).exists()


def test_refused_number_counts_for_nothing_until_it_is_recorded_again(world, home):
    row = declare(world, home)
    colleague = world.as_("placements_officer")
    with pytest.raises(Refused, match="Say why"):
        refuse_use(by=colleague, seen=seen(row), reason=" ")
    refuse_use(by=colleague, seen=seen(row), reason="That child left in May.")
    row.refresh_from_db()
    assert (row.refused_by, row.refused_because) == (colleague.person, "That child left in May.")
    assert not knows(world, home)
    assert not to_confirm(colleague).exists()
    with pytest.raises(Conflict):
        confirm_use(by=colleague, seen=seen(row))
    again = declare(world, home)
    assert again.is_waiting
    confirm_use(by=colleague, seen=seen(again))
    assert knows(world, home)


def test_zero_takes_effect_at_once_and_on_one_word(world, home):
    confirm_use(by=world.as_("placements_officer"), seen=seen(declare(world, home, as_at=YESTERDAY)))
    assert knows(world, home)
    declare(world, home, count=0)
    assert not knows(world, home)
    assert not to_confirm(world.as_("placements_officer")).exists()
    declare(world, home, count=1)  # the same day again, with children: asks a colleague again
    assert knows(world, home)  # by the confirmed number of the day before, now that the 0 is corrected
    assert to_confirm(world.as_("placements_officer")).count() == 1


def test_newer_number_that_waits_leaves_the_confirmed_one_in_force(world, home):
    confirm_use(by=world.as_("placements_officer"), seen=seen(declare(world, home, as_at=YESTERDAY)))
    declare(world, home, count=5)
    assert knows(world, home)
    assert PlacingCount.objects.holding(today()).get(setting=home).count == 1


def test_corrected_number_is_no_longer_confirmed(world, home):
    row = declare(world, home)
    confirm_use(by=world.as_("placements_officer"), seen=seen(row))
    declare(world, home, count=4, by="team_manager")
    row.refresh_from_db()
    assert (row.is_waiting, row.declared_by) == (True, world.users["team_manager"].person)
    assert not knows(world, home)


def test_what_changed_since_the_page_was_opened_is_not_confirmed(world, home):
    on_page = seen(declare(world, home))
    declare(world, home, count=9)
    with pytest.raises(Conflict, match="while you had this page open"):
        confirm_use(by=world.as_("placements_officer"), seen=on_page)
    overtaken = declare(world, home, as_at=YESTERDAY)
    with pytest.raises(Conflict):
        confirm_use(by=world.as_("placements_officer"), seen=seen(overtaken))
    assert not knows(world, home)


def test_all_of_a_file_is_confirmed_or_nothing(world, home):
    other = SettingFactory(authority=world.south.authority)
    theirs, own = declare(world, home), declare(world, other, by="placements_officer")
    with pytest.raises(Refused, match="yourself"):
        confirm_use(by=world.as_("placements_officer"), seen=seen(theirs, own))
    assert not knows(world, home)


def test_number_of_somebody_who_has_lost_the_role_is_recorded_again(world, home):
    row = declare(world, home)
    membership = world.membership("contract_officer")
    membership.to_on = today()
    membership.save()
    colleague = world.as_("placements_officer")
    with pytest.raises(Refused, match="no longer does this for your council"):
        confirm_use(by=colleague, seen=seen(row))
    refuse_use(by=colleague, seen=seen(row), reason="Left, so recorded anew.")


def test_who_lost_the_role_since_the_page_was_opened_confirms_nothing(world, home):
    row = declare(world, home)
    colleague = world.as_("placements_officer")
    membership = Membership.objects.get(person=colleague.person)
    membership.to_on = today()
    membership.save()
    with pytest.raises(Refused, match="role does not allow"):
        confirm_use(by=colleague, seen=seen(row))


def test_row_from_before_is_confirmed_by_another_than_its_history_names(world, home):
    user = world.as_("contract_officer")
    with audit_as(activate_membership(user, user.membership)):
        row = PlacingCountFactory(
            setting=home,
            placing_authority=world.north.authority,
            only_declared=True,
            declared_by=None,
            declared_at=None,
        )
    assert not knows(world, home)
    [told] = with_declarers([PlacingCount.objects.get(pk=row.pk)])
    assert told.declared_by == user.person
    with pytest.raises(Refused, match="yourself"):
        confirm_use(by=user, seen=seen(row))
    confirm_use(by=world.as_("placements_officer"), seen=seen(row))
    assert knows(world, home)


def test_row_that_nobody_knows_the_author_of_is_recorded_again(world, home):
    row = PlacingCountFactory(
        setting=home,
        placing_authority=world.north.authority,
        count=1,
        only_declared=True,
        declared_by=None,
        declared_at=None,
    )
    with pytest.raises(Refused, match="Record it again"):
        confirm_use(by=world.as_("placements_officer"), seen=seen(row))
    again = declare(world, home, count=1)
    confirm_use(by=world.as_("placements_officer"), seen=seen(again))
    assert knows(world, home)


def test_host_and_provider_see_who_declared_and_who_confirmed_use(world, home):
    declare(world, home)
    for persona in ("officer_south", "provider_manager_x"):
        [row] = PlacingCount.objects.visible_to(world.as_(persona))
        assert row.is_waiting
    assert not PlacingCount.objects.visible_to(world.as_("provider_manager_y")).exists()
