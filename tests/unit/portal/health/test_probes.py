"""What a load balancer, a container and a monitor are told, whoever they are and whatever is broken."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from qa_portal.core.demonstration import Demonstration
from qa_portal.portal.health import readiness
from qa_portal.portal.health.readiness import HealthFinding, HealthQuestion, run_checks
from tests.faults.site import free_port

SECRET = "s3cret-pass"


def ready(client: Client | None = None) -> tuple[int, dict]:
    answer = (client or Client()).get("/readyz")
    return answer.status_code, answer.json()


@pytest.mark.django_db
def test_ready_when_all_that_pages_need_is_there():
    status, told = ready()
    assert status == 200
    assert told == {
        "status": "ok",
        "checks": {
            name: {"status": "ok"}
            for name in ("database", "migrations", "guard", "cache", "documents", "storage")
        },
    }


def test_alive_without_asking_the_database_even_with_a_session(django_db_blocker, settings):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    with django_db_blocker.block():
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_probes_are_answered_under_any_host_name_and_over_plain_http(settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["qa.example.gov.uk"], True
    assert Client().get("/healthz", headers={"host": "10.0.0.5:8000"}).status_code == 200
    assert Client().get("/help/", headers={"host": "10.0.0.5:8000"}).status_code == 400


@pytest.mark.django_db
def test_probes_are_answered_while_the_table_of_sessions_is_gone(settings):
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE django_session RENAME TO django_session_away")
        assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
        assert client.get(reverse("home")).status_code >= 500
        transaction.set_rollback(True)


def test_probes_are_never_cached_and_take_no_post(db):
    for path in ("/healthz", "/readyz"):
        assert "no-store" in Client().get(path)["Cache-Control"]
        assert Client().post(path).status_code == 405


@pytest.mark.django_db
def test_table_of_the_cache_that_is_missing_is_said(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "no_such_table",
        }
    }
    status, told = ready()
    assert status == 503
    assert told["checks"]["cache"] == {
        "status": "failed",
        "why": "unusable",
        "do": "Run manage.py migrate, or correct CACHE_URL.",
    }
    assert told["checks"]["database"] == {"status": "ok"}


@pytest.mark.django_db
def test_folder_of_documents_that_cannot_be_written_is_said(settings, tmp_path):
    """A file in the place of the folder: unlike a missing permission it stops root too."""
    in_the_way = tmp_path / "media"
    in_the_way.write_text("")
    settings.MEDIA_ROOT = in_the_way
    status, told = ready()
    assert status == 503
    assert told["checks"]["documents"]["why"] == "unwritable"
    assert "Let the portal write to MEDIA_ROOT" in told["checks"]["documents"]["do"]


@pytest.mark.django_db
def test_probe_leaves_nothing_in_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert ready()[0] == 200
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_broker_is_asked_only_where_one_is_set_and_its_password_is_not_told(settings, caplog):
    settings.CELERY_BROKER_URL = f"redis://user:{SECRET}@127.0.0.1:{free_port()}/0"
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"]["status"] == "failed"
    assert SECRET not in answer.text + caplog.text


@pytest.mark.django_db
def test_production_on_a_database_that_holds_the_demo_is_not_ready(settings):
    settings.PRODUCTION = True
    assert "people" in [question.name for question in readiness.questions()]
    assert readiness.people() is None
    Demonstration.objects.create()
    assert readiness.people() == "demo"


def test_what_does_not_answer_is_late_and_costs_one_thread_however_often_it_is_asked(settings):
    settings.READY_WITHIN_SECONDS = 0.5
    gate = threading.Event()
    hung = HealthQuestion("a disk that hangs", "unwritable", lambda: gate.wait() and None)
    try:
        before = threading.active_count()
        for _ in range(3):
            assert run_checks([hung]) == [HealthFinding("a disk that hangs", "late")]
        assert threading.active_count() == before + 1
    finally:
        gate.set()
    settings.READY_WITHIN_SECONDS = 60
    assert run_checks([hung]) == [HealthFinding("a disk that hangs", "ok")]


def test_fault_of_one_part_does_not_hide_the_others():
    def fails() -> None:
        raise OSError("disk of council-secret")

    found = run_checks(
        [HealthQuestion("one", "unwritable", fails), HealthQuestion("two", "broken", lambda: None)]
    )
    assert [(one.word, one.ok) for one in found] == [("unwritable", False), ("ok", True)]
