"""The demo's own addresses: for anybody in demo mode, and for nobody in any other."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from providers.notifications.models import Notification
from providers.people.models import User
from qa_portal.portal.demo.views import next_page
from tests.access.conftest import names_of
from tests.factories.world import NORTH_ROLES

pytestmark = pytest.mark.django_db
PAGES = ["demo_front", "demo_tour", "demo_clock", "demo_mail"]
OF_ONE_MAIL = ["demo_one_mail", "demo_invitation"]
POSTED = ["demo_become"]


@pytest.fixture
def in_demo(demo_mode):
    """Its addresses exist."""


def a_mail(world) -> Notification:
    return Notification.objects.create(
        key="a mail",
        to=world.membership("contract_officer"),
        kind="decision",
        state=Notification.State.SENT,
        sent_at="2026-01-05T09:00:00Z",
        subject="A letter is ready",
        body="Open the portal.\n",
        invitation="BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    )


def addresses(world) -> dict[str, str]:
    key = str(a_mail(world).public_id)
    one = {name: reverse(name, args=[key]) for name in OF_ONE_MAIL}
    return {name: reverse(name) for name in [*PAGES, *POSTED]} | one


def demo_names() -> set[str]:
    return {name for name in names_of(get_resolver().url_patterns) if name.startswith("demo_")}


def test_no_address_of_the_demo_exists_outside_it(client):
    assert demo_names() == set()
    with pytest.raises(NoReverseMatch):
        reverse("demo_front")
    assert client.get("/demo/").status_code == 404


def test_every_address_of_the_demo_is_walked(in_demo):
    assert demo_names() == {*PAGES, *OF_ONE_MAIL, *POSTED}


@pytest.mark.parametrize("persona", [None, "contract_officer", "provider_manager_x", "nobody"])
def test_demo_page_is_open_to_anybody(in_demo, world, no_tour, persona):
    client = Client()
    if persona:
        client.force_login(world.users[persona], backend="providers.people.backends.SignInBackend")
    walked = addresses(world)
    got = {name: client.get(url).status_code for name, url in walked.items()}
    assert got == {name: 405 if name in POSTED else 200 for name in walked}


def test_what_does_not_exist_is_not_found(in_demo, client, world):
    for name in OF_ONE_MAIL:
        for key in ("00000000-0000-4000-8000-000000000000", "no-such-mail"):
            assert client.get(reverse(name, args=[key])).status_code == 404
    stranger = User.objects.exclude(email__endswith="@demo.example").first()
    for login in ("", "officer2", stranger.email, NORTH_ROLES[0].key):
        assert client.post(reverse("demo_become"), {"login": login}).status_code == 404


def test_becoming_somebody_needs_the_form_of_our_own_page(in_demo):
    answer = Client(enforce_csrf_checks=True).post(reverse("demo_become"), {"login": "officer"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/visits/?show=planned", "/visits/?show=planned"),
        ("home", ""),
        ("no-such-name", ""),
        ("//evil.example/", ""),
        ("/\\evil.example/", ""),
        ("https://evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_next_page_is_a_path_of_ours_or_none(in_demo, rf, asked, goes):
    assert next_page(rf.post("/demo/become/"), {"next": asked}) == goes


@pytest.fixture
def no_tour(monkeypatch):
    """The world of these tests is not the demo's, so that its tour leads nowhere."""
    monkeypatch.setattr("qa_portal.portal.demo.views.stops", list)
