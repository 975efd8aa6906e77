"""Every address, every persona, GET and POST; and what every answer must not show."""

import io
import re

import openpyxl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from providers.people.models import Membership
from providers.people.models.memberships import MembershipQuerySet
from tests.access import policy
from tests.access.policies import POLICIES
from tests.access.policy import ANYBODY, MEMBERS, Rule
from tests.factories import world as everybody

pytestmark = pytest.mark.django_db
LABELS = (*everybody.LABELS, *(label for slice_policy in POLICIES for label in slice_policy.LABELS))
WRITES = re.compile(r'(?:^|; )(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
MAY_BE_WRITTEN_BY_READING = {"core_accessevent", "django_session", "core_cache", "usersessions_usersession"}


def expected(rule: Rule, persona: str, method: str) -> int:
    allowed, status = (rule.get, rule.get_status) if method == "get" else (rule.post, rule.post_status)
    if persona == "anon" and rule.anon:
        return rule.anon[method != "get"]
    if persona in allowed:
        return status
    if method == "get" and persona in rule.sent_on:
        return 302
    if method == "post" and persona in rule.late:
        return 409
    return 404 if persona in MEMBERS else 302


def asked(client, method: str, url: str):
    """The answer, with everything it wrote taken back."""
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    return answer


def text_of(answer) -> str:
    """What a reader of the answer reads: a workbook's cells, a PDF's words, else the text."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "pdf" in answer.get("Content-Type", ""):
        return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)
    if "spreadsheet" not in answer.get("Content-Type", ""):
        return content.decode()
    sheets = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)


def leaks(text: str, persona: str) -> set[str]:
    text = text.lower()
    knows = policy.KNOWS[persona].union(*(one.KNOWS.get(persona, set()) for one in POLICIES))
    return {label for label in LABELS if f"canary-{label}-" in text} - knows


def test_every_address_is_in_the_table(all_names, table):
    assert sorted(set(all_names)) == sorted(table)


QUICKLY = {"anon", "contract_officer", "provider_manager_y"}
"""Whom `make test` walks as: a stranger, and one of each side. `make test-slow` walks as everybody else."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "persona",
    [one if one in QUICKLY else pytest.param(one, marks=pytest.mark.slow) for one in sorted(ANYBODY)],
)
def test_walk(persona, world, table):
    client = world.client(persona)
    wrong, leaked, wrote = [], [], []
    for name, cases in table.items():
        for kwargs, rule in cases:
            url = reverse(name, kwargs=kwargs)
            for method in ("get", "post"):
                with CaptureQueriesContext(connection) as queries:
                    answer = asked(client, method, url)
                wanted = expected(rule, persona, method)
                if answer.status_code != wanted:
                    wrong.append((method, url, f"{answer.status_code}, wanted {wanted}"))
                if found := leaks(text_of(answer), persona):
                    leaked.append((method, url, found))
                if method == "get" and (tables := written(queries)):
                    wrote.append((url, tables))
                if name in {"account_logout", "usersessions_list"}:
                    client = world.client(persona)
    told = [" ".join(map(str, fault)) for fault in (*wrong, *leaked, *wrote)]
    assert not told, "\n".join(told)


def written(queries) -> set[str]:
    found = {match[2] for query in queries if (match := WRITES.search(query["sql"]))}
    return found - MAY_BE_WRITTEN_BY_READING


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("persona", ["council_administrator", "provider_manager_y"])
def test_head_and_options_open_nothing_that_get_does_not(persona, world, table):
    client = world.client(persona)
    for name, cases in table.items():
        for kwargs, rule in cases:
            url = reverse(name, kwargs=kwargs)
            head = asked(client, "head", url)
            assert (head.status_code, head.getvalue()) == (expected(rule, persona, "get"), b""), url
            options = asked(client, "options", url)
            if persona not in rule.get | rule.post | rule.sent_on:
                assert options.status_code in {404, 302}, url


def test_somebody_else_s_page_is_the_page_that_does_not_exist(world):
    client = world.client("provider_manager_y")
    theirs = client.get(reverse("organisation", args=[world.provider_x.public_id]))
    absent = client.get("/organisations/00000000-0000-4000-8000-000000000000/")
    nowhere = client.get("/no/such/page/")
    assert theirs.status_code == absent.status_code == nowhere.status_code == 404
    assert theirs.content == absent.content == nowhere.content


def test_walk_finds_a_planted_leak(world, monkeypatch):
    """The control: with one `visible_to` taken off, the walk must see canaries it may not know."""
    monkeypatch.setattr(MembershipQuerySet, "visible_to", lambda self, user: self)
    url = reverse("membership", args=[world.membership("contract_officer").public_id])
    answer = world.client("provider_manager_y").get(url)
    assert answer.status_code == 200
    assert "north-people" in leaks(text_of(answer), "provider_manager_y")
    assert Membership.objects.visible_to(world.as_("provider_manager_y")).count() > 2


def test_denied_page_is_logged_by_numbers_and_without_a_name(world, caplog):
    url = reverse("organisation", args=[world.provider_x.public_id])
    world.client("provider_manager_y").get(url)
    [line] = [record.getMessage() for record in caplog.records if record.name == "qa.access"]
    user = world.users["provider_manager_y"]
    assert f"user={user.pk} organisation={world.provider_y.pk} page=organisation" in line
    assert str(world.provider_x.public_id) in line
    assert "canary" not in line.lower()


def test_form_with_a_forged_token_of_another_site_is_refused(world):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(
        world.users["council_administrator"], backend="providers.people.backends.SignInBackend"
    )
    answer = client.post(reverse("add_provider"), {"name": "New Care Ltd"})
    assert answer.status_code == 403
