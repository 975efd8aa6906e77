import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from providers.contracts.hold_services import hold_referrals
from providers.directory.regulator_status import RegulatorStatus
from providers.people import roles
from providers.people.membership_context import activate_membership
from providers.purchasing.approval_blockers import approval_blockers
from providers.purchasing.models import LotCheck, LotDecision, LotMembership
from providers.purchasing.selectors import decision_due_on, reconsideration_until
from providers.purchasing.services.checks import (
    answer_question,
    ask_provider,
    record_check,
    record_completeness,
)
from providers.purchasing.services.decisions import allow_exemption, conclude_application, decide_lot
from qa_portal.core.dates import add_working_days, today
from qa_portal.core.rules import Refused
from tests.factories.people import MembershipFactory
from tests.factories.purchasing import (
    a_lot,
    a_member,
    a_policy,
    a_safeguarding_policy,
    a_sent_application,
    a_system,
    check_exclusion,
)

pytestmark = pytest.mark.django_db
GOOD = RegulatorStatus(
    setting_id=1, urn="SC1", name="Fell View", registration="Active", is_registered=True, grade="Good"
)
INADEQUATE = replace(GOOD, grade="Inadequate", is_worst=True)
IN_60_DAYS = today() + dt.timedelta(days=60)


@pytest.fixture
def application(procurement, provider):
    return a_sent_application(provider, a_system(procurement))


@pytest.fixture
def applied(application):
    return application.lots.get()


def checked(officer, applied, **outcomes):
    """Every check by `officer`, passed unless said otherwise."""
    for kind in LotCheck.Kind:
        outcome = outcomes.get(kind, "passed")
        note = "" if outcome == "passed" else "Not good enough."
        if kind == LotCheck.Kind.COMPLETENESS:
            record_completeness(by=officer, application=applied.application, outcome=outcome, note=note)
        elif kind == LotCheck.Kind.EXCLUSION:
            check_exclusion(officer, applied)
        else:
            statuses = [GOOD] if kind == LotCheck.Kind.OFSTED else []
            record_check(
                by=officer,
                application_lot=applied,
                kind=kind,
                outcome=outcome,
                note=note,
                statuses=statuses,
            )


def approve(by, applied, statuses=(GOOD,), **values):
    return decide_lot(
        by=by, application_lot=applied, outcome="approved", statuses=statuses, suspended=[], **values
    )


def exempt(by, applied, **values):
    values = {"reason": "x", "expires_on": IN_60_DAYS, "statuses": [GOOD], "suspended": []} | values
    return allow_exemption(by=by, application_lot=applied, **values)


def test_approval_needs_every_check(manager, officer, applied):
    with pytest.raises(Refused, match="The check has not been done: Completeness"):
        approve(manager, applied)
    checked(officer, applied)
    assert approval_blockers(applied, [GOOD], today(), suspended=[]) == []
    assert approve(manager, applied).is_approval


@pytest.mark.parametrize("kind", ["ofsted", "insurance", "safeguarding", "references", "completeness"])
def test_failed_check_of_any_kind_stops_an_approval(manager, officer, applied, kind):
    checked(officer, applied, **{kind: "failed"})
    with pytest.raises(Refused, match="cannot be approved") as refused:
        approve(manager, applied)
    assert "failed." in refused.value.sentence


def test_newest_check_of_a_kind_counts(manager, officer, applied):
    checked(officer, applied, references="failed")
    record_check(by=officer, application_lot=applied, kind="references", outcome="passed")
    assert approve(manager, applied).is_approval


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (INADEQUATE, r"Fell View \(SC1\) is graded Inadequate"),
        (replace(GOOD, is_registered=False, registration="Suspended"), "is not registered: Suspended"),
        (replace(INADEQUATE, is_provisional=True), "is graded Inadequate"),
    ],
)
def test_gateway_is_looked_at_again_at_the_decision(manager, officer, applied, status, sentence):
    checked(officer, applied)
    with pytest.raises(Refused, match=sentence):
        approve(manager, applied, [status])
    rejected = decide_lot(
        by=manager,
        application_lot=applied,
        outcome="rejected",
        statuses=[status],
        suspended=[],
        reasons=["grade"],
        words="As published.",
    )
    assert rejected.basis["standings"][0]["grade"] == status.grade


def test_suspended_provider_may_apply_and_is_not_approved_without_an_exemption(
    world, procurement, provider, manager, officer, head
):
    """Scenario 3: suspended on one system, it applies to another."""
    elsewhere = a_system(procurement, name="Fostering", reference="FOST")
    member = a_member(provider.membership.organisation.provider, elsewhere.lots.get())
    hold_referrals(by=head, membership=member, kind="suspension", source="issue 1")
    applied = a_sent_application(provider, a_system(procurement)).lots.get()
    checked(officer, applied)
    with pytest.raises(Refused, match="is suspended on 1 Residential care since"):
        approve(manager, applied)
    exempt(head, applied, reason="Another service.")
    assert approve(manager, applied).exemption.reason == "Another service."


