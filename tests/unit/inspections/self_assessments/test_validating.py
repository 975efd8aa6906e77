import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from inspections.self_assessments.models import (
    MOVES,
    CouncilValidation,
    SelfAssessment,
    State,
    Submission,
)
from inspections.self_assessments.rules import check_move
from inspections.self_assessments.selectors import (
    answer_sheet,
    counts,
    unreviewed_questions,
    validated_grades,
    validations_of,
    variances,
)
from inspections.self_assessments.services import (
    CouncilView,
    return_with_reason,
    review_answers,
    submit,
    validate,
)
from qa_portal.core.dates import today
from qa_portal.core.rules import Conflict, Refused
from tests.factories import self_assessments as making
from tests.factories.self_assessments import answer_all, asked, look_at_all, say

pytestmark = pytest.mark.django_db
NOT_THEIRS = r"^Only .+ can|^Your role does not allow this|^This .+ is not (one of yours|your organisation's)"
NEXT_WEEK = dt.timedelta(days=7)
OWN = {"agrees": False, "council_grade": "not_met", "note": "No heating on our visit"}


@pytest.fixture
def submitted(world) -> SelfAssessment:
    sheet = making.assessment(world)
    answer_all(world, sheet)
    submit(by=world.as_("provider_manager_x"), assessment=sheet)
    sheet.refresh_from_db()
    return sheet


def send_back(world, sheet, **columns):
    told = {"reason": "Say more about 1.1", "due_on": today() + NEXT_WEEK}
    return return_with_reason(by=world.as_("contract_officer"), assessment=sheet, **told | columns)


def test_validated_when_every_answer_has_been_looked_at(world, submitted):
    look_at_all(world, submitted)
    done = validate(by=world.as_("contract_officer"), assessment=submitted)
    assert (done.state, done.validated_by) == ("validated", world.membership("contract_officer"))


def test_not_validated_while_an_answer_is_unseen(world, submitted):
    with pytest.raises(Refused, match=r"3 are not reviewed yet, starting with question 1\.1"):
        validate(by=world.as_("contract_officer"), assessment=submitted)


def test_disagreement_keeps_the_council_s_grade_and_how_far_apart_they_are(world, submitted):
    look_at_all(world, submitted, q1_1=OWN)
    [variance] = variances(answer_sheet(submitted), validations_of(submitted))
    assert (variance.provider, variance.council, variance.steps) == ("Met", "Not met", 2)
    _, whole = validated_grades(answer_sheet(submitted), validations_of(submitted))
    assert (whole.total.score, whole.total.most) == (3, 6)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"agrees": False, "council_grade": "met", "note": " "}, "Say why you disagree"),
        ({"agrees": False, "note": "No"}, "Give your own grade"),
        ({"agrees": False, "council_grade": "splendid", "note": "No"}, "Give your own grade"),
    ],
)
def test_disagreement_says_why_and_gives_a_grade(world, submitted, own, sentence):
    with pytest.raises(Refused, match=sentence):
        look_at_all(world, submitted, q1_1=own)
    assert not CouncilValidation.objects.exists()


def test_view_of_an_answer_nobody_gave_is_refused(world, submitted):
    view = CouncilView(asked(submitted, "1.3"), 1, agrees=True)
    with pytest.raises(Refused, match="no answer"):
        review_answers(by=world.as_("contract_officer"), assessment=submitted, views=[view])


def test_view_of_an_answer_read_at_another_version_is_a_conflict(world, submitted):
    view = CouncilView(asked(submitted, "1.1"), 99, agrees=True)
    with pytest.raises(Conflict, match="changed since"):
        review_answers(by=world.as_("contract_officer"), assessment=submitted, views=[view])


def test_two_officers_on_one_answer_do_not_overwrite_each_other(world, submitted):
    look_at_all(world, submitted)
    view = CouncilView(asked(submitted, "1.1"), 1, **OWN)
    with pytest.raises(Conflict, match=r"has reviewed 1\.1 since you opened the page"):
        review_answers(by=world.as_("team_manager"), assessment=submitted, views=[view])
    assert CouncilValidation.objects.get(question__code="1.1").agrees


