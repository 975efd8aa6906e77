"""A provider applies for two lots; the council asks, checks at once, decides apart, and writes two letters."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader
from viewflow.workflow.models import Process
from viewflow.workflow.status import STATUS

from providers.directory.models import RegistrationState
from providers.documents.models import Document
from providers.notifications.models import Notification
from providers.people.models import Share
from providers.people.selectors import holders
from providers.purchasing.models import Application, LotCheck, LotDecision, LotMembership
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import add_working_days, today
from qa_portal.core.due import run_due
from tests.factories.people import MembershipFactory, UserFactory
from tests.factories.purchasing import (
    a_home,
    a_lot,
    a_policy,
    a_safeguarding_policy,
    a_system,
)
from tests.flows.driving import do, done, open_steps, process_of, the_task
from tests.flows.soundness import dead_ends, unreachable
from tests.flows.stand_ins import let_stand_in, partner
from tests.unit.portal.directory.building import inspected
from workflows.applications.flows import ApplicationFlow, LotFlow

pytestmark = pytest.mark.django_db
CHECKS = ("check_ofsted", "check_insurance", "check_safeguarding", "check_references", "check_exclusion")
POLICY_IS_FINE = {"excludes_abuse": "no", "has_inner_limit": "no"}


def as_day(name: str, on: dt.date) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def no_ground(**answers) -> dict:
    """What an officer sends who found nothing about exclusion."""
    return {
        "state": "no_ground",
        "list_finding": "None of the names is on it.",
        **as_day("list_looked_on", today()),
        **as_day("review_on", today() + dt.timedelta(days=365)),
    } | answers


@pytest.fixture
def system(world):
    by = world.as_("procurement_officer")
    system = a_system(by)
    a_lot(by, system, code="2", name="Short breaks")
    return system


@pytest.fixture
def home(world):
    home = a_home(world.as_("provider_manager_x"), working_name="Fell View")
    inspected(home, "Good", dt.date(2025, 3, 4))
    return home


@pytest.fixture
def colleague(world):
    """A second contract officer of the north, as persona "colleague"."""
    user = UserFactory(email="colleague@mail.example", person__details__full_name="Second Officer")
    MembershipFactory(person=user.person, organisation=world.north)
    world.users["colleague"] = user
    return user


@pytest.fixture
def sent(world, system, home):
    """Sent by the provider's own pages; returns the application."""
    return apply(world, system, home)


def apply(world, system, home, policy=None) -> Application:
    client, user = world.client("provider_manager_x"), world.as_("provider_manager_x")
    policy = policy or a_policy(user)
    safeguarding = a_safeguarding_policy(user)

    def send(page, **answers):
        answer = client.post(reverse(page, args=[application.public_id]), answers)
        assert answer.status_code == 302, answer.content.decode()

    assert client.post(reverse("start_application", args=[system.public_id])).status_code == 302
    application = Application.objects.get()
    lots = list(system.lots.values_list("pk", flat=True))
    send("application_lots", lots=lots, **{f"settings_{lot}": [home.pk] for lot in lots})
    send("application_documents", documents=[policy.pk, safeguarding.pk])
    send("application_declarations", ground="no", debarred="no")
    send("send_application")
    application.refresh_from_db()
    return application


def lot_process(application: Application, code: str = "1") -> Process:
    return process_of(LotFlow, application.lots.get(lot__code=code))


def complete(world, application: Application, persona: str = "procurement_officer") -> None:
    done(
        world.client(persona),
        the_task(process_of(ApplicationFlow, application), ApplicationFlow.check_completeness),
        outcome="passed",
    )


def check_everything(world, process: Process, **outcomes) -> None:
    """By the contract officer, passed unless said otherwise."""
    client = world.client("contract_officer")
    for name in CHECKS:
        passed = no_ground() if name == "check_exclusion" else {"outcome": "passed", "note": ""}
        answers = passed | outcomes.get(name, {})
        if name == "check_insurance":
            answers = POLICY_IS_FINE | answers
        done(client, the_task(process, getattr(LotFlow, name)), **answers)


def decide(world, process: Process, persona: str = "team_manager", **answers):
    return do(world.client(persona), the_task(process, LotFlow.decide), **answers)


def page(world, persona: str, name: str, thing) -> str:
    answer = world.client(persona).get(reverse(name, args=[thing.public_id]))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


