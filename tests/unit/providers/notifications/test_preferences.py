"""Everybody chooses how messages reach them, but for those that nobody may miss."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from providers.notifications.kinds import DEADLINE_NEAR, DECISION, STEP_WAITS, VISIT_UNANNOUNCED
from providers.notifications.models import Notification, NotificationPreference
from providers.notifications.services import choose_messages, notify
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused

pytestmark = pytest.mark.django_db
State, How = Notification.State, NotificationPreference.How
PAGE = "/account/messages/"


@pytest.fixture
def officer(world):
    return world.membership("contract_officer")


@pytest.mark.parametrize(
    ("kind", "how", "state"),
    [
        (DEADLINE_NEAR, None, State.WAITING),
        (DEADLINE_NEAR, How.DIGEST, State.DIGEST),
        (DEADLINE_NEAR, How.OFF, State.OFF),
        (STEP_WAITS, None, State.DIGEST),
        (STEP_WAITS, How.AT_ONCE, State.WAITING),
        (STEP_WAITS, How.OFF, State.OFF),
        (DECISION, None, State.WAITING),
    ],
)
def test_message_goes_as_its_reader_chose(world, officer, kind, how, state):
    if how:
        choose_messages(by=world.as_("contract_officer"), choices={kind.key: how})
    assert notify(to=officer, key="k", kind=kind).state == state


def test_message_that_is_switched_off_is_kept_and_not_mailed(world, officer):
    choose_messages(by=world.as_("contract_officer"), choices={DEADLINE_NEAR.key: How.OFF})
    notify(to=officer, key="k", kind=DEADLINE_NEAR)
    run_due()
    assert [one.subject for one in mail.outbox] == []
    assert "Not mailed: switched off" in world.client("contract_officer").get("/messages/").content.decode()


def test_choice_of_one_person_leaves_others_as_they_are(world, officer):
    choose_messages(by=world.as_("team_manager"), choices={DEADLINE_NEAR.key: How.OFF})
    assert notify(to=officer, key="k", kind=DEADLINE_NEAR).state == State.WAITING


@pytest.mark.parametrize(
    ("persona", "choices"),
    [
        ("contract_officer", {DECISION.key: How.OFF}),
        ("contract_officer", {"no_such_kind": How.OFF}),
        ("contract_officer", {DEADLINE_NEAR.key: "never"}),
        ("provider_manager_x", {VISIT_UNANNOUNCED.key: How.OFF}),
    ],
)
def test_what_cannot_be_chosen_is_refused(world, persona, choices):
    with pytest.raises(Refused, match="cannot be switched off"):
        choose_messages(by=world.as_(persona), choices=choices)


def test_compulsory_kind_ignores_a_row_that_says_otherwise(officer):
    NotificationPreference.objects.create(person=officer.person, kind=DECISION.key, how=How.OFF)
    assert notify(to=officer, key="k", kind=DECISION).state == State.WAITING


def test_choice_is_audited_and_only_a_change_is_written(world, officer):
    user = world.as_("contract_officer")
    choose_messages(by=user, choices={STEP_WAITS.key: How.DIGEST})
    assert not NotificationPreference.objects.exists(), "what would be so anyway needs no row"
    for how in (How.OFF, How.OFF, How.AT_ONCE):
        choose_messages(by=user, choices={STEP_WAITS.key: how})
    row = NotificationPreference.objects.get()
    assert list(row.history.values_list("how", flat=True)) == [How.AT_ONCE, How.OFF]
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationPreference.objects.create(person=officer.person, kind=STEP_WAITS.key, how=How.OFF)


def test_page_shows_what_is_chosen_and_keeps_what_is_changed(world):
    client = world.client("contract_officer")
    form = client.get(PAGE).context["form"]
    assert DECISION.key not in form.fields
    assert form.fields[DEADLINE_NEAR.key].initial == How.AT_ONCE
    sent = {name: field.initial for name, field in form.fields.items()} | {DEADLINE_NEAR.key: How.OFF}
    answer = client.post(PAGE, sent, follow=True)
    assert "Your choice is saved." in answer.content.decode()
    assert answer.context["form"].fields[DEADLINE_NEAR.key].initial == How.OFF
    assert NotificationPreference.objects.get().person == world.users["contract_officer"].person
    assert client.post(PAGE, {}).status_code == 422


def test_provider_is_offered_what_a_provider_can_get(world):
    text = world.client("provider_manager_x").get(PAGE).content.decode()
    assert VISIT_UNANNOUNCED.label not in text
    assert "A monitoring visit is announced" in text
    assert (
        reverse("message_preferences") in world.client("provider_manager_x").get("/account/").content.decode()
    )