def test_suspension_by_another_council_bars_too_and_tells_neither_the_lot_nor_the_day(
    world, procurement, provider, manager, officer
):
    buyer = MembershipFactory(organisation=world.south, role=roles.ProcurementOfficer.key)
    activate_membership(buyer.person.user, buyer)
    member = a_member(
        provider.membership.organisation.provider, a_system(buyer.person.user, reference="SOUTH").lots.get()
    )
    hold_referrals(by=None, membership=member, kind="suspension", source="issue 1")
    applied = a_sent_application(provider, a_system(procurement)).lots.get()
    checked(officer, applied)
    with pytest.raises(Refused, match="is suspended by another council") as refused:
        approve(manager, applied)
    assert "since" not in str(refused.value)


def test_exemption_is_the_own_council_s_even_of_a_lot_in_which_another_takes_part(world, head, applied):
    system = applied.application.system
    system.council = world.south
    system.save()
    system.participants.create(council=world.north, from_on=today())
    with pytest.raises(Refused, match=f"{world.south} considers this application"):
        exempt(head, applied, reason="Ours.")


def test_pause_that_is_no_suspension_does_not_stop_an_approval(procurement, provider, manager, officer):
    elsewhere = a_system(procurement, name="Fostering", reference="FOST")
    member = a_member(provider.membership.organisation.provider, elsewhere.lots.get())
    hold_referrals(by=None, membership=member, kind="document", source="document 1")
    applied = a_sent_application(provider, a_system(procurement)).lots.get()
    checked(officer, applied)
    assert approve(manager, applied).exemption is None


def test_exemption_is_the_head_of_service_s_and_never_the_decider_s(manager, officer, head, applied):
    checked(officer, applied, ofsted="failed")
    for other in (manager, officer):
        with pytest.raises(Refused, match="role does not allow"):
            exempt(other, applied)
    with pytest.raises(Refused, match="must end after today"):
        exempt(head, applied, expires_on=today())
    exempt(head, applied)
    with pytest.raises(Refused, match="in force for this lot already"):
        exempt(head, applied)
    with pytest.raises(Refused, match="You allowed an exemption"):
        approve(head, applied)
    assert approve(manager, applied).is_approval


def test_exemption_that_has_run_out_does_not_help(manager, officer, head, applied):
    checked(officer, applied, ofsted="failed")
    exemption = exempt(head, applied)
    exemption.expires_on = today() - dt.timedelta(days=1)
    exemption.save()
    with pytest.raises(Refused, match="cannot be approved"):
        approve(manager, applied)


def test_decider_did_no_check_of_the_lot_completeness_included(manager, officer, head, applied):
    checked(officer, applied)
    record_check(by=manager, application_lot=applied, kind="references", outcome="passed")
    with pytest.raises(Refused, match="You did a check on this lot"):
        approve(manager, applied)
    assert approve(head, applied).decided_by == head.membership


@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("contract_officer", "role does not allow"),
        ("procurement_officer", "role does not allow"),
        ("provider_manager_x", "considers this application"),
    ],
)
def test_decision_is_refused_from_other_roles(world, applied, persona, sentence):
    with pytest.raises(Refused, match=sentence):
        approve(world.as_(persona), applied)


def test_another_council_decides_and_checks_nothing(world, manager, officer, application):
    system = application.system
    system.council = world.south
    system.save()
    applied = application.lots.get()
    with pytest.raises(Refused, match="considers this application"):
        approve(manager, applied)
    with pytest.raises(Refused, match="considers this application"):
        record_check(by=officer, application_lot=applied, kind="ofsted", outcome="passed")


def test_lot_is_decided_once(manager, head, officer, applied):
    checked(officer, applied)
    approve(manager, applied)
    with pytest.raises(Refused, match="has been decided already"):
        approve(head, applied)
    with pytest.raises(Refused, match="has been decided already"):
        record_check(by=officer, application_lot=applied, kind="ofsted", outcome="passed")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": "rejected", "words": "x"}, "at least one reason"),
        ({"outcome": "rejected", "reasons": ["grade"], "words": " "}, "in your own words"),
        ({"outcome": "deferred", "reasons": ["grade"]}, "in your own words"),
        ({"outcome": "approved_with_conditions", "words": "x"}, "Write the condition"),
        ({"outcome": "withdrawn", "reasons": ["grade"], "words": "x"}, "Choose approved"),
        ({"outcome": "lapsed", "reasons": ["grade"], "words": "x"}, "Choose approved"),
    ],
)
def test_outcome_without_its_reasons_is_refused(manager, officer, applied, values, sentence):
    checked(officer, applied)
    with pytest.raises(Refused, match=sentence):
        decide_lot(by=manager, application_lot=applied, statuses=[GOOD], suspended=[], **values)


def test_first_day_waits_for_the_system_s_pause(procurement, provider, manager, officer):
    applied = a_sent_application(provider, a_system(procurement, pause_days=3)).lots.get()
    checked(officer, applied)
    earliest = add_working_days(today(), 3)
    with pytest.raises(Refused, match="The first day cannot be before"):
        approve(manager, applied, effective_on=earliest - dt.timedelta(days=1))
    assert approve(manager, applied).effective_on == earliest


