"""The pages of documents: what they say, what they keep when something is wrong, how a file leaves."""

import datetime as dt

import pytest
from django.db.models import Q
from django.urls import reverse

from providers.documents import access_rules
from providers.documents.document_kinds import DocumentKind
from providers.documents.forms import CHOOSE_AGAIN
from providers.documents.models import Document
from providers.documents.services import name_reader
from providers.documents.storage import document_storage
from qa_portal.core.access.models import AccessEvent
from qa_portal.core.dates import today
from tests.factories import files
from tests.factories.documents import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rules")]
EVERY_REQUEST = 4


def date_parts(name: str, date: dt.date) -> dict[str, int]:
    return {f"{name}_day": date.day, f"{name}_month": date.month, f"{name}_year": date.year}


def insurance(**changed) -> dict:
    answers = {
        "kind": "public_liability",
        "upload": files.upload(files.pdf(), "Liability.pdf"),
        "cover_amount": "£10,000,000",
        "identifies_child": "no",
        **date_parts("from_on", dt.date(2026, 4, 1)),
        **date_parts("expires_on", dt.date(2027, 3, 31)),
    }
    return answers | changed


def page_of(name: str, document: Document) -> str:
    return reverse(name, args=[document.public_id])


def test_provider_adds_a_policy_once_and_finds_it_in_its_documents(world):
    client = world.client("provider_contributor_x")
    assert "Start with your insurance certificates" in client.get(reverse("documents")).text
    answer = client.post(reverse("add_document"), insurance())
    assert answer.url == reverse("documents")
    page = client.get(reverse("documents")).text
    assert "Public liability insurance is added to your documents." in page
    assert "Liability.pdf" in page
    document = Document.objects.get()
    assert (document.cover_amount, document.from_on) == (10_000_000, dt.date(2026, 4, 1))
    page = client.get(page_of("document", document)).text
    for words in ("£10,000,000", "1 April 2026", "31 March 2027", document.sha256, "Not scanned"):
        assert words in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Choose what it is"),
        ({"cover_amount": ""}, "Enter the cover amount"),
        ({"cover_amount": "ten million"}, "Cover amount must be in whole pounds, like 10,000,000"),
        ({"cover_amount": "0"}, "Cover amount must be £1 or more"),
        ({"from_on_day": "", "from_on_month": "", "from_on_year": ""}, "Enter the start date of the policy"),
        ({"expires_on_day": "", "expires_on_month": "", "expires_on_year": ""}, "Enter the expiry date"),
        ({"expires_on_year": "2025"}, "The expiry date must be on or after the start date"),
        ({"expires_on_day": "31", "expires_on_month": "2"}, "The expiry date must be a real date"),
        ({"kind": "accounts"}, "Accounts has no cover amount: leave this empty"),
        ({"identifies_child": ""}, "Say whether this identifies a child"),
    ],
)
def test_wrong_answer_keeps_the_others_and_asks_for_the_file_again(world, changed, sentence):
    answer = world.client("provider_manager_x").post(reverse("add_document"), insurance(**changed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert CHOOSE_AGAIN in answer.text
    assert 'value="2026"' in answer.text or 'value="2027"' in answer.text
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (files.upload(b"", "a.pdf"), "The file is empty"),
        (files.upload(files.pdf(password="x"), "a.pdf"), "This PDF is protected by a password"),
        (None, "Choose a file"),
    ],
)
def test_wrong_file_is_told_at_its_field_and_keeps_the_answers(world, upload, sentence):
    answers = insurance(upload=upload)
    if upload is None:
        del answers["upload"]
    answer = world.client("provider_manager_x").post(reverse("add_document"), answers)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert CHOOSE_AGAIN not in answer.text
    assert 'value="£10,000,000"' in answer.text


def test_disk_that_is_full_is_a_sentence_and_not_a_broken_page(world, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(document_storage()), "_save", full)
    answer = world.client("provider_manager_x").post(reverse("add_document"), insurance())
    assert answer.status_code == 422
    assert "The file could not be stored, so nothing was saved" in answer.text
    assert CHOOSE_AGAIN in answer.text, "the service refused after the file was checked"
    assert not Document.objects.exists()


