"""Invitations: signed, single use, bound to an e-mail address, an organisation and a role."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone

from providers.directory.models import Setting
from providers.directory.services import check_can_merge
from providers.people import roles
from providers.people.models import Invitation, Membership, Person, User
from providers.people.rules import can, check_can_end, check_can_reset_second_factor
from providers.people.services import invitations as service
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.people import MembershipFactory
from tests.factories.register import PlacingCountFactory, SettingFactory, used_by

pytestmark = pytest.mark.django_db
WORDS = "copper meadow whistle"


@pytest.fixture
def admin(world):
    return world.as_("council_administrator")


@pytest.fixture
def invited(world, admin, django_capture_on_commit_callbacks) -> Invitation:
    with django_capture_on_commit_callbacks(execute=True):
        service.invite(
            by=admin,
            organisation=world.north,
            email="New.Officer@council.example",
            role=roles.ContractOfficer.key,
        )
    return Invitation.objects.get(email="new.officer@council.example")


def test_invitation_is_mailed_with_a_link_and_no_name(invited):
    [letter] = mail.outbox
    assert letter.to == ["new.officer@council.example"]
    # The link says in which second it was signed, so it is read and not made again.
    [token] = re.findall(r"/invitations/accept/([^/\s]+)/", letter.body)
    assert service.invitation_for(token) == invited
    assert "Contract officer" in letter.body and "canary" not in letter.body.lower()
    assert invited.state == "Sent"


def test_accepting_makes_one_person_with_one_membership_and_says_why(invited, world):
    user = service.accept_as_new_person(invitation=invited, full_name="Nell", password=WORDS)
    membership = user.person.memberships.get()
    assert (membership.organisation, membership.role) == (world.north, roles.ContractOfficer.key)
    assert membership.history.get().history_change_reason.startswith("Invitation of ")
    assert user.check_password(WORDS) and user.emailaddress_set.get().verified


def test_link_works_once(invited):
    token = service.token_for(invited)
    assert service.invitation_for(token) == invited
    service.accept_as_new_person(invitation=invited, full_name="Nell", password=WORDS)
    assert service.invitation_for(token) is None
    with pytest.raises(Refused, match="can no longer be used"):
        service.accept_as_new_person(invitation=invited, full_name="Nell", password=WORDS)
    assert User.objects.filter(email="new.officer@council.example").count() == 1


def test_link_runs_out_after_seven_days(invited):
    token = service.token_for(invited)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert service.invitation_for(token) is None


def test_sending_again_makes_the_old_link_void(invited, admin):
    old = service.token_for(invited)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        service.invite_again(by=admin, invitation=invited)
    invited.refresh_from_db()
    assert service.invitation_for(old) is None
    assert service.invitation_for(service.token_for(invited)) == invited


@pytest.mark.parametrize("forge", ["", "x", "{token}x", "other-salt"])
def test_forged_link_is_the_void_page(invited, client, forge):
    token = service.token_for(invited)
    other = signing.dumps([str(invited.public_id), invited.expires_at.isoformat()], salt="other")
    forged = {"": "-", "x": "x", "{token}x": token + "x", "other-salt": other}[forge]
    answer = client.get(reverse("accept_invitation", args=[forged]))
    assert answer.status_code == 404
    assert b"This invitation cannot be used" in answer.content


def test_withdrawn_link_is_void_and_cannot_be_sent_again(invited, admin):
    service.withdraw(by=admin, invitation=invited)
    invited.refresh_from_db()
    assert service.invitation_for(service.token_for(invited)) is None
    with pytest.raises(Refused, match="withdrawn"):
        service.invite_again(by=admin, invitation=invited)


def test_mail_server_down_leaves_the_invitation_to_be_sent_again(world, admin, monkeypatch, caplog):
    def down(**_):
        raise SMTPServerDisconnected("new.officer@council.example refused")

    monkeypatch.setattr(service, "send_mail", down)
    invitation = world.things["invitation_north"]
    invitation.sent_at = None
    invitation.save()
    service.send(invitation)
    assert invitation.state == "Not sent"
    assert "SMTPServerDisconnected" in caplog.text and "@" not in caplog.text


@pytest.mark.parametrize("meanwhile", ["withdrawn", "accepted"])
def test_slow_mail_server_does_not_open_again_what_ended_meanwhile(invited, admin, monkeypatch, meanwhile):
    """`send` holds the row as it was before the mail went out; only the moment of sending may be written."""

    def slow(**_):
        if meanwhile == "withdrawn":
            service.withdraw(by=admin, invitation=Invitation.objects.get(pk=invited.pk))
        else:
            service.accept_as_new_person(invitation=invited, full_name="Nell", password=WORDS)

    monkeypatch.setattr(service, "send_mail", slow)
    service.send(Invitation.objects.get(pk=invited.pk))
    assert service.invitation_for(service.token_for(invited)) is None


def test_invitation_to_somebody_whose_account_is_closed_is_withdrawn_with_it(world, admin):
    from providers.people.services.memberships import end_membership

    leaver = world.membership("contract_officer")
    service.invite(by=admin, organisation=world.north, email=leaver.person.user.email, role="board_member")
    end_membership(by=admin, membership=leaver, reason="Dismissed")
    assert Invitation.objects.get(email=leaver.person.user.email).state == "Withdrawn"
    leaver.person.refresh_from_db()
    assert leaver.person.history.first().history_change_reason == "Last membership ended"


def test_role_already_held_is_refused_with_a_sentence(world, admin, invited):
    holder = world.users["contract_officer"]
    Invitation.objects.filter(pk=invited.pk).update(email=holder.email)
    invited.refresh_from_db()
    with pytest.raises(Refused, match="You hold this role already"):
        service.accept_as_known_person(by=world.as_("contract_officer"), invitation=invited)


def test_known_person_takes_a_second_membership_and_stays_one_person(world, admin, client):
    known = world.users["contract_officer"]
    service.invite(by=admin, organisation=world.north, email=known.email, role=roles.BoardMember.key)
    invitation = Invitation.objects.get(email=known.email)
    address = reverse("accept_invitation", args=[service.token_for(invitation)])
    assert client.post(address).url.startswith(reverse("account_login"))
    signed_in = world.client("contract_officer")
    assert signed_in.post(address).status_code == 302
    assert {m.role for m in known.person.memberships.all()} == {"contract_officer", "board_member"}
    assert signed_in.get("/").url == reverse("acting_for")


def test_invitation_of_another_address_is_refused_to_who_is_signed_in(world, admin):
    officer = world.users["officer_south"]
    service.invite(by=admin, organisation=world.north, email=officer.email, role=roles.BoardMember.key)
    address = reverse(
        "accept_invitation", args=[service.token_for(Invitation.objects.get(email=officer.email))]
    )
    answer = world.client("contract_officer").post(address)
    assert answer.status_code == 422
    assert b"This invitation is for another email address" in answer.content
    assert officer.person.memberships.count() == 1


def test_somebody_who_left_comes_back_as_the_same_person(world, admin):
    person = world.users["contract_officer"].person
    from providers.people.services.memberships import end_membership

    end_membership(by=admin, membership=person.memberships.get(), reason="Left")
    service.invite(by=admin, organisation=world.north, email=person.user.email, role=roles.TeamManager.key)
    before = Person.objects.count()
    service.accept_as_new_person(
        invitation=Invitation.objects.get(email=person.user.email), full_name="Back", password=WORDS
    )
    person.refresh_from_db()
    assert (Person.objects.count(), person.left_on, person.user.is_active) == (before, None, True)


@pytest.mark.parametrize(
    ("persona", "where", "role", "allowed"),
    [
        ("council_administrator", "north", "contract_officer", True),
        ("council_administrator", "north", "installation_administrator", False),
        ("council_administrator", "south", "contract_officer", False),
        ("council_administrator", "provider_x", "provider_manager", True),
        ("council_administrator", "provider_x", "contract_officer", False),
        ("council_administrator", "agency", "partner_contributor", True),
        ("council_administrator", "far_agency", "partner_contributor", False),
        ("contract_officer", "provider_x", "provider_manager", True),
        ("contract_officer", "north", "contract_officer", False),
        ("provider_manager_x", "provider_x", "provider_contributor", True),
        ("provider_manager_x", "provider_y", "provider_contributor", False),
        ("provider_contributor_x", "provider_x", "provider_contributor", False),
        ("installation_administrator", "south", "council_administrator", True),
        ("installation_administrator", "south", "contract_officer", False),
        ("installation_administrator", "north", "installation_administrator", True),
    ],
)
def test_who_may_invite_whom_where(world, persona, where, role, allowed):
    def invite():
        return service.invite(
            by=world.as_(persona), organisation=getattr(world, where), email="a@b.example", role=role
        )

    if allowed:
        assert invite().role == role
    else:
        with pytest.raises(Refused, match="You cannot give this role"):
            invite()


def test_council_that_deals_with_no_home_of_a_provider_invites_nobody_there(world):
    SettingFactory(owner=world.provider_x.provider, authority=world.south.authority)
    near, far = world.as_("officer_south"), world.as_("contract_officer")
    with pytest.raises(Refused, match="You cannot give this role"):
        service.invite(by=far, organisation=world.provider_x, email="a@b.example", role="provider_manager")
    assert service.invite(
        by=near, organisation=world.provider_x, email="a@b.example", role="provider_manager"
    )


def test_council_that_has_only_declared_a_count_brings_in_nobody(world):
    home = SettingFactory(owner=world.provider_x.provider, authority=world.south.authority)
    by = world.as_("contract_officer")
    for membership in Membership.objects.in_force().filter(organisation=world.provider_x):
        membership.to_on = today()
        membership.save()
    PlacingCountFactory(setting=home, placing_authority=world.north.authority, only_declared=True)
    asked = {"by": by, "organisation": world.provider_x, "email": "a@b.example", "role": "provider_manager"}
    with pytest.raises(Refused, match="You cannot give this role"):
        service.invite(**asked)
    used_by(by, home)
    assert service.invite(**asked)


def test_provider_without_settings_is_looked_after_by_the_council_that_brought_it_in(world):
    manager = world.membership("provider_manager_y")
    reset = check_can_reset_second_factor
    assert can(reset, world.as_("council_administrator"), manager)
    assert not can(reset, world.as_("administrator_south"), manager)
    with pytest.raises(Refused, match="hosts none"):
        check_can_merge(
            world.as_("administrator_south"), world.provider_y.provider, world.provider_x.provider
        )


def test_council_with_a_confirmed_use_lets_itself_in_nowhere(world):
    """It may bring in the first manager of a home that it uses; a manager who is there invites the others."""
    home = SettingFactory(owner=world.provider_x.provider, authority=world.south.authority)
    by = world.as_("contract_officer")
    used_by(by, home)
    assert Setting.objects.known_to(by).filter(pk=home.pk).exists()
    asked = {"by": by, "organisation": world.provider_x, "email": "a@b.example", "role": "provider_manager"}
    with pytest.raises(Refused, match="You cannot give this role"):
        service.invite(**asked)
    manager = world.membership("provider_manager_x")
    for persona in ("contract_officer", "council_administrator"):
        assert not can(check_can_reset_second_factor, world.as_(persona), manager)
        assert not can(check_can_end, world.as_(persona), manager)
    with pytest.raises(Refused, match="hosts none"):
        check_can_merge(
            world.as_("council_administrator"), world.provider_x.provider, world.provider_y.provider
        )
    for membership in Membership.objects.in_force().filter(organisation=world.provider_x):
        membership.to_on = today()
        membership.save()
    with pytest.raises(Refused, match="You cannot give this role"):
        service.invite(**asked | {"role": "provider_contributor"})
    assert service.invite(**asked)


def test_same_invitation_twice_is_refused(world, admin, invited):
    with pytest.raises(Refused, match="already been invited"):
        service.invite(by=admin, organisation=world.north, email=invited.email, role=invited.role)
    MembershipFactory(
        person=world.users["officer_south"].person, organisation=world.north, role=roles.BoardMember.key
    )
    with pytest.raises(Refused, match="already has that role"):
        service.invite(
            by=admin,
            organisation=world.north,
            email=world.users["officer_south"].email,
            role=roles.BoardMember.key,
        )


@pytest.mark.parametrize("password", ["short", "passwordpassword", "123456789012", "new.officer@council"])
def test_weak_password_is_refused_with_a_sentence(invited, client, password):
    address = reverse("accept_invitation", args=[service.token_for(invited)])
    answer = client.post(address, {"full_name": "Nell", "password": password})
    assert answer.status_code == 422
    assert not User.objects.filter(email=invited.email).exists()


def test_first_administrator_is_invited_from_the_command_line(capsys):
    from django.core.management import CommandError, call_command

    call_command("invite_administrator", "first@council.example", "Westmorland and Furness")
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.responsible) == ("installation_administrator", None)
    assert service.address_of(invitation) in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no authority 'Atlantis'"):
        call_command("invite_administrator", "first@council.example", "Atlantis")
    assert Membership.objects.count() == 0


@pytest.fixture
def unsent(invited) -> Invitation:
    """As one whose mail server was down when it was made."""
    invited.sent_at = None
    invited.save()
    mail.outbox.clear()
    return invited


def pass_after(minutes: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        run_due(service.SEND_AGAIN)


def letters_to(invitation: Invitation) -> int:
    return sum(letter.to == [invitation.email] for letter in mail.outbox)


def test_invitation_that_did_not_leave_is_mailed_by_the_next_pass_once(unsent):
    pass_after(0)
    assert letters_to(unsent) == 0, "whoever invites is mailing it just now"
    for minutes in (3, 4, 5):
        pass_after(minutes)
    assert letters_to(unsent) == 1
    unsent.refresh_from_db()
    assert unsent.state == "Sent"


def test_invitation_that_is_over_is_not_mailed_by_a_pass(unsent, admin):
    stale = Invitation.objects.get(pk=unsent.pk)
    pass_after(service.settings.INVITATION_DAYS * 24 * 60 + 1)
    assert letters_to(unsent) == 0
    service.withdraw(by=admin, invitation=unsent)
    pass_after(5)
    service.send_again(stale)
    assert letters_to(unsent) == 0


def test_operator_s_invitation_is_not_mailed(world):
    first = service.invite_first_administrator(organisation=world.north, email="first@council.example")
    pass_after(5)
    assert letters_to(first) == 0
