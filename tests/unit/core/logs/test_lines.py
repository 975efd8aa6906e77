"""A line for each request and each fault: enough to find it by, and nothing of anybody."""

import io
import json
import logging
import sys
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import path, reverse

from providers.people.services.invitations import token_for
from qa_portal.core.audit.audit_context import Actor, audit_as, current_actor, request_id_context
from qa_portal.core.logs.formatters import JSONFormatter, LineFormatter
from qa_portal.core.logs.middleware import request_id_from
from qa_portal.core.logs.request_paths import UNKNOWN, RedactAddresses, logged_path
from qa_portal.urls import urlpatterns as real

ID = uuid.UUID("01234567-89ab-4def-8123-456789abcdef")
WORDS = "Key (email)=(helen.armstrong@council.example) already exists"


@login_not_required
def breaks(request, token: str):
    """Raises as the database does: with somebody's address in its words, after another fault."""
    try:
        raise KeyError(WORDS)
    except KeyError as error:
        raise IntegrityError(WORDS) from error


urlpatterns = [*real, path("breaks/<str:token>/", breaks)]
handler500 = "qa_portal.core.ui.errors.server_error"


def record(**facts) -> logging.LogRecord:
    return logging.makeLogRecord({"name": "qa.test", "levelname": "INFO", "msg": "said", **facts})


def failed() -> logging.LogRecord:
    try:
        breaks(None, "")
    except IntegrityError:
        return record(exc_info=sys.exc_info())