def test_library_lists_the_soonest_to_expire_first_and_filters(world):
    manager, day = world.as_("provider_manager_x"), dt.timedelta(days=1)
    for name, days in [("in-date", 200), ("soon", 20), ("over", -1)]:
        a_document(manager, name=f"{name}.txt", kind=DocumentKind.ICO, expires_on=today() + days * day)
    a_document(manager, name="endless.txt")
    client, address = world.client("provider_manager_x"), reverse("documents")
    page = client.get(address).text
    order = [page.index(name) for name in ("over.txt", "soon.txt", "in-date.txt", "endless.txt")]
    assert order == sorted(order)
    assert ("Expired" in page, "20 days left" in page, "In date" in page) == (True, True, True)

    def shown(**filters) -> set[str]:
        text = client.get(address, filters).text
        return {name for name in ("over", "soon", "in-date", "endless") if f"{name}.txt" in text}

    assert shown(show="expired") == {"over"}
    assert shown(show="soon") == {"soon"}
    assert shown(kind="other_policy") == {"endless"}
    assert shown(kind="accounts") == set()
    assert "Clear the filters" in client.get(address, {"kind": "accounts"}).text


def test_replaced_document_leaves_the_list_and_its_page_leads_to_the_newer_one(world):
    client = world.client("provider_manager_x")
    client.post(reverse("add_document"), insurance())
    old = Document.objects.get()
    answers = insurance(upload=files.upload(files.pdf(), "Renewal.pdf"))
    del answers["kind"], answers["identifies_child"]
    answer = client.post(page_of("replace_document", old), answers)
    new = Document.objects.get(replaces=old)
    assert answer.url == page_of("document", new)
    library = client.get(reverse("documents")).text
    assert ("Renewal.pdf" in library, "Liability.pdf" in library) == (True, False)
    assert "Liability.pdf" in client.get(reverse("documents"), {"show": "all"}).text
    assert page_of("document", new) in client.get(page_of("document", old)).text
    assert client.get(page_of("replace_document", old)).status_code == 404


def test_contents_are_removed_with_a_reason_that_the_page_tells(world, django_capture_on_commit_callbacks):
    document = a_document(world.as_("provider_manager_x"))
    client = world.client("provider_manager_x")
    answer = client.post(page_of("remove_document", document), {"reason": ""})
    assert (answer.status_code, "Give a reason" in answer.text) == (422, True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of("remove_document", document), {"reason": "Sent by mistake"})
    page = client.get(page_of("document", document)).text
    assert "Reason: Sent by mistake" in page
    assert document.sha256 in page
    answer = client.get(page_of("download_document", document))
    assert (answer.status_code, "contents of this document were removed" in answer.text) == (422, True)


def test_file_leaves_as_a_download_that_no_browser_runs(world):
    document = a_document(world.as_("provider_manager_x"), name='Café "plan".txt')
    answer = world.client("provider_manager_x").get(page_of("download_document", document))
    assert answer.getvalue() == b"Nothing in particular"
    assert answer.streaming
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Caf%C3%A9%20_plan_.txt"
    assert answer["Content-Length"] == str(document.size)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_each_download_is_in_the_access_log_before_it_leaves(world):
    plain = a_document(world.as_("provider_manager_x"))
    child = a_document(world.as_("provider_manager_x"), identifies_child=True)
    client = world.client("provider_manager_x")
    before = AccessEvent.objects.count()
    client.get(page_of("document", plain))
    assert AccessEvent.objects.count() == before, "its page is not its contents"
    for document in (plain, child):
        client.get(page_of("download_document", document))
    newest = AccessEvent.objects.order_by("-pk")[:2]
    assert [(event.item, event.item_id, event.purpose) for event in newest] == [
        ("document that identifies a child", str(child.public_id), "downloaded"),
        ("document", str(plain.public_id), "downloaded"),
    ]


def test_refused_download_is_not_logged_as_one(world):
    document = a_document(world.as_("provider_manager_x"))
    before = AccessEvent.objects.count()
    assert world.client("provider_manager_y").get(page_of("download_document", document)).status_code == 404
    assert AccessEvent.objects.count() == before


