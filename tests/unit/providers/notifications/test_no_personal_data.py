"""Whatever is mailed holds no name of a person, no address of a home, and nobody's own words."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from providers.directory.models import SettingContact
from providers.notifications import rendering
from providers.notifications.calendar import Appointment
from providers.notifications.kinds import DAYS, DIGEST, KINDS, NUMBERS, Fact
from providers.notifications.models import Notification
from providers.notifications.sending import SEND, collect
from providers.notifications.services import About, notify
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from tests.factories.leads import AbsenceFactory, SettingLeadFactory
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db
READERS = ("contract_officer", "provider_manager_x", "partner_contributor")


def every_fact() -> dict:
    days, numbers = dict.fromkeys(DAYS, today()), dict.fromkeys(NUMBERS, 3)
    return {fact.value: (days | numbers).get(fact, "Insurance certificate") for fact in Fact}


@pytest.fixture
def home(world):
    """Everything around it that somebody typed, and everybody's name, is a canary."""
    home = SettingFactory(
        working_name="Ash House",
        working_address="CANARY-address",
        working_postcode="CA11 7XY",
        ofsted_address="CANARY-address",
        conditions="CANARY-text",
        owner=world.provider_x.provider,
    )
    lead = world.membership("contract_officer")
    SettingLeadFactory(setting=home, lead=lead)
    AbsenceFactory(membership=world.membership("team_manager"))
    SettingContact.objects.create(
        setting=home, kind="registered_manager", name="CANARY-manager", from_on=dt.date(2022, 1, 1)
    )
    return home


def tell_everything(world, home) -> list[Notification]:
    """A message of every kind to every reader who may get it, with every fact; and a digest for each."""
    told = []
    about = About(path="/x/", council=world.north, setting=home, provider=world.provider_x.provider)
    appointment = Appointment("visit-1@x", 0, timezone.now(), timezone.now() + dt.timedelta(hours=1))
    for persona in READERS:
        reader = world.membership(persona)
        for kind in KINDS.values():
            if kind != DIGEST and reader.organisation.kind in kind.audience:
                calendar = {"appointment": appointment} if kind.appointment else {}
                told.append(
                    notify(to=reader, key=kind.key, kind=kind, about=about, facts=every_fact(), **calendar)
                )
        collect(reader.person)
    return told


def words_of(sent) -> str:
    """All a reader or a mail server can read, but for whom it is for."""
    parts = [
        part.get_payload(decode=True).decode() for part in sent.message().walk() if not part.is_multipart()
    ]
    text = " ".join([sent.subject, *parts])
    return text.replace("\r\n ", "").lower().replace(sent.to[0].lower(), "")


def leaks(world) -> list[str]:
    return [word for sent in mail.outbox for word in words_of(sent).split() if "canary" in word]


def test_no_mail_of_any_kind_holds_a_canary(world, home):
    told = tell_everything(world, home)
    run_due(SEND)
    assert {sent.to[0] for sent in mail.outbox} == {world.users[persona].email for persona in READERS}
    assert len({row.kind for row in told}) == len(KINDS) - 1
    assert leaks(world) == []
    assert all("ash house" in words_of(sent) for sent in mail.outbox)


def test_what_is_stored_of_a_mail_holds_no_canary_and_no_address(world, home):
    tell_everything(world, home)
    run_due(SEND)
    for row in Notification.objects.all():
        stored = (
            f"{row.facts} {row.subject} {row.body} {row.invitation} {row.key} {row.message_id} {row.path}"
        )
        assert "canary" not in stored.lower()
        assert "mail.example" not in stored


def test_planted_name_is_found(world, home, monkeypatch):
    """The control: were the reader's or the provider's name in a mail, these tests would say so."""
    facts_of = rendering.facts_of
    monkeypatch.setattr(rendering, "facts_of", lambda row: [*facts_of(row), ("Provider", str(row.to.person))])
    tell_everything(world, home)
    run_due(SEND)
    assert leaks(world)


def test_nothing_about_an_unannounced_visit_reaches_the_provider(world, home):
    tell_everything(world, home)
    run_due()
    of_provider = [sent for sent in mail.outbox if sent.to[0] == world.users["provider_manager_x"].email]
    assert of_provider
    assert not [sent for sent in of_provider if "unannounced" in words_of(sent)]
    page = world.client("provider_manager_x").get(f"/directory/settings/{home.public_id}/messages/")
    assert "unannounced" not in page.content.decode().lower()