REJECTED = {"outcome": "rejected", "reasons": ["safeguarding"], "words": "The policy names no lead."}


def test_story_from_the_first_page_to_the_letters(world, sent):
    whole = process_of(ApplicationFlow, sent)
    assert sent.reference in page(world, "provider_manager_x", "application", sent)
    assert open_steps(whole) == {"check_completeness"}
    complete(world, sent)
    first, second = lot_process(sent), lot_process(sent, "2")
    assert open_steps(first) == open_steps(second) == set(CHECKS)
    check_everything(world, first)
    assert open_steps(first) == {"decide"}
    assert open_steps(second) == set(CHECKS)
    check_everything(world, second, check_safeguarding={"outcome": "failed", "note": "No named lead."})
    assert decide(world, first, outcome="approved").status_code == 302
    assert "Approved" not in page(world, "provider_manager_x", "application", sent)
    case = world.client("provider_manager_x").get(reverse("case", args=[first.pk])).text
    assert "ended" not in case, "all lots are told in one letter"
    assert "Decided: done" in world.client("team_manager").get(reverse("case", args=[first.pk])).text
    assert not LotMembership.objects.exists()
    assert decide(world, second, **REJECTED).status_code == 302
    sent.refresh_from_db()
    whole.refresh_from_db()
    assert (sent.state, whole.status) == ("concluded", STATUS.DONE)
    [message] = Notification.objects.filter(kind="decision")
    assert message.path == reverse("application", args=[sent.public_id])
    membership = LotMembership.objects.get()
    assert (membership.lot.code, membership.from_on) == ("1", today())
    approval, rejection = LotDecision.objects.order_by("application_lot__lot__code")
    letter = page(world, "provider_manager_x", "outcome_letter", approval)
    assert "You are on this lot from" in letter
    refusal = page(world, "provider_manager_x", "outcome_letter", rejection)
    assert "The policy names no lead." in refusal
    assert "The safeguarding evidence does not meet the standard" in refusal
    answer = world.client("provider_manager_x").get(reverse("outcome_letter_pdf", args=[rejection.public_id]))
    text = " ".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "The policy names no lead." in text


def test_decision_freezes_what_it_rested_on(world, sent, home):
    complete(world, sent)
    process = lot_process(sent)
    check_everything(world, process)
    decide(world, process, outcome="approved")
    basis = LotDecision.objects.get().basis
    policy = Document.objects.get(kind="public_liability")
    assert [(s["urn"], s["grade"]) for s in basis["standings"]] == [(home.urn, "Good")]
    assert policy.sha256 in {document["sha256"] for document in basis["documents"]}
    assert basis["conditions_version"] == 1
    assert len(basis["checks"]) == len(LotCheck.Kind)


def test_incomplete_application_goes_to_the_provider_and_back_and_the_loop_ends(world, sent):
    whole = process_of(ApplicationFlow, sent)
    officer, provider = world.client("procurement_officer"), world.client("provider_manager_x")
    for _ in range(2):
        done(
            officer,
            the_task(whole, ApplicationFlow.check_completeness),
            outcome="unclear",
            note="The second page is missing.",
        )
        assert open_steps(whole) == {"answer"}
        assert "The second page is missing." in page(world, "provider_manager_x", "application", sent)
        done(provider, the_task(whole, ApplicationFlow.answer), answer="Here it is.")
    third = do(
        officer,
        the_task(whole, ApplicationFlow.check_completeness),
        outcome="unclear",
        note="And the third?",
    )
    assert third.status_code == 422
    assert "has been asked 2 times already" in third.content.decode()
    assert "And the third?" in third.content.decode()
    done(
        officer, the_task(whole, ApplicationFlow.check_completeness), outcome="failed", note="No third page."
    )
    check_everything(world, lot_process(sent))
    refused = decide(world, lot_process(sent), outcome="approved")
    assert refused.status_code == 422
    assert "Completeness: failed." in refused.content.decode()


def test_answer_may_bring_another_document(world, sent):
    whole = process_of(ApplicationFlow, sent)
    done(
        world.client("procurement_officer"),
        the_task(whole, ApplicationFlow.check_completeness),
        outcome="unclear",
        note="Please send the new policy.",
    )
    newer = a_policy(world.as_("provider_manager_x"), cover=20_000_000)
    done(
        world.client("provider_manager_x"),
        the_task(whole, ApplicationFlow.answer),
        answer="Here.",
        documents=[newer.pk],
    )
    assert sent.documents.filter(document=newer).exists()


