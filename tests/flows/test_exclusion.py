"""A provider declares a ground; a named officer assesses it, the decider reads it, and what was found counts."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from providers.contracts.holds import referral_state
from providers.documents.document_kinds import EXPIRES, INSURANCES, DocumentKind
from providers.notifications.models import Notification
from providers.purchasing.approval_blockers import as_sentence
from providers.purchasing.models import (
    Declaration,
    ExclusionAssessment,
    LotCheck,
    LotDecision,
    LotMembership,
)
from providers.purchasing.services.applications import declare
from providers.purchasing.services.exclusion_assessments import assess_exclusion, record_exclusion
from qa_portal.core.audit.models import UnauditedWrite
from qa_portal.core.dates import LONDON, today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.documents import a_document
from tests.factories.purchasing import (
    NO_GROUNDS,
    a_draft,
    a_finding,
    a_home,
    a_member,
    a_policy,
    a_safeguarding_policy,
    a_system,
    acting_as,
)
from tests.flows.driving import do, done, open_steps, the_task
from tests.flows.test_applications import (
    CHECKS,
    as_day,
    check_everything,
    complete,
    decide,
    lot_process,
    no_ground,
    page,
)
from workflows.applications.flows import LotFlow
from workflows.applications.forms import drafts
from workflows.applications.forms import steps as step_forms
from workflows.applications.services import send_application

pytestmark = pytest.mark.django_db
FRAUD = "Our director was convicted of fraud in May."
YES = NO_GROUNDS | {"ground": (True, FRAUD)}
CONVICTED = {"grounds": "Schedule 6, fraud, a director", "reason": "He still runs the company."}


def on(number: int):
    at = dt.datetime.combine(today() + dt.timedelta(days=number), dt.time(12), LONDON)
    return time_machine.travel(at, tick=False)


@pytest.fixture
def sent(world):
    """With a declared conviction and with every kind of document."""
    provider = world.as_("provider_manager_x")
    documents = [a_policy(provider), a_safeguarding_policy(provider)]
    application = a_draft(
        provider, a_system(world.as_("procurement_officer")), documents=documents, homes=[a_home(provider)]
    )
    with acting_as(provider):
        declare(
            by=provider,
            application=application,
            answers=YES,
            platform_supplier_id="SUP-12345",
            platform_share_code="SHARE-6789",
        )
        return send_application(by=provider, application=application)


def checked(world, sent, **exclusion):
    complete(world, sent)
    process = lot_process(sent)
    check_everything(world, process, check_exclusion=exclusion)
    return process


def decide_page(world, process) -> str:
    task = the_task(process, LotFlow.decide)
    return world.client("team_manager").get(reverse("task", args=[task.pk])).text


def test_declared_conviction_is_read_at_the_check_and_at_the_decision_with_who_and_when(world, sent):
    complete(world, sent)
    process = lot_process(sent)
    name = world.users["provider_manager_x"].person.name
    task = the_task(process, LotFlow.check_exclusion)
    shown = world.client("contract_officer").get(reverse("task", args=[task.pk])).text
    for text in (shown, page(world, "team_manager", "application", sent)):
        for words in (FRAUD, "Yes, declared", "SUP-12345", "SHARE-6789", f"Declared by {name}"):
            assert words in text
    check_everything(world, process, check_exclusion={"state": "self_cleaned", **CONVICTED})
    text = decide_page(world, process)
    for words in (FRAUD, "Yes, declared", "SUP-12345", "Self-cleaned", "He still runs the company."):
        assert words in text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Give your reasons: the provider declared a ground, or you found one."),
        ({"list_finding": ""}, "Say what the debarment list said"),
        (dict.fromkeys(as_day("list_looked_on", today()), ""), "Enter the day on which you looked"),
        (
            {"reason": "x", **as_day("list_looked_on", today() - dt.timedelta(days=15))},
            "Look at the debarment list now",
        ),
        ({"state": "excluded", "reason": "x"}, "Name the grounds, and whom they concern"),
        ({"state": "self_cleaned", "grounds": "x"}, "Give your reasons"),
        ({"state": "ask"}, "Write your question"),
        ({"reason": "x", **as_day("review_on", today())}, "review day must be"),
    ],
)
def test_exclusion_check_without_list_reason_or_review_day_is_refused_and_keeps_what_was_typed(
    world, sent, answers, sentence
):
    complete(world, sent)
    task = the_task(lot_process(sent), LotFlow.check_exclusion)
    typed = no_ground() | {"list_finding": "Looked for three names."} | answers
    answer = do(world.client("contract_officer"), task, **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert answers.get("list_finding", "Looked for three names.") in answer.text
    assert not ExclusionAssessment.objects.exists()
    assert not LotCheck.objects.filter(kind="exclusion").exists()


@pytest.mark.parametrize("typed", ["Fraud", "Fraud.", " Fraud. "])
def test_grounds_as_a_person_typed_them_end_in_one_full_stop(typed):
    assert as_sentence(typed) == "Fraud."


@pytest.mark.parametrize("state", ["excluded", "listed_mandatory"])
def test_excluded_supplier_is_approved_by_nobody_and_told_why_in_its_letter(world, sent, state):
    process = checked(world, sent, state=state, **CONVICTED)
    assert "no exemption covers this" in decide_page(world, process)
    refused = decide(world, process, outcome="approved")
    assert refused.status_code == 422
    assert "is an excluded supplier and cannot be approved by anybody" in refused.text
    assert f"{CONVICTED['grounds']}. No exemption covers this." in refused.text
    url = reverse("allow_exemption", args=[sent.lots.get().public_id])
    assert "An exemption cannot cover" in world.client("head_of_service").get(url).text
    answers = {"reason": "Near.", **as_day("expires_on", today() + dt.timedelta(days=60))}
    assert world.client("head_of_service").post(url, answers).status_code == 422
    own = page(world, "provider_manager_x", "application", sent)
    assert "has assessed your answers" in own
    assert "He still runs the company." not in own
    rejected = {"outcome": "rejected", "reasons": ["exclusion"], "words": "We must exclude you."}
    assert decide(world, process, **rejected).status_code == 302
    letter = page(world, "provider_manager_x", "outcome_letter", LotDecision.objects.get())
    for words in ("An exclusion ground applies", "He still runs the company.", CONVICTED["grounds"]):
        assert words in letter
    sent.refresh_from_db()
    assert "He still runs the company." in page(world, "provider_manager_x", "application", sent)


def test_approval_of_a_declared_fraud_goes_through_without_the_rule(world, sent, monkeypatch):
    """Positive control: the rule alone stands between an excluded supplier and its approval."""
    process = checked(world, sent, state="excluded", **CONVICTED)
    monkeypatch.setattr("providers.purchasing.services.decisions.check_can_approve", lambda *_: None)
    assert decide(world, process, outcome="approved").status_code == 302


def test_excludable_supplier_is_approved_with_the_decider_s_reason_which_the_letter_gives(world, sent):
    process = checked(world, sent, state="excludable", **CONVICTED)
    assert "Why do you not exclude this provider?" in decide_page(world, process)
    refused = decide(world, process, outcome="approved")
    assert refused.status_code == 422
    sentence = "To approve an excludable supplier, say why you do not exclude them"
    assert refused.text.count(sentence) == 2  # in the summary, and beside the question
    assert 'href="#id_exclusion_reason"' in refused.text
    approved = decide(world, process, outcome="approved", exclusion_reason="He has left the company.")
    assert approved.status_code == 302
    letter = page(world, "provider_manager_x", "outcome_letter", LotDecision.objects.get())
    assert "He has left the company." in letter


def test_unclear_exclusion_asks_the_provider_and_comes_back(world, sent):
    process = checked(world, sent, state="ask", question="Which court?")
    assert open_steps(process) == {"clarify"}
    assert "Which court?" in page(world, "provider_manager_x", "application", sent)
    done(world.client("provider_manager_x"), the_task(process, LotFlow.clarify), answer="Preston.")
    assert open_steps(process) == {"check_exclusion"}
    task = the_task(process, LotFlow.check_exclusion)
    done(world.client("contract_officer"), task, **no_ground(state="self_cleaned", **CONVICTED))
    assert decide(world, process, outcome="approved").status_code == 302


def test_declaration_changed_after_its_check_must_be_assessed_again(world, sent):
    process = checked(world, sent, state="self_cleaned", **CONVICTED)
    Declaration.objects.filter(application=sent, question="ground").audited_update(detail="And bribery.")
    refused = decide(world, process, outcome="approved")
    assert refused.status_code == 422
    assert "The declarations have changed since" in refused.text
    with pytest.raises(Refused, match="differ from those that were sent"):
        assess_exclusion(by=world.as_("contract_officer"), application=sent, finding=a_finding(reason="x"))


def test_sent_declaration_is_locked(world, sent):
    with pytest.raises(Refused, match="can no longer be changed"):
        declare(by=world.as_("provider_manager_x"), application=sent, answers=NO_GROUNDS)


def test_assessment_past_its_review_day_is_shown_blocks_and_is_done_again_on_the_application_s_page(
    world, sent
):
    process = checked(
        world, sent, state="self_cleaned", **CONVICTED, **as_day("review_on", today() + dt.timedelta(days=3))
    )
    with on(4):
        assert "Review day has passed" in page(world, "contract_officer", "application", sent)
        refused = decide(world, process, outcome="approved")
        assert "was to be reviewed on" in refused.text
        again = no_ground(state="self_cleaned", **CONVICTED)
        url = reverse("assess_exclusion", args=[sent.public_id])
        asked = world.client("procurement_officer").get(url)
        assert "Self-cleaned" in asked.text
        assert set(asked.context["form"].initial) == {
            "review_on"
        }  # a new look at the list, nothing of the old
        assert world.client("procurement_officer").post(url, again).status_code == 302
        assert decide(world, process, outcome="approved").status_code == 302
        told = page(world, "contract_officer", "application", sent)
        assert (
            told.count("Replaced by a later check") == LotCheck.objects.filter(kind="exclusion").count() - 1
        )
    assert ExclusionAssessment.objects.count() == 2


def test_whoever_assessed_an_application_decides_none_of_its_lots(world, sent):
    process = checked(world, sent, state="self_cleaned", **CONVICTED)
    finding = a_finding("self_cleaned", reason="Seen the new board.")
    assess_exclusion(by=world.as_("team_manager"), application=sent, finding=finding)
    assert "somebody else must" in decide(world, process, outcome="approved").text


def test_same_finding_on_a_second_lot_is_the_same_assessment(world, sent):
    complete(world, sent)
    applied, officer = sent.lots.get(), world.as_("contract_officer")
    first = record_exclusion(by=officer, application_lot=applied, finding=a_finding("self_cleaned"))
    second = record_exclusion(by=officer, application_lot=applied, finding=a_finding("self_cleaned"))
    assert first.assessment == second.assessment
    other = record_exclusion(by=officer, application_lot=applied, finding=a_finding("excluded"))
    assert other.assessment != first.assessment


def test_database_keeps_an_assessment_as_it_was_and_no_check_without_one(world, sent):
    complete(world, sent)
    applied, officer = sent.lots.get(), world.as_("contract_officer")
    check = record_exclusion(by=officer, application_lot=applied, finding=a_finding("excluded"))
    with pytest.raises(UnauditedWrite):
        ExclusionAssessment.objects.update(state="no_ground")
    values = {"application_lot": applied, "kind": "exclusion", "outcome": "passed"}
    with pytest.raises(IntegrityError, match="exclusion_check_has_its_assessment"), transaction.atomic():
        LotCheck.objects.create(checked_by=officer.membership, checked_on=today(), **values)
    again = {"assessed_by": officer.membership, "assessed_at": check.assessment.assessed_at, "declared": []}
    days = {"list_looked_on": today(), "review_on": today()}
    with pytest.raises(IntegrityError, match="assessed_ground_is_named"), transaction.atomic():
        ExclusionAssessment.objects.create(
            application=sent, state="excluded", list_finding="x", **days, **again
        )
    with pytest.raises(IntegrityError, match="debarment_list_finding_is_told"), transaction.atomic():
        ExclusionAssessment.objects.create(application=sent, state="no_ground", **days, **again)


@pytest.fixture
def member(world):
    """Provider X on a lot, as an application decided earlier left it."""
    system = a_system(world.as_("procurement_officer"))
    return a_member(world.provider_x.provider, system.lots.get())


def assess(world, place: LotMembership, state: str, **values) -> ExclusionAssessment:
    application = place.decision.application_lot.application
    finding = a_finding(state, **values)
    return assess_exclusion(by=world.as_("procurement_officer"), application=application, finding=finding)


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("to__organisation", flat=True))


def test_member_found_excluded_is_held_and_told_and_opened_again_when_it_is_not(world, member):
    assess(world, member, "excluded")
    run_due()
    assert referral_state(member, today()).words == "Referrals paused: excluded supplier"
    assert told("supplier_excluded") == {world.north.pk, world.provider_x.pk}
    system = page(world, "procurement_officer", "purchasing_system", member.lot.system)
    assert "Referrals paused: excluded supplier" in system
    messages = Notification.objects.count()
    run_due()
    assert (member.holds.count(), Notification.objects.count()) == (1, messages)
    assess(world, member, "self_cleaned")
    run_due()
    assert referral_state(member, today()).is_open


def test_member_found_excludable_is_told_to_the_council_and_not_held(world, member):
    assess(world, member, "excludable")
    run_due()
    run_due()
    assert referral_state(member, today()).is_open
    assert told("supplier_excludable") == {world.north.pk}


def test_another_provider_and_another_council_s_lot_are_not_held(world, member):
    theirs = a_member(world.provider_y.provider, member.lot)
    assess(world, member, "listed_mandatory")
    run_due()
    assert referral_state(theirs, today()).is_open
    assert not referral_state(member, today()).is_open


@pytest.mark.parametrize("days", [-30, -7, 0, 5])
def test_review_day_is_reminded_before_and_when_it_has_come_however_late_the_pass(world, member, days):
    assess(world, member, "self_cleaned", review_on=today() + dt.timedelta(days=60))
    run_due()
    assert not Notification.objects.filter(kind="exclusion_review").exists()
    with on(60 + days):
        run_due()
        before = Notification.objects.filter(kind="exclusion_review").count()
        run_due()
        assert Notification.objects.filter(kind="exclusion_review").count() == before > 0
        assert told("exclusion_review") == {world.north.pk}


# What an applicant declares or uploads, and where somebody at the council reads it.

SHOWN = {
    "LotsForm": {"lots"},  # and the settings of each, by their URN
    "DocumentsForm": {"documents"},
    "UploadForm": {"upload", "cover_amount", "from_on", "expires_on"},
    "DeclarationsForm": {
        *("ground", "ground_detail", "debarred", "debarred_detail"),
        *("platform_supplier_id", "platform_share_code"),
    },
    "AnswerForm": {"answer", "documents"},
    "WithdrawApplicationForm": {"because"},
}
"""The test below finds each on a page of the council, or `test_pages` and `test_applications` do (withdrawal, cover)."""


def facts_of(kind: str) -> dict:
    dates = {"from_on": today(), "expires_on": today() + dt.timedelta(days=300)} if kind in EXPIRES else {}
    return dates | ({"cover_amount": 1_000_000} if kind in INSURANCES else {})


def asked_of_an_applicant() -> dict[str, set[str]]:
    """By form; a check box about the file itself, and the base of the uploads, ask nothing of the council's."""
    made_there = [one for one in vars(drafts).values() if getattr(one, "__module__", "") == drafts.__name__]
    forms = [one for one in made_there if hasattr(one, "base_fields")]
    named = {form.__name__: set(form.base_fields) for form in [*forms, step_forms.AnswerForm]}
    named["UploadForm"] -= {"identifies_child"}
    return named


