"""A scanner that finds, one that does not, one that will not say, and one that is down; over a real socket."""

import socketserver
import threading

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.documents import scanning
from providers.documents.clamd import ScannerError, virus_in
from providers.documents.models import Document
from providers.documents.services import remove_contents
from qa_portal.core.due import run_due
from tests.factories.documents import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rules")]
EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Scan = Document.Scan


class Clamd(socketserver.StreamRequestHandler):
    """What clamd does with INSTREAM: lengths and chunks up to an empty one, then one answer."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
            if self.server.most and len(content) > self.server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(content)
        self.wfile.write(self.answer(content))

    def answer(self, content: bytes) -> bytes:
        if self.server.silent:
            return b""
        return b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.seen, server.most, server.silent = [], 0, False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def scan() -> tuple[int, int]:
    [done] = run_due(scanning.NAME)
    return done.done, done.failed


def state_of(document: Document) -> str:
    document.refresh_from_db()
    return document.scan_state


def test_clean_and_infected_documents_are_told_apart(world, clamd):
    manager = world.as_("provider_manager_x")
    clean, infected = a_document(manager), a_document(manager, text=EICAR)
    assert {clean.scan_state, infected.scan_state} == {Scan.WAITING}
    assert scan() == (2, 0)
    assert (state_of(clean), state_of(infected)) == (Scan.CLEAN, Scan.INFECTED)
    assert clean.scanned_at
    assert infected.history.first().history_change_reason == "Found Eicar-Test-Signature."
    assert clamd.seen == [b"Nothing in particular", EICAR.encode()]
    assert scan() == (0, 0), "what is scanned is due no more"


def test_document_is_not_served_while_it_waits_nor_when_it_is_infected(world, clamd):
    infected = a_document(world.as_("provider_manager_x"), text=EICAR)
    client = world.client("provider_manager_x")
    download = reverse("download_document", args=[infected.public_id])
    page = reverse("document", args=[infected.public_id])
    answer = client.get(download)
    assert (answer.status_code, "still waiting to be scanned" in answer.text) == (422, True)
    scan()
    answer = client.get(download)
    assert (answer.status_code, "A virus was found in this file" in answer.text) == (422, True)
    assert "EICAR" not in answer.text
    assert "cannot be downloaded: virus found" in client.get(page).text


def test_clean_document_is_served(world, clamd):
    clean = a_document(world.as_("provider_manager_x"))
    scan()
    answer = world.client("provider_manager_x").get(reverse("download_document", args=[clean.public_id]))
    assert answer.getvalue() == b"Nothing in particular"


def test_scanner_that_is_down_leaves_the_document_waiting_without_a_word_in_its_history(
    world, settings, clamd
):
    document = a_document(world.as_("provider_manager_x"))
    up, settings.CLAMD_URL = settings.CLAMD_URL, "tcp://127.0.0.1:1"
    assert scan() == scan() == (0, 1)
    assert state_of(document) == Scan.WAITING
    assert document.history.count() == 1
    settings.CLAMD_URL = up
    assert scan() == (1, 0)
    assert state_of(document) == Scan.CLEAN


def test_scanner_that_hangs_up_without_an_answer_is_not_taken_for_clean(world, clamd):
    clamd.silent = True
    document = a_document(world.as_("provider_manager_x"))
    scan()
    assert state_of(document) == Scan.FAILED


def test_document_over_the_scanner_s_limit_is_not_served_and_tried_again_after_a_day(
    world, clamd, time_machine
):
    time_machine.move_to(timezone.now())
    clamd.most = 1000
    document = a_document(world.as_("provider_manager_x"), text="long " * 200_000)
    assert scan() == (1, 0)
    assert state_of(document) == Scan.FAILED
    assert "size limit exceeded" in document.history.first().history_change_reason
    answer = world.client("provider_manager_x").get(reverse("download_document", args=[document.public_id]))
    assert (answer.status_code, "could not be scanned" in answer.text) == (422, True)
    assert scan() == (0, 0)
    time_machine.shift(86_401)
    clamd.most = 0
    assert scan() == (1, 0)
    assert state_of(document) == Scan.CLEAN


def test_without_a_scanner_documents_are_not_scanned_and_say_so(world):
    document = a_document(world.as_("provider_manager_x"))
    assert document.scan_state == Scan.NOT_SCANNED
    assert scan() == (0, 0)
    page = world.client("provider_manager_x").get(reverse("document", args=[document.public_id])).text
    assert "This portal has no virus scanner, so the file is not scanned" in page


def test_scanner_that_comes_later_scans_what_is_there(world, settings, request):
    document = a_document(world.as_("provider_manager_x"))
    request.getfixturevalue("clamd")
    assert scan() == (1, 0)
    assert state_of(document) == Scan.CLEAN


def test_scanner_that_is_taken_away_leaves_nothing_waiting_for_ever(world, settings, clamd):
    document = a_document(world.as_("provider_manager_x"))
    settings.CLAMD_URL = ""
    assert scan() == (1, 0)
    assert state_of(document) == Scan.NOT_SCANNED
    assert scan() == (0, 0)


def test_same_document_delivered_twice_is_written_once(world, clamd):
    document = a_document(world.as_("provider_manager_x"))
    scanning.scan_document(document)
    scanning.scan_document(document)
    assert document.history.count() == 2


def test_emptied_document_is_not_scanned(world, clamd):
    manager = world.as_("provider_manager_x")
    document = a_document(manager)
    remove_contents(by=manager, document=document, reason="Wrong file")
    assert scan() == (0, 0)


def test_upload_asks_for_a_scan_at_once(world, clamd, django_capture_on_commit_callbacks, monkeypatch):
    asked = []
    monkeypatch.setattr("qa_portal.core.due._start", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        a_document(world.as_("provider_manager_x"))
    assert asked == [scanning.NAME]


def test_client_tells_no_virus_from_no_answer(clamd, settings):
    assert virus_in([b"a", b"b" * 100_000], url=settings.CLAMD_URL) == ""
    assert virus_in([EICAR.encode()], url=settings.CLAMD_URL) == "Eicar-Test-Signature"
    clamd.silent = True
    with pytest.raises(ScannerError, match="no answer"):
        virus_in([b"a"], url=settings.CLAMD_URL)
    with pytest.raises(OSError):
        virus_in([b"a"], url="tcp://127.0.0.1:1")