@pytest.mark.parametrize(
    "persona",
    ["head_of_service", "procurement_officer", "officer_south", "provider_manager_x", "partner_contributor"],
)
def test_only_the_council_s_validators_validate(world, submitted, persona):
    user = world.as_(persona)
    for attempt in (
        lambda: look_at_all(world, submitted, by=persona),
        lambda: validate(by=user, assessment=submitted),
        lambda: return_with_reason(by=user, assessment=submitted, reason="x", due_on=today() + NEXT_WEEK),
    ):
        with pytest.raises(Refused, match=NOT_THEIRS):
            attempt()
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_return_begins_a_round_with_its_reason_and_day(world, submitted):
    returned = send_back(world, submitted)
    assert (returned.state, returned.round, returned.due_on) == ("returned", 2, today() + NEXT_WEEK)
    assert returned.return_reason == "Say more about 1.1"


@pytest.mark.parametrize("days", [0, -1])
def test_return_gives_at_least_a_day(world, submitted, days):
    with pytest.raises(Refused, match="The new due date must be tomorrow or later"):
        send_back(world, submitted, due_on=today() + dt.timedelta(days=days))


def test_second_round_needs_a_look_only_at_what_changed(world, submitted):
    look_at_all(world, submitted)
    send_back(world, submitted)
    say(world, submitted, "1.1", grade="partly_met", narrative="One room cold", action_needed="Repair")
    submit(by=world.as_("provider_manager_x"), assessment=submitted)
    assert [question.code for question in unreviewed_questions(submitted)] == ["1.1"]
    assert list(Submission.objects.values_list("round", flat=True).order_by("round")) == [1, 2]


def test_nothing_is_validated_before_it_is_submitted_or_twice(world, submitted):
    look_at_all(world, submitted)
    validate(by=world.as_("contract_officer"), assessment=submitted)
    for again in (
        lambda: validate(by=world.as_("contract_officer"), assessment=submitted),
        lambda: send_back(world, submitted),
        lambda: look_at_all(world, submitted),
    ):
        with pytest.raises(Refused, match="have been submitted"):
            again()


def test_provider_hears_of_the_council_s_views_only_when_told(world, submitted):
    look_at_all(world, submitted, q1_1=OWN)

    def told():
        return CouncilValidation.objects.visible_to(world.as_("provider_manager_x")).count()

    assert told() == 0
    send_back(world, submitted)
    assert told() == 3
    submit(by=world.as_("provider_manager_x"), assessment=submitted)
    assert told() == 0
    assert CouncilValidation.objects.visible_to(world.as_("officer_south")).count() == 0


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_every_move_that_the_table_does_not_allow_is_refused(before, after):
    sheet = SelfAssessment(state=before)
    if after in MOVES[before]:
        check_move(sheet, after)
    else:
        with pytest.raises(Refused, match="You cannot do this now"):
            check_move(sheet, after)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "validated"}, "self_assessment_validated_when_and_by"),
        ({"round": 2}, "self_assessment_second_round_was_returned"),
        ({"return_reason": "for no reason"}, "self_assessment_returned_when_by_and_why"),
        (
            {"validated_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
            "self_assessment_validated_when_and_by",
        ),
    ],
)
def test_database_refuses_a_state_without_its_who_and_when(world, columns, constraint):
    sheet = making.assessment(world)
    for name, value in columns.items():
        setattr(sheet, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        sheet.save()


def test_counts_tell_each_standing_once(world, time_machine):
    homes = [making.home_of(world.provider_x) for _ in range(3)]
    campaign = making.campaign(world, *homes)
    first, second, _ = campaign.assessments.select_related("campaign")
    answer_all(world, first)
    submit(by=world.as_("provider_manager_x"), assessment=first)
    say(world, second, "1.1", grade="met")

    def told():
        rows = campaign.assessments.with_progress().select_related("campaign")
        return {key: number for key, number in counts(rows).items() if number}

    assert told() == {"submitted": 1, "in_progress": 1, "not_started": 1}
    making.days_pass(time_machine, 15)
    assert told() == {"submitted": 1, "overdue": 2}