def test_unclear_check_asks_the_provider_and_only_that_check_is_done_again(world, sent):
    complete(world, sent)
    process = lot_process(sent)
    check_everything(world, process, check_references={"outcome": "unclear", "note": "Whom may we ring?"})
    assert open_steps(process) == {"clarify"}
    assert "References: Whom may we ring?" in page(world, "provider_manager_x", "application", sent)
    done(world.client("provider_manager_x"), the_task(process, LotFlow.clarify), answer="Lancashire.")
    assert open_steps(process) == {"check_references"}
    done(world.client("contract_officer"), the_task(process, LotFlow.check_references), outcome="passed")
    assert open_steps(process) == {"decide"}
    assert decide(world, process, outcome="approved").status_code == 302


def test_without_an_answer_the_council_goes_on(world, sent):
    whole = process_of(ApplicationFlow, sent)
    done(
        world.client("procurement_officer"),
        the_task(whole, ApplicationFlow.check_completeness),
        outcome="unclear",
        note="Which home?",
    )
    question = sent.clarifications.get()
    assert question.due_on == add_working_days(today(), 10)
    with time_machine.travel(dt.datetime.combine(question.due_on, dt.time(12)) + dt.timedelta(days=1)):
        run_due("fire timers")
        assert open_steps(whole) == {"answer"}
    lapse = add_working_days(question.due_on, 10) + dt.timedelta(days=1)
    with time_machine.travel(dt.datetime.combine(lapse, dt.time(12))):
        late = the_task(whole, ApplicationFlow.answer)
        run_due("fire timers")
        assert open_steps(whole) == {"check_completeness"}
        question.refresh_from_db()
        assert question.closed_at is not None
        answer = do(world.client("provider_manager_x"), late, answer="The first one.")
        assert answer.status_code == 409
        assert "The first one." in answer.content.decode()


def test_late_answer_counts_and_says_that_it_is_late(world, sent):
    whole = process_of(ApplicationFlow, sent)
    officer = world.client("procurement_officer")
    done(officer, the_task(whole, ApplicationFlow.check_completeness), outcome="unclear", note="Which home?")
    question = sent.clarifications.get()
    with time_machine.travel(dt.datetime.combine(question.due_on, dt.time(12)) + dt.timedelta(days=1)):
        done(world.client("provider_manager_x"), the_task(whole, ApplicationFlow.answer), answer="Both.")
        assert "Late" in page(world, "contract_officer", "application", sent)


def test_whoever_checked_a_lot_does_not_decide_it(world, sent, colleague):
    """The team manager may check as well: having done one check, they decide no more."""
    complete(world, sent)
    process = lot_process(sent)
    manager = world.client("team_manager")
    done(manager, the_task(process, LotFlow.check_references), outcome="passed")
    for name in set(CHECKS) - {"check_references"}:
        answers = no_ground() if name == "check_exclusion" else POLICY_IS_FINE | {"outcome": "passed"}
        done(world.client("colleague"), the_task(process, getattr(LotFlow, name)), **answers)
    refused = decide(world, process, outcome="approved")
    assert refused.status_code == 422
    assert "somebody else must do it" in refused.content.decode()
    assert not LotDecision.objects.exists()
    assert decide(world, process, "head_of_service", outcome="approved").status_code == 302


def test_only_decider_is_warned_before_saying_that_an_application_is_complete(world, sent):
    task = the_task(process_of(ApplicationFlow, sent), ApplicationFlow.check_completeness)
    url, warning = reverse("task", args=[task.pk]), "nobody is left who may do: Decide the lot"
    assert warning not in world.client("team_manager").get(url).text
    for membership in holders(Permission.DECIDE_APPLICATIONS, world.north):
        if membership != world.membership("team_manager"):
            membership.to_on = today()
            membership.save()
    assert warning in world.client("team_manager").get(url).text
    assert warning not in world.client("procurement_officer").get(url).text


