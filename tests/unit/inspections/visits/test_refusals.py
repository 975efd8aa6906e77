"""Refusals of the rules and services of a visit, each by its sentence and without pages or the queue."""

import datetime as dt

import pytest

from inspections.visits import rules
from inspections.visits.models import Visit
from inspections.visits.services import planning, recording, reporting
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories import visits as made
from tests.factories.documents import a_document

pytestmark = pytest.mark.django_db

OFFICER, MANAGER, PROVIDER = "contract_officer", "team_manager", "provider_manager_x"
NOT_ALLOWED = "Your role does not allow this. Ask your administrator."


def fresh(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def drafted(world, **plan) -> Visit:
    """A visit whose draft is with the provider."""
    visit = made.recorded(world, **plan)
    reporting.send_draft(by=world.as_(OFFICER), visit=visit)
    return fresh(visit)


def commented(world):
    """A visit with one comment that the provider has sent, and the comment."""
    visit = drafted(world)
    comment = reporting.comment_on_draft(by=world.as_(PROVIDER), visit=visit, remark="Not so")
    reporting.end_accuracy(by=world.as_(PROVIDER), visit=visit, nothing_to_correct=False)
    return fresh(visit), comment


def waiting_for_sign_off(world) -> Visit:
    visit = drafted(world)
    reporting.end_accuracy(by=world.as_(PROVIDER), visit=visit, nothing_to_correct=True)
    return fresh(visit)


def test_role_that_records_nothing_changes_no_visit_of_its_own_council(world):
    with pytest.raises(Refused, match=NOT_ALLOWED):
        rules.check_can_record(world.as_("scrutiny_reader"), made.planned(world))


def test_another_council_changes_no_visit_that_is_shared_with_it(world):
    visit = made.planned(world)
    with pytest.raises(Refused, match=f"Only {visit.council} can change this visit"):
        rules.check_can_record(world.as_("officer_south"), visit)


def test_concern_is_raised_by_the_owner_council_and_a_role_that_may(world):
    visit = made.planned(world)
    with pytest.raises(Refused, match=f"Only {visit.council} can raise a concern here"):
        rules.check_can_raise_concern(world.as_("officer_south"), visit)
    with pytest.raises(Refused, match=NOT_ALLOWED):
        rules.check_can_raise_concern(world.as_("scrutiny_reader"), visit)


def test_nothing_is_commented_on_before_a_draft_was_sent(world):
    with pytest.raises(Refused, match="No draft has been sent to you yet"):
        reporting.comment_on_draft(by=world.as_(PROVIDER), visit=made.recorded(world), remark="Not so")


def test_service_refuses_the_sign_off_of_somebody_on_the_visit(world):
    """The rule holds alone: the flow's own bar of the same people is not asked here."""
    visit = made.recorded(world, assessors=[world.membership(MANAGER)])
    reporting.send_draft(by=world.as_(OFFICER), visit=visit)
    reporting.end_accuracy(by=world.as_(PROVIDER), visit=visit, nothing_to_correct=True)
    with pytest.raises(Refused, match="Someone not on the visit must sign it off"):
        reporting.sign_off(by=world.as_(MANAGER), visit=visit)
    with pytest.raises(Refused, match="Someone not on the visit must sign it off"):
        reporting.return_to_officer(by=world.as_(MANAGER), visit=visit, reason="Say more")
    assert fresh(visit).state == Visit.State.SIGN_OFF


def test_report_that_the_police_hold_is_not_published(world):
    visit = waiting_for_sign_off(world)
    visit.held_at, visit.held_by = visit.draft_sent_at, visit.draft_sent_by
    visit.save()
    with pytest.raises(Refused, match="The police or the LADO have asked us not to share this report"):
        reporting.sign_off(by=world.as_(MANAGER), visit=visit)


def test_plan_needs_a_setting(world):
    plan = planning.VisitPlan(
        setting=None,
        kind=Visit.Kind.FULL,
        mode=Visit.Mode.ON_SITE,
        notice=Visit.Notice.ANNOUNCED,
        on=today(),
        lead=world.membership(OFFICER),
        standards=[],
    )
    with pytest.raises(Refused, match="Choose a setting"):
        planning.plan_visit(by=world.as_(OFFICER), plan=plan)


def test_evidence_is_for_an_answer_of_this_visit_and_of_the_council_s_own(world):
    officer, visit, other = world.as_(OFFICER), made.recorded(world), made.recorded(world)
    given = {"by": officer, "visit": visit, "what": "Rota"}
    with pytest.raises(Refused, match="This answer belongs to another visit"):
        recording.add_evidence(document=a_document(officer), answer=other.answers.first(), **given)
    with pytest.raises(Refused, match="Choose a document of your own council"):
        recording.add_evidence(document=a_document(world.as_(PROVIDER)), **given)
    assert not visit.evidence.exists()


@pytest.mark.parametrize("change", ["change", "withdraw"])
def test_proposal_is_changed_from_its_own_visit_only(world, change):
    visit, other = made.planned(world), made.planned(world)
    action = made.propose(world, other, made.questions(other)[0].standard)
    given = {"by": world.as_(OFFICER), "visit": visit, "action": action}
    with pytest.raises(Refused, match="This action was proposed at another visit"):
        if change == "change":
            reporting.change_proposal(what="Something else", priority="ordinary", due_on=None, **given)
        else:
            reporting.withdraw_proposal(reason="No", **given)


def test_comment_carries_a_document_of_the_provider_s_own(world):
    visit = drafted(world)
    with pytest.raises(Refused, match="Choose a document of your own organisation"):
        reporting.comment_on_draft(
            by=world.as_(PROVIDER), visit=visit, remark="Not so", document=a_document(world.as_(OFFICER))
        )


def test_comment_is_withdrawn_once(world):
    visit = drafted(world)
    comment = reporting.comment_on_draft(by=world.as_(PROVIDER), visit=visit, remark="Not so")
    reporting.withdraw_comment(by=world.as_(PROVIDER), comment=comment)
    with pytest.raises(Refused, match="This comment has already been withdrawn"):
        reporting.withdraw_comment(by=world.as_(PROVIDER), comment=comment)


@pytest.mark.parametrize("answer", [None, ("upheld", " "), ("perhaps", "It was so")])
def test_every_comment_is_answered_with_a_decision_and_a_reason(world, answer):
    visit, comment = commented(world)
    answers = {comment.pk: answer} if answer else {}
    with pytest.raises(Refused, match="Answer every comment, each with a reason"):
        reporting.answer_comments(by=world.as_(OFFICER), visit=visit, answers=answers)


def test_report_is_not_sent_for_sign_off_with_a_comment_unanswered(world):
    visit, _ = commented(world)
    with pytest.raises(Refused, match="Answer every comment first"):
        reporting.send_for_sign_off(by=world.as_(OFFICER), visit=visit)


def test_more_time_is_later_than_the_day_that_was_given(world):
    visit = drafted(world)
    with pytest.raises(Refused, match="The new date must be later than"):
        reporting.extend_accuracy(by=world.as_(OFFICER), visit=visit, to=visit.accuracy_due_on, reason="Ill")
    with pytest.raises(Refused, match="The draft is not with the provider"):
        later = today() + dt.timedelta(days=30)
        reporting.extend_accuracy(by=world.as_(OFFICER), visit=made.planned(world), to=later, reason="Ill")
