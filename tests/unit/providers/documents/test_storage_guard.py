"""Nothing is written over a storage that is not this installation's, and an operator or a fresh demo may take it."""

import datetime as dt
import json
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from providers.documents import quarantine, storage_guard
from providers.documents.adoption import adopt_for_a_fresh_demo
from providers.documents.storage import document_storage, name_for
from providers.notifications.models import HELD, Notification
from providers.people.models import Invitation
from qa_portal.core import stops
from qa_portal.core.due import run_due
from qa_portal.core.installation import (
    Installation,
    Marker,
    OwnershipState,
    begin_restored,
    storage_ownership,
)
from qa_portal.core.installation.markers import markers, write
from qa_portal.core.rules import Refused
from qa_portal.core.stops import WritesStopped
from qa_portal.portal.health import readiness
from qa_portal.portal.health.readiness import HealthFinding
from qa_portal.portal.health.selectors import remedy_for
from qa_portal.portal.health.storage import nothing_lies_in_the_former_place, storage_is_ours
from tests.factories.documents import a_document
from tests.factories.storage import adopt_now, everything_in, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rules")]
NOON = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
OTHER = Marker(7, uuid.UUID(int=5), "production", NOON)


@pytest.fixture(autouse=True)
def _looks_again():
    storage_ownership._seen.clear()
    yield
    stops.forget()


@pytest.fixture
def foreign(world, stopped_as_in_the_product):
    for _ in range(3):
        stored(name_for(uuid.uuid4()), hours=99)
    write(document_storage(), OTHER)
    stops.forget()


@pytest.fixture
def restored(world, stopped_as_in_the_product):
    adopt_now()
    begin_restored(document_storage(), kind="tests")
    stops.forget()


def ready() -> tuple[int, dict]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()["checks"]["storage"]


