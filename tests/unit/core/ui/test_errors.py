import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.test import RequestFactory

from qa_portal.core.rules import Conflict
from qa_portal.core.ui import errors
from qa_portal.core.ui.middleware import ConflictMiddleware, UnavailableMiddleware

SENT = {
    "reason": "Two nights\nwithout cover",
    "held_on_day": "3",
    "empty": "",
    "password1": "lantern-river",
    "code": "123456",
    "csrfmiddlewaretoken": "abc",
    "reset_token": "t0k3n",
}


@pytest.fixture
def post():
    return RequestFactory().post("/visits/1/change/?step=2", SENT)


def body(response) -> str:
    return response.content.decode()


def test_not_found_is_the_same_whatever_was_asked_for():
    one = errors.not_found(RequestFactory().get("/organisations/1/"), Http404("No Organisation matches"))
    other = errors.not_found(RequestFactory().get("/nowhere/?q=<b>"), Http404("No page"))
    assert one.status_code == other.status_code == 404
    assert one.content == other.content


def test_not_allowed_says_nothing_of_the_exception():
    response = errors.permission_denied(RequestFactory().get("/"), PermissionDenied("secret"))
    assert response.status_code == 403
    assert "secret" not in body(response)


def test_a_form_that_was_open_too_long_says_what_to_do(post):
    response = errors.csrf_failure(post, reason="CSRF cookie not set")
    assert response.status_code == 403
    assert "This page was open too long" in body(response)
    assert "Go back, reload and send it again" in body(response)


@pytest.mark.parametrize("cause", [RequestDataTooBig, TooManyFieldsSent])
def test_too_much_at_once_is_413(post, cause):
    response = errors.bad_request(post, cause("too much"))
    assert response.status_code == 413
    assert "shorten the text" in body(response)


def test_any_other_bad_request_is_400(post):
    response = errors.bad_request(post, SuspiciousOperation("odd"))
    assert response.status_code == 400
    assert "odd" not in body(response)


def test_a_conflict_keeps_what_was_typed_and_hides_secrets(post):
    response = ConflictMiddleware(None).process_exception(
        post, Conflict("Helen Armstrong changed it at 4pm.")
    )
    html = body(response)
    assert response.status_code == 409
    assert "Helen Armstrong changed it at 4pm." in html
    assert "Two nights<br>without cover" in html
    assert "Held on day" in html
    assert 'href="/visits/1/change/?step=2"' in html
    for secret in ("lantern-river", "123456", "abc", "t0k3n"):
        assert secret not in html


def test_typed_markup_comes_back_as_text():
    sent = RequestFactory().post("/", {"reason": "<img src=x>"})
    assert "&lt;img src=x&gt;" in body(errors.conflict(sent, "Changed."))


def test_other_exceptions_pass_the_conflict_by(post):
    assert ConflictMiddleware(None).process_exception(post, ValueError()) is None


@pytest.mark.parametrize("cause", [OperationalError, InterfaceError])
def test_a_failing_database_is_503_and_keeps_what_was_typed(post, cause):
    response = UnavailableMiddleware(None).process_exception(post, cause("database is locked"))
    html = body(response)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Your answers were not saved" in html
    assert "Two nights<br>without cover" in html
    assert "lantern-river" not in html
    assert "database is locked" not in html


def test_a_page_that_was_only_asked_for_speaks_of_no_answers():
    response = UnavailableMiddleware(None).process_exception(RequestFactory().get("/"), OperationalError())
    assert "answers" not in body(response)


def test_other_exceptions_pass_the_database_by(post):
    assert UnavailableMiddleware(None).process_exception(post, ValueError()) is None


def test_a_database_that_fails_outside_a_view_is_503_too(post):
    try:
        raise OperationalError("server closed the connection")
    except OperationalError:
        assert errors.server_error(post).status_code == 503


def test_a_body_that_cannot_be_read_again_does_not_break_the_error_page(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert errors.unavailable(
        RequestFactory().post("/", "a=" + "b" * 50, "application/x-www-form-urlencoded")
    )


def test_a_fault_renders_with_no_database_and_tells_nothing(django_db_blocker):
    with django_db_blocker.block():
        response = errors.server_error(RequestFactory().get("/secret/"))
    assert response.status_code == 500
    assert "/secret/" not in body(response)
    assert "brand" not in re.sub(r"vendor/\S+", "", body(response))