@pytest.fixture
def written() -> Iterator[Callable[[str], list[dict]]]:
    """What the log of production holds of one logger, else of all."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(JSONFormatter())
    handler.addFilter(RedactAddresses())

    def lines(name: str = "") -> list[dict]:
        told = [json.loads(line) for line in handler.stream.getvalue().splitlines()]
        return [line for line in told if name in ("", line["logger"])]

    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


# Formatters


def test_line_is_one_json_object_with_the_request_it_belongs_to():
    with request_id_context(ID):
        text = JSONFormatter().format(record(msg="two\nlines", facts={"ms": 4}))
    line = json.loads(text)
    assert "\n" not in text
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "qa.test",
        "message": "two\nlines",
        "request": str(ID),
        "ms": 4,
    }


def test_line_outside_a_request_has_no_request():
    assert "request" not in json.loads(JSONFormatter().format(record()))
    assert LineFormatter().format(record()).endswith("INFO qa.test said")


@pytest.mark.parametrize("formatter", [JSONFormatter(), LineFormatter()], ids=["json", "text"])
def test_exception_is_told_by_kind_and_place_without_its_words(formatter):
    line = formatter.format(failed())
    assert "helen.armstrong" not in line
    assert "IntegrityError" in line
    assert "KeyError" in line
    assert "test_lines.py" in line


def test_exception_keeps_its_words_only_where_somebody_develops():
    one = failed()
    assert WORDS in LineFormatter(words=True).format(one)
    assert WORDS not in LineFormatter().format(one)


# Addresses


def test_address_is_told_by_its_route_and_ids():
    public_id = uuid.uuid4()
    asked = RequestFactory().get(reverse("organisation", args=[public_id]), {"q": "Helen"})
    assert logged_path(asked) == f"/organisations/{public_id}/"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/invitations/accept/s3cret-t0ken/", "/invitations/accept/<str:token>/"),
        ("/no/such/helen.armstrong@council.example/", UNKNOWN),
    ],
)
def test_address_that_holds_a_secret_or_anybody_s_words_is_not_told(address, told):
    assert logged_path(RequestFactory().get(address)) == told


def test_link_for_a_new_password_is_not_told():
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "s3cret-t0ken"})
    assert "s3cret-t0ken" not in logged_path(RequestFactory().get(link))


@pytest.mark.parametrize(
    ("message", "args", "told"),
    [
        (
            "Error handling request %s %s",
            ("GET", "/invitations/accept/s3cret-t0ken/"),
            "Error handling request",
        ),
        ("Error handling request %s", ("/reset/?key=s3cret-t0ken",), "Error handling request"),
        ("Invalid request from ip=10.1.2.3: GET /s3cret-t0ken", (), "Invalid request from"),
        ("Booting worker with pid: %s", (7,), "Booting worker with pid: 7"),
    ],
)
def test_line_of_the_server_quotes_no_address(message, args, told):
    record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, message, args, None)
    assert RedactAddresses().filter(record)
    assert record.getMessage() == told


# Ids


@pytest.mark.parametrize("sent", [str(ID), ID.hex, str(ID).upper()])
def test_id_of_the_proxy_is_taken(sent):
    assert request_id_from(sent) == ID


@pytest.mark.parametrize("sent", ["", "1", "{" + str(ID) + "}", "x" * 32, f"{ID}\nforged", "٣" * 32])
def test_anything_else_is_no_id_and_another_is_made(sent):
    assert request_id_from(sent) != request_id_from(sent)


@pytest.mark.django_db
def test_answer_carries_the_id_that_was_sent_or_a_new_one():
    client = Client()
    assert client.get(reverse("help"), headers={"x-request-id": ID.hex})["X-Request-ID"] == str(ID)
    first, second = (client.get(reverse("help"))["X-Request-ID"] for _ in range(2))
    assert first != second


def test_history_and_access_log_carry_the_id_of_the_request(world):
    client = world.client("council_administrator")
    answer = client.post(
        reverse("rename_organisation", args=[world.provider_x.public_id]),
        {"name": "Another name", "reason": "Renamed", "company_number": ""},
        headers={"x-request-id": str(ID)},
    )
    assert answer.status_code == 302, answer.text
    model = type(world.provider_x)
    assert model.history.filter(history_request_id=ID).exists()


def test_work_inside_a_request_has_its_id_and_other_work_one_of_its_own():
    with request_id_context(ID), audit_as(role="x") as actor:
        assert current_actor() is actor
    with request_id_context(ID):
        assert Actor().request_id == ID
    assert Actor().request_id != Actor().request_id


# Requests


def test_request_is_one_line_with_the_person_s_number_and_without_the_query(world, written):
    user = world.users["contract_officer"]
    world.client("contract_officer").get(
        reverse("organisations"), {"q": "Helen Armstrong"}, headers={"x-request-id": str(ID)}
    )
    [line] = written("qa.request")
    assert (line["method"], line["path"]) == ("GET", "/organisations/")
    assert (line["status"], line["person"], line["request"]) == (200, user.person_id, str(ID))
    assert isinstance(line["ms"], int)
    assert "Helen" not in str(line)
    assert user.email not in str(line)


@pytest.mark.django_db
def test_request_of_nobody_names_nobody(written):
    Client().get(reverse("home"))
    [line] = written("qa.request")
    assert (line["status"], line["person"]) == (302, None)


def test_link_of_an_invitation_is_not_in_the_log(world, written):
    token = token_for(world.things["invitation_open"])
    Client().get(reverse("accept_invitation", args=[token]))
    assert token not in json.dumps(written("qa.request"))


def test_fault_is_logged_with_its_request_and_without_words_or_address(settings, written):
    settings.ROOT_URLCONF = __name__
    answer = Client(raise_request_exception=False).get(
        "/breaks/s3cret-t0ken/", {"q": "Helen"}, headers={"x-request-id": str(ID)}
    )
    assert answer.status_code == 500
    faults = written("django.request")
    assert [fault["message"] for fault in faults] == ["Internal Server Error: /breaks/<str:token>/"]
    assert "IntegrityError" in faults[0]["exception"]
    [line] = written("qa.request")
    assert (line["status"], line["request"]) == (500, str(ID))
    for secret in ("s3cret", "helen", "Helen"):
        assert secret not in json.dumps([*faults, line])


def test_probes_write_no_line(db, written):
    Client().get("/healthz")
    assert written("qa.request") == []


def test_log_holds_no_canary_of_the_world(world, written):
    """Pages full of people, read by somebody who may read them."""
    client = world.client("council_administrator")
    for page in (
        reverse("organisation", args=[world.north.public_id]),
        reverse("home"),
        reverse("access_log"),
    ):
        assert client.get(page, {"q": "canary-x-people"}).status_code == 200
    assert len(written("qa.request")) == 3
    assert "canary" not in json.dumps(written()).lower()
