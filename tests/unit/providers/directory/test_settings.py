"""Settings: how they are named, who may know where they are, what officers and providers change."""

import datetime as dt

import pytest

from providers.directory import services
from providers.directory.models import (
    Authority,
    ContactNote,
    Premises,
    ProvisionType,
    Setting,
    SettingContact,
    SettingOwnership,
)
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.people import ProviderFactory
from tests.factories.register import PlacingCountFactory, SettingFactory

pytestmark = pytest.mark.django_db
MAY = dt.date(2024, 5, 1)
JUNE = dt.date(2024, 6, 1)


@pytest.fixture
def home(world) -> Setting:
    return SettingFactory(urn="SC123456", owner=world.provider_x.provider, authority=world.north.authority)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({}, "Children's home SC123456 (name withheld by Ofsted)"),
        ({"ofsted_name": "Published House"}, "Published House"),
        ({"ofsted_name": "Published House", "working_name": "Beck House"}, "Beck House"),
        ({"provision_type": None}, "Setting SC123456 (name withheld by Ofsted)"),
    ],
)
def test_setting_shows_its_working_name_else_what_ofsted_publishes(names, shown):
    assert str(SettingFactory(urn="SC123456", **names)) == shown


@pytest.mark.parametrize(
    ("persona", "knows"),
    [
        ("contract_officer", True),
        ("scrutiny_reader", False),
        ("provider_manager_x", True),
        ("provider_contributor_x", True),
        ("provider_manager_y", False),
        ("officer_south", False),
        ("partner_contributor", False),
        ("young_researcher", False),
    ],
)
def test_address_of_a_home_is_known_to_its_provider_and_its_host(world, home, persona, knows):
    user = world.as_(persona)
    assert Setting.objects.visible_to(user).with_address_rule(user).get().may_see_address is knows
    contact = SettingContact.objects.create(setting=home, kind="out_of_hours", from_on=MAY)
    assert list(SettingContact.objects.visible_to(user)) == ([contact] if knows else [])


def test_address_of_a_home_is_known_to_a_council_while_it_places_there(world, home):
    south = world.as_("officer_south")
    PlacingCountFactory(setting=home, placing_authority=world.south.authority, count=1, as_at=MAY)
    assert list(Setting.objects.known_to(south)) == [home]
    PlacingCountFactory(setting=home, placing_authority=world.south.authority, count=0, as_at=JUNE)
    assert list(Setting.objects.known_to(south)) == []


def test_address_of_an_agencys_office_is_public(world, home):
    home.provision_type = ProvisionType.objects.get(code="ifa")
    home.save()
    user = world.as_("officer_south")
    assert Setting.objects.with_address_rule(user).get().may_see_address


def test_whoever_acts_for_nobody_sees_no_register(world, home):
    assert not Setting.objects.visible_to(world.users["nobody"]).exists()
    assert not SettingOwnership.objects.visible_to(world.users["nobody"]).exists()


def test_footprint_takes_in_what_a_predecessor_hosted(world, home):
    cumbria = Authority.objects.get(name="Cumbria")
    old = SettingFactory(authority=cumbria)
    away = SettingFactory(authority=Authority.objects.get(name="Blackpool"))
    assert set(Setting.objects.in_footprint(world.north.authority.pk)) == {home, old}
    assert away not in Setting.objects.in_footprint(cumbria.pk)


def test_in_house_is_what_ofsted_says_a_council_owns():
    own = SettingFactory(sector="Local Authority")
    SettingFactory(sector="Private")
    assert list(Setting.objects.in_house()) == [own]


