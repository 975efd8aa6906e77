import datetime as dt

import pytest

from inspections.question_sets.answers import WrongAnswer
from inspections.self_assessments.models import SelfAssessmentAnswer, Submission
from inspections.self_assessments.selectors import answer_sheet, unfinished_questions
from inspections.self_assessments.services import (
    AnswersChanged,
    TypedAnswer,
    close_without_answers,
    note_overdue,
    save_answers,
    submit,
)
from qa_portal.core.rules import Refused
from tests.factories import self_assessments as making
from tests.factories.question_sets import question_set
from tests.factories.self_assessments import answer_all, asked, say

pytestmark = pytest.mark.django_db
NOT_THEIRS = r"^Only .+ can|^Your role does not allow this|^This .+ is not (one of yours|your organisation's)"


@pytest.fixture
def sheet(world):
    return making.assessment(world)


def codes(questions) -> list[str]:
    return [question.code for question, _ in questions]


def test_answer_is_kept_with_who_and_when(world, sheet):
    say(world, sheet, "1.1", grade="met", narrative="Heating checked")
    [answer] = sheet.answers.all()
    assert (answer.grade, answer.narrative) == ("met", "Heating checked")
    assert answer.answered_by == world.membership("provider_manager_x")


def test_only_what_changed_is_written(world, sheet):
    assert say(world, sheet, "1.1", grade="met") == 1
    assert say(world, sheet, "1.1", grade="met", by="provider_contributor_x") == 0
    [answer] = sheet.answers.all()
    assert (answer.row_version, answer.history.count()) == (1, 1)
    assert answer.answered_by == world.membership("provider_manager_x")


def test_nothing_typed_makes_no_row(world, sheet):
    assert say(world, sheet, "1.1", narrative="  ") == 0
    assert not SelfAssessmentAnswer.objects.exists()


def test_answer_taken_back_says_nothing_and_stays_in_history(world, sheet):
    say(world, sheet, "1.1", grade="met")
    say(world, sheet, "1.1")
    assert not sheet.answers.given().exists()
    assert sheet.answers.get().history.count() == 2


def test_two_people_on_one_question_are_shown_both_and_nothing_is_overwritten(world, sheet):
    say(world, sheet, "1.1", grade="met")
    stale = [
        TypedAnswer(asked(sheet, "1.1"), {"grade": "not_met"}, 0),
        TypedAnswer(asked(sheet, "2.1"), {"grade": "met"}, 0),
    ]
    with pytest.raises(AnswersChanged) as conflict:
        save_answers(by=world.as_("provider_contributor_x"), assessment=sheet, typed=stale)
    assert {answer.grade for answer in conflict.value.theirs.values()} == {"met"}
    assert "1.1: Met by" in conflict.value.sentence
    assert [answer.grade for answer in sheet.answers.all()] == ["met"]


def test_two_people_on_different_questions_of_one_page_never_conflict(world, sheet):
    """Each page sends all of its questions; what was not touched is nobody's answer."""
    say(world, sheet, "1.1", grade="met", narrative="as it was")
    version = sheet.answers.get().row_version
    say(world, sheet, "1.1", grade="partly_met", narrative="meanwhile")
    second = [
        TypedAnswer(asked(sheet, "1.1"), {"grade": "met", "narrative": "as it was"}, version),
        TypedAnswer(asked(sheet, "1.2"), {"value": "yes"}, 0),
    ]
    assert save_answers(by=world.as_("provider_contributor_x"), assessment=sheet, typed=second) == 1
    assert sheet.answers.get(question__code="1.1").grade == "partly_met"
    assert sheet.answers.get(question__code="1.2").value == "yes"


def test_page_read_before_the_first_answer_does_not_blank_it(world, sheet):
    say(world, sheet, "1.1", grade="met")
    untouched = [TypedAnswer(asked(sheet, "1.1"), {}, 0)]
    assert save_answers(by=world.as_("provider_contributor_x"), assessment=sheet, typed=untouched) == 0
    assert sheet.answers.get().grade == "met"


def test_same_answer_by_both_is_no_conflict(world, sheet):
    say(world, sheet, "1.1", grade="met")
    again = [TypedAnswer(asked(sheet, "1.1"), {"grade": "met"}, 0)]
    assert save_answers(by=world.as_("provider_contributor_x"), assessment=sheet, typed=again) == 0


def test_wrong_answer_saves_nothing_of_its_page(world, sheet):
    typed = [
        TypedAnswer(asked(sheet, "1.1"), {"grade": "met"}, 0),
        TypedAnswer(asked(sheet, "2.1"), {"grade": "not_applicable"}, 0),
    ]
    with pytest.raises(WrongAnswer):
        save_answers(by=world.as_("provider_manager_x"), assessment=sheet, typed=typed)
    assert not sheet.answers.exists()