def test_contents_that_are_lost_are_told_to_the_operator_and_to_the_person(world, caplog):
    document = a_document(world.as_("provider_manager_x"))
    document_storage().delete(document.stored_name)
    answer = world.client("provider_manager_x").get(page_of("download_document", document))
    assert (answer.status_code, "could not be found" in answer.text) == (422, True)
    assert str(document.public_id) in caplog.text


def test_manager_names_a_colleague_as_reader_and_ends_it(world):
    document = a_document(world.as_("provider_manager_x"), identifies_child=True)
    client = world.client("provider_manager_x")
    page = client.get(page_of("document", document)).text
    assert "Only the person who uploaded it and managers here can open it" in page
    contributor = world.membership("provider_contributor_x")
    form = client.get(page_of("name_document_reader", document)).text
    assert contributor.person.name in form
    assert world.membership("contract_officer").person.name not in form
    answer = client.post(page_of("name_document_reader", document), {"membership": contributor.pk})
    assert answer.url == page_of("document", document)
    page = client.get(page_of("document", document)).text
    assert f"{contributor.person.name} can read this document." in page
    reader = document.readers.get()
    client.post(reverse("end_document_reader", args=[document.public_id, reader.public_id]))
    assert (
        "Only the person who uploaded it and managers here can open it"
        in client.get(page_of("document", document)).text
    )


def test_foreign_membership_cannot_be_named_by_its_number(world):
    document = a_document(world.as_("provider_manager_x"), identifies_child=True)
    for persona in ("contract_officer", "provider_contributor_y"):
        answer = world.client("provider_manager_x").post(
            page_of("name_document_reader", document), {"membership": world.membership(persona).pk}
        )
        assert answer.status_code == 422
    assert not document.readers.exists()


def test_provider_is_told_what_a_council_s_reader_acts_as_and_not_the_name(world):
    contributor = world.as_("provider_contributor_y")
    document = a_document(contributor, identifies_child=True)
    officer = world.membership("officer_south")
    name_reader(by=contributor, document=document, membership=officer)
    page = world.client("provider_contributor_y").get(page_of("document", document)).text
    assert "Contract officer, Lancashire County Council" in page
    assert officer.person.name not in page


def test_officer_marks_what_a_provider_did_not(world):
    document = a_document(world.as_("provider_manager_x"), name="story.txt")
    access_rules.register_reader(lambda user: Q(pk=document.pk))
    client = world.client("contract_officer")
    page = client.get(page_of("document", document)).text
    assert "Mark as identifying a child" in page
    assert "Remove the contents" not in page
    client.post(page_of("mark_identifies_child", document))
    page = client.get(page_of("document", document)).text
    assert "The document is marked as identifying a child." in page
    assert world.client("team_manager").get(page_of("document", document)).status_code == 404


def test_council_s_reader_sees_no_names_of_the_provider_s_people(world):
    manager = world.as_("provider_manager_x")
    document = a_document(manager)
    access_rules.register_reader(lambda user: Q(pk=document.pk))
    page = world.client("contract_officer").get(page_of("document", document)).text
    assert manager.person.name not in page


@pytest.mark.parametrize("persona", ["contract_officer", "council_administrator", "partner_contributor"])
def test_only_a_provider_has_a_library(world, persona):
    assert world.client(persona).get(reverse("documents")).status_code == 404
    assert world.client(persona).get(reverse("add_document")).status_code == 404


def test_library_and_page_ask_as_many_queries_at_any_size(world, django_assert_max_num_queries):
    client, manager = world.client("provider_manager_x"), world.as_("provider_manager_x")
    document = a_document(manager, identifies_child=True)
    for _ in range(2):
        with django_assert_max_num_queries(EVERY_REQUEST + 4):
            assert client.get(reverse("documents")).status_code == 200
        with django_assert_max_num_queries(EVERY_REQUEST + 12):
            assert client.get(page_of("document", document)).status_code == 200
        for _ in range(12):
            a_document(manager, kind=DocumentKind.ICO, expires_on=today())
        for persona in ("contract_officer", "team_manager", "provider_contributor_x"):
            name_reader(by=manager, document=document, membership=world.membership(persona))
