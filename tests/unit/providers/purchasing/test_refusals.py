"""What the services of purchasing refuse by themselves, whatever a form has let through."""

import datetime as dt
from dataclasses import replace

import pytest

from providers.purchasing.models import ConditionsVersion, ExclusionAssessment
from providers.purchasing.rules import check_can_apply, check_can_assess, check_can_exempt
from providers.purchasing.services.applications import submit_application, withdraw_application
from providers.purchasing.services.checks import answer_question, ask_provider
from qa_portal.core.access.scope import OrganisationKind
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.purchasing import a_draft, a_member, a_sent_application, a_system, check_exclusion

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(procurement):
    return a_system(procurement)


@pytest.fixture
def sent(provider, system):
    return a_sent_application(provider, system)


@pytest.fixture
def applied(sent):
    return sent.lots.get()


def test_provider_that_is_on_the_lot_already_sends_no_application_for_it(provider, system):
    draft = a_draft(provider, system)
    a_member(draft.provider, system.lots.get())
    with pytest.raises(Refused, match="You cannot apply for"):
        submit_application(by=provider, application=draft)
    draft.refresh_from_db()
    assert draft.is_draft


def test_application_is_sent_under_conditions_that_are_in_force(provider, system):
    draft = a_draft(provider, system)
    version = ConditionsVersion.objects.get(system=system)
    version.from_on = today() + dt.timedelta(days=1)
    version.save()
    with pytest.raises(Refused, match="conditions for membership are not in force yet"):
        submit_application(by=provider, application=draft)
    draft.refresh_from_db()
    assert draft.is_draft


def test_nobody_but_a_provider_applies_whatever_the_role_allows(provider, system):
    check_can_apply(provider, system)
    provider.scope = replace(provider.scope, kind=OrganisationKind.COUNCIL)
    with pytest.raises(Refused, match="Only a provider applies"):
        check_can_apply(provider, system)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"list_looked_on": today() + dt.timedelta(days=1)}, "Look at the debarment list now"),
        ({"list_looked_on": today() - dt.timedelta(days=400)}, "Look at the debarment list now"),
        ({"list_finding": " "}, "Say what the debarment list said"),
        ({"review_on": today()}, "The review day must be after today"),
        ({"state": "excludable", "grounds": " "}, "Name the grounds"),
        ({"state": "excludable", "reason": " "}, "Give your reasons"),
    ],
)
def test_finding_about_exclusion_is_whole(officer, applied, told, sentence):
    with pytest.raises(Refused, match=sentence):
        check_exclusion(officer, applied, **told)
    assert not ExclusionAssessment.objects.exists()
    check_exclusion(officer, applied)
    assert ExclusionAssessment.objects.count() == 1


def test_application_that_was_withdrawn_is_not_assessed(officer, provider, sent):
    check_can_assess(officer, sent)
    withdraw_application(by=provider, application=sent)
    sent.refresh_from_db()
    with pytest.raises(Refused, match="is not being considered"):
        check_can_assess(officer, sent)


def test_whoever_checked_a_lot_does_not_decide_on_its_exemption(world, officer, head, applied):
    check_can_exempt(head, applied)
    membership = world.membership("head_of_service")
    membership.role = "contract_officer"
    membership.save()
    check_exclusion(world.as_("head_of_service"), applied)
    membership.role = "head_of_service"
    membership.save()
    with pytest.raises(Refused, match="somebody else must decide on an exemption"):
        check_can_exempt(world.as_("head_of_service"), applied)


def test_question_and_answer_have_words(officer, provider, sent):
    with pytest.raises(Refused, match="Say what is wrong or missing"):
        ask_provider(by=officer, application=sent, question="  ")
    question = ask_provider(by=officer, application=sent, question="Which policy?")
    with pytest.raises(Refused, match="Enter your answer"):
        answer_question(by=provider, clarification=question, answer=" ", documents=[])
    question.refresh_from_db()
    assert question.is_open
