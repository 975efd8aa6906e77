"""The administrator's home: people, imports and mail."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from inspections.ofsted.models import RegisterFile
from providers.notifications.models import Notification
from providers.people import roles
from providers.people.models import Invitation
from qa_portal.core.dates import today
from tests.factories.notifications import NotificationFactory
from tests.factories.people import MembershipFactory
from tests.factories.register import import_rows
from tests.unit.inspections.ofsted.building import row
from tests.unit.portal.home.seeing import figures, home, panel, told, words

pytestmark = pytest.mark.django_db
ADMIN, INSTALLATION = "council_administrator", "installation_administrator"


def states(world, persona: str) -> list[str]:
    return [cells[-1].mark.text for cells in panel(world, persona, "Invitations").cells]


def test_invitations_say_whether_they_were_sent_and_when_they_run_out(world):
    Invitation.objects.update(sent_at=None)
    assert set(states(world, ADMIN)) == {"Not sent"}
    invitation = world.things["invitation_north"]
    invitation.sent_at, invitation.expires_at = timezone.now(), timezone.now() + dt.timedelta(days=2)
    invitation.save()
    assert states(world, ADMIN)[0] == "Runs out soon"
    invitation.expires_at = timezone.now()
    invitation.save()
    assert states(world, ADMIN)[0] == "Expired"


def test_people_without_a_second_factor_are_counted_once_each(world):
    assert figures(world, ADMIN)["people without two-step verification"] == 0
    officer = world.users["contract_officer"]
    Authenticator.objects.filter(user=officer).delete()
    MembershipFactory(person=officer.person, organisation=world.north, role=roles.BoardMember.key)
    assert figures(world, ADMIN)["person without two-step verification"] == 1


def test_installation_s_administrator_reads_what_does_not_work_first_with_what_to_do(world):
    NotificationFactory(to=world.membership(ADMIN), state=Notification.State.DEAD)
    table = panel(world, INSTALLATION, "to look at")
    states = [cells[1].mark.text for cells in table.cells]
    assert states == sorted(states)
    assert "Mail" in [cells[0].words for cells in table.cells[: states.count("Look")]]
    assert "Check EMAIL_URL" in home(world, INSTALLATION)
    assert "Check EMAIL_URL" not in home(world, ADMIN)


def test_administrator_before_the_first_import_is_told_that_the_register_is_empty(world):
    assert "the register is empty" in home(world, INSTALLATION)
    assert "Import a file" in home(world, INSTALLATION)
    assert not panel(world, ADMIN, "Ofsted").to_do


def test_newest_file_is_told_with_its_day_and_its_age(world):
    import_rows(row(urn="SC000001"), as_at=today() - dt.timedelta(days=70))
    [line] = panel(world, ADMIN, "Ofsted").lines
    assert line.mark.text == "Older than two months"
    import_rows(row(urn="SC000001"), as_at=today() - dt.timedelta(days=10))
    [line] = panel(world, ADMIN, "Ofsted").lines
    assert line.mark is None
    assert RegisterFile.objects.count() == 2


def test_mail_that_could_not_be_delivered_is_marked(world):
    NotificationFactory(to=world.membership(ADMIN), state=Notification.State.DEAD)
    dead = panel(world, ADMIN, "Mail").lines[-1]
    assert dead.words == "1 message could not be delivered"
    assert dead.mark.text == "Look"
    assert not dead.href
    assert panel(world, INSTALLATION, "Mail").lines[-1].href


def test_administrator_of_another_council_sees_none_of_it(world):
    assert words(panel(world, "administrator_south", "Mail"))[-1].startswith("0 messages")
    organisations = [cells[0].words for cells in panel(world, "administrator_south", "Invitations").cells]
    assert str(world.north) not in organisations


def test_shares_are_counted_for_those_who_look_after_them(world):
    assert figures(world, ADMIN)["share in force"] == 1
    assert len(told(world, INSTALLATION).figures) == 3
