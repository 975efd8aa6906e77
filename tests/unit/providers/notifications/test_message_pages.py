"""Who reads which messages: one's own, those of a record for those who see cases, and failures without content."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.notifications.kinds import DECISION, STEP_WAITS, VISIT_ANNOUNCED, VISIT_UNANNOUNCED
from providers.notifications.models import Notification
from providers.notifications.selectors import outbox
from providers.notifications.sending import SEND, collect
from providers.notifications.services import About, notify, try_again
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.notifications import NotificationFactory
from tests.factories.register import SettingFactory
from tests.unit.portal.directory.building import queries_of
from tests.unit.providers.notifications.test_calendar import visit

pytestmark = pytest.mark.django_db
State = Notification.State


@pytest.fixture
def home(world):
    return SettingFactory(
        working_name="Ash House", owner=world.provider_x.provider, authority=world.north.authority
    )


@pytest.fixture
def about(world, home):
    return About(path="/directory/", council=world.north, setting=home)


def read(world, persona: str, address: str, status: int = 200) -> str:
    answer = world.client(persona).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def page_of(message: Notification) -> str:
    return reverse("message", args=[message.public_id])


def test_own_messages_are_listed_with_how_they_came(world, about):
    officer = world.membership("contract_officer")
    notify(to=officer, key="a", kind=DECISION, about=about)
    notify(to=officer, key="b", kind=STEP_WAITS)
    text = read(world, "contract_officer", "/messages/")
    assert "On its way" in text
    assert "For the daily digest" in text
    run_due(SEND)
    assert "Mailed" in read(world, "contract_officer", "/messages/")
    assert "Nobody has told you anything yet" in read(world, "team_manager", "/messages/")


def test_mail_can_be_read_as_it_left_and_leads_on(world, about):
    row = notify(to=world.membership("contract_officer"), key="a", kind=DECISION, about=about)
    run_due(SEND)
    text = read(world, "contract_officer", page_of(row))
    assert "The mail as it left" in text
    assert "Ash House (URN" in text
    assert 'href="/directory/"' in text


def test_digest_can_be_read_by_its_reader_alone(world, about):
    officer = world.membership("contract_officer")
    row = notify(to=officer, key="a", kind=STEP_WAITS, about=about)
    collect(officer.person)
    run_due(SEND)
    digest = Notification.objects.get(kind="digest")
    assert page_of(digest) in read(world, "contract_officer", page_of(row))
    assert page_of(row) in read(world, "contract_officer", page_of(digest))
    assert page_of(digest) not in read(world, "team_manager", page_of(row))
    read(world, "team_manager", page_of(digest), 404)


def test_invitation_can_be_taken_up_from_the_page_by_its_reader(world, about):
    reader = world.membership("provider_manager_x")
    row = notify(to=reader, key="a", kind=VISIT_ANNOUNCED, about=about, appointment=visit())
    address = reverse("message_appointment", args=[row.public_id])
    assert address in read(world, "provider_manager_x", page_of(row))
    answer = world.client("provider_manager_x").get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer.content.decode().startswith("BEGIN:VCALENDAR")
    for persona in ("contract_officer", "provider_contributor_x"):
        read(world, persona, address, 404)


def test_messages_of_a_setting_show_to_council_and_its_provider_each_their_own(world, home, about):
    officer, provider = world.membership("contract_officer"), world.membership("provider_manager_x")
    notify(to=officer, key="a", kind=STEP_WAITS, about=about)
    notify(to=provider, key="b", kind=DECISION, about=about)
    address = reverse("setting_messages", args=[home.public_id])
    seen = {}
    for persona in ("team_manager", "provider_contributor_x", "officer_south"):
        rows = world.client(persona).get(address).context["page_obj"].object_list
        seen[persona] = {row.kind for row in rows}
    assert seen == {
        "team_manager": {"step_waits", "decision"},
        "provider_contributor_x": {"decision"},
        "officer_south": set(),
    }
    for persona in ("provider_manager_y", "social_worker", "partner_contributor"):
        read(world, persona, address, 404)


def test_provider_s_people_are_named_to_the_provider_alone(world, home, about):
    manager = world.membership("provider_manager_x")
    row = notify(to=manager, key="b", kind=DECISION, about=about)
    for address in (reverse("setting_messages", args=[home.public_id]), page_of(row)):
        theirs = read(world, "team_manager", address).split("<main")[1]
        assert str(manager.person) not in theirs
        assert f"Provider manager, {world.provider_x}" in theirs
        assert str(manager.person) in read(world, "provider_contributor_x", address).split("<main")[1]


def test_restricted_message_is_its_reader_s_alone(world, home, about):
    row = notify(to=world.membership("contract_officer"), key="a", kind=VISIT_UNANNOUNCED, about=about)
    listed = reverse("setting_messages", args=[home.public_id])
    assert VISIT_UNANNOUNCED.label not in read(world, "team_manager", listed)
    assert VISIT_UNANNOUNCED.label in read(world, "contract_officer", listed)
    read(world, "team_manager", page_of(row), 404)


def test_setting_s_page_links_to_its_messages_for_those_who_may_read_them(world, home):
    address = reverse("setting_messages", args=[home.public_id])
    for persona, linked in (
        ("contract_officer", True),
        ("officer_south", True),
        ("provider_manager_x", True),
        ("provider_manager_y", False),
        ("social_worker", False),
    ):
        assert (address in read(world, persona, reverse("setting", args=[home.public_id]))) == linked, persona


def failed(world, persona: str, **values) -> Notification:
    return NotificationFactory(
        to=world.membership(persona), error="SMTPServerDisconnected", attempts=3, **values
    )


def test_mail_page_tells_failures_by_organisation_and_not_whose_or_what(world, home):
    failed(world, "contract_officer", setting=home)
    failed(world, "officer_south", state=State.DEAD)
    text = read(world, "installation_administrator", "/mail/").split("<main")[1]
    assert "SMTPServerDisconnected" in text
    assert f"Contract officer, {world.south}" in text
    assert "Not delivered yet, tried 3 times" in text
    assert "Ash House" not in text
    assert "canary-north-people" not in text.lower()


def test_council_administrator_sees_own_council_s_failures_and_starts_none(world):
    failed(world, "contract_officer")
    theirs = failed(world, "officer_south", state=State.DEAD)
    text = read(world, "council_administrator", "/mail/").split("<main")[1]
    assert str(world.south) not in text
    assert "try-again" not in text
    assert world.client("council_administrator").post("/mail/try-again/").status_code == 404
    with pytest.raises(Refused):
        try_again(by=world.as_("council_administrator"), message=theirs)


def test_dead_messages_are_started_again_one_or_all(world):
    client = world.client("installation_administrator")
    rows = [failed(world, "contract_officer", state=State.DEAD) for _ in range(3)]
    one = reverse("try_mail_again", args=[rows[0].public_id])
    assert client.post(one).status_code == 302
    assert client.get(one).status_code == 404, "it is on its way already"
    answer = client.post(reverse("try_all_mail_again"), follow=True)
    assert "2 messages will be tried again." in answer.content.decode()
    assert set(Notification.objects.values_list("state", "attempts")) == {(State.WAITING, 0)}
    with pytest.raises(Refused, match="on its way already"):
        try_again(by=world.as_("installation_administrator"), message=rows[0])


def test_outbox_in_numbers(world):
    failed(world, "contract_officer", next_try_at=timezone.now() - dt.timedelta(minutes=9))
    failed(world, "contract_officer", state=State.DEAD)
    NotificationFactory(
        to=world.membership("contract_officer"), next_try_at=timezone.now() + dt.timedelta(hours=1)
    )
    NotificationFactory(
        to=world.membership("contract_officer"), state=State.SENT, sent_at=timezone.now(), next_try_at=None
    )
    told = outbox(since=timezone.now() - dt.timedelta(hours=1))
    assert (told.waiting, told.failing, told.dead, told.sent_today) == (2, 1, 1, 1)
    assert dt.timedelta(minutes=9) <= timezone.now() - told.oldest_due_at < dt.timedelta(minutes=9.5)
    assert outbox(Notification.objects.none(), since=timezone.now()).oldest_due_at is None


def test_lists_ask_as_many_queries_at_any_size(world, home, about):
    officer, other = world.membership("contract_officer"), world.membership("provider_manager_x")
    pages = {
        "contract_officer": ["/messages/", reverse("setting_messages", args=[home.public_id])],
        "installation_administrator": ["/mail/"],
    }

    def costs() -> list[int]:
        return [queries_of(world.client(who), url) for who, urls in pages.items() for url in urls]

    def tell(n: int) -> None:
        for reader in (officer, other):
            notify(to=reader, key=f"a{n}", kind=DECISION, about=about)
        notify(to=officer, key=f"b{n}", kind=STEP_WAITS, about=About(setting=SettingFactory()))
        failed(world, "contract_officer")

    tell(0)
    before = costs()
    for n in range(1, 20):
        tell(n)
    collect(officer.person)
    assert costs() == before
    assert max(before) <= 12
