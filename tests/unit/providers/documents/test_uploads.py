"""What streams in is cut off at the limit, over HTTP and by the same handlers as in production."""

import contextlib
import http.client

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory, override_settings
from django.urls import reverse

from providers.documents import upload_handlers, upload_limits
from providers.documents.upload_handlers import CappedUploadHandler, OversizedFile
from qa_portal.core.rules import Refused
from tests.factories import files

LIMIT = 50_000


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(upload_handlers, "UPLOAD", LIMIT)
    monkeypatch.setattr(upload_handlers, "BODY", 4 * LIMIT)


def request_with(size: int, *, signed_in: bool = True):
    request = RequestFactory().post(
        "/", {"before": "kept", "file": files.upload(b"x" * size, "a.txt"), "after": "kept too"}
    )
    if signed_in:
        request.user = type("Anybody", (), {"is_authenticated": True})()
    return request


def test_limit_is_25_megabytes_and_the_handler_comes_first(settings):
    assert settings.FILE_UPLOAD_HANDLERS[0].endswith("CappedUploadHandler")
    assert upload_limits.UPLOAD == 25 * 1024 * 1024


def test_file_under_the_limit_comes_whole_with_its_answers(small_limit):
    request = request_with(LIMIT)
    assert request.FILES["file"].size == LIMIT
    assert request.FILES["file"].read() == b"x" * LIMIT


def test_file_over_the_limit_is_dropped_and_the_answers_beside_it_are_kept(small_limit):
    request = request_with(2 * LIMIT)
    assert (request.POST["before"], request.POST["after"]) == ("kept", "kept too")
    file = request.FILES["file"]
    assert isinstance(file, OversizedFile)
    assert file.size == 2 * LIMIT
    for look in (file.read, file.chunks):
        with pytest.raises(Refused, match="larger than 25 MB"):
            look()


def test_body_far_over_the_limit_is_not_read_at_all(small_limit):
    with pytest.raises(RequestDataTooBig):
        assert request_with(5 * LIMIT).FILES


def test_somebody_who_is_not_signed_in_stores_nothing(small_limit):
    request = request_with(100, signed_in=False)
    assert not request.FILES
    assert request.POST["after"] == "kept too"


@pytest.mark.django_db
def test_page_says_that_the_file_is_too_large_and_keeps_the_other_answers(world, monkeypatch):
    monkeypatch.setattr(upload_handlers, "UPLOAD", LIMIT)
    monkeypatch.setattr("providers.documents.validation.file_check.UPLOAD", LIMIT)
    answer = world.client("provider_manager_x").post(
        reverse("add_document"),
        {"kind": "accounts", "identifies_child": "no", "upload": files.upload(b"x" * 90_000, "a.txt")},
    )
    assert answer.status_code == 422
    assert "The file is larger than 25 MB" in answer.text
    assert '<option value="accounts" selected>' in answer.text


@pytest.mark.django_db
def test_body_far_over_the_limit_is_answered_with_413(world, monkeypatch):
    monkeypatch.setattr(upload_handlers, "BODY", LIMIT)
    answer = world.client("provider_manager_x").post(
        reverse("add_document"), {"upload": files.upload(b"x" * 90_000, "a.txt")}
    )
    assert answer.status_code == 413


def test_200_megabytes_are_refused_before_they_are_sent_and_leave_no_file(
    commits, world, live_server, tmp_path
):
    client = world.client("provider_manager_x")
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        status = post_endless(live_server, client.cookies["sessionid"].value, 200_000_000)
    assert status == 413
    assert not list(tmp_path.iterdir())


def post_endless(server, session: str, size: int) -> int:
    """Says how much will come, sends a little, and waits for the answer."""
    line = http.client.HTTPConnection(server.thread.host, server.thread.port, timeout=120)
    line.putrequest("POST", reverse("add_document"))
    line.putheader("Content-Type", "multipart/form-data; boundary=b")
    line.putheader("Content-Length", str(size))
    line.putheader("Cookie", f"sessionid={session}; csrftoken={'a' * 32}")
    line.endheaders()
    line.send(
        b'--b\r\nContent-Disposition: form-data; name="upload"; filename="a.pdf"\r\n\r\n' + b"x" * 65_536
    )
    with contextlib.closing(line):
        return line.getresponse().status


def test_handler_is_asked_by_django_in_the_order_of_the_settings(settings):
    request = request_with(10)
    assert isinstance(request.upload_handlers[0], CappedUploadHandler)
