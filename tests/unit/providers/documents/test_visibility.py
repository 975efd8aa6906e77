"""Who sees a document: its owner, those a rule opens it to; of one that identifies a child, only who was named."""

import pytest
from django.db.models import Q
from django.utils import timezone

from providers.documents import access_rules
from providers.documents.models import Document, DocumentReader
from providers.documents.rules import check_can_name_readers
from providers.documents.services import end_reader, mark_identifies_child, name_reader
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.documents import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rules")]


def sees(world, *personas: str) -> list[bool]:
    return [Document.objects.visible_to(world.as_(persona)).exists() for persona in personas]


def test_provider_s_library_is_for_its_own_people_and_for_nobody_else(world):
    a_document(world.as_("provider_contributor_x"))
    own, others = (
        ["provider_manager_x", "provider_contributor_x"],
        [
            *("provider_manager_y", "contract_officer", "council_administrator", "officer_south"),
            *("partner_contributor", "safeguarding_lead", "scrutiny_reader"),
        ],
    )
    assert all(sees(world, *own))
    assert not any(sees(world, *others))


def test_council_s_document_is_seen_by_its_uploader_alone_until_a_rule_opens_it(world):
    """It belongs to a case, and a case may be restricted: colleagues come by the case."""
    document = a_document(world.as_("contract_officer"))
    assert sees(world, "contract_officer", "team_manager", "head_of_service") == [True, False, False]

    @access_rules.register_reader
    def of_the_case(user) -> Q:
        return Q(pk=document.pk) if user.scope.organisation_id == world.north.pk else access_rules.NOTHING

    assert sees(world, "team_manager", "officer_south", "provider_manager_x") == [True, False, False]


def test_rule_opens_nothing_to_a_role_that_reads_no_documents(world):
    a_document(world.as_("contract_officer"))
    access_rules.register_reader(lambda user: ~Q(pk__in=[]))
    assert sees(world, "team_manager", "social_worker", "partner_contributor") == [True, False, False]


def test_rule_does_not_open_what_identifies_a_child(world):
    a_document(world.as_("provider_contributor_x"), identifies_child=True)
    access_rules.register_reader(lambda user: ~Q(pk__in=[]))
    assert sees(world, "provider_contributor_x", "provider_manager_x") == [True, True]
    assert sees(world, "contract_officer", "council_administrator", "provider_manager_y") == [False] * 3


def test_council_s_managers_see_what_identifies_a_child_and_its_administrator_does_not(world):
    a_document(world.as_("contract_officer"), identifies_child=True)
    assert sees(world, "team_manager", "head_of_service") == [True, True]
    assert sees(world, "council_administrator", "safeguarding_lead", "officer_south") == [False] * 3


def test_colleague_who_did_not_upload_it_is_not_trusted_with_a_child_s_document(world):
    a_document(world.as_("provider_manager_x"), identifies_child=True)
    assert sees(world, "provider_contributor_x") == [False]


def test_named_reader_sees_it_until_ended(world):
    manager = world.as_("provider_manager_x")
    document = a_document(manager, identifies_child=True)
    officer = world.membership("contract_officer")
    reader = name_reader(by=manager, document=document, membership=officer)
    assert name_reader(by=manager, document=document, membership=officer) == reader
    assert sees(world, "contract_officer", "team_manager") == [True, False]
    end_reader(by=manager, reader=reader)
    assert sees(world, "contract_officer") == [False]
    with pytest.raises(Refused, match="removed already"):
        end_reader(by=manager, reader=reader)
    reader.refresh_from_db()
    assert (reader.named_by, reader.ended_by) == (manager.membership, manager.membership)
    assert reader.history.count() == 2


def test_named_reader_who_left_sees_nothing(world):
    manager = world.as_("provider_manager_x")
    document = a_document(manager, identifies_child=True)
    officer = world.membership("contract_officer")
    name_reader(by=manager, document=document, membership=officer)
    officer.to_on = today()
    officer.save()
    assert sees(world, "contract_officer") == [False]


@pytest.mark.parametrize("persona", ["social_worker", "partner_contributor", "young_researcher"])
def test_reader_s_role_must_read_documents(world, persona):
    manager = world.as_("provider_manager_x")
    document = a_document(manager, identifies_child=True)
    with pytest.raises(Refused, match="role does not let them read"):
        name_reader(by=manager, document=document, membership=world.membership(persona))


def test_only_the_owner_names_readers_and_only_for_a_child_s_document(world):
    manager = world.as_("provider_manager_x")
    officer = world.membership("contract_officer")
    plain, child = a_document(manager), a_document(manager, identifies_child=True)
    with pytest.raises(Refused, match="only for a document that identifies a child"):
        name_reader(by=manager, document=plain, membership=officer)
    for persona, sentence in [
        ("provider_contributor_x", "Only the person who uploaded"),
        ("provider_manager_y", "Only the organisation"),
        ("contract_officer", "Only the organisation"),
    ]:
        with pytest.raises(Refused, match=sentence):
            name_reader(by=world.as_(persona), document=child, membership=officer)


def test_reader_who_finds_a_child_in_it_closes_it_to_others_and_keeps_it(world):
    document = a_document(world.as_("provider_manager_x"), name="Sam's story.txt")
    access_rules.register_reader(lambda user: Q(pk=document.pk))
    mark_identifies_child(by=world.as_("contract_officer"), document=document)
    assert sees(world, "contract_officer", "team_manager", "provider_contributor_x") == [True, False, False]
    assert sees(world, "provider_manager_x") == [True]
    document.refresh_from_db()
    assert document.filename == "Another policy.txt"
    assert (document.keep_until_on - today()).days == 365
    assert DocumentReader.objects.get().membership == world.membership("contract_officer")
    with pytest.raises(Refused, match="already marked"):
        mark_identifies_child(by=world.as_("contract_officer"), document=document)


def test_somebody_who_does_not_see_it_cannot_mark_it(world):
    document = a_document(world.as_("provider_manager_x"))
    with pytest.raises(Refused, match="You do not see this document"):
        mark_identifies_child(by=world.as_("provider_manager_y"), document=document)


def test_readers_are_seen_with_their_document(world):
    manager = world.as_("provider_manager_x")
    document = a_document(manager, identifies_child=True)
    name_reader(by=manager, document=document, membership=world.membership("contract_officer"))
    assert DocumentReader.objects.visible_to(manager).count() == 1
    assert not DocumentReader.objects.visible_to(world.as_("provider_manager_y")).exists()


def test_nobody_is_named_to_read_a_document_whose_contents_are_removed(world):
    manager = world.as_("provider_manager_x")
    document = a_document(manager, identifies_child=True)
    check_can_name_readers(manager, document)
    document.removed_at = timezone.now()
    with pytest.raises(Refused, match="contents of this document are removed already"):
        check_can_name_readers(manager, document)