def test_letters_wait_for_every_lot_and_put_the_approved_on_their_lots(
    world, procurement, provider, manager, officer
):
    system = a_system(procurement)
    a_lot(procurement, system, code="2", name="Short breaks")
    application = a_sent_application(provider, system)
    first, second = application.lots.all()
    for applied in (first, second):
        check_exclusion(officer, applied)
        for kind in set(LotCheck.Kind) - {"completeness", "exclusion"}:
            record_check(by=officer, application_lot=applied, kind=kind, outcome="passed", statuses=[GOOD])
    record_completeness(by=officer, application=application, outcome="passed")
    approve(manager, first)
    with pytest.raises(Refused, match="Not every lot"):
        conclude_application(application=application)
    assert not LotDecision.objects.visible_to(provider).exists()
    decide_lot(
        by=manager,
        application_lot=second,
        outcome="deferred",
        statuses=[GOOD],
        suspended=[],
        reasons=["references"],
        words="x",
    )
    concluded = conclude_application(application=application)
    assert LotDecision.objects.visible_to(provider).count() == 2
    assert not LotDecision.objects.visible_to(world.as_("provider_manager_y")).exists()
    [membership] = LotMembership.objects.all()
    assert (membership.lot, membership.from_on, membership.to_on) == (first.lot, today(), None)
    assert conclude_application(application=concluded).concluded_at == concluded.concluded_at
    assert LotMembership.objects.count() == 1
    assert reconsideration_until(concluded) == add_working_days(today(), 10)


@pytest.mark.parametrize(
    ("cover", "days", "sentence"),
    [
        (5_000_000, 100, "covers £5,000,000; the lot asks for £10,000,000"),
        (10_000_000, -1, "expired on"),
    ],
)
def test_insurance_check_cannot_pass_against_the_policy_s_figures(
    procurement, provider, officer, cover, days, sentence
):
    """Scenario 5: £5m is too little, and what has expired does not count."""
    policy = a_policy(provider, cover=cover, expires_on=today() + dt.timedelta(days=days))
    documents = [policy, a_safeguarding_policy(provider)]
    applied = a_sent_application(provider, a_system(procurement), documents=documents).lots.get()
    with pytest.raises(Refused, match=sentence):
        record_check(by=officer, application_lot=applied, kind="insurance", outcome="passed")


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ({"excludes_abuse": True, "has_inner_limit": False}, "excludes abuse"),
        ({"excludes_abuse": False, "has_inner_limit": True}, "inner limit"),
    ],
)
def test_insurance_check_cannot_pass_against_the_policy_s_wording(officer, applied, wording, sentence):
    with pytest.raises(Refused, match=sentence):
        record_check(by=officer, application_lot=applied, kind="insurance", outcome="passed", **wording)


def test_ofsted_check_keeps_what_the_officer_saw(officer, applied):
    with pytest.raises(Refused, match="is graded Inadequate"):
        record_check(
            by=officer, application_lot=applied, kind="ofsted", outcome="passed", statuses=[INADEQUATE]
        )
    check = record_check(
        by=officer,
        application_lot=applied,
        kind="ofsted",
        outcome="failed",
        note="Inadequate.",
        statuses=[INADEQUATE],
    )
    assert check.regulator_statuses[0]["grade"] == "Inadequate"


@pytest.mark.parametrize("outcome", ["failed", "unclear"])
def test_check_that_does_not_pass_says_why(officer, applied, outcome):
    with pytest.raises(Refused, match="Say what is wrong"):
        record_check(by=officer, application_lot=applied, kind="references", outcome=outcome, note=" ")


def test_time_to_decide_stands_still_while_the_provider_is_asked(officer, provider, application):
    before = decision_due_on(application, None, today())
    question = ask_provider(by=officer, application=application, question="Which home?")
    with pytest.raises(Refused, match="a question of yours to answer already"):
        ask_provider(by=officer, application=application, question="And?")
    later = add_working_days(today(), 4)
    with time_machine.travel(dt.datetime.combine(later, dt.time(12))):
        answer_question(by=provider, clarification=question, answer="Both.")
        with pytest.raises(Refused, match="answered or closed already"):
            answer_question(by=provider, clarification=question, answer="Both.")
        application = type(application).objects.get(pk=application.pk)
        assert decision_due_on(application, None, today()) == add_working_days(before, 4)


def test_question_of_another_provider_is_not_answered(world, officer, application):
    question = ask_provider(by=officer, application=application, question="Which home?")
    with pytest.raises(Refused, match="another provider's"):
        answer_question(by=world.as_("provider_manager_y"), clarification=question, answer="x")


def test_what_was_found_is_never_the_provider_s_to_read(provider, officer, world, applied):
    checked(officer, applied)
    assert not LotCheck.objects.visible_to(provider).exists()
    assert LotCheck.objects.visible_to(officer).count() == len(LotCheck.Kind)
    assert not LotCheck.objects.visible_to(world.as_("officer_south")).exists()
