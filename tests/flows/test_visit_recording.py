"""A visit is recorded: question by question, by several people, and a concern at once."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inspections.visits.models import (
    Visit,
    VisitAnswer,
    VisitConcern,
    VisitEvidence,
)
from inspections.visits.services import recording
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories import files
from tests.factories import visits as made
from tests.factories.documents import a_document
from tests.flows.driving import done, the_task
from tests.flows.visiting import fresh, page_data, plan, record_url, sees, to_sign_off, visited
from workflows.visits.flows import VisitFlow

pytestmark = pytest.mark.django_db

# --- recording


def test_record_page_saves_answers_people_and_the_day(world):
    _, visit = plan(world)
    data = visited(page_data(visit, q1={"pick": "not_assessed", "not_assessed_reason": "No time"}), today())
    data |= {"details-people_young_people": 2, "details-verbal_feedback": "Nights are thin."}
    answer = world.client("contract_officer").post(record_url(visit), data)
    assert answer.url == f"{record_url(visit)}#standard-care"
    visit = fresh(visit)
    assert (visit.state, visit.visited_on) == (Visit.State.RECORDING, today())
    assert visit.verbal_feedback == "Nights are thin."
    assert visit.people.get().number == 2
    saved = visit.answers.get()
    assert (saved.grade, saved.reason, saved.answered_by) == (
        "not_assessed",
        "No time",
        world.membership("contract_officer"),
    )


def test_record_page_can_show_only_what_is_not_answered(world):
    _, visit = plan(world)
    made.answer(world, visit, made.questions(visit)[0])
    page = sees(world, "contract_officer", f"{record_url(visit)}?show=unanswered")
    assert "Is each child known?" not in page
    assert "Is the food good?" in page
    assert "1 of 2 answered" in page


def test_wrong_answer_is_sent_back_and_the_others_are_saved(world):
    _, visit = plan(world)
    data = page_data(visit, q1={"pick": "not_applicable"}, q2={"pick": "met"})
    answer = world.client("contract_officer").post(record_url(visit), data)
    assert answer.status_code == 422
    assert "Say why this does not apply" in answer.content.decode()
    assert [row.question.code for row in visit.answers.all()] == ["1.2"]


def test_day_of_a_visit_can_be_corrected_but_not_taken_out_once_a_draft_tells_it(world):
    visit, process = to_sign_off(world)
    done(
        world.client("team_manager"),
        the_task(process, VisitFlow.sign_off),
        decision="return",
        reason="Which day was it?",
    )
    day, officer = fresh(visit).visited_on, world.client("contract_officer")
    blank = page_data(fresh(visit), q1={"pick": "partly_met", "narrative": "Seen"})
    blank |= dict.fromkeys((f"details-visited_on_{part}" for part in ("day", "month", "year")), "")
    answer = officer.post(record_url(visit), blank)
    assert answer.status_code == 422
    assert "Enter the day of the visit" in answer.text
    assert (fresh(visit).visited_on, visit.answers.get(question=made.questions(visit)[0]).grade) == (
        day,
        "partly_met",
    )
    with pytest.raises(Refused, match="You can correct it but not remove it"):
        recording.save_record(
            by=world.as_("contract_officer"),
            visit=fresh(visit),
            details={"visited_on": (None, fresh(visit).row_version)},
        )


def test_same_answers_sent_twice_are_written_once(world):
    _, visit = plan(world)
    data = page_data(visit, q1={"pick": "met", "narrative": "Seen"})
    client = world.client("contract_officer")
    assert [client.post(record_url(visit), data).status_code for _ in range(3)] == [302, 302, 302]
    assert visit.answers.get().history.count() == 1


def test_two_officers_on_one_question_see_both_values_and_choose(world):
    """Scenario 4: A saves Met, B saves Not met from a stale page."""
    made.colleague(world)
    _, visit = plan(world)
    stale = page_data(visit)
    question = made.questions(visit)[2]
    key = f"q{question.pk}"
    a = page_data(visit, q3={"pick": "met", "narrative": "Two awake"})
    assert world.client("contract_officer").post(record_url(visit), a).status_code == 302

    b, colleague = (
        stale | {f"{key}-pick": "not_met", f"{key}-narrative": "One asleep"},
        world.client("colleague"),
    )
    answer = colleague.post(record_url(visit), b)
    page = answer.content.decode()
    assert answer.status_code == 409
    for told in (
        "Two awake",
        "One asleep",
        "Keep mine",
        "Use theirs",
        "CANARY-north-people-contract_officer",
    ):
        assert told in page
    assert visit.answers.get().grade == "met"

    assert colleague.post(record_url(visit), b).status_code == 409, "still nobody has chosen"
    seen = answer.context["conflicts"][0]["version"]
    chosen = b | {f"choose-{key}": "mine", f"seen-{key}": seen}
    assert colleague.post(record_url(visit), chosen).status_code == 302
    saved = visit.answers.get()
    assert (saved.grade, saved.narrative) == ("not_met", "One asleep")
    assert list(saved.history.order_by("history_id").values_list("grade", flat=True)) == ["met", "not_met"]


def test_officer_may_take_the_other_s_answer(world):
    made.colleague(world)
    _, visit = plan(world)
    stale, key = page_data(visit), f"q{made.questions(visit)[0].pk}"
    made.answer(world, visit, made.questions(visit)[0], grade="met")
    b = stale | {f"{key}-pick": "not_met", f"choose-{key}": "theirs", f"seen-{key}": 1}
    assert world.client("colleague").post(record_url(visit), b).status_code == 302
    assert visit.answers.get().grade == "met"


def test_choice_against_a_version_that_has_moved_on_is_a_conflict_again(world):
    made.colleague(world)
    _, visit = plan(world)
    stale, question = page_data(visit), made.questions(visit)[0]
    key = f"q{question.pk}"
    made.answer(world, visit, question, grade="met")
    made.answer(world, visit, question, grade="partly_met", version=1)
    b = stale | {f"{key}-pick": "not_met", f"choose-{key}": "mine", f"seen-{key}": 1}
    assert world.client("colleague").post(record_url(visit), b).status_code == 409
    assert visit.answers.get().grade == "partly_met"


def test_different_questions_never_conflict_even_from_stale_pages(world):
    made.colleague(world)
    _, visit = plan(world)
    stale = page_data(visit)
    first, second = made.questions(visit)[:2]
    a = stale | {f"q{first.pk}-pick": "met"}
    b = stale | {f"q{second.pk}-pick": "not_met"}
    assert world.client("contract_officer").post(record_url(visit), a).status_code == 302
    assert world.client("colleague").post(record_url(visit), b).status_code == 302
    assert dict(visit.answers.values_list("question", "grade")) == {first.pk: "met", second.pk: "not_met"}


def test_number_of_people_that_two_wrote_differently_is_a_conflict_too(world):
    made.colleague(world)
    _, visit = plan(world)
    stale = page_data(visit)
    client = world.client("contract_officer")
    client.post(record_url(visit), stale | {"details-people_staff": 3})
    answer = world.client("colleague").post(record_url(visit), stale | {"details-people_staff": 5})
    assert answer.status_code == 409
    assert visit.people.get(role="staff").number == 3


@pytest.mark.parametrize("persona", ["provider_manager_x", "provider_manager_y", "partner_contributor"])
def test_nobody_outside_the_councils_reaches_the_record(world, persona):
    _, visit = plan(world)
    client = world.client(persona)
    assert client.get(record_url(visit)).status_code == 404
    assert client.post(record_url(visit), page_data(visit, q1={"pick": "met"})).status_code == 404
    assert VisitAnswer.objects.count() == 0


def test_visit_keeps_its_version_when_the_question_set_is_published_anew(world):
    _, visit = plan(world)
    version = made.small_question_set()
    newer = type(version).objects.create(
        question_set=version.question_set, number=2, from_on=today(), published_at=timezone.now()
    )
    assert fresh(visit).question_set_version == version != newer
    assert "Is each child known?" in sees(world, "contract_officer", record_url(visit))


def test_evidence_is_added_to_an_answer_and_read_by_the_councils_only(world):
    _, visit = plan(world)
    made.answer(world, visit, made.questions(visit)[0])
    url = reverse("add_visit_evidence", args=[visit.public_id])
    data = {"what": "The rota", "question": made.questions(visit)[0].pk, "names_no_child": "on"}
    client = world.client("contract_officer")
    assert client.post(url, data).status_code == 422
    answer = client.post(url, data | {"upload": files.upload(b"Monday", "rota.txt")})
    assert answer.status_code == 302
    document = reverse("document", args=[visit.evidence.get().document.public_id])
    assert world.client("team_manager").get(document).status_code == 200
    assert world.client("provider_manager_x").get(document).status_code == 404


# --- concerns


def test_immediate_concern_is_raised_at_any_stage_and_never_shown_to_the_provider(world, monkeypatch):
    started = []
    monkeypatch.setattr("inspections.visits.services.recording.run_soon", started.append)
    visit, _ = to_sign_off(world)
    url = reverse("raise_visit_concern", args=[visit.public_id])
    assert world.client("contract_officer").post(url, {}).status_code == 422
    assert world.client("contract_officer").post(url, {"text": "Nobody was awake"}).status_code == 302
    concern = VisitConcern.objects.get()
    assert (concern.text, concern.raised_by) == ("Nobody was awake", world.membership("contract_officer"))
    assert started == ["open issues from visit concerns"]
    assert "Nobody was awake" in sees(world, "contract_officer", reverse("visit", args=[visit.public_id]))
    provider = sees(world, "provider_manager_x", reverse("visit", args=[visit.public_id]))
    assert "Nobody was awake" not in provider
    assert world.client("provider_manager_x").post(url, {"text": "Me"}).status_code == 404


def test_document_is_evidence_of_the_whole_visit_once_and_of_one_answer_once(world):
    _, visit = plan(world)
    officer = world.as_("contract_officer")
    made.answer(world, visit, made.questions(visit)[0])
    document = a_document(officer)
    for answer in (None, visit.answers.get()):
        given = {"by": officer, "visit": visit, "document": document, "what": "Rota", "answer": answer}
        recording.add_evidence(**given)
        with pytest.raises(Refused, match="This document is already evidence for this visit"):
            recording.add_evidence(**given)
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitEvidence.objects.create(visit=visit, document=document, what="Rota", answer=answer)
