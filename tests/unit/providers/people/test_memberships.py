"""Memberships end today; work goes to a colleague; the account closes with the last one; nobody is deleted."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from providers.people import roles
from providers.people.forms import ShareForm
from providers.people.models import Invitation, Membership, Person, User
from providers.people.selectors import holds, owners_shared_with
from providers.people.services.memberships import end_membership, reassign_work
from providers.people.services.shares import end_share, share_cases
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.people import PASSWORD, MembershipFactory, code_now
from tests.factories.purchasing import acting_as

pytestmark = pytest.mark.django_db


def test_leaver_s_work_goes_to_a_colleague_and_the_account_closes(world):
    admin, leaver = world.as_("council_administrator"), world.membership("team_manager")
    invitation = world.things["invitation_x"]
    invitation.responsible = leaver
    invitation.save()
    with pytest.raises(Refused, match="Choose a colleague who takes over"):
        end_membership(by=admin, membership=leaver, reason="Left")
    heir = world.membership("contract_officer")
    assert end_membership(by=admin, membership=leaver, reason="Left", hand_over_to=heir)
    invitation.refresh_from_db()
    leaver.person.refresh_from_db()
    assert invitation.responsible == heir
    assert (leaver.person.left_on, leaver.person.user.is_active) == (today(), False)
    assert leaver.history.first().history_change_reason == "Left"
    assert leaver.person.name, "history keeps naming the leaver"


def test_sessions_of_a_closed_account_end_at_once(world):
    client = Client()
    client.post("/account/sign-in/", {"login": world.users["contract_officer"].email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.get("/").status_code == 200
    assert UserSession.objects.filter(user=world.users["contract_officer"]).exists()
    end_membership(
        by=world.as_("council_administrator"), membership=world.membership("contract_officer"), reason="Left"
    )
    assert client.get("/").url.startswith(reverse("account_login"))


def test_change_of_role_counts_at_the_next_click(world):
    client = world.client("team_manager")
    assert client.get(reverse("access_log")).status_code == 200
    membership = world.membership("team_manager")
    membership.role = roles.SocialWorker.key
    membership.save()
    assert client.get(reverse("access_log")).status_code == 404


def test_account_stays_open_while_another_membership_is_in_force(world):
    person = world.users["contract_officer"].person
    MembershipFactory(person=person, organisation=world.north, role=roles.BoardMember.key)
    officer = person.memberships.get(role=roles.ContractOfficer.key)
    assert not end_membership(by=world.as_("council_administrator"), membership=officer, reason="Moved")
    assert User.objects.get(person=person).is_active


@pytest.mark.parametrize(
    ("by", "whom", "sentence"),
    [
        ("council_administrator", "council_administrator", "You cannot end your own"),
        ("contract_officer", "provider_manager_x", "You do not look after"),
        ("provider_manager_x", "provider_contributor_y", "You do not look after"),
        ("installation_administrator", "board_member", ""),
        ("council_administrator", "installation_administrator", "holders of this role"),
        ("installation_administrator", "administrator_south", "only council administrator"),
        ("provider_manager_x", "provider_contributor_x", ""),
        ("team_manager", "partner_contributor", ""),
    ],
)
def test_who_may_end_whose_membership(world, by, whom, sentence):
    def end():
        return end_membership(by=world.as_(by), membership=world.membership(whom), reason="Left")

    if sentence:
        with pytest.raises(Refused, match=sentence):
            end()
    else:
        assert end()


def test_work_moves_only_to_a_colleague_in_force(world):
    manager, holder = world.as_("team_manager"), world.membership("council_administrator")
    for stranger, sentence in (
        ("officer_south", "same organisation"),
        ("council_administrator", "somebody else"),
    ):
        with pytest.raises(Refused, match=sentence):
            reassign_work(by=manager, of=holder, to=world.membership(stranger), reason="Leave")
    moved = reassign_work(by=manager, of=holder, to=world.membership("contract_officer"), reason="Leave")
    assert moved == Invitation.objects.open().count() == 3


def test_users_are_never_deleted(world):
    user = world.users["contract_officer"]
    with pytest.raises(TypeError, match="never deleted"):
        user.delete()
    with pytest.raises(TypeError, match="never deleted"):
        User.objects.filter(pk=user.pk).delete()


def test_nobody_can_be_a_superuser(world):
    user = world.users["contract_officer"]
    user.is_superuser = True
    with pytest.raises(IntegrityError), transaction.atomic():
        user.save()


def test_permission_is_answered_for_an_organisation_and_never_at_large(world):
    user = world.as_("council_administrator")
    permission = Permission.MANAGE_COLLEAGUES
    assert user.has_perm(permission, world.north)
    assert not user.has_perm(permission)
    assert not user.has_perm(permission, world.south)
    assert not user.has_perm(permission, world.north.authority)
    assert user.get_all_permissions() == set()
    user.is_active = False
    assert not user.has_perm(permission, world.north)


def test_permission_outside_a_request_comes_from_any_membership_in_force(world):
    user = User.objects.get(pk=world.users["council_administrator"].pk)
    assert user.has_perm(Permission.MANAGE_COLLEAGUES, world.north)
    membership = world.membership("council_administrator")
    membership.to_on = today()
    membership.save()
    assert not holds(user, Permission.MANAGE_COLLEAGUES, world.north)


def test_person_with_two_memberships_chooses_and_history_keeps_the_choice(world):
    person = world.users["council_administrator"].person
    MembershipFactory(person=person, organisation=world.south, role=roles.CouncilAdministrator.key)
    client = world.client("council_administrator")
    assert client.get(reverse("organisations")).url == reverse("acting_for")
    chosen = person.memberships.get(organisation=world.south)
    answer = client.post(reverse("acting_for"), {"membership": chosen.pk})
    assert answer.url == "/"
    client.post(reverse("add_provider"), {"name": "Chosen Care Ltd"})
    from providers.people.models import Organisation

    entry = Organisation.objects.get(name="Chosen Care Ltd").history.get()
    assert (entry.history_person_id, entry.history_organisation_id) == (person.pk, world.south.pk)
    assert entry.history_role == "council_administrator"
    stranger = world.membership("officer_south")
    assert client.post(reverse("acting_for"), {"membership": stranger.pk}).status_code == 422


def test_name_stands_in_one_row_that_can_be_removed(world):
    person = Person.objects.get(pk=world.users["contract_officer"].person_id)
    columns = {field.name for model in (Person, Membership) for field in model.history.model._meta.fields}
    assert not columns & {"full_name", "name", "email", "phone"}
    person.details.delete()
    assert Person.objects.get(pk=person.pk).name == f"Person {person.pk} (name removed)"


def test_share_opens_and_ends_what_the_other_council_reads(world):
    reader = world.as_("officer_south")
    assert owners_shared_with(reader, "visits") == {world.south.pk, world.north.pk}
    assert owners_shared_with(reader, "issues") == {world.south.pk}
    admin = world.as_("council_administrator")
    tomorrow = today() + timedelta(days=1)
    share_cases(by=admin, reader=world.south, kind="issues", from_on=tomorrow, reason="Agreement")
    assert owners_shared_with(reader, "issues") == {world.south.pk}
    assert owners_shared_with(reader, "issues", on=tomorrow) == {world.south.pk, world.north.pk}
    end_share(by=admin, share=world.things["share"], reason="Over")
    assert owners_shared_with(reader, "visits") == {world.south.pk}
    assert owners_shared_with(world.as_("provider_manager_x"), "visits") == set()


@pytest.mark.parametrize(
    ("by", "sentence"),
    [("administrator_south", "Only the council that shares"), ("team_manager", "Your role")],
)
def test_share_is_ended_by_its_owner_s_administrator_only(world, by, sentence):
    with pytest.raises(Refused, match=sentence):
        end_share(by=world.as_(by), share=world.things["share"], reason="x")


def test_partner_agency_is_shown_scorecards_and_no_cases(world):
    admin = world.as_("council_administrator")
    share_cases(by=admin, reader=world.agency, kind="scorecards", from_on=today(), reason="Agreement")
    with pytest.raises(Refused, match="reads scorecards only"):
        share_cases(by=admin, reader=world.agency, kind="visits", from_on=today(), reason="x")


def test_page_offers_councils_and_the_agencies_that_work_with_this_one(world):
    form = ShareForm(user=world.as_("council_administrator"))
    offered = set(form.fields["reader"].queryset)
    assert {world.south, world.agency} <= offered
    assert not {world.north, world.far_agency, world.provider_x} & offered


def test_same_share_twice_and_with_oneself_is_refused(world):
    admin = world.as_("council_administrator")
    for reader, sentence in ((world.south, "already shared"), (world.north, "sees its own")):
        with pytest.raises(Refused, match=sentence):
            share_cases(by=admin, reader=reader, kind="visits", from_on=today(), reason="x")


def test_reason_in_a_history_is_told_to_the_organisation_that_gave_it(world):
    """A council sees that a provider's manager left, and not what the provider wrote about it."""
    left = world.membership("provider_contributor_x")
    with acting_as(world.as_("provider_manager_x")):
        end_membership(by=world.as_("provider_manager_x"), membership=left, reason="REASON-OF-X")
    url = reverse("membership", args=[left.public_id])
    assert "REASON-OF-X" in world.client("provider_manager_x").get(url).text
    page = world.client("council_administrator").get(url)
    assert page.status_code == 200
    assert "Provider manager" in page.text
    assert "REASON-OF-X" not in page.text