def test_whoever_did_a_check_decides_where_the_head_of_service_lets_them(world, sent):
    complete(world, sent, "team_manager")
    process = lot_process(sent)
    check_everything(world, process)
    assert decide(world, process, outcome="approved").status_code == 422
    let_stand_in(world, the_task(process, LotFlow.decide), "team_manager")
    assert decide(world, process, outcome="approved").status_code == 302


def test_manager_of_a_partner_council_decides_this_lot_and_no_other(world, sent):
    complete(world, sent)
    process, other = lot_process(sent), lot_process(sent, "2")
    for one in (process, other):
        check_everything(world, one)
    manager = partner(world, Share.Kind.APPLICATIONS)
    let_stand_in(world, the_task(process, LotFlow.decide), manager)
    assert decide(world, process, manager, outcome="approved").status_code == 302
    assert decide(world, other, manager, outcome="approved").status_code == 404
    assert LotDecision.objects.get().decided_by == world.membership(manager)


def test_whoever_found_it_complete_does_not_decide_a_lot(world, sent):
    complete(world, sent, "team_manager")
    process = lot_process(sent)
    check_everything(world, process)
    assert decide(world, process, outcome="approved").status_code == 422
    assert decide(world, process, "head_of_service", outcome="approved").status_code == 302


def test_failed_gateway_cannot_be_approved_but_with_the_head_of_service_s_exemption(world, system, home):
    inspected(home, "Inadequate", dt.date(2026, 3, 4))
    application = apply(world, system, home)
    complete(world, application)
    process = lot_process(application)
    client = world.client("contract_officer")
    task = the_task(process, LotFlow.check_ofsted)
    shown = client.get(reverse("task", args=[task.pk])).content.decode()
    assert "Does not pass the gateway" in shown
    assert "is graded Inadequate" in shown
    answer = do(client, task, outcome="passed")
    assert answer.status_code == 422
    assert "This check cannot pass." in answer.content.decode()
    check_everything(world, process, check_ofsted={"outcome": "failed", "note": "Inadequate."})
    refused = decide(world, process, outcome="approved")
    assert refused.status_code == 422
    assert "cannot be approved" in refused.content.decode()
    applied = application.lots.get(lot__code="1")
    url = reverse("allow_exemption", args=[applied.public_id])
    until = today() + dt.timedelta(days=60)
    answers = {
        "reason": "The only home near.",
        "expires_on_day": until.day,
        "expires_on_month": until.month,
        "expires_on_year": until.year,
    }
    assert world.client("team_manager").post(url, answers).status_code == 404
    assert world.client("head_of_service").post(url, answers).status_code == 302
    assert decide(world, process, "head_of_service", outcome="approved").status_code == 422
    assert decide(world, process, outcome="approved").status_code == 302
    assert LotDecision.objects.get().exemption.reason == "The only home near."


def test_setting_that_fails_after_its_check_stops_the_approval(world, sent, home):
    """The register is asked once more at the decision."""
    complete(world, sent)
    process = lot_process(sent)
    check_everything(world, process)
    home.registration_state = RegistrationState.objects.exclude(is_open=True).first()
    home.save()
    refused = decide(world, process, outcome="approved")
    assert refused.status_code == 422
    assert "is not registered" in refused.content.decode()


