"""Signing in: invitation only, a second factor for everybody, limits that hold across processes."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from providers.people import roles
from providers.people.adapters import EncryptedSecretsAdapter
from providers.people.models import SecondFactorReset
from providers.people.services.second_factor import reset_second_factor
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.rules import Refused
from tests.factories.people import PASSWORD, SECRET, MembershipFactory, code_now

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"


def enter(client, user, password=PASSWORD):
    return client.post(SIGN_IN, {"login": user.email, "password": password})


def test_password_alone_opens_no_page(world, all_pages):
    user = world.users["contract_officer"]
    Authenticator.objects.filter(user=user).delete()
    client = Client()
    enter(client, user)
    for name in all_pages:
        answer = client.get(reverse(name))
        assert answer.url == reverse("mfa_activate_totp"), name


@pytest.fixture
def all_pages() -> list[str]:
    return [
        "home",
        "organisations",
        "my_account",
        "acting_for",
        "access_log",
        "mfa_index",
        "usersessions_list",
    ]


def test_waiting_session_with_the_password_alone_ends_when_the_owner_sets_up_the_second_factor(world):
    user = world.users["contract_officer"]
    Authenticator.objects.filter(user=user).delete()
    waiting, owner = Client(), Client()
    for client in (waiting, owner):
        enter(client, user)
    page = owner.get(reverse("mfa_activate_totp"))
    code = code_now(page.context["form"].secret)
    assert owner.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert owner.get("/").status_code == 200
    assert waiting.get("/").url.startswith(SIGN_IN)


def test_demo_mode_asks_for_no_second_factor(world, settings):
    settings.SECOND_FACTOR_COMPULSORY = False
    user = world.users["contract_officer"]
    Authenticator.objects.filter(user=user).delete()
    client = Client()
    enter(client, user)
    assert client.get("/").status_code == 200


def test_code_works_once(world):
    user, now = world.users["contract_officer"], code_now()
    first, second = Client(), Client()
    assert enter(first, user).url.endswith("/two-factor/code/")
    assert first.get("/").status_code == 302
    assert first.post(reverse("mfa_authenticate"), {"code": now}).status_code == 302
    assert first.get("/").status_code == 200
    enter(second, user)
    second.post(reverse("mfa_authenticate"), {"code": now})
    assert second.get("/").status_code == 302


def test_wrong_passwords_lock_the_account_even_for_the_right_one(world):
    cache.clear()
    user = world.users["contract_officer"]
    for _ in range(6):
        enter(Client(), user, "wrong")
    answer = enter(Client(), user)
    assert answer.status_code in {200, 429}
    assert b"tried too often" in answer.content or answer.status_code == 429


def test_limits_live_in_a_cache_that_processes_share(settings):
    assert "DatabaseCache" in settings.CACHES["default"]["BACKEND"] or "edis" in str(settings.CACHES)


def test_unknown_address_gets_the_same_answer_and_no_mail(world):
    user = world.users["contract_officer"]
    known = Client().post(reverse("account_reset_password"), {"email": user.email})
    unknown = Client().post(reverse("account_reset_password"), {"email": "stranger@nowhere.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [[user.email]]
    wrong = enter(Client(), user, "wrong").content
    stranger = Client().post(SIGN_IN, {"login": "stranger@nowhere.example", "password": "wrong"}).content
    assert b"Email address or password is not right" in wrong
    assert b"Email address or password is not right" in stranger


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_connections", "account_change_phone"]
)
def test_page_of_allauth_that_we_do_not_use_is_not_mounted(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
    assert Client().post("/account/signup/", {"email": "a@b.example"}).status_code == 404


def test_session_key_changes_at_sign_in(world):
    client = Client()
    client.get(SIGN_IN)
    before = client.session.session_key
    enter(client, world.users["contract_officer"])
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.session.session_key != before


def test_secret_of_the_second_factor_is_not_stored_in_the_clear(settings):
    adapter = EncryptedSecretsAdapter()
    stored = adapter.encrypt(SECRET)
    assert SECRET not in stored and adapter.decrypt(stored) == SECRET
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key after a rotation"
    assert adapter.decrypt(stored) == SECRET


def test_second_factor_cannot_be_taken_off_where_it_is_compulsory(settings):
    assert not EncryptedSecretsAdapter().can_delete_authenticator(Authenticator())
    settings.SECOND_FACTOR_COMPULSORY = False
    assert EncryptedSecretsAdapter().can_delete_authenticator(Authenticator())


def reset(world, by="council_administrator", whom="provider_contributor_x", **answers):
    call_back = {
        "known_by": SecondFactorReset.Known.CALLED_BACK,
        "number_from": SecondFactorReset.NumberFrom.CONTRACT,
        "called_at": timezone.now(),
        "note": "Asked for two of her homes",
    }
    return reset_second_factor(by=world.as_(by), membership=world.membership(whom), **(call_back | answers))


IN_PERSON = {"known_by": "in_person", "number_from": "", "called_at": None}


def test_lost_second_factor_is_taken_off_and_sessions_end(world):
    user = world.users["provider_contributor_x"]
    client = world.client("provider_contributor_x")
    client.get("/")
    record = reset(world)
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/").status_code == 302
    assert (record.organisation, record.by_organisation) == (world.provider_x, world.north)


@pytest.mark.parametrize(
    ("by", "whom", "answers", "sentence"),
    [
        ("council_administrator", "provider_contributor_x", IN_PERSON, "Call back on a number"),
        ("provider_manager_x", "provider_contributor_x", IN_PERSON, ""),
        ("provider_manager_x", "provider_contributor_y", {}, "You do not look after"),
        ("provider_manager_x", "provider_manager_x", {}, "cannot reset your own"),
        ("contract_officer", "provider_contributor_x", {}, "Your role does not allow"),
        ("council_administrator", "officer_south", {}, "You do not look after"),
    ],
)
def test_who_may_reset_whose_second_factor_and_how(world, by, whom, answers, sentence):
    if sentence:
        with pytest.raises(Refused, match=sentence):
            reset(world, by, whom, **answers)
    else:
        assert reset(world, by, whom, **answers)


def test_second_factor_of_somebody_who_also_acts_for_a_council_is_reset_there(world):
    MembershipFactory(
        person=world.users["provider_contributor_x"].person,
        organisation=world.south,
        role=roles.BoardMember.key,
    )
    for by in ("provider_manager_x", "council_administrator"):
        with pytest.raises(Refused, match="They also act for Lancashire County Council"):
            reset_second_factor(
                by=world.as_(by),
                membership=world.users["provider_contributor_x"].person.memberships.get(
                    organisation=world.provider_x
                ),
                known_by=SecondFactorReset.Known.CALLED_BACK,
                number_from=SecondFactorReset.NumberFrom.CONTRACT,
                called_at=timezone.now(),
                note="Asked",
            )


def test_reading_a_reset_record_is_in_the_access_log_and_so_is_the_download(world):
    client = world.client("council_administrator")
    record = world.things["reset"]
    before = AccessEvent.objects.count()
    client.get(reverse("second_factor_reset", args=[record.public_id]))
    event = AccessEvent.objects.first()
    assert (event.item, event.item_id) == ("two-step verification reset", str(record.public_id))
    assert (event.person_id, event.organisation_id) == (
        world.users["council_administrator"].person_id,
        world.north.pk,
    )
    answer = client.get(reverse("access_log_csv"))
    assert b"two-step verification reset" in answer.content and b"access log" in answer.content
    assert AccessEvent.objects.count() == before + 2


def test_signed_in_pages_are_never_cached_and_carry_the_strict_headers(world):
    answer = world.client("contract_officer").get("/")
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert "camera=()" in answer["Permissions-Policy"]
