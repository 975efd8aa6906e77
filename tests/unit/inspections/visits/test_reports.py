"""What a report says, what it lacks before it may go, and that a version is frozen."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.visits.models import PeopleSpokenTo, ReportVersion, Visit, VisitConcern
from inspections.visits.reports import VisitRecord, checksum, draft_gaps, proposed_actions, report_content
from inspections.visits.services import planning, recording, reporting
from qa_portal.core.audit.models import UnauditedWrite
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories import visits as made
from tests.factories.question_sets import question

pytestmark = pytest.mark.django_db
NOT_THEIRS = r"^Only .+ can|^Your role does not allow this|^This .+ is not (one of yours|your organisation's)"


def content(visit) -> dict:
    visit = Visit.objects.get(pk=visit.pk)
    return report_content(visit, VisitRecord(visit))


def gaps(visit) -> list[str]:
    visit = Visit.objects.get(pk=visit.pk)
    return draft_gaps(visit, VisitRecord(visit))


def test_report_says_what_was_recorded_and_names_nobody(world):
    visit = made.recorded(world, grades=("met", "partly_met", "not_met"))
    recording.save_record(
        by=world.as_("contract_officer"),
        visit=visit,
        details={"verbal_feedback": ("Nights are thin.", 0)},
        people={"young_people": (2, 0), "staff": (0, 0)},
    )
    told = content(visit)
    assert [(one["title"], one["label"]) for one in told["standards"]] == [
        ("Care", "Partly met"),
        ("Safety", "Not met"),
    ]
    assert told["standards"][0]["findings"][1] == {
        "code": "1.2",
        "prompt": "Is the food good?",
        "regulations": "",
        "is_key": False,
        "answer": "Partly met",
        "colour": "amber",
        "reason": "",
        "narrative": "Seen in two files",
        "good_practice": "",
        "action_needed": "",
    }
    assert told["people"] == [{"role": "Children and young people", "number": 2}]
    assert told["verbal_feedback"] == "Nights are thin."
    assert [action["what"] for action in told["actions"]] == ["Two staff are awake every night."]
    assert "CANARY-north-people" not in str(told)


def test_draft_lacks_the_day_the_answers_and_the_actions(world):
    visit = made.planned(world)
    made.answer(world, visit, made.questions(visit)[2], grade="not_met")
    lacks = gaps(visit)
    assert "Enter the day of the visit." in lacks
    assert any("1.1, 1.2." in gap for gap in lacks)
    assert any("“Safety”, which is not met" in gap for gap in lacks)
    assert gaps(made.recorded(world, grades=("met", "not_met", "not_met"))) == []


def test_not_assessed_with_a_reason_is_an_answer(world):
    visit = made.planned(world)
    for one in made.questions(visit):
        made.answer(world, visit, one, grade="not_applicable", reason="No child lives here")
    assert not any("Answer every question" in gap for gap in gaps(visit))


def test_question_that_is_not_shown_need_not_be_answered(world):
    visit = made.planned(world)
    first = made.questions(visit)[0]
    question(first.standard, 5, shown_when=first, shown_when_value="not_met", prompt="Why not?")
    made.answer(world, visit, first, grade="met")
    asked = [one.prompt for one in VisitRecord(visit).asked]
    assert "Why not?" not in asked
    made.answer(world, visit, first, grade="not_met", version=1)
    assert "Why not?" in [one.prompt for one in VisitRecord(visit).unanswered()]


def test_action_that_was_cancelled_does_not_count(world):
    visit = made.recorded(world, grades=("met", "met", "not_met"))
    [action] = proposed_actions(visit)
    reporting.withdraw_proposal(
        by=world.as_("contract_officer"), visit=visit, action=action, reason="Met after all"
    )
    assert any("at least one action" in gap for gap in gaps(visit))


def test_version_is_numbered_frozen_and_summed(world):
    visit = made.recorded(world)
    version = reporting.send_draft(by=world.as_("contract_officer"), visit=visit)
    assert (version.number, version.sha256) == (1, checksum(version.content))
    with pytest.raises(UnauditedWrite):
        version.save()
    with pytest.raises(UnauditedWrite):
        ReportVersion.objects.update(number=2)


plain = st.dictionaries(st.sampled_from("abcde"), st.none() | st.integers() | st.text(max_size=3))


@given(st.dictionaries(st.sampled_from("vwxyz"), plain))
def test_checksum_is_the_same_whatever_the_order_of_keys(values):
    assert checksum(values) == checksum(dict(reversed(values.items())))


def test_draft_is_due_fourteen_days_after_it_was_sent(world):
    visit = made.recorded(world)
    reporting.send_draft(by=world.as_("contract_officer"), visit=visit)
    visit.refresh_from_db()
    assert visit.accuracy_due_on == today() + dt.timedelta(days=14)


def test_proposal_is_for_a_standard_in_scope_and_not_in_the_past(world):
    visit = made.planned(world)
    [care, safety] = visit.question_set_version.standards.order_by("order")
    with pytest.raises(Refused, match="in the past"):
        made.propose(world, visit, care, due_on=dt.date(2020, 1, 1))
    visit.scope.get(standard=safety).delete()
    with pytest.raises(Refused, match="That standard is not part of this visit"):
        made.propose(world, visit, safety)


def test_lapse_before_the_last_day_changes_nothing(world):
    visit = made.recorded(world)
    reporting.send_draft(by=world.as_("contract_officer"), visit=visit)
    assert reporting.lapse_accuracy(visit=visit).state == Visit.State.WITH_PROVIDER


def test_arrival_of_the_day_is_the_day_of_the_visit_unless_another_was_written(world):
    visit = made.unannounced(world)
    yesterday = today() - dt.timedelta(days=1)
    officer = world.as_("contract_officer")
    recording.save_record(by=officer, visit=visit, details={"visited_on": (yesterday, 0)})
    assert recording.arrive(by=officer, visit=visit).visited_on == yesterday


def test_day_of_the_visit_is_not_in_the_future(world):
    visit, tomorrow = made.planned(world), today() + dt.timedelta(days=1)
    with pytest.raises(Refused, match="cannot be in the future"):
        recording.save_record(
            by=world.as_("contract_officer"), visit=visit, details={"visited_on": (tomorrow, 0)}
        )


def test_zero_people_where_nobody_wrote_a_number_is_no_row(world):
    visit = made.planned(world)
    recording.save_record(by=world.as_("contract_officer"), visit=visit, people={"staff": (0, 0)})
    assert not PeopleSpokenTo.objects.exists()


def test_concern_with_the_same_key_is_raised_once_even_when_sent_twice(world):
    visit, other, key = made.planned(world), made.planned(world), uuid.uuid4()
    officer = world.as_("contract_officer")
    first = recording.raise_concern(by=officer, visit=visit, text="Nobody awake", key=key)
    assert recording.raise_concern(by=officer, visit=visit, text="Nobody awake", key=key) == first
    assert VisitConcern.objects.count() == 1
    with pytest.raises(Refused, match="another visit"):
        recording.raise_concern(by=officer, visit=other, text="Nobody awake", key=key)


def test_concern_keeps_when_a_device_raised_it_but_never_the_future(world):
    visit, officer = made.planned(world), world.as_("contract_officer")
    earlier = visit.history.earliest().history_date - dt.timedelta(hours=2)
    concern = recording.raise_concern(by=officer, visit=visit, text="One", raised_at=earlier)
    assert concern.raised_at == earlier
    later = recording.raise_concern(
        by=officer, visit=visit, text="Two", raised_at=earlier + dt.timedelta(days=9)
    )
    assert later.raised_at < earlier + dt.timedelta(days=1)


@pytest.mark.parametrize("persona", ["provider_manager_x", "officer_south", "social_worker"])
def test_concern_is_raised_by_the_council_s_own(world, persona):
    with pytest.raises(Refused, match=NOT_THEIRS):
        recording.raise_concern(by=world.as_(persona), visit=made.planned(world), text="No")


def test_cancelled_visit_is_recorded_no_more(world):
    visit = made.planned(world)
    planning.cancel_visit(by=world.as_("contract_officer"), visit=visit, reason="Ill")
    with pytest.raises(Refused, match="was cancelled on"):
        made.answer(world, visit, made.questions(visit)[0])