def test_low_or_excluding_insurance_is_refused_with_each_reason(world, system, home):
    low = a_policy(world.as_("provider_manager_x"), cover=5_000_000)
    application = apply(world, system, home, policy=low)
    complete(world, application)
    task = the_task(lot_process(application), LotFlow.check_insurance)
    answer = do(
        world.client("contract_officer"), task, outcome="passed", excludes_abuse="yes", has_inner_limit="no"
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "covers £5,000,000; the lot asks for £10,000,000." in text
    assert "The public liability policy excludes abuse." in text


@pytest.mark.parametrize("answers", [{"outcome": "rejected"}, {"outcome": "deferred", "words": "Wait."}, {}])
def test_decision_without_reasons_is_refused(world, sent, answers):
    complete(world, sent)
    process = lot_process(sent)
    check_everything(world, process)
    assert decide(world, process, **answers).status_code == 422
    assert not LotDecision.objects.exists()


def test_approval_with_a_condition_names_it_in_the_letter(world, sent):
    complete(world, sent)
    for code in ("1", "2"):
        check_everything(world, lot_process(sent, code))
    due = today() + dt.timedelta(days=30)
    conditional = {
        "outcome": "approved_with_conditions",
        "condition": "Send the signed policy.",
        "condition_due_on_day": due.day,
        "condition_due_on_month": due.month,
        "condition_due_on_year": due.year,
        "words": "Unsigned.",
    }
    assert decide(world, lot_process(sent), **conditional).status_code == 302
    assert decide(world, lot_process(sent, "2"), outcome="approved").status_code == 302
    decision = LotDecision.objects.get(outcome="approved_with_conditions")
    assert "Send the signed policy." in page(world, "provider_contributor_x", "outcome_letter", decision)


@pytest.mark.parametrize(
    "persona",
    [
        *("provider_manager_y", "partner_contributor", "board_member", "social_worker"),
        *("officer_south", "placements_officer", "scrutiny_reader"),
    ],
)
def test_steps_and_the_application_do_not_exist_for_others(world, sent, persona):
    task = the_task(process_of(ApplicationFlow, sent), ApplicationFlow.check_completeness)
    client = world.client(persona)
    assert do(client, task, outcome="passed").status_code == 404
    assert client.get(reverse("application", args=[sent.public_id])).status_code == 404
    assert not LotCheck.objects.exists()


@pytest.mark.parametrize("persona", ["provider_manager_x", "provider_contributor_x", "contract_officer"])
def test_posting_straight_to_a_decision_is_not_found(world, sent, persona, caplog):
    complete(world, sent)
    process = lot_process(sent)
    check_everything(world, process)
    assert decide(world, process, persona, outcome="approved").status_code == 404
    assert not LotDecision.objects.exists()
    assert any("page=task" in record.getMessage() for record in caplog.records if record.name == "qa.access")


def test_contributor_prepares_no_answer_for_the_manager(world, sent):
    whole = process_of(ApplicationFlow, sent)
    done(
        world.client("procurement_officer"),
        the_task(whole, ApplicationFlow.check_completeness),
        outcome="unclear",
        note="Which home?",
    )
    task = the_task(whole, ApplicationFlow.answer)
    assert do(world.client("provider_contributor_x"), task, answer="This").status_code == 404


def test_four_identical_posts_record_one_check(world, sent):
    complete(world, sent)
    task = the_task(lot_process(sent), LotFlow.check_references)
    client = world.client("contract_officer")
    token = "0d9e1c2a-2f0c-4d3e-9a52-3c7f0a7f6b11"
    answers = [do(client, task, outcome="passed", form_token=token) for _ in range(4)]
    assert {answer.status_code for answer in answers} == {302}
    assert LotCheck.objects.filter(kind="references").count() == 1


def test_second_officer_is_told_and_keeps_what_was_typed(world, sent, colleague):
    complete(world, sent)
    task = the_task(lot_process(sent), LotFlow.check_references)
    done(world.client("contract_officer"), task, outcome="passed")
    answer = do(world.client("colleague"), task, outcome="failed", note="One only.")
    assert answer.status_code == 409
    assert "One only." in answer.content.decode()
    assert LotCheck.objects.get(kind="references").outcome == "passed"


def test_application_is_sent_once(world, sent):
    client = world.client("provider_manager_x")
    url = reverse("send_application", args=[sent.public_id])
    assert client.post(url).status_code == 404
    assert Process.objects.filter(flow_class=ApplicationFlow).count() == 1


def test_withdrawing_ends_every_open_step(world, sent):
    complete(world, sent)
    whole, first = process_of(ApplicationFlow, sent), lot_process(sent)
    check_everything(world, first)
    task = the_task(first, LotFlow.decide)
    url = reverse("withdraw_application", args=[sent.public_id])
    assert world.client("provider_manager_y").post(url).status_code == 404
    assert world.client("provider_contributor_x").post(url).status_code == 404
    assert world.client("provider_manager_x").post(url, {"because": "Sold."}).status_code == 302
    for process in (whole, first, lot_process(sent, "2")):
        process.refresh_from_db()
        assert (open_steps(process), process.status) == (set(), STATUS.CANCELED)
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    assert do(world.client("team_manager"), task, outcome="approved").status_code == 409
    assert set(LotDecision.objects.values_list("outcome", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize("flow_class", [ApplicationFlow, LotFlow])
def test_no_step_is_dead_and_every_state_reaches_the_end(flow_class):
    assert dead_ends(flow_class) == []
    assert unreachable(flow_class) == []