def test_question_of_another_question_set_is_refused(world, sheet):
    foreign = question_set("other").standards.get().questions.get()
    with pytest.raises(Refused, match="This question is not part of this campaign"):
        save_answers(
            by=world.as_("provider_manager_x"),
            assessment=sheet,
            typed=[TypedAnswer(foreign, {"grade": "met"}, 0)],
        )


@pytest.mark.parametrize(
    "persona", ["provider_manager_y", "contract_officer", "officer_south", "partner_contributor"]
)
def test_only_the_provider_s_own_people_answer(world, sheet, persona):
    with pytest.raises(Refused, match=NOT_THEIRS):
        say(world, sheet, "1.1", grade="met", by=persona)
    assert not sheet.answers.exists()


def test_answers_wait_until_the_campaign_opens(world):
    later = making.assessment(world, opens_on=making.today() + dt.timedelta(days=2))
    with pytest.raises(Refused, match="not one of yours"):
        say(world, later, "1.1", grade="met")


def test_question_that_another_shows_is_asked_only_then(world, sheet):
    assert codes(unfinished_questions(sheet)) == ["1.1", "1.2", "2.1"]
    say(world, sheet, "1.2", value="no")
    assert codes(unfinished_questions(sheet)) == ["1.1", "1.3", "2.1"]


def test_grade_needs_what_shows_it_and_a_low_one_what_will_be_done(world, sheet):
    say(world, sheet, "1.1", grade="met")
    say(world, sheet, "2.1", grade="partly_met", narrative="Two of three")
    told = {question.code: what for question, what in unfinished_questions(sheet)}
    assert told == {
        "1.1": "Say what evidence you have",
        "1.2": "No answer yet",
        "2.1": "Say what you will do about it",
    }


def test_what_does_not_apply_needs_its_reason_and_no_more(world, sheet):
    say(world, sheet, "1.1", grade="not_applicable", reason="Not open yet")
    assert "1.1" not in codes(unfinished_questions(sheet))


def test_unfinished_is_not_submitted_and_says_what_is_left(world, sheet):
    with pytest.raises(Refused, match=r"Complete these questions before you submit: 1\.1, 1\.2, 2\.1"):
        submit(by=world.as_("provider_manager_x"), assessment=sheet)
    assert not Submission.objects.exists()


def test_submitted_in_time_and_locked(world, sheet):
    answer_all(world, sheet)
    submission = submit(by=world.as_("provider_contributor_x"), assessment=sheet)
    assert (submission.round, submission.is_late, submission.due_on) == (1, False, sheet.due_on)
    with pytest.raises(Refused, match="You have submitted the answers"):
        say(world, sheet, "1.1", grade="not_met")
    with pytest.raises(Refused, match="You have submitted the answers"):
        submit(by=world.as_("provider_manager_x"), assessment=sheet)


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_submitted_after_the_day_is_taken_and_recorded_as_late(world, sheet, time_machine, days, late):
    answer_all(world, sheet)
    making.days_pass(time_machine, days)
    submit(by=world.as_("provider_manager_x"), assessment=sheet)
    assert Submission.objects.get().is_late is late


def test_overdue_is_noted_once_and_only_when_it_is(world, sheet, time_machine):
    assert note_overdue(assessment=sheet) is False
    making.days_pass(time_machine, 15)
    assert note_overdue(assessment=sheet) is True
    assert note_overdue(assessment=sheet) is False
    sheet.refresh_from_db()
    assert sheet.overdue_at is not None


def test_silence_until_the_day_of_validation_closes_it(world, sheet, time_machine):
    making.days_pass(time_machine, 28)
    assert close_without_answers(assessment=sheet) is False
    making.days_pass(time_machine, 1)
    assert close_without_answers(assessment=sheet) is True
    assert close_without_answers(assessment=sheet) is False
    with pytest.raises(Refused, match="closed"):
        say(world, sheet, "1.1", grade="met")


def test_council_reads_no_draft(world, sheet):
    answer_all(world, sheet)

    def read_by(persona):
        return SelfAssessmentAnswer.objects.visible_to(world.as_(persona)).count()

    assert (read_by("contract_officer"), read_by("provider_contributor_x")) == (0, 3)
    submit(by=world.as_("provider_manager_x"), assessment=sheet)
    assert (read_by("contract_officer"), read_by("officer_south"), read_by("provider_manager_y")) == (3, 0, 0)


def test_grades_roll_up_with_the_key_question_as_cap(world, sheet):
    answer_all(world, sheet)
    results, whole = answer_sheet(sheet).graded()
    assert [result.grade for result in results.values()] == ["met", "partly_met"]
    assert (whole.total.score, whole.total.most) == (5, 6)
