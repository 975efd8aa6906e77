import pytest

from providers.directory.models import Setting
from providers.documents.models import Document
from providers.purchasing.models import Application, ApplicationLot, Declaration, LotDecision
from providers.purchasing.selectors import missing_of
from providers.purchasing.services.applications import (
    add_documents,
    choose_documents,
    choose_lots,
    declare,
    start_application,
    submit_application,
    withdraw_application,
)
from providers.purchasing.services.checks import answer_question, ask_provider
from qa_portal.core.rules import Refused
from tests.factories.documents import a_document
from tests.factories.purchasing import (
    NO_GROUNDS,
    a_draft,
    a_home,
    a_lot,
    a_policy,
    a_sent_application,
    a_system,
)
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(procurement):
    return a_system(procurement)


def test_provider_has_one_draft_to_a_system_however_often_started(provider, system):
    first = start_application(by=provider, system=system)
    assert start_application(by=provider, system=system) == first
    assert (first.reference, first.state) == ("NWRES-0001", "draft")


def test_applications_of_a_system_are_numbered_in_order(world, provider, system):
    start_application(by=provider, system=system)
    second = start_application(by=world.as_("provider_manager_y"), system=system)
    assert second.reference == "NWRES-0002"


@pytest.mark.parametrize("persona", ["provider_contributor_x", "contract_officer", "partner_contributor"])
def test_only_a_provider_s_manager_applies(world, system, persona):
    with pytest.raises(Refused, match="role does not allow"):
        start_application(by=world.as_(persona), system=system)


def test_nobody_applies_before_a_system_opens_or_after_it_closes(procurement, provider, system):
    system.closes_on = system.opens_on
    system.save()
    with pytest.raises(Refused, match="not open for applications"):
        start_application(by=provider, system=system)


def test_draft_says_what_is_missing(provider, system):
    application = start_application(by=provider, system=system)
    assert missing_of(application) == ["Choose at least one lot.", "Answer the questions about exclusion."]
    choose_lots(by=provider, application=application, chosen={system.lots.get(): [a_home(provider)]})
    assert missing_of(application) == [
        "Add your public liability insurance.",
        "Add your safeguarding policy.",
        "Answer the questions about exclusion.",
    ]
    with pytest.raises(Refused, match=r"not complete\. Add your public liability insurance"):
        submit_application(by=provider, application=application)


def test_one_upload_serves_every_lot_that_asks_for_its_kind(procurement, provider, system):
    a_lot(procurement, system, code="2", name="Short breaks")
    application = a_draft(provider, system)
    assert application.lots.count() == 2
    assert application.documents.count() == 2
    assert missing_of(application) == []


def test_lot_left_out_again_goes_with_its_settings(procurement, provider, system):
    second = a_lot(procurement, system, code="2", name="Short breaks")
    application = a_draft(provider, system)
    home = Setting.objects.get()
    choose_lots(by=provider, application=application, chosen={second: [home]})
    assert [str(applied) for applied in application.lots.all()] == ["2 Short breaks"]
    assert ApplicationLot.history.filter(history_type="-").count() == 1


def test_settings_are_the_provider_s_own_registered_ones_of_the_right_type(provider, system):
    application = start_application(by=provider, system=system)
    lot = system.lots.get()
    agency = a_home(provider, provision_type=None)
    for wrong in ([], [SettingFactory()], [agency]):
        with pytest.raises(Refused, match="registered setting"):
            choose_lots(by=provider, application=application, chosen={lot: wrong})


def test_lot_of_another_system_is_refused(procurement, provider, system):
    other = a_system(procurement, name="Other", reference="OTHER")
    application = start_application(by=provider, system=system)
    with pytest.raises(Refused, match="another system"):
        choose_lots(by=provider, application=application, chosen={other.lots.get(): [a_home(provider)]})


def test_documents_are_the_provider_s_own_and_identify_no_child(world, provider, system):
    application = start_application(by=provider, system=system)
    theirs = a_policy(world.as_("provider_manager_y"))
    of_a_child = a_document(provider, text="About somebody", identifies_child=True)
    for wrong in (theirs, of_a_child):
        with pytest.raises(Refused, match="your own library"):
            add_documents(by=provider, application=application, documents=[wrong])


