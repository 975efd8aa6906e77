"""A message is written with the fact it tells, once for each reader, and mailed once."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.notifications import kinds
from providers.notifications.kinds import (
    DEADLINE_NEAR,
    DECISION,
    STEP_WAITS,
    VISIT_ANNOUNCED,
    VISIT_UNANNOUNCED,
)
from providers.notifications.models import Notification
from providers.notifications.sending import SEND, send
from providers.notifications.services import About, notify, notify_all, notify_holders
from providers.people import roles
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories.notifications import NotificationFactory
from tests.factories.people import MembershipFactory
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db
State = Notification.State


@pytest.fixture
def officer(world):
    return world.membership("contract_officer")


@pytest.fixture
def home(world):
    return SettingFactory(working_name="Ash House", owner=world.provider_x.provider)


def test_message_given_twice_is_one(officer):
    first = notify(to=officer, key="decision:1", kind=DECISION)
    again = notify(to=officer, key="decision:1", kind=DECISION)
    assert first == again == Notification.objects.get()


def test_message_goes_with_the_fact_or_not_at_all(officer):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(to=officer, key="decision:1", kind=DECISION)
        _ = 1 / 0
    assert not Notification.objects.exists()


def test_mail_says_what_where_until_when_and_links_to_the_page(world, officer, home):
    about = About(path="/tasks/7/", council=world.north, setting=home)
    notify(to=officer, key="k", kind=DEADLINE_NEAR, about=about, facts={"due_on": dt.date(2026, 4, 20)})
    run_due(SEND)
    [sent] = mail.outbox
    assert sent.to == [officer.person.user.email]
    assert sent.subject == "Placements quality assurance: A task is due soon"
    for line in (f"Setting: Ash House (URN {home.urn})", "Due: 20 April 2026", "/tasks/7/"):
        assert line in sent.body
    row = Notification.objects.get()
    assert (row.state, row.body, row.error) == (State.SENT, sent.body, "")
    assert sent.message()["Message-ID"] == row.message_id
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_second_pass_mails_nothing(officer):
    notify(to=officer, key="k", kind=DECISION)
    for _ in range(3):
        run_due(SEND)
    assert len(mail.outbox) == 1


def test_message_that_another_worker_has_taken_is_left_alone(officer):
    stale = notify(to=officer, key="k", kind=DECISION)
    send(Notification.objects.get())
    send(stale)
    assert len(mail.outbox) == 1


def test_everybody_who_may_act_is_told_once_and_who_did_it_is_not(world):
    by = world.as_("team_manager")
    manager = world.users["head_of_service"].person
    MembershipFactory(person=manager, organisation=world.north, role=roles.TeamManager.key)
    told = notify_holders(
        permission=Permission.DECIDE_NOTICES, organisation=world.north, key="k", kind=DECISION, by=by
    )
    assert {row.to.person for row in told} == {manager}


def test_many_readers_cost_the_queries_of_one(world, django_assert_num_queries):
    to = [world.membership(role) for role in ("contract_officer", "team_manager", "head_of_service")]
    with django_assert_num_queries(4):
        notify_all(to=to, key="k", kind=DECISION)
    assert Notification.objects.count() == 3


def test_reader_who_has_left_gets_no_mail(world, officer):
    notify(to=officer, key="k", kind=DECISION)
    officer.to_on = today()
    officer.save()
    run_due(SEND)
    assert not mail.outbox
    assert Notification.objects.get().state == State.LEFT


def test_reader_whose_account_is_closed_gets_no_mail(world, officer):
    notify(to=officer, key="k", kind=DECISION)
    user = officer.person.user
    user.is_active = False
    user.save()
    run_due(SEND)
    assert (len(mail.outbox), Notification.objects.get().state) == (0, State.LEFT)


def test_provider_is_told_in_words_of_its_own(world, home):
    reader = world.membership("provider_manager_x")
    row = notify(to=reader, key="k", kind=VISIT_ANNOUNCED, about=About(setting=home))
    run_due(SEND)
    assert row.label == "A monitoring visit is announced"
    assert "A council will visit" in mail.outbox[0].body


def test_unannounced_visit_is_never_told_to_a_provider(world, home):
    """Nor to a partner agency, and not even when the caller names them among others."""
    officer = world.membership("contract_officer")
    for persona in ("provider_manager_x", "partner_contributor"):
        with pytest.raises(ValueError, match="never told"):
            notify_all(
                to=[officer, world.membership(persona)],
                key="k",
                kind=VISIT_UNANNOUNCED,
                about=About(setting=home),
            )
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Jo Bloggs"},
        {"document": "ask jo@example.org"},
        {"document": "two\nlines"},
        {"document": "x" * 121},
        {"due_on": dt.datetime(2026, 1, 1, 12)},
        {"due_on": "soon"},
        {"count": "many"},
    ],
)
def test_fact_that_is_not_listed_or_looks_like_free_text_is_refused(officer, facts):
    with pytest.raises(ValueError, match=r"valid Fact|few words|longer than"):
        notify(to=officer, key="k", kind=DECISION, facts=facts)


def test_kind_is_registered_once_and_may_be_registered_again_unchanged():
    assert kinds.register(DECISION) == DECISION
    with pytest.raises(ValueError, match="another kind"):
        kinds.register(kinds.MessageKind(key="decision", label="Other", text="Other"))


def test_sent_message_has_a_moment_and_a_waiting_one_its_next_try(officer):
    for wrong in (
        {"state": State.SENT, "sent_at": None},
        {"state": State.WAITING, "next_try_at": None},
        {"state": State.WAITING, "sent_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NotificationFactory(to=officer, **wrong)


def test_message_waits_until_its_time(officer):
    NotificationFactory(to=officer, next_try_at=timezone.now() + dt.timedelta(minutes=5))
    run_due(SEND)
    assert not mail.outbox
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        run_due(SEND)
    assert len(mail.outbox) == 1


def test_order_of_mails_is_the_order_of_events(officer):
    for key in ("first", "second", "third"):
        notify(to=officer, key=key, kind=DECISION)
    run_due(SEND)
    sent = Notification.objects.order_by("sent_at").values_list("key", flat=True)
    assert [key.split(":")[0] for key in sent] == ["first", "second", "third"]


def test_what_can_wait_is_not_mailed_by_itself(officer):
    notify(to=officer, key="k", kind=STEP_WAITS)
    run_due(SEND)
    assert (len(mail.outbox), Notification.objects.get().state) == (0, State.DIGEST)