def test_owner_of_a_day_is_named_as_it_is_called_now(world, home, django_assert_num_queries):
    old = home.ownerships.get()
    old.to_on = JUNE
    old.save()
    later = ProviderFactory(name="Later Ltd")
    SettingOwnership.objects.create(setting=home, provider=later, from_on=JUNE)
    services.merge_providers(
        by=world.as_("procurement_officer"), merged=later, into=world.provider_y.provider, reason="Accounts"
    )
    with django_assert_num_queries(2):
        before, after = (Setting.objects.with_owner(day).get() for day in (MAY, JUNE))
    assert before.owner_name == world.provider_x.provider.name
    assert after.owner_id == world.provider_y.provider.pk
    assert list(Setting.objects.owned_by(world.provider_y.provider.pk, JUNE)) == [home]
    assert list(Setting.objects.known_to(world.as_("provider_manager_y"))) == [home]


@pytest.mark.parametrize(
    "persona", ["contract_officer", "team_manager", "council_administrator", "provider_manager_x"]
)
def test_working_details_are_changed_by_host_and_provider(world, home, persona):
    services.change_working_details(
        by=world.as_(persona), setting=home, name="Beck House", address="1 Beck Lane", postcode="ZZ1 1AA"
    )
    home.refresh_from_db()
    assert (home.display_name, home.address) == ("Beck House", "1 Beck Lane, ZZ1 1AA")


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("social_worker", "role does not allow"),
        ("provider_contributor_x", "role does not allow"),
        ("officer_south", "hosts this setting"),
        ("provider_manager_y", "hosts this setting"),
    ],
)
def test_working_details_are_refused_from_others(world, home, persona, sentence):
    with pytest.raises(Refused, match=sentence):
        services.change_working_details(
            by=world.as_(persona), setting=home, name="Mine", address="", postcode=""
        )


def test_new_manager_takes_the_place_of_the_one_before(world, home):
    officer = world.as_("contract_officer")
    kind = SettingContact.Kind.REGISTERED_MANAGER
    first = services.set_contact(by=officer, setting=home, kind=kind, name="First Manager", from_on=MAY)
    second = services.set_contact(by=officer, setting=home, kind=kind, name="Second Manager", from_on=JUNE)
    first.refresh_from_db()
    assert (first.to_on, list(home.contacts.in_force(JUNE))) == (JUNE, [second])
    services.end_contact(by=officer, contact=second, on=JUNE)
    assert not home.contacts.in_force(JUNE).exists()


def test_contact_dates_are_checked(world, home):
    officer = world.as_("contract_officer")
    values = {"by": officer, "setting": home, "kind": "out_of_hours"}
    with pytest.raises(Refused, match="future"):
        services.set_contact(**values, from_on=today() + dt.timedelta(days=1))
    contact = services.set_contact(**values, from_on=JUNE)
    with pytest.raises(Refused, match="began on 1 June 2024"):
        services.end_contact(by=officer, contact=contact, on=MAY)
    services.end_contact(by=officer, contact=contact, on=JUNE)
    with pytest.raises(Refused, match="already ended"):
        services.end_contact(by=officer, contact=contact, on=JUNE)


def test_premises_begin_and_end(world, home):
    manager = world.as_("provider_manager_x")
    premises = services.add_premises(
        by=manager, setting=home, address="2 Fell Road", postcode="ZZ2 2BB", from_on=MAY, category="1"
    )
    services.end_premises(by=manager, premises=premises, on=JUNE)
    assert list(Premises.objects.in_force(MAY)) == [premises]
    assert not Premises.objects.in_force(JUNE).exists()
    assert not Premises.objects.visible_to(world.as_("officer_south")).exists()


def test_contact_notes_are_a_councils_own(world, home):
    note = services.note_contact(
        by=world.as_("contract_officer"), setting=home, on=MAY, text="Rang the manager."
    )
    assert list(ContactNote.objects.visible_to(world.as_("team_manager"))) == [note]
    for persona in ("officer_south", "provider_manager_x", "partner_contributor"):
        assert not ContactNote.objects.visible_to(world.as_(persona)).exists()
    with pytest.raises(Refused, match="council's own"):
        services.note_contact(by=world.as_("provider_manager_x"), setting=home, on=MAY, text="No")