def test_document_taken_out_stays_in_the_library(provider, system):
    application = a_draft(provider, system)
    [kept, _] = [row.document for row in application.documents.all()]
    choose_documents(by=provider, application=application, documents=[kept])
    assert [row.document for row in application.documents.all()] == [kept]
    assert Document.objects.visible_to(provider).count() == 2


def test_declared_ground_is_explained(provider, system):
    application = start_application(by=provider, system=system)
    with pytest.raises(Refused, match="what has been put right"):
        declare(by=provider, application=application, answers=NO_GROUNDS | {"ground": (True, " ")})
    declare(by=provider, application=application, answers=NO_GROUNDS | {"ground": (True, "A fine, paid.")})
    assert Declaration.objects.get(question="ground").detail == "A fine, paid."
    declare(by=provider, application=application, answers=NO_GROUNDS)
    assert Declaration.objects.get(question="ground").detail == ""


def test_sending_locks_the_application_and_freezes_what_was_sent(provider, system):
    application = a_sent_application(provider, system)
    home, policy = Setting.objects.get(), Document.objects.get(kind="public_liability")
    assert (application.state, application.conditions.number) == ("submitted", 1)
    assert application.submitted_by == provider.membership
    assert application.sent_copy.content["lots"] == [
        {"code": "1", "name": "Residential care", "settings": [home.urn]}
    ]
    assert policy.sha256 in {document["sha256"] for document in application.sent_copy.content["documents"]}
    for change in (
        lambda: choose_lots(by=provider, application=application, chosen={}),
        lambda: add_documents(by=provider, application=application, documents=[policy]),
        lambda: declare(by=provider, application=application, answers=NO_GROUNDS),
        lambda: choose_documents(by=provider, application=application, documents=[]),
        lambda: submit_application(by=provider, application=application),
    ):
        with pytest.raises(Refused, match="sent and can no longer be changed"):
            change()


def test_another_provider_changes_nothing(world, provider, system):
    application = a_draft(provider, system)
    with pytest.raises(Refused, match="another provider's"):
        submit_application(by=world.as_("provider_manager_y"), application=application)


def test_lot_being_considered_cannot_be_applied_for_again(provider, system):
    a_sent_application(provider, system)
    second = start_application(by=provider, system=system)
    with pytest.raises(Refused, match="being considered already"):
        choose_lots(by=provider, application=second, chosen={system.lots.get(): [Setting.objects.get()]})


def test_withdrawing_ends_the_lots_and_closes_the_question(officer, provider, system):
    application = a_sent_application(provider, system)
    asked = ask_provider(by=officer, application=application, question="Which home?")
    withdraw_application(by=provider, application=application, because="We sold the home.")
    asked.refresh_from_db()
    decision = LotDecision.objects.get()
    assert (decision.outcome, decision.words) == ("withdrawn", "We sold the home.")
    assert asked.closed_at is not None
    with pytest.raises(Refused, match="has ended"):
        withdraw_application(by=provider, application=application)
    with pytest.raises(Refused, match="not being considered: withdrawn"):
        answer_question(by=provider, clarification=asked, answer="This one.")


def test_draft_is_the_provider_s_alone_until_it_is_sent(world, provider, system):
    application = a_draft(provider, system)
    policy = Document.objects.get(kind="public_liability")

    def seen(persona):
        user = world.as_(persona)
        return (
            Application.objects.visible_to(user).exists(),
            Document.objects.visible_to(user).filter(pk=policy.pk).exists(),
        )

    assert seen("provider_contributor_x") == (True, True)
    assert seen("provider_manager_y") == seen("contract_officer") == (False, False)
    submit_application(by=provider, application=application)
    assert seen("contract_officer") == (True, True)
    for other in ("officer_south", "provider_manager_y", "partner_contributor", "social_worker"):
        assert seen(other) == (False, False), other
