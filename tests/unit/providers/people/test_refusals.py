"""What the services for people and organisations refuse by themselves, whatever a page has let through."""

import datetime as dt

import pytest
from django.utils import timezone

from providers.directory.models import Provider
from providers.people.membership_context import activate_membership
from providers.people.models import Organisation, SecondFactorReset, Share
from providers.people.rules import check_can_rename, check_deals_with, own_membership, own_organisation
from providers.people.services import invitations, organisations, second_factor, shares
from qa_portal.core.access.scope import OrganisationKind
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.people import ProviderFactory, UserFactory
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db
OFFICER, ADMIN = "contract_officer", "council_administrator"
NUMBER = "01234567"


def test_whoever_acts_for_nobody_is_asked_to_choose_first():
    user = UserFactory()
    activate_membership(user, None)
    for ask in (own_organisation, own_membership):
        with pytest.raises(Refused, match="Choose whom you are acting for first"):
            ask(user)


def test_council_is_not_renamed_beside_its_authority(world):
    with pytest.raises(Refused, match="comes from its authority record"):
        check_can_rename(world.as_("installation_administrator"), world.north)


def test_organisation_is_renamed_by_its_own_and_by_councils_that_deal_with_it(world):
    check_can_rename(world.as_("provider_manager_x"), world.provider_x)
    with pytest.raises(Refused, match="can change its name"):
        check_can_rename(world.as_("manager_third"), world.provider_x)


def test_name_that_another_organisation_has_is_refused_and_nothing_changes(world):
    with pytest.raises(Refused, match="is already in the portal"):
        organisations.rename_organisation(
            by=world.as_("provider_manager_x"),
            organisation=world.provider_x,
            name=world.provider_y.name,
            reason="Merged",
        )
    assert Organisation.objects.filter(name=world.provider_y.name).count() == 1


def test_company_number_belongs_to_one_provider(world):
    ProviderFactory(name="Fellside Care Ltd", company_number=NUMBER)
    with pytest.raises(Refused, match=f"A provider with company number {NUMBER} is already"):
        organisations.add_provider(by=world.as_(OFFICER), name="Another Ltd", company_number=NUMBER)
    assert not Provider.objects.filter(name="Another Ltd").exists()


def test_provider_keeps_the_company_number_that_it_has(world):
    ProviderFactory(name="Fellside Care Ltd", company_number="07654321")
    with pytest.raises(Refused, match="has the company number 07654321 already"):
        organisations.add_provider(by=world.as_(OFFICER), name="Fellside Care Ltd", company_number=NUMBER)


def test_provider_or_agency_is_added_once(world):
    organisations.add_provider(by=world.as_(OFFICER), name="Fellside Care Ltd", company_number="")
    with pytest.raises(Refused, match="Fellside Care Ltd is already in the portal"):
        organisations.add_provider(by=world.as_(OFFICER), name="Fellside Care Ltd", company_number="")
    with pytest.raises(Refused, match="is already in the portal"):
        organisations.refuse_a_second(OrganisationKind.AGENCY, world.agency.name)


def test_provider_that_was_renamed_in_the_portal_is_not_added_again(world):
    added = organisations.add_provider(by=world.as_(OFFICER), name="Fellside Care Ltd", company_number="")
    organisations.rename_organisation(
        by=world.as_("installation_administrator"), organisation=added, name="Fellside", reason="Shorter"
    )
    with pytest.raises(Refused, match="Fellside Care Ltd is already in the portal"):
        organisations.add_provider(by=world.as_(OFFICER), name="Fellside Care Ltd", company_number="")


def test_company_number_is_added_by_the_council_that_hosts(world):
    provider = ProviderFactory(name="Fellside Care Ltd")
    SettingFactory(owner=provider, authority=world.south.authority)
    with pytest.raises(Refused, match="Only the council that hosts a setting"):
        organisations.add_provider(by=world.as_(OFFICER), name="Fellside Care Ltd", company_number=NUMBER)
    provider.refresh_from_db()
    assert provider.company_number == ""
    organisations.add_provider(by=world.as_("officer_south"), name="Fellside Care Ltd", company_number=NUMBER)
    provider.refresh_from_db()
    assert provider.company_number == NUMBER


def test_council_without_any_dealing_is_refused(world):
    provider = ProviderFactory()
    SettingFactory(owner=provider, authority=world.south.authority)
    check_deals_with(world.as_("officer_south"), provider, None)
    with pytest.raises(Refused, match="neither hosts nor has a confirmed use"):
        check_deals_with(world.as_(OFFICER), provider, None)


def test_invitation_is_withdrawn_once(world):
    invitation = world.things["invitation_north"]
    invitations.withdraw(by=world.as_(ADMIN), invitation=invitation)
    with pytest.raises(Refused, match="cannot be withdrawn: it is withdrawn"):
        invitations.withdraw(by=world.as_(ADMIN), invitation=invitation)


def test_address_with_an_open_account_is_not_given_a_second(world):
    invitation = world.things["invitation_north"]
    invitation.email = world.users[OFFICER].email
    invitation.save()
    with pytest.raises(Refused, match="sign in to accept"):
        invitations.accept_as_new_person(
            invitation=invitation, full_name="X", password="lantern-river-acorn-9"
        )
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_share_is_ended_by_the_council_that_shares(world):
    share = Share.objects.create(
        owner=world.north, reader=world.south, kind=Share.Kind.ISSUES, from_on=today()
    )
    with pytest.raises(Refused, match="Only the council that shares can end it"):
        shares.end_share(by=world.as_("administrator_south"), share=share, reason="No more")
    share.refresh_from_db()
    assert share.to_on is None
    shares.end_share(by=world.as_(ADMIN), share=share, reason="No more")
    with pytest.raises(Refused, match="This share has already ended"):
        shares.end_share(by=world.as_(ADMIN), share=share, reason="Once more")


def test_call_back_lies_in_the_past(world):
    by, membership = world.as_(ADMIN), world.membership("provider_contributor_x")
    facts = {"known_by": SecondFactorReset.Known.CALLED_BACK, "note": "Number of the contract"}
    tomorrow = timezone.now() + dt.timedelta(days=1)
    with pytest.raises(Refused, match="The call back must be in the past"):
        second_factor.reset_second_factor(by=by, membership=membership, called_at=tomorrow, **facts)
    assert not SecondFactorReset.objects.filter(person=membership.person, called_at=tomorrow).exists()