def test_every_question_to_an_applicant_is_known_to_be_read():
    assert asked_of_an_applicant() == SHOWN


def test_decider_and_checks_show_everything_that_was_declared_sent_and_answered(world):
    """One document of each kind, each question answered yes, each code given, and a question answered."""
    provider = world.as_("provider_manager_x")
    documents = [a_policy(provider, name="canary-public_liability.txt")]
    documents += [
        a_document(provider, kind=kind, name=f"canary-{kind}.txt", text=f"Paper {kind}", **facts_of(kind))
        for kind in DocumentKind
        if kind != DocumentKind.PUBLIC_LIABILITY
    ]
    home = a_home(provider, working_name="Canary House")
    application = a_draft(
        provider, a_system(world.as_("procurement_officer")), documents=documents, homes=[home]
    )
    with acting_as(provider):
        answers = {question: (True, f"canary-{question}") for question in Declaration.Question}
        codes = {"platform_supplier_id": "canary-supplier", "platform_share_code": "canary-share"}
        declare(by=provider, application=application, answers=answers, **codes)
        application = send_application(by=provider, application=application)
    complete(world, application)
    process = lot_process(application)
    check_everything(
        world,
        process,
        check_references={"outcome": "unclear", "note": "Whom may we ring?"},
        check_exclusion={"state": "self_cleaned", **CONVICTED},
    )
    done(world.client("provider_manager_x"), the_task(process, LotFlow.clarify), answer="canary-answer")
    done(world.client("contract_officer"), the_task(process, LotFlow.check_references), outcome="passed")
    expected = {f"canary-{kind}.txt" for kind in DocumentKind} | {
        *(f"canary-{question}" for question in Declaration.Question),
        *("canary-supplier", "canary-share", "canary-answer", "Canary House", home.urn),
    }
    shown = decide_page(world, process)
    assert {words for words in expected if words not in shown} == set()
    about = page(world, "contract_officer", "application", application)
    assert {words for words in expected - {home.urn} if words not in about} == set()
    conclude_after(world, process)


def conclude_after(world, process) -> None:
    """What was declared is frozen with the decision."""
    assert decide(world, process, outcome="approved").status_code == 302
    basis = LotDecision.objects.get().basis
    assert {one["detail"] for one in basis["declarations"]} == {
        f"canary-{question}" for question in Declaration.Question
    }
    assert basis["platform"] == {"supplier_id": "canary-supplier", "share_code": "canary-share"}
    assert basis["exclusion"][0]["state"] == "self_cleaned"


def test_checks_of_the_flow_are_those_of_the_table():
    """A new kind of check is asked for in the flow, or approvals wait for it for ever."""
    parallel = {f"check_{kind}" for kind in LotCheck.Kind} - {"check_completeness"}
    assert parallel == set(CHECKS)
    assert {node.name for node in LotFlow.instance.nodes() if node.name.startswith("check_")} == parallel