def test_free_storage_is_adopted_by_the_first_pass(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run_due("send messages")
    assert storage_guard.ownership().state == OwnershipState.OURS
    with django_capture_on_commit_callbacks(execute=True):
        run_due()
    assert Installation.objects.get().passes == 1
    assert [one.number for one in markers(document_storage())] == [0, 1]


def test_free_storage_is_adopted_as_the_pages_start(django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(storage_guard.connections, "close_all", lambda: None)
    with django_capture_on_commit_callbacks(execute=True):
        storage_guard.adopt_before_forking()
    assert storage_guard.ownership().state == OwnershipState.OURS


@pytest.mark.usefixtures("foreign")
def test_production_does_not_start_over_another_installation_s_storage(settings, monkeypatch):
    monkeypatch.setattr(storage_guard.connections, "close_all", lambda: None)
    storage_guard.adopt_before_forking()
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="belong to another installation"):
        storage_guard.adopt_before_forking()


@pytest.mark.usefixtures("foreign")
def test_foreign_storage_is_refused_by_due_work_uploads_readiness_and_check(world, settings):
    before = everything_in(settings.MEDIA_ROOT)
    with pytest.raises(WritesStopped, match="another installation"):
        run_due()
    with pytest.raises(WritesStopped, match="another installation"):
        a_document(world.as_("provider_manager_x"))
    status, told = ready()
    assert (status, told["why"]) == (503, "another installation's")
    assert "adopt_storage" in told["do"]
    assert [one.id for one in storage_is_ours(databases=["default"])] == ["portal.E003"]
    assert everything_in(settings.MEDIA_ROOT) == before


def test_the_same_is_done_over_a_storage_of_ours(world):
    adopt_now()
    run_due()
    a_document(world.as_("provider_manager_x"))
    assert readiness.storage() is None
    assert storage_is_ours(databases=["default"]) == []


def test_storage_that_never_answered_stops_due_work_and_says_so(monkeypatch):
    monkeypatch.setattr(document_storage(), "listdir", unmounted)
    with pytest.raises(WritesStopped, match="does not answer"):
        run_due()


def unmounted(path):
    raise OSError("not mounted")


@pytest.mark.usefixtures("foreign")
def test_operator_sees_what_lies_there_before_taking_it(capsys):
    with pytest.raises(CommandError, match="with --yes"):
        call_command("adopt_storage")
    told = capsys.readouterr().out
    assert "mark of production, 00000000: pass 7" in told
    assert "3 files, 0 of them known" in told
    assert storage_guard.ownership().state == OwnershipState.FOREIGN


@pytest.mark.usefixtures("foreign")
def test_operator_takes_it_and_nothing_of_it_is_lost(settings, django_capture_on_commit_callbacks):
    before = everything_in(settings.MEDIA_ROOT)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("adopt_storage", yes=True)
    assert storage_guard.ownership().state == OwnershipState.OURS
    assert everything_in(settings.MEDIA_ROOT).items() >= before.items()
    assert [file.former for file in quarantine.all_quarantined()] == [OTHER.name]
    call_command("quarantine", "sweep", yes=True)
    call_command("quarantine", "restore", "all")
    assert storage_guard.ownership().state == OwnershipState.OURS, "the other's mark stays aside"
    assert everything_in(settings.MEDIA_ROOT).items() >= before.items()
    with pytest.raises(CommandError, match="already; nothing was changed"):
        call_command("adopt_storage", yes=True)


def test_copy_from_before_the_mark_becomes_the_older_database_of_that_installation(world, capsys):
    a_document(world.as_("provider_manager_x"))
    write(document_storage(), OTHER)
    assert storage_guard.ownership().state == OwnershipState.FOREIGN
    call_command("adopt_storage", yes=True)
    assert "older copy" in capsys.readouterr().out
    assert storage_guard.ownership().state == OwnershipState.RESTORED
    assert Installation.objects.get().identity == OTHER.identity


def test_fresh_demo_sets_the_files_of_an_earlier_one_aside(settings):
    settings.INSTALLATION_KIND = "demo"
    write(document_storage(), Marker(7, uuid.uuid4(), "demo", NOON))
    stored(name_for(uuid.uuid4()), b"earlier")
    assert adopt_for_a_fresh_demo() == 1
    assert storage_guard.ownership().state == OwnershipState.OURS
    assert b"earlier" in everything_in(settings.MEDIA_ROOT).values()


@pytest.mark.usefixtures("foreign")
def test_fresh_demo_takes_nobody_else_s_storage(settings):
    settings.INSTALLATION_KIND = "demo"
    before = everything_in(settings.MEDIA_ROOT)
    with pytest.raises(Refused, match=r"production, 00000000"):
        adopt_for_a_fresh_demo()
    assert everything_in(settings.MEDIA_ROOT) == before


@pytest.mark.usefixtures("restored")
def test_restored_database_is_told_by_readiness_health_and_check():
    assert readiness.storage() == "restored"
    assert "end_restored_state" in remedy_for(HealthFinding("storage", "restored"))
    assert [one.id for one in storage_is_ours(databases=["default"])] == ["portal.E003"]


def waiting(world, key: str, **facts) -> Notification:
    facts = {"state": "waiting", "next_try_at": NOON} | facts
    to = world.membership("contract_officer")
    return Notification.objects.create(key=key, to=to, kind="decision", message_id=f"<{key}@x>", **facts)


def invitation(world) -> Invitation:
    by = world.membership("contract_officer")
    return Invitation.objects.create(
        email="new@mail.example",
        organisation=by.organisation,
        role=by.role,
        responsible=by,
        expires_at=dt.datetime.now(dt.UTC) + dt.timedelta(days=1),
    )


@pytest.mark.usefixtures("restored")
def test_what_is_lacking_and_what_may_have_left_is_listed_before_anything_is_changed(world, capsys):
    stops._known.sentences = ()
    waiting(world, "old", invitation="BEGIN:VCALENDAR")
    waiting(world, "digest", state="digest", next_try_at=None, created_at=NOON)
    invitation(world)
    stray = name_for(uuid.uuid4())
    stored(stray)
    call_command("end_restored_state", format="json")
    told = json.loads(capsys.readouterr().out)
    assert told["documents"]["without_row"] == [stray]
    assert told["mail"] == [{"kind": "decision", "messages": 2, "people": 1, "calendar_entries": 1}]
    assert told["invitations"] == 1
    assert storage_guard.ownership().state == OwnershipState.RESTORED


@pytest.mark.usefixtures("restored")
def test_document_without_contents_is_named(world, capsys):
    stops._known.looked_at, stops._known.sentences = float("inf"), ()
    lost = a_document(world.as_("provider_manager_x"))
    document_storage().delete(lost.stored_name)
    call_command("end_restored_state")
    assert f"Documents whose contents lie nowhere: 1\n  {lost.public_id}" in capsys.readouterr().out


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "Helen"}, "--reason WHY"),
        ({"reason": "Looked"}, "--by NAME"),
        ({"by": "Helen", "reason": "Looked"}, "--mail send or --mail hold"),
    ],
)
def test_state_is_ended_by_a_name_with_a_reason_and_a_choice(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("end_restored_state", **options)
    assert storage_guard.ownership().state == OwnershipState.RESTORED


@pytest.mark.usefixtures("restored")
def test_held_mail_is_sent_by_a_person_one_by_one_and_never_by_itself(world, mailoutbox):
    old = waiting(world, "old")
    digest = waiting(world, "digest", state="digest", next_try_at=None, created_at=NOON)
    asked = invitation(world)
    call_command("end_restored_state", by="Helen", reason="Looked", mail="hold")
    run_due()
    assert mailoutbox == []
    asked.refresh_from_db()
    assert asked.sent_at
    for message in (old, digest):
        message.refresh_from_db()
        assert message.error == HELD
        assert "may have been mailed before" in message.told
    from providers.notifications.services import try_again

    by = world.as_("installation_administrator")
    assert try_again(by=by) == 0
    assert try_again(by=by, message=old) == 1
    run_due("send messages")
    assert len(mailoutbox) == 1


@pytest.mark.usefixtures("restored")
def test_mail_that_is_sent_leaves_once(world, mailoutbox):
    waiting(world, "old")
    call_command("end_restored_state", by="Helen", reason="Looked", mail="send")
    run_due()
    run_due()
    assert len(mailoutbox) == 1


@pytest.mark.usefixtures("restored")
def test_another_reason_to_write_nothing_is_not_ended_with_it(monkeypatch):
    guard = stops.Stop("guard", lambda: "The audit guard is not whole.")
    monkeypatch.setitem(stops._stops, "guard", guard)
    with pytest.raises(CommandError, match="audit guard"):
        call_command("end_restored_state", by="Helen", reason="Looked", mail="send")
    assert storage_guard.ownership().state == OwnershipState.RESTORED


def test_there_is_nothing_to_end_where_nothing_was_restored():
    adopt_now()
    with pytest.raises(CommandError, match="no restored state to end"):
        call_command("end_restored_state")


def test_operator_says_that_a_copy_of_the_machine_was_restored():
    with pytest.raises(CommandError, match="no mark"):
        call_command("begin_restored_state")
    adopt_now()
    call_command("begin_restored_state")
    with pytest.raises(WritesStopped, match="restored from a backup"):
        run_due()


def test_files_in_the_former_place_are_told_until_they_are_moved(settings, tmp_path):
    settings.VAR_DIR, settings.OWN_DIR = tmp_path, tmp_path / settings.QA_ENV
    settings.OWN_DIR.mkdir()
    assert nothing_lies_in_the_former_place() == []
    (tmp_path / "qa.sqlite3").touch()
    [told] = nothing_lies_in_the_former_place()
    assert "mv var/qa.sqlite3 var/local/" in told.hint
    (settings.OWN_DIR / "qa.sqlite3").touch()
    assert nothing_lies_in_the_former_place() == []
